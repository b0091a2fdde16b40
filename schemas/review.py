"""What a person ruled on a finding, kept beside the reports and never in them."""

from __future__ import annotations

from typing import Literal

import msgspec

from .finding import Verdict
from .series import SeriesVerdict

Ruling = Literal["false_alarm", "confirmed"]


class Review(msgspec.Struct, frozen=True):
    """One ruling.

    ``key`` is made from the words of the transcript and the spans of the finding (over releases: from what they print
    and when), so that it outlives a page that is saved again; ``finding`` and ``document`` are the ids of the report it
    was made on. ``verdict`` is what was ruled on: a ruling on another verdict says nothing about this one. ``at`` is
    ISO 8601 in UTC.
    """

    key: str
    finding: str
    document: str
    ruling: Ruling
    verdict: Verdict | SeriesVerdict
    words: str
    at: str


class Reviews(msgspec.Struct, frozen=True):
    """The review file."""

    version: Literal[1]
    reviews: tuple[Review, ...]
