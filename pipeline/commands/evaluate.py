"""``heshu evaluate``: precision, recall and F1 against annotated passages."""

from __future__ import annotations

import argparse

from ..errors import HeshuError
from ._call import DISAGREES, FINE, Commands, command, complain


def add(commands: Commands) -> None:
    """Declares the command."""
    evaluate = command(commands, "evaluate", run, "precision, recall and F1 against annotated passages")
    evaluate.add_argument("gold", nargs="*", metavar="GOLD", help="JSON Lines of annotated passages")
    evaluate.add_argument("--json", action="store_true", help="the figures as JSON")
    evaluate.add_argument("--differences", action="store_true", help="list every difference from the gold")
    evaluate.add_argument("--floors", metavar="FILE", help="fail (exit 1) where a figure is below its floor in FILE")
    evaluate.add_argument(
        "--raise-floors", action="store_true", help="write better figures into the floors, never worse"
    )


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from .. import evaluate, floors
    from ..export import files
    from ..run import report

    held = floors.read(options.floors) if options.floors else None
    names = options.gold or [str(path) for path in (held.paths() if held else ())]
    if not names:
        raise HeshuError("evaluate", "no gold given", "name annotated passages, or a floors file that has some")
    score = evaluate.score(evaluate.read(names), report)
    print(evaluate.as_json(score) if options.json else evaluate.as_text(score, differences=options.differences), end="")
    if held is None:
        return FINE
    if options.raise_floors:
        files.write(options.floors, floors.text(held.raised(names, score)).encode())
        return FINE
    below = held.below(names, score)
    for line in below:
        complain(line)
    return DISAGREES if below else FINE
