"""The tables of many reports: their columns, which ``columns.tsv`` declares, and the rows that a report gives.

One row a record, the id of the document in each, every column in every row. Published numbers are strings of exact
decimals; beside each stands a float, ``…_number``, for sorting. A list inside a record is one string.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from ...schemas.document import Period
from ...schemas.figure import Figure
from ...schemas.finding import Finding
from ...schemas.ranking import Ranking
from ...schemas.report import Report
from .digest import places

Type = Literal["string", "integer", "number"]
Cell: TypeAlias = "str | int | float | None"
Row: TypeAlias = "tuple[Cell, ...]"
Rows: TypeAlias = "Mapping[str, Sequence[Row]]"
_NO_PERIOD = (None, None, None)


class Column(NamedTuple):
    """One column: its name, its type and what it holds."""

    name: str
    type: Type
    meaning: str


@cache
def columns() -> dict[str, tuple[Column, ...]]:
    """The columns of every table, in their order."""
    found: dict[str, list[Column]] = {}
    with (Path(__file__).parent / "columns.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            type_: Type = "integer" if row["type"] == "integer" else "number" if row["type"] == "number" else "string"
            found.setdefault(row["table"], []).append(Column(row["column"], type_, row["meaning"]))
    return {table: tuple(listed) for table, listed in found.items()}


def rows(report: Report) -> dict[str, list[Row]]:
    """The rows of one report for every table."""
    id_, spans = report.document.id, places(report)
    return {
        "documents": [document(report)],
        "turns": turns(report),
        "figures": [figure(id_, record) for record in report.figures],
        "rankings": [ranking(id_, record) for record in report.rankings],
        "findings": [finding(id_, record, spans) for record in report.findings],
        "issues": [(id_, i.code, i.start, i.end, i.surface, i.message.zh, i.message.en) for i in report.issues],
    }


def document(report: Report) -> Row:
    """What is known of the document as a whole."""
    d, c, p = report.document, report.coverage, report.document.provenance
    region, span = d.region, d.reporting_period
    return (
        d.id, d.source, d.media_type, d.encoding, p.encoding_reason, p.replaced_characters, d.title, d.issuer,
        region.name if region else None, region.code if region else None, d.event_date, d.published,
        span.start if span else None, span.end if span else None, p.retrieved_at, p.body_by, p.warc_record,
        d.text, len(d.text), len(report.turns), c.figures, c.checked, c.findings, c.disagree, c.cannot_tell, len(report.issues),
    )


def turns(report: Report) -> list[Row]:
    """The turns, each with its words."""
    id_, text = report.document.id, report.document.text
    return [
        (id_, t.id, t.speaker, t.title, t.role, t.kind, t.answers, t.start, t.end, text[t.start : t.end])
        for t in report.turns
    ]


def figure(document: str, f: Figure) -> Row:
    """One figure."""
    compared = (f.comparison.with_, f.comparison.text) if f.comparison else (None, None)
    return (
        document, f.id, f.turn, f.start, f.end, f.surface, f.kind, f.value, number(f.value), f.unit, f.low, number(f.low),
        f.high, number(f.high), f.bound, f.metric, f.metric_text, f.subject, " > ".join(f.scope), *_period(f.period),
        f.direction, *compared, f.rule,
    )


def ranking(document: str, r: Ranking) -> Row:
    """One ranking, its entries as JSON."""
    entries = msgspec.json.encode(r.entries).decode("utf-8") if r.entries else None
    return (
        document, r.id, r.turn, r.start, r.end, r.surface, r.form, r.metric, r.metric_text, r.scope_text, r.rank, r.subject,
        entries, *_period(r.period),
    )


def finding(document: str, f: Finding, spans: Mapping[str, Figure | Ranking]) -> Row:
    """One finding, its claim in words beside the id."""
    claim, mend = spans.get(f.claim or ""), f.repair
    return (
        document, f.id, f.turn, f.identity, f.verdict, f.claim, claim.surface if claim else None, " ".join(f.operands),
        None if f.weights is None else " ".join(map(str, f.weights)), f.expression, f.computed, number(f.computed),
        f.computed_low, number(f.computed_low), f.computed_high, number(f.computed_high), f.stated,
        f.message.zh, f.message.en, f.rule, f.reason,
        mend.figure if mend else None, mend.surface if mend else None, mend.makes_agree if mend else None,
    )


def number(value: str | None) -> float | None:
    """The float nearest to an exact decimal; None where there is none, or none that is finite."""
    if value is None:
        return None
    near = float(value)
    return near if math.isfinite(near) else None


def _period(period: Period | None) -> tuple[str | None, str | None, str | None]:
    return (period.start, period.end, period.text) if period else _NO_PERIOD
