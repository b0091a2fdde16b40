"""The report: one object per document, exactly as the contract has it."""

from __future__ import annotations

import msgspec

from .document import Document
from .figure import Figure
from .finding import Finding, Implied
from .issue import Issue
from .ranking import Ranking
from .turn import Turn

SCHEMA_VERSION = "1.1"


class Tool(msgspec.Struct, frozen=True):
    """Which tool and version made the report."""

    name: str
    version: str


class Coverage(msgspec.Struct, frozen=True):
    """``checked`` counts figures that a finding other than cannot_tell holds; ``unheld`` lists the ids that none holds."""

    figures: int
    checked: int
    findings: int
    disagree: int
    cannot_tell: int
    unheld: tuple[str, ...]


class Report(msgspec.Struct, frozen=True):
    """Everything that heshu says about one document."""

    schema_version: str
    tool: Tool
    document: Document
    turns: tuple[Turn, ...]
    figures: tuple[Figure, ...]
    rankings: tuple[Ranking, ...]
    findings: tuple[Finding, ...]
    implied: tuple[Implied, ...]
    issues: tuple[Issue, ...]
    coverage: Coverage
