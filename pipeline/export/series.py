"""The book of many documents for a terminal, as JSON Lines and as CSV for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TypeAlias

import msgspec
from rich.cells import cell_len
from rich.text import Text

from ...schemas.document import Span
from ...schemas.series import Book, Indicator, Series, SeriesFinding, SeriesVerdict, Value
from .csvs import safe
from .digest import plain, shorten
from .words import Lang, say
from .wrapping import fold

Row: TypeAlias = "tuple[str | int | None, ...]"

MARKS: dict[SeriesVerdict, str] = {"disagrees": "✖", "revision": "↻", "cannot_tell": "?", "within_rounding": "≈", "agrees": "✓"}
SHOWN = ("disagrees", "revision")
_MOST = 30
COLUMNS = (
    "region", "subject", "scope", "metric", "name", "qualifier", "unit", "change", "start", "end", "date", "surface", "value", "low", "high", "bound",
    "marks", "title", "source", "document", "figure", "text_start", "text_end", "findings",
)  # fmt: skip


def lines(book: Book) -> Iterator[bytes]:
    """One JSON object a line: every finding, worst first, then every series."""
    encode = msgspec.json.Encoder().encode
    for record in (*book.findings, *book.series):
        yield encode(record) + b"\n"


def sheet(book: Book, dismissed: Collection[str] = ()) -> bytes:
    """The values for a spreadsheet: UTF-8 with a byte-order mark."""
    text = io.StringIO()
    write = csv.writer(text, lineterminator="\r\n").writerow
    write(COLUMNS)
    for row in values(book, dismissed):
        write([safe(cell) for cell in row])
    return text.getvalue().encode("utf-8-sig", "replace")


def values(book: Book, dismissed: Collection[str] = ()) -> Iterator[Row]:
    """One row a printed value; ``findings`` are its verdicts against other releases, with those that a person dismissed."""
    verdicts: dict[tuple[str, str], list[str]] = {}
    for finding in book.findings:
        said = f"{finding.identity}: {finding.verdict}" + (" (false alarm)" if finding.id in dismissed else "")
        for value in (finding.claim, *finding.operands):
            verdicts.setdefault((value.document, value.figure), []).append(said)
    for series in book.series:
        for printed in series.periods:
            for value in printed.values:
                found = "; ".join(dict.fromkeys(verdicts.get((value.document, value.figure), ())))
                yield _row(series.indicator, printed.period, value, found)


def _row(i: Indicator, period: Span, v: Value, found: str) -> Row:
    return (
        i.region, i.subject, " > ".join(i.scope), i.metric, i.name, i.qualifier, i.unit, i.change, period.start, period.end, v.date, v.surface, v.value,
        v.low, v.high, v.bound, " ".join(v.marks), v.title, v.source, v.document, v.figure, v.start, v.end, found,
    )  # fmt: skip


def text(book: Book, *, lang: Lang, width: int, everything: bool, dismissed: Collection[str] = ()) -> str:
    """For a person: what contradicts and what was revised, how much agrees, and the series with most periods.

    ``dismissed`` are findings that a person ruled false alarms: named, and counted no more.
    """
    out: list[str] = []
    standing = [finding for finding in book.findings if finding.id not in dismissed]
    for finding in standing:
        if everything or finding.verdict in SHOWN:
            out += _finding(finding, lang, width)
    counts = Counter(finding.verdict for finding in standing)
    told = "   ".join(f"{mark} {say(lang, f'series.{verdict}')} {counts[verdict]:,}" for verdict, mark in MARKS.items())
    out += [*_wrapped(say(lang, "series.counts", documents=f"{book.documents:,}", series=f"{len(book.series):,}"), width), told]
    ruled = [finding for finding in book.findings if finding.id in dismissed]
    if ruled:
        out += ["", f"⚑ {say(lang, 'page.dismissed', n=len(ruled))}", *(line for one in ruled for line in _said(one, lang, width))]
    listed = sorted((s for s in book.series if len(s.periods) > 1), key=lambda s: -len(s.periods))
    shown = listed if everything else listed[:_MOST]
    found = _found(standing)
    for series in shown:
        out += ["", *_series(series, width, found)]
    if len(listed) > len(shown):
        out += ["", *_wrapped(say(lang, "series.more", n=f"{len(listed) - len(shown):,}"), width)]
    return "\n".join(out)


def _wrapped(words: str, width: int, indent: int = 0) -> list[str]:
    return [line.plain for line in fold(Text(words), width, indent)]


def _finding(finding: SeriesFinding, lang: Lang, width: int) -> list[str]:
    out = _said(finding, lang, width)
    for value in dict.fromkeys((v.document, v.title, v.source) for v in (*finding.operands, finding.claim)):
        out += _wrapped(plain(f"{value[1] or ''} ({value[2]})"), width, 4)
    return [*out, ""]


def _said(finding: SeriesFinding, lang: Lang, width: int) -> list[str]:
    first, *more = _wrapped(plain(finding.message.zh if lang == "zh" else finding.message.en), width, 2)
    return [f"{MARKS[finding.verdict]} {first.strip()}", *more]


def _found(findings: Iterable[SeriesFinding]) -> dict[tuple[str, str], str]:
    """The marks of the values that contradict or were revised."""
    marks: dict[tuple[str, str], str] = {}
    for finding in findings:
        if finding.verdict in SHOWN:
            for value in (finding.claim, *finding.operands):
                marks.setdefault((value.document, value.figure), f" {MARKS[finding.verdict]}")
    return marks


def title(indicator: Indicator) -> str:
    """An indicator in words: its place and set, its name, whether it is a change."""
    where = " › ".join(dict.fromkeys(indicator.scope or (indicator.region,)))
    more = "".join(f" ({part})" for part in (indicator.qualifier, indicator.change) if part)
    return plain(f"{where} · {indicator.name}{more}")


def months(period: Span) -> str:
    """A year, or its months: 2020, 2020-01–06."""
    start, end = period.start, period.end
    if start[:4] == end[:4]:
        whole = (start[5:], end[5:]) == ("01-01", "12-31")
        return start[:4] if whole else f"{start[:7]}–{end[5:7]}" if start[:7] != end[:7] else start[:7] if start != end else start
    return f"{start[:7]}–{end[:7]}"


def _series(series: Series, width: int, found: Mapping[tuple[str, str], str]) -> list[str]:
    out = _wrapped(title(series.indicator), width)
    for printed in series.periods:
        seen: dict[str, list[str]] = {}
        for value in printed.values:
            surface = plain(value.surface) + found.get((value.document, value.figure), "")
            seen.setdefault(surface, []).append(value.date or "?")
        when = months(printed.period)
        cells = "  ".join(f"{surface} ({', '.join(dict.fromkeys(dates))})" for surface, dates in seen.items())
        out.append("  " + when + " " * max(1, 14 - cell_len(when)) + shorten(cells, max(20, width * 2)))
    return out
