"""An accusation is withheld where another admissible reading of the operands fits; an agreement is never made that way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..schemas.finding import Finding
from .equations import Equation, equation, replaced, verdict
from .remarks import noted

if TYPE_CHECKING:
    from .relate.items import Item
    from .relate.ledger import Ledger

_LOOKED_AT = 40


def withhold(findings: tuple[Finding, ...], ledger: Ledger) -> tuple[Finding, ...]:
    """The findings, a disagreement made ``cannot_tell`` where one other figure in the place of an operand makes it agree."""
    places = {id_: n for n, id_ in enumerate(ledger.ids)}
    made = []
    for finding in findings:
        if finding.verdict == "disagrees" and finding.identity in ("ratio", "growth", "sum"):
            eq = equation(ledger, finding, places)
            other = _fitting(ledger, eq, places) if eq is not None and not eq.hedged else None
            if other is not None:
                words = "".join(ledger.text[other.start : other.end].split())
                ledger.note(f"withheld: {finding.expression} → {finding.stated} would fit with {words}")
                zh, en = f"换用{words}则相符，无法判断指的是哪一个", f"with {words} instead it would agree: cannot tell which is meant"
                finding = noted(finding, zh, en, verdict="cannot_tell", reason="ambiguous")
        made.append(finding)
    return tuple(made)


def _fitting(ledger: Ledger, eq: Equation, places: dict[str, int]) -> Item | None:
    claim = eq.finding.claim
    figures = eq.finding.operands if eq.finding.identity != "sum" else ((claim,) if claim else ())
    used = {places[id_] for id_ in eq.figures}
    for figure in figures:
        item = ledger.items[places[figure]]
        for other in _others(ledger, item, eq, places):
            if other.n not in used and verdict(replaced(eq, figure, other.reading)) == "agrees":
                return other
    return None


def _others(ledger: Ledger, item: Item, eq: Equation, places: dict[str, int]) -> Iterator[Item]:
    """Figures that the words would also allow in the place of ``item``: not the same fact in another mention."""
    last = ledger.items[max(places[id_] for id_ in eq.figures)]
    for other in ledger.before(last, item.unit, _LOOKED_AT):
        if other.turn != item.turn or not other.is_level or other.reading.bound is not None or other.value == item.value:
            continue
        if (other.role == "plan") != (item.role == "plan"):
            continue
        if other.name == item.name and other.subject == item.subject:
            continue
        yield other
