"""Two rates differ by the stated points, time progress included: 97.2% − 10/12 = 13.8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import Interval, of
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "points"
_TIME = re.compile(r"时间|序时|时序|均衡|超进度|欠进度|超前进度")
_NATURAL = re.compile(r"自然增长率")
_GROWTH_ROLES = ("growth", "reference")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per difference whose two rates are printed or follow from the calendar."""
    for gap in ledger.gaps:
        yield _difference(ledger, gap.claim, gap.own, gap.reference, gap.template)
    for item in ledger.items:
        if item.reading.value is None or item.reading.kind not in ("rate", "points") or item.reading.direction == "flat":
            continue
        first = ledger.chain(item)[0]
        found = None
        if item.reading.kind == "rate" and _NATURAL.search(item.near):
            found = _natural(ledger, item)
        elif _TIME.search(first.near) and (item.reading.kind == "points" or item.role not in ("completion", "share")):
            found = _progress(ledger, item, first)
        if found is not None:
            yield found


def _rates_before(ledger: Ledger, item: Item) -> list[Item]:
    near = ledger.items[max(0, item.n - 14) : item.n]
    return [x for x in reversed(near) if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None]


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


def _progress(ledger: Ledger, item: Item, first: Item) -> Finding | None:
    """为年度计划的34.32%，快于时序进度9.32个百分点: less the months that have passed, in twelfths."""
    members = ledger.chain(item)
    rates = [r for r in _rates_before(ledger, first) if r.role in ("completion", "rate", "bare", "share") and r.bracket in (item.bracket, r.bracket)]
    if len(members) > 1:
        own = list(reversed(rates[: len(members)]))[members.index(item)] if len(rates) >= len(members) else None
    else:
        own = rates[0] if rates else None
    if own is None or item.months is None or item.months[0] != 1 or item.months[1] == 12:
        return None
    months = item.months[1]
    base = Fraction(100 * months, 12)
    point, span = Fraction(own.value) - base, of(own.reading) + Interval(-base, -base)
    expression = f"{printed(ledger, own)} − {months}/12"
    behind = item.direction == "down" or re.search(r"欠|慢|低|落后|滞后", first.near)
    if behind:
        point, span = -point, -span
        expression = f"{months}/12 − {printed(ledger, own)}"
    # A baseline of its own (10% a month, a node plan) is a habit of some offices: never an accusation.
    assumed = (f"时间进度按{months}个月计", f"time progress taken as {months} of 12 months")
    fits = of(item.reading).meets(span)
    reason: Reason | None = None if fits else "other_basis"
    return conclude(ledger, "points", item, [own], expression, point, span, "time progress in twelfths", assumed=assumed, reason=reason)


def _natural(ledger: Ledger, item: Item) -> Finding | None:
    """自然增长率 = 出生率 − 死亡率."""
    rates = _rates_before(ledger, item)
    birth = next((x for x in rates if "出生率" in x.near), None)
    death = next((x for x in rates if "死亡率" in x.near), None)
    if birth is None or death is None:
        return None
    point = Fraction(birth.value) - Fraction(death.value)
    span = of(birth.reading) + -of(death.reading)
    expression = f"{printed(ledger, birth)} − {printed(ledger, death)}"
    return conclude(ledger, "points", item, [birth, death], expression, point, span, "the formula of a named difference")
