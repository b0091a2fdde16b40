"""Unit conversion, averages over the days of the period, per head, yield, pull: base times rate, or base over number."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import Interval, judge, of, over, times
from ._finding import conclude, printed

if TYPE_CHECKING:
    from ..relate.ledger import Ledger
    from ..relate.products import Product

IDENTITY = "product"
_HUNDRED = Fraction(100)
# These hang on a calendar or a whole that is assumed: where they do not fit, the assumption may be wrong.
_ASSUMING: dict[str, Reason] = {"an average over the period": "other_basis", "contribution times growth": "ambiguous", "per head": "ambiguous"}


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per product that the ledger has bound."""
    for product in ledger.products:
        found = _judge(ledger, product)
        if found is not None:
            yield found


def _judge(ledger: Ledger, product: Product) -> Finding | None:
    try:
        point, span, expression = _reckon(ledger, product)
    except ZeroDivisionError:
        return None
    if product.factor_too is not None:
        other = span.scaled(product.factor_too)
        span = _hull(span.scaled(product.factor), other)
    else:
        span = span.scaled(product.factor)
    point *= product.factor
    fits = judge(point, span, product.claim.reading, cuts=False) != "disagrees"
    reason = None if fits else _ASSUMING.get(product.template)
    return conclude(
        ledger, product.identity, product.claim, product.operands, expression, point, span, product.template, assumed=product.assumed, reason=reason
    )


def _reckon(ledger: Ledger, product: Product) -> tuple[Fraction, Interval, str]:
    """The value, its interval and its expression, all but the factor in the first two."""
    point, span, expression = Fraction(product.top.value), of(product.top.reading), printed(ledger, product.top)
    for more in product.plus:
        point, span, expression = point + Fraction(more.value), span + of(more.reading), f"{expression} + {printed(ledger, more)}"
    if product.plus:
        expression = f"({expression})"
    if product.less is not None:
        point, span = point - Fraction(product.less.value), span + -of(product.less.reading)
        expression = f"({expression} − {printed(ledger, product.less)})"
    expression += product.said
    if product.bottom is not None:
        below, wide, shown = Fraction(product.bottom.value), of(product.bottom.reading), printed(ledger, product.bottom)
        if product.rest is not None:
            below, wide = below + product.rest_sign * Fraction(product.rest.value), wide + of(product.rest.reading).scaled(Fraction(product.rest_sign))
            shown = f"({shown} {'+' if product.rest_sign > 0 else '−'} {printed(ledger, product.rest)})"
        point, span, expression = point / below, over(span, wide), f"{expression} ÷ {shown}"
    for other in (product.times, product.again):
        if other is not None:
            point, span, expression = _times(ledger, product, other.n, point, span, expression)
    return point, span, expression


def _times(ledger: Ledger, product: Product, n: int, point: Fraction, span: Interval, expression: str) -> tuple[Fraction, Interval, str]:
    more = ledger.items[n]
    value, wide, shown = Fraction(more.value), of(more.reading), printed(ledger, more)
    if product.turned:
        hundred = Interval(_HUNDRED, _HUNDRED)
        value = (_HUNDRED + product.turned * value) / _HUNDRED
        wide = (hundred + wide.scaled(Fraction(product.turned))).scaled(1 / _HUNDRED)
        shown = f"(1 {'+' if product.turned > 0 else '−'} {shown})"
    if product.under:
        return point / value, over(span, wide), f"{expression} ÷ {shown}"
    return point * value, times(span, wide), f"{expression} × {shown}"


def _hull(a: Interval, b: Interval) -> Interval:
    """The interval over two."""
    low = None if a.low is None or b.low is None else min(a.low, b.low)
    high = None if a.high is None or b.high is None else max(a.high, b.high)
    return Interval(low, high)
