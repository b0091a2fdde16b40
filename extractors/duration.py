"""How long something lasts.

>>> 未来5-15年 → 5 to 15 年; 连续27个月 → 27 月; 45分钟 → 45 分钟
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, figure

_LONG = re.compile(
    r"""
    (?P<years>年(?![底末初度级代产会报均终末中报检])(?=期|以来|间|内|时间|左右|以上|以下|[，。,、;；)和的来]|$|[^0-9一二三四五六七八九十前后]))
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
    return figure(text, numeral, m.end(), "duration", _UNIT[sort], rule)


RULES = (Unit("a length of time", "年个天工日星周小分秒", _LONG, _long),)
