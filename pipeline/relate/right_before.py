"""What stands right beside a difference, a growth or an average that nothing else has bound.

The figures next to it in its sentence, of its kind and unit: nothing but their place says that they are meant, so such a
binding may confirm and never doubts. One place is tried for each form of words, whether it fits or not.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import Product

RATES = "the two rates right beside a difference in points"
LEVELS = "the two levels right beside a growth"
AVERAGED = "the two figures right before an average"
_RATES = ("growth", "bare", "rate", "share", "completion", "reference", "to", "from", "prior")
_OTHER = re.compile(r"为|是|有|达|只有|仅|增长|下降|上涨")
_MEASURED = ("count", "money", "quantity", "duration")
_STOCK = ("level", "to", "from", "prior", "average")


def rates_beside(ledger: Ledger, claim: Item) -> tuple[Item, Item, str] | None:
    """Of 工业增长12.8%，服务业增长7.6%，快5.2个百分点 the two before; with one before, that and the one right behind."""
    before = _run(ledger, claim, -1, "rate")
    if len(before) >= 2:
        return before[1], before[0], RATES
    after = _run(ledger, claim, 1, "rate")
    if before and after and _OTHER.search(after[0].near):
        return before[0], after[0], RATES
    return None


def _run(ledger: Ledger, claim: Item, step: int, kind: str) -> list[Item]:
    """At most two figures next to the claim, of the kind, in its sentence and bracket."""
    found: list[Item] = []
    n = claim.n + step
    while 0 <= n < len(ledger.items) and len(found) < 2:
        item = ledger.items[n]
        same = item.sentence == claim.sentence and item.bracket == claim.bracket and item.reading.kind == kind and item.reading.value is not None
        if not same or item.role not in _RATES:
            break
        found.append(item)
        n += step
    return found


def levels_beside(ledger: Ledger, claim: Item) -> tuple[Item, Item, str] | None:
    """The later and the earlier level: 2019年38万户，2024年51万户，增长34.2%; 41万辆，增长1.2倍，去年同期18.9万辆. By direction, not by fit."""
    if claim.reading.bound is not None:
        return None
    near = [ledger.items[n] for n in (claim.n - 2, claim.n - 1, claim.n + 1) if 0 <= n < len(ledger.items)]
    near = [x for x in near if _level(x) and x.sentence == claim.sentence and x.bracket == claim.bracket]
    before = [x for x in near if x.n < claim.n]
    pair = before if len(before) == 2 else [*before, *(x for x in near if x.n > claim.n and _OTHER.search(x.near))]
    if len(pair) != 2 or pair[0].reading.unit != pair[1].reading.unit or pair[0].value == pair[1].value or min(x.value for x in pair) <= 0:
        return None
    small, large = sorted(pair, key=lambda x: x.value)
    return (small, large, LEVELS) if claim.direction == "down" else (large, small, LEVELS)


def _level(item: Item) -> bool:
    return item.reading.kind in _MEASURED and item.reading.value is not None and item.role in _STOCK and item.reading.bound is None


def averaged(ledger: Ledger, claim: Item) -> Product | None:
    """86批次、2.1万人次，平均每批244人次: of the two right before, that of the claim's unit over the other."""
    if claim.role != "average" or claim.n < 2 or claim.reading.kind not in _MEASURED:
        return None
    near = [x for x in ledger.items[claim.n - 2 : claim.n] if _level(x) and x.sentence == claim.sentence and x.bracket == claim.bracket]
    if len(near) != 2 or near[0].reading.unit == near[1].reading.unit:
        return None
    top = next((x for x in near if x.reading.unit == claim.reading.unit), None)
    bottom = next((x for x in near if x is not top), None)
    if top is None or bottom is None or bottom.reading.kind == "money" or bottom.value <= 1:
        return None
    return Product(claim, top, Fraction(1), AVERAGED, bottom)
