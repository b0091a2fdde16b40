"""Comparing two readings: one changed digit is one changed figure; what is moved, reworded or marked up is none."""

from __future__ import annotations

import re

import pytest

from heshu.pipeline import run
from heshu.pipeline.watch import changes
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source
from tests.archives import PAGES


def read(text: str) -> Report:
    return run.report(Source("x", text.encode()))


def kinds(old: Report, new: Report) -> list[tuple[str, str | None, str | None]]:
    return [
        (each.kind, each.old.surface if each.old else None, each.new.surface if each.new else None)
        for each in changes(old, new)
    ]


def body(place: int) -> str:
    return run.report(Source("x", PAGES[place].read_bytes())).document.text


@pytest.mark.parametrize(
    ("place", "step"),
    [*((place, 9) for place in range(0, len(PAGES), 4)), *(pytest.param(place, 1, marks=pytest.mark.slow) for place in range(len(PAGES)))],
)
def test_one_changed_digit_is_one_changed_figure(place: int, step: int) -> None:
    old = read(body(place))
    text, tried = old.document.text, 0
    for figure in old.figures[::step]:
        if (digit := re.search(r"\d", text[figure.start : figure.end])) is None:
            continue
        at = figure.start + digit.start()
        new = read(text[:at] + str((int(text[at]) + 3) % 9 + 1) + text[at + 1 :])
        found = changes(old, new)
        if text[at] == new.document.text[at]:
            assert not found
            continue
        tried += 1
        assert [change.kind for change in found] == ["changed"]
        assert found[0].old == figure
        assert found[0].new is not None
        assert new.document.text[found[0].new.start : found[0].new.end] == found[0].new.surface
    assert tried


@pytest.mark.parametrize("place", range(0, len(PAGES), 3))
def test_what_is_only_rewritten_is_no_change(place: int) -> None:
    text = body(place)
    old = read(text)
    assert old.figures
    assert not changes(old, old)
    moved = "\n".join(["主持人：", "大家好，会议现在开始，请各位记者就座。", text])
    assert not changes(old, read(moved))


def test_two_figures_that_change_places_have_both_changed() -> None:
    old = read("全市新建项目325个，续建项目352个。")
    new = read("全市新建项目352个，续建项目325个。")
    assert kinds(old, new) == [("changed", "325个", "352个"), ("changed", "352个", "325个")]


def test_sentences_that_change_places_have_not_changed() -> None:
    one, other = "全市新建项目325个。", "社会消费品零售总额812.5亿元，增长3.2%。"
    assert kinds(read(one + other), read(other + one)) == []


def test_what_is_gone_and_what_is_new() -> None:
    old = read("全市新建项目325个，总投资812.5亿元。旅客发送量3.2万人次。")
    new = read("全市新建项目325个。旅客发送量3.2万人次。查处案件17起。")
    assert kinds(old, new) == [("vanished", "812.5亿元", None), ("new", None, "17起")]
    assert kinds(new, old) == [("new", None, "812.5亿元"), ("vanished", "17起", None)]


def test_a_figure_in_other_words_is_found_again() -> None:
    old = read("截至6月底，全市重大重点项目完成投资812.5亿元，占年度计划的60.2%。")
    new = read("截至6月底，全市重大重点项目累计完成投资821.5亿元，占年度计划的60.2%。")
    assert kinds(old, new) == [("changed", "812.5亿元", "821.5亿元")]


def test_the_same_amount_in_another_unit_is_the_same_figure() -> None:
    old, new = read("全市完成投资3000万元。"), read("全市完成投资0.3亿元。")
    assert kinds(old, new) == []
    assert kinds(old, read("全市完成投资3.0亿元。")) == [("changed", "3000万元", "3.0亿元")]
