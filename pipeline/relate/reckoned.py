"""Amounts that a rate or a ratio makes: 资本金占50%，即209.3亿元; 推算…约8.79万亿元; 按6:4负担，区级承担320万元; 未销号245个.

They rest on the order of the text; the verbs (即, 推算, 计) say that something was reckoned.
"""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .lengths import TAKEN
from .products import Product

OF_RATE = "a share of the whole, as an amount"
WHOLE = "the whole that a share implies"
BACK = "the level before that a growth implies"
AHEAD = "the level that a growth leads to"
REST = "what a rate leaves over"
SPLIT = "the part of one side, by a ratio"
ONE_WHOLE = "two shares of one whole that is not printed"
_SHORT = 2
_THAT_IS = re.compile(r"^[^。；;\d]{0,16}?[，,](?:即|约合|也就是|折合|共计|计|合计|为|约)[^，,。；;\d]{0,6}$|^即$")
_RECKONED = re.compile(r"推算|据此|由此|折算|测算|反推|照此")
_EARLIER = re.compile(r"去年|上年|同期|前年|(?:19|20)\d\d年")
_LATER = re.compile(r"今年|本年|目标|将达|达到|预计|明年|可达|约为")
_RATIO = re.compile(
    r"(?P<sides>[\u4e00-\u9fff]{1,8}(?:[、和与及][\u4e00-\u9fff]{1,6}){1,2}?)(?:按照?)(?P<ratio>\d+(?:\.\d+)?(?::\d+(?:\.\d+)?){1,2})"
    r"的?(?:比例)?(?:进行)?(?:分担|负担|承担|分成|分摊|出资|配套|分配|分享|共担)"
)


def _levels(ledger: Ledger, item: Item, unit: str) -> list[Item]:
    """Levels of ``unit`` before a figure in its sentence, the nearest first, none of an earlier time."""
    near = [x for x in ledger.before(item, unit, 8) if x.sentence == item.sentence and (x.bracket < 0 or x.bracket == item.bracket)]
    return [x for x in near if x.is_level and x.role not in ("prior", "from")]


def of_a_rate(ledger: Ledger, item: Item) -> Product | None:
    """批复总投资418.6亿元，资本金占50%，即209.3亿元; 占…的15.7%，推算…约8.79万亿元; 六分之一用于训练，计0.6亿元."""
    if item.n < _SHORT or item.reading.kind not in ("money", "count", "quantity"):
        return None
    rate = ledger.items[item.n - 1]
    before_last = ledger.items[item.n - 2]
    if rate.unit == item.unit and rate.is_level and before_last.role == "growth" and _RECKONED.search(item.lead) and _EARLIER.search(item.near):
        # 增长20%，达到6亿吨，据此推算2019年同期为5亿吨
        sign = -1 if before_last.direction == "down" else 1
        told = before_last.reading.kind == "rate" and before_last.sentence == rate.sentence == item.sentence and before_last.reading.value is not None
        return Product(item, rate, Fraction(1), BACK, times=before_last, turned=sign, under=True) if told else None
    if rate.reading.kind not in ("rate", "multiple") or rate.reading.value is None or rate.sentence != item.sentence or rate.value <= 0:
        return None
    if rate.role == "growth":
        return _grown(ledger, item, rate)
    before = _levels(ledger, rate, item.unit)
    last = ledger.items[rate.n - 1] if rate.n else rate
    if not before and last.role == "average" and last.unit == item.unit and last.sentence == item.sentence and last.reading.value is not None:
        before = [last]
    if not before:
        return None
    if rate.role not in ("share", "rate", "bare", "multiple", "completion") or (rate.reading.kind == "multiple" and rate.value >= 1):
        return None
    of = Fraction(1) if rate.reading.kind == "multiple" else Fraction(1, 100)
    if _RECKONED.search(item.lead) and before[0].value < item.value:
        return Product(item, before[0], 1 / of, WHOLE, rate)
    taken = "按" in rate.near and TAKEN.match(rate.tail)
    if (taken or _THAT_IS.match(ledger.gap(rate, item))) and before[0].value >= item.value:
        return Product(item, before[0], of, OF_RATE, times=rate)
    return None


