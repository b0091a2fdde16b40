"""The record of a product: a figure times or over another, times a factor."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ...schemas.finding import Identity
from .items import Item


class Product(NamedTuple):
    """``claim`` states (``top`` − ``less``) × ``factor``, ÷ ``bottom``, × ``times`` and × ``again`` where there are such.

    ``said`` shows the factor in the expression; ``assumed`` says what was assumed, in Chinese and English. ``factor_too``
    is the other value that the factor may have: a year of 365 or of 366 days. ``rest`` is added to ``bottom``, with its
    sign. ``turned`` makes ``times`` a rate that is added to or taken from 100%, ``under`` divides by it. ``named`` is
    an operand that has gone into the factor. ``plus`` are added to ``top``: the members of a list.
    ``identity`` is ``ratio`` where the product states a share.
    """

    claim: Item
    top: Item
    factor: Fraction
    template: str
    bottom: Item | None = None
    times: Item | None = None
    said: str = ""
    assumed: tuple[str, str] | None = None
    identity: Identity = "product"
    less: Item | None = None
    again: Item | None = None
    factor_too: Fraction | None = None
    rest: Item | None = None
    rest_sign: int = -1
    turned: int = 0
    under: bool = False
    named: Item | None = None
    plus: tuple[Item, ...] = ()

    @property
    def operands(self) -> list[Item]:
        """The figures that the claim is made of."""
        return [x for x in (self.top, *self.plus, self.less, self.bottom, self.rest, self.times, self.again, self.named) if x is not None]
