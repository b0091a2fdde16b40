"""Annotated passages: what a person read in a text, one object a line.

Offsets count code points of the passage's own ``text``. Relations name figures by their ``i``; a negative number is
subtracted. Keys that are not known here (notes, phenomena) are left alone.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from pathlib import Path

import msgspec

from .errors import DecodeError, FetchError

# Words of earlier annotations for what the contract calls cannot_tell.
_CANNOT_TELL = ("wrong_attachment", "overlapping_parts", "not_comparable")


class GoldFigure(msgspec.Struct, frozen=True):
    """One annotated figure; ``metric_text`` and ``period`` are None where the annotator named none."""

    start: int
    end: int
    surface: str
    kind: str
    i: int | None = None
    value: str | None = None
    low: str | None = None
    high: str | None = None
    unit: str | None = None
    bound: str | None = None
    direction: str | None = None
    metric_text: str | None = None
    period: str | None = None
    optional: bool = False


class GoldRelation(msgspec.Struct, frozen=True):
    """One annotated relation; ``alt_verdict`` is as good as ``verdict``."""

    identity: str
    verdict: str
    operands: tuple[int, ...] | None = ()
    claim: int | None = None
    alt_verdict: str | None = None
    optional: bool = False

    def verdicts(self) -> set[str]:
        """The verdicts that are right, in the words of the contract."""
        given = [verdict for verdict in (self.verdict, self.alt_verdict) if verdict]
        return {"cannot_tell" if verdict in _CANNOT_TELL else verdict for verdict in given}


class Passage(msgspec.Struct, frozen=True):
    """A text with its figures, its relations, and words that look like figures and are none."""

    id: str
    text: str
    figures: tuple[GoldFigure, ...]
    relations: tuple[GoldRelation, ...] = ()
    not_figures: tuple[str, ...] | None = ()

    def index(self, number: int | None) -> int | None:
        """The place in ``figures`` of the figure with that ``i`` (its sign left out); None where there is none."""
        if number is None:
            return None
        numbers = [n if f.i is None else f.i for n, f in enumerate(self.figures)]
        return numbers.index(abs(number)) if abs(number) in numbers else None


def read(paths: Iterable[str | Path]) -> list[Passage]:
    """The passages of the files in their order; raises FetchError or DecodeError, which name the file and line."""
    passages = list[Passage]()
    for path in paths:
        try:
            lines = Path(path).read_bytes().splitlines()
        except OSError as error:
            raise FetchError(
                str(path), error.strerror or "not readable", "name a file of annotated passages"
            ) from error
        for number, line in enumerate(lines, 1):
            try:
                passages += [msgspec.json.decode(line, type=Passage)] if line.strip() else []
            except msgspec.MsgspecError as error:
                raise DecodeError(
                    f"{path}:{number}", f"no annotated passage ({error})", "see corpora/README.md"
                ) from error
    return passages


_PART = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(\d{1,2})(?:-(\d{1,2}))?))?")


def period_dates(text: str | None) -> tuple[str, str] | None:
    """Inclusive ISO dates of ``2020``, ``2020-H1``, ``2020-Q3``, ``2020-01/2020-11``; None for anything less exact."""
    parts = [_PART.fullmatch(part) for part in (text or "").split("/")]
    if len(parts) > 2 or not all(parts):
        return None
    ends = [_dates(part) for part in parts if part]
    return (ends[0][0], ends[-1][1]) if all(ends) else None


def _dates(part: re.Match[str]) -> tuple[str, str]:
    year, half, quarter, month, day = part.groups()
    first, last = 1, 12
    if half or quarter:
        size = 6 if half else 3
        last = int(half or quarter) * size
        first = last - size + 1
    elif month:
        first = last = min(12, max(1, int(month)))
    start, end = 1, calendar.monthrange(int(year), last)[1]
    if day:
        start = end = int(day)
    return f"{year}-{first:02}-{start:02}", f"{year}-{last:02}-{end:02}"
