"""The only place where the verbs meet: bytes → page → transcript → figures → statements → findings → report."""

from __future__ import annotations

from typing import NamedTuple

from .. import __version__
from ..schemas.finding import Finding
from ..schemas.reading import Claim
from ..schemas.report import SCHEMA_VERSION, Coverage, Report, Tool
from ..schemas.transcript import Source, Transcript, View
from . import audit, decode, doubts, extract, parse, relate, repair, split, validate
from .relate.implied import implied
from .relate.ledger import Ledger
from .view import view


class Trace(NamedTuple):
    """Everything that was made on the way to a report."""

    transcript: Transcript
    view: View
    extraction: extract.Extraction
    ledger: Ledger
    report: Report

    @property
    def claims(self) -> list[Claim]:
        """Dates, periods and labels, in the offsets of the view."""
        return self.extraction.claims


def report(source: Source) -> Report:
    """The report on one source. Raises DecodeError or LayoutError where it holds no transcript."""
    return trace(source).report


def trace(source: Source) -> Trace:
    """The report and how it came about. Raises what :func:`report` raises."""
    transcript = parse.transcript(decode.page(source))
    seen = view(transcript.document.text)
    extraction = extract.figures(seen, transcript.tables)
    ledger = relate.statements(transcript, seen, split.sentences(seen.text), extraction.readings, extraction.lists, extraction.claims)
    problems = audit.issues(transcript.document.text, seen, extraction.readings, extraction.claims, extraction.lists)
    issues = (*transcript.issues, *problems)
    findings = repair.offered(ledger, doubts.settled(ledger, validate.findings(ledger), issues))
    figures = relate.figures(ledger)
    made = Report(
        SCHEMA_VERSION, Tool("heshu", __version__), transcript.document, transcript.turns, figures, tuple(ledger.rankings), findings,
        implied(ledger), issues, _coverage(ledger, findings),
    )
    return Trace(transcript, seen, extraction, ledger, made)


def _coverage(ledger: Ledger, findings: tuple[Finding, ...]) -> Coverage:
    """A figure is held where a finding other than cannot_tell uses it."""
    held = {id_ for f in findings if f.verdict != "cannot_tell" for id_ in (f.claim, *f.operands)}
    free = tuple(id_ for id_ in ledger.ids if id_ not in held)
    return Coverage(
        len(ledger.ids), len(ledger.ids) - len(free), len(findings), sum(f.verdict == "disagrees" for f in findings),
        sum(f.verdict == "cannot_tell" for f in findings), free,
    )
