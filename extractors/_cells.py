"""Cells of a table: their numbers take the unit that stands in the head of the column, of the row, or in the caption."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from ..schemas.reading import Reading
from ..schemas.transcript import Cell, Table, View
from ._numerals import Numeral

_CAPTION = re.compile(r"(?:计量)?单位[::]\s{0,4}([^\s()，。,；;、:0-9]{1,8})")
_IN_BRACKETS = re.compile(r"\(([^()0-9]{1,8})\)$")
# 比上年增长, 同比±%, 完成率: per cent without a sign.
_PER_CENT = re.compile(r"(?:增长|增幅|增速|占比|比重|率|±%|%|增减|[升降]幅)(?:\(%\))?$")
_POINTS = re.compile(r"百分点")
_ONLY = re.compile(r"[-+±]?[0-9][0-9,.]*+")
_BEFORE = 80
"""Characters before a table in which its caption is looked for."""
_HEADS = 4
"""Rows from the top in which the heads of columns are looked for."""


class Cells:
    """The cells of the tables of one document, for the question which unit a bare number in one of them has."""

    def __init__(self, view: View, tables: Sequence[Table]) -> None:
        self._text = view.text
        self._at = view.at
        self._cells: list[tuple[int, int, Cell, int]] = []
        self._grid: list[dict[tuple[int, int], str]] = []
        self._captions: list[str | None] = []
        for n, table in enumerate(tables):
            start, end = self._seen(table.start), self._seen(table.end)
            said = _CAPTION.findall(self._text, max(0, start - _BEFORE), end)
            self._captions.append(said[0] if said else None)
            spans = [(self._seen(cell.start), self._seen(cell.end), cell) for cell in table.cells]
            self._grid.append({(cell.row, cell.column): self._text[a:b].strip() for a, b, cell in spans})
            self._cells += [(a, b, cell, n) for a, b, cell in spans]
        self._cells.sort(key=lambda c: c[0])
        self._starts = [c[0] for c in self._cells]

    def _seen(self, printed: int) -> int:
        """The offset in the view of an offset in the printed text."""
        return printed if self._at is None else bisect_left(self._at, printed)

    def with_unit(self, numeral: Numeral) -> str | None:
        """The number as it would be written in a sentence, None where it does not fill its cell or no unit is known."""
        i = bisect_right(self._starts, numeral.start) - 1
        if i < 0:
            return None
        start, end, cell, table = self._cells[i]
        words = self._text[start:end].strip()
        if numeral.end > end or not _ONLY.fullmatch(words):
            return None
        unit = self._unit(cell, table)
        return self._text[numeral.start : numeral.end] + unit if unit else None

    def _unit(self, cell: Cell, table: int) -> str | None:
        grid = self._grid[table]
        above = [grid.get((row, cell.column), "") for row in range(min(cell.row, _HEADS) - 1, -1, -1)]
        beside = [grid.get((cell.row, column), "") for column in range(min(cell.column, 2))]
        for head in (*above, *beside):
            in_brackets = _IN_BRACKETS.search(head)
            if in_brackets:
                return in_brackets[1]
            if _POINTS.search(head):
                return "个百分点"
            if _PER_CENT.search(head):
                return "%"
        own = [words for words in (*beside[1:], *above) if 0 < len(words) <= 3 and words in _PLAIN_UNITS]
        return own[0] if own else self._captions[table]

    def placed(self, reading: Reading, numeral: Numeral) -> Reading:
        """``reading``, made of the number and its unit alone, where the number stands."""
        span = (numeral.start, numeral.end)
        return Reading(
            *span, reading.kind, reading.value, reading.low, reading.high, reading.step, reading.unit, reading.bound,
            "the unit stands in the head of the table", span, reading.direction,
        )


_PLAIN_UNITS = frozenset("亿元 万元 元 个 家 人 万人 户 万户 吨 万吨 亩 万亩 公里 % 件 项 亿美元 万辆 千米 套 辆 台".split())
