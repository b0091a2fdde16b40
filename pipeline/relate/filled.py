"""Lists that fill a sentence and carry no word that says so: a total and the rest of its sentence, a total and the
sentence behind it, 一是 … 二是 … 三是.

Nothing says that such a list is complete: where it adds up it is one, where it does not nothing follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import cues
from .items import Item
from .parts import Partition

WITHIN = "a total and the rest of its sentence"
BEHIND = "a total and the sentence behind it"
COUNTED = "a total and what 一是, 二是 count up"
_REACH = 40
_ORDINAL = re.compile(r"(?:^|[，,；;。:\s])(?P<n>[一二三四五六七八九十])是")
_ORDER = "一二三四五六七八九十"
# A figure that is set against another is no member beside it: 收入 and 支出, 增加 and 减少.
_AGAINST = re.compile(r"支出|结余|结存|顺差|逆差|死亡|出生|自然|同比|环比|平均|每|累计|历史|最高|最大|单日|首次|户籍")


def filled(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """The lists of one document, none whose members are ``known`` to be one."""
    seen = {(p.host, frozenset(p.parts)) for p in known}
    sentences: dict[int, list[Item]] = {}
    for item in items:
        if _member(item):
            sentences.setdefault(item.sentence, []).append(item)
    heads: dict[str, Item] = {}
    turn = -1
    for group in sentences.values():
        if group[0].turn != turn:
            heads, turn = {}, group[0].turn
        for made in (*_within(group), *_behind(group, heads)):
            if (made.host, frozenset(made.parts)) not in seen:
                yield made
        for item in group:
            first = all(x.unit != item.unit or x.n >= item.n for x in group)
            if first and item.value > 0 and not cues.INNER.search(item.lead):
                heads[item.unit] = item
    yield from _counted(items)


def _member(item: Item) -> bool:
    return item.is_level and item.role != "plan" and item.bracket < 0 and item.reading.bound is None


def _columns(group: list[Item]) -> Iterator[list[Item]]:
    """Figures of one unit, without those that a 其中 opens or that stand against the others."""
    units: dict[str, list[Item]] = {}
    for item in group:
        units.setdefault(item.unit, []).append(item)
    for column in units.values():
        if 2 <= len(column) <= _REACH:
            yield column


def _within(group: list[Item]) -> Iterator[Partition]:
    """今年新登记市场主体887万户，…；企业291万户，…；个体工商户596万户: the first is the total of the rest."""
    for column in _columns(group):
        first, rest = column[0], column[1:]
        if len(rest) >= 2 and all(_beside(x) and x.value <= first.value for x in rest) and not first.listed:
            yield Partition(first.n, tuple(x.n for x in rest), (1,) * len(rest), WITHIN, True, False)


def _behind(group: list[Item], heads: dict[str, Item]) -> Iterator[Partition]:
    """抽检16641批次，…。普通食品10673批次，农产品5968批次: the sentence lists what the last total is made of."""
    for column in _columns(group):
        host = heads.get(column[0].unit)
        near = host is not None and 1 <= column[0].sentence - host.sentence <= 3
        if host is not None and near and all(_beside(x) and x.value <= host.value for x in column):
            yield Partition(host.n, tuple(x.n for x in column), (1,) * len(column), BEHIND, True, False)


def _beside(item: Item) -> bool:
    return not cues.INNER.search(item.lead) and not cues.TOTAL.search(item.lead) and not _AGAINST.search(item.near)


def _counted(items: list[Item]) -> Iterator[Partition]:
    """新增减税降费超3万亿元。一是…20005亿元；二是…5074亿元；三是…5533亿元: the first figure of each."""
    run: list[Item] = []
    for item in items:
        m = _ORDINAL.search(item.lead)
        if m is None:
            continue
        if m["n"] == "一":
            run = []
        if _ORDER.index(m["n"]) != len(run) or (run and item.turn != run[0].turn):
            run = []
            continue
        run.append(item)
        goes_on = any(_ORDINAL.search(x.lead) and _ORDINAL.search(x.lead)["n"] == _ORDER[min(len(run), 9)] for x in items[item.n + 1 : item.n + _REACH])  # type: ignore[index]
        if len(run) >= 2 and not goes_on:
            host = next((x for x in reversed(items[max(0, run[0].n - 6) : run[0].n]) if x.is_level and x.unit == run[0].unit), None)
            alike = len({x.unit for x in run}) == 1 and all(x.is_level for x in run)
            if host is not None and alike and host.turn == run[0].turn:
                yield Partition(host.n, tuple(x.n for x in run), (1,) * len(run), COUNTED, True, False)
            run = []
