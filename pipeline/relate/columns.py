"""Tables told in prose: one measure said of the whole, then of each of its parts, in sentences or pieces of one shape.

国有企业资产总额…。中央企业…资产总额…。地方国有企业…资产总额…: the column of a measure. It confirms only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from .items import Item
from .parts import Partition

TEMPLATE = "one measure of the whole and of each part"
_LONGEST = 24


def columns(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """One list per measure of a turn that is said once of more and then, in sentences that follow, of less."""
    seen = {frozenset(p.parts) for p in known}
    for key_of in (_metric, _tail):
        table = _table(items, key_of)
        for column in table.values():
            for host, parts in _lists(column):
                if frozenset(p.n for p in parts) not in seen:
                    seen.add(frozenset(p.n for p in parts))
                    yield Partition(host.n, tuple(p.n for p in parts), (1,) * len(parts), TEMPLATE, True, False)


def _metric(item: Item) -> str:
    return item.metric or item.name[-4:]


def _tail(item: Item) -> str:
    """失业、工伤保险基金收入 and 基本养老保险基金收入 are 基金收入, whatever indicator they are."""
    return item.name[-4:] if len(item.name) >= 4 else ""


def _table(items: list[Item], key_of: Callable[[Item], str]) -> dict[tuple[int, str, str], list[Item]]:
    table: dict[tuple[int, str, str], list[Item]] = {}
    for item in items:
        plain = item.is_level and item.role not in ("prior", "from") and item.bracket < 0 and item.reading.bound is None and not item.listed
        # What is planned is one column, whatever it is called.
        key = "plan" if item.role == "plan" else key_of(item)
        if plain and len(key) > 1:
            table.setdefault((item.turn, key, item.unit), []).append(item)
    return table


def _lists(column: list[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """The parts of one sentence, or one part for each of the sentences behind the whole."""
    host, rest = column[0], column[1 : _LONGEST]
    sentences: dict[int, list[Item]] = {}
    for item in rest:
        if item.sentence > host.sentence and item.period == host.period:
            sentences.setdefault(item.sentence, []).append(item)
    for group in sentences.values():
        if len(group) > 1 and max(x.value for x in group) <= host.value:
            yield host, group
    single = [group[0] for group in sentences.values() if len(group) == 1]
    if len(single) > 1 and max(x.value for x in single) <= host.value:
        yield host, single
