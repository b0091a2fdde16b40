"""Differences of two rates: percentage points, and 与…持平 as a difference of nothing.

>>> 较上年提升29.4个百分点 → 29.4; 下降0.41个千分点 → 0.041; 与上年持平 → 0, flat
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.figure import Kind
from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, Words, figure

_POINTS = re.compile(r"个?百分点|个点(?![位名])")
_SMALLER = re.compile(r"个?(?:(?P<tenth>千分点)|基点|BP|bp)")
# 坚持平等, 保持平稳: 持平 is no word there.
_FLAT = re.compile(r"持平(?![等稳衡原安台均])")
_COMPARED = re.compile(r"(?P<with>[与和同较](?:去年|上年|往年|前年|上月|上季|上半年)?(?:全年|同期|同月|末|底)?)?(?:基本|大体|总体)?$")

_LAST_NUMBER = re.compile(r"[0-9][万亿余多]{0,3}([%‰]|个百分点|[\u4e00-\u9fff])")
# 环比持平, 财产损失持平: the clause names a level of its own; 完成率持平 names a rate.
_OF_LEVEL = re.compile(r"(?:环比|同比)$")
_OF_RATE = re.compile(r"(?:率|比重|占比|份额|增速|涨幅|降幅|增幅)[^，。,；;、]{0,6}$")
# 不合格率1.6%，同比基本持平
_RATE_BEFORE = re.compile(r"(?:率|比重|占比|份额)[^，。,；;、0-9]{0,6}[0-9.]{1,9}%[，,](?:同比|环比)$")
_OWN_NOUN = re.compile(r"[，。,；;、\n]([^，。,；;、\n0-9]{2,10})$")


def _points(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading:
    return figure(text, numeral, m.end(), "points", "percentage_point", rule)


def _smaller(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading:
    factor = Decimal("0.1") if m["tenth"] else Decimal("0.01")
    return figure(text, numeral, m.end(), "points", "percentage_point", rule, factor=factor)


def _flat(m: re.Match[str], rule: str) -> Reading:
    """A rate that is 持平 moved by no points; a level that is 持平 grew by no per cent."""
    zero, text = Decimal(0), m.string
    said = _compared(text, m.start())
    start = said.start()
    kind: Kind = "rate" if _level_is_flat(text, start, said["with"] is not None) else "points"
    unit = "percent" if kind == "rate" else "percentage_point"
    return Reading(start, m.end(), kind, zero, zero, zero, zero, unit, None, rule, (start, m.end()), "flat")


def _compared(text: str, start: int) -> re.Match[str]:
    """What stands before 持平 and belongs to it; it may be nothing."""
    begin = max(0, start - 9)
    found = _COMPARED.search(text, begin, start)
    if found is None:
        raise ValueError("an optional pattern matched nothing")
    return found


def _level_is_flat(text: str, start: int, compared: bool) -> bool:
    begin = max(0, start - 16)
    if _OF_RATE.search(text, begin, start):
        return False
    if _OF_LEVEL.search(text, begin, start):
        return not _RATE_BEFORE.search(text, max(0, start - 24), start)
    noun = _OWN_NOUN.search(text, begin, start)
    if not compared and noun and not noun[1].startswith(("比", "较", "同", "与")):
        return True
    said = _LAST_NUMBER.findall(text, max(0, start - 30), start)
    return bool(said) and said[-1] not in ("%", "‰", "个百分点")


RULES = (
    Unit("percentage points", "个百", _POINTS, _points),
    Unit("tenths and hundredths of a point", "个千基Bb", _SMALLER, _smaller),
    Words("no change: 持平", _FLAT, _flat, ("持平",)),
)
