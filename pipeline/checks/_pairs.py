"""The two levels that a yearly growth lies between."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ._spans import AGO, FROM_TO, NUMBER, year

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

_MEASURED = ("count", "money", "quantity", "index")
_TWO = 2
# 去年全省1440亿元, not 比去年的, is what the text speaks of
_LAST = re.compile(r"^(?!.*(?:比|较|与|同期)).*(?:去年|上年)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def levels(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """The level now and the level then: 从67.23亿元增至125.3亿元; 112384件，比2012年的54731件翻一番."""
    listed = _yearly_list(ledger, claim) or _in_one_order(ledger, claim)
    if listed is not None:
        return listed
    now, then = _before(ledger, claim)
    if now is not None and then is None:
        then = _named_behind(ledger, claim, now)
    if now is None and then is None:
        return _behind(ledger, claim) or _moved_before(ledger, claim)
    if now is not None and then is None:
        then = _sentence_before(ledger, now)
    if now is None or then is None:
        return None
    first, last = year(then), year(now)
    swapped = first is not None and last is not None and first > last
    if swapped or (AGO.search(now.near) and not AGO.search(then.near)):
        # 2023年12.6亿元，是2018年8.4亿元的1.5倍; 十年前500公里，去年达到2000公里: the later is now, wherever it stands.
        now, then = then, now
    told = bool(AGO.search(then.near)) or then.role in ("from", "prior") or now.role == "to" or year(then) != year(now)
    return (now, then) if told else None


def _before(ledger: Ledger, claim: Item) -> tuple[Item | None, Item | None]:
    """The nearest level before the claim in its sentence, and the one that it came from."""
    now = then = None
    for other in reversed(ledger.items[max(0, claim.n - 6) : claim.n]):
        if other.sentence != claim.sentence or (now is not None and then is not None):
            break
        if other.reading.kind not in _MEASURED or other.reading.value is None or _is_whole(other):
            continue
        if _is_now(other, now, then):
            now = other
        elif _is_then(other, now, then):
            then = other
        elif other.role == "increment" and now is None and then is None and claim.n - other.n > 1 and not _from_then(ledger, other):
            break
    return now, then


def _yearly_list(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """2020-2022年分别完成120亿元、138亿元、158.7亿元，年均增长15%: the last and the first of a list of years."""
    last = ledger.items[claim.n - 1] if claim.n else claim
    members = ledger.chain(last) if last.listed and last.sentence == claim.sentence and last.reading.kind in _MEASURED else []
    if len(members) <= _TWO or "分别" not in members[0].near or not _several(ledger, members):
        return None
    return (members[-1], members[0]) if members[0].reading.value and members[-1].reading.value is not None else None


def _in_one_order(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """分别由10亿元、20亿元增加到15亿元、30亿元，年均分别增长8.4%和8.4%: as many levels now and then as rates."""
    members = ledger.chain(claim)
    n = len(members)
    before = ledger.items[max(0, members[0].n - 2 * n) : members[0].n]
    then, now = before[:n], before[n:]
    if n < _TWO or len(now) != n or then[0].role != "from" or now[0].role not in ("to", "level"):
        return None
    if ledger.chain(now[0]) != now or ledger.chain(then[0]) != then:
        return None
    k = members.index(claim)
    pair = now[k], then[k]
    fits = all(x.sentence == claim.sentence and x.reading.value is not None and x.value > 0 for x in pair) and pair[0].unit == pair[1].unit
    return pair if fits else None


def _moved_before(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """由67.23亿元增加到125.3亿元。年均增长13.3%: the move that ends the sentence before, where this one names nothing else."""
    if len(claim.name) > _TWO or (claim.n and ledger.items[claim.n - 1].sentence == claim.sentence):
        return None
    near = [x for x in ledger.items[max(0, claim.n - 5) : claim.n] if x.sentence == claim.sentence - 1 and x.turn == claim.turn]
    pair = [x for x in near if x.role in ("from", "to") and x.reading.kind in _MEASURED and x.reading.value is not None and x.value > 0]
    if len(pair) != _TWO or (pair[0].role, pair[1].role) != ("from", "to") or pair[0].unit != pair[1].unit:
        return None
    return pair[1], pair[0]


def _sentence_before(ledger: Ledger, now: Item) -> Item | None:
    """2018年，全市技工院校招生3.2万人。2023年达到5.15万人，五年年均增长10%: the same measure years before, one sentence back."""
    last = year(now)
    near = [x for x in ledger.items[max(0, now.n - 8) : now.n] if now.sentence - x.sentence == 1 and x.turn == now.turn and x.unit == now.unit]
    usable = [x for x in near if x.role in ("level", "prior") and x.reading.kind in _MEASURED and x.reading.value is not None and x.value > 0]
    first = year(usable[0]) if len(usable) == 1 else None
    return usable[0] if usable and first is not None and last is not None and last > first + 1 and len(now.name) <= _TWO + 1 else None


def _several(ledger: Ledger, members: list[Item]) -> int | None:
    """The years that a list has a member each for."""
    m = FROM_TO.search(members[0].lead) or _EACH_YEAR.search(members[0].lead)
    spanned = int(m["b"]) - int(m["a"]) + 1 if m is not None and "b" in m.groupdict() else NUMBER.get(m["n"]) if m is not None else None
    return spanned if spanned == len(members) else None


_EACH_YEAR = re.compile(r"(?P<n>[三四五六])年(?:来|间)?(?:[^，。]{0,8})分别")


def _behind(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """年均增长12%，由2019年的8亿立方米增加到2023年的12.59亿立方米."""
    pair = ledger.items[claim.n + 1 : claim.n + 3]
    same = len(pair) == _TWO and pair[0].reading.kind in _MEASURED and pair[0].unit == pair[1].unit
    if not same:
        return None
    first, last = year(pair[0]), year(pair[1])
    told = (pair[0].role, pair[1].role) == ("from", "to") or (first is not None and last is not None and last > first + 1)
    if not told or any(x.sentence != claim.sentence or x.reading.value is None or x.value <= 0 for x in pair):
        return None
    return pair[1], pair[0]


def _is_whole(other: Item) -> bool:
    """占从业人员268.9万人的27.6% is a whole of something else."""
    return other.tail.startswith("的") and "占" in other.near


def _from_then(ledger: Ledger, other: Item) -> bool:
    """与第六次普查的133972万人相比，增加7206万人: the increment from a level of long ago, right behind it."""
    before = ledger.items[other.n - 1] if other.n else other
    return before.role == "prior" and before.sentence == other.sentence and before.unit == other.unit


def _named_behind(ledger: Ledger, claim: Item, now: Item) -> Item | None:
    """2017-2021年均增长65.3%，2017年约87.3万千瓦: the level of the first year right behind the rate."""
    behind = next(iter(ledger.items[claim.n + 1 : claim.n + 2]), None)
    first = _YEAR.search(claim.near)
    fits = behind is not None and behind.sentence == claim.sentence and behind.unit == now.unit and behind.reading.value is not None and behind.value > 0
    return behind if fits and behind is not None and first is not None and year(behind) == int(first[0]) else None


def _is_now(other: Item, now: Item | None, then: Item | None) -> bool:
    if now is None:
        last = other.role == "prior" and then is not None and _LAST.search(other.near) is not None
        return (other.role in ("to", "level") or last) and (then is None or other.unit == then.unit)
    return other.role == "to" and now.role != "to" and then is None


def _is_then(other: Item, now: Item | None, then: Item | None) -> bool:
    if then is not None or other.value <= 0:
        return False
    if now is None:
        return other.role == "prior"
    return other.unit == now.unit and other.role in ("from", "prior", "level")
