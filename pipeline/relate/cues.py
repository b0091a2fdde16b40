"""Words that open and close lists of parts, and pairs of names that make a whole."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

INNER = re.compile(r"其中|当中(?![^，。;；]{0,2}的)|这里面|里面|(?<!不)包括|(?<!不)包含|(?<![不富隐])含(?![量税金氧有水])|内含")
VIEW = re.compile(
    r"(?:(?:^|(?<=[，,；;。:\s]))(?:如果|若|再|单|具体)?"
    r"(?:[分按从就依](?!别|析|布|钟|享|歧|公司总)[^，。,；;:()\d]{1,14}?(?:来看|来分|来说|来讲|看|分(?!别)|讲|说|划分|统计|构成(?:看)?|衡量)"
    r"|分[^，。,；;:()\d]{1,8}?(?:看|来看)|(?:分|按)[^，。,；;:()\d看]{1,12}(?<!计算)(?<!测算)(?<!折算)(?<!算)(?<!口径)(?<!要求)(?<!规定)(?=[，,:])|分类(?:来)?看)"
    r"|(?:^|(?<=[，,；;。:\s]))[^，。,；;:()\d]{0,6}(?:来源|结构|分布|类型|领域|行业|区域|投向|用途|层次|性质|方式|类别|地域|主体|形式)上(?=[，,:])"
    r"|结构上看|构成(?:看|上)|分为|各部分)[:，,]?"
)
# 这些诉求中, 常住人口中, 在全市这114项交易中: the whole is named, its parts follow.
AMONG = re.compile(r"(?:^|[，,；;。:\s])(?:在(?![院建校园职押册]))?(?P<whole>[^，。,；;:()]{2,22}?)(?:当中|之中|中|里)[,，]$")
# 患者中男性19630例: the frame and the first member in one clause.
AMONG_NAME = re.compile(
    r"^(?:在)?(?P<whole>[^，。,；;:()、\d]{2,12}?)(?:当中|之中|中(?![国央心小型级学医期部间华等年旬介标断止转考药东西铁队成高低共组青层职欧美俄日韩试游原外长的]))"
    r"(?P<name>[^，。,；;:()、\d]{2,10})$"
)
AMONG_FIGURE = re.compile(r"^[^，。,；;:()]{0,12}(?:当中|之中|中|里)[,，]")
# What follows is said to be all of it: 分为, 按来源分. 从…看 and 分领域看 may name only some.
DIVIDED = re.compile(
    r"分为|[按依][^，。,；;:()]{1,14}(?:分|划分|统计|构成|看)|分(?:产业|城乡|性别|类型|部门|险种|隶属关系|经济类型|三次产业|"
    r"级次|航线|地域|区域|地区|季度|税种|公司|业务)[^，。]{0,3}看|三次产业|各部分"
)
PERIOD = re.compile(r"^(?:其中)?(?:(?:19|20)\d\d年|\d{1,2}月|第?[一二三四]季度|[上下]半年)")
TOTAL = re.compile(
    r"(?:^|[，,])共$|[二三四五六七八九十两\d](?:年|个月|项|家|类|者)(?:累计|共)|合计|总计|共计|合在一起|加在一起|加起来|合起来|相加|加总|总共|一共"
)
ADDED_UP = re.compile(r"加起来|加在一起|合起来|合在一起|相加|加总|以上|上述|三项|两项|四项")
CLOSER = re.compile(r"另外|此外|另有|与此同时|同时|不含|不包括|除此|另(?!一)|累计(?!完成)|全年|单看|截至")
# 若按60岁及以上计算则为750万人: the same people counted in another way.
OTHERWISE = re.compile(r"[若如](?:果)?[按以]|换算|折算")
MINUS = re.compile(r"调出|调减(?![到至为])|核减|剔除|退出|取消|销号|注销|移出|划出|扣除|核销|未按计划")
MINUS_LAST = re.compile(rf"(?:{MINUS.pattern})(?!登记|业务|手续|类|案件|服务)[^登类]{{0,8}}$")
OTHER = re.compile(r"其他|其它|其余|另类")
SOME = re.compile(r"居前|位居|为主|位列|其余|其他|其它|另有|也有所")
# Differences stand beside parts and are none: 顺差, 结余, 节约.
DIFFERENCE = re.compile(r"顺差|逆差|差额|结余|节约|节支|增价|净增|净减|净利润|盈余|赤字")
# What a Chinese digit in front of a measure word counts: 三年, 四个门类.
NUMBERS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
BRACKETED = re.compile(r"\([^()]*\)")
STRENGTH = {"、": 1, "，": 2, ",": 2, "；": 3, ";": 3, "。": 4, "\n": 4, "！": 4, "？": 4}
MARKS = re.compile(r"[、，,；;。\n！？]")


@cache
def contrasts() -> tuple[tuple[str, tuple[re.Pattern[str], ...]], ...]:
    """Names of which, where one is a part, the others are the rest: contrasts.tsv, one row each.

    The first column says ``yes`` of complements, beside which a list names nothing else, and ``always`` of those
    beside which nothing of their kind can stand at all: what follows them in a list divides the whole anew.
    """
    with (Path(__file__).parent / "contrasts.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return tuple((row[0], tuple(re.compile(cell) for cell in row[1:] if cell)) for row in rows)


def contrast(leads: list[str]) -> bool:
    """Whether the names of the parts are the members of one known partition, each once, and otherwise alike."""
    names = _names(leads)
    return any(len(row) == len(names) and _pairs(row, names) for _, row in contrasts())


def complement(leads: list[str]) -> bool:
    """Whether they are one whose members leave nothing out: 男 and 女, 税收 and 非税."""
    names = _names(leads)
    return any(sure and len(row) == len(names) and _pairs(row, names) for sure, row in contrasts())


def opposites(leads: list[str]) -> bool:
    """Whether nothing of their kind can stand beside them: 出口 and 进口."""
    names = _names(leads)
    return any(sure == "always" and len(row) == len(names) and _pairs(row, names) for sure, row in contrasts())


def _names(leads: list[str]) -> list[str]:
    return [BRACKETED.sub("", re.split(r"[；;。:，,]", lead)[-1]) for lead in leads]


# What came in is no stock that is added to.
CAME = re.compile(r"新增|设立|新设|调入|承接|下放|取消|退出|保留|整改|销号")


def residue(leads: list[str], whole: str) -> bool:
    """城镇低保对象, 农村特困对象 of 困难群众: whether a member says more than its side of a contrast and than the whole does."""
    names = _names(leads)
    row = next((row for _, row in contrasts() if len(row) == len(names) and _pairs(row, names)), None)
    if row is None:
        return False
    for name in names:
        rest = name
        for pattern in row:
            rest = pattern.sub("", rest)
        rest = re.sub(r"[^\u4e00-\u9fff]|增加值|产业|投资|完成|收入|人口|人数|数量|金额|总额|其中|分别|居民|地区|企业|部分|项目|方面|的|为|有|达", "", rest)
        if len(rest) >= 2 and not any(rest[k : k + 2] in whole for k in range(len(rest) - 1)):
            return True
    return False


def _pairs(row: tuple[re.Pattern[str], ...], names: list[str]) -> bool:
    left = list(row)
    rest: list[str] = []
    for name in names:
        hit = next(((p, m) for p in left if (m := p.search(name))), None)
        if hit is None:
            return False
        left.remove(hit[0])
        rest.append(_ALIKE.sub("", name[: hit[1].start()] + name[hit[1].end() :]))
    shortest = min(rest, key=len)
    return not left and all(len(r) <= 2 or r.endswith(shortest[-2:] or r) or r.startswith(shortest[:2] or r) for r in rest)


_ALIKE = re.compile(r"其中|完成|实现|达到?|为|有|分别|累计|的|是|[0-9]+月份?|一季度|项目|类")


def strength(text: str, start: int, end: int) -> int:
    """The strongest mark between two figures: 1 、, 2 comma, 3 semicolon, 4 full stop; brackets left out."""
    gap = BRACKETED.sub("", text[start:end])
    return max((STRENGTH[c] for c in MARKS.findall(gap)), default=0)
