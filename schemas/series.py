"""What many documents say together: one value as a release printed it, one indicator over periods, and what does not fit."""

from __future__ import annotations

from typing import Literal

import msgspec

from .document import Span
from .finding import Message, Reason

SeriesVerdict = Literal["agrees", "within_rounding", "disagrees", "revision", "cannot_tell"]
SeriesIdentity = Literal["previous", "repeat", "bound", "shares"]
Mark = Literal["revised", "preliminary", "other_basis", "ambiguous"]


class Value(msgspec.Struct, frozen=True):
    """One printed value: the document it stands in and where; ``low`` and ``high`` null where open.

    ``marks`` are words of its sentence that bear on comparing it, and ``ambiguous`` where the document prints others too.
    """

    document: str
    source: str
    title: str | None
    date: str | None
    figure: str
    start: int
    end: int
    surface: str
    value: str | None
    low: str | None
    high: str | None
    bound: str | None
    marks: tuple[Mark, ...]


class Indicator(msgspec.Struct, frozen=True):
    """What is measured. ``change`` is what a rate of change is against, null for a level.

    ``qualifier`` holds words of the clause that are neither name, place nor period (市本级): two values that differ in it are two things.
    """

    region: str
    subject: str | None
    scope: tuple[str, ...]
    metric: str
    name: str
    qualifier: str | None
    unit: str
    change: str | None


class Printed(msgspec.Struct, frozen=True):
    """What the releases printed of one period, by their dates."""

    period: Span
    values: tuple[Value, ...]


class Series(msgspec.Struct, frozen=True, tag="series", tag_field="record"):
    """One indicator over its periods, in the order of their ends."""

    indicator: Indicator
    periods: tuple[Printed, ...]


class SeriesFinding(msgspec.Struct, frozen=True, tag="finding", tag_field="record"):
    """Two releases do, or do not, fit together.

    ``previous``: what ``operands`` of one release imply for an earlier period, against ``claim`` of that period's release.
    ``repeat``: one fact in two releases, ``claim`` the later. ``bound``: a sum since January that a longer span falls below.
    ``shares``: parts of one whole; ``claim`` is the whole, or of shares of a hundred the part printed last.
    """

    id: str
    identity: SeriesIdentity
    verdict: SeriesVerdict
    indicator: Indicator
    period: Span
    claim: Value
    operands: tuple[Value, ...]
    expression: str
    computed: str | None
    computed_low: str | None
    computed_high: str | None
    stated: str
    message: Message
    rule: str
    reason: Reason | None


class Book(msgspec.Struct, frozen=True):
    """All series of a run, and the findings, worst first."""

    documents: int
    series: tuple[Series, ...]
    findings: tuple[SeriesFinding, ...]
