"""Two rates differ by the stated points, time progress included: 97.2% − 10/12 = 13.8."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import Interval, of
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "points"
_BESIDE = re.compile(r"比|较|超过|超额|高于|低于|快于|慢于|高出|低出")
_APART = re.compile(r"相差|差距|之差|剪刀差")
_TIME = re.compile(r"时间|序时|时序|均衡|超进度|欠进度|超前进度")
_NATURAL = re.compile(r"自然增长率")
_THAN = re.compile(r"(?:高于|低于|快于|慢于|高出|低出|好于|领先|落后|超出?)(?P<a>[^，。,；;\d]{1,16}?)(?:的?(?:增速|增幅|涨幅|降幅|平均水平|平均|水平|整体|总体))?(?:分别)?(?:约|近)?$|(?:比|较)(?P<b>[^，。,；;\d]{1,16}?)(?:的?(?:增速|增幅|平均水平|水平))?(?:分别)?(?:高|低|快|慢)(?:出)?$")
_OVERALL = re.compile(r"^(?:全部|整体|总体|平均|全市|全省|全国|全区|全县|全行业|外贸|同期)?(?:整体|总体|平均|平均水平|水平|的)*$")
_GROWTH_ROLES = ("growth", "reference")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per difference whose two rates are printed or follow from the calendar."""
    for item in ledger.items:
        if item.reading.value is None or item.reading.direction == "flat":
            continue
        first = ledger.chain(item)[0]
        found = None
        if item.reading.kind == "rate":
            if _NATURAL.search(item.near):
                found = _natural(ledger, item)
            elif _TIME.search(first.near) and item.role not in ("completion", "share"):
                found = _progress(ledger, item, first)
        elif item.reading.kind == "points":
            if _TIME.search(first.near):
                found = _progress(ledger, item, first)
            else:
                found = _bracketed(ledger, item, first) or _moved(ledger, item) or _named(ledger, item, first)
        if found is not None:
            yield found


def _difference(ledger: Ledger, claim: Item, a: Item, b: Item, rule: str) -> Finding:
    """|a − b| in points, the signs of falls allowed for."""
    if b.role in ("reference", "bare", "plan", "rate") and b.direction is None or a.direction is None:
        # 下降17.8%，超额完成16%的目标1.8个百分点: the goal is a fall too.
        point, span = Fraction(a.value) - Fraction(b.value), of(a.reading) + -of(b.reading)
    else:
        point, span = _signed(a) - _signed(b), _interval(a) + -_interval(b)
    expression = f"{_shown(ledger, a)} − {_shown(ledger, b, inner=True)}"
    if point < 0 and claim.value >= 0:
        point, span = -point, -span
        expression = f"{_shown(ledger, b)} − {_shown(ledger, a, inner=True)}"
    return conclude(ledger, "points", claim, [a, b], expression, point, span, rule)


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


def _rates_before(ledger: Ledger, item: Item) -> list[Item]:
    return [
        x for x in reversed(ledger.items[max(0, item.n - 14) : item.n])
        if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None
    ]


def _bracketed(ledger: Ledger, item: Item, first: Item) -> Finding | None:
    """增长8.4%，比全省(7.7%)高0.7个百分点: the reference stands in brackets beside its name."""
    if item.role not in ("gap", "progress"):
        return None
    members = ledger.chain(item)
    rates = _rates_before(ledger, first)
    references = [r for r in reversed(rates) if r.bracket >= 0 and r.bracket != item.bracket and r.n > first.n - 1 - 2 * len(members)]
    own = next((r for r in rates if r.bracket == item.bracket), None)
    if own is None or len(references) != len(members) or own.n > references[0].n:
        return None
    return _difference(ledger, item, own, references[members.index(item)], "a reference rate in brackets")


