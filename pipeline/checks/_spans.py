"""The two levels that a yearly growth lies between, and the years from one to the other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

_FROM_TO = re.compile(r"(?P<a>(?:19|20)\d\d)年?(?:末|底)?[到至\-—－~]+(?P<b>(?:19|20)\d\d)年")
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGO = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})年前")
# The national censuses since 2000 are ten years apart: 第五次 2000, 第六次 2010, 第七次 2020.
_CENSUS = re.compile(r"第(?P<n>[五六七八])次(?:全国)?(?:人口)?普查|上一?次(?:全国)?人口普查")
_NUMBER = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MEASURED = ("count", "money", "quantity", "index")


def levels(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """The level now and the level then: 从67.23亿元增至125.3亿元; 112384件，比2012年的54731件翻一番."""
    listed = _yearly_list(ledger, claim)
    if listed is not None:
        return listed
    now, then = _before(ledger, claim)
    if now is not None and then is None:
        then = _named_behind(ledger, claim, now)
    if now is None or then is None:
        return _behind(ledger, claim) if now is None and then is None else None
    first, last = year(then), year(now)
    swapped = first is not None and last is not None and first > last
    if swapped or (_AGO.search(now.near) and not _AGO.search(then.near)):
        # 2023年12.6亿元，是2018年8.4亿元的1.5倍; 十年前500公里，去年达到2000公里: the later is now, wherever it stands.
        now, then = then, now
    told = bool(_AGO.search(then.near)) or then.role in ("from", "prior") or now.role == "to" or year(then) != year(now)
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


def _several(ledger: Ledger, members: list[Item]) -> int | None:
    """The years that a list has a member each for."""
    m = _FROM_TO.search(members[0].lead) or _EACH_YEAR.search(members[0].lead)
    spanned = int(m["b"]) - int(m["a"]) + 1 if m is not None and "b" in m.groupdict() else _NUMBER.get(m["n"]) if m is not None else None
    return spanned if spanned == len(members) else None


_EACH_YEAR = re.compile(r"(?P<n>[三四五六])年(?:来|间)?(?:[^，。]{0,8})分别")


def _behind(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """年均增长12%，由2019年的8亿立方米增加到2023年的12.59亿立方米."""
    pair = ledger.items[claim.n + 1 : claim.n + 3]
    told = len(pair) == _TWO and pair[0].reading.kind in _MEASURED and pair[0].role == "from" and pair[1].role == "to" and pair[0].unit == pair[1].unit
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
        return other.role in ("to", "level") and (then is None or other.unit == then.unit)
    return other.role == "to" and now.role != "to" and then is None


def _is_then(other: Item, now: Item | None, then: Item | None) -> bool:
    if then is not None or other.value <= 0:
        return False
    if now is None:
        return other.role == "prior"
    return other.unit == now.unit and other.role in ("from", "prior", "level")


def year(item: Item) -> int | None:
    """The year printed last before a figure in its clause."""
    found = _YEAR.findall(_FROM_TO.sub("", item.lead))
    plan = _PLAN_END.search(item.near)
    if plan is not None:
        return 2005 + 5 * _NUMBER[plan["n"]] if plan["n"] in _NUMBER else 2010
    return int(found[-1]) if found else None


# “十二五”末 is 2015
_PLAN_END = re.compile(r"十(?P<n>[一二三四])五[”\"]?(?:时期)?末")


def years_between(ledger: Ledger, claim: Item, now: Item, then: Item) -> int | None:
    """From the years that are printed, from 五年前, a census, a length of time, or the move before in the sentence."""
    members = ledger.chain(now)
    if len(members) > _TWO and members[0] is then:
        return len(members) - 1
    start, end = year(then), year(now)
    end = end or _year_of(now)
    if start and end == start:
        # 与2018年相比，由56万户增加到112万户: the year is that of the first level alone.
        end = None
    named = _YEAR.findall(claim.near)
    if start and not end and len(named) == _TWO:
        end = int(named[1])
    if start and not end and then.role == "prior":
        end = _latest(ledger, claim)
    if start and end:
        return end - start if end > start + 1 else None
    spanned = next(reversed([*_FROM_TO.finditer(ledger.text, ledger.sentences[claim.sentence][0], claim.end)]), None)
    if spanned is not None and not start and not end:
        return int(spanned["b"]) - int(spanned["a"]) if int(spanned["b"]) > int(spanned["a"]) + 1 else None
    ago = _AGO.search(then.near)
    if ago is not None:
        return _NUMBER.get(ago["n"]) or int(ago["n"])
    if _CENSUS.search(then.near):
        return 10
    # 五年间, 十年来: the years are said, not the dates.
    for other in reversed(ledger.items[max(0, claim.n - 8) : claim.n]):
        if other.sentence == claim.sentence and other.reading.kind == "duration" and other.reading.unit == "年" and other.reading.value is not None:
            return int(other.value) if other.value == int(other.value) and other.value > 1 else None
    return _move_before(ledger, then) or ledger.years_said(claim) or ledger.years_before(claim)


def _year_of(now: Item) -> int | None:
    """The year that a level is of, where its period lies in one."""
    period = now.period
    one = period is not None and period.start is not None and period.end is not None and period.start[:4] == period.end[:4]
    return int(period.end[:4]) if one and period is not None and period.end is not None else None


def _latest(ledger: Ledger, claim: Item) -> int | None:
    """The last year that the turn speaks of."""
    a = ledger.sentences[next(x.sentence for x in ledger.items if x.turn == claim.turn)][0]
    b = ledger.sentences[next(x.sentence for x in reversed(ledger.items) if x.turn == claim.turn)][1]
    return max((int(y) for y in _YEAR.findall(ledger.text, a, b)), default=None)


def years_spanned(ledger: Ledger, claim: Item, other: Item) -> int | None:
    """The years of a growth over several: two that are named, 五年累计, or 比2015年 against the year of the figure."""
    found = sorted({int(y) for y in _YEAR.findall(ledger.text[ledger.sentences[claim.sentence][0] : other.start])})
    if len(found) > 1:
        return found[-1] - found[0] if len(found) == _TWO and found[-1] - found[0] > 1 else None
    m = _OVER.search(ledger.text[ledger.sentences[claim.sentence][0] : other.start])
    if m is not None:
        return _NUMBER.get(m["n"]) or int(m["n"])
    since = other.comparison.with_ if other.comparison is not None else ""
    end = other.period.end if other.period is not None else None
    years = int(end[:4]) - int(since) if end and since.isdigit() else 0
    return years if years > 1 else ledger.years_said(claim) if len(found) < _TWO else None


_TWO = 2
# 五年累计增长; 三年来共增长
_OVER = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})年(?:来|间|内)?(?:累计|共|总共|合计)")


def _move_before(ledger: Ledger, then: Item) -> int | None:
    """由2015年的2138亿元增加到2020年的3726亿元；…从148亿元增至227亿元: the years of the first move hold for the second."""
    near = [x for x in ledger.items[max(0, then.n - 8) : then.n] if x.sentence == then.sentence]
    for a, b in pairwise(near):
        start, end = year(a), year(b)
        if a.role == "from" and b.role in ("to", "level") and start and end and end > start + 1:
            return end - start
    return None
