"""Which figures a growth rate is made of: the level and its increment, or the level and the earlier one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .apart import TEMPLATE as APART
from .apart import apart
from .compared import COMPARED, said_of
from .grown import Grown, from_the_start, grown, mixed
from .items import Item
from .ledger import Ledger
from .parts import Partition
from .quotient import IN_PHRASE, PHRASE_VERB
from .right_before import levels_beside
from .yearly import yearly


class Growth(NamedTuple):
    """``claim`` states the growth of ``base``; ``other`` is the increment, or with ``levels`` the earlier level.

    ``down`` that the words say less, where the figure itself has no direction (低23.2%).
    """

    claim: Item
    base: Item
    other: Item
    template: str
    levels: bool
    down: bool = False


_BARE = re.compile(r"^[比较](?:年初|年末|上年|去年|上月|上季|期初)(?:末|底|同期)?|增长率|增长速度|增长幅度|[增升涨降]幅|增速|分别|同比|比例")
_YEARLY = re.compile(r"年均|年平均|两年平均")
# 总数达到412个，去年新增96个: what was added last year is no earlier level.
_ADDED = re.compile(r"新增|净增|新建|新设|新开")
_SUB = re.compile(r"日均|月均|周均|平均每")
_NAMED = 2
_NAME = re.compile(r"[\u4e00-\u9fff]")


def growths(ledger: Ledger) -> Iterator[Growth]:
    """One per growth rate that has its increment or its earlier level beside it; a pair of figures states one rate."""
    used: set[tuple[int, int]] = set()
    apart = {p.parts[1]: p for p in ledger.partitions if p.template == COMPARED}
    for item in ledger.items:
        if item.reading.kind not in ("rate", "multiple") or item.reading.value is None:
            continue
        if item.role != "growth":
            yield from _apart(ledger, item)
            continue
        if item.reading.direction == "flat" or _YEARLY.search(item.lead):
            continue
        members = ledger.chain(item)
        pairs = [*_levels(ledger, item, members)] or [*_compared(ledger, item, apart)] or [*_increments(ledger, item, members)]
        if not pairs and len(members) == 1 and (two := [*_apart(ledger, item)]):
            yield from two
            continue
        for base, other, template, levels in _told(ledger, item, members, pairs):
            if (base.n, other.n) not in used and (base.reading.kind != "duration" or base.reading.unit == other.reading.unit):
                used.add((base.n, other.n))
                # 由20个工作日压缩至8个工作日，提速六成: less time.
                faster = base.reading.kind == "duration" and levels and "速" in item.near
                yield Growth(item, base, other, template, levels, faster)


def _told(ledger: Ledger, claim: Item, members: list[Item], pairs: list[tuple[Item, Item, str]]) -> list[Grown]:
    """The pairs, each with whether its second figure is a level; where there are none, those in another order."""
    found = [(*pair, pair[1].role in ("from", "prior") or pair[2] == _RATE_OF) for pair in pairs]
    found.extend(start for base, change, _ in pairs if (start := from_the_start(ledger, base, change)) is not None)
    found = found or [*grown(ledger, claim, members)] or [(*pair, True) for pair in yearly(ledger, claim, members)]
    beside = levels_beside(ledger, claim) if not found and len(members) == 1 else None
    return found or ([(*beside, True)] if beside is not None else [])


def _apart(ledger: Ledger, claim: Item) -> Iterator[Growth]:
    pair = apart(ledger, claim)
    if pair is not None:
        now, then, down = pair
        yield Growth(claim, now, then, APART, True, down)


_RATE_OF = "a level and what it is compared with, behind the difference"


def _compared(ledger: Ledger, claim: Item, apart: dict[int, Partition]) -> Iterator[tuple[Item, Item, str]]:
    """比上年的715份减少77份，下降10.8%: the rate right behind the difference is that of the same two figures."""
    partition = apart.get(claim.n - 1)
    if partition is not None and ledger.items[claim.n - 1].sentence == claim.sentence and not claim.listed:
        yield ledger.items[partition.host], ledger.items[partition.parts[0]], _RATE_OF


def _before(ledger: Ledger, item: Item) -> Iterator[Item]:
    """Figures before ``item`` in its sentence and bracket, the nearest first."""
    for other in reversed(ledger.items[max(0, item.n - 14) : item.n]):
        if other.sentence != item.sentence:
            return
        if other.bracket != item.bracket and other.bracket >= 0:
            continue
        yield other


def _base_like(item: Item, unit: str) -> bool:
    measured = item.reading.kind in ("count", "money", "quantity", "duration") and item.reading.value is not None
    return measured and item.unit == unit and item.role in ("level", "to", "average")


def _increments(ledger: Ledger, claim: Item, members: list[Item]) -> Iterator[tuple[Item, Item, str]]:
    """L…，增加D，增长x%: the increment touches the rate, the level stands before it with no other level between."""
    k, size = members.index(claim), len(members)
    one_by_one = mixed(ledger, claim, members)
    if one_by_one is not None:
        yield one_by_one[:3]
        return
    change, behind = _beside(ledger, members), False
    if change is None and size == 1:
        change, behind = _behind(ledger, claim), True
    if change is None:
        return
    run = ledger.chain(change)
    if len(run) != size:
        return
    change = run[k]
    if change.comparison and claim.comparison and not _alike(ledger, change, claim) and size == 1:
        return
    base = _base(ledger, run[0] if not behind else members[0], change, size, k)
    if base is not None:
        rule = "an increment beside its growth rate" if size == 1 else "respective lists of increments and growth rates"
        yield base, change, rule
        again = _restated(ledger, base), _restated(ledger, change)
        if again[0] is not None and again[1] is not None and again[0].unit == again[1].unit:
            yield again[0], again[1], "an increment beside its growth rate, in the other unit"
        return
    base = _earlier(ledger, change)
    if base is not None:
        yield base, change, "an increment whose level stands in the sentence before"


def _alike(ledger: Ledger, change: Item, claim: Item) -> bool:
    """比2017年增加…，同比上升… said of 2018: the year before by two names."""
    if change.comparison is None or claim.comparison is None:
        return True
    a, b = change.comparison.with_, claim.comparison.with_
    if a == b:
        return True
    year = a if a.isdigit() else b
    if not year.isdigit() or "previous_year" not in (a, b):
        return False
    begin = ledger.sentences[max(0, claim.sentence - 2)][0]
    said = f"{int(year) + 1}年" in ledger.text[begin : claim.start]
    return said or (ledger.document.event_date or "")[:4] in (str(int(year) + 1), str(int(year) + 2))


def _beside(ledger: Ledger, members: list[Item]) -> Item | None:
    """The increment before the rates, with nothing of its own kind between."""
    for other in _before(ledger, members[0]):
        if other.role == "increment" and other.reading.value is not None:
            own = _BARE.sub("", members[0].name)
            return None if len(_NAME.findall(own)) >= 3 and own[:2] not in other.near else other
        if other.reading.kind in ("count", "money", "quantity"):
            return None
    return None


def _behind(ledger: Ledger, claim: Item) -> Item | None:
    """增长x%，增加D: the increment right behind the rate."""
    if claim.n + 1 >= len(ledger.items):
        return None
    other = ledger.items[claim.n + 1]
    gap = ledger.gap(claim, other)
    same = other.role == "increment" and other.reading.value is not None and other.sentence == claim.sentence and other.bracket == claim.bracket
    return other if same and len(gap) <= 12 and not re.search("[;；。]", gap) else None


def _own_words(item: Item) -> str:
    """死亡1073人、受伤5214人 and 1073人死亡、5214人受伤: what is said of this figure alone."""
    return re.split("、", item.near)[-1] + item.tail


def _others(ledger: Ledger, item: Item, change: Item) -> bool:
    """Whether another figure of the unit in the sentence carries the name of the change: 死亡人数减少118人."""
    return any(
        x.sentence == item.sentence and x.n != change.n and _base_like(x, item.unit) and change.name[:2] in _own_words(x)
        for x in ledger.before(change, item.unit, 10)
    )


def _base(ledger: Ledger, first: Item, change: Item, size: int, k: int) -> Item | None:
    unit, passed = change.unit, False
    for other in _before(ledger, first):
        if _base_like(other, unit):
            run = ledger.chain(other)
            if passed and change.name[:2] not in _own_words(other):
                # 死亡人数减少8人，下降20%；受伤人数减少30人: behind another change only the name says whose level it is.
                continue
            if size > 1 and len(run) == size:
                return run[k]
            alone = len(run) == 1 or len({x.unit for x in run}) == len(run)
            if len(_NAME.findall(change.name)) >= 2 and change.name[:2] not in _own_words(other) and _others(ledger, other, change):
                continue
            told = len(run) > 1 and len(_NAME.findall(change.name)) >= 2 and change.name[:2] in other.words
            return other if alone or told else None
        if other.unit == unit and other.role == "increment":
            if len(_NAME.findall(change.name)) < _NAMED:
                return None
            passed = True
    return None


def _restated(ledger: Ledger, item: Item) -> Item | None:
    """The bracket right behind a figure that says it in another unit: 516万吨(103.2亿斤)."""
    if item.n + 1 >= len(ledger.items):
        return None
    other = ledger.items[item.n + 1]
    return other if other.bracket >= 0 and other.bracket != item.bracket and other.lead in ("(", "(约", "(合") else None


def _earlier(ledger: Ledger, change: Item) -> Item | None:
    """与上年相比，受案增加167件: the level is the only one of its unit in the sentence before, or carries the name."""
    found = [x for x in ledger.before(change, change.unit, 12) if x.sentence == change.sentence - 1 and _base_like(x, change.unit) and x.bracket < 0]
    found = [x for x in found if x.turn == change.turn]
    named = [x for x in found if len(change.name) >= _NAMED and x.name.endswith(change.name)]
    free = named or [x for x in found if ledger.host(x.n) is None]
    if len(free) > 1:
        free = [x for x in free if change.name[-4:-2] and change.name[:2] in x.name]
    return free[0] if len(free) == 1 else None


def _in_phrase(ledger: Ledger, item: Item) -> bool:
    """占从业人员268.9万人的27.6%: the whole of a share is no level that grew."""
    behind = ledger.items[item.n + 1] if item.n + 1 < len(ledger.items) else item
    return behind.reading.kind == "rate" and bool(IN_PHRASE.match(ledger.gap(item, behind))) and bool(PHRASE_VERB.search(item.near))


def _no_level(item: Item, last: Item | None) -> bool:
    """Whether the figure is no level, or a daily average behind the earlier level."""
    measured = item.reading.kind in ("count", "money", "quantity", "index", "duration") and item.reading.value is not None
    if item.reading.bound in ("over", "under") and last is not None and last.unit == item.unit and last.role == "prior":
        # 亩产509公斤，亩产首次突破500公斤，比上年的498公斤…: the round figure is not the one that grew.
        return True
    inner = item.role == "average" and last is not None and last.role == "prior" and bool(_SUB.search(item.near))
    return not measured or item.role == "increment" or inner


def _levels(ledger: Ledger, claim: Item, members: list[Item]) -> Iterator[tuple[Item, Item, str]]:
    """由a增至b，增长x%; b，比上年的a增加…，增长x%. Several such pairs answer to a list of as many rates."""
    pairs: list[tuple[Item, Item, str]] = []
    last: Item | None = None
    reach = 2
    for other in _before(ledger, members[0]):
        if _no_level(other, last):
            continue
        told = said_of(last) if last is not None and last.role == "prior" else ""
        if other.reading.kind == "duration" and other.role in ("level", "plan"):
            # 四年增长3.2倍: the time the growth took.
            reach += 1
            continue
        if _in_phrase(ledger, other) or (told and told not in other.words):
            reach += 2
            continue
        if last is not None and other.unit == last.unit and (told or abs(last.n - other.n) <= reach):
            if other.role == "from" and last.role == "to":
                pairs.append((last, other, "from one level to another"))
                last = None
                continue
            two_back = other.role == "prior" and "前年" in last.near
            if last.role == "prior" and not _ADDED.search(last.near) and (two_back or other.role in ("level", "to", "average")):
                pairs.append((other, last, "a level and that of the year before"))
                last = None
                continue
        elif last is not None:
            break
        last = other
    pairs.reverse()
    if len(pairs) == len(members):
        yield pairs[members.index(claim)]
    elif pairs and len(members) == 1:
        now, then, _ = pairs[-1]
        if claim.n - max(now.n, then.n) <= 2:
            yield pairs[-1]
