"""Dates and periods claim their digits, so that nobody else does; what they mean in the calendar is relate's to say.

>>> 2020年1-12月 → (months, 2020, 1, 12); 前三季度 → (quarters, None, 1, 3); 十三五 → (years, None, 2016, 2020)
"""

from __future__ import annotations

import re

from ._periods import Build, claim, date, plan, short_year
from ._rule import Words
from ._units import COUNTS, CURRENCIES, QUANTITIES, alternation

_YEAR = r"[12](?<![0-9.].)(?:(?<=1)9|(?<=2)0)[0-9]{2}"
_D = r"[0-9](?<![0-9.].)"
_TWO = rf"{_D}[0-9]?+"
_H = "一二三四五六七八九十"
_C = rf"[{_H}两](?<![{_H}百千两].)"
_N = rf"[0-9{_H}两](?<![0-9.{_H}两百千].)(?:[0-9]{{0,2}}+|[{_H}]{{0,2}}+)"
_DASH = r"(?:[-~至到]|--)"
_DAY = r"[0-9]{1,2}(?![0-9])"
_CLOCK = r"(?::[0-5][0-9](?::[0-5][0-9])?(?![0-9.])|时(?!间)(?:[0-5][0-9]分?)?)"
# 12日均, 3号线: the day belongs to another word.
_NO_DAY = r"(?!均|元|线|楼|文|机|游|产|耗|常|令|公[告寓馆路]|处|泊|院|台|矿|井|馆|厅|地块|门|车|烈|工程|桥)"
# 2023人, 2020余, 2015至2018年: no year, or a year that another rule reads.
_NO_NAME = rf"[余多几万亿千百年至到和及与或、]|{alternation((*COUNTS, *QUANTITIES, *CURRENCIES))}|成|倍|分|点|天|周|月|日|小时|秒"


def _rule(name: str, pattern: str, build: Build, *need: str, after: str = "") -> Words:
    return Words(name, re.compile(pattern, re.VERBOSE), build, need, after)


