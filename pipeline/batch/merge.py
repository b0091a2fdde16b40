"""One pass over the results of all pieces in the order of the sources: reports, tables and the manifest."""

from __future__ import annotations

import hashlib
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from ... import __version__
from ...schemas.report import SCHEMA_VERSION
from ..export import described, formats
from ..export.files import MARK, Staging, Written
from ..export.jsonl import decode as report_of
from ..export.tables import rows
from .manifest import NAME, End, File, Head, ManifestError, Writer, lines
from .pieces import Entry, Read, Tables, reader
from .pool import Pool
from .store import OutputError, Store

REPORTS = "reports.jsonl"
AHEAD = 8
"""Pieces whose rows may wait for those of an earlier piece."""


class Seen:
    """Which documents there were, on the disk, so that memory does not grow with their number."""

    def __init__(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        self._path = path
        self._base = sqlite3.connect(path, isolation_level=None)
        self._base.execute("PRAGMA journal_mode=OFF")
        self._base.execute("PRAGMA synchronous=OFF")
        self._base.execute("CREATE TABLE seen (id BLOB PRIMARY KEY, source TEXT) WITHOUT ROWID")
        self._base.execute("BEGIN")

    def before(self, entry: Entry) -> str | None:
        """The source that had the same bytes first; None where this is the first."""
        if entry.document is None:
            return None
        id_ = bytes.fromhex(entry.document.removeprefix("sha256:"))
        if self._base.execute("INSERT OR IGNORE INTO seen VALUES (?, ?)", (id_, entry.source)).rowcount:
            return None
        found = self._base.execute("SELECT source FROM seen WHERE id = ?", (id_,)).fetchone()
        return str(found[0])

    def close(self) -> None:
        """Removes it."""
        self._base.close()
        self._path.unlink(missing_ok=True)


class Merge:
    """Writes the output of a run beside its place and puts it there whole."""

    def __init__(
        self, store: Store, names: Iterable[str], pool: Pool, part: tuple[int, int] | None = None, limit: int | None = None
    ) -> None:
        self.store, self.names, self.pool = store, tuple(sorted(set(names))), pool
        self.head = Head(__version__, SCHEMA_VERSION, reader(), self.names, f"{part[0]}/{part[1]}" if part else None, limit)

    def check(self) -> None:
        """Raises OutputError where the folder holds another part, HeshuError where a format cannot be written."""
        formats.check(self.names)
        try:
            before = next((r for r in lines(self.store.out) if isinstance(r, Head)), None)
        except ManifestError:
            return
        if before is not None and before.part != self.head.part:
            held = f"part {before.part}" if before.part else "a whole run"
            raise OutputError(str(self.store.out), f"holds {held}", "give every part a folder of its own")

    def write(self, keys: Iterable[str], merged: Callable[[], None]) -> End:
        """Everything, from the results of the pieces. Raises OSError and OutputError; the old output is then whole."""
        staging = Staging(self.store.out)
        seen = Seen(self.store.out / f"{MARK}seen")
        tables: list[formats.Format] = []
        try:
            for name in self.names:
                tables.append(formats.of(name)(staging))
            manifest = Writer(staging.open(NAME), self.head)
            by_report = [table for table in tables if isinstance(table, formats.ByReport)]
            by_tables = [table for table in tables if isinstance(table, formats.ByTables)]
            wanted = self._pass(keys, staging.open(REPORTS), seen, by_report, manifest, merged)
            if by_tables:
                for streams in _in_order(self.pool, wanted):
                    for taking in by_tables:
                        taking.tables(streams)
            else:
                for _ in wanted:
                    pass
            end = self._finish(staging, tables, manifest)
            staging.publish(NAME, gone=self._gone({written.name for written in staging.finish()}))
            return end
        finally:
            for table in tables:
                table.drop()
            seen.close()
            staging.drop()

    def _pass(
        self, keys: Iterable[str], reports: BinaryIO, seen: Seen, tables: list[formats.ByReport], manifest: Writer,
        merged: Callable[[], None],
    ) -> Iterator[Tables]:
        """Everything but what workers do: the lines of each piece whose rows are wanted."""
        for key in keys:
            data, reads = self.store.get(key)
            lines_: list[bytes] = []
            for read in reads:
                entry = _settled(read, seen)
                manifest.source(entry)
                if entry.status == "ok" and read.line is not None:
                    lines_.append(read.line)
                    reports.write(read.line)
                    manifest.finds(read.entry.disagree)
                    if tables:
                        report = report_of(read.line)
                        cells = rows(report)
                    for table in tables:
                        table.add(report, cells)
                merged()
            manifest.file(Written(self.store.name(key), len(data), hashlib.sha256(data).hexdigest()))
            yield Tables(key, tuple(lines_))

    def _finish(self, staging: Staging, tables: list[formats.Format], manifest: Writer) -> End:
        made = [name for table in tables for name in table.finish()]
        written = staging.finish(made, but=NAME)
        for name, data in described.files(written, self.names):
            staging.open(name).write(data)
        for item in staging.finish(but=NAME):
            manifest.file(item)
        return manifest.finish()

    def _gone(self, written: set[str]) -> list[str]:
        """Files of the run before that this one has not."""
        try:
            before = [record.name for record in lines(self.store.out) if isinstance(record, File)]
        except ManifestError:
            return []
        # The manifest may have been tampered with: nothing outside the folder, and no result of a piece.
        return [name for name in before if formats.made(name) and name not in written]


def _in_order(pool: Pool, wanted: Iterator[Tables]) -> Iterator[dict[str, bytes]]:
    """What the workers make, in the order in which it was asked for."""
    asked: deque[str] = deque()
    waiting: dict[str, bytes] = {}

    def asking() -> Iterator[Tables | None]:
        for number, one in enumerate(wanted):
            # What a fast worker made waits for what a slow one makes: not more than this.
            while len(waiting) >= AHEAD:
                yield None
            # One piece may stand twice among the sources.
            key = f"{number} {one.key}"
            asked.append(key)
            yield Tables(key, one.lines)

    for result in pool.results(asking()):
        waiting[result.key] = result.body
        while asked and asked[0] in waiting:
            yield msgspec.msgpack.decode(waiting.pop(asked.popleft()), type=dict[str, bytes])


def _settled(read: Read, seen: Seen) -> Entry:
    """The row of an input: of several with the same bytes the first in the order of the sources stands for all."""
    first = seen.before(read.entry)
    if first is None:
        return read.entry
    return Entry(read.entry.source, "skipped", "duplicate", None, read.entry.document, same_as=first)
