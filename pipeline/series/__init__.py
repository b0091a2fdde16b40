"""``heshu series``: the ledger over many documents, and what only many documents can show.

Key: region, set, metric, unit and period; a value is an interval with its source. Reports are read one at a time and
only their keyed figures are kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ...schemas.report import Report
from ...schemas.series import Book
from ..errors import HeshuError
from .ledger import bound, gather, judged

REPORTS = "reports.jsonl"


class SeriesError(HeshuError):
    """A folder that holds no reports of a run."""

    code = "series_error"


class Block(NamedTuple):
    """Whole lines of a file of reports: those that begin from byte ``start`` on, before ``end``; ``size`` is that of the file."""

    path: str
    start: int
    end: int
    size: int


def read(folder: Path) -> Iterator[Report]:
    """The reports of a run, one at a time; raises SeriesError."""
    for block in blocks([folder], 0):
        yield from reports(block)


def blocks(folders: Sequence[Path], size: int) -> list[Block]:
    """The files of reports of runs, cut into blocks of about ``size`` bytes; 0 leaves each whole. Raises SeriesError."""
    made: list[Block] = []
    for folder in folders:
        path = folder / REPORTS
        try:
            whole = path.stat().st_size
        except OSError as error:
            raise _unreadable(path, error) from error
        step = size or max(whole, 1)
        made += [Block(str(path), start, min(whole, start + step), whole) for start in range(0, max(whole, 1), step)]
    return made


def reports(block: Block) -> Iterator[Report]:
    """The reports of a block, one at a time; raises SeriesError."""
    path = Path(block.path)
    decode = msgspec.json.Decoder(Report).decode
    at = block.start
    try:
        with path.open("rb") as lines:
            if at:
                # The line that holds the byte before belongs to the block before.
                lines.seek(at - 1)
                at += len(lines.readline()) - 1
            while at < block.end and (line := lines.readline()):
                try:
                    yield decode(line)
                except msgspec.DecodeError as error:
                    raise SeriesError(f"{path}, {_place(path, at)}", f"is no report ({error})", "make the run again") from error
                at += len(line)
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> SeriesError:
    why = f"holds no {REPORTS}" if isinstance(error, FileNotFoundError | NotADirectoryError) else f"cannot be read ({error.strerror})"
    return SeriesError(str(path.parent), why, "name a folder that heshu run has written")


def _place(path: Path, at: int) -> str:
    number = 1
    with path.open("rb") as lines:
        while lines.tell() < at and lines.readline():
            number += 1
    return f"line {number}"


def book(reports: Iterable[Report]) -> Book:
    """The series of all reports and the findings over them; the order of the reports makes no difference."""
    return bound([judged([gather(reports)])])
