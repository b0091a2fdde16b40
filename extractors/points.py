"""Differences of two rates: percentage points, and 与…持平 as a difference of nothing.

>>> 较上年提升29.4个百分点 → 29.4; 与上年持平 → 0, flat
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, Words, figure

_POINTS = re.compile(r"个?百分点|个点(?![位名])")
_BASIS = re.compile(r"个?基点|BP|bp")
_FLAT = re.compile(r"(?:[与和同较](?:去年|上年|往年|前年|上月|上季|上半年)?(?:全年|同期|同月|末|底)?(?:基本|大体|总体)?持平)|(?:基本|大体|总体)?持平")

_LAST_NUMBER = re.compile(r"\d(?:[万亿余多]*)([%‰]|个百分点|[\u4e00-\u9fff])")


def _points(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading:
    return figure(text, numeral, m.end(), "points", "percentage_point", rule)


def _basis(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading:
    return figure(text, numeral, m.end(), "points", "percentage_point", rule, factor=Decimal("0.01"))


def _flat(m: re.Match[str], rule: str) -> Reading:
    """A rate that is 持平 moved by no points; a level that is 持平 grew by no per cent."""
    zero = Decimal(0)
    said = _LAST_NUMBER.findall(m.string, max(0, m.start() - 30), m.start())
    of_level = bool(said) and not said[-1].startswith(("%", "‰", "个百分点"))
    kind, unit = ("rate", "percent") if of_level else ("points", "percentage_point")
    return Reading(m.start(), m.end(), kind, zero, zero, zero, Decimal(0), unit, None, rule, m.span(), "flat")  # type: ignore[arg-type]


RULES = (
    Unit("percentage points", "个百", _POINTS, _points),
    Unit("basis points", "个基Bb", _BASIS, _basis),
    Words("no change: 持平", _FLAT, _flat),
)
