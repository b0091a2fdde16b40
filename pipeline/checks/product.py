"""Unit conversion, averages over the days of the period, per head, yield, pull: base times rate, or base over number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import judge, of, over, times
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.ledger import Ledger
    from ..relate.products import Product

IDENTITY = "product"
# These hang on a calendar or a whole that is assumed: where they do not fit, the assumption may be wrong.
_ASSUMING: dict[str, Reason] = {"an average over the period": "other_basis", "contribution times growth": "ambiguous", "per head": "ambiguous"}


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per product that the ledger has bound."""
    for product in ledger.products:
        found = _judge(ledger, product)
        if found is not None:
            yield found


def _judge(ledger: Ledger, product: Product) -> Finding | None:
    top, factor = product.top, product.factor
    point, span = Fraction(top.value) * factor, of(top.reading)
    expression, operands = printed(ledger, top) + product.said, [top]
    if product.bottom is not None:
        try:
            span = over(span, of(product.bottom.reading))
        except ZeroDivisionError:
            return None
        point = point / Fraction(product.bottom.value)
        expression, operands = f"{expression} ÷ {printed(ledger, product.bottom)}", [*operands, product.bottom]
    if product.times is not None:
        point, span = point * Fraction(product.times.value), times(span, of(product.times.reading))
        expression, operands = f"{expression} × {printed(ledger, product.times)}", [*operands, product.times]
    span = span.scaled(factor)
    fits = judge(point, span, product.claim.reading, cuts=False) != "disagrees"
    reason = None if fits else _ASSUMING.get(product.template)
    return conclude(
        ledger, product.identity, product.claim, operands, expression, point, span, product.template, assumed=product.assumed, reason=reason
    )
