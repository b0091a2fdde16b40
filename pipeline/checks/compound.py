"""Average yearly growth over several years: (125.3 ÷ 67.23)^(1/5) − 1 = 13.3%."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ...schemas.finding import Finding
from ..interval import Interval, of, over
from ._finding import conclude, printed
from ._pairs import levels
from ._roots import root, two_years
from ._spans import year, years_between, years_spanned
from ._withhold import AT_CONSTANT_PRICES

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "compound"
_YEARLY = re.compile(r"年均|年平均|平均每年|每年平均|复合增长率|平均每?年递[增减]")
_TWO_YEARS = re.compile(r"两年平均")
COUNTED = "two numbers with their years, and the years between"
FOREIGN = "two levels and the years between, of another name"
_NO_NAME = re.compile(
    r"按[\u4e00-\u9fff]*|实际|名义|其中|年均|平均|每年|[一二三四五六七八九十]+年来?|复合|增[长速幅]率?|累计|同时|也|达到?|为|[^\u4e00-\u9fff]"
)
_PART_OF_YEAR = re.compile(r"年初|\d月|季度|半年")
_HUNDRED = Fraction(100)
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
            found = two_years(ledger, item)
        elif _YEARLY.search(ledger.chain(item)[0].near):
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


def _levels(ledger: Ledger, claim: Item, now: Item, then: Item, years: int) -> Finding | None:
    a, b = of(now.reading), of(then.reading)
    if b.low is None or b.low <= 0 or a.low is None or a.low <= 0 or a.high is None or b.high is None:
        return None
    hundred = Fraction(100)
    point = (root(Fraction(now.value) / Fraction(then.value), years) - 1) * hundred
    span = Interval((root(a.low / b.high, years) - 1) * hundred, (root(a.high / b.low, years) - 1) * hundred)
    if claim.direction == "down" and claim.value > 0:
        point, span = -point, -span
    expression = f"({printed(ledger, now)} ÷ {printed(ledger, then)})^(1/{years}) − 1"
    reason = None
    if AT_CONSTANT_PRICES.search(now.lead + then.lead) and not of(claim.reading).meets(span):
        reason = "other_basis"
    assumed = (f"按{years}年计", f"over {years} years")
    rule = COUNTED if _counted(ledger, claim, now, then) else FOREIGN if _foreign(claim, now, then) else "two levels and the years between"
    return conclude(ledger, "compound", claim, [then, now], expression, point, span, rule, reason=reason, assumed=assumed)  # type: ignore[arg-type]


def _foreign(claim: Item, now: Item, then: Item) -> bool:
    """养老机构由210家增加到268家，床位年均增长6.8%: the growth of something that the levels do not name."""
    name = _NO_NAME.sub("", claim.name)
    said = now.words + then.words
    return now.n < claim.n and len(name) > 1 and not any(name[k : k + 2] in said for k in range(len(name) - 1))


def _counted(ledger: Ledger, claim: Item, now: Item, then: Item) -> bool:
    """由2018年的246所增加到2023年的318所，年均增长5.3%: whole things, both years printed, the rate right behind: nothing is real or nominal there."""
    # 2018年初 to 2023年末 are six years, 2018年6月 to 2023年 no whole number of them.
    whole = not _PART_OF_YEAR.search(then.near + then.lead + now.near)
    told = whole and then.role == "from" and now.role == "to" and year(then) is not None and year(now) is not None
    beside = claim.n == now.n + 1 == then.n + 2 and claim.sentence == now.sentence and not ledger.plain(claim.near).replace("年均", "")
    return told and beside and now.reading.kind == "count" and now.reading.step == then.reading.step == 0 and claim.reading.bound is None


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
    if not claim.n or claim.reading.bound in ("over", "under", "at_least", "at_most"):
        return None
    other = ledger.items[claim.n - 1]
    if other.reading.kind not in ("multiple", "rate") or other.role not in ("growth", "multiple") or other.sentence != claim.sentence:
        return None
    n, span = years_spanned(ledger, claim, other) if other.reading.value is not None else None, of(other.reading)
    down = other.direction == "down"
    if n is None or span.low is None or span.high is None or (down and (other.reading.kind == "multiple" or span.high >= _HUNDRED)):
        return None
    part, sign = Fraction(1 if other.reading.kind == "multiple" else 100), -1 if down else 1
    # 增长2.2倍 ends at 3.2, 是2018年的2.2倍 at 2.2.
    more = 0 if other.role == "multiple" else 1
    ends = sorted(sign * (root(more + sign * v / part, n) - 1) * _HUNDRED for v in (Fraction(other.value), span.low, span.high))
    if more + sign * span.low / part <= 0:
        return None
    point = sign * (root(more + sign * Fraction(other.value) / part, n) - 1) * _HUNDRED
    shown = printed(ledger, other) if not more else f"(1 {'−' if down else '+'} {printed(ledger, other)})"
    expression = f"{shown}^(1/{n}) − 1" if not down else f"1 − {shown}^(1/{n})"
    rule = "a multiple and the years between" if part == 1 else "growth over several years, its yearly average"
    return conclude(ledger, "compound", claim, [other], expression, point, Interval(ends[0], ends[-1]), rule, assumed=(f"按{n}年计", f"over {n} years"))
