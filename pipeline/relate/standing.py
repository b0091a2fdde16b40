"""Figures that may be a total or a number of heads: levels that the text speaks of, and their wholes before their parts."""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from .items import Item
from .ledger import Ledger

REACH = 3
# How many of the first unit one of the second makes.
SAME_IN: dict[str, dict[str, Fraction]] = {
    unit: {other: Fraction(n) for other, n in more.items()}
    for unit, more in {
        "公斤": {"吨": "1000", "斤": "1/2"}, "斤": {"吨": "2000", "公斤": "2"}, "升": {"立方米": "1000"}, "米": {"公里": "1000"},
        "克": {"公斤": "1000", "吨": "1000000"}, "次": {"人次": "1"}, "人": {"人次": "1"}, "人次": {"次": "1"}, "部": {"户": "1"},
        "平方米": {"公顷": "10000", "亩": "2000/3"}, "千瓦": {"兆瓦": "1000"}, "度": {"千瓦时": "1"}, "只": {"羽": "1"}, "亩": {"公顷": "15"},
        "毫升": {"升": "1000"}, "公里": {"吨公里": "1", "人公里": "1"}, "日": {"人天": "1"}, "天": {"人天": "1"}, "小时": {"千瓦时": "1"},
    }.items()
}


def levels_near(ledger: Ledger, item: Item, fits: Callable[[Item], bool], reach: int = REACH) -> list[Item]:
    """Levels before ``item`` in its turn, the nearest first; those of its own sentence, then ``reach`` sentences back."""
    found = []
    for x in reversed(ledger.items[max(0, item.n - 60) : item.n]):
        if x.turn != item.turn or x.sentence < item.sentence - reach:
            break
        if standing(x) and not _after_a_change(ledger, x) and (x.bracket < 0 or x.bracket == item.bracket) and fits(x):
            found.append(x)
    return found


def standing(x: Item) -> bool:
    """A figure that may be a total or a number of heads."""
    kinds = ("count", "money", "quantity", "duration", "index")
    usable = x.reading.value is not None and x.value > 0 and x.reading.kind in kinds and "/" not in x.unit
    # 去年全省献血71.83万人次 is what the text speaks of; 占常住人口764.9万人的37.1% is a whole of something else.
    spoken = x.role in ("level", "to", "plan") or (x.role == "prior" and not COMPARED.search(x.near))
    return usable and spoken and not x.tail.startswith(("的", "每")) and not x.near.endswith("每") and "均" not in x.near[-4:]


def _after_a_change(ledger: Ledger, x: Item) -> bool:
    """比上年分别增加366笔、29.7亿元: the second is a change as well; 16.3万台，即… is none, 即209.3亿元 is reckoned."""
    before = ledger.items[x.n - 1] if x.n else x
    beside = before.sentence == x.sentence and x.lead in ("、", "和") and before.role in ("increment", "growth", "average")
    return beside or x.lead.lstrip("，,").startswith("即")


COMPARED = re.compile(r"同期|比|较|与|和|超过|同")


def wholes_first(ledger: Ledger, pool: list[Item]) -> list[Item]:
    """A part that the average is not said of stands behind the whole it belongs to."""
    kept = [x for x in pool if not _enumerated(ledger, x)] or pool
    kept = [x for x in kept if ledger.host(x.n) is None and "其中" not in x.lead] or kept
    return [x for x in kept if _WHOLE.search(x.near)] or kept


def _enumerated(ledger: Ledger, x: Item) -> bool:
    """One of 214、263、301公里, which are years or places of a whole."""
    return sum(y.unit == x.unit or y.unit in ("index", "count", "") for y in ledger.chain(x)) > 1


_WHOLE = re.compile(r"全长|总长|总里程|正线|全线|总数|总量|合计|共(?!同|享|建)|总(?!部)")
