"""The record of a product: a figure times or over another, times a factor."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from .items import Item


class Product(NamedTuple):
    """``claim`` states ``top`` × ``factor``, ÷ ``bottom`` or × ``times`` where there is one.

    ``said`` shows the factor in the expression; ``assumed`` says what was assumed, in Chinese and English.
    """

    claim: Item
    top: Item
    factor: Fraction
    template: str
    bottom: Item | None = None
    times: Item | None = None
    said: str = ""
    assumed: tuple[str, str] | None = None
