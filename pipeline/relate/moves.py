"""Which two levels a movement lies between: 由203家增加到1124家, 由2.31缩小到2.12, 由第七位升至第四位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from . import role_words as words
from .items import Item
from .ledger import Ledger


class Move(NamedTuple):
    """``verb`` says that what was ``then`` is ``now`` more (``up``) or less; of a rank that it is better."""

    then: Item
    now: Item
    verb: str
    up: bool
    template: str = "from one to another, by the verb"


OVER = "a figure and that of another, by the verb between"
_UP = re.compile(
    r"(?P<verb>增加|增长|增多|增|上升|升|提高|提升|抬高|抬升|扩大|扩充|扩容|扩建|扩展|扩张|扩招|扩|跃升|跃|攀升|"
    r"上涨|涨|发展|拓展|拓宽|拓|上调|调高|调增|调升|"
    r"壮大|加密|加长|加宽|加深|加快|延长|延伸|拉长|放宽|"
    r"前移|前进|上移|晋升|进|晋|冲|飙升|飙|猛增|激增|跳升|跳|翻|回升|反弹|做大|做强|走高|上浮)"
    r"(?:到|至|为|成|居)了?[^，。；;\d]{0,6}?$"
)
_DOWN = re.compile(
    r"(?P<verb>减少|精减|精简|减轻|减缓|裁减|核减|削减|缩减|消减|减|"
    r"下降|降低|降|回落|落|缩小|缩短|缩|压减|压缩|压降|压|收窄|收缩|下调|调减|调低|调降|"
    r"下跌|跌|下滑|滑|后移|后退|退|下移|合并|整合|归并|砍|走低|下浮|放缓|放慢|下探)(?:到|至|为|成|居)了?[^，。；;\d]{0,6}?$"
)
_THAN = re.compile(
    r"^(?:均|也|仍|已|明显|略|远|大幅|显著|总体)*"
    r"(?P<verb>(?P<up>高于|超过|超出|大于|多于|快于|长于|优于|好于|领先)|(?P<down>低于|少于|小于|慢于|短于|不及|不如|落后于?))"
    r"(?P<whom>[^，。；;]{1,14})$"
)
_WHOM = re.compile(
    r"全国|全省|全市|全县|全区|全球|世界|平均|同期|上年|去年|前年|上月|上季|整体|总体|"
    r"同行业|同类|周边|年初|疫情前|20\d\d年|西部|东部|中部|城镇|农村|城市"
)
_MANY_BETTER = re.compile(r"优于|好于|领先")
_KINDS = ("count", "money", "quantity", "rate", "index", "duration", "rank")


def moves(ledger: Ledger) -> Iterator[Move]:
    """One per pair of levels with 由, 从 before the first and a verb that ends in 到, 至, 为 before the second."""
    for then, now in pairwise(ledger.items):
        same = then.reading.kind == now.reading.kind and then.reading.kind in _KINDS and then.unit == now.unit
        if same and (over := _over(ledger, then, now)) is not None:
            yield over
        if not same or not _joined(ledger, then, now):
            continue
        before = words.WHEN.sub("", now.near)
        up, down = _UP.search(before), _DOWN.search(before)
        m = up or down
        if m is not None and "的" not in re.split(re.escape(m["verb"]), ledger.gap(then, now))[0]:
            yield Move(then, now, m["verb"], up is not None)


def _over(ledger: Ledger, own: Item, other: Item) -> Move | None:
    """质量竞争力指数88.46，高于全省85.12: what is said to be above or below whom, both figures printed."""
    m = _THAN.match(other.near)
    if m is None or not _WHOM.search(m["whom"] + other.tail[:8]) or own.sentence != other.sentence or own.bracket != other.bracket:
        return None
    plain = all(x.reading.value is not None and x.reading.bound is None and not x.listed for x in (own, other))
    if not plain or own.role in ("from", "increment", "prior", "reference") or re.search(r"[；;。、(]", ledger.gap(own, other)):
        return None
    # 优于 says better, not more.
    return None if _MANY_BETTER.search(m["verb"]) else Move(other, own, m["verb"], m["up"] is not None, OVER)


_EVERY = re.compile(r"每[^，。；;、的]{0,4}?(?:日|天|周|旬|月|季度|季|年|小时|分钟|班)|每$")
_BELOW_ZERO = re.compile(r"亏损?|逆差|赤字|负(?!债|责|担|荷)|零下|以下|缺口")


def _comparable(then: Item, now: Item) -> bool:
    """Not 由3个工作日压缩至4小时, 由每月2次加密到每周1次, 从亏损3.2亿元提升到盈利1.1亿元."""
    if then.reading.kind in ("duration", "quantity") and then.reading.unit != now.reading.unit:
        return False
    often = [m[0] if (m := _EVERY.search(x.near)) else "" for x in (then, now)]
    if "每" in often or (often[1] and often[0] != often[1]):
        return False
    signs = [bool(_BELOW_ZERO.search(x.near[-8:])) for x in (then, now)]
    return signs[0] == signs[1]


def _joined(ledger: Ledger, then: Item, now: Item) -> bool:
    """由 stands before the first, both have one value and no sign of a fall, and no mark but a comma divides them."""
    plain = all(x.reading.value is not None and x.role != "growth" for x in (then, now)) and _comparable(then, now)
    begun = bool(re.search(r"[由从][^，。；;]{0,24}$", then.near))
    return plain and begun and then.sentence == now.sentence and then.bracket == now.bracket and not re.search(r"[；;。、(]", ledger.gap(then, now))
