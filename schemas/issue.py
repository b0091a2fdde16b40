"""An issue: we did not understand the speech."""

from __future__ import annotations

from typing import Literal

import msgspec

from .finding import Message

IssueCode = Literal[
    "unread_digits",
    "unknown_unit",
    "ambiguous_figure",
    "unit_misuse",
    "no_speaker",
    "page_truncated",
    "mojibake",
    "replaced_characters",
    "fallback_body",
    "invalid_date",
    "time_limit",
    "too_large",
]


class Issue(msgspec.Struct, frozen=True):
    """``start`` and ``end`` are code points in ``document.text``."""

    code: IssueCode
    start: int
    end: int
    surface: str
    message: Message
