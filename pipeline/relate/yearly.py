"""Levels of several years, and the growth between them: 2021至2023年分别为1150件、1484件和3008件，同比分别上升….

A year further on is the same measure under the same name; where the two do not fit the rate, another measure was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import cues
from .items import Item
from .ledger import Ledger

# The level, the earlier level, the template.
Pair = tuple[Item, Item, str]
_SEVERAL = re.compile(r"(?P<n>[两二三四五六七八九十])年")
_BEHIND = re.compile(r"据|按|以|(?:去年|上年)(?:同期)?(?:分别)?(?:为|是)")
# 去年同期是327起、189人; 上年同期的基数是388个、1802.5亿元; 8月为39.0亿美元
_EARLIER = re.compile(r"^(?:而|据)?(?:去年|上年|前年|上月|上季度|\d{1,2}月|(?:19|20)\d\d年)(?:同期|同月|份|末|底)?[^，。；;]{0,5}(?:为|是|有)$")
_REACH = 40


def yearly(ledger: Ledger, claim: Item, members: list[Item]) -> Iterator[Pair]:
    """The pair of levels that a growth rate lies between, by the years they are said of."""
    found = _in_a_row(ledger, claim, members) or _behind(ledger, claim, members) or _under_one_name(ledger, claim, members)
    if found is not None:
        yield found


def _in_a_row(ledger: Ledger, claim: Item, members: list[Item]) -> Pair | None:
    """One list with a member for each year: as many rates as levels, or one rate for the last."""
    k, first = members.index(claim), members[0]
    last = next((x for x in reversed(ledger.items[max(0, first.n - 3) : first.n]) if x.is_level and x.sentence == first.sentence), None)
    run = ledger.chain(last) if last is not None else []
    if len(run) < 2 or run[-1] is not last or not _years(ledger, run):
        return None
    if len(members) == 1:
        return run[-1], run[-2], "two years of a list of years"
    if len(members) == len(run) - 1 and "后" in first.near:
        # 三年分别为1200件、1380件、1656件，后两年分别增长15%和20%.
        return run[k + 1], run[k], "two years of a list of years"
    if len(members) == len(run) and k > 0:
        return run[k], run[k - 1], "two years of a list of years"
    return None


def _years(ledger: Ledger, run: list[Item]) -> bool:
    """Whether the list has a member for each year that is named; 这三年 and a list behind such a list as well."""
    head = run[0]
    period = head.period
    if period is not None and period.start is not None and period.end is not None and int(period.end[:4]) - int(period.start[:4]) + 1 == len(run):
        return True
    named = re.findall(r"(?:19|20)\d\d年", head.lead)
    if len(named) == len(run) and len(set(named)) == len(run):
        return True
    m = _SEVERAL.search(head.near)
    if m is not None:
        return cues.NUMBERS[m["n"]] == len(run)
    before = next((x for x in reversed(ledger.items[max(0, head.n - 8) : head.n]) if x.is_level), None)
    earlier = ledger.chain(before) if before is not None and before.turn == head.turn else []
    return "分别" in head.near and len(earlier) == len(run) and earlier[0] is not head and _years(ledger, earlier)


def _behind(ledger: Ledger, claim: Item, members: list[Item]) -> Pair | None:
    """186起、死亡143人，同比分别下降15.8%和12.3%，据上年221起和163人计算: as many earlier levels behind the rates."""
    behind = ledger.items[members[-1].n + 1 : members[-1].n + 1 + len(members)]
    if len(behind) != len(members) or any(x.sentence > claim.sentence + 1 or x.turn != claim.turn or x.reading.value is None for x in behind):
        return None
    joined = all(x.lead.startswith(("、", "和")) or x.listed for x in behind[1:])
    told = behind[0].role == "prior" and behind[-1].sentence == claim.sentence and _BEHIND.search(behind[0].near) is not None
    told = told and (joined or all(x.role == "prior" for x in behind))
    if not told and not (_EARLIER.search(behind[0].near) and joined):
        return None
    levels = _levels_before(ledger, members)
    if len(levels) != len(members) or any(a.unit != b.unit for a, b in zip(levels, behind, strict=True)):
        return None
    k = members.index(claim)
    return levels[k], behind[k], "earlier levels named behind the rates"


def _levels_before(ledger: Ledger, members: list[Item]) -> list[Item]:
    """The levels right before the rates, one for each."""
    first = members[0]
    near = ledger.items[max(0, first.n - len(members)) : first.n]
    return near if all(x.is_level and x.sentence == first.sentence and x.bracket == first.bracket for x in near) else []


def _under_one_name(ledger: Ledger, claim: Item, members: list[Item]) -> Pair | None:
    """2015年受理15985件，…上升42.6%。2014年受理11210件: the same name a year earlier, before or behind."""
    levels = _levels_before(ledger, members)
    if len(levels) != len(members):
        return None
    base = levels[members.index(claim)]
    year = _year(base)
    if year is None or len(base.name) < 2:
        return None
    found = [
        x for x in ledger.items[max(0, base.n - _REACH) : base.n + _REACH]
        if x.unit == base.unit and x.is_level and x.turn == base.turn and _year(x) == year - 1 and _same_name(base.name, x.name) and x.value > 0
    ]
    return (base, found[0], "the same name a year apart") if len({x.value for x in found}) == 1 else None


def _year(item: Item) -> int | None:
    period = item.period
    whole = period is not None and period.start is not None and period.end is not None and period.start[:4] == period.end[:4]
    return int(period.start[:4]) if whole and period is not None and period.start is not None and item.months == (1, 12) else None


def _same_name(a: str, b: str) -> bool:
    short, long = sorted((a, b), key=len)
    return len(short) >= 2 and short in long
