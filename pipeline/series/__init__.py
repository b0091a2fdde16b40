"""``heshu series``: the ledger over many documents, and what only many documents can show.

Key: region, set, metric, unit and period; a value is an interval with its source. Reports are read one at a time and
only their keyed figures are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ...schemas.document import Span
from ...schemas.report import Report
from ...schemas.series import Book, Indicator, Printed, Series, SeriesFinding, SeriesVerdict, Value
from ..errors import HeshuError
from .compare import cumulative, implied, interval, same_fact, usable
from .entries import Hint, Page

WORST_FIRST: tuple[SeriesVerdict, ...] = ("disagrees", "revision", "cannot_tell", "within_rounding", "agrees")


class SeriesError(HeshuError):
    """A folder that holds no reports of a run."""

    code = "series_error"


def read(folder: Path) -> Iterator[Report]:
    """The reports of a run, one at a time; raises SeriesError."""
    path = folder / "reports.jsonl"
    decode = msgspec.json.Decoder(Report).decode
    try:
        with path.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                try:
                    yield decode(line)
                except msgspec.DecodeError as error:
                    raise SeriesError(f"{path}, line {number}", f"is no report ({error})", "make the run again") from error
    except OSError as error:
        why = "holds no reports.jsonl" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
        raise SeriesError(str(folder), why, "name a folder that heshu run has written") from error


def book(reports: Iterable[Report]) -> Book:
    """The series of all reports and the findings over them; the order of the reports makes no difference."""
    ledger: dict[Indicator, dict[Span, list[Value]]] = {}
    hints: list[tuple[Indicator, Hint]] = []
    count = 0
    for report in reports:
        count += 1
        page = Page(report)
        for entry in page.entries():
            ledger.setdefault(entry.indicator, {}).setdefault(entry.period, []).append(entry.value)
        hints += [(hint.indicator, hint) for hint in page.hints()]
    findings: list[SeriesFinding] = []
    series: list[Series] = []
    sound: dict[Indicator, dict[Span, list[Value]]] = {}
    for indicator in sorted(ledger, key=_order):
        periods = {period: _marked(values) for period, values in sorted(ledger[indicator].items(), key=lambda item: (item[0].end, item[0].start))}
        series.append(Series(indicator, tuple(Printed(period, tuple(values)) for period, values in periods.items())))
        sound[indicator] = {period: usable(values) for period, values in periods.items()}
        for period, values in sound[indicator].items():
            findings += same_fact(indicator, period, values)
        findings += cumulative(indicator, sound[indicator])
    for indicator, hint in hints:
        found = implied(hint, sound.get(indicator, {}).get(hint.period, ()))
        if found is not None:
            findings.append(found)
    unique = {finding.id: finding for finding in findings}
    ordered = sorted(unique.values(), key=lambda f: (WORST_FIRST.index(f.verdict), _order(f.indicator), f.period.end, f.period.start, f.id))
    return Book(count, tuple(series), tuple(ordered))


def _order(i: Indicator) -> tuple[str, ...]:
    return (i.region, i.subject or "", i.metric, i.name, i.qualifier or "", i.unit, i.change or "", *i.scope)


def _marked(values: list[Value]) -> list[Value]:
    """By date; the values of a document that does not print one value are marked."""
    by_document: dict[str, list[Value]] = {}
    for value in values:
        by_document.setdefault(value.document, []).append(value)
    made: list[Value] = []
    for one in by_document.values():
        fits = all(interval(a).meets(interval(b)) for n, a in enumerate(one[:50]) for b in one[:n]) and len(one) <= 50
        made += one if fits else [msgspec.structs.replace(value, marks=(*value.marks, "ambiguous")) for value in one]
    return sorted(made, key=lambda value: (value.date or "", value.source, value.start))
