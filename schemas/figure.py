"""A figure: one printed number with what it measures."""

from __future__ import annotations

from typing import Literal

import msgspec

from .document import Period

Kind = Literal["count", "money", "rate", "points", "multiple", "quantity", "duration", "rank", "index", "threshold"]
Bound = Literal["about", "over", "under", "at_least", "at_most"]
Direction = Literal["up", "down", "flat"]


class Comparison(msgspec.Struct, frozen=True, rename={"with_": "with"}):
    """What a change is measured against: previous_year, previous_period, plan, a year …"""

    with_: str
    text: str


class Figure(msgspec.Struct, frozen=True):
    """Values are exact decimals as strings, multipliers expanded; ``low`` and ``high`` null where open."""

    id: str
    start: int
    end: int
    surface: str
    kind: Kind
    value: str | None
    unit: str
    low: str | None
    high: str | None
    bound: Bound | None
    metric: str | None
    metric_text: str | None
    subject: str | None
    scope: tuple[str, ...]
    period: Period | None
    direction: Direction | None
    comparison: Comparison | None
    turn: str | None
    rule: str