RULES = (
    # 2021年1月25日10时
    _rule(
        "a full date",
        rf"(?P<y>{_YEAR})(?:年(?P<m>[01]?[0-9])月(?P<d>{_DAY})[日号]?|(?P<s>[/.-])(?P<m2>[01]?[0-9])(?P=s)(?P<d2>{_DAY})(?![0-9.]))"
        r"(?:[ ]?[0-9]{1,2}(?:时(?:[0-9]{1,2}分)?|(?::[0-9]{2}){1,2}))?",
        date, after="年/.-",
    ),
    # 20230713
    _rule("a date without signs", rf"(?P<y>{_YEAR})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12][0-9]|3[01])(?![0-9.%亿万A-Za-z])", date),
    # 1月7日至2月15日
    _rule("a stretch of days", rf"(?P<a>{_TWO})月{_DAY}[日号]?{_DASH}(?:(?:{_YEAR}年)?[0-9]{{1,2}}月)?{_DAY}[日号]", claim("days"), after="月"),
    _rule("a day of a month", rf"(?P<m>{_TWO})月(?P<d>{_DAY})[日号](?:[0-9]{{1,2}}时(?:[0-9]{{1,2}}分)?)?", date, after="月"),
    _rule("a day without its sign", rf"(?P<m>{_TWO})月(?P<d>{_DAY})(?=[,，、)至到-])", date, after="月"),
    _rule(
        "a day in words",
        rf"{_C}[{_H}]?(?:月(?:{_C}[{_H}]{{0,2}}日)?(?!份额)|日(?=讯|电|上午|下午|晚|公布|发布|举行|召开|,|，))",
        claim("day"), after="月日",
    ),
    _rule(
        "a day",
        rf"{_D}(?<![万亿].)[0-9]?+[日号]{_NO_DAY}(?:{_DASH}[0-3]?[0-9][日号])?|{_D}[0-9]?[-~至到、]{_DAY}日{_NO_DAY}",
        claim("day", "前"), after="日号-~至到、",
    ),
    # 2020年1-12月, 1至10月份, 1、2月
    _rule("a stretch of months", rf"(?P<a>{_TWO})月?份?(?:{_DASH}|、|——)(?P<b>[0-9]{{1,2}})月份?", claim("months"), after="月份-~至到、—"),
    _rule("the first months", rf"前(?<!提.)(?P<b>{_N})个?月份?", claim("first_months", "今年"), "月"),
    _rule("a month", rf"(?P<a>{_TWO})月(?!龄|薪|租)(?:份|末|底|初|[上中下]旬|单月|当月)?", claim("month"), after="月"),
    _rule("the first quarters", r"前(?P<b>[一二三四1-4])个?季度", claim("first_quarters"), "季度"),
    _rule("a stretch of quarters", r"(?P<a>[一二三四1-4])季?度?[-至到、和](?P<b>[一二三四1-4])季度", claim("quarters", "第"), after="季-至到、和"),
    _rule("a quarter", r"(?P<a>[一二三四1-4])季度末?", claim("quarter", "第"), after="季"),
    _rule("the first half", r"上半年末?", claim("half1"), "半年"),
    _rule("the second half", r"下半年末?", claim("half2"), "半年"),
    # 2013至2018年, 2016-20年
    _rule(
        "a stretch of years",
        rf"(?P<a>{_YEAR})年?度?{_DASH}(?P<b>(?:19|20)[0-9]{{2}}|[0-9]{{2}}(?=年))(?!年[0-9]{{1,2}}月)年?度?(?![0-9]|[.][0-9])",
        claim("years"), after="年度-~至到",
    ),
    _rule("a year", rf"(?P<y>{_YEAR})年(?:度|末|底|初|全年|(?:以|之)?(?:来|前|后))?(?:同期)?", claim("year"), after="年"),
    # 2022届, 2025长江文明论坛
    _rule("a year before a name", rf"(?P<y>{_YEAR})(?:届|版|级(?!别)|财年|(?=[”\")]|\([\u4e00-\u9fff])|(?=[\u4e00-\u9fff])(?!{_NO_NAME}))", claim("year")),
    # 09年
    _rule("a year in two digits", r"0(?<![0-9.].)(?P<y2>[0-9])年(?:度|末|底|初)?", short_year, after="年"),
    _rule(
        "a year in words",
        rf"[一二][九〇零○八一二][〇零○一二三四五六七八九]{{2}}年(?:[{_H}]{{1,2}}月)?(?:[{_H}]{{1,3}}日)?",
        claim("year_words"), after="年",
    ),
    _rule(
        "a five-year plan",
        rf"(?P<one>[{_H}])(?<![{_H}].)(?P<tens>(?<=十)[一二三四五六])?五[”\"」]?"
        r"(?:(?P<end>末|期末)|(?:规划|计划)?(?:期间|时期|以来|前[一二三四]年|开局)?)(?<=[”\"」规划计期间时来年局末])",
        plan, "五",
    ),
    # 20世纪90年代初, 上世纪八十年代
    _rule(
        "a decade",
        rf"[0-9{_H}](?<![0-9.].)[0-9{_H}]{{0,3}}+(?:世纪(?:[0-9{_H}]{{1,3}}年代)?|年代)(?:[初中末]期?)?",
        claim("decade", "上世纪", "本世纪"), after="世年十",
    ),
    # 近五年, 过去10年, 五年来
    _rule(
        "the last years",
        rf"[近去前这后来](?<!提前)(?<![^过]去)(?<![^未]来)(?<!之后|此后|以后)(?<![短速少缩省时长达了需要期]近)(?<!提前近)的?(?P<b>{_N})(?:个(?=季度|月|周|星期))?(?:年|季度|月|周|天|日)(?!均|岁)(?:来|间|里)?(?!度|代)",
        claim("last", "最", "过", "今", "未"),
    ),
    _rule("years since then", rf"(?P<b>{_N})[多余]?(?:个月|年|周|天)(?:以)?来", claim("last"), after="多余年周天个"),
    _rule("years ago", rf"(?P<b>{_N})[多余]?年(?:以)?[前后]", claim("ago"), after="多余年"),
    # 两年平均, 连续八周: they say how a figure was made, not how long something took
    _rule("years of an average", rf"(?P<b>{_N})年(?:平均|复合|年均)", claim("last"), after="年"),
    # 城市更新三年行动, 第十五个五年规划: the years of a programme are its name
    _rule("the years of a programme", rf"(?P<b>{_N})年(?:滚动)?(?:行动|攻坚|规划|计划(?!的|内|外|完成|投资))", claim("last", "个"), after="年"),
    _rule("a week or day by its number", rf"第(?:[0-9]{{1,3}}|[{_H}]{{1,3}})个?(?:周|天|日|年(?!级)|个月)(?!期)", claim("ordinal")),
    _rule(
        "a time of day",
        rf"(?:{_D}(?<![0-9]:.)(?<!比.)(?<![比例达约]为.)(?<!比[达约由从].)(?<![化整善高]为.)(?<!达到.)(?<!比例.)[0-9]?+{_CLOCK}(?:{_DASH}(?:次日)?[0-9]{{1,2}}{_CLOCK})?"
        rf"|{_TWO}点(?:半|整|[0-5][0-9]分|档|(?=至|到|钟|左右|[-~][0-9])))",
        claim("time", "次日"), after=":时点",
    ),
    _rule("a span of hours", rf"{_D}0?{_DASH}24时|[-~至]24时", claim("time"), after="0-~至"),
    _rule(
        "a period in words",
        r"今年(?:以来)?|本年度?|去年(?:全年|末|底|同期)?|上年(?:全年|末|底|同期)?|当年|前年|明年|全年|当月|本月|上月|本季度?|目前|截至目前|同期",
        claim("words"),
    ),
)
