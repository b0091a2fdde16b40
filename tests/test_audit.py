"""What was not understood is said, under the right code, and nothing else is."""

from __future__ import annotations

import pytest

from heshu.pipeline import audit, extract
from heshu.pipeline.view import view


def issues(text: str) -> list[tuple[str, str]]:
    seen = view(text)
    found = extract.figures(seen)
    return [(i.code, i.surface) for i in audit.issues(text, seen, found.readings, found.claims, found.lists)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("合格率提高3.23%。", [("unit_misuse", "3.23%")]),
        ("覆盖率为92.1%，比上年提高4.5%。", [("unit_misuse", "4.5%")]),
        ("过夜游客较2019年同期增长34.6个百分点。", [("unit_misuse", "34.6个百分点")]),
        ("合格率提高3.23个百分点。", []),
        ("工业用电量提高3.2%。", []),
        ("服务效率提升50%。", []),
        ("居民收入增长3.2%，增速比全国高0.4个百分点。", []),
        ("截至2021年2月30日，工程完工。", [("invalid_date", "2021年2月30日")]),
        ("2021年2月29日开工。", [("invalid_date", "2021年2月29日")]),
        ("2020年2月29日开工。", []),
        ("2月29日开工。", []),
        ("13月份进度加快。", [("invalid_date", "13月份")]),
        ("9月31日签约。", [("invalid_date", "9月31日")]),
        ("2020-2018年累计投入3亿元。", [("invalid_date", "2020-2018年")]),
        ("本级财力1.2.3亿。", [("ambiguous_figure", "1.2.3亿")]),
        ("总数12,34个。", [("ambiguous_figure", "12,34")]),
        ("突破5000万大关。", [("unknown_unit", "5000万")]),
        ("编组为X347与八六。", []),
        ("数值为8848噢。", [("unread_digits", "8848")]),
        ("完成投资①⑧②④亿元。", [("unread_digits", "①⑧②④")]),
        ("①个人所得税增长5%；②万达广场开业。", []),
        ("å…¨å¸‚å®Œæˆ\u0090æŠ•èµ„ 586 ä¸ª", [("unread_digits", "586")]),
    ],
)
def test_issues(text: str, expected: list[tuple[str, str]]) -> None:
    assert issues(text) == expected


def test_a_long_surface_is_cut_in_the_message_only() -> None:
    digits = "7" * 90
    text = f"共{digits}个"
    seen = view(text)
    (issue,) = audit.issues(text, seen, [], [], [])
    assert issue.surface == digits
    assert digits not in issue.message.zh
    assert digits[:40] in issue.message.en
