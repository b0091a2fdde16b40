"""What the findings of one document say together: the suspects, and the one-step repair that would make them agree.

A repair is offered, never applied. Every figure is looked at once with all the equations that hold it, so the work
grows with the number of disagreements and of figures in them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from ..schemas.finding import Finding, Repair
from .equations import Equation, admitted, equation, replaced, verdict
from .interval import Interval
from .misprints import CHANGED, LAST_PLACE, POINT_MOVED, Misprint, misprints
from .remarks import changed, folded, remarked

if TYPE_CHECKING:
    from .relate.ledger import Ledger

HOLDS = ("agrees", "within_rounding")
_MOST_TIED = 2


class Offer(NamedTuple):
    """A repair with what speaks for it, the best first when sorted."""

    fewer: int
    unproven: int
    inexact: int
    rank: int
    order: int
    surface: str
    makes_agree: int


class Case:
    """The findings of one document as equations, by the figures they hold."""

    def __init__(self, ledger: Ledger, findings: Iterable[Finding]) -> None:
        self.ledger = ledger
        self.findings = tuple(findings)
        self._equations: dict[str, Equation | None] = {}
        self._offers: dict[str, Offer | None] = {}
        self._windows: dict[str, Interval | None] = {}

    @cached_property
    def places(self) -> dict[str, int]:
        """The item of every figure id."""
        return {id_: n for n, id_ in enumerate(self.ledger.ids)}

    @cached_property
    def locks(self) -> dict[str, list[Finding]]:
        """For every figure the findings that use it."""
        return locks(self.findings)

    def equation(self, finding: Finding) -> Equation | None:
        """The finding's equation, made once."""
        if finding.id not in self._equations:
            self._equations[finding.id] = equation(self.ledger, finding, self.places)
        return self._equations[finding.id]

    def window(self, figure: str) -> Interval | None:
        """What the true value of a figure may be for all findings on it to hold; None where they contradict each other."""
        if figure not in self._windows:
            self._windows[figure] = self._window(figure, ("cannot_tell", "truncated"))
        return self._windows[figure]

    def _window(self, figure: str, left_out: tuple[str, ...]) -> Interval | None:
        low = high = None
        for finding in self.locks.get(figure, ()):
            eq = self.equation(finding) if finding.verdict not in left_out else None
            span = admitted(eq, figure) if eq is not None and not eq.hedged else None
            if span is None:
                continue
            low = span.low if low is None or (span.low is not None and span.low > low) else low
            high = span.high if high is None or (span.high is not None and span.high < high) else high
            if low is not None and high is not None and low > high:
                return None
        return Interval(low, high)

    def offer(self, figure: str) -> Offer | None:
        """The best one-step change of a figure with which every finding on it holds."""
        if figure not in self._offers:
            self._offers[figure] = min(self._candidates(figure), default=None)
        return self._offers[figure]

    def _candidates(self, figure: str) -> Iterable[Offer]:
        place, window = self.places.get(figure), self._window(figure, ("cannot_tell",))
        if place is None or window is None:
            return
        item = self.ledger.items[place]
        a, b = item.reading.number
        judged = [f for f in self.locks[figure] if f.verdict != "cannot_tell"]
        broken = [f for f in judged if f.verdict not in HOLDS]
        cut = all(f.verdict == "truncated" for f in broken)
        only_bounds = all(f.identity == "bound" for f in broken)
        low, high = (None if end is None else Decimal(end.numerator) / Decimal(end.denominator) for end in window)
        for order, change in enumerate(misprints(self.ledger.text[a:b], item.reading, low, high)):
            # A part that is too large says little about its digits: only a lost point is offered for it.
            if only_bounds and change.rank != POINT_MOVED:
                continue
            made = self._tried(figure, change, judged)
            if made is not None and broken:
                doubtful = [f for f in self.locks[figure] if f.verdict == "cannot_tell"]
                more = sum(self._holds(f, figure, change) for f in doubtful)
                # One off in the last place says something of a rate cut off; elsewhere it is a digit like any other.
                rank = CHANGED if change.rank == LAST_PLACE and not cut else change.rank
                yield Offer(-len(broken), -more, made, rank, order, self._printed(figure, change.number), len(broken))

    def _tried(self, figure: str, change: Misprint, judged: list[Finding]) -> int | None:
        """How many of the findings hold only through rounding with the change; None where one does not hold."""
        inexact = 0
        for finding in judged:
            eq = self.equation(finding)
            found = verdict(replaced(eq, figure, change.reading)) if eq is not None else None
            if found is None and finding.verdict in HOLDS and (eq is None or eq.hedged):
                continue
            if found not in HOLDS:
                return None
            inexact += found != "agrees"
        return inexact

    def _holds(self, finding: Finding, figure: str, change: Misprint) -> bool:
        eq = self.equation(finding)
        return eq is not None and not eq.is_bound and verdict(replaced(eq, figure, change.reading)) in HOLDS

    def _printed(self, figure: str, number: str) -> str:
        """The whole printed figure with another number in it."""
        item = self.ledger.items[self.places[figure]]
        text, view = self.ledger.document.text, self.ledger.view
        start, end = view.span(item.start, item.end)
        a, b = view.span(*item.reading.number)
        return text[start:a] + number + text[b:end]


