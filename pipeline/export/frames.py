"""One report or many as pandas frames, one row a record, and a report as HTML for a notebook.

Published numbers stay strings of exact decimals; beside each stands a float, ``…_number``, for sorting and plots.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ...schemas.ranking import Entry
from ...schemas.report import Report
from .digest import MARKS, by_verdict, visible
from .phrases import message
from .tables import Column, Row, columns, rows
from .words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

_TYPES = {"string": "string", "integer": "Int64", "number": "float64"}


def documents(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a document, its text included."""
    return _of("documents", report)


def figures(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a figure; ``scope`` widest first, joined by `` > ``."""
    return _of("figures", report)


def turns(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a turn, with its words."""
    return _of("turns", report)


def findings(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a finding; ``operands`` are ids in the order of the expression, joined by blanks."""
    return _of("findings", report)


def issues(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row for each thing that was not understood."""
    return _of("issues", report)


def rankings(report: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a place: every entry of a list, and each position. The table ``rankings`` of a run has one a ranking."""
    declared = columns()["rankings"]
    at = {column.name: number for number, column in enumerate(declared)}
    rank, name, entries = at["rank"], at["subject"], at["entries"]
    spread: list[Row] = []
    for row in _rows("rankings", report):
        listed = msgspec.json.decode(str(row[entries]), type=list[Entry]) if row[entries] else []
        places: list[Row] = [(entry.rank, entry.name) for entry in listed] or [(row[rank], row[name])]
        spread += [(*row[:rank], *place, *row[entries + 1 :]) for place in places]
    kept = [c._replace(name="name") if c.name == "subject" else c for c in declared if c.name != "entries"]
    return frame(kept, spread)


def _of(table: str, reports: Report | Iterable[Report]) -> pd.DataFrame:
    return frame(columns()[table], _rows(table, reports))


def _rows(table: str, reports: Report | Iterable[Report]) -> list[Row]:
    several = [reports] if isinstance(reports, Report) else reports
    return [row for report in several for row in rows(report)[table]]


def read(table: str, path: Path) -> pd.DataFrame:
    """A table of a run as a frame of the same columns and types as one of reports; raises OSError."""
    import pandas as pd

    return pd.read_parquet(path).astype({column.name: _TYPES[column.type] for column in columns()[table]})


def frame(declared: Sequence[Column], listed: Sequence[Row]) -> pd.DataFrame:
    """The rows with the same columns and types whether there are any or not."""
    import pandas as pd

    return pd.DataFrame(
        {
            column.name: pd.Series([row[n] for row in listed], dtype=_TYPES[column.type])
            for n, column in enumerate(declared)
        }
    )


def html(report: Report, lang: Lang = "zh") -> str:
    """A table of the findings, worst first; every word of the document is escaped."""
    document = report.document
    title = escape(visible(document.title or say(lang, "report.untitled")))
    found = by_verdict(report)
    counts = " · ".join(f"{MARKS[v]} {len(f)} {say(lang, f'verdict.{v}', n=len(f))}" for v, f in found.items())
    rows = "".join(
        f"<tr><td>{MARKS[verdict]} {say(lang, f'verdict.{verdict}', n=1)}</td>"
        f'<td style="text-align:left">{escape(visible(message(finding, lang)))}</td></tr>'
        for verdict, findings_ in found.items()
        for finding in findings_
    )
    facts = " · ".join(escape(visible(fact)) for fact in (document.issuer, document.event_date) if fact)
    head = f"<tr><th>{say(lang, 'frame.verdict')}</th><th>{say(lang, 'frame.message')}</th></tr>"
    return f"<div><b>{title}</b><br>{facts}<br>{counts}<table>{head}{rows}</table></div>"
