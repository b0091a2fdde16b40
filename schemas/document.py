"""The document: where it came from, what it is, and its text as printed."""

from __future__ import annotations

from typing import Literal

import msgspec

EncodingReason = Literal["bom", "nul", "utf-8", "meta", "gb18030", "scored", "replaced", "argument"]


class Period(msgspec.Struct, frozen=True):
    """A stretch of time; ``start`` and ``end`` are inclusive ISO 8601 dates, null when unknown."""

    start: str | None
    end: str | None
    text: str | None


class Span(msgspec.Struct, frozen=True):
    """Inclusive ISO 8601 dates of the reporting period."""

    start: str
    end: str


class Region(msgspec.Struct, frozen=True):
    """An administrative division; ``code`` is its six-digit GB/T 2260 code."""

    name: str
    code: str | None


class Provenance(msgspec.Struct, frozen=True):
    """How the bytes became text; ``region_list`` is the year of the GB/T 2260 list that the region's code is from."""

    retrieved_at: str | None
    encoding_reason: EncodingReason
    replaced_characters: int
    body_by: str
    warc_record: str | None
    region_list: str | None = None


class Attachment(msgspec.Struct, frozen=True):
    """A file that the page hands out; ``start`` is where its name stands in the text, null where it stands beside it."""

    name: str
    url: str
    start: int | None


class Document(msgspec.Struct, frozen=True):
    """The source and its transcript; ``id`` is the sha256 of the raw bytes read."""

    id: str
    source: str
    media_type: Literal["text/html", "text/plain"]
    encoding: str
    title: str | None
    issuer: str | None
    region: Region | None
    event_date: str | None
    published: str | None
    reporting_period: Span | None
    text: str
    provenance: Provenance
    attachments: tuple[Attachment, ...] = ()
