"""Which figures an average, a yield, a pull or a converted figure is made of.

Each binding is a product: ``operands`` multiplied or divided, times ``factor``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from fractions import Fraction

from .amounts import a_year, each_times_number, of_a_rate, of_one_whole, per_unit
from .items import Item
from .ledger import Ledger
from .products import COUNTED_IN, Product

# One of the first unit is so many of the second: GB 3100, 1 公顷 = 15 亩, 1 公斤 = 2 斤.
_FACTORS: dict[tuple[str, str], Fraction] = {
    ("公顷", "亩"): Fraction(15), ("吨", "斤"): Fraction(2000), ("公斤", "斤"): Fraction(2), ("公斤/公顷", "公斤/亩"): Fraction(1, 15),
    ("平方公里", "亩"): Fraction(1500), ("平方公里", "公顷"): Fraction(100), ("公里", "里"): Fraction(2), ("公里", "米"): Fraction(1000),
    ("吨", "公斤"): Fraction(1000), ("立方米", "升"): Fraction(1000), ("公斤/公顷", "斤/亩"): Fraction(2, 15), ("平方米", "亩"): Fraction(3, 2000),
}
_DAILY = re.compile(r"日均|平均每[天日]|每[天日]平均")
_MONTHLY = re.compile(r"月均|平均每月")
_YEARLY = re.compile(r"年均|平均每年|每年平均")
# 人均, 户均, 校均, 案均 …: the character names what is divided by; 平均每个团队, 每千人 say it in words.
_HEAD = re.compile(
    r"(?P<per>[人户次亩件案班单笔校所馆企店头台套车厂机床棚村镇县项处座院生])均(?!值|为中心|线|衡)|(?:平均)?每(?P<many>[百千万])?(?P<one>个|名|人|户|亩|件|班|单|家|列|头|辆|笔|项|条|平方米|吨)(?P<noun>[\u4e00-\u9fff]{0,4})"
)
_MANY = {"百": 100, "千": 1000, "万": 10000}
_GROWTH = re.compile(r"增长|下降|增幅|增速|提高|回落")
_MASS = {"斤": Fraction(1, 2), "公斤": Fraction(1), "吨": Fraction(1000)}
_AREA = {"亩": Fraction(1), "公顷": Fraction(15)}
_YIELD = re.compile(r"(?:每|平均)?(?P<area>亩|公顷)(?:平均)?产|单产为?每?(?P<b>亩|公顷)|折合每(?P<c>亩|公顷)|每(?P<d>亩|公顷)产")


def products(ledger: Ledger) -> Iterator[Product]:
    """Conversions in brackets, averages per day, month, year or head, yields, pulls of a growth."""
    readers = (_converted, _average, _per_head, _yield, _pull, each_times_number, of_a_rate, per_unit, a_year, of_one_whole)
    for item in ledger.items:
        if item.reading.value is None:
            continue
        for reader in readers:
            found = reader(ledger, item)
            if found is not None:
                yield found
                break


def _converted(ledger: Ledger, item: Item) -> Product | None:
    """112738.3千公顷(169107.4万亩): the bracket says the same in another unit."""
    if item.n == 0 or item.bracket < 0:
        return None
    base = ledger.items[item.n - 1]
    if base.bracket == item.bracket or base.sentence != item.sentence or base.reading.value is None:
        return None
    if not re.fullmatch(r"\((?:约|合|折合|约合|即)?", ledger.gap(base, item)):
        return None
    factor = _FACTORS.get((base.reading.unit, item.reading.unit))
    if factor is None:
        back = _FACTORS.get((item.reading.unit, base.reading.unit))
        factor = 1 / back if back else None
    if factor is None:
        return None
    said = f" × {factor.numerator}" + (f"/{factor.denominator}" if factor.denominator != 1 else "")
    return Product(item, base, factor, "the same in another unit, in brackets", said=said)


def _average(ledger: Ledger, item: Item) -> Product | None:
    """日均10202件 over the days of the period; 年均1391万人 over the years it spans."""
    if item.role not in ("average", "level") or item.reading.kind not in ("count", "money", "quantity") or _GROWTH.search(item.near) or "/" in item.unit:
        return None
    for pattern, count, zh, en in ((_DAILY, _days, "天", "days"), (_MONTHLY, _months, "个月", "months"), (_YEARLY, _years, "年", "years")):
        if not pattern.search(item.near):
            continue
        base = _base(ledger, item, count is _years)
        if base is None and count is not _years:
            return _of_the_total(ledger, item, count, zh, en)
        printed_ = _said(ledger, item, {"天": "日", "年": "年"}.get(zh, ""))
        if base is not None and printed_ is not None and printed_.value > 0:
            if ledger.text[printed_.start].isdigit():
                return Product(item, base, Fraction(1), f"an average over a printed number of {en}", printed_)
            # 六年累计, 十年共: the number word belongs to the name of the time.
            told = int(printed_.value)
            assumed = (f"按{told}{zh}计", f"taken over {told} {en}")
            return Product(item, base, Fraction(1, told), f"an average over a printed number of {en}", said=f" ÷ {told}", assumed=assumed)
        number = count(ledger, item, base) if base is not None else None
        if base is None or number is None:
            return None
        assumed = (f"按{number}{zh}计", f"taken over {number} {en}")
        return Product(item, base, Fraction(1, number), "an average over the period", said=f" ÷ {number}", assumed=assumed)
    return None


BEFORE = "an average over the period, of the total named before"


def _of_the_total(ledger: Ledger, item: Item, count: Callable[[Ledger, Item, Item], int | None], zh: str, en: str) -> Product | None:
    """三季度业务量9.84亿件。…日均处理1069.6万件: the first figure of the unit in the nearest sentence that has one."""
    near = [
        x for x in ledger.before(item, item.unit, 12)
        if x.turn == item.turn and item.sentence - x.sentence <= 3 and x.is_level and x.role != "plan" and x.value > item.value and x.bracket < 0
    ]
    first = [x for x in near if x.sentence == near[0].sentence]
    number = count(ledger, item, first[-1]) if first else None
    if number is None:
        return None
    assumed = (f"按{number}{zh}计", f"taken over {number} {en}")
    return Product(item, first[-1], Fraction(1, number), BEFORE, said=f" ÷ {number}", assumed=assumed)


def _base(ledger: Ledger, item: Item, changes: bool) -> Item | None:
    near = [x for x in ledger.before(item, item.unit, 4) if x.sentence == item.sentence]
    verb = re.sub(r"平均|每[天日月年]|[日月年]均", "", item.near)[-2:]
    for other in sorted(near, key=lambda x: len(verb) == 2 and verb not in x.near):
        usable = (other.is_level and (changes or other.role != "plan")) or (changes and other.role == "increment" and other.reading.value is not None)
        if usable:
            return other
    return None


def _said(ledger: Ledger, item: Item, unit: str) -> Item | None:
    """A number of days or years printed in the sentence: 40天里, 这4年里."""
    for other in reversed(ledger.items[max(0, item.n - 6) : item.n]):
        near = other.sentence == item.sentence or (other.sentence == item.sentence - 1 and other.paragraph == item.paragraph)
        if near and other.reading.kind == "duration" and other.reading.unit == unit and other.reading.value is not None:
            return other
    return None


# Without the leap day: a stretch that holds the end of a February is not counted by it.
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# 7月8日-7月14日, 2月5日至11日
_RANGE = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:\d{1,2}时)?[-—－~至到]+(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日")


def _between(ledger: Ledger, item: Item) -> int | None:
    """The days from one date to another that the sentence of an average names; None over the end of a February."""
    begin = ledger.sentences[item.sentence][0]
    m = next(reversed([*_RANGE.finditer(ledger.text, begin, item.start)]), None)
    if m is None:
        return None
    first, last = int(m["m"]), int(m["m2"] or m["m"])
    if not (1 <= first <= last <= 12) or (first <= 2 < last):
        return None
    days = sum(_MONTHS[k - 1] for k in range(first, last)) + int(m["d2"]) - int(m["d"]) + 1
    return days if days > 1 else None


def _days(ledger: Ledger, item: Item, base: Item) -> int | None:
    between = _between(ledger, item)
    if between is not None:
        return between
    period = base.period
    if period is not None and period.start is not None and period.end is not None:
        days = (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
        return days if 1 < days <= 366 else None
    if base.months is None or (base.months[0] <= 2 <= base.months[1] and base.months[1] == 2):
        return None
    return sum(_MONTHS[m - 1] for m in range(base.months[0], base.months[1] + 1))


def _months(ledger: Ledger, item: Item, base: Item) -> int | None:
    if base.months is None or base.months[0] == base.months[1]:
        return None
    return base.months[1] - base.months[0] + 1


def _years(ledger: Ledger, item: Item, base: Item) -> int | None:
    period = base.period
    if period is None or period.start is None or period.end is None:
        return None
    years = int(period.end[:4]) - int(period.start[:4]) + 1
    return years if years > 1 else None


def _per_head(ledger: Ledger, item: Item) -> Product | None:
    """人均花费906.85元 = 旅游收入 ÷ 接待游客; 校均1633人 = 在校生 ÷ 学校; 每个团队1537人."""
    m = _HEAD.search(item.near)
    if m is None or _GROWTH.search(item.near) or item.role == "increment" or _DAILY.search(item.near):
        return None
    units = COUNTED_IN.get(m["per"] or m["one"], (m["per"] or m["one"],))
    tops = [x for x in ledger.before(item, item.unit, 6) if _usable(item, x) and x.value > item.value] or _told(ledger, item)
    named = [
        x for x in ledger.before(item, "个", 8)
        if (_usable(item, x) or _earlier(item, x)) and m["noun"] and m["noun"][:2] in x.words
    ] if m["one"] == "个" else []
    top = tops[0].n if tops else -1
    bottoms = named or [x for unit in units for x in ledger.before(item, unit, 6) if _usable(item, x) and x.n != top]
    bottoms = bottoms or [x for unit in units if unit != "个" for x in ledger.before(item, unit, 8) if _earlier(item, x) and x.n != top]
    # 平均每件投诉挽回256元: of several numbers the one that the words name.
    bottoms = [x for x in bottoms if m["noun"] and m["noun"][:2] in x.words] or bottoms
    # 263列，其中去程151列、返程112列，平均每列: the whole is meant, not its last part.
    bottoms = [x for x in bottoms if (host := ledger.host(x.n)) is None or host not in bottoms]
    if m["one"] == "个" and not named:
        return None
    if not tops or not bottoms or tops[0].n == bottoms[0].n:
        return None
    if m["many"] and not re.search(r"人口|人|户", m["one"] + m["noun"] + bottoms[0].words):
        return None
    return Product(item, tops[0], Fraction(_MANY.get(m["many"] or "", 1)), "per head", bottoms[0])


def _earlier(item: Item, other: Item) -> bool:
    """A number of heads in one of the three sentences before, of the same turn."""
    near = other.turn == item.turn and 0 <= item.sentence - other.sentence <= 3
    return near and other.is_level and other.role != "plan" and other.bracket == item.bracket and other.value > 0


def _told(ledger: Ledger, item: Item) -> list[Item]:
    """What is shared out, from the sentence before, where the sentence of the average names it again."""
    begin = ledger.sentences[item.sentence][0]
    words = ledger.text[begin : item.start]
    found = [x for x in ledger.before(item, item.unit, 6) if x.sentence == item.sentence - 1 and _earlier(item, x) and x.value > item.value]
    return [x for x in found if len(x.name) >= 3 and x.name in words]


def _usable(item: Item, other: Item) -> bool:
    return other.sentence == item.sentence and other.is_level and other.role != "plan" and other.bracket == item.bracket and other.value > 0


def _yield(ledger: Ledger, item: Item) -> Product | None:
    """平均亩产394.7公斤 = 总产量 ÷ 播种面积, brought to one unit."""
    area_unit, mass_unit = _yield_units(item)
    if area_unit is None or mass_unit is None:
        return None
    pool = [x for x in reversed(ledger.items[max(0, item.n - 14) : item.n]) if x.turn == item.turn and x.is_level and x.bracket < 0]
    area = next((x for x in pool if x.unit in _AREA), None)
    mass = next((x for x in reversed(pool) if x.unit in _MASS and re.search("产", x.near)), None)
    if mass is None:
        mass = next((x for x in ledger.items[item.n + 1 : item.n + 8] if x.unit in _MASS and x.is_level and x.bracket < 0 and "总产" in x.near), None)
    if area is None or mass is None or area.value <= 0:
        return None
    factor = _MASS[mass.unit] / _MASS[mass_unit] / (_AREA[area.unit] / _AREA[area_unit])
    return Product(item, mass, factor, "yield: output over area", area)


def _yield_units(item: Item) -> tuple[str | None, str | None]:
    unit = item.reading.unit
    if "/" in unit:
        mass, area = unit.split("/", 1)
        return (area, mass) if area in _AREA and mass in _MASS and item.role != "increment" else (None, None)
    m = _YIELD.search(item.near)
    if m is None or unit not in _MASS or item.role == "increment" or item.bracket >= 0:
        return None, None
    return m["area"] or m["b"] or m["c"] or m["d"], unit


def _pull(ledger: Ledger, item: Item) -> Product | None:
    """贡献率55.5%，拉动经济增长4.3个百分点: the contribution times the growth of the whole."""
    if item.reading.kind != "points" or not (item.role == "pull" or "来自" in item.near + item.tail):
        return None
    around = sorted(ledger.items[max(0, item.n - 3) : item.n + 3], key=lambda x: (abs(x.n - item.n), -x.n))
    share = next((x for x in around if x.role == "contribution" and x.sentence == item.sentence and x.reading.value is not None), None)
    if share is None:
        return None
    growth = _whole_growth(ledger, item)
    if growth is None:
        return None
    return Product(item, share, Fraction(1, 100), "contribution times growth", times=growth)


def _whole_growth(ledger: Ledger, item: Item) -> Item | None:
    """The growth of the economy that the paragraph speaks of."""
    for other in ledger.items[max(0, item.n - 14) : item.n]:
        named = other.metric == "gdp" or re.search(r"生产总值|GDP|经济|工业", other.lead + (other.metric_text or ""))
        if other.role == "growth" and other.reading.kind == "rate" and other.paragraph == item.paragraph and named and other.reading.value is not None:
            return other
    return None
