"""Days over the days of the period: 优良天数312天, 优良率85.5%; 占全年的96.4%. The calendar gives the denominator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from .items import Item
from .products import Product

TEMPLATE = "days over the days of the period"
_RATE = re.compile(r"优良|达标|占(?:全年|总天数)|天数")
_DAYS = re.compile(r"优良|达标|天数|日数")
# Of a year that is not named; a leap year is 0.3% longer, so such a share may differ in the last place.
_YEAR = 365


def day_shares(items: list[Item]) -> Iterator[Product]:
    """One product per rate that stands behind a number of days in its sentence and speaks of them."""
    for claim in items:
        if claim.reading.kind != "rate" or claim.reading.value is None or claim.role not in ("share", "rate", "bare") or claim.listed:
            continue
        before = items[claim.n - 1] if claim.n else claim
        told = before.reading.kind == "duration" and before.reading.unit == "日" and before.reading.value is not None and before.sentence == claim.sentence
        if not told or before.reading.bound is not None or not (_RATE.search(claim.near) and _DAYS.search(before.near + claim.near)):
            continue
        number = _length(before)
        if number is not None and 0 < before.value <= number:
            assumed = (f"按{number}天计", f"taken over {number} days")
            yield Product(claim, before, Fraction(100, number), TEMPLATE, said=f" ÷ {number}", assumed=assumed, identity="ratio")


def _length(item: Item) -> int | None:
    """The days of the period that the figure is of; 365 of a whole year that is not named; None for months of such a year."""
    period = item.period
    if period is not None and period.start is not None and period.end is not None:
        return (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
    return _YEAR if item.months in (None, (1, 12)) else None
