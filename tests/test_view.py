"""The view sees through the shape of characters, and every span leads back to what was printed."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from heshu.pipeline.view import view


@pytest.mark.parametrize(
    ("printed", "seen"),
    [
        ("１２３．４％", "123.4%"),
        ("９，２１５亿元", "9，215亿元"),
        ("9465.40 万人", "9465.40万人"),
        ("增长 18.6 %", "增长18.6%"),
        ("第16 位", "第16位"),
        ("办件5 258件", "办件5258件"),
        ("共12 345 678件", "共12345678件"),
        ("PM 2.5 and CO 2", "PM 2.5 and CO 2"),
        ("1—5月，1～7月，−0.6‰", "1-5月，1~7月，-0.6‰"),
        ("6.9∶52.4∶40.7", "6.9:52.4:40.7"),
        ("項(xiàng)目3個(gè)", "项目3个"),
        ("億元、佔比", "亿元、占比"),
        ("12\u200b3\u2060个", "123个"),
        ("٣٫٥ ١٢", "3٫5 12"),
        ("全年累计完成固定资产投资项目的投资额为1824.9\n亿元", "全年累计完成固定资产投资项目的投资额为1824.9亿元"),
        ("共12\n个人", "共12\n个人"),
        ("㎡", "㎡"),
    ],
)
def test_shapes(printed: str, seen: str) -> None:
    assert view(printed).text == seen


@example("11111111111111111111\n\u200b万")
@given(st.text(alphabet="０1２ 3，,.．\u200b\u3000亿億(àng)項\n年万个%A", max_size=60))
def test_every_character_of_the_view_has_its_place(printed: str) -> None:
    seen = view(printed)
    places = [seen.span(at, at + 1) for at in range(len(seen.text))]
    assert all(end == start + 1 for start, end in places)
    assert [start for start, _ in places] == sorted({start for start, _ in places})
    assert view("".join(printed[start] for start, _ in places)).text.replace(" ", "") == seen.text.replace(" ", "")


def test_a_span_takes_in_what_the_view_leaves_out() -> None:
    printed = "投资 9465.40 万元，增长"
    seen = view(printed)
    start = seen.text.index("9")
    begin, end = seen.span(start, seen.text.index("元") + 1)
    assert printed[begin:end] == "9465.40 万元"
