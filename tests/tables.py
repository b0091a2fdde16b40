r"""Runs the tables of examples that lie beside the rooms of ``extractors/`` and ``pipeline/checks/``.

A table is tab-separated UTF-8 without quoting; ``\n``, ``\t`` and ``\\`` stand for a line feed, a tab and a backslash.

- ``sentence``: what is read, by the whole path of a document.
- ``text``: the words that must be found in it. In a table of figures the figure's ``surface``, in ``ranking.tsv`` the
  ranking's, in ``label.tsv`` and ``period.tsv`` words that must be claimed and must not be a figure, in a table of
  checks the surface of the claim (``-`` for a finding without one). Blank: nothing of this room may be found here.
- then fields of the record, by their names. A blank cell is not asserted, ``-`` is None. ``value``, ``low``, ``high``,
  ``computed`` and the like are compared as numbers; lists (``scope``, ``entries``, ``operands``) are joined by
  `` | ``; ``period`` is ``start/end``, ``period_text`` its words, ``comparison`` what is compared with.
- ``gap``: a known failure and its reason; the day it passes, the suite says so. ``note``: for the reader.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from heshu.schemas.figure import Figure
from heshu.schemas.finding import Finding
from heshu.schemas.ranking import Ranking
from heshu.schemas.reading import Claim
from heshu.schemas.transcript import Source

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"extractors": "heshu.extractors", "pipeline/checks": "heshu.pipeline.checks"}
NUMBERS = {"value", "low", "high", "computed", "computed_low", "computed_high"}
PLAIN = {"sentence", "text", "gap", "note"}
EXTRA = {"period_text", "claim"}
# The rooms whose name is not that of the identity they check.
IDENTITIES = {"parts": "sum"}
CLAIMING = ("label", "period")


@dataclass(frozen=True)
class Row:
    """One line of a table; ``cells`` are the asserted fields, None for ``-``."""

    table: Path
    line: int
    sentence: str
    text: str | None
    blank: bool
    cells: dict[str, str | None]
    gap: str

    @property
    def room(self) -> str:
        return self.table.stem

    @property
    def checks(self) -> bool:
        return self.table.parent.name == "checks"

    @property
    def name(self) -> str:
        return f"{self.room}:{self.line}"


def tables(root: Path = ROOT) -> list[Path]:
    """Every table beside a room."""
    found = [path for folder in FOLDERS for path in sorted((root / folder).glob("*.tsv"))]
    return [path for path in found if path.with_suffix(".py").exists() and not path.name.startswith("_")]


def read(table: Path) -> list[Row]:
    """The rows. Raises ValueError for an unknown column, a row of the wrong length or one without a sentence."""
    with table.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        head = next(reader)
        unknown = set(head) - PLAIN - EXTRA - set(_record(table).__struct_fields__)
        if unknown or head[:2] != ["sentence", "text"] or len(set(head)) < len(head):
            raise ValueError(f"{table.name}: columns {head}; sentence, text, then fields of the record, gap, note")
        return [
            _row(table, reader.line_num, dict(zip(head, cells, strict=False)), head, cells) for cells in reader if cells
        ]


def _row(table: Path, line: int, by_name: dict[str, str], head: list[str], cells: list[str]) -> Row:
    if len(cells) > len(head) or not by_name["sentence"].strip():
        raise ValueError(f"{table.name}:{line}: {len(cells)} cells for {len(head)} columns, or no sentence")
    plain = {name: _unescaped(cell.strip() if name != "sentence" else cell) for name, cell in by_name.items()}
    asserted = {name: None if cell == "-" else cell for name, cell in plain.items() if cell and name not in PLAIN}
    text = plain.get("text", "")
    blank = not text
    if blank and asserted:
        raise ValueError(f"{table.name}:{line}: nothing may be found here, so no field can be asserted")
    return Row(table, line, plain["sentence"], None if text == "-" else text, blank, asserted, plain.get("gap", ""))


def _unescaped(cell: str) -> str:
    return re.sub(r"\\([nt\\])", lambda m: {"n": "\n", "t": "\t", "\\": "\\"}[m[1]], cell)


def _record(table: Path) -> Any:
    if table.parent.name == "checks":
        return Finding
    return {"ranking": Ranking, "label": Claim, "period": Claim}.get(table.stem, Figure)


def rules(table: Path) -> set[str]:
    """The names of the rules of the room beside the table; empty where the room has none to name."""
    folder = next(folder for folder in FOLDERS if str(table.parent).endswith(folder))
    room = import_module(f"{FOLDERS[folder]}.{table.stem}")
    return {rule if isinstance(rule, str) else rule.name for rule in getattr(room, "RULES", ())}


@cache
def trace(sentence: str) -> Any:
    """What the whole path makes of the sentence as a plain text."""
    from heshu.pipeline import run

    return run.trace(Source(name="row.txt", data=sentence.encode()))


def candidates(row: Row, seen: Any) -> list[Any]:
    """The records that the row is about: those with its ``text``, or for a blank row all of its room."""
    report = seen.report
    surfaces = {record.id: record.surface for record in (*report.figures, *report.rankings)}
    if row.checks:
        identity = row.cells.get("identity") or IDENTITIES.get(row.room, row.room)
        found = [finding for finding in report.findings if finding.identity == identity]
        if row.blank:
            return found
        claimed: Callable[[Finding], str | None] = lambda finding: surfaces.get(finding.claim or "")  # noqa: E731
        return [finding for finding in found if claimed(finding) == row.text]
    if row.room in CLAIMING:
        names = rules(row.table)
        if row.blank:
            return [claim for claim in seen.claims if claim.rule in names]
        return [claim for span in _occurrences(row, seen) for claim in seen.claims if _covers(claim, span, seen)]
    if row.room == "ranking":
        return [ranking for ranking in report.rankings if row.blank or ranking.surface == row.text]
    if row.blank:
        return [figure for figure in report.figures if figure.kind == row.room]
    return [figure for figure in report.figures if figure.surface == row.text]


def _occurrences(row: Row, seen: Any) -> Iterator[tuple[int, int]]:
    for match in re.finditer(re.escape(row.text or ""), seen.report.document.text):
        yield match.span()


def _covers(claim: Claim, span: tuple[int, int], seen: Any) -> bool:
    start, end = seen.view.span(claim.start, claim.end)
    return bool(start <= span[0] and span[1] <= end)


def problems(row: Row, seen: Any) -> list[str]:
    """What is wrong with what was found, one line each; empty where the row holds."""
    found = candidates(row, seen)
    if row.blank:
        return [f"found where nothing may be: {_shown(record, seen)}" for record in found]
    if row.room in CLAIMING and not row.checks:
        spans = list(_occurrences(row, seen))
        figures = [f for f in seen.report.figures for start, end in spans if f.start < end and start < f.end]
        if figures:
            return [f"came out as a figure: {_shown(figure, seen)}" for figure in figures]
    if not found:
        every = seen.report.findings if row.checks else (*seen.report.figures, *seen.report.rankings)
        return [f"not found: {row.text!r}; found: {', '.join(_shown(record, seen) for record in every) or 'nothing'}"]
    wrong = [_differences(row, record, seen) for record in found]
    return [] if any(not lines for lines in wrong) else min(wrong, key=len)


def _differences(row: Row, record: Any, seen: Any) -> list[str]:
    lines = []
    for name, wanted in row.cells.items():
        given = _field(record, name, seen)
        if not _same(name, wanted, given):
            lines.append(f"{name}: {given!r}, not {wanted!r}, in {_shown(record, seen)}")
    return lines


def _field(record: Any, name: str, seen: Any) -> Any:
    surfaces = {holder.id: holder.surface for holder in (*seen.report.figures, *seen.report.rankings)}
    if name == "period_text":
        return record.period and record.period.text
    value = getattr(record, name)
    if value is None:
        return None
    if name == "period":
        return f"{value.start or ''}/{value.end or ''}"
    if name == "comparison":
        return value.with_
    if name == "operands":
        return [surfaces[operand] for operand in value]
    if name == "claim":
        return surfaces[value]
    if name == "entries":
        return [entry.name for entry in value]
    if name == "message":
        return value.zh
    if name == "repair":
        return value.surface
    return list(value) if isinstance(value, tuple) else value


def _same(name: str, wanted: str | None, given: Any) -> bool:
    if wanted is None or given is None:
        return wanted is None and given is None
    if isinstance(given, list):
        return [str(part) for part in given] == wanted.split(" | ")
    if name in NUMBERS:
        try:
            return Decimal(given) == Decimal(wanted)
        except InvalidOperation as error:
            raise ValueError(f"{name}: {wanted!r} is no number") from error
    return bool(type(given)(wanted) == given)


def _shown(record: Any, seen: Any) -> str:
    if isinstance(record, Finding):
        return f"[{record.identity} {record.expression} {record.verdict}; {record.rule}]"
    surface = getattr(record, "surface", None)
    if surface is None:
        start, end = seen.view.span(record.start, record.end)
        surface = seen.report.document.text[start:end]
    return f"[{surface} {getattr(record, 'kind', getattr(record, 'sort', ''))}; {getattr(record, 'rule', '')}]"


def rules_met(rows: Sequence[Row]) -> set[str]:
    """The rules that read what these rows are about, and those that the rows name."""
    met = {rule for row in rows if (rule := row.cells.get("rule"))}
    for row in rows:
        if not row.blank and not row.gap:
            met |= {record.rule for record in candidates(row, trace(row.sentence)) if hasattr(record, "rule")}
            if row.room == "ranking":
                met |= {read.rule for read in trace(row.sentence).extraction.lists}
    return met
