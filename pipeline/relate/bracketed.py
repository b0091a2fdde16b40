"""A rate whose denominator is printed beside it, in a bracket or behind 按: 占常住人口的17.9%(常住人口1027.5万人).

The bracket says what the rate is reckoned on; which figure is the part only the order says, so it confirms.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient

BRACKET = "the denominator stands in a bracket beside the rate"
RECKONED = "the denominator is what the rate is reckoned on"
_KINDS = ("count", "money", "quantity", "duration")
_BEHIND = re.compile(r"\((?:其中|共|以|按|全[年省市县区州国]|本|当)?[^，。,；;()]{0,16}$")
_IN_PHRASE = re.compile(r"^\)(?:的|之|(?:中|里|内)的?)(?:占比|比重|份额|比例)?(?:为|达到?|是|约|超过?|近)*$")
_BASIS = re.compile(r"(?:[按以依]照?)[^，。,；;()]{2,20}$")
_COUNTED = re.compile(r"^(?:来|进行)?(?:计算?|算|测算|折算|推算|核算|为基数|为分母)")
_REACH = 6


def bracketed(ledger: Ledger, claim: Item) -> Quotient | None:
    """The rate over the figure in the bracket beside it; the part is the nearest figure of that unit before it."""
    if claim.reading.kind not in ("rate", "multiple") or claim.role in ("growth", "from", "reference", "contribution"):
        return None
    whole = _behind(ledger, claim) or _inside(ledger, claim)
    if whole is not None:
        part = _part(ledger, min(claim.n, whole.n), claim, whole)
        return Quotient(claim, (part,), whole, BRACKET) if part is not None else None
    whole = _reckoned(ledger, claim)
    part = _part(ledger, whole.n, claim, whole) if whole is not None else None
    return Quotient(claim, (part,), whole, RECKONED) if whole is not None and part is not None else None


def _usable(item: Item) -> bool:
    return item.reading.kind in _KINDS and item.reading.value is not None and item.value > 0 and item.role not in ("increment", "from")


def _behind(ledger: Ledger, claim: Item) -> Item | None:
    """89.3%(全年366天): one figure, in the bracket right behind the rate."""
    if claim.n + 1 >= len(ledger.items):
        return None
    item = ledger.items[claim.n + 1]
    alone = claim.n + 2 >= len(ledger.items) or ledger.items[claim.n + 2].bracket != item.bracket
    inside = item.bracket >= 0 and item.bracket != claim.bracket and item.sentence == claim.sentence and alone
    return item if inside and _usable(item) and _BEHIND.fullmatch(ledger.gap(claim, item)) else None


def _inside(ledger: Ledger, claim: Item) -> Item | None:
    """覆盖全省人口(7306万人)的94.64%: the bracket stands between the name of the whole and the rate."""
    item = ledger.items[claim.n - 1] if claim.n else claim
    inside = item.bracket >= 0 and item.bracket != claim.bracket and item.sentence == claim.sentence
    named = re.search(r"[\u4e00-\u9fff]{2}\($", item.lead)
    return item if inside and named and _usable(item) and _IN_PHRASE.match(ledger.gap(item, claim)) else None


def _reckoned(ledger: Ledger, claim: Item) -> Item | None:
    """按全省地区生产总值5.85万亿元算, 投入强度是2.71%."""
    for item in reversed(ledger.items[max(0, claim.n - 2) : claim.n]):
        if item.sentence == claim.sentence and _usable(item) and _BASIS.search(item.near) and _COUNTED.match(item.tail):
            return item
    return None


def _part(ledger: Ledger, limit: int, claim: Item, whole: Item) -> Item | None:
    for item in reversed(ledger.items[max(0, limit - _REACH) : limit]):
        if item.sentence != claim.sentence:
            return None
        if item.unit == whole.unit and _usable(item) and item.bracket == claim.bracket and item.n != whole.n:
            return item
    return None
