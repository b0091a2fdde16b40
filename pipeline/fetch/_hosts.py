"""What is remembered of each host, also from one run to the next: when it may be asked again, and its robots file."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection
from pathlib import Path

GAP = 2.0
"""Seconds between the end of one request and the start of the next on one host, at least."""

_TABLE = """CREATE TABLE IF NOT EXISTS hosts (
    host TEXT PRIMARY KEY, last REAL NOT NULL DEFAULT 0, not_before REAL NOT NULL DEFAULT 0, pause REAL NOT NULL DEFAULT 0)"""
_ROBOTS = "CREATE TABLE IF NOT EXISTS robots (origin TEXT PRIMARY KEY, rules TEXT, read_at REAL NOT NULL)"
_DAY = 86400.0


class Hosts:
    """The register; kept in the folder ``state``, or in memory where none is given.

    ``gap`` may be shorter than two seconds only for hosts in ``quick``, which are the user's own machines.
    """

    def __init__(
        self,
        state: Path | None = None,
        *,
        gap: float = GAP,
        quick: Collection[str] = (),
        clock: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base = sqlite3.connect(state / "hosts.db" if state else ":memory:", timeout=30, isolation_level=None)
        self.base.execute("PRAGMA journal_mode=WAL")
        self.base.execute("PRAGMA synchronous=NORMAL")
        self.base.execute(_TABLE)
        self.base.execute(_ROBOTS)
        self.gap, self.quick, self.clock, self.sleep = gap, quick, clock, sleep

    def close(self) -> None:
        """Closes the file."""
        self.base.close()

    def ready(self, host: str) -> float:
        """Seconds until the host may be asked."""
        row = self.base.execute("SELECT last, not_before, pause FROM hosts WHERE host = ?", (host,)).fetchone()
        last, not_before, pause = row or (0.0, 0.0, 0.0)
        gap = max(self.gap if host in self.quick else max(self.gap, GAP), pause)
        now = self.clock()
        # A clock that was set back must not make us wait for hours, nor spare the gap.
        return float(max(min(last, now) + gap, min(not_before, now + _DAY)) - now)

    def wait(self, host: str) -> None:
        """Returns when it is our turn, which is booked before, so that a second process on this register waits too."""
        self.base.execute("BEGIN IMMEDIATE")
        try:
            left = max(0.0, self.ready(host))
            self._set(host, "last", self.clock() + left)
        finally:
            self.base.execute("COMMIT")
        if left > 0:
            self.sleep(left)

    def touch(self, host: str) -> None:
        """A request to the host is over now."""
        self._set(host, "last", self.clock())

    def hold(self, host: str, seconds: float) -> None:
        """The host wants to be left alone for so long."""
        self._set(host, "not_before", self.clock() + seconds)

    def pause(self, host: str, seconds: float) -> None:
        """The host wants this gap between two requests."""
        self._set(host, "pause", seconds)

    def _set(self, host: str, column: str, value: float) -> None:
        self.base.execute(
            f"INSERT INTO hosts (host, {column}) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET {column} = excluded.{column}",
            (host, value),
        )

    def robots(self, origin: str) -> str | None:
        """The rules as read within the last day; None where they have to be read."""
        row = self.base.execute("SELECT rules, read_at FROM robots WHERE origin = ?", (origin,)).fetchone()
        return str(row[0]) if row and 0 <= self.clock() - row[1] < _DAY else None

    def keep_robots(self, origin: str, rules: str) -> None:
        """Remembers the rules."""
        self.base.execute("INSERT OR REPLACE INTO robots VALUES (?, ?, ?)", (origin, rules, self.clock()))
