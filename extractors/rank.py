"""Positions: 第二位, 首位, 前三, and changes of position.

>>> 位列全省第一 → 1; 居首位 → 1; 排名前三 → 1 to 3; 前移9位 → 9 places, up
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.figure import Direction
from ..schemas.reading import Reading
from ._numerals import small
from ._rule import Words

_N = r"(?:\d{1,4}|[一二三四五六七八九十百]{1,5})"
_STAND = r"(?:位居|位列|位于|名列|居于?|列|排名|排位|排在?|排序|并列|分列|跻身|升至|升到|上升到|上升至|降至|降到|跃居|跃升至|稳居|保持|继续|均居|进位|晋位|挺进|进入|前移至|提升至|由)"
_UNIVERSE = r"[^，。,；;、\n\d第]{0,10}(?:\([^()]{0,14}\))?(?:\d{0,2}[^，。,；;、\n\d第]{0,9})?(?:\([^()]{0,14}\))?"


def _one(m: re.Match[str], value: int, rule: str, unit: str = "rank", direction: Direction | None = None) -> Reading:
    exact = Decimal(value)
    start, end = m.span("span") if "span" in m.re.groupindex else m.span()
    return Reading(start, end, "rank", exact, exact, exact, Decimal(0), unit, None, rule, (start, end), direction)


def _ordinal(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    return None if not value else _one(m, value, rule)


def _top(m: re.Match[str], rule: str) -> Reading:
    return _one(m, 1, rule)


def _first_few(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    if not value:
        return None
    start, end = m.span("span")
    return Reading(start, end, "rank", None, Decimal(1), Decimal(value), Decimal(0), "rank", None, rule, (start, end))


def _between(m: re.Match[str], rule: str) -> Reading | None:
    a, b = small(m["a"]), small(m["b"])
    if not a or not b or a >= b:
        return None
    start, end = m.span("span")
    return Reading(start, end, "rank", None, Decimal(a), Decimal(b), Decimal(0), "rank", None, rule, (start, end))


def _moved(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    up = m["verb"] in ("前移", "前进", "再进", "进", "提升", "提高", "上升", "跃升", "晋升", "前移了", "上升了")
    return None if not value else _one(m, value, rule, "places", "up" if up else "down")


RULES = (
    # 居全省第二位, 由第34位上升到第12位
    Words("an ordinal with 位 or 名", re.compile(rf"(?P<span>第(?P<n>{_N})(?:位(?!的?主持|同志)|名(?!单|的)))"), _ordinal),
    Words("an ordinal after a verb of standing", re.compile(rf"{_STAND}{_UNIVERSE}(?P<span>第(?P<n>{_N}))(?![{'一二三四五六七八九十百'}\d位名批次届产个季号大期条家期年天书阶线方轮代])"), _ordinal),
    Words("a further ordinal of a list", re.compile(rf"(?<=第[一二三四五六七八九十\d])[位名]?[、和及](?P<span>第(?P<n>{_N}))(?=[位名，。,；;、和]|$)"), _ordinal),
    Words("the top", re.compile(r"(?P<span>首位(?!度)|榜首|居首(?!位)|第一方阵)"), _top),
    Words("the first few", re.compile(rf"(?P<span>(?:排名|排在|位居|居|位列|名列|列)?(?:全[国省市县州]|世界|全球)?前(?P<n>{_N})(?:位|名))(?!的?[年月])|(?P<x>)(?!)"), _first_few),
    Words("the first few after a verb", re.compile(rf"(?P<span>(?:排名|排在|位居|位列|名列|排|居)(?:全[国省市县州])?前(?P<n>[二三四五六七八九十]{{1,2}}|\d{{1,2}}))(?![位名年个月季周天\d])"), _first_few),
    Words("from one position to another", re.compile(rf"(?P<span>第(?P<a>{_N})位?[至到-]第(?P<b>{_N})[位名])"), _between),
    Words("a change of position", re.compile(rf"(?P<verb>前移了?|前进|再进|提升|提高|上升了?|跃升|晋升|下降|下滑|后移|退后|后退|进)(?P<span>(?P<n>{_N})个?(?:位次?|名次?))(?![于居列])"), _moved),
)
