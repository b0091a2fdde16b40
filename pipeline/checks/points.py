"""Two rates differ by the stated points, time progress included: 97.2% − 10/12 = 13.8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import Interval, of
from ._finding import conclude, printed
from ._progress import ahead_of_average, progress, rates_before

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "points"
_TIME = re.compile(r"时间|序时|时序|均衡|超进度|欠进度|超前进度")
_NATURAL = re.compile(r"自然增长率")
_GROWTH_ROLES = ("growth", "reference")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per difference whose two rates are printed or follow from the calendar."""
    gapped = {gap.claim.n for gap in ledger.gaps}
    for gap in ledger.gaps:
        yield _difference(ledger, gap.claim, gap.own, gap.reference, gap.template)
    for item in ledger.items:
        if item.reading.value is None or item.reading.kind not in ("rate", "points") or item.reading.direction == "flat":
            continue
        first = ledger.chain(item)[0]
        found = _index(ledger, item)
        if item.reading.kind == "rate" and _NATURAL.search(item.near):
            found = _natural(ledger, item)
        elif _TIME.search(first.near) and (item.reading.kind == "points" or item.role not in ("completion", "share")):
            found = progress(ledger, item, first)
        if found is None and item.reading.kind == "points" and item.n not in gapped:
            found = ahead_of_average(ledger, item, first)
        if found is not None:
            yield found


def _difference(ledger: Ledger, claim: Item, a: Item, b: Item, rule: str) -> Finding:
    """|a − b| in points, the signs of falls allowed for."""
    if claim.reading.kind == "rate":
        return _less_change(ledger, claim, a, b, rule)
    if (b.role in ("reference", "bare", "plan", "rate") and b.direction is None) or a.direction is None:
        # 下降17.8%，超额完成16%的目标1.8个百分点: the goal is a fall too.
        point, span = Fraction(a.value) - Fraction(b.value), of(a.reading) + -of(b.reading)
    else:
        point, span = _signed(a) - _signed(b), _interval(a) + -_interval(b)
    expression = f"{_shown(ledger, a)} − {_shown(ledger, b, inner=True)}"
    if point < 0 and claim.value >= 0:
        point, span = -point, -span
        expression = f"{_shown(ledger, b)} − {_shown(ledger, a, inner=True)}"
    return conclude(ledger, "points", claim, [a, b], expression, point, span, rule)


def _less_change(ledger: Ledger, claim: Item, now: Item, change: Item, rule: str) -> Finding:
    """The earlier rate from the present one and its change; 比全国高3.9个百分点 is a change of +3.9."""
    down = change.direction == "down" or bool(re.search(r"[低慢]", change.near) and change.role == "gap")
    step, sign = (of(change.reading), "+") if down else (-of(change.reading), "−")
    point = Fraction(now.value) + (Fraction(change.value) if down else -Fraction(change.value))
    expression = f"{printed(ledger, now)} {sign} {printed(ledger, change)}"
    return conclude(ledger, "points", claim, [now, change], expression, point, of(now.reading) + step, rule)


def _shown(ledger: Ledger, item: Item, inner: bool = False) -> str:
    text = printed(ledger, item)
    if _signed(item) >= 0 or item.value < 0:
        return text
    return f"(−{text})" if inner else f"−{text}"


def _signed(item: Item) -> Fraction:
    value = Fraction(item.value)
    return -value if item.role in _GROWTH_ROLES and item.direction == "down" and value > 0 else value


def _interval(item: Item) -> Interval:
    span = of(item.reading)
    return -span if _signed(item) < 0 and item.value > 0 else span


_INDEX = re.compile(r"指数|CPI|PPI|价格")
_SO = re.compile(r"^[，,](?:也就是说?|也?即|意味着|表明|说明|换言之|就是|相当于)?[\u4e00-\u9fff]{0,5}?(?:上涨|下降|涨|跌|降|增长)了?$")
_HUNDRED = 100


def _index(ledger: Ledger, item: Item) -> Finding | None:
    """以上月为100的指数是100.2，也就是环比涨了0.2%: an index on 100 says the same change."""
    before = ledger.items[item.n - 1] if item.n else item
    if item.role != "growth" or item.reading.kind != "rate" or before.reading.kind not in ("index", "count") or before.reading.value is None:
        return None
    one = before.sentence == item.sentence and _INDEX.search(before.near) and _SO.match(ledger.gap(before, item))
    if not one or not _HUNDRED * 4 / 5 < before.value < _HUNDRED * 5 / 4:
        return None
    sign = -1 if item.direction == "down" and item.value > 0 else 1
    point = (Fraction(before.value) - _HUNDRED) * sign
    span = (of(before.reading) + Interval(Fraction(-_HUNDRED), Fraction(-_HUNDRED))).scaled(Fraction(sign))
    expression = f"{printed(ledger, before)} − 100" if sign > 0 else f"100 − {printed(ledger, before)}"
    return conclude(ledger, "points", item, [before], expression, point, span, "an index and what it has changed")


def _natural(ledger: Ledger, item: Item) -> Finding | None:
    """自然增长率 = 出生率 − 死亡率."""
    rates = rates_before(ledger, item)
    birth = next((x for x in rates if "出生率" in x.near), None)
    death = next((x for x in rates if "死亡率" in x.near), None)
    if birth is None or death is None:
        return None
    point = Fraction(birth.value) - Fraction(death.value)
    span = of(birth.reading) + -of(death.reading)
    expression = f"{printed(ledger, birth)} − {printed(ledger, death)}"
    return conclude(ledger, "points", item, [birth, death], expression, point, span, "the formula of a named difference")
