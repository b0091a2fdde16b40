"""A part over its whole is the stated rate: 141 ÷ 164 = 85.9%."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import of, over, total
from ._finding import conclude, printed
from ._withhold import ratio_fits

if TYPE_CHECKING:
    from ..relate.ledger import Ledger
    from ..relate.quotient import Quotient

IDENTITY = "ratio"


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per rate whose numerator and denominator the words name."""
    for quotient in ledger.quotients:
        yield _judge(ledger, quotient)


def _judge(ledger: Ledger, q: Quotient) -> Finding:
    tops, bottom_item, claim = q.numerators, q.denominator, q.claim
    top, bottom = total(of(t.reading) for t in tops), of(bottom_item.reading)
    above = sum((Fraction(t.value) for t in tops), Fraction(0))
    below = Fraction(bottom_item.value)
    over_words = " + ".join(printed(ledger, t) for t in tops)
    under_words = printed(ledger, bottom_item)
    if q.plus_numerator:
        # 节约率 over what was planned: saved ÷ (paid + saved).
        below, bottom, under_words = below + above, bottom + top, f"({under_words} + {over_words})"
    if q.added:
        # 结案率 over what came in and what was carried over.
        below += sum((Fraction(a.value) for a in q.added), Fraction(0))
        bottom = total((bottom, *(of(a.reading) for a in q.added)))
        under_words = "(" + " + ".join((under_words, *(printed(ledger, a) for a in q.added))) + ")"
    if len(tops) > 1:
        over_words = f"({over_words})"
    expression = f"{over_words} ÷ {under_words}"
    plain = claim.reading.kind == "multiple" or (claim.reading.kind == "index" and "性别比" not in claim.near)
    factor = Fraction(1 if plain else 100)
    operands = [*tops, bottom_item, *q.added]
    point = above / below * factor
    try:
        span = over(top, bottom).scaled(factor)
    except ZeroDivisionError:
        return conclude(ledger, "ratio", claim, operands, expression, point, of(claim.reading), q.template, reason="hedged")
    return conclude(
        ledger, "ratio", claim, operands, expression, point, span, q.template, cuts=True, reason=q.reason,
        another=lambda: ratio_fits(ledger, claim, tops[0], bottom_item, factor),
    )
