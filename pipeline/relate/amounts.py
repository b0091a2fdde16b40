"""Amounts that follow from a rate or from so much for each: 每支86元 × 9.3万支, 资本金占50%，即209.3亿元, 推算 ….

They rest on the order of the text and confirm only; the verbs (合计, 即, 推算) say that something was reckoned.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import COUNTED_IN, Product

EACH = "so much for each, times the number"
OF_RATE = "a share of the whole, as an amount"
WHOLE = "the whole that a share implies"
PER = "an amount over the number of what it is for"
_REACH = 3
_MANY = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "": 1}
_PER = re.compile(
    r"(?:平均)?每(?P<many>十万|百万|[百千万])?(?P<one>个|名|人|户|亩|件|支|剂|班|架次|单|家|列|头|辆|笔|项|条|台|吨|公斤|斤|公里|平方米|公顷|千瓦时|度|株|票|起|人次)?"
    r"|(?P<x>[\u4e00-\u9fff]{1,2})均(?!值|衡|匀|价|速|线|为|等)|单(?P<s>票|笔|件|台|套|头)"
)
_TOTAL = re.compile(r"合计|共需|总共|共计|共(?!同|有|建)|总量|总产|全[省市县区州]|需要?投?入?|按此|据此")
_THAT_IS = re.compile(r"^[，,]?(?:即|约合|也就是|折合|计|为)?$")
_RECKONED = re.compile(r"推算|据此|由此|折算|测算")


def per_unit(ledger: Ledger, item: Item) -> Product | None:
    """每公里造价106.5万元, 家均2600元, 单票收入8.90元: the last larger amount over the last number of what it is for."""
    m = _divisor(item)
    if m is None or item.role == "increment" or item.reading.kind not in ("count", "money", "quantity"):
        return None
    units, many = m
    noun = _NOUN.sub("", item.near[_end(item) :])
    tops = [x for x in _near(ledger, item, item.unit) if x.value > item.value / many]
    scale = Fraction(1)
    if not tops and item.unit == "公斤":
        # 猪肉产量148万吨，头均胴体重78公斤
        tops, scale = _near(ledger, item, "吨"), Fraction(1000)
    called = [x for x in tops if len(noun) >= _SHORT and x.name.endswith(noun[-4:])]
    top = next((x for x in called if x.name == noun), next(iter(called or tops), None))
    if top is None:
        return None
    bottoms = [x for unit in units for x in _near(ledger, item, unit) if x.n != top.n and x.value > 0]
    said = ledger.text[ledger.sentences[item.sentence][0] : item.start]
    named = [x for x in bottoms if len(x.name) >= _SHORT and (x.name[:2] in top.near or x.name in said or (noun and noun[:2] in x.words))]
    alone = [x for x in bottoms if not x.listed]
    bottom = next(iter(named or alone or bottoms), None) or _bracket_behind(ledger, item, units)
    whole = ledger.host(bottom.n) if bottom is not None and not named else None
    bottom = whole if whole is not None and whole in bottoms else bottom
    return Product(item, top, many * scale, PER, bottom) if bottom is not None else None


_SHORT = 2
_NOUN = re.compile(r"^(?:的|了|拥有|具有|持有|有)+|(?:为|达到?|约|近|是|的)+$")


def _end(item: Item) -> int:
    return max((m.end() for m in _PER.finditer(item.near)), default=0)


_YEARLY = re.compile(r"年均|平均每年|每年平均")
SINCE = "a change over the years since, a year"


def a_year(ledger: Ledger, item: Item) -> Product | None:
    """比2012年增加9486万人，年均增加1054万人: the change over the years since."""
    before = ledger.items[item.n - 1] if item.n else item
    if not _YEARLY.search(item.near) or before.unit != item.unit or before.sentence != item.sentence or before.role not in ("increment", "change"):
        return None
    since = before.comparison.with_ if before.comparison is not None else ""
    end = before.period.end if before.period is not None else None
    years = int(end[:4]) - int(since) if end and since.isdigit() else 0
    if years < _SHORT or before.reading.value is None:
        return None
    return Product(item, before, Fraction(1, years), SINCE, said=f" ÷ {years}", assumed=(f"按{years}年计", f"taken over {years} years"))


def _divisor(item: Item) -> tuple[tuple[str, ...], int] | None:
    m = next(reversed([*_PER.finditer(item.near)]), None)
    if m is None:
        return None
    word = m["one"] or m["s"] or m["x"]
    if m["x"] and m["x"] not in COUNTED_IN:
        word = m["x"][-1]
    if m["many"] and not word:
        word = "人"
    return (COUNTED_IN[word], _MANY[m["many"] or ""]) if word in COUNTED_IN else None


def _near(ledger: Ledger, item: Item, unit: str) -> list[Item]:
    """Levels of ``unit`` before ``item`` in its turn, at most three sentences back, the nearest first."""
    return [
        x for x in ledger.before(item, unit, 12)
        if x.turn == item.turn and x.sentence >= item.sentence - _REACH and x.is_level and (x.bracket < 0 or x.bracket == item.bracket)
    ]


def _bracket_behind(ledger: Ledger, item: Item, units: tuple[str, ...]) -> Item | None:
    """每千人口床位7.26张(常住人口5687万人)."""
    behind = ledger.items[item.n + 1 : item.n + 2]
    return next((x for x in behind if x.bracket >= 0 and x.bracket != item.bracket and x.unit in units and x.is_level), None)


def each_times_number(ledger: Ledger, item: Item) -> Product | None:
    """采购疫苗9.3万支，每支86元，共需800万元; 户均增收4360元，合计增收3.0亿元: so much for each stands right before."""
    if not item.is_level or not _TOTAL.search(item.near) or item.n < 2:
        return None
    each = next((x for x in reversed(ledger.items[max(0, item.n - 3) : item.n]) if x.unit == item.unit and x.sentence == item.sentence and _divisor(x)), None)
    if each is None or each.value >= item.value:
        return None
    units, many = _divisor(each) or ((), 1)
    number = next((x for unit in units for x in _near(ledger, item, unit) if x.n != each.n), None)
    return Product(item, each, Fraction(1, many), EACH, times=number) if number is not None else None


def of_a_rate(ledger: Ledger, item: Item) -> Product | None:
    """批复总投资418.6亿元，资本金占50%，即209.3亿元; 占…的15.7%，推算…约8.79万亿元."""
    if item.n < 2 or item.reading.kind not in ("money", "count", "quantity"):
        return None
    rate = ledger.items[item.n - 1]
    if rate.reading.kind != "rate" or rate.reading.value is None or rate.sentence != item.sentence or rate.value <= 0:
        return None
    if rate.role not in ("share", "rate", "bare"):
        return None
    before = [x for x in _near(ledger, rate, item.unit) if x.sentence == item.sentence]
    if not before:
        return None
    if _RECKONED.search(item.lead):
        return Product(item, before[0], Fraction(100), WHOLE, rate)
    if _THAT_IS.match(ledger.gap(rate, item)) and "即" in item.lead and before[0].value >= item.value:
        return Product(item, before[0], Fraction(1, 100), OF_RATE, times=rate)
    return None


ONE_WHOLE = "two shares of one whole that is not printed"


def of_one_whole(ledger: Ledger, item: Item) -> Product | None:
    """接种总人数12.9亿人、全程12.5亿人，分别占总人口的92.1%、89.7%: the second share follows from the first."""
    members = ledger.chain(item) if item.reading.kind == "rate" and item.listed else []
    first = members[0] if members else item
    if len(members) != _SHORT or members[1] is not item or first.role != "share" or "分别" not in first.near or first.reading.value is None:
        return None
    before = [x for x in reversed(ledger.items[max(0, first.n - 6) : first.n]) if x.sentence == first.sentence and x.is_level]
    pair = before[:2]
    plain = len(pair) == _SHORT and pair[0].unit == pair[1].unit and pair[1].value > 0 and "占" not in pair[0].near
    return Product(item, pair[0], Fraction(1), ONE_WHOLE, pair[1], first) if plain else None
