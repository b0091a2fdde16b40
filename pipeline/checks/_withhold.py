"""An accusation is withheld where another admissible reading fits. An agreement is never made that way.

Only asked when a finding would disagree, so the few figures around it may be tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from ..interval import Interval, judge, of, over, total
from ._sets import set_key

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

# Published growth at constant prices beside levels at current ones; 工业总产值, 建筑业总产值 and 林业总产值 grow in current prices.
AT_CONSTANT_PRICES = re.compile(r"生产总值|GDP|增加值|(?:农业|农林牧渔[^，。；]{0,4})总?产值")
_REACH = 24
# How many members at either end of a list may belong to something else.
_SPARE = 4


def _around(ledger: Ledger, claim: Item, unit: str) -> list[Item]:
    """Figures of ``unit`` in the reach of the claim, in its turn."""
    near = ledger.items[max(0, claim.n - _REACH) : claim.n + 4]
    return [x for x in near if x.unit == unit and x.turn == claim.turn and x.reading.value is not None and x.n != claim.n and x.value > 0]


def _fits(claim: Item, point: Fraction, span: Interval) -> bool:
    return judge(point, span, claim.reading, cuts=True) != "disagrees"


def _same_fact(a: Item, b: Item) -> bool:
    """Another mention of one fact excuses nothing: it is the contradiction."""
    return set_key(a) is not None and set_key(a) == set_key(b)


def ratio_fits(ledger: Ledger, claim: Item, top: Item, bottom: Item, factor: Fraction) -> bool:
    """Whether another denominator, or another numerator of the sentence, makes the rate."""
    pairs = [(top, x) for x in _around(ledger, claim, bottom.unit) if x.n not in (bottom.n, top.n) and not _same_fact(x, bottom)]
    pairs += [(x, bottom) for x in _around(ledger, claim, top.unit) if x.sentence == claim.sentence and x.n not in (bottom.n, top.n)]
    if any(_pair(claim, a, b, lambda q: q.scaled(factor), factor) for a, b in pairs):
        return True
    # 城镇300万人，农村400万人，占应参保720万人的97.2%: the figures before taken together.
    run = [x for x in ledger.items[max(0, claim.n - 6) : claim.n] if x.sentence == claim.sentence and x.unit == bottom.unit and x.n != bottom.n and x.is_level]
    sums = [sum((Fraction(x.value) for x in run[k:]), Fraction(0)) for k in range(len(run) - 1)]
    return any(_fits(claim, total / Fraction(bottom.value) * factor, Interval(*[total / Fraction(bottom.value) * factor] * 2)) for total in sums)


def growth_fits(ledger: Ledger, claim: Item, base: Item, change: Item, sign: int, factor: Fraction) -> bool:
    """Whether another level of the unit makes the growth with the increment, or with the level."""
    for x in _around(ledger, claim, base.unit):
        if x.n in (base.n, change.n):
            continue
        for now, moved in ((x, change), (base, x)):
            earlier = Fraction(now.value) - sign * Fraction(moved.value)
            if earlier > 0:
                point = Fraction(moved.value) / earlier * factor
                if _fits(claim, point, Interval(point, point)):
                    return True
    return False


def _pair(claim: Item, a: Item, b: Item, shape: Callable[[Interval], Interval], factor: Fraction) -> bool:
    try:
        span = shape(over(of(a.reading), of(b.reading)))
    except ZeroDivisionError:
        return False
    return _fits(claim, Fraction(a.value) / Fraction(b.value) * factor, span)


def sum_fits(ledger: Ledger, host: Item, parts: Sequence[Item], signs: Sequence[int]) -> bool:
    """Whether a shorter stretch of the list makes the whole, the list one member longer does, or it makes another whole."""
    n = len(parts)
    for i in range(min(n, _SPARE)):
        for j in range(max(i + 2, n - _SPARE), n + 1):
            if j - i < n and _sum(host, parts[i:j], signs[i:j]):
                return True
    before = ledger.items[parts[0].n - 1] if parts[0].n else None
    after = ledger.items[parts[-1].n + 1] if parts[-1].n + 1 < len(ledger.items) else None
    for more in (before, after):
        if more is not None and more.is_additive and more.unit == host.unit and more.n != host.n and _sum(host, [*parts, more], [*signs, 1]):
            return True
    return any(_sum(x, parts, signs) for x in _around(ledger, parts[0], host.unit) if x.n != host.n and x not in parts)


def _sum(host: Item, parts: Sequence[Item], signs: Sequence[int]) -> bool:
    point = sum((Fraction(p.value) * s for p, s in zip(parts, signs, strict=True)), Fraction(0))
    span = total(of(p.reading).scaled(Fraction(s)) for p, s in zip(parts, signs, strict=True))
    return judge(point, span, host.reading) != "disagrees"
