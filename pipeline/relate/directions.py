"""Which way a figure moved where no verb touches it, and which figures only look as if they moved.

>>> 降低物流成本15% → down; 减少碳排放12万吨 → down; 占比提升至56.3% → None; 低于全国0.4个百分点 → None
"""

from __future__ import annotations

import re

from ...schemas.figure import Direction
from . import role_words as words
from .items import Item

_UP = "增加|提高|提升|扩大|增长|上调|延长|拉长|上浮|拉高|推高|抬高|多接待|多安排|多吸纳|多招收|多发放"
_DOWN = "减少|压减|压缩|缩短|降低|削减|精简|缩减|拉低|下拉|压降|下调|核减|减亏|裁减|少花|少跑|少用|少漏"
_FILL = r"(?:了|约|近|达到?|超过?|分别|均|各|逾|至少|不少于)*"
# 减少碳排放12万吨, 提高工效30%: what is changed stands between the verb and the figure.
_WITH_OBJECT = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?![到至为的了]|比例|幅度)[\u4e00-\u9fffA-Za-z]{{1,8}}(?<![率比值度额占到至为的是量])(?<!人员){_FILL}$"
)
_WITH_RATE = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^，。,；;、0-9]{{1,10}}(?:率|比重|占比|增速){_FILL}$")
# 降幅最大，达43.5%: the noun stands in the clause before.
_NOUN_BEFORE = re.compile(r"(?:(?P<down>降幅|跌幅|减幅)|(?P<up>增幅|涨幅|升幅|增速))[^，。,；;0-9]{0,6}[，,](?:高?达到?了?|为|仅为?|仅有|超过?)$")
_DRAGS = re.compile(rf"(?:拖累|下拉)[^，。,；;、0-9]{{0,10}}{_FILL}$")
_FLOWS = re.compile(rf"净(?:流(?:(?P<down>出)|(?P<up>入)))[^，。,；;、0-9]{{0,4}}{_FILL}$")
_NATURAL = re.compile(r"自然增长率[^，。,；;、0-9]{0,10}$")
_REACHED = re.compile(r"(?:[增减升降]|提高|提升|上升|下降|降低|扩大|回升|回落|压减|缩小|上调|下调)(?:至|到|为)了?约?$")
# 降幅收窄至6.4%: the rate that is reached is still one of a fall.
_GROWTH_REACHED = re.compile(r"(?:(?P<down>降幅|跌幅|减幅)|(?P<up>增幅|涨幅|升幅|增速|增长率(?<!自然增长率)))[^，。,；;、0-9]{0,12}$")
_PAST = re.compile(
    r"(?:[比较]|[高低快慢]于)(?:去年|上年|上一|上月|上季|上周|上期|上届|上半年|前年|年初|同期|往年|[一二三]季度|前[0-9一二三]|(?:19|20)[0-9]{2}年|“?十[一二三四]?五|[0-9]{1,2}月|[0-9一二三四五十]{1,2}年前)"
)
_GOAL = re.compile(r"比[^，。,；;]{0,12}(?:目标|指标|计划)[^，。,；;]{0,8}[多少]出?了?$")
_NO_CHANGE = frozenset(("to", "from", "plan", "reference", "progress", "recovered", "completion", "share", "contribution"))


def settle(items: list[Item]) -> None:
    """Set or take away the direction of every item; roles stay as they are."""
    for item in items:
        kind = item.reading.kind
        if kind in ("rank", "threshold") or item.reading.direction is not None:
            continue
        if item.listed and item.n:
            item.direction = item.direction or items[item.n - 1].direction
        elif item.role == "gap":
            item.direction = _against_the_past(item, items[item.n - 1] if item.n else None)
        elif kind == "rate" and item.reading.value is not None and item.reading.value < 0 and item.lead:
            # 起数-6.4%: the printed sign says it; a cell of a table has no words before it.
            item.direction = item.direction or "down"
        elif _looks_moved(item, kind):
            item.direction = None
        elif kind == "rate" and item.role == "to" and (noun := _GROWTH_REACHED.search(item.near)):
            item.direction = "down" if noun["down"] else "up"
        elif item.direction is None and item.role not in _NO_CHANGE:
            _moved(item, kind)


def _looks_moved(item: Item, kind: str) -> bool:
    """比目标少12万吨, 自然增长率-0.6‰, 占比提升至26%: words of a change, and no change."""
    if kind != "rate":
        return item.role == "increment" and bool(_GOAL.search(item.near))
    reached = item.role == "growth" and _REACHED.search(item.near) and re.search("占比|比重|份额", item.near)
    return bool(_NATURAL.search(item.near) or reached)


def _against_the_past(item: Item, before: Item | None) -> Direction | None:
    """比去年同期低0.7个百分点 is a change, 低于全国0.7个百分点 is none."""
    said = item.near
    if before is not None and before.role in ("reference", "prior") and before.sentence == item.sentence:
        said = before.near + said
    if not _PAST.search(said):
        return None
    return "down" if words.GAP_DOWN.search(item.near) else "up"


def _moved(item: Item, kind: str) -> None:
    near = item.near
    m = _WITH_OBJECT.search(near) or _FLOWS.search(near)
    if kind == "points" and _DRAGS.search(near):
        item.direction = "down"
    if m is None and kind == "points":
        m = _WITH_RATE.search(near)
    if m is None and kind == "rate" and item.role == "bare":
        m = _NOUN_BEFORE.search(item.lead)
    if m is not None:
        item.direction = "down" if m["down"] else "up"
