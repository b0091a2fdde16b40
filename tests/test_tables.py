"""The tables of examples hold, and the runner sees it when one does not."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from heshu.schemas.reading import Claim
from heshu.schemas.transcript import View
from tests import tables
from tests.sample import TEXT, sample

ROWS = [row for table in tables.tables() for row in tables.read(table)]


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(
            row,
            id=row.name,
            marks=[pytest.mark.xfail(reason=row.gap, strict=True, raises=AssertionError)] if row.gap else [],
        )
        for row in ROWS
    ],
)
def test_row(row: tables.Row) -> None:
    assert tables.problems(row, tables.trace(row.sentence)) == []


@pytest.mark.parametrize("table", tables.tables(), ids=lambda table: str(table.stem))
def test_every_rule_has_a_row_and_every_row_a_rule(table: Path) -> None:
    rows = [row for row in ROWS if row.table == table]
    names = tables.rules(table)
    named = {rule for row in rows if (rule := row.cells.get("rule"))}
    if names:
        assert named - names == set(), "rules named in the table that the room does not have"
        assert names - tables.rules_met(rows) == set(), "rules of the room without a row"


SEEN = SimpleNamespace(
    report=sample(),
    view=View(TEXT, None, len(TEXT)),
    claims=(Claim(TEXT.index("去年"), TEXT.index("去年") + 2, "period", "a year by its name"),),
)
AT_FIGURE = Claim(TEXT.index("240项"), TEXT.index("240项") + 4, "label", "made up")


def lay(folder: Path, head: str, *lines: str) -> list[tables.Row]:
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("\n".join([head, *lines]) + "\n", "utf-8")
    return tables.read(folder)


FIGURES = "sentence\ttext\tkind\tvalue\tunit\tbound\tperiod\tscope\tgap\tnote"
CHECKS = "sentence\ttext\toperands\tverdict\treason\trule\tgap\tnote"


@pytest.mark.parametrize(
    ("line", "holds"),
    [
        ("x\t240项\tcount\t240.00\t项\t-\t2023-01-01/2023-12-31\t全市", True),
        ("x\t240项", True),
        ("x\t240项\trate", False),
        ("x\t240项\t\t241", False),
        ("x\t240项\t\t-", False),
        ("x\t240项\t\t\t\tabout", False),
        ("x\t240项\t\t\t\t\t2022-01-01/2023-12-31", False),
        ("x\t240项\t\t\t\t\t\t全市 | 全省", False),
        ("x\t241项", False),
        ("x\t", False),
    ],
)
def test_a_row_of_figures(line: str, holds: bool, tmp_path: Path) -> None:
    (row,) = lay(tmp_path / "extractors" / "count.tsv", FIGURES, line)
    assert (tables.problems(row, SEEN) == []) is holds


def test_a_blank_row_asks_only_for_its_own_kind(tmp_path: Path) -> None:
    (row,) = lay(tmp_path / "extractors" / "index.tsv", FIGURES, "x\t")
    assert tables.problems(row, SEEN) == []


def test_a_row_of_checks(tmp_path: Path) -> None:
    finding = SEEN.report.findings[0]
    surfaces = {figure.id: figure.surface for figure in SEEN.report.figures}
    claim, operands = surfaces[finding.claim], " | ".join(surfaces[name] for name in finding.operands)
    room = {"sum": "parts"}.get(finding.identity, finding.identity)
    right, verdict, order, claimless, nothing = lay(
        tmp_path / "checks" / f"{room}.tsv",
        CHECKS,
        f"x\t{claim}\t{operands}\t{finding.verdict}\t{finding.reason or '-'}",
        f"x\t{claim}\t{operands}\ttruncated",
        f"x\t{claim}\t{' | '.join(reversed(operands.split(' | ')))}",
        "x\t-",
        "x\t",
    )
    assert tables.problems(right, SEEN) == []
    for row in (verdict, order, claimless, nothing):
        assert tables.problems(row, SEEN) != []


def test_a_row_of_claims(tmp_path: Path) -> None:
    claimed, unclaimed, figure = lay(
        tmp_path / "extractors" / "period.tsv", "sentence\ttext\tsort\trule", "x\t去年\tperiod", "x\t各位", "x\t240项"
    )
    assert tables.problems(claimed, SEEN) == []
    assert "not found" in tables.problems(unclaimed, SEEN)[0]
    both: Any = SimpleNamespace(report=SEEN.report, view=SEEN.view, claims=(*SEEN.claims, AT_FIGURE))
    assert "came out as a figure" in tables.problems(figure, both)[0]


def test_escapes_and_numbers(tmp_path: Path) -> None:
    (row,) = lay(
        tmp_path / "extractors" / "money.tsv", "sentence\ttext\tvalue\tgap", "一\\n二\\t三\\\\n\t1\\t2\t-\tlater"
    )
    assert (row.sentence, row.text, row.cells, row.gap) == ("一\n二\t三\\n", "1\t2", {"value": None}, "later")
    assert tables._same("value", "1e3", "1000.0")
    assert not tables._same("value", "1000", "1000.1")


@pytest.mark.parametrize(
    ("head", "line"),
    [
        ("sentence\ttext\tcolour", "x\ty\tred"),
        ("text\tsentence", "y\tx"),
        ("sentence\ttext", "x\ty\tz"),
        ("sentence\ttext", " \ty"),
        ("sentence\ttext\tvalue", "x\t\t5"),
    ],
)
def test_a_table_that_is_not_one_is_refused(head: str, line: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"money\.tsv"):
        lay(tmp_path / "extractors" / "money.tsv", head, line)
