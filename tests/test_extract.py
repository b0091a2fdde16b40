"""What is read from a text: invariants on anything, tables, ties between rooms."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heshu.extractors._numerals import arabic, chinese
from heshu.extractors._rule import Unit
from heshu.extractors._series import ranges
from heshu.pipeline import audit, extract
from heshu.pipeline.view import view
from heshu.schemas.transcript import Cell, Table, View
from tests import tables

PIECES = (
    *"0123456789" * 2, *"０９，。,.:;、()（）%‰-—~至到/+×=“”", *"一二三四五六七八九十百千万亿两零〇半双成折倍多余几约超近",
    "万亿", "亿元", "万元", "元", "美元", "个", "个百分点", "百分之", "分之", "人次", "公里", "年", "月", "日", "季度", "以上", "以下", "左右", "同比",
    "增长", "下降", "第", "前", "位", "名", "持平", "翻番", "\n", "\t", " ", "\u3000", "\u200b", "e", "E", "∞", "NaN", "١", "①", "㎡", "1e400", "9" * 25,
)
ANYTHING = st.lists(st.sampled_from(PIECES), max_size=24).map("".join)


def _holds(text: str) -> None:
    """Reading ``text`` raises nothing, and what is read is finite, ordered and in its place."""
    seen = view(text)
    found = extract.figures(seen)
    last = 0
    for reading in found.readings:
        assert last <= reading.start < reading.end <= len(seen.text)
        last = reading.end
        numbers = [n for n in (reading.value, reading.low, reading.high, reading.step) if n is not None]
        assert all(n.is_finite() and n.adjusted() <= 40 for n in numbers)
        if reading.low is not None and reading.high is not None:
            assert reading.low <= reading.high
            assert reading.value is None or reading.low <= reading.value <= reading.high
        start, end = seen.span(reading.start, reading.end)
        assert view(text[start:end]).text.strip() == seen.text[reading.start : reading.end].strip()
    for issue in audit.issues(text, seen, found.readings, found.claims, found.lists):
        assert text[issue.start : issue.end] == issue.surface


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_nothing_that_is_printed_breaks_the_reading(text: str) -> None:
    _holds(text)


@pytest.mark.slow
@given(ANYTHING)
@settings(max_examples=10_000, deadline=None)
def test_ten_thousand_strings(text: str) -> None:
    _holds(text)


@given(ANYTHING)
@settings(max_examples=400, deadline=None)
def test_every_run_of_digits_is_read_claimed_or_an_issue(text: str) -> None:
    seen = view(text)
    found = extract.figures(seen)
    spans = [(r.start, r.end) for r in found.readings] + [(c.start, c.end) for c in found.claims] + [x.head for x in found.lists]
    problems = audit.issues(text, seen, found.readings, found.claims, found.lists)
    for at, c in enumerate(seen.text):
        if c in "0123456789" and not any(start <= at < end for start, end in spans):
            printed = seen.span(at, at + 1)[0]
            assert any(issue.start <= printed < issue.end for issue in problems)


@pytest.mark.parametrize("digits", ["9" * 24, "1" + "0" * 23])
def test_a_long_number_is_exact(digits: str) -> None:
    (reading,) = extract.figures(view(f"共计{digits}个。")).readings
    assert reading.value == Decimal(digits)


@pytest.mark.parametrize("digits", ["9" * 25, "9" * 4301, "1" + ",000" * 9])
def test_a_longer_one_is_an_issue(digits: str) -> None:
    text = f"共计{digits}个。"
    seen = view(text)
    found = extract.figures(seen)
    assert found.readings == []
    (issue,) = audit.issues(text, seen, found.readings, found.claims, found.lists)
    assert (issue.code, issue.surface) == ("unread_digits", digits)


def _table(*rows: str) -> tuple[str, Table]:
    text = "\n".join(rows)
    cells, at = [], 0
    for y, row in enumerate(rows):
        for x, cell in enumerate(row.split("\t")):
            cells.append(Cell(at, at + len(cell), y, x))
            at += len(cell) + 1
    return text, Table(0, len(text), tuple(cells))


@pytest.mark.parametrize(
    ("rows", "surface", "expected"),
    [
        (("指标（单位：亿元）\t数额", "税收\t36.5"), "36.5", ("money", Decimal("3650000000"), "CNY")),
        (("指标\t投资（万元）\t项目（个）", "东区\t1,234\t17"), "1,234", ("money", Decimal(12340000), "CNY")),
        (("指标\t投资（万元）\t项目（个）", "东区\t1,234\t17"), "17", ("count", Decimal(17), "个")),
        (("指标\t比上年增长", "东区\t-3.4"), "-3.4", ("rate", Decimal("-3.4"), "percent")),
        (("指标\t计量\t数额", "里程\t公里\t86"), "86", ("quantity", Decimal(86), "公里")),
        (("指标\t较上年（百分点）", "占比\t1.2"), "1.2", ("points", Decimal("1.2"), "percentage_point")),
    ],
)
def test_a_cell_takes_the_unit_of_its_head(rows: tuple[str, ...], surface: str, expected: tuple[str, Decimal, str]) -> None:
    text, table = _table(*rows)
    seen = view(text)
    read = {text[slice(*seen.span(r.start, r.end))]: r for r in extract.figures(seen, (table,)).readings}
    assert (read[surface].kind, read[surface].value, read[surface].unit) == expected


def test_a_cell_without_a_unit_stays_unread() -> None:
    text, table = _table("指标\t数额", "东区\t35")
    assert extract.figures(view(text), (table,)).readings == []


def _ties(seen: View) -> list[str]:
    """Numerals of which two rooms make different readings of one length."""
    text = seen.text
    rules = [(room, rule) for room, each in extract.rooms().items() for rule in each if isinstance(rule, Unit)]
    found = []
    for numeral in ranges(text, sorted([*arabic(text), *chinese(text)])):
        ends: dict[int, dict[str, str]] = {}
        for room, rule in rules:
            m = rule.pattern.match(text, numeral.end)
            reading = rule.build(text, numeral, m, rule.name) if m and text[numeral.end : numeral.end + 1] in rule.first else None
            if reading is not None:
                ends.setdefault(reading.end, {})[room] = f"{reading.kind} {reading.unit}"
        longest = ends[max(ends)] if ends else {}
        if len(set(longest.values())) > 1:
            found.append(f"{text[numeral.start : max(ends)]}: {longest}")
    return found


@pytest.mark.parametrize("table", [t for t in tables.tables() if t.parent.name == "extractors"], ids=lambda t: str(t.stem))
def test_no_two_rooms_read_one_number_alike_long(table: object) -> None:
    assert [tie for row in tables.read(table) for tie in _ties(view(row.sentence))] == []  # type: ignore[arg-type]
