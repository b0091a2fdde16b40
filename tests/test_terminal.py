"""The report for a person: the whole of it once, then what each part promises."""

from __future__ import annotations

import ast
import re
import unicodedata
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from rich.text import Text

from heshu.pipeline.export import digest, picture, terminal, words, wrapping
from heshu.schemas import figure, finding, issue
from heshu.schemas.report import Coverage, Report
from tests.sample import sample

GOLDEN = Path(__file__).with_name("golden")
PIPELINE = Path(__file__).resolve().parent.parent / "pipeline"


def columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in line)


def changed(**fields: object) -> Report:
    report = sample()
    return msgspec.structs.replace(report, **fields)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_report_reads_as_the_reviewed_one(lang: words.Lang) -> None:
    assert terminal.text(sample(), lang=lang, width=80) == (GOLDEN / f"terminal.{lang}.txt").read_text("utf-8")


def test_what_disagrees_stands_before_what_was_cut_off_and_what_cannot_be_told() -> None:
    shown = terminal.text(sample())
    assert shown.index("✖ 增长") < shown.index("✂ 动工率") < shown.index("? 惠及群众") < shown.index("没有读懂")
    assert "✓ 226" not in shown


def test_a_reason_is_not_said_twice() -> None:
    report = sample()
    said = tuple(
        msgspec.structs.replace(f, message=finding.Message("约30万人；无法判断：是概数", "cannot tell: hedged"))
        if f.verdict == "cannot_tell"
        else f
        for f in report.findings
    )
    assert "概数词" in terminal.text(report)
    assert "概数词" not in terminal.text(changed(findings=said))


def test_a_flood_of_what_cannot_be_told_does_not_bury_the_rest() -> None:
    report = sample()
    untold = next(f for f in report.findings if f.verdict == "cannot_tell")
    flood = tuple(msgspec.structs.replace(untold, id=f"c{n}") for n in range(30))
    many = changed(findings=(*report.findings, *flood))
    assert terminal.text(many).count("? 惠及群众") == 12
    assert "另有 19 处无法判断" in terminal.text(many)
    assert terminal.text(many, everything=True).count("? 惠及群众") == 31


def test_what_agrees_is_listed_when_asked_for() -> None:
    assert "✓ 226 项 + 21 项 − 7 项 = 240 项" in terminal.text(sample(), everything=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nobody_is_accused(lang: words.Lang) -> None:
    shown = terminal.text(sample(), lang=lang, everything=True) + "".join(words.catalogue(lang).values())
    assert not re.search(r"造假|虚假|谎|\bfalse\b(?! alarm)|\bwrong\b|\blie|\bfake", shown, re.IGNORECASE)


@pytest.mark.parametrize("width", [32, 40, 60, 80, 100])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(width: int, lang: words.Lang) -> None:
    lines = terminal.text(sample(), lang=lang, width=width, everything=True).splitlines()
    assert max(map(columns, lines)) <= width


def test_a_text_without_figures_says_so() -> None:
    empty = changed(figures=(), findings=(), rankings=(), implied=(), issues=(), coverage=Coverage(0, 0, 0, 0, 0, ()))
    shown = terminal.text(empty)
    assert "没有读到数字" in shown
    assert "✓" not in shown
    assert "heshu explain" not in shown


def test_figures_that_cannot_be_compared_are_no_clean_bill() -> None:
    report = sample()
    ids = tuple(f.id for f in report.figures)
    shown = terminal.text(changed(findings=(), coverage=Coverage(len(ids), 0, 0, 0, 0, ids)))
    assert "没有找到可以互相核对的" in shown
    assert "没有发现" not in shown
    assert "等 16 个" in shown


def test_a_page_cannot_steer_the_terminal() -> None:
    report = sample()
    bad = "\x1b]0;owned\x07\x1b[2J\u202e"
    text = report.document.text.replace("新修农村公路", "\x1b[31m修\u202e")
    document = msgspec.structs.replace(report.document, title=bad + "标题", issuer=bad, source=bad, text=text)
    shown = terminal.text(msgspec.structs.replace(report, document=document), everything=True)
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)
    assert "标题" in shown


def test_colour_adds_escapes_and_no_words() -> None:
    coloured = terminal.text(sample(), colour=True)
    assert "\x1b[" in coloured
    stripped = "".join(line.rstrip() + "\n" for line in re.sub(r"\x1b\[[0-9;]*m", "", coloured).splitlines())
    assert stripped == terminal.text(sample())


def test_every_verdict_has_a_mark_and_every_style() -> None:
    assert set(digest.MARKS) == set(digest.WORST_FIRST) == set(terminal.STYLES) == set(get_args(finding.Verdict))
    assert len(set(digest.MARKS.values())) == 5


