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
_RATE_ROLES = ("growth", "completion", "rate", "bare", "share", "from", "to", "prior", "reference")
_TIME = re.compile(r"时间|序时|时序|均衡|进度")
_NATURAL = re.compile(r"自然增长率")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per difference whose two rates are printed or follow from the calendar."""
    for item in ledger.items:
        if _NATURAL.search(item.near) and item.reading.kind == "rate":
            found = _natural(ledger, item)
        elif item.reading.kind != "points" or item.reading.value is None or item.reading.direction == "flat":
            continue
        elif item.role == "progress" and _TIME.search(_first(ledger, item).near):
            found = _progress(ledger, item)
        elif item.role in ("gap", "progress"):
            found = _gap(ledger, item)
        else:
            found = _moved(ledger, item)
        if found is not None:
            yield found


def _first(ledger: Ledger, item: Item) -> Item:
    while item.listed and item.n > 0:
        item = ledger.items[item.n - 1]
    return item


def _difference(ledger: Ledger, claim: Item, a: Item, b: Item, rule: str) -> Finding:
    """|a − b| in points; publishers subtract printed rates, so one last digit is allowed either way."""
    sa, sb = _signed(a), _signed(b)
    point = sa - sb
    span = _interval(a) + -_interval(b)
    expression = f"{printed(ledger, a)} − {printed(ledger, b)}"
    if point < 0 and claim.value >= 0:
        point, span = -point, -span
        expression = f"{printed(ledger, b)} − {printed(ledger, a)}"
    return conclude(ledger, "points", claim, [a, b], expression, point, span, rule)


def _signed(item: Item) -> Fraction:
    value = Fraction(item.value)
    return -value if item.role in ("growth", "reference") and item.direction == "down" and value > 0 else value


def _interval(item: Item) -> Interval:
    span = of(item.reading)
    return -span if _signed(item) < 0 and item.value > 0 else span


def _rates_before(ledger: Ledger, item: Item) -> list[Item]:
    return [
        x for x in reversed(ledger.items[max(0, item.n - 14) : item.n])
        if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None
    ]


def _gap(ledger: Ledger, item: Item) -> Finding | None:
    """增长8.4%，比全省(7.7%)高0.7个百分点: the reference stands in brackets beside its name."""
    chain = [_first(ledger, item)]
    while chain[-1].n + 1 < len(ledger.items) and ledger.items[chain[-1].n + 1].listed:
        chain.append(ledger.items[chain[-1].n + 1])
    rates = _rates_before(ledger, chain[0])
    references = [r for r in reversed(rates) if r.bracket >= 0 and r.bracket != item.bracket and _compared(ledger, r)]
    own = next((r for r in rates if r.bracket == item.bracket and r not in references), None)
    if own is None or not references:
        return None
    if len(references) != len(chain):
        return None
    return _difference(ledger, item, own, references[chain.index(item)], "a reference rate in brackets")


def _compared(ledger: Ledger, item: Item) -> bool:
    return bool(re.search(r"[高低快慢比较和与及同]于?[^，。,；;]{1,14}\(?(?:增长|下降|为)?$", ledger.text[max(0, item.start - 18) : item.start]))


def _moved(ledger: Ledger, item: Item) -> Finding | None:
    """由5.5%降至5%，回落0.5个百分点; 下降0.4%，降幅比1-5月收窄1.7个百分点(当时下降2.1%)."""
    if item.listed:
        return None
    rates = _rates_before(ledger, item)
    then = next((r for r in rates if r.role in ("from", "prior")), None)
    now = next((r for r in rates if r.role in ("to",) or r.role in ("rate", "share", "bare", "completion", "growth") and then is not None and r.n < then.n), None)
    if then is not None and now is not None and abs(now.n - then.n) <= 2 and item.n - max(now.n, then.n) <= 2:
        return _difference(ledger, item, now, then, "from one rate to another")
    after = ledger.items[item.n + 1] if item.n + 1 < len(ledger.items) else None
    if after is not None and after.bracket >= 0 and after.bracket != item.bracket and after.reading.kind == "rate" and rates:
        if "当时" in after.near or re.search(r"(?:上年|去年|同期|\d月)[^，]*$", after.near):
            return _difference(ledger, item, rates[0], after, "the earlier rate in brackets behind")
    return None


def _progress(ledger: Ledger, item: Item) -> Finding | None:
    """为年度计划的34.32%，快于时序进度9.32个百分点: less the months that have passed, in twelfths."""
    if item.listed or _first(ledger, item) is not item:
        chain_first = _first(ledger, item)
        rates = _rates_before(ledger, chain_first)
        k = item.n - chain_first.n
        size = k + 1
        while chain_first.n + size < len(ledger.items) and ledger.items[chain_first.n + size].listed:
            size += 1
        own = list(reversed(rates[:size]))[k] if len(rates) >= size else None
    else:
        rates = _rates_before(ledger, item)
        own = rates[0] if rates else None
    months = _months(item)
    if own is None or months is None or own.role not in ("completion", "rate", "bare", "share"):
        return None
    base = Fraction(100 * months, 12)
    point = Fraction(own.value) - base
    span = of(own.reading) + Interval(-base, -base)
    expression = f"{printed(ledger, own)} − {months}/12"
    if item.direction == "down":
        point, span = -point, -span
        expression = f"{months}/12 − {printed(ledger, own)}"
    # A baseline of its own (10% a month, a node plan) is a habit of some offices: never an accusation.
    assumed = (f"时间进度按{months}个月计", f"time progress taken as {months} of 12 months")
    fits = of(item.reading).meets(span)
    return conclude(
        ledger, "points", item, [own], expression, point, span, "time progress in twelfths", assumed=assumed,
        reason=None if fits else "other_basis",
    )


def _months(item: Item) -> int | None:
    period = item.period
    if period is None or period.start is None or period.end is None or period.start[5:7] != "01":
        return None
    if period.start[:4] != period.end[:4]:
        return None
    return int(period.end[5:7]) if period.end[5:7] != "12" else None


def _natural(ledger: Ledger, item: Item) -> Finding | None:
    """自然增长率 = 出生率 − 死亡率."""
    birth = death = None
    for other in _rates_before(ledger, item):
        if death is None and "死亡率" in other.near:
            death = other
        if birth is None and "出生率" in other.near:
            birth = other
    if birth is None or death is None:
        return None
    point = Fraction(birth.value) - Fraction(death.value)
    span = of(birth.reading) + -of(death.reading)
    return conclude(ledger, "points", item, [birth, death], f"{printed(ledger, birth)} − {printed(ledger, death)}", point, span, "the formula of a named difference")
