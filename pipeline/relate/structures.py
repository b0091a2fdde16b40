"""Shares that no 占 names: a structure with colons after its list, the rate right behind X个中有Y个."""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger

# The part, the whole and the template that found them.
Shaped = tuple[Item, Item, str]
COLONS = "a structure: shares with colons"
_STRUCTURE = re.compile(r"结构|比例|构成")
_FRAME = re.compile(r"[^，。,；;:()]{0,16}(?:中|里),?(?:已?有|共有)?[^，。,；;:()\d]{0,8}")
_FRAME_RATE = re.compile(r"^(?:增长面|下降面|盈利面|亏损面|占比|占|比例|比重|面|达标率|达标比例)(?:达到?|为|约)*$")


def structured(ledger: Ledger, claim: Item) -> Shaped | None:
    """三次产业结构为10.2:41.1:48.7 after the three values added: each over their whole."""
    first, last = claim.n, claim.n
    while first > 0 and _next(ledger, first - 1):
        first -= 1
    while last + 1 < len(ledger.items) and _next(ledger, last):
        last += 1
    size = last - first + 1
    begin = ledger.items[first]
    words = ledger.text[ledger.sentences[begin.sentence][0] : begin.start]
    if size < 3 or not _STRUCTURE.search(words) or (re.search(r"由[^，。]*$", words) and not re.search(r"[为到至]$", words)):
        return None
    for partition in reversed(ledger.partitions):
        parts = partition.parts
        near = parts[-1] < first and ledger.items[parts[0]].turn == claim.turn and begin.sentence - ledger.items[parts[-1]].sentence <= 3
        if len(parts) == size and near and set(partition.signs) == {1} and ledger.items[parts[0]].is_level:
            return ledger.items[parts[claim.n - first]], ledger.items[partition.host], "a structure with colons, over the list before it"
    return None


def framed(ledger: Ledger, claim: Item) -> Shaped | None:
    """38个大类行业中有27个保持增长，增长面71.1%: the rate right behind a frame is that of the two."""
    if claim.n < 2 or claim.reading.kind != "rate" or not _FRAME_RATE.match(claim.near):
        return None
    part, whole = ledger.items[claim.n - 1], ledger.items[claim.n - 2]
    one = whole.sentence == part.sentence == claim.sentence and whole.unit == part.unit and part.is_level and whole.is_level and whole.value >= part.value
    if not one or claim.bracket != part.bracket or part.bracket != whole.bracket:
        return None
    frame = _FRAME.fullmatch(ledger.gap(whole, part))
    return (part, whole, "a rate behind X个中有Y个") if frame else None


def _next(ledger: Ledger, n: int) -> bool:
    """Whether a figure and the one behind it are two places of one structure."""
    a, b = ledger.items[n], ledger.items[n + 1]
    return a.reading.rule == COLONS and b.reading.rule == COLONS and ledger.gap(a, b) == ":"
