"""The change of a population: births less deaths, and those who moved.

比上年末减少11万人 … 自然减少6.7万人，其余4.3万人为净流出. Estimates and roundings enter, so it confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .items import Item
from .parts import Partition

NATURAL = "a change of population, by births and deaths"
MOVED = "a change of population, natural and by moving"
_PEOPLE = re.compile(r"人口|全国人口")
_REACH = 24
_BORN, _DIED = re.compile(r"出生"), re.compile(r"死亡")
_SELF = re.compile(r"自然(?:增长|增加|减少|净增)")
_FLOW = re.compile(r"净?(?:流入|流出|迁入|迁出)|机械(?:增长|减少)")
_AWAY = re.compile(r"流出|迁出|减少")


def population(items: list[Item]) -> Iterator[Partition]:
    """One list per change of a population behind its level and before the figures it is made of, in one turn."""
    for change in items:
        before = items[change.n - 1] if change.n else change
        people = change.role == "increment" and change.unit == "人" and before.is_level and before.sentence == change.sentence and _PEOPLE.search(before.near)
        if not people or change.reading.value is None:
            continue
        behind = [x for x in items[change.n + 1 : change.n + _REACH] if x.turn == change.turn and x.unit == "人" and x.reading.value is not None]
        born, died = _one(behind, _BORN), _one(behind, _DIED)
        own = _one(behind, _SELF)
        flow = _one(behind, _FLOW) or next((x for x in behind if _FLOW.search(x.tail[:6])), None)
        falls = -1 if change.direction == "down" else 1
        moved = falls * (-1 if flow is not None and _AWAY.search(flow.near + flow.tail[:6]) else 1)
        if own is not None and flow is not None:
            yield Partition(change.n, (own.n, flow.n), (falls * (-1 if "减" in own.near else 1), moved), MOVED, True, False)
        if born is not None and died is not None:
            signs = (falls, -falls)
            if flow is None:
                yield Partition(change.n, (born.n, died.n), signs, NATURAL, True, False)
            else:
                yield Partition(change.n, (born.n, died.n, flow.n), (*signs, moved), NATURAL, True, False)


def _one(items: list[Item], cue: re.Pattern[str]) -> Item | None:
    """The first figure whose words end with the cue: 全年出生人口26.4万人."""
    return next((x for x in items if re.search(rf"(?:{cue.pattern})(?:人口|人数)?(?:为|是)?$", x.near)), None)
