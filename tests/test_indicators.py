"""The names of what is measured: canonical, unique, specific."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from heshu.pipeline import run
from heshu.schemas.transcript import Source

TABLE = Path(__file__).parent.parent / "pipeline" / "relate" / "indicators.tsv"
with TABLE.open(encoding="utf-8", newline="") as lines:
    ROWS = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
KINDS = {"count", "money", "rate", "quantity", "duration", "index"}


def test_canonical_names_and_kinds() -> None:
    assert len(ROWS) >= 300
    assert [r["metric"] for r in ROWS if not re.fullmatch(r"[a-z0-9_]+(\.[a-z0-9_]+)*", r["metric"])] == []
    assert len({r["metric"] for r in ROWS}) == len(ROWS)
    assert {r["kind"] for r in ROWS} == KINDS


def test_aliases_are_unique_and_longer_than_a_character() -> None:
    count = Counter(alias for r in ROWS for alias in r["aliases"].split("|"))
    assert [a for a, n in count.items() if n > 1] == []
    assert [a for a in count if len(a) < 2 or a != a.strip()] == []


@pytest.mark.parametrize(
    ("text", "surface", "metric"),
    [
        ("全年完成固定资产投资412.6亿元。", "412.6亿元", "investment.fixed"),
        ("全市政府性基金预算收入86.4亿元。", "86.4亿元", "finance.fund_revenue"),
        ("年末本外币各项存款余额3186.4亿元。", "3186.4亿元", "deposit"),
        ("全年原保险保费收入52.3亿元。", "52.3亿元", "insurance.premium"),
        ("全市森林覆盖率达到41.7%。", "41.7%", "environment.forest"),
        ("全年接待国内游客863.2万人次。", "863.2万人次", "tourism.visitors"),
        ("全年快递业务量4.6亿件。", "4.6亿件", "consumption.express"),
        ("职工平均工资8.6万元。", "8.6万元", "income.wage"),
        ("全市有店铺47家。", "47家", None),
    ],
)
def test_figures_get_the_metric_that_their_words_name(text: str, surface: str, metric: str | None) -> None:
    report = run.report(Source(name="made.txt", data=text.encode()))
    (figure,) = [f for f in report.figures if f.surface == surface]
    assert figure.metric == metric
