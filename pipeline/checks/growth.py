"""Level and increment, or level and previous level, make the stated growth: 153.34 ÷ (313.64 − 153.34) = 95.66%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import Interval, of, over
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "growth"
# 按可比价增长: a real rate is not the growth of the printed levels.
_REAL = re.compile(r"可比价|不变价|扣除|实际增|可比口径|同口径|同比口径|剔除|名义")
_STOP = re.compile(r"[。\n]")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per growth rate that has its increment or its earlier level beside it."""
    for item in ledger.items:
        if item.reading.kind not in ("rate", "multiple") or item.role != "growth" or item.reading.value is None:
            continue
        if item.reading.direction == "flat":
            continue
        chain = _chain(ledger, item)
        k = chain.index(item)
        found = _increment(ledger, item, chain, k) or _levels(ledger, item, chain, k)
        if found is not None:
            yield found


def _chain(ledger: Ledger, item: Item) -> list[Item]:
    items = ledger.items
    a = b = item.n
    while items[a].listed and a > 0:
        a -= 1
    while b + 1 < len(items) and items[b + 1].listed:
        b += 1
    return items[a : b + 1]


def _run(ledger: Ledger, last: Item) -> list[Item]:
    """The joined list that ends with ``last``."""
    run = [last]
    while run[0].listed and run[0].n > 0:
        run.insert(0, ledger.items[run[0].n - 1])
    return run


def _before(ledger: Ledger, item: Item) -> Iterator[Item]:
    for other in reversed(ledger.items[max(0, item.n - 14) : item.n]):
        if other.sentence != item.sentence:
            return
        if other.bracket != item.bracket and other.bracket >= 0:
            continue
        yield other


def _increment(ledger: Ledger, claim: Item, chain: list[Item], k: int) -> Finding | None:
    """L…，增加D，增长x%: the increment touches the rate, the level stands before it with no other level between."""
    change: Item | None = None
    following = ledger.items[chain[-1].n + 1] if chain[-1].n + 1 < len(ledger.items) else None
    for other in _before(ledger, chain[0]):
        if other.role == "increment" and other.reading.value is not None:
            run = _run(ledger, other)
            if len(run) == len(chain):
                change = run[k]
        elif other.is_level and following is not None:
            change = _after(ledger, chain[-1], following) if len(chain) == 1 else None
        break
    if change is None:
        return None
    base = _level_before(ledger, change, claim, chain, k)
    if base is None:
        return None
    rule = "an increment beside its growth rate" if len(chain) == 1 else "respective lists of increments and growth rates"
    down = change.direction == "down"
    return _judge(ledger, claim, base, change, -1 if down else 1, rule)


def _after(ledger: Ledger, claim: Item, other: Item) -> Item | None:
    """增长x%，增加D: the increment right behind the rate."""
    gap = ledger.gap(claim, other)
    if other.role == "increment" and other.sentence == claim.sentence and not re.search("[;；。]", gap) and other.bracket == claim.bracket:
        return other if len(gap) <= 12 and other.reading.value is not None else None
    return None


def _level_before(ledger: Ledger, change: Item, claim: Item, chain: list[Item], k: int) -> Item | None:
    first = ledger.items[min(change.n, chain[0].n) - (k if change.n < chain[0].n else 0)]
    for other in _before(ledger, first):
        if other.unit == change.unit and other.is_level:
            if other.role == "plan":
                continue
            run = _run(ledger, other)
            if len(chain) > 1:
                return run[k] if len(run) == len(chain) else None
            return other if len(run) == 1 else None
        if other.unit == change.unit and other.role == "increment" and other.n != change.n:
            return None
    return None


def _judge(ledger: Ledger, claim: Item, base: Item, change: Item, sign: int, rule: str) -> Finding | None:
    b, c = Fraction(base.value), Fraction(abs(change.value))
    if b - sign * c <= 0:
        return None
    point = c / (b - sign * c)
    try:
        span = _span(of(base.reading), of(change.reading), sign)
    except ZeroDivisionError:
        return None
    factor = Fraction(1 if claim.reading.kind == "multiple" else 100)
    if claim.value < 0:
        factor = -factor
    operator = "−" if sign > 0 else "+"
    expression = f"{printed(ledger, change)} ÷ ({printed(ledger, base)} {operator} {printed(ledger, change)})"
    reason = "other_basis" if _REAL.search(claim.lead) and not of(claim.reading).meets(span.scaled(factor)) else None
    return conclude(
        ledger, "growth", claim, [base, change], expression, point * factor, span.scaled(factor), rule, reason=reason, cuts=True  # type: ignore[arg-type]
    )


def _span(level_: Interval, change: Interval, sign: int) -> Interval:
    """c ÷ (L − c) grows with c and falls with L."""
    change = Interval(abs(change.low) if change.low is not None else None, abs(change.high) if change.high is not None else None)
    ends: list[Fraction | None] = []
    for c, base in ((change.low, level_.high), (change.high, level_.low)):
        if c is None or base is None:
            ends.append(None)
            continue
        if base - sign * c <= 0:
            raise ZeroDivisionError("the earlier level may be zero")
        ends.append(c / (base - sign * c))
    return Interval(ends[0], ends[1])


def _levels(ledger: Ledger, claim: Item, chain: list[Item], k: int) -> Finding | None:
    """由a增至b，增长x%; b，上年同期a，增长x%."""
    if len(chain) > 1:
        return None
    now = then = None
    for other in _before(ledger, claim):
        if other.reading.value is None or other.reading.kind not in ("count", "money", "quantity"):
            continue
        if other.role in ("from", "prior") and then is None:
            then = other
        elif other.role in ("to", "level") and now is None:
            now = other
        if now is not None and then is not None:
            break
        if other.role == "increment":
            return None
    if now is None or then is None or now.unit != then.unit or "average" in (now.role, then.role):
        return None
    if abs(now.n - then.n) > 2 or "年均" in claim.lead or "平均" in claim.near:
        return None
    rule = "from one level to another" if then.role == "from" else "a level and that of the year before"
    point = Fraction(now.value) / Fraction(then.value) - 1
    try:
        quotient = over(of(now.reading), of(then.reading))
    except ZeroDivisionError:
        return None
    one = Interval(Fraction(-1), Fraction(-1))
    factor = Fraction(1 if claim.reading.kind == "multiple" else 100)
    if claim.direction == "down" and claim.value > 0:
        factor = -factor
    reason = "other_basis" if _REAL.search(claim.lead) else None
    expression = f"{printed(ledger, now)} ÷ {printed(ledger, then)} − 1"
    return conclude(
        ledger, "growth", claim, [now, then], expression, point * factor, (quotient + one).scaled(factor), rule, reason=reason, cuts=True  # type: ignore[arg-type]
    )
