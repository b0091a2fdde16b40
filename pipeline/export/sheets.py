"""A report for spreadsheets: CSV with a byte-order mark, and a workbook with one sheet a table. Words are never formulas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from ...schemas.report import Report
from ..errors import HeshuError
from . import csvs, frames
from .digest import visible

if TYPE_CHECKING:
    import pandas as pd

_LONGEST = 32_000
"""A cell of a workbook holds 32,767 characters."""


def tables(report: Report) -> dict[str, pd.DataFrame]:
    """The frames of a report by name, findings first."""
    makers = (frames.findings, frames.figures, frames.rankings, frames.issues, frames.turns)
    return {make.__name__: make(report) for make in makers}


def csv(frame: pd.DataFrame) -> bytes:
    """UTF-8 with a byte-order mark, so that Excel reads Chinese; a cell that could be a formula starts with an apostrophe."""
    safe = frame.copy()
    for name in safe.columns:
        if safe[name].dtype == "string":
            safe[name] = safe[name].map(csvs.safe, na_action="ignore")
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", "replace")


def workbook(report: Report) -> bytes:
    """An XLSX file: strings as text, the columns ``…_number`` as numbers. Raises HeshuError without the extra ``xlsx``."""
    try:
        import xlsxwriter
    except ImportError as error:
        raise HeshuError("the workbook", f"{error.name} is not installed", "pip install 'heshu[xlsx]'") from error
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        # No clock in the file: the same report gives the same bytes.
        book.set_properties({"title": visible(report.document.title or ""), "created": _epoch()})
        bold = book.add_format({"bold": True})
        for name, frame in tables(report).items():
            sheet = book.add_worksheet(name)
            sheet.freeze_panes(1, 0)
            for column, head in enumerate(frame.columns):
                sheet.write_string(0, column, head, bold)
                for row, value in enumerate(frame[head].astype(object).where(frame[head].notna(), None), 1):
                    if isinstance(value, str):
                        sheet.write_string(row, column, visible(value)[:_LONGEST])
                    elif value is not None:
                        sheet.write_number(row, column, float(value))
    return out.getvalue()


def _epoch() -> object:
    from datetime import datetime

    return datetime(2000, 1, 1)
