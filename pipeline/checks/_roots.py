"""Roots of growth factors, and the yearly average of a growth over two years."""

from __future__ import annotations

import re
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import Interval, of
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

_HUNDRED = Fraction(100)
_LAST_YEAR = re.compile(r"(?:去年|上年|同期)")


def root(value: Fraction, n: int) -> Fraction:
    """The ``n``-th root of a positive number, to 40 digits."""
    with localcontext() as context:
        context.prec = 40
        number = Decimal(value.numerator) / Decimal(value.denominator)
        return Fraction((number.ln() / n).exp())


def two_years(ledger: Ledger, claim: Item) -> Finding | None:
    """比2019年同期增长9.1%，两年平均增长4.4%; 同比增长12.6%，上年同期下降3.4%，两年平均增长4.3%."""
    near = [x for x in ledger.items[max(0, claim.n - 2) : claim.n] if x.sentence == claim.sentence and x.bracket == claim.bracket]
    grown = [x for x in near if x.role == "growth" and x.reading.kind == "rate" and x.reading.value is not None]
    if grown and grown[-1].n == claim.n - 1 and grown[-1].comparison is not None and grown[-1].comparison.with_.isdigit():
        return _over(ledger, claim, grown[-1:], "growth over two years, its yearly average")
    if len(grown) == 2 and _LAST_YEAR.search(grown[1].near) and not _LAST_YEAR.search(grown[0].near):
        return _over(ledger, claim, grown, "the growth of two years, one after the other")
    return None


def _over(ledger: Ledger, claim: Item, parts: list[Item], rule: str) -> Finding | None:
    """The factors of growth multiplied, and the square root."""
    signs = [-1 if x.direction == "down" and x.value > 0 else 1 for x in parts]
    point, ends = Fraction(1), [Fraction(1)]
    for sign, part in zip(signs, parts, strict=True):
        span = of(part.reading)
        if span.low is None or span.high is None:
            return None
        point *= 1 + sign * Fraction(part.value) / _HUNDRED
        ends = [a * (1 + sign * b / _HUNDRED) for a, b in product(ends, (span.low, span.high))]
    if min(ends) <= 0:
        return None
    sides = sorted((root(v, 2) - 1) * _HUNDRED for v in ends)
    shown = " × ".join(f"(1 {'−' if s < 0 else '+'} {printed(ledger, x)})" for s, x in zip(signs, parts, strict=True))
    expression = f"{shown}^(1/2) − 1" if len(parts) == 1 else f"({shown})^(1/2) − 1"
    return conclude(ledger, "compound", claim, parts, expression, (root(point, 2) - 1) * _HUNDRED, Interval(sides[0], sides[-1]), rule)