def _grown(ledger: Ledger, item: Item, rate: Item) -> Product | None:
    """同比下降11.6%，据此去年同期为43人; 去年5000亿元，今年预期增长6%，预计达到5300亿元."""
    if rate.reading.kind != "rate":
        return None
    sign = -1 if rate.direction == "down" and rate.value > 0 else 1
    if _RECKONED.search(item.lead) and _EARLIER.search(item.near):
        before = _levels(ledger, rate, item.unit)
        return Product(item, before[0], Fraction(1), BACK, times=rate, turned=sign, under=True) if before else None
    ground = ledger.items[rate.n - 1] if rate.n else rate
    if ground.tail.startswith("的基础上") and ground.unit == item.unit and ground.sentence == item.sentence and re.search(r"达|至|到", item.near):
        return Product(item, ground, Fraction(1), AHEAD, times=rate, turned=sign) if ground.reading.value is not None else None
    if not _LATER.search(item.near):
        return None
    last = [x for x in ledger.before(rate, item.unit, 4) if x.sentence == item.sentence and x.role in ("prior", "level") and x.reading.value is not None]
    told = last[:1] and (_RECKONED.search(item.lead) or _EARLIER.search(last[0].near)) and not re.search(r"比|较", last[0].near)
    return Product(item, last[0], Fraction(1), AHEAD, times=rate, turned=sign) if told else None


def of_the_rest(ledger: Ledger, item: Item) -> Product | None:
    """排口整治3718个，销号率93.4%，未销号约245个: what the rate leaves of the figure before it."""
    if item.n < _SHORT or item.reading.kind not in ("money", "count", "quantity"):
        return None
    rate, m = ledger.items[item.n - 1], re.search(r"(?:尚未|还未|未|尚有|不)(?P<stem>[\u4e00-\u9fff]{1,4}?)(?:的|约|有|仅|为|共)*$", item.near)
    named = m is not None and rate.reading.kind == "rate" and rate.role == "rate" and any(c in rate.near for c in m["stem"])
    if not named or rate.sentence != item.sentence or rate.reading.value is None or rate.value >= 100:
        return None
    before = [x for x in _levels(ledger, rate, item.unit) if x.value > item.value]
    return Product(item, before[0], Fraction(1), REST, times=rate, turned=-1) if before and before[0].n == rate.n - 1 else None


def split(ledger: Ledger, item: Item) -> Product | None:
    """800万元，市、区财政按6:4负担，区级应承担320万元: the share of the side that is named, out of two or three."""
    if not item.n or item.reading.kind not in ("money", "count", "quantity"):
        return None
    m = next(reversed([*_RATIO.finditer(ledger.text, ledger.sentences[item.sentence][0], item.start)]), None)
    if m is None:
        return None
    parts = [Fraction(x) for x in m["ratio"].split(":")]
    sides = [x for x in re.split(r"[、和与及]", re.sub(r"^由|(?:财政|两级|三级|双方)?按?照?$", "", m["sides"])) if x]
    mine = [k for k, side in enumerate(sides) if side[-2:] in item.near or side[:1] in item.near]
    before = [x for x in _levels(ledger, item, item.unit) if x.value > item.value]
    whole = next((x for x in before if x.end <= m.start()), before[-1] if before else None)
    if len(sides) != len(parts) or len(mine) != 1 or whole is None:
        return None
    share = parts[mine[0]] / sum(parts)
    ratio = next((x for x in ledger.items[max(0, item.n - 6) : item.n] if m.start() <= x.start < m.end() and x.reading.kind == "index"), None)
    return Product(item, whole, share, SPLIT, said=f" × {parts[mine[0]]}/({m['ratio'].replace(':', ' + ')})", named=ratio)


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
