"""Figures of a headline and the figures of the text that they stand for: 【接种突破150万剂】… 累计接种150.37万剂."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

TEMPLATE = "a headline and its text"
_BRACKET = re.compile(r"\s*【[^】\n]{4,60}】")
_LINE = re.compile(r"[^\n。！？；;]{4,60}\n")
# A first sentence of one figure says what the text will say: 截至目前，城区征收已完成签约93%。
_LEAD = re.compile(r"\s*[^\n。！？；;]{6,40}。")
_REACH = 12
_COMMON = 2
_MUCH = 2
_EVERYWHERE = ("同比", "增长", "下降", "完成", "实现", "达到", "全市", "全省")


def headline_end(text: str) -> int:
    """Where the headline of a text ends: a bracket 【…】, or a first line without a full stop; 0 where there is none."""
    m = _BRACKET.match(text) or _LINE.match(text)
    if m is None and (lead := _LEAD.match(text)) is not None and len(re.findall(r"\d+(?:\.\d+)?(?![\d.年月日])", lead[0])) == 1:
        m = lead
    return m.end() if m else 0


def behind(ledger: Ledger, headline: Item, end: int) -> Item | None:
    """The first figure of the text with the unit and a name in common with one of the headline."""
    lead = ledger.text[:end].rstrip().endswith("。")
    if lead and headline.reading.kind != "rate" and headline.reading.bound is None:
        # A number said again in the next sentence is no more than that.
        return None
    for item in ledger.items[headline.n + 1 : headline.n + _REACH]:
        same = item.start >= end and item.unit == headline.unit and item.reading.kind == headline.reading.kind and item.direction == headline.direction
        if item.months != headline.months and item.months and headline.months:
            continue
        if not same or item.reading.value is None or (item.role == "plan" != headline.role) or not _share_name(headline, item):
            continue
        # 每月60万户以上 is no headline of 上半年998.3万户.
        return item if abs(item.value) <= abs(headline.value) * _MUCH or headline.reading.bound is None else None
    return None


def _share_name(a: Item, b: Item) -> bool:
    if a.metric is not None and a.metric == b.metric:
        return True
    words = a.near + a.tail
    pairs = {words[i : i + _COMMON] for i in range(len(words) - 1)}
    return any(p in b.words for p in pairs if re.fullmatch(r"[\u4e00-\u9fff]{2}", p) and p not in _EVERYWHERE)
