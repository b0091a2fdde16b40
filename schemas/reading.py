"""What an extractor read, before anything is known of its metric or period. Offsets are in the view."""

from __future__ import annotations

from decimal import Decimal

import msgspec

from .figure import Bound, Direction, Kind


class Reading(msgspec.Struct, frozen=True):
    """One figure as read.

    ``value`` is exact with multipliers expanded, None for a range; ``step`` is one unit of the last printed
    place, 0 for a count printed in full. ``low`` and ``high`` are what the printed digits may stand for.
    ``number`` is the span of the numeral alone.
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
    number: tuple[int, int]
    direction: Direction | None = None


class Claim(msgspec.Struct, frozen=True):
    """Characters that are no figure: a date, a period, a label.

    ``sort`` is ``period`` or ``label``; a period carries its parts in ``parts``: (form, year, first, last), each
    null where the text leaves it open.
    """

    start: int
    end: int
    sort: str
    rule: str
    parts: tuple[str, int | None, int | None, int | None] | None = None


class NameList(msgspec.Struct, frozen=True):
    """A printed ranking list: ``first`` and ``last`` are the positions its heading announces (None when it does not say)."""

    start: int
    end: int
    head: tuple[int, int]
    first: int
    last: int | None
    names: tuple[tuple[int, int], ...]
    open_ended: bool
    rule: str
