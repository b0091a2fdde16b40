"""Tables as one SQLite base, with a full-text index that finds Chinese, ready for Datasette.

The index is of three characters each (trigram), so that no words need be cut; shorter words are found by LIKE.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Iterator

from ...schemas.report import Report
from .files import Staging
from .tables import Rows, columns

NAME, METADATA = "heshu.sqlite", "datasette.json"
_TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL"}
SEARCHED = {
    "documents": ("title", "issuer"), "turns": ("speaker", "text"), "figures": ("surface", "metric_text", "subject"),
    "rankings": ("surface", "metric_text", "entries"), "findings": ("claim_text", "expression", "message_zh"),
}
_INDEXED = {"figures": ("document", "id", "metric", "kind"), "findings": ("document", "claim", "verdict"), "turns": ("document", "id")}


class Sqlite:
    """One base, filled in one transaction."""

    def __init__(self, staging: Staging) -> None:
        self._staging, self._path = staging, staging.path(NAME)
        self._path.unlink(missing_ok=True)
        self._base: sqlite3.Connection | None = sqlite3.connect(self._path, isolation_level=None)
        # The file is renamed when it is whole: no journal is needed, and a full disk is noticed as an error.
        for line in ("PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", "PRAGMA page_size=8192", "BEGIN"):
            self._run(line)
        for table, declared in columns().items():
            listed = ", ".join(f'"{c.name}" {_TYPES[c.type]}' for c in declared)
            self._run(f'CREATE TABLE "{table}" ({listed}{", PRIMARY KEY (document)" if table == "documents" else ""})')
        self._insert = {
            table: f'INSERT INTO "{table}" VALUES ({", ".join("?" * len(declared))})' for table, declared in columns().items()
        }

    def add(self, report: Report, rows: Rows) -> None:
        """One more report."""
        with _disk():
            for table, more in rows.items():
                self._opened.executemany(self._insert[table], more)

    def finish(self) -> tuple[str, ...]:
        """Builds the indexes and closes the base."""
        for table, names in _INDEXED.items():
            for name in names:
                self._run(f'CREATE INDEX "{table} by {name}" ON "{table}" ("{name}")')
        for table, searched in SEARCHED.items():
            listed = ", ".join(searched)
            self._run(f"CREATE VIRTUAL TABLE {table}_fts USING fts5({listed}, content='{table}', tokenize='trigram')")
            self._run(f"INSERT INTO {table}_fts({table}_fts) VALUES ('rebuild')")
        self._run("COMMIT")
        self._opened.close()
        self._base = None
        self._staging.open(METADATA).write(_metadata())
        return (NAME,)

    def drop(self) -> None:
        """Closes an unfinished base."""
        if self._base is not None:
            self._base.close()
            self._base = None

    @property
    def _opened(self) -> sqlite3.Connection:
        if self._base is None:
            raise ValueError("the base is closed")
        return self._base

    def _run(self, line: str) -> None:
        with _disk():
            self._opened.execute(line)


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    """A full or broken disk is an OSError, whichever library notices it."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise OSError(0, str(error), NAME) from error


def _metadata() -> bytes:
    tables = {
        table: {"columns": {c.name: c.meaning for c in declared}, **({"fts_table": f"{table}_fts"} if table in SEARCHED else {})}
        for table, declared in columns().items()
    }
    about = {"title": "heshu 核数: figures of press conferences and whether they add up", "databases": {"heshu": {"tables": tables}}}
    return (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()
