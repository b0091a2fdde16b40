"""How long something lasts.

>>> 未来5-15年 → 5 to 15 年; 连续27个月 → 27 月; 45分钟 → 45 分钟; 1小时20分钟 → 80 分钟; 两天半 → 2.5 日
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.reading import Reading
from ._bounds import around, interval
from ._numerals import Numeral, small
from ._rule import Unit, Words, figure

_LONG = re.compile(
    r"""
    (?P<years>年(?![底末初度级代产会报均终末中报检])(?=期|以来|间|内|时间|左右|以上|以下|之内|[，。,、;；)和的来]|$|[^0-9一二三四五六七八九十前后]))
  | (?P<months>个(?:多)?月)
  | (?P<days>天|个?工作日|日(?=内|以内|左右|游))
  | (?P<weeks>个?星期|周(?![年岁边]))
  | (?P<hours>个?(?:多)?小时|个钟头)
  | (?P<minutes>分钟)
  | (?P<seconds>秒(?!杀))
    """,
    re.VERBOSE,
)
_UNIT = {"years": "年", "months": "月", "days": "日", "weeks": "周", "hours": "小时", "minutes": "分钟", "seconds": "秒"}
# 一个半小时, 3个半月; 两年半, 一天半, 5分半钟: the half stands in or behind the unit.
_AND_HALF = re.compile(
    r"(?:个半(?P<inside>月(?!度)|小时|钟头|工作日|星期)|个?(?P<before>年|天|小时|工作日|星期|分)半(?![年天径数价封公程导自山岛载夜])钟?)"
)
_NAMED = {"月": "月", "小时": "小时", "钟头": "小时", "工作日": "日", "星期": "周", "年": "年", "天": "日", "分": "分钟"}
_N = r"(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
# 1年零3个月, 2天6小时, 1小时20分钟, 4分50秒: one length, told in its smaller unit.
_TWO_UNITS = re.compile(
    rf"""
    (?P<big>年|天|周|个?小时|分钟?)零?(?P<n>{_N})
    (?P<small>个月|天(?!候)|个?小时|分钟|分(?=[，。,；;、)的内以左办到]|[0-9]{{1,2}}秒|$)|秒)
    (?:(?P<m>[0-9]{{1,2}})秒)?
    """,
    re.VERBOSE,
)
_SIZES = {("年", "月"): 12, ("周", "日"): 7, ("日", "小时"): 24, ("小时", "分钟"): 60, ("分钟", "秒"): 60}
_BIG = {"年": "年", "周": "周", "天": "日", "小时": "小时", "个小时": "小时", "分": "分钟", "分钟": "分钟"}
_SMALL = {"个月": "月", "天": "日", "小时": "小时", "个小时": "小时", "分钟": "分钟", "分": "分钟", "秒": "秒"}
_HALF = re.compile(r"半(?<![一两二三四五六七八九十大小上下前后多过强年天].)(?:个?(?P<unit>小时|钟头|工作日)|(?P<long>个月|天|年)(?=之?内|以内|左右|办|时间))")


def _long(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    sort = m.lastgroup or ""
    before = text[max(0, numeral.start - 1) : numeral.start]
    if numeral.bare or before == "第":
        return None
    if sort == "years":
        year = numeral.high is None and not numeral.chinese and numeral.exact and 1900 <= numeral.value <= 2100
        if year or text.startswith(("年来", "年以来"), m.start()):
            return None
        if numeral.high is not None and numeral.value >= 1900:
            return None
    if sort == "weeks" and "个" not in m[0] and numeral.chinese and numeral.value < 2:
        return None
    if numeral.chinese and numeral.high is None and numeral.value < 2:
        return None
    numeral = numeral._replace(over=numeral.over or "多" in m[0])
    return figure(text, numeral, m.end(), "duration", _UNIT[sort], rule)


def _and_half(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    if numeral.bare or numeral.over or numeral.high is not None or numeral.value != int(numeral.value) or numeral.value >= 100:
        return None
    half = numeral._replace(value=numeral.value + Decimal("0.5"), step=Decimal("0.5"), exact=False)
    return figure(text, half, m.end(), "duration", _NAMED[m["inside"] or m["before"]], rule)


def _two_units(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    unit, more = _SMALL[m["small"]], small(m["n"])
    size = _SIZES.get((_BIG[m["big"]], unit))
    if numeral.bare or numeral.high is not None or size is None or more is None or numeral.value >= 1000:
        return None
    value, end = numeral.value * size + more, m.end()
    if m["m"] and unit == "分钟":
        unit, value = "秒", value * 60 + int(m["m"])
    elif m["m"]:
        end = m.start("m")
    whole = numeral._replace(value=value, step=Decimal(1), exact=True)
    return figure(text, whole, end, "duration", unit, rule)


def _half(m: re.Match[str], rule: str) -> Reading:
    """半个工作日, 半小时."""
    grown = around(m.string, m.start(), m.end())
    value, step = Decimal("0.5"), Decimal("0.1")
    low, high = interval(value, step, False, grown.bound, False)
    unit = _NAMED[m["unit"] or m["long"].removeprefix("个")]
    return Reading(grown.start, grown.end, "duration", value, low, high, step, unit, grown.bound, rule, m.span())


RULES = (
    Unit("a length of time", "年个天工日星周小分秒", _LONG, _long),
    Unit("a length of time and a half", "个年天小工星分", _AND_HALF, _and_half),
    Unit("a length of time in two units", "年天周个小分", _TWO_UNITS, _two_units),
    Words("half a length of time", _HALF, _half, ("半",)),
)
