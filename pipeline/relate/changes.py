"""A level, an earlier or other one named by its time, and the change between them, in whatever order they are printed.

比上年同期多11天，上年同期为257天; 净增34家，总数286家，而2022年末为252家; 由412项精简到268项，砍掉了144项.
And the changes of the members of a list, which make the change of its whole. The order binds them: they confirm.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .items import Item
from .parts import Partition

BETWEEN = "a level, another named by its time, and the change"
MOVED = "from, to and the difference behind"
OF_MEMBERS = "the changes of the members and of the whole"
_MEASURED = ("count", "money", "quantity", "duration")
_TIME = (
    r"上年(?:同期|同月|末|底)?|去年(?:同期|同月|末|底|这个时候)?|前年|上月|上周|上届|上期|上季度?|同期|(?:19|20)\d\d年(?:末|底|同期|全年)?|\d{1,2}月末?"
    r"|“?[一二三四五六七八九十]{1,3}五”?(?:末|时期|期间)|改革前|此前|原来|以前"
)
_OTHER = re.compile(rf"(?:^|[，,；;而])(?:而|当时|其中)?(?:{_TIME}|年?初?计划数?|目标数?|任务数?|全[市省国][^，。]{{0,4}}平均(?:水平)?)[^，。；;]{{0,6}}$")
_REST = re.compile(r"(?:砍掉|取消|裁减|压减|精简|净[增减]|[减增多少缩压降升涨][了去掉]|相差|差了?|提高|扩大|缩短|拓展)了?$")
_REACH = 4
_SHORT = 6


def changes(items: list[Item], known: Sequence[Partition]) -> Iterator[Partition]:
    """One list per change whose two levels stand beside it in its sentence."""
    seen = {frozenset((p.host, *p.parts)) for p in known}
    for made in (*_beside(items), *_of_members(items, known)):
        key = frozenset((made.host, *made.parts))
        if key not in seen:
            seen.add(key)
            yield made


def _measured(item: Item) -> bool:
    return item.reading.kind in _MEASURED and item.reading.value is not None


def _beside(items: list[Item]) -> Iterator[Partition]:
    for change in items:
        if not _measured(change):
            continue
        row = [x for x in items[max(0, change.n - _REACH) : change.n + _REACH] if _one_row(x, change)]
        k = row.index(change)
        apart = change.role == "increment" or _REST.search(change.near) or len(change.near) <= _SHORT
        if k >= 2 and row[k - 2].role == "from" and row[k - 1].role == "to" and apart:
            then, now = row[k - 2], row[k - 1]
            up = now.value >= then.value
            yield Partition(now.n, (then.n, change.n), (1, 1 if up else -1), MOVED, True, False)
        elif change.role == "increment" or _REST.search(change.near):
            yield from _named(row, k, change)


def _named(row: list[Item], k: int, change: Item) -> Iterator[Partition]:
    """The two figures around or before a change, one of them named by its time or as what was planned."""
    pairs = [(row[k - 1], row[k + 1])] if 0 < k < len(row) - 1 else []
    pairs += [(row[k + 1], row[k + 2])] if k + 2 < len(row) and k == 0 else []
    pairs += [(row[k - 2], row[k - 1])] if k >= 2 else []
    for now, then in pairs:
        if _level(now) and not _OTHER.search(now.near) and (_level(then) or then.role in ("prior", "plan")) and _OTHER.search(then.near):
            yield Partition(now.n, (then.n, change.n), (1, -1 if change.direction == "down" else 1), BETWEEN, True, False)
            return
    if k >= 2 and change.n - row[k - 2].n == 2 and _level(row[k - 2]) and _level(row[k - 1]):
        # 2017年38.2万户，2022年46.9万户，五年增加8.7万户: the larger is the smaller and the change.
        large, small = sorted((row[k - 2], row[k - 1]), key=lambda x: -x.value)
        yield Partition(large.n, (small.n, change.n), (1, 1), BETWEEN, True, False)


def _level(item: Item) -> bool:
    return item.role in ("level", "average", "to", "prior")


def _one_row(item: Item, change: Item) -> bool:
    same = item.sentence == change.sentence and item.bracket == change.bracket and item.turn == change.turn
    return same and _measured(item) and item.reading.unit == change.reading.unit and item.reading.kind == change.reading.kind


def _of_members(items: list[Item], known: Sequence[Partition]) -> Iterator[Partition]:
    """参保583.4万人，减少4.1万人。职工196.2万人，多6.3万人，居民387.2万人，少10.4万人: each change right behind its level."""
    for p in known:
        if len(p.parts) < 2 or set(p.signs) != {1}:
            continue
        found = [_change_of(items, n) for n in (p.host, *p.parts)]
        told = [x for x in found if x is not None]
        if len(told) == len(found) == len({x.n for x in told}):
            whole, parts = told[0], told[1:]
            turned = -1 if whole.direction == "down" else 1
            signs = tuple(turned * (-1 if x.direction == "down" else 1) for x in parts)
            yield Partition(whole.n, tuple(x.n for x in parts), signs, OF_MEMBERS, True, False)


def _change_of(items: list[Item], n: int) -> Item | None:
    after = items[n + 1] if n + 1 < len(items) else items[n]
    told = after.role == "increment" and after.reading.value is not None and after.sentence == items[n].sentence
    return after if told and after.reading.unit == items[n].reading.unit and not after.listed else None