def test_both_languages_have_every_key() -> None:
    chinese, english = words.catalogue("zh"), words.catalogue("en")
    assert list(chinese) == list(english)
    for key in chinese:
        assert chinese[key].strip(), key
        assert english[key].strip(), key
        assert set(re.findall(r"{\w+}", chinese[key])) == set(re.findall(r"{\w+}", english[key])), key
        assert not re.search(r"[\u4e00-\u9fff]", english[key]), key
    rows = (PIPELINE / "export" / "words.tsv").read_text("utf-8").splitlines()
    assert {len(row.split("\t")) for row in rows} == {3}
    assert len({row.split("\t")[0] for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("prefix", "values"),
    [
        ("verdict", get_args(finding.Verdict)),
        ("reason", get_args(finding.Reason)),
        ("identity", get_args(finding.Identity)),
        ("issue", get_args(issue.IssueCode)),
        ("kind", get_args(figure.Kind)),
        ("bound", get_args(figure.Bound)),
        ("direction", get_args(figure.Direction)),
    ],
)
def test_every_word_of_the_contract_is_in_the_catalogue(prefix: str, values: tuple[str, ...]) -> None:
    known = {key.removesuffix(".one") for key in words.catalogue("zh") if key.startswith(f"{prefix}.")}
    assert {f"{prefix}.{value}" for value in values} == known


def test_every_key_that_is_said_exists_and_every_key_is_said() -> None:
    said = set()
    for path in [*(PIPELINE / "export").glob("*.py"), PIPELINE / "explain.py"]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                said |= {node.value} if re.fullmatch(r"(report|frame|explain)\.[\w.]+", node.value) else set()
    known = {
        key.removesuffix(".one") for key in words.catalogue("zh") if key.split(".")[0] in ("report", "frame", "explain")
    }
    assert said == known


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("开工率85.9%，较上年提升", 11, ["开工率", "85.9%，较上", "年提升"]),
        ("三项总计“二百四十项”", 9, ["三项总计", "“二百四十", "项”"]),
        ("6.2 points, 约30万人", 11, ["6.2 points,", "约30万人"]),
        ("x" * 20, 8, ["x" * 8, "x" * 8, "x" * 4]),
        ("", 8, [""]),
    ],
)
def test_lines_break_where_a_reader_expects(text: str, width: int, lines: list[str]) -> None:
    assert [line.plain for line in wrapping.fold(Text(text), width)] == lines


def test_a_name_too_long_for_its_line_goes_below() -> None:
    lines = wrapping.two_ends(Text("甲" * 10), Text("乙" * 8), 24)
    assert [line.plain for line in lines] == ["甲" * 10, " " * 8 + "乙" * 8]


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        ("1031670000000", "CNY", "10316.7亿"),
        ("12560000", "人", "1256万"),
        ("85.97560975609", "percent", "85.9756%"),
        ("-320000", "CNY", "-32万"),
        ("100000", "percent", "100000%"),
        ("240", "项", "240"),
    ],
)
def test_amounts_are_short(value: str, unit: str, shown: str) -> None:
    assert digest.amount(value, unit) == shown


def test_a_quote_holds_the_clauses_of_its_figures_and_marks_them() -> None:
    report = sample()
    (quote,) = digest.quotes(report, next(f for f in report.findings if f.verdict == "truncated"))
    assert quote.text == "其中64项新开工工程已动工53项，动工率82.8%"
    assert [quote.text[a:b] for a, b in quote.marks] == ["64项", "53项", "82.8%"]


def test_a_quote_over_a_long_stretch_keeps_every_figure() -> None:
    report = sample()
    filling = "，" + "其余情况不再一一列举" * 30
    text = report.document.text.replace("，比前年多修", filling + "，比前年多修")
    shift = len(filling)
    moved = tuple(
        msgspec.structs.replace(f, start=f.start + shift, end=f.end + shift) if f.surface in ("210公里", "25%") else f
        for f in report.figures
    )
    document = msgspec.structs.replace(report.document, text=text)
    long = msgspec.structs.replace(report, document=document, figures=moved)
    (quote,) = digest.quotes(long, next(f for f in long.findings if f.verdict == "disagrees"))
    assert [quote.text[a:b] for a, b in quote.marks] == ["1260公里", "210公里", "25%"]
    assert "…" in quote.text
    assert len(quote.text) < 200


def test_the_habit_names_only_rates_that_tell_rounding_from_cutting() -> None:
    report = sample()
    assert digest.rounding_habit(report) == digest.Habit(("110.4%",), ("82.8%",))
    without = [f for f in report.findings if f.verdict != "truncated"]
    assert "四舍五入（110.4%）" not in terminal.text(changed(findings=tuple(without)))


def test_the_picture_fetches_nothing_and_is_well_formed() -> None:
    lines = terminal.lines(sample(), width=80)
    drawn = picture.svg(lines, width=80)
    root = ElementTree.fromstring(drawn)
    assert "".join(root.itertext()).count("不一致") >= 2
    assert not re.search(r"url\(|@import|<script|href", drawn)
    width = float(root.attrib["width"])
    for run in root.iter("{http://www.w3.org/2000/svg}text"):
        assert float(run.attrib["x"]) + float(run.attrib["textLength"]) <= width
