"""Runs and frames for Python: a run whose tables are read back as frames, and figures of the texts of a frame."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from ...schemas.report import Report
from ...schemas.transcript import Source
from .. import fetch
from ..errors import FetchError, HeshuError
from ..export import frames
from ..run import report
from . import End, Options, run
from .manifest import failures

if TYPE_CHECKING:
    import pandas as pd


class Run(msgspec.Struct, frozen=True):
    """A finished run: its folder, its counts, and its tables as frames."""

    out: Path
    end: End

    def documents(self) -> pd.DataFrame:
        """One row a document."""
        return self._table("documents")

    def turns(self) -> pd.DataFrame:
        """One row a turn."""
        return self._table("turns")

    def figures(self) -> pd.DataFrame:
        """One row a figure."""
        return self._table("figures")

    def rankings(self) -> pd.DataFrame:
        """One row a ranking, its entries as JSON."""
        return self._table("rankings")

    def findings(self) -> pd.DataFrame:
        """One row a finding."""
        return self._table("findings")

    def issues(self) -> pd.DataFrame:
        """One row for each thing that was not understood."""
        return self._table("issues")

    def failed(self) -> dict[str, str]:
        """Sources that gave no report, and why."""
        return {entry.source: f"{entry.problem} [{entry.code}]" for entry in failures(self.out)}

    def _table(self, name: str) -> pd.DataFrame:
        return frames.read(name, self.out / f"{name}.parquet")


def run_many(sources: str | Path | Iterable[str | Path | bytes], out: str | Path, **options: Any) -> Run:
    """Reads many sources into a folder of tables; options are those of :class:`Options`. Raises HeshuError."""
    several = [sources] if isinstance(sources, str | Path) else sources
    settings = Options(**options)
    if "parquet" not in settings.formats:
        settings = msgspec.structs.replace(settings, formats=("parquet", *settings.formats))
    return Run(Path(out), run(_items(several), out, settings))


def _items(sources: Iterable[str | Path | bytes]) -> Iterator[Source | HeshuError]:
    for source in sources:
        if isinstance(source, bytes):
            yield Source("bytes", source)
        else:
            yield from fetch.sources([str(source)])


def extract_frame(frame: pd.DataFrame, *, text: str = "text", id: str | None = None) -> pd.DataFrame:
    """The figures of a column of texts, one row a figure; the first column is the row's ``id``, or its place in the index.

    Empty and missing texts have no figures. Raises KeyError for a column that is not there, HeshuError where a text cannot
    be read.
    """
    names = frame.index if id is None else frame[id]
    found = []
    for name, words in zip(names, frame[text], strict=True):
        if isinstance(words, str) and words.strip():
            found.append((name, _of_text(str(name), words)))
    made = frames.figures([read for _, read in found])
    key = id if id is not None else str(frame.index.name) if frame.index.name is not None else "row"
    made.insert(0, key, [name for name, read in found for _ in read.figures])
    return made


def _of_text(name: str, words: str) -> Report:
    try:
        return report(Source(name, words.encode("utf-8"), charset="utf-8"))
    except UnicodeEncodeError as error:
        raise FetchError(name, "holds half a character (a lone surrogate)", "repair the text") from error
