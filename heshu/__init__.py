"""heshu 核数: reads Chinese government press conferences and tells whether their figures add up.

>>> import heshu
>>> report = heshu.report("conference.html")
>>> report.figures_frame()
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# In a checkout the folders stand beside this one; installed, they lie inside it.
_checkout = Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file() and (_checkout / "extractors").is_dir():
    __path__.append(str(_checkout))

from .schemas import report as _records  # noqa: E402

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Report", "report", "reports"]
__version__ = "0.1.0"


class Report(_records.Report, frozen=True):
    """Everything that heshu says about one document, with pandas frames of it; a notebook shows it as a table."""

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
