"""What an extractor read, before anything is known of its metric or period. Offsets are in the view."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from .figure import Bound, Direction, Kind


class Reading(msgspec.Struct, frozen=True):
    """One figure as read.

    ``value`` is exact with multipliers expanded, None for a range; ``step`` is one unit of the last printed
    place, 0 for a count printed in full. ``low`` and ``high`` are what the printed digits may stand for.
    """

    start: int
    end: int
    kind: Kind
    value: Decimal | None
    low: Decimal | None
    high: Decimal | None
    step: Decimal
    unit: str
    bound: Bound | None
    rule: str
    direction: Direction | None = None
    number: tuple[int, int] = (0, 0)


class Claim(msgspec.Struct, frozen=True):
    """Digits that are no figure: a date, a period, a label. Offsets are in the view."""

    start: int
    end: int
    sort: str
    rule: str
