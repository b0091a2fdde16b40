"""heshu 核数: reads Chinese government press conferences and tells whether their figures add up.

>>> import heshu
>>> report = heshu.report("conference.html")
>>> report.figures_frame()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

# In a checkout the folders stand beside this one; installed, they lie inside it.
_checkout = Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file() and (_checkout / "extractors").is_dir():
    __path__.append(str(_checkout))

from .schemas import report as _records  # noqa: E402

if TYPE_CHECKING:
    import pandas as pd

    from .pipeline.batch.door import Run
    from .pipeline.series.door import Releases

__all__ = [
    "Report", "documents", "extract_frame", "figures", "findings", "issues", "rankings", "report", "reports", "run", "series",
    "turns",
]
__version__ = "0.1.0"


class Report(_records.Report, frozen=True):
    """Everything that heshu says about one document, with pandas frames of it; a notebook shows it as a table."""

    def documents_frame(self) -> pd.DataFrame:
        """One row: the document as a whole."""
        from .pipeline.export import frames

        return frames.documents(self)

    def figures_frame(self) -> pd.DataFrame:
        """One row a figure: exact value as a string, ``value_number`` beside it for sorting."""
        from .pipeline.export import frames

        return frames.figures(self)

    def turns_frame(self) -> pd.DataFrame:
        """One row a turn."""
        from .pipeline.export import frames

        return frames.turns(self)

    def rankings_frame(self) -> pd.DataFrame:
        """One row for each place of a ranking."""
        from .pipeline.export import frames

        return frames.rankings(self)

    def findings_frame(self) -> pd.DataFrame:
        """One row a finding."""
        from .pipeline.export import frames

        return frames.findings(self)

    def issues_frame(self) -> pd.DataFrame:
        """One row for each thing that was not understood."""
        from .pipeline.export import frames

        return frames.issues(self)

    def _repr_html_(self) -> str:
        from .pipeline.export import frames

        return frames.html(self)


def report(source: str | Path | bytes) -> Report:
    """The report of one document: a path, or the bytes of a page or a text.

    Raises ``heshu.pipeline.errors.HeshuError`` where it cannot be used.
    """
    return next(reports([source]))


def reports(sources: Iterable[str | Path | bytes]) -> Iterator[Report]:
    """The reports of many documents in their order; a folder or glob gives one for each file in it.

    Raises ``heshu.pipeline.errors.HeshuError`` at the first that cannot be used.
    """
    from .pipeline import fetch, run
    from .pipeline.errors import FetchError, HeshuError
    from .schemas.transcript import Source

    for source in sources:
        given = [Source("bytes", source)] if isinstance(source, bytes) else list(fetch.sources([str(source)]))
        if not given:
            raise FetchError(str(source), "nothing to read there", "name a file or a folder with files")
        for item in given:
            if isinstance(item, HeshuError):
                raise item
            made = run.report(item)
            yield Report(**{name: getattr(made, name) for name in made.__struct_fields__})


def run(sources: str | Path | Iterable[str | Path | bytes], out: str | Path, **options: Any) -> Run:
    """Many sources into a folder of tables, as ``heshu run`` does; the tables come back as frames: ``run(...).figures()``.

    ``options``: formats, workers, limit, part, limits, retry. Raises ``heshu.pipeline.errors.HeshuError``.
    """
    from .pipeline.batch.door import run_many

    return run_many(sources, out, **options)


def extract_frame(frame: pd.DataFrame, *, text: str = "text", id: str | None = None) -> pd.DataFrame:
    """The figures of a column of texts, one row a figure, each with the ``id`` of its row.

    Raises KeyError for a column that is not there, ``heshu.pipeline.errors.HeshuError`` for a text that cannot be read.
    """
    from .pipeline.batch import door

    return door.extract_frame(frame, text=text, id=id)


def series(reports: Iterable[_records.Report] | str | Path) -> Releases:
    """What many releases say together, as frames and charts: reports, or the folder of a run.

    Raises ``heshu.pipeline.errors.HeshuError`` where the folder holds no reports.
    """
    from .pipeline.series.door import releases

    return releases(reports)


def documents(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a document of one report or many."""
    from .pipeline.export import frames

    return frames.documents(reports)


def turns(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a turn of one report or many."""
    from .pipeline.export import frames

    return frames.turns(reports)


def figures(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a figure of one report or many."""
    from .pipeline.export import frames

    return frames.figures(reports)


def rankings(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row for each place of a ranking of one report or many."""
    from .pipeline.export import frames

    return frames.rankings(reports)


def findings(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row a finding of one report or many."""
    from .pipeline.export import frames

    return frames.findings(reports)


def issues(reports: Report | Iterable[Report]) -> pd.DataFrame:
    """One row for each thing that was not understood in one report or many."""
    from .pipeline.export import frames

    return frames.issues(reports)
