"""Tables as Parquet: one declared schema, the same bytes from the same rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...schemas.report import Report
from .files import Staging
from .tables import Column, Row, Rows, columns

ROW_GROUP = 50_000
"""Rows that are held in memory before they are written; text of a group at most ``GROUP_CHARACTERS``."""
GROUP_CHARACTERS = 16 << 20


def schema(declared: Sequence[Column]) -> Any:
    """The Arrow schema of a table, with what each column holds."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    fields = (pa.field(c.name, types[c.type], metadata={"description": c.meaning}) for c in declared)
    return pa.schema(list(fields))


def batch(declared: Any, rows: Sequence[Row]) -> Any:
    """An Arrow table of that schema."""
    import pyarrow as pa

    cells = zip(*rows, strict=True) if rows else ((),) * len(declared)
    return pa.table([pa.array(c, field.type) for c, field in zip(cells, declared, strict=True)], schema=declared)


class Groups:
    """Rows of every table collected until there are enough for a group; ``write(table, rows)`` takes each group."""

    def __init__(self, write: Any) -> None:
        self._write = write
        self._rows: dict[str, list[Row]] = {table: [] for table in columns()}
        self._characters = dict.fromkeys(columns(), 0)

    def add(self, rows: Rows) -> None:
        """The rows of one more report."""
        for table, more in rows.items():
            held = self._rows[table]
            held += more
            if table in ("documents", "turns"):
                self._characters[table] += sum(len(c) for row in more for c in row if isinstance(c, str))
            if len(held) >= ROW_GROUP or self._characters[table] >= GROUP_CHARACTERS:
                self._flush(table)

    def finish(self) -> None:
        """Writes what is left."""
        for table, held in self._rows.items():
            if held:
                self._flush(table)

    def _flush(self, table: str) -> None:
        self._write(table, self._rows[table])
        self._rows[table], self._characters[table] = [], 0


class Parquet:
    """One file a table, written as the groups fill."""

    def __init__(self, staging: Staging) -> None:
        from pyarrow.parquet import ParquetWriter

        self._schemas = {table: schema(declared) for table, declared in columns().items()}
        self._writers: dict[str, Any] = {}
        for table, declared in self._schemas.items():
            file = staging.open(f"{table}.parquet")
            self._writers[table] = ParquetWriter(file, declared, compression="zstd")
        self._groups = Groups(self._put)

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        self._groups.add(rows)

    def finish(self) -> tuple[str, ...]:
        """Writes what is left and the end of every file."""
        self._groups.finish()
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
        return ()

    def drop(self) -> None:
        """Nothing of its own is on the disk; the staging removes the files."""
        self._writers = {}

    def _put(self, table: str, rows: Sequence[Row]) -> None:
        self._writers[table].write_table(batch(self._schemas[table], rows), row_group_size=ROW_GROUP)
