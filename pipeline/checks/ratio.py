"""A part over its whole is the stated rate: 141 ÷ 164 = 85.9%."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import of, over
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger
    from ..relate.quotients import Quotient

IDENTITY = "ratio"


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per rate whose numerator and denominator the words name."""
    for quotient in ledger.quotients:
        if quotient.denominator.value > 0:
            yield _judge(ledger, quotient)


def _judge(ledger: Ledger, q: Quotient) -> Finding:
    a, b, claim = q.numerator, q.denominator, q.claim
    top, bottom = of(a.reading), of(b.reading)
    operands: list[Item] = [a, b]
    point = Fraction(a.value) / Fraction(b.value)
    expression = f"{printed(ledger, a)} ÷ {printed(ledger, b)}"
    if q.plus_numerator:
        # 节约率 over what was planned: saved ÷ (paid + saved).
        point = Fraction(a.value) / (Fraction(b.value) + Fraction(a.value))
        bottom = bottom + top
        expression = f"{printed(ledger, a)} ÷ ({printed(ledger, b)} + {printed(ledger, a)})"
    factor = 1 if claim.reading.kind == "multiple" else 100
    try:
        span = over(top, bottom).scaled(Fraction(factor))
    except ZeroDivisionError:
        return conclude(ledger, "ratio", claim, operands, expression, point * factor, of(claim.reading), q.template, reason="hedged")
    reason = q.reason
    if reason is None and (a.reading.bound or b.reading.bound):
        reason = None if a.reading.bound != "about" and of(claim.reading).meets(span) else "hedged"
    return conclude(ledger, "ratio", claim, operands, expression, point * factor, span, q.template, cuts=True, reason=reason)
