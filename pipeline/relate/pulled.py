"""How far a part pulls the growth of the whole: its contribution times the growth, or its increment over the level before."""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import Product

TEMPLATE = "contribution times growth"
IN_ORDER = "contributions times growth, in one order"
LESS = "contribution times the growth that a difference implies"
ADDED = "an increment over the level before of the whole"
_NAMES = re.compile(r"[、和及与]")
_CUT = re.compile(r"(?:分别|各|合计|共)?(?:拉动|下拉|上拉|推动|影响|带动|向[上下]拉动)")


def pulled(ledger: Ledger, item: Item) -> Product | None:
    """贡献率55.5%，拉动经济增长4.3个百分点; 煤炭增加412万吨…拉动货运量增长3.4个百分点."""
    if item.unit != "points" and not item.listed and item.reading.kind != "points":
        members = ledger.chain(item)
        if members[-1].reading.kind != "points":
            return None
    if not _is_pull(ledger, item) or item.reading.value is None:
        return None
    return _respective(ledger, item) or _one(ledger, item) or _added(ledger, item)


def _is_pull(ledger: Ledger, item: Item) -> bool:
    head = ledger.chain(item)[0]
    return head.role == "pull" or "来自" in item.near + item.tail or bool(re.search(r"[下上]拉", head.near))


def _one(ledger: Ledger, item: Item) -> Product | None:
    before = ledger.items[max(0, item.n - 3) : item.n]
    behind = ledger.items[item.n + 1 : item.n + 3]
    order = [*behind, *reversed(before)] if "来自" in item.near + item.tail else [*reversed(before), *behind]
    shares = [x for x in order if x.role == "contribution" and x.sentence == item.sentence and x.reading.value is not None]
    # 增长9.8%，拉动1.4个百分点，贡献率18.7%；…: the one between the same semicolons
    share = next((x for x in shares if not re.search("[；;]", ledger.text[min(x.end, item.end) : max(x.start, item.start)])), None)
    if share is None or len(ledger.chain(share)) > 1:
        return None
    growth = whole_growth(ledger, item)
    if growth is not None:
        return Product(item, share, Fraction(1, 100), TEMPLATE, times=growth)
    return _implied(ledger, item, share)


def _implied(ledger: Ledger, item: Item, share: Item) -> Product | None:
    """增长29.8%，比全市平均高14.2个百分点，贡献率13.7%: the growth of the whole is the difference."""
    near = [x for x in ledger.items[max(0, share.n - 4) : share.n] if x.sentence == item.sentence]
    gap = next((x for x in reversed(near) if x.reading.kind == "points" and x.role == "gap" and re.search(r"平均|全|总体", x.near)), None)
    own = next((x for x in reversed(near) if gap is not None and x.n < gap.n and x.role == "growth" and x.reading.kind == "rate"), None)
    if gap is None or own is None or gap.reading.value is None or own.reading.value is None or gap.direction == "down":
        return None
    return Product(item, own, Fraction(1, 100), LESS, less=gap, times=share)


def _respective(ledger: Ledger, item: Item) -> Product | None:
    """贡献率分别为6.3%、46.8%、46.9%，分别拉动增长0.3、2.5和2.5个百分点."""
    members = ledger.chain(item)
    if len(members) < 2:
        return None
    before = next((x for x in reversed(ledger.items[max(0, members[0].n - 4) : members[0].n]) if x.role == "contribution"), None)
    shares = ledger.chain(before) if before is not None and before.sentence == item.sentence else []
    growth = whole_growth(ledger, members[0])
    if len(shares) != len(members) or growth is None:
        return None
    return Product(item, shares[members.index(item)], Fraction(1, 100), IN_ORDER, times=growth)


def _added(ledger: Ledger, item: Item) -> Product | None:
    """The increment of the part that the pull names, over the level of the whole a year before."""
    head = ledger.chain(item)[0]
    names = [n for n in _NAMES.split(_CUT.split(head.near.lstrip("、和"))[0]) if n]
    members = ledger.chain(item)
    pool = [x for x in ledger.items[max(0, head.n - 24) : head.n] if x.turn == item.turn and x.reading.value is not None]
    grown = [x for x in pool if x.is_level and ledger.items[x.n + 1].role == "increment"]
    if names:
        name = names[members.index(item)] if len(names) == len(members) else ""
        parts = [x for x in grown if name and name in x.name]
    else:
        # 对东盟出口1600亿元，增加150亿元，拉动外贸增长2个百分点
        parts = [x for x in grown if x.n == item.n - 2 and x.sentence == item.sentence] if len(members) == 1 else []
    if len(parts) != 1:
        return None
    part, change = parts[0], ledger.items[parts[0].n + 1]
    whole = next((x for x in pool if x.unit == part.unit and x.is_level and x.value > part.value and ledger.items[x.n + 1].role == "increment"), None)
    if whole is None or change.unit != part.unit or ledger.items[whole.n + 1].unit != whole.unit or change.reading.value is None:
        return None
    rest = ledger.items[whole.n + 1]
    if rest.reading.value is None or rest.value >= whole.value:
        return None
    return Product(item, change, Fraction(100), ADDED, whole, rest=rest, rest_sign=1 if rest.direction == "down" else -1)


def whole_growth(ledger: Ledger, item: Item) -> Item | None:
    """The growth of the economy that the paragraph speaks of."""
    for other in ledger.items[max(0, item.n - 14) : item.n]:
        around = ledger.text[ledger.sentences[other.sentence][0] : other.start]
        named = other.metric == "gdp" or re.search(r"生产总值|GDP|经济|工业", other.lead + (other.metric_text or "")) or re.search(r"生产总值|GDP", around)
        if other.role == "growth" and other.reading.kind == "rate" and other.paragraph == item.paragraph and named and other.reading.value is not None:
            return other
    return None
