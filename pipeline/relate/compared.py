"""A level, what it is compared with, and how far the two are apart: 建成5120个，比5000个的目标多出120个."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .items import Item
from .parts import Partition

COMPARED = "a level, what it is compared with, and the difference"
_REACH = 8
_MEASURED = ("count", "money", "quantity", "duration")
_WITH = re.compile(r"(?:比|较|与|同)[^，。；;]{0,16}$")
_APART = re.compile(
    r"^(?:的)?[\u4e00-\u9fff]{0,6}?(?P<verb>净增|增加|增长|多出?|减少|少|下降|压缩|缩短|缩减|降低|高出?|低|快|慢|提高|提前|节约|节省)[发产用收供排跑缴招]?(?:了)?$"
)
_PER = re.compile(r"[日月年]均")
_BELOW = re.compile(r"减少|少|下降|压缩|缩短|缩减|降低|低|快|提前|节约|节省")


_SAID_OF = re.compile(r"^(?P<name>[\u4e00-\u9fff]{2,8}?)[比较](?:去年|上年|上月|上周|上季|前年|(?:19|20)\d\d年|\d{1,2}月)")
_NOBODY = re.compile(r"同比|环比|相比|其中|也|均|都|分别|数量|总量|总数")


_MEASURE = re.compile(r"(?:件数|人数|数量|总量|总额|金额|数|量)$")


def said_of(reference: Item) -> str:
    """水电比去年同月的: what the comparison is said of, where the clause names it; empty where it goes on from the level."""
    m = _SAID_OF.match(reference.near)
    return "" if m is None or _NOBODY.search(m["name"]) else _MEASURE.sub("", m["name"])[:4]


def compared(items: list[Item], text: str, known: list[Partition]) -> Iterator[Partition]:
    """One per reference and difference with no mark between them, and a level before; none that is ``known`` already.

    The level is the nearest of the unit, at most one sentence before.
    """
    bound = {p.parts[-1] for p in known if p.template == "the earlier level and the increment"}
    for reference, change in pairwise(items):
        if change.n in bound or reference.unit != change.unit or reference.sentence != change.sentence:
            continue
        m = _APART.match(text[reference.end : change.start])
        if m is None or not _WITH.search(reference.near) or change.reading.kind not in _MEASURED:
            continue
        if change.reading.value is None or reference.reading.value is None:
            continue
        level = next((x for x in reversed(items[max(0, reference.n - _REACH) : reference.n]) if _may_be(x, reference) and said_of(reference) in x.words), None)
        if level is not None:
            yield Partition(level.n, (reference.n, change.n), (1, _sign(m["verb"], reference)), COMPARED, True, False, True)


NAMED = "a level, what it is compared with by name, and the difference"
_NAMED = re.compile(r"(?:比|较)(?P<name>[^，。；;]{2,12}?)(?P<verb>多出?|少|高出?|低)(?:了)?$")


def compared_by_name(items: list[Item]) -> Iterator[Partition]:
    """户籍人口1148.5万人，比常住人口多112.3万人: the figure of that name, before or right behind. It confirms only."""
    for change in items:
        m = _NAMED.search(change.near)
        if m is None or change.reading.kind not in _MEASURED or change.reading.value is None or change.n == 0:
            continue
        level = items[change.n - 1]
        name = re.sub(r"(?:水平|的)$", "", m["name"])
        around = [*reversed(items[max(0, change.n - 24) : level.n]), *items[change.n + 1 : change.n + 3]]
        named = [x for x in around if x.unit == change.unit and x.turn == change.turn and x.reading.value is not None and name[-6:] in x.near]
        plain = level.unit == change.unit and level.sentence == change.sentence and level.reading.value is not None
        if plain and named and named[0].role in ("level", "average", "prior"):
            sign = -1 if m["verb"] in ("少", "低") else 1
            yield Partition(level.n, (named[0].n, change.n), (1, sign), NAMED, True, False)


def _sign(verb: str, reference: Item) -> int:
    """快 is less of a time and more of anything else."""
    if verb == "快" and reference.reading.kind != "duration":
        return 1
    return -1 if _BELOW.search(verb) else 1


def _may_be(item: Item, reference: Item) -> bool:
    near = item.sentence >= reference.sentence - 1 and item.turn == reference.turn and item.bracket == reference.bracket
    new = item.role in ("increment", "plan") and item.n == reference.n - 1
    plain = (item.role in ("level", "to", "average") or new) and item.reading.value is not None and item.unit == reference.unit
    return near and plain and bool(_PER.search(item.near)) == bool(_PER.search(reference.near))
