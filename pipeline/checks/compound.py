"""Average yearly growth over several years: (125.3 ÷ 67.23)^(1/5) − 1 = 13.3%."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...schemas.finding import Finding
from ..interval import Interval, of, over
from ._finding import conclude, printed
from ._spans import levels, years_between, years_spanned

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "compound"
_YEARLY = re.compile(r"年均|年平均|平均每年")
_TWO_YEARS = re.compile(r"两年平均")
# The published growth of output is real, its levels are nominal.
_NOMINAL = re.compile(r"生产总值|GDP|增加值|产值")
_DOUBLED = re.compile(r"翻")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per average growth whose two levels, or whose multiple, and years are printed."""
    last_years: int | None = None
    for item in ledger.items:
        if item.reading.kind == "multiple" and item.reading.value is not None and _DOUBLED.search(ledger.text[item.start : item.end]):
            doubled = _doubled(ledger, item)
            if doubled is not None:
                yield doubled
        if item.reading.kind != "rate" or item.reading.value is None:
            continue
        if _TWO_YEARS.search(item.near):
            found = _two_years(ledger, item)
        elif _YEARLY.search(item.near):
            pair = levels(ledger, item)
            if pair is None:
                found = _multiple(ledger, item)
            else:
                years = years_between(ledger, item, *pair) or last_years
                last_years = years
                found = _levels(ledger, item, *pair, years) if years else None
        else:
            continue
        if found is not None:
            yield found


def _root(value: Fraction, n: int) -> Fraction:
    with localcontext() as context:
        context.prec = 40
        number = Decimal(value.numerator) / Decimal(value.denominator)
        return Fraction((number.ln() / n).exp())


def _levels(ledger: Ledger, claim: Item, now: Item, then: Item, years: int) -> Finding | None:
    a, b = of(now.reading), of(then.reading)
    if b.low is None or b.low <= 0 or a.low is None or a.low <= 0 or a.high is None or b.high is None:
        return None
    hundred = Fraction(100)
    point = (_root(Fraction(now.value) / Fraction(then.value), years) - 1) * hundred
    span = Interval((_root(a.low / b.high, years) - 1) * hundred, (_root(a.high / b.low, years) - 1) * hundred)
    if claim.direction == "down" and claim.value > 0:
        point, span = -point, -span
    expression = f"({printed(ledger, now)} ÷ {printed(ledger, then)})^(1/{years}) − 1"
    reason = None
    if _NOMINAL.search(now.lead + then.lead) and not of(claim.reading).meets(span):
        reason = "other_basis"
    assumed = (f"按{years}年计", f"over {years} years")
    return conclude(ledger, "compound", claim, [then, now], expression, point, span, "two levels and the years between", reason=reason, assumed=assumed)  # type: ignore[arg-type]


def _doubled(ledger: Ledger, claim: Item) -> Finding | None:
    """由2.87亿美元增加到5.92亿美元，实现翻番: the level now over the level then."""
    pair = levels(ledger, claim)
    if pair is None:
        return None
    now, then = pair
    try:
        span = over(of(now.reading), of(then.reading))
    except ZeroDivisionError:
        return None
    # 翻番 is a round word: 2.06 times is called so.
    half = Decimal("0.5")
    reading = replace(claim.reading, step=Decimal(1), low=claim.value - half, high=claim.value + half)
    expression = f"{printed(ledger, now)} ÷ {printed(ledger, then)}"
    point = Fraction(now.value) / Fraction(then.value)
    loosely = dataclasses.replace(claim, reading=reading)
    return conclude(ledger, "compound", loosely, [then, now], expression, point, span, "two levels and how often one doubled")


def _multiple(ledger: Ledger, claim: Item) -> Finding | None:
    """比1978年增长33.5倍，年均增长9.5%; 五年累计增长46.9%，年均增长8.0%."""
    other = ledger.items[claim.n - 1] if claim.n else claim
    if other.reading.kind not in ("multiple", "rate") or other.role != "growth" or other.sentence != claim.sentence or other.reading.value is None:
        return None
    n, span = years_spanned(ledger, claim, other), of(other.reading)
    if n is None or span.low is None or span.high is None or other.direction == "down":
        return None
    hundred, part = Fraction(100), Fraction(1 if other.reading.kind == "multiple" else 100)
    point = (_root(1 + Fraction(other.value) / part, n) - 1) * hundred
    ends = Interval((_root(1 + span.low / part, n) - 1) * hundred, (_root(1 + span.high / part, n) - 1) * hundred)
    expression = f"(1 + {printed(ledger, other)})^(1/{n}) − 1"
    rule = "a multiple and the years between" if part == 1 else "growth over several years, its yearly average"
    return conclude(ledger, "compound", claim, [other], expression, point, ends, rule, assumed=(f"按{n}年计", f"over {n} years"))


def _two_years(ledger: Ledger, claim: Item) -> Finding | None:
    """比2019年同期增长9.1%，两年平均增长4.4%."""
    other = ledger.items[claim.n - 1] if claim.n else None
    if other is None or other.role != "growth" or other.sentence != claim.sentence or other.reading.value is None or other.reading.kind != "rate":
        return None
    if other.comparison is None or not other.comparison.with_.isdigit():
        return None
    span = of(other.reading)
    if span.low is None or span.high is None or span.low <= -100:
        return None
    hundred = Fraction(100)
    sign = -1 if other.direction == "down" and other.value > 0 else 1
    point = (_root(1 + sign * Fraction(other.value) / 100, 2) - 1) * hundred
    ends = sorted((_root(1 + sign * v / 100, 2) - 1) * hundred for v in (span.low, span.high))
    expression = f"(1 + {printed(ledger, other)})^(1/2) − 1"
    return conclude(ledger, "compound", claim, [other], expression, point, Interval(ends[0], ends[1]), "growth over two years, its yearly average")
