"""The same amount in another unit: 112738.3千公顷(169107.4万亩), 1268万吨，也就是253.6亿斤, 每年6564元，折合每月547元."""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import Product

# One of the first unit is so many of the second: GB 3100, 1 公顷 = 15 亩, 1 公斤 = 2 斤.
_FACTORS: dict[tuple[str, str], Fraction] = {
    ("公顷", "亩"): Fraction(15), ("吨", "斤"): Fraction(2000), ("公斤", "斤"): Fraction(2), ("公斤/公顷", "公斤/亩"): Fraction(1, 15),
    ("平方公里", "亩"): Fraction(1500), ("平方公里", "公顷"): Fraction(100), ("公里", "里"): Fraction(2), ("公里", "米"): Fraction(1000),
    ("吨", "公斤"): Fraction(1000), ("立方米", "升"): Fraction(1000), ("公斤/公顷", "斤/亩"): Fraction(2, 15), ("平方米", "亩"): Fraction(3, 2000),
    ("公顷", "平方米"): Fraction(10_000), ("平方公里", "平方米"): Fraction(10**6), ("公斤", "克"): Fraction(1000), ("兆瓦", "千瓦"): Fraction(1000),
}
# So much a year is so much a month; a length of time in smaller ones.
_PER_TIME = {
    ("年", "月"): Fraction(1, 12), ("月", "年"): Fraction(12),
    ("季", "月"): Fraction(1, 3), ("季度", "月"): Fraction(1, 3), ("周", "天"): Fraction(1, 7),
}
_LASTING = {
    ("小时", "分钟"): Fraction(60), ("分钟", "秒"): Fraction(60), ("日", "小时"): Fraction(24), ("年", "个月"): Fraction(12), ("年", "月"): Fraction(12),
}
BRACKETS = "the same in another unit, in brackets"
NEXT = "the same in another unit, beside it"
PER = "so much for one stretch of time, for another"
AREA = "so much for one unit, for another"
_SAID = re.compile(r"[，,、]?(?:也就是(?:说)?|折合|约合|合|即|相当于|折算(?:为|成)?|换算(?:成|为)|等于)(?:人民币)?(?:约|为|成|是|了|近)*")
_EVERY = re.compile(r"每(?:个)?(?P<t>季度|[年月季周天])(?:[\u4e00-\u9fff]{0,4})$|(?P<u>[年月])(?:均|标准为)?$")
_EACH_AREA = re.compile(r"每(?P<a>公顷|亩|公斤|斤|吨|平方米)(?:产量|产)?(?:约|为|达)*$|(?P<b>亩)(?:均|产)(?:为|约)*$")


def converted(ledger: Ledger, item: Item) -> Product | None:
    """The figure right before, in the unit of this one."""
    if item.n == 0:
        return None
    base = ledger.items[item.n - 1]
    if base.sentence != item.sentence or base.reading.value is None:
        return None
    gap = ledger.gap(base, item)
    if item.bracket >= 0 and base.bracket != item.bracket:
        template = BRACKETS if re.fullmatch(r"\((?:约|合|折合|即|约合|也就是|折)?(?:约)?", gap) else ""
    else:
        template = NEXT if _SAID.fullmatch(gap) else ""
    if template == BRACKETS and not ledger.text.startswith(")", item.end):
        # 规划12平方公里(8000亩已建成): the bracket says something else.
        template = ""
    factor = _factor(base, item) if template else None
    return Product(item, base, factor, template, said=_said(factor)) if factor is not None else _per_other(ledger, item, base)


def _factor(base: Item, item: Item) -> Fraction | None:
    factor = _FACTORS.get((base.reading.unit, item.reading.unit))
    if factor is None and base.reading.kind == item.reading.kind == "duration":
        factor = _LASTING.get((base.reading.unit, item.reading.unit))
    if factor is None:
        back = _FACTORS.get((item.reading.unit, base.reading.unit))
        factor = 1 / back if back else None
    return factor


def _said(factor: Fraction) -> str:
    return f" × {factor.numerator}" + (f"/{factor.denominator}" if factor.denominator != 1 else "")


def _per_other(ledger: Ledger, item: Item, base: Item) -> Product | None:
    """每人每年6564元，折合每月547元; 每公顷5515.7公斤，折合每亩367.7公斤."""
    if base.unit != item.unit or base.bracket != item.bracket or not re.search(r"折合|相当于|约合|即|平均|合", item.near):
        return None
    a, b = _EVERY.search(base.near), _EVERY.search(item.near)
    if b is not None and (a is not None or "全年" in ledger.text[ledger.sentences[base.sentence][0] : base.start]):
        # 全年发放…，人均1440元，折合每人每月120元
        every = (a["t"] or a["u"]) if a is not None else "年"
        factor = _PER_TIME.get((every, b["t"] or b["u"]))
        return Product(item, base, factor, PER, said=_said(factor)) if factor is not None else None
    a, b = _EACH_AREA.search(base.near), _EACH_AREA.search(item.near)
    if a is None or b is None:
        return None
    back = _FACTORS.get((a["a"] or a["b"], b["a"] or b["b"]))
    forth = _FACTORS.get((b["a"] or b["b"], a["a"] or a["b"]))
    factor = 1 / back if back else forth
    return Product(item, base, factor, AREA, said=_said(factor)) if factor is not None else None
