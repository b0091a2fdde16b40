"""Dates and periods claim their digits, so that nobody else does; what they mean in the calendar is relate's to say.

>>> 2020年1-12月 → (months, 2020, 1, 12); 前三季度 → (quarters, None, 1, 3); 十三五 → (years, None, 2016, 2020)
"""

from __future__ import annotations

import re

from ..schemas.reading import Claim
from ._numerals import small
from ._rule import Words

_YEAR = r"(?<![\d.])(?:19|20)\d{2}"
_Y = rf"(?:(?P<y>{_YEAR})年)?"
_N = r"(?:\d{1,2}|[一二两三四五六七八九十]{1,3})"
_DAY = r"(?:[0-3]?\d)"
_PLAN_FIRST = {"一": 1953, "二": 1958, "三": 1966, "四": 1971, "五": 1976, "六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
_TENS = {"": 2001, "一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}


def _int(m: re.Match[str], group: str) -> int | None:
    value = m.groupdict().get(group)
    return small(value) if value else None


def _claim(form: str) -> object:
    def build(m: re.Match[str], rule: str) -> Claim:
        return Claim(m.start(), m.end(), "period", rule, (form, _int(m, "y"), _int(m, "a"), _int(m, "b")))

    return build


def _date(m: re.Match[str], rule: str) -> Claim:
    return Claim(m.start(), m.end(), "period", rule, ("date", _int(m, "y"), _int(m, "m"), _int(m, "d")))


def _plan(m: re.Match[str], rule: str) -> Claim:
    first = _TENS[m["tens"] or ""] if m["ten"] else _PLAN_FIRST[m["one"]]
    if m["end"]:
        return Claim(m.start(), m.end(), "period", rule, ("years", None, first + 4, first + 4))
    return Claim(m.start(), m.end(), "period", rule, ("years", None, first, first + 4))


def _rule(name: str, pattern: str, form: str) -> Words:
    return Words(name, re.compile(pattern, re.VERBOSE), _claim(form))  # type: ignore[arg-type]


RULES = (
    # 2021年1月25日10时
    Words("a full date", re.compile(rf"(?P<y>{_YEAR})[年/.-](?P<m>[01]?\d)[月/.-](?P<d>{_DAY})(?:日|号)?(?!\d)(?:[ ]?(?:\d{{1,2}}时(?:\d{{1,2}}分)?|\d{{1,2}}:\d{{2}}(?::\d{{2}})?))?"), _date),
    # 1月7日至2月15日
    _rule("a stretch of days", rf"{_Y}(?P<a>[01]?\d)月{_DAY}(?:日|号)?(?:[-~至到])(?:{_Y[:-1].replace('?P<y>','?:')}?(?:[01]?\d)月)?{_DAY}(?:日|号)", "days"),
    Words("a day of a month", re.compile(rf"(?<!\d)(?P<m>[01]?\d)月(?P<d>{_DAY})(?:日|号)(?:\d{{1,2}}时)?"), _date),
    Words("a day in words", re.compile(r"(?:[一二三四五六七八九十]{1,2}月)(?:[一二三四五六七八九十]{1,3}日)?(?!份额)|[一二三四五六七八九十]{1,3}日(?=讯|电|上午|下午|晚|公布|发布|举行|召开|,|，)"), _claim("day")),  # type: ignore[arg-type]
    _rule("a day", rf"(?<![\d.万亿])(?:前(?={_DAY}日))?{_DAY}(?:日|号)(?!均|元|线|楼|文|机|游|产|耗|常|令|公|处|泊|院|台|矿|井|馆|厅|地块)(?:[-~至到]{_DAY}日)?", "day"),
    # 2020年1-12月, 1至10月份, 1、2月
    _rule("a stretch of months", rf"{_Y}(?<![\d.])(?P<a>[01]?\d)月?份?(?:[-~至到]|、)(?P<b>[01]?\d)月份?", "months"),
    _rule("the first months", rf"{_Y}(?:今年)?前(?P<b>{_N})个?月份?", "first_months"),
    _rule("a month", rf"{_Y}(?<![\d.])(?P<a>[01]?\d)月(?:份|末|底|初|[上中下]旬|单月|当月)?", "month"),
    _rule("the first quarters", rf"{_Y}前(?P<b>[一二三四1-4])个?季度", "first_quarters"),
    _rule("a stretch of quarters", rf"{_Y}第?(?P<a>[一二三四1-4])季?度?[-至到、和](?P<b>[一二三四1-4])季度", "quarters"),
    _rule("a quarter", rf"{_Y}第?(?P<a>[一二三四1-4])季度(?:末)?", "quarter"),
    _rule("the first half", rf"{_Y}上半年(?:末)?", "half1"),
    _rule("the second half", rf"{_Y}下半年", "half2"),
    # 2013至2018年, 2016-20年
    _rule("a stretch of years", rf"(?P<a>{_YEAR})年?度?[-~至到](?P<b>(?:19|20)\d{{2}}|\d{{2}}(?=年))年?度?(?!\d|[.]\d)", "years"),
    _rule("a year", rf"(?P<y>{_YEAR})年(?:度|末|底|初|全年|(?:以|之)?(?:来|前|后))?(?:同期)?", "year"),
    _rule("a class of a year", rf"(?P<y>{_YEAR})(?:届|版|级(?!别)|财年)", "year"),
    _rule("a year in words", r"[一二][〇零○Ｏ九八一二]{1}[〇零○一二三四五六七八九]{2}年(?:[一二三四五六七八九十]{1,2}月)?(?:[一二三四五六七八九十]{1,3}日)?", "year_words"),
    Words("a five-year plan", re.compile(r"[“\"「]?(?:(?P<ten>十)(?P<tens>[一二三四五六])?|(?<![一二三四五六七八九十])(?P<one>[一二三四五六七八九]))五[”\"」]?(?:(?P<end>末|期末)|(?:规划|计划)?(?:期间|时期|以来|前[一二三四]年|开局)?)(?<=[”\"」规划计期间时来年局末])"), _plan),
    _rule("a decade", r"(?:19|20|[十二]+)?(?:世纪)?[1-9一二三四五六七八九]0?十?年代(?:[初中末]期?)?|(?:\d{2}|[一二十]+)世纪", "decade"),
    # 近五年, 过去10年, 五年来
    _rule("the last years", rf"(?:最?近|过去|前|这|后|今后|未来)的?(?P<b>{_N})(?:个(?=季度|月|周|星期))?(?:年|季度|月|周|天|日)(?!均)(?:来|间|里)?(?!度|代)", "last"),
    _rule("years since then", rf"(?P<b>{_N})(?:多|余)?(?:个月|年|周|天)(?:以)?来", "last"),
    _rule("years ago", rf"(?P<b>{_N})(?:多|余)?年(?:以)?前", "ago"),
    _rule("a week or day by its number", rf"第(?:\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:个)?(?:周|天|日|年(?!级)|个月)(?!期)", "ordinal"),
    _rule("a time of day", r"(?<!\d)(?:次日)?(?:[01]?\d|2[0-4])(?:[:时](?!间)(?:[0-5]\d分?)?(?::\d{2})?)(?:[-~至到](?:次日)?(?:[01]?\d|2[0-4])[:时](?!间)(?:[0-5]\d分?)?)?|(?<!\d)(?:[01]?\d|2[0-4])点(?:半|整|[0-5]\d分|(?=至|到|钟|[-~]\d))", "time"),
    _rule("a span of hours", r"(?<!\d)0?0?[-~至]24时", "time"),
    Words("a period in words", re.compile(r"今年(?:以来)?|本年度?|去年(?:全年|末|底|同期)?|上年(?:全年|末|底|同期)?|当年|前年|明年|全年|当月|本月|上月|本季度?|目前|截至目前|同期"), _claim("words")),  # type: ignore[arg-type]
)
