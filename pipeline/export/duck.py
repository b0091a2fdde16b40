"""Tables as one DuckDB base."""

from __future__ import annotations

import contextlib
import struct
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from .files import Staging
from .parquet import Groups
from .tables import columns

NAME = "heshu.duckdb"
_HEADER, _IDENTIFIER = 4096, slice(124, 140)
_TYPES = {"string": "VARCHAR", "integer": "BIGINT", "number": "DOUBLE"}


class Duck:
    """One base; one thread, so that the rows lie in the order of the sources."""

    def __init__(self, staging: Staging) -> None:
        import duckdb

        self._path = staging.path(NAME)
        self._path.unlink(missing_ok=True)
        self._error: type[Exception] = duckdb.Error
        self._base: Any = None
        try:
            self._create()
        except OSError:
            self.drop()
            raise
        self._groups = Groups(self._put)

    def _create(self) -> None:
        import duckdb

        with self._disk():
            self._base = duckdb.connect(str(self._path), config={"threads": 1})
        for table, declared in columns().items():
            listed = ", ".join(f'"{column.name}" {_TYPES[column.type]}' for column in declared)
            self._run(f"CREATE TABLE {table} ({listed})")
            for column in declared:
                self._run(f'COMMENT ON COLUMN {table}."{column.name}" IS {_literal(column.meaning)}')

    def tables(self, streams: Mapping[str, bytes]) -> None:
        """The rows of some more reports."""
        self._groups.add(streams)

    def finish(self) -> tuple[str, ...]:
        """Writes what is left and closes the base."""
        self._groups.finish()
        self._run("CHECKPOINT")
        with self._disk():
            self._base.close()
        self._base = None
        _take_out_chance(self._path)
        return (NAME,)

    def drop(self) -> None:
        """Closes an unfinished base and removes its log."""
        if self._base is not None:
            with contextlib.suppress(self._error):
                self._base.close()
            self._base = None
        self._path.with_name(self._path.name + ".wal").unlink(missing_ok=True)

    def _put(self, table: str, group: Any) -> None:
        self._base.register("rows_of_group", group)
        self._run(f"INSERT INTO {table} SELECT * FROM rows_of_group")
        self._base.unregister("rows_of_group")

    def _run(self, line: str) -> None:
        with self._disk():
            self._base.execute(line)

    @contextlib.contextmanager
    def _disk(self) -> Iterator[None]:
        """A full or broken disk is an OSError, whichever library notices it."""
        try:
            yield
        except self._error as error:
            raise OSError(0, str(error).splitlines()[0], NAME) from error


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _take_out_chance(path: Path) -> None:
    """Sets the random identifier that DuckDB gives a new base to zeros, so that the same rows are the same bytes.

    Only where the checksum of the header is the one that we know how to make: another version of the format keeps its own.
    """
    with path.open("r+b") as file:
        header = bytearray(file.read(_HEADER))
        if len(header) == _HEADER and struct.pack("<Q", _checksum(header)) == header[:8]:
            header[_IDENTIFIER] = bytes(16)
            header[:8] = struct.pack("<Q", _checksum(header))
            file.seek(0)
            file.write(header)


def _checksum(header: bytes | bytearray) -> int:
    """DuckDB's checksum of a block: every word of eight bytes times a constant, all joined by exclusive or."""
    found = 5381
    for (word,) in struct.iter_unpack("<Q", header[8:]):
        found ^= word * 0xBF58476D1CE4E5B9 & 0xFFFFFFFFFFFFFFFF
    return found
