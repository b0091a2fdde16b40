"""Amounts that follow from so much for each: 每支86元 × 9.3万支, and what is counted out from them.

They rest on the order of the text; the verbs (合计, 共需, 按此测算, 折合) say that something was reckoned.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .divisors import Divisor, divisor, timed
from .items import Item
from .ledger import Ledger
from .lengths import TAKEN, taken
from .products import Product
from .reckoned import of_a_rate, of_one_whole, of_the_rest, split
from .standing import SAME_IN, standing

EACH = "so much for each, times the number"
EACH_HERE = "so much for each, times the number, in one sentence"
NUMBER = "an amount over so much for each"
LASTS = "what is left, over so much a day"
COVERS = "what is in stock, over the spending of a month"
_REACH = 3
_TOTAL = re.compile(
    r"合计|共需|总共|共计|共(?!同|有|建|享)|总(?!部|结|书记|经理|体|的来|理|统|队|站|是)|全[省市县区州年](?!口)"
    r"|需要?(?!求)|按此|据此|照此|测算|折合|相当于|累计|毛收入|可[\u4e00-\u9fff]{0,5}?(?:实现|增|节|减|省|带动|产)"
)
_RATED = re.compile(r"每(?!年|月|周|季)|均价|单价|[\u4e00-\u9fff]均|吨[钢煤铝纸粮]|度电")
_MONTHS = 12


def each_times_number(ledger: Ledger, item: Item) -> Product | None:
    """采购疫苗9.3万支，每支86元，共需800万元; 户均增收4360元，合计增收3.0亿元; 每斤1.53元。按此测算，收入365亿元."""
    if item.role not in ("level", "plan", "increment", "to", "average") or item.reading.kind not in ("money", "count", "quantity") or item.n < 2:
        return None
    own = divisor(ledger, item)
    each, d = _each(ledger, item)
    if each is None or d is None or not d.units or (own is not None and set(own.units) & set(d.units)):
        return None
    number = _number(ledger, item, each, d, own)
    told = bool(_TOTAL.search(item.lead + item.near)) or _called_alike(each, item) or (len(each.name) > _REACH and each.name in item.name)
    in_row = number is not None and item.n - each.n == 2 and number.n == each.n + 1 and item.sentence == each.sentence
    if not (told or in_row):
        return None
    if number is None or (item.reading.bound is not None and item.reading.bound != "about"):
        return None
    days, months = _days(ledger, item, each)
    if not months:
        return None
    factor = months * Fraction(_in(d.units[0], number.unit)) / d.many * Fraction(_in(item.unit, each.unit))
    here = number.sentence == each.sentence == item.sentence or bool(re.search(r"[按据照]此", item.lead) and number.sentence >= item.sentence - 1)
    return Product(item, each, factor, EACH_HERE if here and told else EACH, times=number, again=days, said=_said(factor))


def _in(unit: str, other: str) -> Fraction:
    """How many of ``unit`` one of ``other`` makes; the other way round where the table has only that."""
    if unit == other:
        return Fraction(1)
    forth, back = SAME_IN.get(unit, {}).get(other), SAME_IN.get(other, {}).get(unit)
    return Fraction(forth) if forth else 1 / Fraction(back) if back else Fraction(1)


def _said(factor: Fraction) -> str:
    if factor == 1:
        return ""
    return f" × {factor.numerator}" if factor.denominator == 1 else f" × {factor.numerator}/{factor.denominator}"


def _each(ledger: Ledger, item: Item) -> tuple[Item | None, Divisor | None]:
    """So much for each, in the sentence or the one before: the last that names its heads, for 由1500元提高到1800元 the later."""
    for x in reversed(ledger.items[max(0, item.n - 9) : item.n]):
        if x.turn != item.turn or item.sentence - x.sentence > 1:
            break

        same = x.unit == item.unit or (x.reading.kind == "quantity" and (x.unit in SAME_IN.get(item.unit, {}) or item.unit in SAME_IN.get(x.unit, {})))
        # 每亩提高5.2公斤 makes what was added, never all there is.
        same = same and (x.role != "increment" or item.role == "increment" or bool(re.search(r"增|减|节|省|多|少|可", item.near)))
        if not same or x.reading.value is None or x.role in ("prior", "from") or x.reading.bound is not None:
            continue
        first = ledger.items[x.n - 1] if x.role == "to" and x.n and ledger.items[x.n - 1].role == "from" else x
        d = divisor(ledger, first) if _RATED.search(first.near) else _of_the_whole(ledger, x, item)
        d = d or _by_month(ledger, x, item)
        if d is not None and Fraction(x.value) * _in(item.unit, x.unit) < Fraction(item.value):
            return x, d
    return None, None


def _of_the_whole(ledger: Ledger, x: Item, item: Item) -> Divisor | None:
    """每人每年1020元，其中财政补助640元。…财政补助资金256亿元: the part is per head as its whole is, and its name comes again."""
    before = ledger.items[x.n - 1] if x.n else x
    host = ledger.host(x.n) or (before if "其中" in x.lead and before.unit == x.unit and before.sentence == x.sentence else None)
    return divisor(ledger, host) if host is not None and len(x.name) > _REACH and x.name in item.name else None


def _by_month(ledger: Ledger, x: Item, item: Item) -> Divisor | None:
    """补贴每月110元，惠及40万人，年支出5.28亿元: so much a month for each of the number right behind."""
    behind = ledger.items[x.n + 1]
    people = behind.unit in ("人", "户") and behind.n == item.n - 1 and behind.sentence == x.sentence == item.sentence
    return Divisor((behind.unit,), Fraction(1), "", "") if people and re.search(r"每[月年]$", x.near) else None


def _called_alike(each: Item, item: Item) -> bool:
    """亩均纯收益2150元，全县纯收益2.11亿元."""
    if "价" in each.near and re.search(r"收入|产值|销售额|货值|金额|成本|费用|价值", item.near):
        return each.sentence == item.sentence and item.n - each.n <= _REACH
    if "按" in each.near and TAKEN.match(each.tail):
        return each.sentence == item.sentence and item.n - each.n <= 2
    alike = len(item.name) > 1 and (item.name[-2:] in each.near or item.name[:2] in each.near)
    return each.sentence == item.sentence and alike and item.n - each.n <= _REACH


def _number(ledger: Ledger, item: Item, each: Item, d: Divisor, own: Divisor | None) -> Item | None:
    """The number of heads before the total, in a unit that the rate may be brought to."""
    pool = [x for x in reversed(ledger.items[max(0, item.n - 24) : item.n]) if x.n != each.n and _numbers(item, x, d)]
    pool = pool if own is not None else [x for x in pool if "每" not in x.near[-4:]]
    if own is not None:
        # 每斤1.24元，折合亩均产值959元: what one 亩 yields
        pool = [x for x in pool if (per := divisor(ledger, x) or _yielding(x)) is not None and set(per.units) & set(own.units)]
    else:
        pool = [x for x in pool if x.role != "average"] or pool
        beside = [x for x in pool if x.n == each.n - 1 and x.sentence == each.sentence]
        pool = [x for x in pool if d.noun and d.noun in x.words] or beside or pool
        pool = [x for x in pool if len(x.name) > 1 and x.name[:2] in each.near] or pool
        pool = [x for x in pool if re.search(r"[按以]", x.near) and TAKEN.match(x.tail)] or pool
    return pool[0] if pool else None


def _numbers(item: Item, x: Item, d: Divisor) -> bool:
    """Whether a figure may be the number that so much for each is multiplied by."""
    near = x.turn == item.turn and item.sentence - x.sentence <= _REACH and x.reading.value is not None and x.value > 0 and x.reading.bound is None
    fits = x.unit in d.units or x.unit in SAME_IN.get(d.units[0], {})
    return near and fits and x.role not in ("from", "increment", "plan") and (x.role != "prior" or standing(x))


def _yielding(x: Item) -> Divisor | None:
    return Divisor(("亩",), Fraction(1), "", "") if re.search(r"亩产", x.near) else None


def _days(ledger: Ledger, item: Item, each: Item) -> tuple[Item | None, int]:
    """每生每天6元 wants a number of days; without one there is no total."""
    first = ledger.items[each.n - 1] if each.role == "to" and each.n else each
    words = first.near + each.near
    if not timed(first) and not timed(each):
        return None, 1
    if re.search(r"每[天日]|日均", words):
        found = taken(ledger, item, "日")
        return found, int(found is not None)
    if re.search(r"每(?:个)?月|月均", words):
        return None, _MONTHS if re.search(r"全年|每年|一年|(?:^|[，,])年(?=[\u4e00-\u9fff])", item.lead) else 0
    return None, int(bool(re.search(r"每年|年均", words)))


def number_of(ledger: Ledger, item: Item) -> Product | None:
    """按每个托位1万元补助，已下达2.36亿元，对应新增2.36万个托位."""
    if item.reading.kind != "count" or item.n < 2 or not re.search(r"对应|折合|相当于|可(?:供|支持|惠及|新增)|能够?|约", item.near):
        return None
    amount = ledger.items[item.n - 1]
    if amount.reading.kind != "money" or amount.reading.value is None or amount.sentence != item.sentence:
        return None
    for x in reversed(ledger.items[max(0, item.n - 4) : item.n - 1]):
        d = divisor(ledger, x) if x.sentence == item.sentence and x.reading.kind == "money" and x.reading.value is not None and "每" in x.near else None
        if d is not None and x.value < amount.value and (item.unit in d.units or not d.units):
            return Product(item, amount, d.many, NUMBER, x)
    return None


_LEFT = re.compile(r"余下|剩余|剩下|余|还有|尚有|未|库存|储备|结存|可售|存量|存栏|保有")
_RATES = {
    "日": re.compile(r"日均|平均每[天日]|每[天日]|平均日|日[\u4e00-\u9fff]{1,4}$"), "月": re.compile(r"月均|平均每月|每月|月[\u4e00-\u9fff]{1,2}$"),
    "年": re.compile(r"年均|平均每年|每年|年[\u4e00-\u9fff]{1,2}$"),
}
_SAME_SPAN = {"日": "日", "天": "日", "月": "月", "个月": "月", "年": "年"}
_NEEDED = re.compile(r"还?需要?|还?要|可(?:供|用|在|满足|支付|支撑|维持|持续|使用)?|够|周期")
_DONE = re.compile(r"(?:左右)?(?:就|即|便)?(?:可|能)")


def lasts(ledger: Ledger, item: Item) -> Product | None:
    """近三日平均日播246万亩，余下的1341万亩还需5.5天; 库存煤炭560万吨，日均耗煤28万吨，可用20天."""
    span = _SAME_SPAN.get(item.reading.unit, "") if item.reading.kind == "duration" else ""
    if not span or not (_NEEDED.search(item.near) or _DONE.match(item.tail)):
        return None
    near = [x for x in ledger.items[max(0, item.n - 5) : item.n + 3] if x.sentence == item.sentence and x.reading.value is not None and x.n != item.n]
    near = [x for x in near if x.value > 0]
    near.sort(key=lambda x: abs(x.n - item.n))
    rate = next((x for x in near if _RATES[span].search(x.near) and x.reading.kind != "duration"), None)
    stocks = [x for x in near if rate is not None and x.n != rate.n and x.unit == rate.unit and x.value > rate.value]
    left = next((x for x in stocks if _LEFT.search(x.near)), stocks[0] if len(stocks) == 1 else None)
    return Product(item, left, Fraction(1), LASTS, rate) if rate is not None and left is not None else None


def covers(ledger: Ledger, item: Item) -> Product | None:
    """总支出168.7亿元，…累计结存203.5亿元，可支付14.5个月."""
    months = item.reading.kind == "duration" and item.reading.unit in ("月", "个月")
    if not months or not re.search(r"可支付|可支撑|支付能力|可使用|可维持|够用|支撑", item.near):
        return None
    near = reversed(ledger.items[max(0, item.n - 10) : item.n])
    pool = [x for x in near if x.turn == item.turn and x.reading.kind == "money" and x.reading.value is not None]
    stock = next((x for x in pool if re.search(r"累计结[存余]|滚存|余额|结存", x.near)), None)
    spent = next((x for x in pool if "支出" in x.near and x.role in ("level", "prior") and x.value > 0 and "比" not in x.near), None)
    if stock is None or spent is None or stock.unit != spent.unit:
        return None
    span = spent.months[1] - spent.months[0] + 1 if spent.months is not None else _MONTHS
    assumed = (f"支出按{span}个月计", f"the spending taken over {span} months")
    return Product(item, stock, Fraction(span), COVERS, spent, said=f" × {span}", assumed=assumed)


_YEARS_ON = re.compile(r"连续|为期|共|持续|连着|计划|分|用|累计|期间|集中|内|里")


def each_time(ledger: Ledger, item: Item) -> Product | None:
    """每年安排5000万元，连续3年，共1.5亿元; 每月拆违40万平方米，三个月共拆除120万平方米."""
    if item.n < 2 or item.role not in ("level", "plan", "increment"):
        return None
    near = [x for x in reversed(ledger.items[max(0, item.n - 3) : item.n]) if x.sentence == item.sentence and x.reading.value is not None]
    each = next((x for x in near if x.unit == item.unit and _EACH_SPAN.search(x.near) and not re.search(r"每[人户亩个名]|[人户]均", x.near)), None)
    m = _EACH_SPAN.search(each.near) if each is not None else None
    if each is None or m is None or each.value >= item.value or not (_TOTAL.search(item.lead + item.near) or _called_alike(each, item)):
        return None
    units = _SPANS[m["t"]]
    spans = [x for x in near if x.reading.kind == "duration" and x.reading.unit in units]
    span = next((x for x in spans if _YEARS_ON.search(x.near + x.tail) or TAKEN.match(x.tail)), None)
    if span is None:
        return None
    if ledger.text[span.start].isdigit():
        return Product(item, each, Fraction(1), EACH, times=span)
    n, zh = int(span.value), span.reading.unit
    return Product(item, each, Fraction(n), EACH, said=f" × {n}", assumed=(f"按{n}{zh}计", f"taken {n} times"))


_EACH_SPAN = re.compile(r"(?:平均)?每(?:个)?(?P<t>年|月|天|日|周)|(?P<t2>[年月日])均")
_SPANS = {"年": ("年",), "月": ("月", "个月"), "天": ("日", "天"), "日": ("日", "天"), "周": ("周",), None: ()}


READERS = (each_times_number, each_time, number_of, lasts, covers, of_a_rate, of_the_rest, split, of_one_whole)
