"""The number of heads that an average is taken over: said, in a bracket, named, in the sentence, before it, behind it."""

from __future__ import annotations

import re
from collections.abc import Callable

from .divisors import Divisor
from .items import Item
from .ledger import Ledger
from .lengths import TAKEN
from .standing import SAME_IN, levels_near, standing, wholes_first

_POPULATION = re.compile(r"人口|常住|户籍|居民|参保")
_ONLY = re.compile(r"覆盖|惠及|涉及|受益|服务|共有|涵盖|发放给|领取|享受|参与|参加|受助|受惠|救助|获得")


def told(x: Item) -> bool:
    """按常住人口793万人计算, 常住人口按5238万人算: said to be what it is taken over."""
    return bool(re.search(r"[按以]", x.near) and TAKEN.match(x.tail))


def find(ledger: Ledger, item: Item, d: Divisor, top: Item) -> list[Item]:
    """The number of heads: said to be taken, in the bracket behind, named, in the sentence, before it, of the population."""
    counts = _counts(d)

    def fits(x: Item) -> bool:
        return x.n != top.n and counts(x)

    said = [x for x in ledger.items[max(0, item.n - 8) : item.n + 4] if x.sentence == item.sentence and x.n != item.n and fits(x) and told(x)]
    if said:
        return said[-1:]
    bracket = [x for x in ledger.items[item.n + 1 : item.n + 2] if x.bracket >= 0 and x.bracket != item.bracket]
    behind = [x for x in bracket if fits(x) and (standing(x) or x.role == "average")]
    if behind:
        return behind
    pool = levels_near(ledger, item, fits)
    if d.units == ("个",) and len(d.noun) > 1:
        # 平均每个环卫工人, of 环卫工人2.1万人次
        pool = pool + [x for x in levels_near(ledger, item, lambda x: x.reading.kind == "count" and x.n != top.n and x.unit != "个") if d.noun in x.words]
    if d.noun and not d.people:
        named = _called(d.noun, pool)
        if not named and len(d.noun) == 1 and not pool:
            # 场均: 家庭农场12.4万家
            named = [x for x in levels_near(ledger, item, lambda x: x.reading.kind == "count" and x.n != top.n) if d.noun in x.name[-2:]]
        pool = named if named or not d.units or d.units == ("个",) or not pool else pool
    if d.people and (d.many > 1 or d.noun == "人口"):
        pool = [x for x in pool if _POPULATION.search(x.words)] or _population(ledger, item) or ([] if d.noun else pool)
    return _chosen(ledger, item, d, pool, top) or _only_behind(ledger, item, d, fits)


def _called(noun: str, pool: list[Item]) -> list[Item]:
    """Those whose words hold the noun, else its first two characters, else all of its characters."""
    found = [x for x in pool if re.search(noun, x.words)]
    found = found or [x for x in pool if 2 < len(noun) <= 6 and "|" not in noun and noun[:2] in x.words]
    return found or [x for x in pool if 1 < len(noun) <= 6 and all(c in x.words for c in noun)]


def _chosen(ledger: Ledger, item: Item, d: Divisor, pool: list[Item], top: Item) -> list[Item]:
    """Heads that the total or the sentence names, else those of the sentence, else those before it, by the unit meant most."""
    said = ledger.text[ledger.sentences[item.sentence][0] : item.start]
    here = [x for x in pool if x.sentence == item.sentence]
    group = [x for x in here if not re.search("[；;]", ledger.text[x.end : item.start])]
    if len(group) == 1 and len(here) > 1 and top.n > group[0].n:
        # …；其中作价入股186项、金额14.88亿元，每项平均800万元
        return group
    fitting = [x for x in here or pool if len(x.name + x.tail) > 1 and (x.unit in d.units or not d.units)]
    named = [x for x in fitting if any(len(w) == 2 and w in top.near for w in (x.name[:2], x.tail[:2]))]
    named += [x for x in fitting if x not in named and x.sentence < item.sentence and len(x.name) > 1 and x.name in said]
    if named:
        return named
    best = [x for unit in d.units for x in here if x.unit == unit] or [x for unit in d.units for x in pool if x.unit == unit] or here or pool
    # 263列，其中去程151列、返程112列，平均每列: the whole is meant, not its last part.
    return wholes_first(ledger, best)


def _only_behind(ledger: Ledger, item: Item, d: Divisor, fits: Callable[[Item], bool]) -> list[Item]:
    """户均减负7.19万元，覆盖38.2万户; 万车死亡率1.5，机动车保有量264万辆."""
    behind = [x for x in ledger.items[item.n + 1 : item.n + 3] if x.sentence == item.sentence and fits(x) and standing(x)]
    behind = [x for x in behind if x.n == item.n + 1 or d.many > 1]
    return [x for x in behind if _ONLY.search(x.near) or _STOCK.search(x.near) or d.many > 1]


_STOCK = re.compile(r"人口|保有量|总面积|总数|总量")


def _counts(d: Divisor) -> Callable[[Item], bool]:
    units = set(d.units) | {u for unit in d.units for u in SAME_IN.get(unit, {}) if unit in ("公斤", "斤", "升", "米", "亩", "平方米")}

    def fits(x: Item) -> bool:
        if not units:
            return x.reading.kind == "count" or bool(d.noun and d.totals and x.reading.kind == "quantity")
        return x.unit in units or (x.unit in ("", "index", "count") and d.people and bool(_POPULATION.search(x.words)))

    return fits


def _population(ledger: Ledger, item: Item) -> list[Item]:
    """The population, wherever the turn names it."""
    told = [x for x in ledger.items[max(0, item.n - 200) : item.n + 12] if x.turn == item.turn and x.unit == "人" and "人口" in x.words and standing(x)]
    before = [x for x in reversed(told) if x.n < item.n]
    return before[:1] or [x for x in told if 0 <= x.sentence - item.sentence <= 1][:1]
