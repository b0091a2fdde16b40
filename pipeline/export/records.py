"""Tables as JSON Lines: one object a row, every key in each, null where unknown."""

from __future__ import annotations

import msgspec

from ...schemas.report import Report
from .files import Staging
from .tables import Rows, columns


class Records:
    """One file a table."""

    def __init__(self, staging: Staging) -> None:
        self._keys = {table: [column.name for column in declared] for table, declared in columns().items()}
        self._files = {table: staging.open(f"{table}.jsonl") for table in self._keys}
        self._encode = msgspec.json.Encoder().encode_lines

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        for table, more in rows.items():
            keys = self._keys[table]
            self._files[table].write(self._encode([dict(zip(keys, row, strict=True)) for row in more]))

    def finish(self) -> tuple[str, ...]:
        """The staging closes the files."""
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk."""
