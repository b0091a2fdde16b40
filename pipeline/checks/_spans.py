"""The two levels that a yearly growth lies between, and the years from one to the other."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

_YEAR = re.compile(r"(?:19|20)\d\d")
_AGO = re.compile(r"(?P<n>[两二三四五六七八九十]|\d{1,2})年前")
# The national censuses since 2000 are ten years apart: 第五次 2000, 第六次 2010, 第七次 2020.
_CENSUS = re.compile(r"第(?P<n>[五六七八])次(?:全国)?(?:人口)?普查|上一?次(?:全国)?人口普查")
_NUMBER = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_MEASURED = ("count", "money", "quantity")


def levels(ledger: Ledger, claim: Item) -> tuple[Item, Item] | None:
    """The level now and the level then: 从67.23亿元增至125.3亿元; 112384件，比2012年的54731件翻一番."""
    now = then = None
    for other in reversed(ledger.items[max(0, claim.n - 6) : claim.n]):
        if other.sentence != claim.sentence:
            break
        if other.reading.kind not in _MEASURED or other.reading.value is None:
            continue
        if _is_now(other, now, then):
            now = other
        elif _is_then(other, now, then):
            then = other
        elif other.role == "increment" and now is None and then is None and claim.n - other.n > 1:
            break
        if now is not None and then is not None:
            break
    if now is None or then is None:
        return None
    first, last = year(then), year(now)
    if first is not None and last is not None and first > last:
        # 2023年12.6亿元，是2018年8.4亿元的1.5倍: the later year is now, wherever it stands.
        now, then = then, now
    told = then.role in ("from", "prior") or now.role == "to" or year(then) != year(now)
    return (now, then) if told else None


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
    found = _YEAR.findall(item.lead)
    return int(found[-1]) if found else None


def years_between(ledger: Ledger, claim: Item, now: Item, then: Item) -> int | None:
    """From the years that are printed, from 五年前, a census, a length of time, or the move before in the sentence."""
    start, end = year(then), year(now)
    if start and end:
        return end - start if end > start + 1 else None
    ago = _AGO.search(then.near)
    if ago is not None:
        return _NUMBER.get(ago["n"]) or int(ago["n"])
    if _CENSUS.search(then.near):
        return 10
    # 五年间, 十年来: the years are said, not the dates.
    for other in reversed(ledger.items[max(0, claim.n - 8) : claim.n]):
        if other.sentence == claim.sentence and other.reading.kind == "duration" and other.reading.unit == "年" and other.reading.value is not None:
            return int(other.value) if other.value == int(other.value) and other.value > 1 else None
    return _move_before(ledger, then)


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
    return years if years > 1 else None


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
