"""Documents with their figures as spaCy DocBins, ready for training: ``docbin/000001.spacy`` and so on.

Spans lie in ``doc.spans["heshu"]``, labelled by kind and widened to whole tokens; the exact record of each is in its
extension, as the component ``heshu_figures`` makes them.
"""

from __future__ import annotations

from ...schemas.report import Report
from .. import language
from .files import Staging
from .tables import Rows

FOLDER = "docbin"
DOCUMENTS = 100
"""Documents of one file."""


class DocBins:
    """A file for every hundred documents."""

    def __init__(self, staging: Staging) -> None:
        self._staging, self._count = staging, 0
        self._waiting: list[Report] = []

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        self._waiting.append(report)
        if len(self._waiting) >= DOCUMENTS:
            self._flush()

    def finish(self) -> tuple[str, ...]:
        """Writes what is left."""
        if self._waiting:
            self._flush()
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk."""

    def _flush(self) -> None:
        self._count += 1
        name = f"{FOLDER}/{self._count:06}.spacy"
        documents = ((report.document.text, report.figures, report.findings) for report in self._waiting)
        self._staging.open(name).write(language.doc_bin(documents))
        self._staging.seal(name)
        self._waiting = []
