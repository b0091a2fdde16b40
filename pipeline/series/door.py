"""Many releases for Python: the book as frames and charts, and as a table in a notebook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...schemas.report import Report
from ...schemas.series import Book, SeriesFinding
from ..export import series as shown
from ..export import series_chart
from ..export.charts import svg
from ..export.digest import visible
from . import book, read

if TYPE_CHECKING:
    import pandas as pd

_NUMBERS = ("value", "low", "high")


class Drawing(msgspec.Struct, frozen=True):
    """A chart that a notebook shows; ``svg`` is its text."""

    title: str
    svg: str

    def __repr__(self) -> str:
        return f"<chart: {self.title}>"

    def _repr_svg_(self) -> str:
        return self.svg


class Releases(msgspec.Struct, frozen=True):
    """What many releases say together; ``book`` holds the records."""

    book: Book

    def values(self) -> pd.DataFrame:
        """One row a printed value: indicator, period, source, exact value, and ``value_number`` for sorting and plots."""
        frame = _frame(shown.COLUMNS, list(shown.values(self.book)))
        for name in _NUMBERS:
            frame[f"{name}_number"] = frame[name].astype("Float64").astype("float64")
        return frame

    def findings(self) -> pd.DataFrame:
        """One row a finding over releases, worst first: what was implied or said before, and what was published."""
        rows = [
            (f.verdict, f.identity, shown.title(f.indicator), shown.months(f.period), f.expression, f.computed, f.stated, f.claim.date, f.reason,
             f.message.zh, f.message.en, f.claim.source, f.id)
            for f in self.book.findings
        ]  # fmt: skip
        names = "verdict identity indicator period expression computed stated released reason message_zh message_en source id"
        return _frame(names.split(), rows)

    def charts(self) -> dict[str, Drawing]:
        """Indicator → chart, for every one of two periods or more, the ones with most values first.

        Raises ImportError without the extra ``web``.
        """
        wrong = series_chart.contradicted(self.book)
        listed = [one for one in self.book.series if sum(any(v.value for v in p.values) for p in one.periods) > 1]
        listed.sort(key=lambda one: -sum(len(printed.values) for printed in one.periods))
        drawn = [series_chart.chart(one, wrong, "zh") for one in listed]
        return {chart.title: Drawing(chart.title, svg(chart)) for chart in drawn}

    def __repr__(self) -> str:
        wrong = sum(finding.verdict == "disagrees" for finding in self.book.findings)
        return f"<{self.book.documents} documents, {len(self.book.series)} indicators, {wrong} contradictions>"

    def _repr_html_(self) -> str:
        told = [f for f in self.book.findings if f.verdict in shown.SHOWN]
        counts = " · ".join(f"{mark} {sum(f.verdict == verdict for f in self.book.findings)}" for verdict, mark in shown.MARKS.items())
        return f"<div>{self.book.documents} 份文件 · {len(self.book.series)} 个指标<br>{counts}<table>{''.join(map(_row, told))}</table></div>"


def _frame(names: Sequence[str], rows: Sequence[shown.Row]) -> pd.DataFrame:
    """The same types whether there are rows or not."""
    import pandas as pd

    whole = ("text_start", "text_end")
    return pd.DataFrame({name: pd.Series([row[n] for row in rows], dtype="Int64" if name in whole else "string") for n, name in enumerate(names)})


def _row(finding: SeriesFinding) -> str:
    mark, words = shown.MARKS[finding.verdict], escape(visible(finding.message.zh))
    return f'<tr><td>{mark}</td><td style="text-align:left">{words}</td></tr>'


def releases(source: str | Path | Report | Iterable[Report]) -> Releases:
    """Of a folder that a run has written, or of reports. Raises SeriesError."""
    if isinstance(source, str | Path):
        return Releases(book(read(Path(source))))
    return Releases(book([source] if isinstance(source, Report) else source))
