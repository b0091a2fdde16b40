"""The documents at hand: those of this session, and those of a run folder, listed worst first and searched by their words."""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ...schemas.report import Report
from ..errors import FetchError
from ..export.digest import WORST_FIRST, plain
from ..export.jsonl import decode as report_of

_MOST_HELD = 200
"""Reports of a session that are kept; the oldest goes first."""
_TABLES = """
create table docs(id text primary key, title, issuer, date, source, disagrees, truncated, cannot_tell, within_rounding,
                  agrees, issues, figures, at integer);
create virtual table words using fts5(id unindexed, title, text, tokenize = 'trigram');
"""
_ORDER = "disagrees desc, truncated desc, cannot_tell desc, date desc, docs.id"


class Entry(NamedTuple):
    """A line of the list; ``counts`` in the order of the verdicts, ``snippet`` the words found."""

    id: str
    title: str
    issuer: str
    date: str
    source: str
    counts: tuple[int, ...]
    issues: int
    figures: int
    snippet: tuple[str, str, str] | None


class Shelf:
    """Reports by their short id. A run folder is read once and its reports stay on the disk."""

    def __init__(self, folder: Path | None = None) -> None:
        self._held: OrderedDict[str, Report] = OrderedDict()
        self._lock = threading.Lock()
        self.changes = 0
        # A database without a name lives in a temporary file that goes with the process.
        self._base = sqlite3.connect("", check_same_thread=False)
        self._base.executescript(_TABLES)
        self.folder = folder
        self._lines = folder / "reports.jsonl" if folder else None
        if self._lines is not None:
            self._read(self._lines)

    def _read(self, lines: Path) -> None:
        import msgspec

        at = number = 0
        try:
            with lines.open("rb") as file:
                for line in file:
                    number += 1
                    self._note(report_of(line), at)
                    at += len(line)
        except OSError as error:
            advice = "give a folder that heshu run has written"
            raise FetchError(str(lines), f"cannot be read ({error.strerror})", advice) from error
        except msgspec.MsgspecError as error:
            raise FetchError(str(lines), f"line {number} is no report ({error})", "run heshu run again") from error

    def add(self, report: Report) -> str:
        """Puts a report on the shelf; returns its short id."""
        name = short(report.document.id)
        with self._lock:
            self.changes += 1
            self._held[name] = report
            self._held.move_to_end(name)
            self._note(report, -1)
            while len(self._held) > _MOST_HELD:
                gone, _ = self._held.popitem(last=False)
                self._forget(gone)
        return name

    def _forget(self, name: str) -> None:
        self._base.execute("delete from docs where id = ? and at < 0", (name,))
        self._base.execute("delete from words where id = ? and id not in (select id from docs)", (name,))

    def _note(self, report: Report, at: int) -> None:
        document, name = report.document, short(report.document.id)
        counts = [sum(f.verdict == verdict for f in report.findings) for verdict in WORST_FIRST]
        row = (
            name, plain(document.title or ""), plain(document.issuer or ""), document.event_date or document.published or "",
            plain(document.source), *counts, len(report.issues), len(report.figures), at,
        )  # fmt: skip
        self._base.execute("delete from words where id = ?", (name,))
        self._base.execute(f"insert or replace into docs values ({','.join('?' * len(row))})", row)
        words = (_storable(document.title or ""), _storable(document.text))
        self._base.execute("insert into words values (?, ?, ?)", (name, *words))

    def get(self, name: str) -> Report | None:
        """The report with that short id."""
        with self._lock:
            if name in self._held:
                return self._held[name]
            row = self._base.execute("select at from docs where id = ?", (name,)).fetchone()
        if row is None or row[0] < 0 or self._lines is None:
            return None
        with self._lines.open("rb") as file:
            file.seek(row[0])
            return report_of(file.readline())

    def entries(self, query: str = "", *, most: int = 100, skip: int = 0) -> tuple[list[Entry], int]:
        """Lines of the list, worst first, and how many there are; ``query`` is words that the title or text holds."""
        joined, where, values = "docs", "", list[object]()
        if query.strip():
            pattern = "%" + query.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
            # Two characters are too few for the index of threes, which then is only read through.
            joined = "docs join words on words.id = docs.id"
            where, values = "where words.text like ? escape '\\' or words.title like ? escape '\\'", [pattern, pattern]
            if len(query.strip()) >= 3:
                where, values = "where words match ?", ['"' + query.strip().replace('"', '""') + '"']
        text = ", words.text" if where else ", ''"
        with self._lock:
            total = self._base.execute(f"select count(*) from {joined} {where}", values).fetchone()[0]
            rows = self._base.execute(
                f"select docs.*{text} from {joined} {where} order by {_ORDER} limit ? offset ?", [*values, most, skip]
            ).fetchall()
        return [_entry(row, query.strip()) for row in rows], total

    def reports(self, most: int) -> Iterator[Report]:
        """Every report, one at a time, for what is seen over many documents; at most so many."""
        with self._lock:
            names = [row[0] for row in self._base.execute("select id from docs order by date, id limit ?", (most,))]
        yield from (report for name in names if (report := self.get(name)) is not None)


def short(document: str) -> str:
    """The part of a document's id that stands in addresses."""
    return document.removeprefix("sha256:")[:20]


def _storable(text: str) -> str:
    """SQLite stores no lone surrogates and ends text at a NUL."""
    return "".join("\ufffd" if "\ud800" <= c <= "\udfff" or c == "\0" else c for c in text)


def _entry(row: tuple[object, ...], query: str) -> Entry:
    name, title, issuer, date, source, *counts, issues, figures, _, text = row
    snippet, at = None, str(text).lower().find(query.lower()) if query else -1
    if at >= 0:
        words = str(text)
        around = (words[max(0, at - 24) : at], words[at : at + len(query)], words[at + len(query) : at + len(query) + 40])
        snippet = (plain(around[0]), plain(around[1]), plain(around[2]))
    numbers = [int(str(count)) for count in (*counts, issues, figures)]
    return Entry(str(name), str(title), str(issuer), str(date), str(source), tuple(numbers[:5]), numbers[5], numbers[6], snippet)
