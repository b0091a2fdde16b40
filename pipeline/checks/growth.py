"""Level and increment, or level and previous level, make the stated growth: 153.34 ÷ (313.64 − 153.34) = 95.66%."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import Interval, of, over
from ._finding import conclude, printed
from ._withhold import AT_CONSTANT_PRICES, growth_fits, ratio_fits

if TYPE_CHECKING:
    from ..relate.growths import Growth
    from ..relate.ledger import Ledger

IDENTITY = "growth"
# 按可比价增长: a real rate is not the growth of the printed levels.
_REAL = re.compile(r"可比价|不变价|扣除|实际增|可比口径|同口径|同比口径|剔除|名义")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per growth rate whose figures are bound."""
    for growth in ledger.growths:
        found = _two_levels(ledger, growth) if growth.levels else _increment(ledger, growth)
        if found is not None:
            yield found


def _increment(ledger: Ledger, growth: Growth) -> Finding | None:
    claim, base, change = growth.claim, growth.base, growth.other
    sign = -1 if change.direction == "down" else 1
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
    span = span.scaled(factor)
    reason: Reason | None = "other_basis" if _real(ledger, growth) and not of(claim.reading).meets(span) else None
    return conclude(
        ledger, "growth", claim, [base, change], expression, point * factor, span, growth.template, reason=reason, cuts=True,
        another=lambda: growth_fits(ledger, claim, base, change, sign, factor),
    )


def _real(ledger: Ledger, growth: Growth) -> bool:
    """按可比价, 实际增长, also before the first of a list; 增加值, 总产值 and 生产总值 grow in real terms."""
    first, base = ledger.chain(growth.claim)[0], ledger.chain(growth.base)[0]
    words = growth.claim.lead + growth.other.lead + first.lead + growth.claim.tail
    return bool(_REAL.search(words)) or bool(AT_CONSTANT_PRICES.search(base.near + growth.other.near))


def _span(level: Interval, change: Interval, sign: int) -> Interval:
    """c ÷ (L − c) grows with c and falls with L. Raises ZeroDivisionError where the earlier level may be zero."""
    ends: list[Fraction | None] = []
    for c, base in ((change.low, level.high), (change.high, level.low)):
        if c is None or base is None:
            ends.append(None)
            continue
        if base - sign * abs(c) <= 0:
            raise ZeroDivisionError("the earlier level may be zero")
        ends.append(abs(c) / (base - sign * abs(c)))
    return Interval(ends[0], ends[1])


def _two_levels(ledger: Ledger, growth: Growth) -> Finding | None:
    claim, now, then = growth.claim, growth.base, growth.other
    if then.value <= 0:
        return None
    point = Fraction(now.value) / Fraction(then.value) - 1
    try:
        quotient = over(of(now.reading), of(then.reading))
    except ZeroDivisionError:
        return None
    factor = Fraction(1 if claim.reading.kind == "multiple" else 100)
    if (claim.direction == "down" or growth.down) and claim.value > 0:
        factor = -factor
    span = (quotient + Interval(Fraction(-1), Fraction(-1))).scaled(factor)
    reason: Reason | None = "other_basis" if _real(ledger, growth) and not of(claim.reading).meets(span) else None
    expression = f"{printed(ledger, now)} ÷ {printed(ledger, then)} − 1"
    return conclude(
        ledger, "growth", claim, [now, then], expression, point * factor, span, growth.template, reason=reason, cuts=True,
        another=lambda: ratio_fits(ledger, claim, now, then, factor),
    )
