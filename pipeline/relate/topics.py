"""The figure a sentence is about: the last larger one before a part, or the whole of the list that it stands in.

男性19630例、女性8534例；65岁及以上10756例，占38.2%: the members of a list are not the whole of what follows, their whole is.
"""

from __future__ import annotations

import re
from decimal import Decimal

from . import cues
from .items import Item
from .ledger import Ledger
from .parts import Partition

_LIMIT = 16
_STEPS = 4
_DONE = re.compile(r"(?:已|其中)?(?:完成|整改|办结|通过|合格|实现|开工|建成|达标|检出|接种|实[^，。]{0,3})(?:的|到位)?$")
_OF_RATE = re.compile(r"占[^，。；;]*$")


def whole_before(ledger: Ledger, part: Item, reach: int) -> Item | None:
    """The whole of ``part`` by the order of the text alone, at most ``reach`` sentences before it; it may only confirm."""
    own = ledger.host(part.n)
    if own is not None and own.turn == part.turn and own.sentence >= part.sentence - reach and own.value >= part.value > 0:
        return own
    siblings = ledger.siblings(part.n)
    for item in ledger.before(part, part.unit, _LIMIT):
        if item.turn != part.turn:
            break
        if item.sentence < part.sentence - reach:
            return None
        if item.n not in siblings and _usable(ledger, item, part) and item.value >= part.value > 0:
            # 立行立改类428个，完成421个: what was done with a member is some of it, not of the whole of its list.
            inner = cues.INNER.search(part.lead) or (item.n == part.n - 1 and _DONE.match(part.near) and "；" not in part.lead and ";" not in part.lead)
            return item if inner else uppermost(ledger, item, part)
    return _asked(ledger, part)


def _asked(ledger: Ledger, part: Item) -> Item | None:
    """发布词里说海洋生产总值6843亿元…？——一产397亿元，占5.8%: the one larger figure of the unit in the turn before."""
    near = [x for x in ledger.before(part, part.unit, _LIMIT) if x.turn == part.turn - 1 and _usable(ledger, x, part)]
    return near[0] if len({x.value for x in near}) == 1 and near[0].value >= part.value > 0 else None


def _usable(ledger: Ledger, item: Item, part: Item) -> bool:
    """A plan is no whole of what was done, the year before none of now, and 占从业人员268.9万人的 speaks of another share."""
    if not item.is_level or item.reading.bound is not None or part.reading.bound is not None:
        return False
    if (item.role == "plan") != (part.role == "plan") or item.role in ("prior", "from") or (item.bracket >= 0 and item.bracket != part.bracket):
        return False
    return item.sentence == part.sentence or not (item.tail.startswith("的") and _OF_RATE.search(item.near))


def _adds_up(ledger: Ledger, partition: Partition) -> bool:
    """Whether the list is one for certain: what is guessed or open counts only where its members make the whole."""
    whole = ledger.items[partition.host].reading
    low = high = Decimal(0)
    for n, sign in zip(partition.parts, partition.signs, strict=True):
        r = ledger.items[n].reading
        if r.low is None or r.high is None:
            return False
        low, high = low + min(sign * r.low, sign * r.high), high + max(sign * r.low, sign * r.high)
    return whole.low is not None and whole.high is not None and low <= whole.high and whole.low <= high


def list_of(ledger: Ledger, item: Item) -> Partition | None:
    """The first list that adds up, has the figure among its members and stands behind its whole."""
    lists = (p for p in (*ledger.partitions, *ledger.guesses) if item.n in p.parts and len(p.parts) > 1 and p.host < item.n)
    return next((p for p in lists if _adds_up(ledger, p)), None)


def uppermost(ledger: Ledger, item: Item, part: Item) -> Item:
    """From a member of a list that adds up to its whole, as long as ``part`` is of the same unit and no larger."""
    for _ in range(_STEPS):
        up = list_of(ledger, item)
        if up is None:
            return item
        whole = ledger.items[up.host]
        if whole.unit != part.unit or whole.value < part.value or not _usable(ledger, whole, part):
            return item
        item = whole
    return item
