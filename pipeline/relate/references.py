"""The rate that another one is compared with, named behind the difference: 提高1.5个百分点，上年为5.0%; (当时下降2.1%)."""

from __future__ import annotations

import re
from typing import NamedTuple

from .items import Item
from .ledger import Ledger


class Gap(NamedTuple):
    """``claim`` states how far ``own`` and ``reference`` are apart."""

    claim: Item
    own: Item
    reference: Item
    template: str


TEMPLATE = "the reference rate named right behind"
_BEHIND = re.compile(
    r"^(?P<ref>(?:上年|去年|上月|上季度?|上次|(?:19|20)\d\d年)(?:同期|末|底|同月)?|前?[一二三四]季度|上半年|前\d{1,2}个?月|\d{1,2}月份?|"
    r"全[国省市区县州]平均|全[国省市区县州]|年初|[^，。；;]{2,10}?(?:目标|要求|标准|计划|任务|平均|水平|均值))"
    r"(?:这一(?:数据|数字|比例|指标)|该(?:数据|比例|指标)|水平|增速|增幅|降幅|涨幅|平均)?(?:为|是|只有|仅为|在)?(?:增长|下降|上涨|上升)?$"
)
_ANYBODY = re.compile(r"^(?:而)?(?P<ref>[^，。；;]{2,8}?)(?:平均|水平)?(?:为|是|仅为)$")


def behind(ledger: Ledger, item: Item, rates: list[Item]) -> Gap | None:
    """The earlier rate in a bracket, or one whose name the difference has named; ``rates`` are those before, the nearest first."""
    after = ledger.items[item.n + 1] if item.n + 1 < len(ledger.items) else None
    if after is None or after.reading.kind != "rate":
        return None
    bracketed = after.bracket >= 0 and after.bracket != item.bracket
    if bracketed and rates and re.search(r"当时|(?:上年|去年|同期|\d月)[^，]*$", after.near):
        return Gap(item, rates[0], after, "the earlier rate in brackets behind")
    mine = next((r for r in rates if r.role not in ("reference", "from")), None)
    if after.sentence != item.sentence or mine is None or mine.bracket != item.bracket:
        return None
    return Gap(item, mine, after, TEMPLATE) if _named(item, after) else None


def _named(item: Item, after: Item) -> bool:
    """Whether the difference names what the rate behind is said of: 高于目标2个百分点，目标是88%; 同比提高…，去年同期为…."""
    m = _BEHIND.match(after.near)
    if m is not None:
        return m["ref"] in item.near.replace("比例", "") or (m["ref"][:2] in ("上年", "去年") and "同比" in item.near)
    m = _ANYBODY.match(after.near)
    return m is not None and bool(re.search(rf"[比较于出过]{re.escape(m['ref'])}", item.near))
