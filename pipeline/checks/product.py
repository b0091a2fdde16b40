"""Unit conversion, averages over the days of the period, yield: base times rate, or base over number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import of, times
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "product"
# One of the first unit is so many of the second: GB 3100, 1 公顷 = 15 亩, 1 公斤 = 2 斤.
_FACTORS: dict[tuple[str, str], Fraction] = {
    ("公顷", "亩"): Fraction(15), ("吨", "斤"): Fraction(2000), ("公斤", "斤"): Fraction(2), ("公斤/公顷", "公斤/亩"): Fraction(1, 15),
    ("平方公里", "亩"): Fraction(1500), ("平方公里", "公顷"): Fraction(100), ("公里", "里"): Fraction(2), ("公里", "米"): Fraction(1000),
    ("吨", "公斤"): Fraction(1000), ("立方米", "升"): Fraction(1000), ("公斤/公顷", "斤/亩"): Fraction(2, 15), ("平方米", "亩"): Fraction(3, 2000),
}
_DAILY = re.compile(r"日均|平均每[天日]|每[天日]平均|每[天日]")
_MONTHLY = re.compile(r"月均|平均每月")
_YEARLY = re.compile(r"年均|平均每年")
_GROWTH = re.compile(r"增长|下降|增幅|增速")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Conversions in brackets, averages per day, month or year, pulls of a growth."""
    for item in ledger.items:
        found = _converted(ledger, item) or _average(ledger, item) or _pull(ledger, item)
        if found is not None:
            yield found


def _converted(ledger: Ledger, item: Item) -> Finding | None:
    """112738.3千公顷(169107.4万亩): the bracket says the same in another unit."""
    if item.n == 0 or item.bracket < 0 or item.reading.value is None:
        return None
    base = ledger.items[item.n - 1]
    if base.bracket == item.bracket or base.sentence != item.sentence or base.reading.value is None:
        return None
    if not re.fullmatch(r"\((?:约|合|折合|约合|即)?", ledger.gap(base, item)):
        return None
    factor = _FACTORS.get((base.reading.unit, item.reading.unit))
    if factor is None:
        back = _FACTORS.get((item.reading.unit, base.reading.unit))
        factor = 1 / back if back else None
    if factor is None:
        return None
    point = Fraction(base.value) * factor
    expression = f"{printed(ledger, base)} × {factor.numerator}" + (f"/{factor.denominator}" if factor.denominator != 1 else "")
    return conclude(ledger, "product", item, [base], expression, point, of(base.reading).scaled(factor), "the same in another unit, in brackets")


def _average(ledger: Ledger, item: Item) -> Finding | None:
    if item.role != "average" or item.reading.value is None or _GROWTH.search(item.near) or "/" in item.unit:
        return None
    for pattern, count in ((_DAILY, _days), (_MONTHLY, _months)):
        if not pattern.search(item.near):
            continue
        base = _base(ledger, item)
        number = count(ledger, item)
        if base is None or number is None:
            return None
        factor = Fraction(1, number)
        assumed = (f"按{number}天计", f"taken over {number} days") if count is _days else (f"按{number}个月计", f"taken over {number} months")
        span = of(base.reading).scaled(factor)
        fits = of(item.reading).meets(span)
        return conclude(
            ledger, "product", item, [base], f"{printed(ledger, base)} ÷ {number}", Fraction(base.value) * factor, span,
            "an average over the period", assumed=assumed, reason=None if fits else "other_basis",
        )
    return None


def _base(ledger: Ledger, item: Item) -> Item | None:
    for other in ledger.before(item, item.unit, 4):
        if other.sentence == item.sentence and other.is_level and other.role != "plan":
            return other
        if other.role != "increment":
            return None
    return None


def _days(ledger: Ledger, item: Item) -> int | None:
    """The days of the period, or those printed in the sentence (40天里)."""
    for other in reversed(ledger.items[max(0, item.n - 6) : item.n]):
        if other.sentence == item.sentence and other.reading.kind == "duration" and other.reading.unit == "日" and other.reading.value is not None:
            return int(other.value)
    period = item.period
    if period is None or period.start is None or period.end is None:
        return None
    days = (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
    return days if 1 < days <= 366 else None


def _months(ledger: Ledger, item: Item) -> int | None:
    period = item.period
    if period is None or period.start is None or period.end is None or period.start[:4] != period.end[:4]:
        return None
    months = int(period.end[5:7]) - int(period.start[5:7]) + 1
    return months if months > 1 else None


def _pull(ledger: Ledger, item: Item) -> Finding | None:
    """贡献率55.5%，拉动经济增长4.3个百分点: the contribution times the growth of the whole."""
    if item.reading.kind != "points" or item.reading.value is None or not (item.role == "pull" or "来自" in item.near):
        return None
    share = growth = None
    window = ledger.items[max(0, item.n - 12) : item.n + 3]
    for other in sorted(window, key=lambda x: abs(x.n - item.n)):
        if other.reading.kind != "rate" or other.turn != item.turn or other.reading.value is None:
            continue
        if share is None and other.role == "contribution" and abs(other.n - item.n) <= 2 and other.sentence == item.sentence:
            share = other
    if share is None:
        return None
    for other in ledger.items[max(0, item.n - 12) : item.n]:
        if other.role == "growth" and other.paragraph == item.paragraph and re.search(r"生产总值|GDP|经济|工业|总体|全部", other.lead):
            growth = other
            break
    if growth is None or growth is share:
        return None
    point = Fraction(share.value) * Fraction(growth.value) / 100
    span = times(of(share.reading), of(growth.reading)).scaled(Fraction(1, 100))
    return conclude(
        ledger, "product", item, [share, growth], f"{printed(ledger, share)} × {printed(ledger, growth)}", point, span, "contribution times growth",
        reason=None if of(item.reading).meets(span) else "ambiguous",
    )


