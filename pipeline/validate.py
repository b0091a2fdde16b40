"""Runs every check over the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from ..schemas.finding import Finding
from .checks._finding import confirms_only

if TYPE_CHECKING:
    from .relate.ledger import Ledger


@cache
def checks() -> dict[str, Callable[[Ledger], Iterator[Finding]]]:
    """The rooms of checks, found by looking: module name → check."""
    folder = Path(__file__).resolve().parent / "checks"
    names = sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
    return {name: import_module(f".checks.{name}", __package__).check for name in names}


def findings(ledger: Ledger) -> tuple[Finding, ...]:
    """All findings, in the order of the claims in the text."""
    place = {id_: item.start for id_, item in zip(ledger.ids, ledger.items, strict=True)}
    place.update({r.id: r.start for r in ledger.rankings})
    found: dict[tuple[str, str | None, frozenset[str]], Finding] = {}
    for check in checks().values():
        for finding in check(ledger):
            if confirms_only(finding):
                continue
            # Two templates may bind the same figures: one of them is told, rather the one that can tell.
            key = (finding.identity, finding.claim, frozenset(finding.operands))
            if key not in found or (found[key].verdict == "cannot_tell" != finding.verdict):
                found[key] = finding
    return tuple(sorted(found.values(), key=lambda f: (place.get(f.claim or "", place.get(f.operands[-1], 0)), f.identity, f.id)))
