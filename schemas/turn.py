"""A turn: one stretch of text by one speaker."""

from __future__ import annotations

from typing import Literal

import msgspec

Role = Literal["host", "speaker", "journalist", "unknown"]
TurnKind = Literal["opening", "statement", "question", "answer", "closing"]


class Turn(msgspec.Struct, frozen=True):
    """``start`` and ``end`` are code points in ``document.text``; ``answers`` is the id of the question answered."""

    id: str
    speaker: str | None
    title: str | None
    role: Role
    kind: TurnKind
    answers: str | None
    start: int
    end: int
