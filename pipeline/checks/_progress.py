"""How far a rate is ahead of the progress of time, or of the average; the rate may have to be reckoned from two figures."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import Interval, of, over
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IMPLIED = "time progress in twelfths, of the rate of two figures"
AVERAGE = "the rate of two figures and the average rate"
_AVERAGE = re.compile(r"平均(?:投资)?(?:进度|水平|完成率)?(?:约|近)?$")
_BEHIND = re.compile(r"欠|慢|低|落后|滞后")


def rates_before(ledger: Ledger, item: Item) -> list[Item]:
    """Rates before ``item`` in its sentence, the nearest first."""
    near = ledger.items[max(0, item.n - 14) : item.n]
    return [x for x in reversed(near) if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None]


def progress(ledger: Ledger, item: Item, first: Item) -> Finding | None:
    """为年度计划的34.32%，快于时序进度9.32个百分点: less the months that have passed, in twelfths."""
    members = ledger.chain(item)
    rates = [r for r in rates_before(ledger, first) if r.role in ("completion", "rate", "bare", "share") and r.bracket in (item.bracket, r.bracket)]
    if len(members) > 1:
        own = list(reversed(rates[: len(members)]))[members.index(item)] if len(rates) >= len(members) else None
    else:
        own = rates[0] if rates else None
    if item.months is None or item.months[0] != 1 or item.months[1] == 12:
        return None
    months = item.months[1]
    if own is None:
        return _of_two_figures(ledger, item, first, months)
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


def _two_figures(ledger: Ledger, first: Item) -> tuple[Item, Item] | None:
    """What was done and what was planned, where nothing else of the unit stands between them and the difference."""
    near = [x for x in reversed(ledger.items[max(0, first.n - 6) : first.n]) if x.turn == first.turn and first.sentence - x.sentence <= 1]
    done = next((x for x in near if x.reading.kind == "money" and x.role in ("level", "plan")), None)
    if done is None or done.role == "plan" or done.sentence != first.sentence or done.reading.value is None or first.n - done.n > 1:
        return None
    plan = next((x for x in near if x.n < done.n and x.unit == done.unit), None)
    return (done, plan) if plan is not None and plan.role == "plan" and plan.reading.value else None


def _of_two_figures(ledger: Ledger, item: Item, first: Item, months: int) -> Finding | None:
    """年度计划投资984.59亿元，前10月完成1015.19亿元，超序时进度19.8个百分点: the rate itself is not printed."""
    pair = _two_figures(ledger, first)
    if pair is None or first is not item:
        return None
    base = Fraction(100 * months, 12)
    sign = -1 if item.direction == "down" or _BEHIND.search(item.near) else 1
    return _against(ledger, item, pair, (base, Interval(base, base)), f"{months}/12", sign, IMPLIED, [])


def ahead_of_average(ledger: Ledger, item: Item, first: Item) -> Finding | None:
    """年度计划投资88亿元，完成72亿元，快于全市平均进度6个百分点: over the completion that was said before of all."""
    pair = _two_figures(ledger, first) if _AVERAGE.search(item.near) and first is item and not rates_before(ledger, item) else None
    told = [x for x in reversed(ledger.items[max(0, item.n - 14) : item.n]) if x.role == "completion" and x.turn == item.turn]
    mean = next((x for x in told if x.reading.value is not None and x.reading.bound is None), None)
    if pair is None or mean is None:
        return None
    sign = -1 if _BEHIND.search(item.near) else 1
    return _against(ledger, item, pair, (Fraction(mean.value), of(mean.reading)), printed(ledger, mean), sign, AVERAGE, [mean])


def _against(
    ledger: Ledger, item: Item, pair: tuple[Item, Item], base: tuple[Fraction, Interval], shown: str, sign: int, rule: str, more: list[Item]
) -> Finding | None:
    done, plan = pair
    point = (Fraction(done.value) / Fraction(plan.value) * 100 - base[0]) * sign
    try:
        span = (over(of(done.reading), of(plan.reading)).scaled(Fraction(100)) + -base[1]).scaled(Fraction(sign))
    except ZeroDivisionError:
        return None
    rate = f"{printed(ledger, done)} ÷ {printed(ledger, plan)}"
    expression = f"{rate} − {shown}" if sign > 0 else f"{shown} − {rate}"
    return conclude(ledger, "points", item, [done, plan, *more], expression, point, span, rule)
