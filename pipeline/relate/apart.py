"""How far two figures of one measure are apart, in per cent: 平均每月1280元，比非普惠的2350元低45.5%; 高出日均值34.8%.

The two are of one time and of two things; that the nearest figure before is the one compared only the order says.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .topics import uppermost

TEMPLATE = "two figures and how far they are apart, in per cent"
# The figure that is compared, the one it is compared with, and whether it is said to be less.
Apart = tuple[Item, Item, bool]
_DOWN = r"(?P<down>低|少|慢|便宜|短|矮|小|减少|退出|下降|压缩|缩短|流失)"
_UP = r"(?:高|多|快|贵|长|大|超|增加|增长|提高)"
_VERB = re.compile(rf"(?:{_DOWN}|{_UP})(?:出|了|约|近|于|将近|过|达)*$")
_THAN = re.compile(r"[比较]|超过|高[于出]|低于|多于|少于")
_NAMED = re.compile(rf"(?:{_DOWN}|{_UP})[于出过](?P<name>[\u4e00-\u9fff]{{2,10}})$")
_REACH = 8
_WEAK = re.compile(r"平均值?|水平|均值|目标|标准|计划")


def apart(ledger: Ledger, claim: Item) -> Apart | None:
    """The pair that the rate compares; None where the rate is one of growth in time or names no figure."""
    if claim.reading.kind not in ("rate", "multiple") or claim.role not in ("bare", "growth", "gap", "multiple", "reference"):
        return None
    return _behind_than(ledger, claim) or _named(ledger, claim) or _moved(ledger, claim)


def _behind_than(ledger: Ledger, claim: Item) -> Apart | None:
    """比B的f低x%, with or without the difference between: 比…12850元少2986元，低23.2%."""
    verb = _VERB.search(claim.near) or _VERB.search(ledger.text[claim.start : claim.reading.number[0]])
    then = ledger.items[claim.n - 1] if claim.n else claim
    if then.role == "increment" and then.n:
        then = ledger.items[then.n - 1]
    if verb is None or then.sentence != claim.sentence or not _THAN.search(then.near) or not _measured(then):
        return None
    now = _nearest(ledger, then)
    return (now, then, verb["down"] is not None) if now is not None else None


def _named(ledger: Ledger, claim: Item) -> Apart | None:
    """高峰日112.9万人次，高出日均值34.8%: what the words name stands before."""
    m = _NAMED.search(claim.near)
    now = ledger.items[claim.n - 1] if claim.n else claim
    if m is None or now.sentence != claim.sentence or not _measured(now):
        return None
    name = _WEAK.sub("", m["name"])
    name = name if len(name) > 1 else m["name"][:2]
    for then in reversed(ledger.items[max(0, now.n - _REACH) : now.n]):
        if then.turn != now.turn or then.sentence < now.sentence - 1:
            return None
        if _measured(then) and then.reading.unit == now.reading.unit and name in then.words and name not in now.words:
            return now, then, m["down"] is not None
    return None


def _moved(ledger: Ledger, claim: Item) -> Apart | None:
    """从38.6万户减到26.1万户，退出近三分之一: a fraction of where it came from."""
    verb = _VERB.search(claim.near)
    if verb is None or claim.reading.kind != "multiple" or claim.n < 2:
        return None
    then, now = ledger.items[claim.n - 2], ledger.items[claim.n - 1]
    pair = then.role == "from" and now.role == "to" and then.reading.unit == now.reading.unit and then.sentence == claim.sentence
    return (now, then, verb["down"] is not None) if pair and _measured(then) and _measured(now) else None


def _measured(item: Item) -> bool:
    return item.reading.kind in ("count", "money", "quantity", "duration") and item.reading.value is not None and item.value > 0


def _nearest(ledger: Ledger, then: Item) -> Item | None:
    for item in reversed(ledger.items[max(0, then.n - _REACH) : then.n]):
        if item.sentence != then.sentence:
            return None
        alike = _measured(item) and item.reading.unit == then.reading.unit and item.bracket == then.bracket
        if alike and item.role in ("level", "average", "to"):
            return uppermost(ledger, item, item)
    return None
