"""The ledger of many documents: what reports give to it, parted by family, judged family by family, bound into one book.

A family is a place and a set: everything that is compared lies in one. So a ledger can be judged in parts, on one
machine or on many, and the book is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

import msgspec

from ...schemas.document import Span
from ...schemas.report import Report
from ...schemas.series import Book, Indicator, Printed, Series, SeriesFinding, SeriesVerdict, Value
from .compare import cumulative, implied, interval, same_fact, usable
from .entries import Entry, Hint, Page
from .wholes import Periods, wholes

WORST_FIRST: tuple[SeriesVerdict, ...] = ("disagrees", "revision", "cannot_tell", "within_rounding", "agrees")


class Kept(msgspec.Struct):
    """What was kept of so many documents."""

    documents: int
    entries: list[Entry]
    hints: list[Hint]


class Judged(msgspec.Struct, frozen=True):
    """The series of whole families and the findings over them, of so many documents."""

    documents: int
    series: list[Series]
    findings: list[SeriesFinding]


def gather(reports: Iterable[Report]) -> Kept:
    """The keyed figures of the reports, and what these imply for earlier periods."""
    kept = Kept(0, [], [])
    for report in reports:
        page = Page(report)
        kept.documents += 1
        kept.entries += page.entries()
        kept.hints += page.hints()
    return kept


def parted(kept: Kept, parts: int) -> dict[int, Kept]:
    """The same by parts 0 to ``parts`` − 1, whole families in each; the first has the count of documents."""
    made = {0: Kept(kept.documents, [], [])}
    for entry in kept.entries:
        made.setdefault(_part(entry.indicator, parts), Kept(0, [], [])).entries.append(entry)
    for hint in kept.hints:
        made.setdefault(_part(hint.indicator, parts), Kept(0, [], [])).hints.append(hint)
    return made


def _family(i: Indicator) -> tuple[str, ...]:
    return (i.region, i.subject or "", *i.scope)


def _part(indicator: Indicator, parts: int) -> int:
    words = "\0".join(_family(indicator)).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.sha256(words).digest()[:8]) % parts


def judged(several: Iterable[Kept]) -> Judged:
    """The series and findings of whole families; the order of what is given makes no difference."""
    count = 0
    ledger: dict[tuple[str, ...], dict[Indicator, dict[Span, dict[tuple[str, int], Value]]]] = {}
    hints: list[Hint] = []
    for kept in several:
        count += kept.documents
        hints += kept.hints
        for indicator, period, value in kept.entries:
            # A document that stands in two parts of a run is one document.
            place = ledger.setdefault(_family(indicator), {}).setdefault(indicator, {}).setdefault(period, {})
            held = place.setdefault((value.document, value.start), value)
            if value.source < held.source:
                place[value.document, value.start] = value
    findings: list[SeriesFinding] = []
    series: list[Series] = []
    sound: dict[Indicator, Periods] = {}
    for family in ledger.values():
        for indicator, periods in family.items():
            listed = _listed(periods)
            series.append(Series(indicator, tuple(Printed(period, tuple(values)) for period, values in listed.items())))
            sound[indicator] = {period: usable(values) for period, values in listed.items()}
            for period, values in sound[indicator].items():
                findings += same_fact(indicator, period, values)
            findings += cumulative(indicator, sound[indicator])
        findings += wholes({indicator: sound[indicator] for indicator in family})
    for hint in hints:
        found = implied(hint, sound.get(hint.indicator, {}).get(hint.period, ()))
        if found is not None:
            findings.append(found)
    return Judged(count, series, findings)


def _listed(periods: dict[Span, dict[tuple[str, int], Value]]) -> dict[Span, list[Value]]:
    ordered = sorted(periods.items(), key=lambda item: (item[0].end, item[0].start))
    return {period: _marked(list(values.values())) for period, values in ordered}


def _marked(values: list[Value]) -> list[Value]:
    """By date; the values of a document that does not print one value are marked."""
    by_document: dict[str, list[Value]] = {}
    for value in values:
        by_document.setdefault(value.document, []).append(value)
    made: list[Value] = []
    for one in by_document.values():
        fits = all(interval(a).meets(interval(b)) for n, a in enumerate(one[:50]) for b in one[:n]) and len(one) <= 50
        made += one if fits else [msgspec.structs.replace(value, marks=(*value.marks, "ambiguous")) for value in one]
    return sorted(made, key=lambda value: (value.date or "", value.source, value.document, value.start))


def bound(parts: Iterable[Judged]) -> Book:
    """One book of all parts."""
    count, series, unique = 0, list[Series](), dict[str, SeriesFinding]()
    for part in parts:
        count += part.documents
        series += part.series
        # One thing found in two copies of a document is one.
        for found in part.findings:
            held = unique.setdefault(found.id, found)
            if _sources(found) < _sources(held):
                unique[found.id] = found
    findings = sorted(unique.values(), key=lambda f: (WORST_FIRST.index(f.verdict), _order(f.indicator), f.period.end, f.period.start, f.id))
    return Book(count, tuple(sorted(series, key=lambda one: _order(one.indicator))), tuple(findings))


def _sources(finding: SeriesFinding) -> tuple[str, ...]:
    return tuple(value.source for value in (finding.claim, *finding.operands))


def _order(i: Indicator) -> tuple[str, ...]:
    return (i.region, i.subject or "", i.metric, i.name, i.qualifier or "", i.unit, i.change or "", *i.scope)


def packed(kept: Kept) -> bytes:
    """For the way between machines; no fraction loses a digit."""
    return msgspec.msgpack.encode(kept, enc_hook=str)


def unpacked(parts: Iterable[bytes]) -> Iterator[Kept]:
    """What :func:`packed` was given."""
    decode = msgspec.msgpack.Decoder(Kept, dec_hook=_fraction).decode
    yield from map(decode, parts)


def _fraction(kind: type, words: Any) -> Fraction:
    return Fraction(words)
