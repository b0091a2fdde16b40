"""Tables as one workbook: texts are text cells whatever they begin with, so that no formula runs and no digit is lost.

A sheet a table; where a table has more rows than a sheet can hold it goes on in another. The sheet ``notes`` says what a
spreadsheet cannot hold: texts that had to be cut. The whole transcript of a document is left to the other formats.
"""

from __future__ import annotations

import datetime
from typing import Any

from ...schemas.report import Report
from .files import Staging
from .tables import Cell, Column, Row, Rows, columns

NAME = "heshu.xlsx"
ROWS, CHARACTERS = 1_048_576, 32_767
"""What a sheet and a cell can hold."""
_LEFT_OUT = {("documents", "text")}
# The file must not depend on the day.
_MADE = datetime.datetime(2000, 1, 1)


class Xlsx:
    """One workbook; every row is on the disk before the next is made."""

    def __init__(self, staging: Staging) -> None:
        import xlsxwriter

        self._path = staging.path(NAME)
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        self._book: Any = xlsxwriter.Workbook(str(self._path), options)
        self._book.set_properties({"created": _MADE, "title": "heshu 核数"})
        self._bold = self._book.add_format({"bold": True})
        self._kept = {
            table: [(n, c) for n, c in enumerate(declared) if (table, c.name) not in _LEFT_OUT]
            for table, declared in columns().items()
        }
        self._sheets: dict[str, tuple[Any, int]] = {}
        self._count: dict[str, int] = {}
        for table in self._kept:
            self._start(table)
        self._notes: list[Row] = []

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        for table, more in rows.items():
            for row in more:
                self._row(table, row)

    def finish(self) -> tuple[str, ...]:
        """Writes the notes and closes the book; raises OSError."""
        from xlsxwriter.exceptions import XlsxWriterException

        notes = self._book.add_worksheet("notes")
        lines: list[Row] = [("table", "row", "column", "note"), ("documents", None, "text", "left out: see documents.parquet"), *self._notes]
        for at, line in enumerate(lines):
            for n, cell in enumerate(line):
                self._cell(notes, at, n, cell)
        try:
            self._book.close()
        except XlsxWriterException as error:
            raise OSError(0, str(error), NAME) from error
        self._book = None
        return (NAME,)

    def drop(self) -> None:
        """Lets go of an unfinished book."""
        if self._book is not None:
            for sheet in self._book.worksheets():
                # Where the rows of a sheet wait for the book to be closed.
                sheet.row_data_fh.close()
            self._book = None

    def _start(self, table: str) -> None:
        self._count[table] = self._count.get(table, 0) + 1
        number = self._count[table]
        sheet = self._book.add_worksheet(table if number == 1 else f"{table} {number}")
        sheet.freeze_panes(1, 0)
        for n, (_, column) in enumerate(self._kept[table]):
            sheet.set_column(n, n, _width(column))
            sheet.write_string(0, n, column.name, self._bold)
        self._sheets[table] = (sheet, 1)

    def _row(self, table: str, row: Row) -> None:
        if self._sheets[table][1] >= ROWS:
            self._start(table)
        sheet, at = self._sheets[table]
        for n, (place, column) in enumerate(self._kept[table]):
            cell = row[place]
            if isinstance(cell, str) and _long(cell) > CHARACTERS:
                self._notes.append((table, at + 1, column.name, f"cut: {len(cell)} characters, a cell holds {CHARACTERS}"))
            self._cell(sheet, at, n, cell)
        self._sheets[table] = (sheet, at + 1)

    @staticmethod
    def _cell(sheet: Any, at: int, n: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(at, n, _fit(cell))
        elif cell is not None:
            sheet.write_number(at, n, cell)


def _long(text: str) -> int:
    """The length as a spreadsheet counts, in UTF-16."""
    return len(text) + sum(character > "\uffff" for character in text)


def _fit(text: str) -> str:
    if _long(text) <= CHARACTERS:
        return text
    half = text[: CHARACTERS - 1]
    while _long(half) > CHARACTERS - 1:
        half = half[: len(half) - (_long(half) - CHARACTERS + 1)]
    return half + "…"


def _width(column: Column) -> int:
    if column.name in ("text", "message_zh", "message_en", "surface", "expression", "title", "source", "subject", "scope"):
        return 40
    return 18 if column.type == "string" else 12