def offered(ledger: Ledger, findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """The findings after they were looked at together: accusations withheld or folded, repairs, suspects and remarks."""
    case = Case(ledger, findings)
    made = tuple(_mended(f, case) if f.verdict in ("disagrees", "truncated") else f for f in findings)
    return remarked(ledger, folded(ledger, made), case.equation, _told(case, made))


def _mended(finding: Finding, case: Case) -> Finding:
    """The finding with the best repair of one of its figures; the stated result goes before its operands.

    A rate that was cut off is mended in the rate. Where many figures could be changed equally well, as in a long sum,
    naming one of them would be a guess.
    """
    operands = finding.operands if finding.verdict == "disagrees" else ()
    figures = tuple(f for f in (finding.claim, *operands) if f is not None and f in case.places)
    offers = [(offer[:4], n, figure, offer) for n, figure in enumerate(figures) if (offer := case.offer(figure))]
    if not offers:
        return finding
    best = min(offers)
    if sum(key == best[0] for key, *_ in offers) > _MOST_TIED:
        return finding
    _, _, figure, offer = best
    return changed(finding, repair=Repair(figure, offer.surface, offer.makes_agree))


def _told(case: Case, findings: Iterable[Finding]) -> Mapping[str, str]:
    """Finding → the one figure of it that may be wrong, where the others are held in place by what else is said."""
    told = {}
    for finding in findings:
        if finding.verdict != "disagrees":
            continue
        figures = [f for f in (finding.claim, *finding.operands) if f is not None and f in case.places]
        free = [f for f in figures if case.window(f) is not None]
        if len(figures) > 1 and len(free) == 1:
            told[finding.id] = free[0]
    return told


def suspects(ledger: Ledger, findings: tuple[Finding, ...]) -> tuple[str, ...]:
    """A smallest set of figures without which everything else can hold: those that explain most disagreements first."""
    case = Case(ledger, findings)
    broken = {f.id: f for f in findings if f.verdict == "disagrees"}
    explained: dict[str, list[str]] = {}
    for finding in broken.values():
        for figure in (finding.claim, *finding.operands):
            if figure is not None and figure in case.places and case.window(figure) is not None:
                explained.setdefault(figure, []).append(finding.id)
    chosen: list[str] = []
    claims = {f.claim for f in broken.values()}
    for figure in sorted(explained, key=lambda f: (-len(explained[f]), f not in claims, case.places[f])):
        if any(id_ in broken for id_ in explained[figure]):
            chosen.append(figure)
            for id_ in explained[figure]:
                broken.pop(id_, None)
    return tuple(chosen)


def locks(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """For every figure the findings that use it, in their order."""
    held: dict[str, list[Finding]] = {}
    for finding in findings:
        for figure in dict.fromkeys((*finding.operands, *((finding.claim,) if finding.claim else ()))):
            held.setdefault(figure, []).append(finding)
    return held
