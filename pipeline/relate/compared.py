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
    r"^(?:的)?[\u4e00-\u9fff]{0,6}?(?P<verb>净增|增加|增长|多出?|减少|少|下降|压缩|缩短|缩减|降低|高出?|低|快|慢|提高|提前|节约|节省)(?:了)?$"
)
_PER = re.compile(r"[日月年]均")
_BELOW = re.compile(r"减少|少|下降|压缩|缩短|缩减|降低|低|快|提前|节约|节省")


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
        level = next((x for x in reversed(items[max(0, reference.n - _REACH) : reference.n]) if _may_be(x, reference)), None)
        if level is not None:
            yield Partition(level.n, (reference.n, change.n), (1, _sign(m["verb"], reference)), COMPARED, True, False, True)


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
