"""What every report must be: valid against the schema, and true to its own text, ids and counts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from functools import cache, wraps
from typing import Any

import jsonschema
import msgspec

from heshu.pipeline.export.schema import report_schema
from heshu.schemas.figure import Figure
from heshu.schemas.finding import Finding
from heshu.schemas.issue import Issue
from heshu.schemas.ranking import Ranking
from heshu.schemas.report import Report
from heshu.schemas.turn import Turn

# The validator takes about a tenth of a millisecond a record: of a very long report it sees the first records.
MOST_RECORDS = 400


@cache
def validator() -> Any:
    """The validator of the schema made from the records as they are now."""
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def valid_report(report: Report) -> Report:
    """The report itself; raises AssertionError or jsonschema.ValidationError where it breaks the contract."""
    plain = json.loads(msgspec.json.encode(report))
    short = {key: value[:MOST_RECORDS] if isinstance(value, list) else value for key, value in plain.items()}
    validator().validate(short)
    _spans(report)
    _references(report)
    _counts(report)
    return report


def held_to_the_contract(call: Callable[..., Any]) -> Callable[..., Any]:
    """The same function, failing where the report that it returns, or that is in what it returns, is not valid."""

    @wraps(call)
    def checked(*args: Any, **more: Any) -> Any:
        made = call(*args, **more)
        valid_report(made if isinstance(made, Report) else made.report)
        return made

    return checked


def _spans(report: Report) -> None:
    text = report.document.text
    spans: tuple[Figure | Ranking | Issue, ...] = (*report.figures, *report.rankings, *report.issues)
    for record in spans:
        assert 0 <= record.start <= record.end <= len(text), f"span outside the text: {record}"
        assert text[record.start : record.end] == record.surface, f"surface is not at its span: {record}"
    for turn in report.turns:
        assert 0 <= turn.start <= turn.end <= len(text), f"span outside the text: {turn}"
    for figure in report.figures:
        assert figure.start < figure.end, f"an empty figure: {figure}"
        low, value, high = (None if part is None else Decimal(part) for part in (figure.low, figure.value, figure.high))
        assert all(part is None or part.is_finite() for part in (low, value, high)), f"no number: {figure}"
        assert low is None or value is None or low <= value, f"value below its interval: {figure}"
        assert high is None or value is None or value <= high, f"value above its interval: {figure}"


def _references(report: Report) -> None:
    held: tuple[Figure | Ranking | Finding, ...] = (*report.figures, *report.rankings, *report.findings)
    records: tuple[Turn | Figure | Ranking | Finding, ...] = (*report.turns, *held)
    twice = [name for name, count in Counter(record.id for record in records).items() if count > 1]
    assert not twice, f"ids used twice: {twice}"
    turns = {turn.id for turn in report.turns}
    figures = {figure.id for figure in report.figures}
    holders = figures | {ranking.id for ranking in report.rankings}
    for record in held:
        assert record.turn is None or record.turn in turns, f"no such turn: {record}"
    for turn in report.turns:
        assert turn.answers is None or turn.answers in turns, f"no such turn: {turn}"
    for finding in report.findings:
        named = {*finding.operands, *([finding.claim] if finding.claim is not None else [])}
        assert named <= holders, f"no such figure or ranking: {finding}"
        assert finding.weights is None or len(finding.weights) == len(finding.operands), f"weights: {finding}"
        assert (finding.reason is not None) == (finding.verdict == "cannot_tell"), f"reason: {finding}"
        assert finding.repair is None or finding.repair.figure in figures, f"repair: {finding}"
    for implied in report.implied:
        assert set(implied.from_) <= figures, f"no such figure: {implied}"


def _counts(report: Report) -> None:
    verdicts = Counter(finding.verdict for finding in report.findings)
    held = {
        name
        for finding in report.findings
        if finding.verdict != "cannot_tell"
        for name in (finding.claim, *finding.operands)
    }
    figures = {figure.id for figure in report.figures}
    coverage = report.coverage
    assert coverage.figures == len(report.figures)
    assert coverage.findings == len(report.findings)
    assert coverage.disagree == verdicts["disagrees"]
    assert coverage.cannot_tell == verdicts["cannot_tell"]
    assert coverage.checked == len(held & figures)
    assert set(coverage.unheld) <= figures - held
