"""One for so many: 平均每4.4户拥有一件, 每800名学生配备1名, 每3万人配一辆的标准应配304辆."""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import Product
from .standing import levels_near, standing

INVERSE = "so many heads to each"
STANDARD = "a number by the standard of one for so many"


def inverse(ledger: Ledger, item: Item) -> Product | None:
    """平均每4.4户拥有一件: as many heads to one of what they have."""
    if not item.near.endswith(("每", "平均")) or item.reading.value is None or item.reading.kind != "count":
        return None
    m = _ONE_OF.match(item.tail)
    step = ledger.items[item.n + 1] if item.n + 1 < len(ledger.items) else item
    printed = step.n > item.n and step.reading.value == 1 and step.sentence == item.sentence and _HAS.search(item.tail) is not None
    pool = levels_near(ledger, item, lambda x: x.reading.kind == "count")
    pool += [x for x in ledger.items[item.n + 1 : item.n + 4] if x.sentence == item.sentence and x.reading.kind == "count" and standing(x) and x.value > 1]
    noun = item.tail[:2]
    heads = [x for x in pool if x.unit == item.unit and x.value > item.value]
    heads = [x for x in heads if noun in x.words] or heads
    if printed:
        ones = [x for x in pool if x.unit == step.unit and heads and x.n != heads[0].n and noun not in x.words]
    else:
        ones = [x for x in pool if m is not None and x.reading.unit == m["one"][: len(x.reading.unit)] and x.unit != item.unit]
    return Product(item, heads[0], Fraction(1), INVERSE, ones[0]) if heads and ones else None


_HAS = re.compile(r"拥有|有|配有|配备|享有|共用|设")
_ONE_OF = re.compile(r"(?:家庭|居民|市民|人口|人家|城镇家庭)?(?:就|即|便)?(?:拥有|有|配有|配备|享有|共用|分享|拥)(?:一|1)(?P<one>[\u4e00-\u9fff]{1,6})")


def by_standard(ledger: Ledger, item: Item) -> Product | None:
    """按常住人口912万人计算，每3万人配一辆的标准应配304辆."""
    if item.reading.kind != "count" or item.n < 2 or not re.search(r"标准|应配|需配|应有|应设", item.near):
        return None
    step = next((x for x in reversed(ledger.items[max(0, item.n - 2) : item.n]) if x.near.endswith("每") and x.sentence == item.sentence), None)
    if step is None or step.reading.value is None or step.value <= 0:
        return None
    whole = [x for x in ledger.before(step, step.unit, 6) if x.turn == item.turn and item.sentence - x.sentence <= 1 and x.is_level and x.value > step.value]
    return Product(item, whole[0], Fraction(1), STANDARD, step) if whole else None
