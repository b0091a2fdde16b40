"""Figures as tasks for Label Studio, to be reviewed by hand: ``label-studio.json`` and the labels in ``label-studio.xml``.

Offsets count Unicode code points, as Label Studio does for text.
"""

from __future__ import annotations

from typing import Any, get_args

import msgspec

from ... import __version__
from ...schemas.figure import Kind
from ...schemas.report import Report
from .files import Staging
from .tables import Rows

TASKS, LABELS = "label-studio.json", "label-studio.xml"


class Tasks:
    """One array of tasks, written task by task."""

    def __init__(self, staging: Staging) -> None:
        staging.open(LABELS).write(_labels().encode())
        self._file = staging.open(TASKS)
        self._file.write(b"[")
        self._count = 0

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        self._file.write((b",\n" if self._count else b"\n") + msgspec.json.encode(task(report)))
        self._count += 1

    def finish(self) -> tuple[str, ...]:
        """Ends the array; the staging closes the files."""
        self._file.write(b"\n]\n")
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk."""


def task(report: Report) -> dict[str, Any]:
    """The text of a document and its figures as predictions."""
    document = report.document
    result = [
        {
            "id": figure.id, "from_name": "kind", "to_name": "text", "type": "labels",
            "value": {"start": figure.start, "end": figure.end, "text": figure.surface, "labels": [figure.kind]},
            "meta": {"value": figure.value, "unit": figure.unit, "metric": figure.metric},
        }
        for figure in report.figures
    ]
    return {
        "data": {"text": document.text, "title": document.title, "document": document.id, "source": document.source},
        "predictions": [{"model_version": f"heshu {__version__}", "result": result}],
    }


def _labels() -> str:
    lines = "\n".join(f'    <Label value="{kind}"/>' for kind in get_args(Kind))
    return f'<View>\n  <Labels name="kind" toName="text">\n{lines}\n  </Labels>\n  <Text name="text" value="$text"/>\n</View>\n'
