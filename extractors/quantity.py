"""Lengths, areas, weights, energy and what is measured per unit.

>>> 铁路营业里程4.5万公里 → 45000 公里; 单产6419公斤/公顷 → 6419 公斤/公顷
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, figure
from ._units import COUNTS, PER, PER_COUNT, QUANTITIES, alternation, firsts

# 3里, 2两, 5方面, 3度: characters that mostly belong to other words want a check of what follows.
_OTHER_WORD = (
    "里[面程外]|方[面案式向法位]|度过|两[个项年会]|克服|克(?:难|拉玛)|米[粉饭]|里约|兆示|升[级至高幅旗学任]|斤两|岁末|岁月|伏[特季天笔法案]|"
    "度(?:夏|假|汛)|焦[虑点作炭]|吨位|度[，。,]?(?:优|良)|分贝尔"
)
# A unit in letters is a whole word: no km in kmh.
_QUANTITY = re.compile(rf"(?!{_OTHER_WORD})(?P<unit>(?:{alternation(QUANTITIES)}))(?!(?<=[A-Za-z])[A-Za-z])(?P<per>{PER})?")
_PER_COUNT = re.compile(rf"(?P<unit>{alternation(COUNTS)}|转|万?亿亿?次|小时|分钟|个?工作日|天|日|秒|个月|年)(?P<per>{PER_COUNT})")
_AGE_CLASS = re.compile(r"(?:\(含\))?(?:及|或)?(?:\(含\))?以[上下]|之?间|老|人|的|儿|青|中|、|[至到-]")
_DOUBTFUL = frozenset("里 两 度 方 m t".split())
_COMPUTING = re.compile(r"(?:算力|智算|计算)[^，。,；;]{0,14}$")


def _quantity(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    unit = m["unit"]
    if numeral.bare or (numeral.chinese and numeral.value < 2):
        return None
    if unit in ("岁", "周岁") and (numeral.high is not None or _AGE_CLASS.match(text, m.end())):
        return None
    if unit in _DOUBTFUL and numeral.chinese:
        return None
    if unit in ("P", "E") and not _COMPUTING.search(text, max(0, numeral.start - 16), numeral.start):
        return None
    return figure(text, numeral, m.end(), "quantity", unit + (m["per"] or "").replace("每", "/"), rule)


def _per_count(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return None if numeral.bare else figure(text, numeral, m.end(), "quantity", m["unit"] + m["per"].replace("每", "/"), rule)


RULES = (
    Unit("a measured quantity", firsts(QUANTITIES), _QUANTITY, _quantity),
    Unit("a count or a time per unit: 件/人, 小时/户", firsts(COUNTS) + "转万亿小分工天日秒年", _PER_COUNT, _per_count),
)
