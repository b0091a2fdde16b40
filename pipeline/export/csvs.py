"""Tables as CSV for spreadsheets: UTF-8 with a byte-order mark, and no cell that a spreadsheet would run.

A text that begins with one of the signs that start a formula has an apostrophe before it; every other cell is as it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from ...schemas.report import Report
from .files import Staging
from .tables import Cell, Rows, columns

_FORMULA = re.compile(r"[\s\u200b\ufeff'\"]*[=+\-@＝＋－＠\t\r]|[\t\r\n]")
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


def safe(cell: Cell) -> Cell:
    """The cell as it goes into a file that a spreadsheet may open."""
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


class Csv:
    """One file a table."""

    def __init__(self, staging: Staging) -> None:
        self._files = {}
        for table, declared in columns().items():
            self._files[table] = staging.open(f"{table}.csv")
            self._files[table].write("\ufeff".encode() + _lines([[column.name for column in declared]]))

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        for table, more in rows.items():
            if more:
                self._files[table].write(_lines([[safe(cell) for cell in row] for row in more]))

    def finish(self) -> tuple[str, ...]:
        """The staging closes the files."""
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk."""


def _lines(rows: Sequence[Sequence[Cell]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue().encode("utf-8", "replace")
