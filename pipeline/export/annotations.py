"""Figures as W3C Web Annotations, one a line: the kind as a tag, the place by position and by quotation.

Positions count Unicode code points of the text of the document, as the model asks, and the quotation has the words
around it, so that the place is found again where the text was changed.
"""

from __future__ import annotations

from typing import Any

import msgspec

from ... import __version__
from ...schemas.figure import Figure
from ...schemas.report import Report
from .files import Staging
from .tables import Rows

AROUND = 24
"""Characters of the text before and after that a quotation has."""


class Annotations:
    """One file."""

    def __init__(self, staging: Staging) -> None:
        self._file = staging.open("annotations.jsonl")
        self._encode = msgspec.json.Encoder().encode_lines

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        self._file.write(self._encode([annotation(report, figure) for figure in report.figures]))

    def finish(self) -> tuple[str, ...]:
        """The staging closes the file."""
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk."""


def annotation(report: Report, figure: Figure) -> dict[str, Any]:
    """One figure as an annotation."""
    document, text = report.document, report.document.text
    hex_ = document.id.removeprefix("sha256:")
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": f"urn:heshu:{hex_}:{figure.id}",
        "type": "Annotation",
        "motivation": "tagging",
        "generator": {"id": "urn:heshu", "type": "Software", "name": f"heshu {__version__}"},
        "body": [
            {"type": "TextualBody", "purpose": "tagging", "format": "text/plain", "value": figure.kind},
            {"type": "Dataset", "purpose": "describing", "format": "application/json", "value": msgspec.to_builtins(figure)},
        ],
        "target": {
            "source": f"urn:sha256:{hex_}",
            "selector": [
                {"type": "TextPositionSelector", "start": figure.start, "end": figure.end},
                {
                    "type": "TextQuoteSelector",
                    "exact": figure.surface,
                    "prefix": text[max(0, figure.start - AROUND) : figure.start],
                    "suffix": text[figure.end : figure.end + AROUND],
                },
            ],
        },
    }
