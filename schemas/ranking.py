"""A ranking: a list of names in order, or the position of one subject."""

from __future__ import annotations

from typing import Literal

import msgspec

from .document import Period


class Entry(msgspec.Struct, frozen=True):
    """One name of a list."""

    rank: int
    name: str


class Ranking(msgspec.Struct, frozen=True):
    """``form`` list has ``entries``; ``form`` position has ``rank`` and ``subject``."""

    id: str
    start: int
    end: int
    surface: str
    form: Literal["list", "position"]
    metric: str | None
    metric_text: str | None
    scope_text: str | None
    entries: tuple[Entry, ...]
    rank: int | None
    subject: str | None
    period: Period | None
    turn: str | None
