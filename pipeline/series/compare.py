"""Two releases side by side: the same fact said twice, a sum since January that falls, an implied value and the published one.

Revisions are told from contradictions by the words of the sentences; a figure that its document prints in two ways is
left out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache

from ...schemas.document import Span
from ...schemas.finding import Reason
from ...schemas.identity import record_id
from ...schemas.reading import Reading
from ...schemas.series import Indicator, SeriesFinding, SeriesIdentity, SeriesVerdict, Value
from ..interval import Interval, decimal, judge
from ._words import message, months
from .entries import Hint

# Sums that only grow while the year goes on; profits, balances and net amounts may fall.
_CUMULATIVE = frozenset(
    "investment.completed investment.fixed investment.industrial investment.realestate investment.private investment.infrastructure investment.paid_in "
    "investment.foreign gdp gdp.primary gdp.secondary gdp.tertiary finance.revenue finance.expenditure finance.tax trade.total trade.export trade.import "
    "consumption.retail employment.new energy.electricity energy.generation tourism.revenue income.disposable".split()
)

_MOST = 3
"""Contradictions over one fact that are believed; beyond that the key holds more than one thing."""
_FAR = 50
"""Earlier releases that a later one is held against."""


def interval(value: Value) -> Interval:
    """What the printed digits may stand for."""
    return _between(value.low, value.high)


@lru_cache(maxsize=1 << 16)
def _between(low: str | None, high: str | None) -> Interval:
    return Interval(None if low is None else Fraction(low), None if high is None else Fraction(high))


def usable(values: Sequence[Value]) -> list[Value]:
    """One value a document, by date; none of a document that prints several which do not fit together."""
    by_document: dict[str, list[Value]] = {}
    for value in values:
        if value.value is not None and "ambiguous" not in value.marks:
            by_document.setdefault(value.document, []).append(value)
    kept = [min(one, key=lambda v: (v.bound is not None, _width(v), v.start)) for one in by_document.values()]
    return sorted(kept, key=lambda value: (value.date or "", value.source, value.start))


def _width(value: Value) -> Fraction:
    low, high = interval(value)
    return Fraction(10**30) if low is None or high is None else high - low


def same_fact(indicator: Indicator, period: Span, values: Sequence[Value]) -> Iterator[SeriesFinding]:
    """Each later release against the earlier ones; after a revision only what follows it counts.

    A fact that is printed in many ways is more than one fact: nothing is accused then.
    """
    earlier: list[Value] = []
    made: list[SeriesFinding] = []
    for value in values:
        if earlier:
            known = next((v for v in reversed(earlier[-_FAR:]) if interval(v).meets(interval(value))), earlier[-1])
            made.append(_twice(indicator, period, known, value))
            if made[-1].verdict == "revision":
                earlier = []
        earlier.append(value)
    if sum(finding.verdict == "disagrees" for finding in made) > _MOST:
        made = [_twice(indicator, period, f.operands[0], f.claim, sure=False) if f.verdict == "disagrees" else f for f in made]
    yield from made


def _twice(indicator: Indicator, period: Span, known: Value, later: Value, *, sure: bool = True) -> SeriesFinding:
    verdict, reason = weighed(Fraction(known.value or 0), interval(known), later)
    if verdict == "disagrees" and not sure:
        verdict, reason = "cannot_tell", "ambiguous"
    if verdict == "disagrees":
        if "revised" in later.marks or "other_basis" in later.marks or "preliminary" in known.marks:
            verdict = "revision"
        elif "preliminary" in later.marks:
            verdict, reason = "cannot_tell", "other_basis"
        elif known.bound is not None or later.bound is not None:
            verdict, reason = "cannot_tell", "hedged"
    point, span = Fraction(known.value or 0), interval(known)
    return told("repeat", verdict, reason, indicator, period, later, (known,), known.surface, point, span, "one fact in two releases")


def cumulative(indicator: Indicator, periods: Mapping[Span, Sequence[Value]]) -> Iterator[SeriesFinding]:
    """Sums since January of one year that are smaller over a longer span."""
    if indicator.metric not in _CUMULATIVE or indicator.change is not None:
        return
    before: tuple[Span, Value] | None = None
    for period in sorted(periods, key=lambda span: (span.start, span.end)):
        if not period.start.endswith("-01-01") or period.start[:4] != period.end[:4] or not periods[period]:
            continue
        now = periods[period][-1]
        if before is not None and before[0].start == period.start and before[1].document != now.document:
            low, high = interval(before[1]).low, interval(now).high
            if low is not None and high is not None and high < low:
                yield _fallen(indicator, before, period, now)
        before = period, now


def _fallen(indicator: Indicator, before: tuple[Span, Value], period: Span, now: Value) -> SeriesFinding:
    known = before[1]
    verdict: SeriesVerdict = "revision" if "revised" in now.marks else "disagrees"
    reason: Reason | None = None
    if verdict == "disagrees" and "other_basis" in (*known.marks, *now.marks):
        verdict, reason = "cannot_tell", "other_basis"
    if verdict == "disagrees" and (known.bound or now.bound):
        verdict, reason = "cannot_tell", "hedged"
    expression = f"{months(before[0])[1]} {known.surface}"
    rule = "a sum since January that a longer span falls below"
    return told("bound", verdict, reason, indicator, period, now, (known,), expression, Fraction(known.value or 0), interval(known), rule)


def implied(hint: Hint, published: Sequence[Value]) -> SeriesFinding | None:
    """An implied value against what earlier releases printed; None where none did."""
    mine = hint.operands[0]
    earlier = [v for v in published if v.document != mine.document and (v.date or "") <= (mine.date or "9999")]
    if not earlier:
        return None
    claim = next((v for v in reversed(earlier) if interval(v).meets(hint.interval)), earlier[-1])
    verdict, reason = weighed(hint.point, hint.interval, claim)
    if verdict == "disagrees":
        marks = {mark for value in (claim, *hint.operands) for mark in value.marks}
        if marks or not hint.accuses:
            hedged = not marks and any(v.bound for v in hint.operands)
            verdict, reason = "cannot_tell", "hedged" if hedged else "other_basis"
        elif claim.bound is not None or any(v.bound for v in hint.operands):
            verdict, reason = "cannot_tell", "hedged"
    return told(
        "previous", verdict, reason, hint.indicator, hint.period, claim, hint.operands, hint.expression, hint.point, hint.interval, hint.rule
    )


def weighed(point: Fraction, span: Interval, claim: Value) -> tuple[SeriesVerdict, Reason | None]:
    """The verdict on a published value that should be ``point`` and may lie in ``span``; no release is held to have cut off."""
    low, high = (None if end is None else Decimal(end) for end in (claim.low, claim.high))
    step = high - low if low is not None and high is not None and claim.bound is None else Decimal(0)
    bound = claim.bound if claim.bound in ("about", "over", "under", "at_least", "at_most") else None
    value = Decimal(claim.value or "0")
    reading = Reading(0, 0, "money", value, low, high, step, "", bound, "", (0, 0))  # type: ignore[arg-type]
    verdict = judge(point, span, reading, cuts=False)
    return ("cannot_tell", "ambiguous") if verdict == "truncated" else (verdict, None)


def told(
    identity: SeriesIdentity, verdict: SeriesVerdict, reason: Reason | None, indicator: Indicator, period: Span, claim: Value,
    operands: tuple[Value, ...], expression: str, point: Fraction, span: Interval, rule: str,
) -> SeriesFinding:  # fmt: skip
    """The finding with its sentence; its id is the same in every run."""
    more = "|".join((identity, rule, *(f"{v.document}{v.start}" for v in operands)))
    low, high = (None if end is None else decimal(end) for end in span)
    words = message(identity, verdict, reason, indicator, period, claim, operands, expression, point)
    return SeriesFinding(
        record_id(claim.document, "series", claim.start, claim.end, more), identity, verdict, indicator, period, claim, operands, expression,
        decimal(point), low, high, claim.surface, words, rule, reason,
    )  # fmt: skip
