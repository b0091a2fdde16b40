"""What travels between the verbs before a report exists: pages, transcripts, tables, views."""

from __future__ import annotations

import msgspec

from .document import Document, EncodingReason
from .issue import Issue
from .turn import Turn


class Source(msgspec.Struct, frozen=True):
    """Raw bytes and the name they were given under."""

    name: str
    data: bytes
    retrieved_at: str | None = None
    warc_record: str | None = None
    charset: str | None = None


class Page(msgspec.Struct, frozen=True):
    """A source as text.

    ``reason`` tells why this encoding was chosen, ``replaced`` counts characters that could not be decoded, and the
    offsets of ``issues`` are code points in this ``text``, which still holds the markup.
    """

    source: Source
    text: str
    encoding: str
    reason: EncodingReason
    replaced: int
    is_html: bool
    issues: tuple[Issue, ...]


class Cell(msgspec.Struct, frozen=True):
    """One cell of a table; ``start`` and ``end`` are code points in ``document.text``."""

    start: int
    end: int
    row: int
    column: int


class Table(msgspec.Struct, frozen=True):
    """A table of the body. Its text stands row by row, cells separated by a tab, rows by a line feed."""

    start: int
    end: int
    cells: tuple[Cell, ...]


class Told(msgspec.Struct, frozen=True):
    """Why something is held of a document: ``what`` (published, event, reporting, issuer, region), ``why`` (where it was read), the
    ``value``, and the ``words`` that tell it. A period's value is its two ISO 8601 dates with a slash between."""

    what: str
    why: str
    value: str
    words: str


class Transcript(msgspec.Struct, frozen=True):
    """A document with its turns, its tables, what was not understood on the way, and why its dates and places are as they are."""

    document: Document
    turns: tuple[Turn, ...]
    tables: tuple[Table, ...]
    issues: tuple[Issue, ...]
    told: tuple[Told, ...] = ()


class View(msgspec.Struct, frozen=True):
    """The text as the patterns see it, and for every character of it the offset in the printed text.

    ``at`` has one entry more than ``text``; ``at[len(text)]`` is the length of the printed text.
    It is None where the two run in step.
    """

    text: str
    at: tuple[int, ...] | None
    size: int

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The printed span of a view span, end exclusive."""
        if self.at is None:
            return start, end
        return self.at[start], self.at[end - 1] + 1 if end > start else self.at[start]
