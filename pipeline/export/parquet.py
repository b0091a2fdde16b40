"""Tables as Parquet: one declared schema, the same bytes from the same rows."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ...schemas.report import Report
from .files import Staging
from .tables import Column, Row, columns, rows

GROUP_ROWS, GROUP_BYTES = 20_000, 8 << 20
"""After that many rows or bytes a group is written; no more is held in memory of a table."""


def schema(declared: Sequence[Column]) -> Any:
    """The Arrow schema of a table, with what each column holds."""
    import pyarrow as pa

    types = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64()}
    fields = (pa.field(c.name, types[c.type], metadata={"description": c.meaning}) for c in declared)
    return pa.schema(list(fields))


def streams(reports: Iterable[Report]) -> dict[str, bytes]:
    """The rows of some reports as one Arrow stream a table, as they go from a worker to who writes them."""
    listed: dict[str, list[Row]] = {table: [] for table in columns()}
    for report in reports:
        for table, more in rows(report).items():
            listed[table] += more
    return {table: _stream(schema(columns()[table]), found) for table, found in listed.items() if found}


def _stream(declared: Any, listed: Sequence[Row]) -> bytes:
    import pyarrow as pa

    cells = zip(*listed, strict=True)
    group = pa.record_batch([pa.array(c, field.type) for c, field in zip(cells, declared, strict=True)], schema=declared)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, declared) as writer:
        writer.write_batch(group)
    return bytes(sink.getvalue())


class Groups:
    """Rows of every table collected until there are enough; ``write(table, group)`` takes each group, an Arrow table."""

    def __init__(self, write: Callable[[str, Any], None]) -> None:
        self._write = write
        self._waiting: dict[str, list[Any]] = {table: [] for table in columns()}

    def add(self, streams: Mapping[str, bytes]) -> None:
        """The rows of some more reports."""
        import pyarrow as pa

        for table, data in streams.items():
            with pa.ipc.open_stream(data) as reader:
                held = self._waiting[table]
                held += list(reader)
            if sum(len(b) for b in held) >= GROUP_ROWS or sum(b.nbytes for b in held) >= GROUP_BYTES:
                self._flush(table)

    def finish(self) -> None:
        """Writes what is left."""
        for table, held in self._waiting.items():
            if held:
                self._flush(table)

    def _flush(self, table: str) -> None:
        import pyarrow as pa

        # One chunk: where a group was cut from does not show in the file.
        self._write(table, pa.Table.from_batches(self._waiting[table]).combine_chunks())
        self._waiting[table] = []


class Parquet:
    """One file a table, written as the groups fill."""

    def __init__(self, staging: Staging) -> None:
        from pyarrow.parquet import ParquetWriter

        self._writers: dict[str, Any] = {}
        try:
            for table, declared in columns().items():
                self._writers[table] = ParquetWriter(staging.open(f"{table}.parquet"), schema(declared), compression="zstd")
        except OSError:
            self.drop()
            raise
        self._groups = Groups(self._put)

    def tables(self, streams: Mapping[str, bytes]) -> None:
        """The rows of some more reports."""
        self._groups.add(streams)

    def finish(self) -> tuple[str, ...]:
        """Writes what is left and the end of every file."""
        self._groups.finish()
        for writer in self._writers.values():
            writer.close()
        self._writers = {}
        return ()

    def drop(self) -> None:
        """Closes what is open; what the disk says to that no longer matters."""
        for writer in self._writers.values():
            with contextlib.suppress(OSError, ValueError):
                writer.close()
            writer.is_open = False
        self._writers = {}

    def _put(self, table: str, group: Any) -> None:
        self._writers[table].write_table(group, row_group_size=len(group))
