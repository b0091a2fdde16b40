"""Tables of a page: which of them hold data, and where each cell stands in its row."""

from __future__ import annotations

import re

_SPAN = re.compile(r'(?i)\s(colspan|rowspan)="?(\d{1,4})')
_MOST = 200
"""No table of a report is wider or has a taller cell; larger numbers are slips of the pen or traps."""
_LONGEST_CELL = 300
"""Characters; a longer cell is a piece of the page's layout."""


def data_tables(pieces: list[str]) -> frozenset[int]:
    """The indexes, in text, tag, attributes, text, …, of the table tags whose tables hold data.

    A table that holds another one, has no row of two cells, or has a cell as long as a paragraph arranges the page.
    """
    found: set[int] = set()
    stack: list[_Shape] = []
    for index in range(1, len(pieces), 3):
        tag = pieces[index].lower()
        if tag == "table":
            if stack:
                stack[-1].layout = True
            stack.append(_Shape(index))
        elif stack:
            if tag == "/table":
                shape = stack.pop()
                if shape.holds_data():
                    found.add(shape.index)
            else:
                stack[-1].see(tag)
            if stack and len(pieces[index + 2]) > 0:
                stack[-1].longest = max(stack[-1].longest, stack[-1].grow(len(pieces[index + 2].strip())))
    return frozenset(found)


class _Shape:
    """What has been seen of an open table."""

    def __init__(self, index: int) -> None:
        self.index = index
        self.layout = False
        self.longest = self.cell = self.cells = self.widest = 0

    def see(self, tag: str) -> None:
        """A tag inside the table."""
        if tag == "tr":
            self.cells = 0
        elif tag in ("td", "th"):
            self.cells += 1
            self.cell = 0
            self.widest = max(self.widest, self.cells)

    def grow(self, size: int) -> int:
        """The length of the current cell with ``size`` more characters."""
        self.cell += size
        return self.cell

    def holds_data(self) -> bool:
        """The verdict when the table closes."""
        return not self.layout and self.widest >= 2 and self.longest <= _LONGEST_CELL


class Grid:
    """Remembers, from row to row, which columns a tall cell still covers."""

    def __init__(self) -> None:
        self.covered: dict[int, int] = {}
        self.row = -1

    def start(self) -> Row:
        """The next row."""
        self.row += 1
        taken = frozenset(self.covered)
        self.covered = {column: left - 1 for column, left in self.covered.items() if left > 1}
        return Row(self, taken)


class Row:
    """The cells of one row, in order, each with its column."""

    def __init__(self, grid: Grid, taken: frozenset[int]) -> None:
        self.grid, self.taken = grid, taken
        self.column = 0
        self.cells: list[tuple[str, int]] = []
        self.current: int | None = None

    def open(self, attributes: str) -> None:
        """A cell begins; ``colspan`` and ``rowspan`` decide where it and the later ones stand."""
        spans = {name.lower(): min(max(int(size), 1), _MOST) for name, size in _SPAN.findall(attributes)}
        while self.column in self.taken:
            self.column += 1
        self.current = self.column
        width, height = spans.get("colspan", 1), spans.get("rowspan", 1)
        if height > 1:
            for column in range(self.column, self.column + width):
                self.grid.covered[column] = max(self.grid.covered.get(column, 0), height - 1)
        self.column += width

    def put(self, text: str) -> None:
        """The text of the cell that ends here."""
        if self.current is not None:
            self.cells.append((text, self.current))
            self.current = None
        elif text:
            self.cells.append((text, self.column))
            self.column += 1

    def line(self) -> tuple[str, tuple[tuple[int, int, int, int], ...]]:
        """The text of the row and (start, end, row, column) of each cell."""
        places, at = [], 0
        for text, column in self.cells:
            places.append((at, at + len(text), self.grid.row, column))
            at += len(text) + 1
        return "\t".join(text for text, _ in self.cells), tuple(places)