def _moved(ledger: Ledger, item: Item) -> Finding | None:
    """由5.5%降至5%，回落0.5个百分点; 为0.53%，比上一个十年的0.57%下降0.04个百分点; …收窄1.7个百分点(当时下降2.1%)."""
    if item.listed:
        return None
    rates = _rates_before(ledger, item)[:3]
    if len(rates) >= 2 and rates[0].role == "to" and rates[1].role == "from" and item.n - rates[0].n == 1:
        return _difference(ledger, item, rates[0], rates[1], "from one rate to another")
    if len(rates) >= 2 and rates[0].role == "reference" and rates[0].bracket == item.bracket and item.n - rates[0].n == 1:
        return _difference(ledger, item, rates[1], rates[0], "a rate and the one it is compared with")
    if len(rates) >= 2 and item.n - rates[0].n == 1 and _BESIDE.search(rates[0].near) and not re.search("[，,；;]", ledger.gap(rates[0], item)):
        return _difference(ledger, item, rates[1], rates[0], "a rate and the one it is compared with")
    if len(rates) >= 2 and _APART.search(item.near) and item.n - rates[0].n == 1 and rates[0].listed:
        return _difference(ledger, item, rates[1], rates[0], "two rates and how far they are apart")
    after = ledger.items[item.n + 1] if item.n + 1 < len(ledger.items) else None
    if after is not None and after.bracket >= 0 and after.bracket != item.bracket and after.reading.kind == "rate" and rates:
        if "当时" in after.near or re.search(r"(?:上年|去年|同期|\d月)[^，]*$", after.near):
            return _difference(ledger, item, rates[0], after, "the earlier rate in brackets behind")
    return None


def _named(ledger: Ledger, item: Item, first: Item) -> Finding | None:
    """金融业增长5.2%，高于GDP增速1.0个百分点: the reference is the growth of what the words name."""
    members = ledger.chain(item)
    m = _THAN.search(first.near)
    if m is None:
        return _over_average(ledger, item, first, members) if item.role == "gap" else None
    words = m["a"] or m["b"] or ""
    own = _own(ledger, first, members, members.index(item))
    if own is None:
        return None
    candidates = [
        x for x in ledger.items[max(0, first.n - 30) : first.n + 12]
        if x.role == "growth" and x.reading.kind == "rate" and x.turn == item.turn and x.n != own.n and x.reading.value is not None and not x.listed
    ]
    if _OVERALL.match(words):
        found = [x for x in candidates if x.paragraph == item.paragraph and x.n < own.n][:1]
        rule = "a reference rate: the whole"
    else:
        found = [x for x in candidates if _about(ledger, x, words)]
        rule = "a reference rate named in words"
    if not found or len({x.value for x in found}) > 1 and found[0].sentence != item.sentence:
        found = [x for x in found if x.sentence == item.sentence] or found[:1]
    return _difference(ledger, item, own, found[0], rule) if found else None


def _over_average(ledger: Ledger, item: Item, first: Item, members: list[Item]) -> Finding | None:
    """分别为68.4%、63.7%，全市平均为52.5%，分别高出15.9、11.2个百分点."""
    rates = _rates_before(ledger, first)
    mean = next((r for r in rates[:2] if re.search(r"平均|全[市省国县区]", r.near) and not r.listed), None)
    if mean is None:
        return None
    own = next((ledger.chain(r) for r in rates if r.n < mean.n), None)
    if own is None or len(own) != len(members):
        return None
    return _difference(ledger, item, own[members.index(item)], mean, "rates over the average in the sentence")


def _own(ledger: Ledger, first: Item, members: list[Item], k: int) -> Item | None:
    for other in reversed(ledger.items[max(0, first.n - 6) : first.n]):
        if other.sentence not in (first.sentence, first.sentence - 1):
            return None
        if other.role == "growth" and other.reading.kind == "rate" and other.bracket == first.bracket:
            run = ledger.chain(other)
            return run[k] if len(run) == len(members) else None
    return None


def _about(ledger: Ledger, rate: Item, words: str) -> bool:
    """Whether the growth rate is that of what ``words`` name."""
    names = [rate.name]
    for other in reversed(ledger.items[max(0, rate.n - 3) : rate.n]):
        if other.sentence != rate.sentence:
            break
        if other.is_level:
            names.append(other.name)
            break
    key = re.sub(r"^(?:全部|全市|全省|全国|年度|同期)|(?:增速|增幅|平均|水平)$", "", words)
    return any(len(n) >= 2 and (n in words or len(key) >= 2 and key in n) for n in names)


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
    return conclude(ledger, "points", item, [own], expression, point, span, "time progress in twelfths", assumed=assumed, reason=None if fits else "other_basis")


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
