"""A report as pandas frames, one row a record, and as HTML for a notebook.

Published numbers stay strings of exact decimals; beside each stands a float, ``…_number``, for sorting and plots.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING, Any

from ...schemas.document import Period
from ...schemas.finding import Finding
from ...schemas.ranking import Ranking
from ...schemas.report import Report
from .digest import MARKS, by_verdict, places, visible
from .phrases import message
from .words import Lang, say

if TYPE_CHECKING:
    import pandas as pd

_WHOLE = ("start", "end", "makes_agree", "rank")


def figures(report: Report) -> pd.DataFrame:
    """One row a figure; ``scope`` widest first, joined by `` > ``."""
    columns = (
        "document id turn start end surface kind value value_number unit low low_number high high_number bound metric "
        "metric_text subject scope period_start period_end period_text direction comparison_with comparison_text rule"
    )
    rows = (
        {
            **_plain(figure, "id turn start end surface kind unit bound metric metric_text subject direction rule"),
            **_numbers(value=figure.value, low=figure.low, high=figure.high),
            **_period(figure.period),
            "scope": " > ".join(figure.scope),
            "comparison_with": figure.comparison.with_ if figure.comparison else None,
            "comparison_text": figure.comparison.text if figure.comparison else None,
        }
        for figure in report.figures
    )
    return _frame(report, columns, rows)


def turns(report: Report) -> pd.DataFrame:
    """One row a turn, with its words."""
    columns = "document id speaker title role kind answers start end text"
    text = report.document.text
    rows = (
        {**_plain(turn, "id speaker title role kind answers start end"), "text": text[turn.start : turn.end]}
        for turn in report.turns
    )
    return _frame(report, columns, rows)


def rankings(report: Report) -> pd.DataFrame:
    """One row a place: every entry of a list, and each position."""
    columns = (
        "document id turn start end surface form metric metric_text scope_text "
        "rank name period_start period_end period_text"
    )
    rows = (
        {
            **_plain(ranking, "id turn start end surface form metric metric_text scope_text"),
            **_period(ranking.period),
            "rank": rank,
            "name": name,
        }
        for ranking in report.rankings
        for rank, name in _ranks(ranking)
    )
    return _frame(report, columns, rows)


def _ranks(ranking: Ranking) -> list[tuple[int | None, str | None]]:
    if ranking.form == "position":
        return [(ranking.rank, ranking.subject)]
    return [(entry.rank, entry.name) for entry in ranking.entries]


def findings(report: Report) -> pd.DataFrame:
    """One row a finding; ``operands`` are ids in the order of the expression, joined by blanks."""
    columns = (
        "document id turn identity verdict claim claim_text operands weights expression computed computed_number "
        "computed_low computed_low_number computed_high computed_high_number stated message_zh message_en rule reason "
        "repair_figure repair_surface makes_agree"
    )
    spans = places(report)

    def row(finding: Finding) -> dict[str, Any]:
        claim, repair = spans.get(finding.claim or ""), finding.repair
        return {
            **_plain(finding, "id turn identity verdict claim expression stated rule reason"),
            **_numbers(
                computed=finding.computed, computed_low=finding.computed_low, computed_high=finding.computed_high
            ),
            "claim_text": claim.surface if claim else None,
            "operands": " ".join(finding.operands),
            "weights": None if finding.weights is None else " ".join(map(str, finding.weights)),
            "message_zh": finding.message.zh,
            "message_en": finding.message.en,
            "repair_figure": repair.figure if repair else None,
            "repair_surface": repair.surface if repair else None,
            "makes_agree": repair.makes_agree if repair else None,
        }

    return _frame(report, columns, map(row, report.findings))


def issues(report: Report) -> pd.DataFrame:
    """One row for each thing that was not understood."""
    rows = (
        {**_plain(issue, "code start end surface"), "message_zh": issue.message.zh, "message_en": issue.message.en}
        for issue in report.issues
    )
    return _frame(report, "document code start end surface message_zh message_en", rows)


def _plain(record: object, names: str) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names.split()}


def _numbers(**values: str | None) -> dict[str, Any]:
    pairs = {f"{name}_number": None if value is None else float(value) for name, value in values.items()}
    return {**values, **pairs}


def _period(period: Period | None) -> dict[str, str | None]:
    return {f"period_{name}": getattr(period, name) if period else None for name in ("start", "end", "text")}


def _frame(report: Report, columns: str, rows: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """The rows with the same columns and types whether there are any or not."""
    import pandas as pd

    names = columns.split()
    types = {n: "Int64" if n in _WHOLE else "float64" if n.endswith("_number") else "string" for n in names}
    listed = [{"document": report.document.id, **row} for row in rows]
    return pd.DataFrame({n: pd.Series([row[n] for row in listed], dtype=types[n]) for n in names})


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
