"""What a change won and lost: evaluates a base commit and the checkout on the same gold and lists the differences.

Run as ``python benchmarks/gains.py BASE [GOLD ...]``; without gold the files of ``corpora/floors.json`` are used.
Exit code 1 where something was lost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FLOORS = ROOT / "corpora" / "floors.json"
Items = dict[str, str]


def measured(checkout: Path, gold: Sequence[Path]) -> dict[str, Any]:
    """The answer of ``heshu evaluate --json`` of a checkout; raises SystemExit where that cannot evaluate."""
    call = [sys.executable, "-m", "heshu", "evaluate", "--json", *map(str, gold)]
    done = subprocess.run(
        call, cwd=checkout, env={**os.environ, "PYTHONPATH": str(checkout)}, capture_output=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{checkout.name} cannot evaluate: {done.stderr.decode(errors='replace').strip()[-300:]}")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def gains_and_losses(before: Items, after: Items) -> tuple[list[str], list[str]]:
    """Items that were not right and are, and the reverse; an extra figure that is gone is a gain."""
    gained = [f"{key}: {what}" for key, what in before.items() if what and not after.get(key)]
    lost = [f"{key}: {what}" for key, what in after.items() if what and not before.get(key)]
    return gained, lost


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints measures before and after, the gains and the losses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("base", help="a commit, as git names it")
    parser.add_argument("gold", nargs="*", type=Path)
    options = parser.parse_args(arguments)
    gold = [path.resolve() for path in options.gold]
    gold = gold or [FLOORS.parent / name for name in json.loads(FLOORS.read_text("utf-8"))["gold"]]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder, "base")
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", str(tree), options.base], cwd=ROOT, check=True)
        try:
            before = measured(tree, gold)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", str(tree)], cwd=ROOT, check=True)
    after = measured(ROOT, gold)
    for name, value in after["measures"].items():
        print(f"{name:<18} {before['measures'].get(name, 0):.4f} → {value:.4f}")
    gained, lost = gains_and_losses(before["items"], after["items"])
    for title, rows in (("gained", gained), ("lost", lost)):
        print(f"{title} {len(rows)}", *rows, sep="\n  ")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
