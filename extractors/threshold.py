"""Bounds that define a class, not a measured amount: 亿元以上项目, 65岁及以上, 0-14岁.

>>> 列入省亿元以上重点项目287个 → 100000000 CNY, at_least; 65岁及以上 → 65 岁; 16至24岁 → 16 to 24 岁
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, figure
from ._units import CURRENCIES, alternation, firsts

_AGE = re.compile(r"(?P<unit>周?岁)(?P<group>(?=(?:\(含\))?(?:及|或)?(?:\(含\))?以[上下]|之?间|老|人|的|儿|青|中|、|[至到-]))?")
_CLASS = re.compile(
    rf"(?P<unit>{alternation(CURRENCIES)})(?=(?:\(含\))?(?:及|或)?以[上下]|级(?!别)|项目|企业|强县|园区|俱乐部|产业|村|镇)"
)


def _age(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """A range of ages is always a class, one age only before what makes it one."""
    if numeral.high is None and m["group"] is None:
        return None
    return figure(text, numeral, m.end(), "threshold", m["unit"], rule)


def _class(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """亿元以上, 百亿级: the multiplier alone is the bound."""
    if not (numeral.bare or (numeral.chinese and numeral.value >= 10**6)):
        return None
    return figure(text, numeral, m.end(), "threshold", CURRENCIES[m["unit"]], rule)


RULES = (
    Unit("a class of ages", "岁周", _AGE, _age),
    Unit("a class by money: 亿元以上", firsts(CURRENCIES), _CLASS, _class),
)
