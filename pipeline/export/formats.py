"""The formats that many reports can be written in beside JSON Lines: which there are, and what every one of them does."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from typing import NamedTuple, Protocol, runtime_checkable

from ...schemas.report import Report
from ..errors import HeshuError
from .files import Staging
from .tables import Rows, columns

_DOCBIN = re.compile(r"docbin/[0-9]{6}\.spacy")


class Format(Protocol):
    """Takes everything in the order of the sources; holds no more than a few reports in memory."""

    def finish(self) -> Iterable[str]:
        """Closes everything; the names of the files that were written by path and not through the staging."""

    def drop(self) -> None:
        """Closes what is open after a failure; the staging removes the files. Harmless after :meth:`finish`."""


@runtime_checkable
class ByReport(Format, Protocol):
    """A format that takes report by report."""

    def add(self, report: Report, rows: Rows) -> None:
        """One more report and its rows for the tables."""


@runtime_checkable
class ByTables(Format, Protocol):
    """A format that takes the rows of some reports at a time, which workers make."""

    def tables(self, streams: Mapping[str, bytes]) -> None:
        """Arrow streams, one a table, as :func:`.parquet.streams` makes them."""


class _Room(NamedTuple):
    made_by: str
    needs: tuple[str, ...]
    extra: str
    names: tuple[str, ...]


def _each(ending: str) -> tuple[str, ...]:
    return tuple(f"{table}.{ending}" for table in columns())


def _rooms() -> dict[str, _Room]:
    return {
        "parquet": _Room("parquet.Parquet", ("pyarrow",), "parquet", _each("parquet")),
        "csv": _Room("csvs.Csv", (), "", _each("csv")),
        "jsonl": _Room("records.Records", (), "", _each("jsonl")),
        "sqlite": _Room("sqlite.Sqlite", (), "", ("heshu.sqlite", "datasette.json")),
        "duckdb": _Room("duck.Duck", ("duckdb", "pyarrow"), "duckdb", ("heshu.duckdb",)),
        "xlsx": _Room("xlsx.Xlsx", ("xlsxwriter",), "xlsx", ("heshu.xlsx",)),
        "annotations": _Room("annotations.Annotations", (), "", ("annotations.jsonl",)),
        "labelstudio": _Room("labelstudio.Tasks", (), "", ("label-studio.json", "label-studio.xml")),
        "docbin": _Room("docbin.DocBins", (), "", ()),
    }


def names() -> tuple[str, ...]:
    """The names of the formats."""
    return tuple(_rooms())


def made(name: str) -> bool:
    """Whether a file of an output is of one of the formats, so that a run without that format may remove it."""
    return name in {name for room in _rooms().values() for name in room.names} or bool(_DOCBIN.fullmatch(name))


def check(chosen: Iterable[str]) -> None:
    """Raises HeshuError where a format is unknown or its library is not installed."""
    for name in chosen:
        room = _rooms().get(name)
        if room is None:
            raise HeshuError(f"--format {name}", "is no format", f"choose from {', '.join(_rooms())}")
        for library in room.needs:
            if find_spec(library) is None:
                advice = f'pip install "heshu[{room.extra}]", or choose another format'
                raise HeshuError(f"--format {name}", f"needs {library}, which is not installed", advice)


def of(name: str) -> Callable[[Staging], Format]:
    """What writes a format; raises HeshuError as :func:`check`."""
    check([name])
    module, _, made_by = _rooms()[name].made_by.partition(".")
    found: Callable[[Staging], Format] = getattr(importlib.import_module(f".{module}", __package__), made_by)
    return found
