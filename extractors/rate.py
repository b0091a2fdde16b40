"""Rates: %, ‰, 百分之, 成, 折, a/b, 过半.

>>> 开工率85.9% → 85.9; 近八成 → 80, under; 2.3‰ → 0.23; 九折 → 90
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.reading import Reading
from ._bounds import around, interval
from ._numerals import Numeral, arabic, chinese
from ._rule import Unit, Words, figure, led

_PERCENT = re.compile(r"%(?!点)|个?百分比")
_PERMILLE = re.compile(r"‰")
_TENTHS = re.compile(
    r"成(?![为立本功员果长都效交绩品熟人年药昌武安套型分色群名县对批就日事片果份])(?P<half>[一二三四五六七八九半](?![是个家成]))?"
)
_DISCOUNT = re.compile(r"折(?![合算叠旧扣射线桥中返])")
_OF_HUNDRED = re.compile(r"(?P<base>[百千万])分之")
_BASE = {"百": Decimal(1), "千": Decimal("0.1"), "万": Decimal("0.01"), "十万": Decimal("0.001")}
_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"半": 5}
_SLASH = re.compile(r"[0-9](?<![0-9./].)[0-9]?(?P<slash>/)[0-9]{1,2}(?![0-9/]|[年月日号]|车道)")
# 入园企业过半, 占一半, 半数以上的工地, 完成大半; not 时间过半, 过半年, 近半年, 另一半.
_NO_HALF = r"(?![年月小天个程径世夜径场途截分])"
_HALF = re.compile(
    rf"""
    [过近一半大](?:
        (?<=过)(?<![通超度路经不]过)(?<![时双]间过)(?<!任务过)(?<!双过)(?<!半年过)(?P<more>半数?){_NO_HALF}
      | (?<=超过)(?P<most>半数?){_NO_HALF}
      | (?<=[占了成过近]大)(?P<much>半){_NO_HALF}
      | (?<=近)(?<=[，。,；;、\n占达有比例为是已数口省市区县].)(?P<near>半数?){_NO_HALF}
      | (?:(?<=[占达超近约成有少降低短到至为过].)|(?<=[占少降低成短]了.))(?<=一)(?P<one>半){_NO_HALF}
      | (?<=一)(?<![另前后]一)(?P<some>半)(?=以上|左右|的(?!时间)|来自)
      | (?<=[占达超近约有].)(?<=半)(?P<number>数)
      | (?<=半)(?P<part>数)(?=以上|左右)
    )""",
    re.VERBOSE,
)
_ZERO = re.compile(r"(?=[，。,；;、)]|$)")
_FELL_TO = re.compile(r"率[^，。,；;、0-9]{0,4}(?:降至|降为|降到|归|为|是|保持)$")
_NO_GROWTH = re.compile(r"零(?<!社.)增长")


def _percent(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return None if numeral.bare else figure(text, numeral, m.end(), "rate", "percent", rule)


def _permille(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return figure(text, numeral, m.end(), "rate", "percent", rule, factor=Decimal("0.1"))


def _tenths(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    if numeral.bare or not 0 < numeral.value <= 10:
        return None
    half = m.groupdict().get("half")
    if half:
        numeral = numeral._replace(value=numeral.value + Decimal(_DIGIT[half]) / 10, step=Decimal("0.1"))
    return figure(text, numeral, m.end(), "rate", "percent", rule, factor=Decimal(10))


def _of_hundred(m: re.Match[str], rule: str) -> Reading | None:
    """百分之五点三: the numeral stands to the right of its unit."""
    text, at = m.string, m.end()
    window = text[at : at + 24]
    for numeral in (*arabic(window), *chinese(window)):
        if numeral.start == 0 and not numeral.bare:
            moved = numeral._replace(start=at, end=at + numeral.end)
            # 十万分之八点九: the ten belongs to the base.
            ten = m["base"] == "万" and text[m.start() - 1 : m.start()] == "十"
            base = "十万" if ten else m["base"]
            return figure(text, moved, moved.end, "rate", "percent", rule, start=m.start() - ten, factor=_BASE[base])
    return None


def _slash(m: re.Match[str], rule: str) -> Reading | None:
    """1/5以上; 8/15 in brackets before a rate is a pair of counts and stays unread here."""
    a, b = (int(part) for part in m[0].split("/"))
    if not 0 < a < b:
        return None
    grown = around(m.string, m.start(), m.end())
    value = (Decimal(a) * 100 / Decimal(b)).quantize(Decimal("0.0001")).normalize()
    value = value.quantize(Decimal(1)) if value == value.to_integral() else value
    low, high = (value, None) if grown.bound in ("over", "at_least") else (value, value)
    return Reading(grown.start, grown.end, "rate", value, low, high, Decimal(0), "percent", grown.bound, rule, m.span())


def _half(m: re.Match[str], rule: str) -> Reading:
    value, step = Decimal(50), Decimal(1)
    if m["more"] or m["most"] or m["much"]:
        start = led(m.string, m.start(), "超")
        return Reading(start, m.end(), "rate", value, value, None, step, "percent", "over", rule, m.span())
    start = m.start("near") if m["near"] else m.start()
    grown = around(m.string, start, m.end())
    low, high = interval(value, Decimal(0), True, grown.bound, False)
    return Reading(grown.start, grown.end, "rate", value, low, high, step, "percent", grown.bound, rule, (start, m.end()))


def _zero(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """贫困发生率降至0: nothing needs no sign."""
    fell = numeral.value == 0 and _FELL_TO.search(text, max(0, numeral.start - 10), numeral.start)
    return figure(text, numeral, m.end(), "rate", "percent", rule) if fell else None


def _no_growth(m: re.Match[str], rule: str) -> Reading:
    zero = Decimal(0)
    return Reading(m.start(), m.end(), "rate", zero, zero, zero, zero, "percent", None, rule, m.span(), "flat")


RULES = (
    Unit("a number and %", "%个百", _PERCENT, _percent),
    Unit("a number and ‰", "‰", _PERMILLE, _permille),
    Unit("tenths: 成", "成", _TENTHS, _tenths),
    Unit("tenths of a price: 折", "折", _DISCOUNT, _tenths),
    Unit("a rate of nothing", "，。,；;、)\n", _ZERO, _zero),
    Words("no growth: 零增长", _NO_GROWTH, _no_growth),
    Words("百分之, 千分之, 万分之", _OF_HUNDRED, _of_hundred, ("分之",)),
    Words("a fraction with a slash", _SLASH, _slash, ("/",)),
    Words("过半, 一半", _HALF, _half, ("半",)),
)
