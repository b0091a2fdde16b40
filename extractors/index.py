"""Index numbers, scores, ratios to one.

>>> 制造业PMI为50.1 → 50.1; 总人口性别比为104.49; 得分为79.88分; 猪粮比价4.85∶1 → 4.85; 医护比1∶1.19 → 1.19
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import Unit, figure

# What ends in one of these names has no unit; the number follows at once or behind 为, 由, 降至 …
_NAME = re.compile(
    r"""
    (?: 指数 | PMI | 性别比 | 比值 | 系数 | 总分 | 得分 | 评分 | 分值 | 之比 | 倍差 | 倍率 | 比价 | 为100的 | 烈度 | 震级 | 中间价 | 汇率 | 人民币(?=报)
      | (?:收入|护|师|生|产销|抚养|职普|存销|投入产出|存贷|产值|投资|质效|性价|盈亏|量|车桩|成本收益)比(?:例)?
      | (?:死亡|发病|患病|犯罪|事故|生育)率 | [百千万]人口?[^，。,；;0-9]{1,6}率 | 景气 | 轮 )
    (?:\([^()]{1,20}\))?(?:年|月)?(?:均值|平均值?)?
    (?:分别|均|仅|已|约|大约|最高|只){0,3}
    (?:为|是|有|达到|达|[由从](?:(?:上年|去年|20[0-9]{2}年)(?:同期|末|底)?的?)?|在|报|[降升跌涨]至|[降升跌涨]到|
    (?:下降|上升|提高|缩小|提升|压缩|优化|调整|改善|扩大|回落|收窄|控制)(?:[到至为在])了?|[降升]为|:)?(?:了)?$
    """,
    re.VERBOSE,
)
_STOP = r"(?=[，。,；;、()\s和以比降升到至下上增缩扩提回的]|$)"
_BARE = re.compile(rf"(?:分(?![钟别之成为布公])|点)?{_STOP}")
_FIRST = "，。,；;、()和以比降升到至下上增缩扩提回的分点\t\n "
_SCORE = re.compile(r"分(?=[，。,；;、和)以位居比的]|$)")
# 每度电降低3.6分: a hundredth of a yuan.
_PRICE = re.compile(r"(?:价|电费|水费|每度|每斤|每吨|每千瓦时|每立方米?|每公里)[^，。,；;、]{0,10}$")
_MOVED = re.compile(r"(?:[升降高低差加扣]|提高|增加|减少)了?$")
_POINTS = re.compile(r"点(?=[，。,；;、和)关上下\s]|$)")
_MAGNITUDE = re.compile(r"级(?<=[0-9]级)(?<=\.[0-9]级)")
_TO_ONE = re.compile(r":1(?![0-9.:])")
_ONE_TO = re.compile(r"(?<![0-9.:])1[:比]$")
_TO_ONE_IN_WORDS = re.compile(r"比1(?![0-9.:万亿%])")
# 车桩比优化为2.3:1, 投入产出比由1:3提高到1:4.2, not 以3:1获胜 and not a map of 1:500.
_RATIO_NEAR = re.compile(r"(?:[\u4e00-\u9fff](?<![同环占对相无评])比(?!分|赛|较|例尺)|比例(?!尺))[^。；;\n]{0,40}$|率[为达到由约]{0,2}$")
# 基尼系数比上年缩小0.003
_CHANGED = re.compile(r"(?:系数|指数|收入比|倍差|倍率|性别比)(?:比|较|同比|环比)[^，。,；;、0-9]{0,10}(?:缩小|扩大|提高|下降|上升|回落|降低|提升|回升)了?$")
_A_SCORE = re.compile(r"(?:比分|[以胜负输赢]|平局)[^，。,；;、]{0,4}$")
_WIND = re.compile(r"级(?![a-zA-Z别])")
_FROM_A_SIDE = re.compile(r"的?偏?[东南西北]{1,2}(?:大|阵)?风")
_WIND_BEFORE = re.compile(r"(?:风力?|风速)[^，。,；;、0-9]{0,8}$|风[^，。,；;0-9]{0,10}[0-9]{1,2}级[^，。,；;0-9]{0,6}$")
_RATIO = re.compile(r":[0-9]{1,3}(?:\.[0-9]{1,2})?(?![0-9.:])")
_SHARED = re.compile(r"(?:按|比例|之比|按照)[^，。,；;0-9]{0,4}$")
_PER_MANY = re.compile(r"(?=/10{1,3}万(?!元))")


def _named(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    start = numeral.start
    one = _ONE_TO.search(text, max(0, start - 3), start)
    if one is not None:
        start = one.start()
    named = _NAME.search(text, max(0, start - 34), start) or (one is not None and _SHARED.search(text, max(0, start - 12), start))
    named = named or _CHANGED.search(text, max(0, start - 34), start)
    if numeral.chinese or not (named or ((one is not None or m[0]) and _is_ratio(text, start))):
        return None
    return figure(text, numeral, m.end(), "index", "index", rule, start=start)


def _is_ratio(text: str, start: int) -> bool:
    """Whether the sentence named a ratio before 2.3:1, and no match was won by it."""
    return bool(_RATIO_NEAR.search(text, max(0, start - 48), start)) and not _A_SCORE.search(text, max(0, start - 6), start)


def _wind(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """The force of a wind on its scale of 12 or 17; a force that names a kind of wind is a label."""
    strong = not numeral.chinese and numeral.exact and 1 <= numeral.value <= 18
    blows = strong and (_WIND_BEFORE.search(text, max(0, numeral.start - 22), numeral.start) or _FROM_A_SIDE.match(text, m.end()))
    return figure(text, numeral, m.end(), "index", "index", rule) if blows else None


def _ratio(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """按7:3分担: the first number stands for the pair."""
    shared = numeral.value != 1 and _SHARED.search(text, max(0, numeral.start - 12), numeral.start)
    return figure(text, numeral, m.end(), "index", "index", rule) if shared and not numeral.chinese else None


def _per_many(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading:
    """9.86/10万: the base is no part of the number."""
    return figure(text, numeral, m.end(), "index", "index", rule)


def _score(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    if m[0] == "分" and _PRICE.search(text, max(0, numeral.start - 16), numeral.start):
        return None
    small = numeral.exact and numeral.value < 10 and not (m[0] == "分" and _MOVED.search(text, max(0, numeral.start - 4), numeral.start))
    if numeral.chinese or small:
        return None
    return figure(text, numeral, m.end(), "index", "index", rule)


def _stock(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return None if numeral.chinese or numeral.value <= 24 else figure(text, numeral, m.end(), "index", "index", rule)


RULES = (
    Unit("a named index", _FIRST, _BARE, _named),
    Unit("so many to one", ":", _TO_ONE, _named),
    Unit("so many to one in words", "比", _TO_ONE_IN_WORDS, _named),
    Unit("the force of a wind", "级", _WIND, _wind),
    Unit("a ratio by which something is shared", ":", _RATIO, _ratio),
    Unit("so many of a hundred thousand", "/", _PER_MANY, _per_many),
    Unit("a magnitude", "级", _MAGNITUDE, _score),
    Unit("a score", "分", _SCORE, _score),
    Unit("points of an index", "点", _POINTS, _stock),
)
