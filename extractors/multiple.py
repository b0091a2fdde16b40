"""Multiples: 倍, 翻番, parts in words.

>>> 是2012年的2.7倍 → 2.7; 翻一番 → 2; 三分之一 → 0.3333
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.reading import Reading
from ._bounds import around
from ._numerals import Numeral, small
from ._rule import Unit, Words, figure

_TIMES = re.compile(r"倍(?![增增速率频])|倍(?=增长|增加|速度)")
_DOUBLING = re.compile(r"翻(?:了?(?P<n>[一两二三四1-4])番|(?<!个翻)番(?!.{0,2}(?:计划|目标|行动|工程)))")
_PARTS = re.compile(r"(?P<b>[二三四五六七八九十](?<![一二三四五六七八九十百千].)[一二三四五六七八九十]{0,2}+)分之(?P<a>[一二两三四五六七八九]{1,3}+)")
_TURNS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def _times(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return None if numeral.bare else figure(text, numeral, m.end(), "multiple", "times", rule)


def _doubling(m: re.Match[str], rule: str) -> Reading:
    """翻一番 doubles, 翻两番 quadruples."""
    value = Decimal(2) ** (_TURNS[m["n"]] if m["n"] else 1)
    step = Decimal("0.1")
    grown = around(m.string, m.start(), m.end())
    low, high = value - step / 2, value + step / 2
    return Reading(grown.start, grown.end, "multiple", value, low, high, step, "times", grown.bound, rule, m.span(), "up")


def _parts(m: re.Match[str], rule: str) -> Reading | None:
    """A third is no printed decimal: four places, and a hundredth either way."""
    a, b = small(m["a"]), small(m["b"])
    if not a or not b or a >= b:
        return None
    grown = around(m.string, m.start(), m.end())
    value, step = (Decimal(a) / b).quantize(Decimal("0.0001")).normalize(), Decimal("0.01")
    return Reading(grown.start, grown.end, "multiple", value, value - step, value + step, step, "times", grown.bound, rule, m.span())


RULES = (
    Unit("so many times: 倍", "倍", _TIMES, _times),
    Words("doubling: 翻番", _DOUBLING, _doubling, ("番",)),
    Words("a part in words: 分之", _PARTS, _parts, ("分之",)),
)
