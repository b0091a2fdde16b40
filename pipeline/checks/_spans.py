"""The years that a yearly growth goes over."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

FROM_TO = re.compile(r"(?P<a>(?:19|20)\d\d)年?(?:末|底)?[到至\-—－~]+(?P<b>(?:19|20)\d\d)年")
_YEAR = re.compile(r"(?:19|20)\d\d")
AGO = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})年前")
# The national censuses since 2000 are ten years apart: 第五次 2000, 第六次 2010, 第七次 2020.
_CENSUS = re.compile(r"第(?P<n>[五六七八])次(?:全国)?(?:人口)?普查|上一?次(?:全国)?人口普查")
NUMBER = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}


def year(item: Item) -> int | None:
    """The year printed last before a figure in its clause."""
    found = _YEAR.findall(FROM_TO.sub("", item.lead))
    plan = _PLAN_END.search(item.near)
    if plan is not None:
        return 2005 + 5 * NUMBER[plan["n"]] if plan["n"] in NUMBER else 2010
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
    spanned = next(reversed([*FROM_TO.finditer(ledger.text, ledger.sentences[claim.sentence][0], claim.end)]), None)
    if spanned is not None and not start and not end:
        return int(spanned["b"]) - int(spanned["a"]) if int(spanned["b"]) > int(spanned["a"]) + 1 else None
    ago = AGO.search(then.near)
    if ago is not None:
        return NUMBER.get(ago["n"]) or int(ago["n"])
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


_AROUND = 40


def _latest(ledger: Ledger, claim: Item) -> int | None:
    """The last year that the turn speaks of."""
    near = [x for x in ledger.items[max(0, claim.n - _AROUND) : claim.n + _AROUND] if x.turn == claim.turn]
    a, b = ledger.sentences[near[0].sentence][0], ledger.sentences[near[-1].sentence][1]
    return max((int(y) for y in _YEAR.findall(ledger.text, a, b)), default=None)


def years_spanned(ledger: Ledger, claim: Item, other: Item) -> int | None:
    """The years of a growth over several: two that are named, 五年累计, or 比2015年 against the year of the figure."""
    found = sorted({int(y) for y in _YEAR.findall(ledger.text[ledger.sentences[claim.sentence][0] : other.start])})
    if len(found) > 1:
        return found[-1] - found[0] if len(found) == _TWO and found[-1] - found[0] > 1 else None
    ago = AGO.search(other.near)
    if ago is not None and other.role == "multiple":
        return NUMBER.get(ago["n"]) or int(ago["n"])
    lasted = ledger.items[other.n - 1] if other.n else other
    if lasted.reading.kind == "duration" and lasted.reading.unit == "年" and lasted.sentence == claim.sentence and lasted.reading.value is not None:
        return int(lasted.value) if lasted.value > 1 and lasted.value == int(lasted.value) else None
    m = _OVER.search(ledger.text[ledger.sentences[claim.sentence][0] : other.start])
    if m is not None:
        return NUMBER.get(m["n"]) or int(m["n"])
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
