"""How far the share of an industry moved between two structures: 由29.4:38.2:32.4调整为18.6:50.1:31.3，二产比重提高11.9个百分点."""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .structures import COLONS

TEMPLATE = "the share of an industry in two structures"
_INDUSTRY = (re.compile(r"第?一(?:次)?产业?|农业"), re.compile(r"第?二(?:次)?产业?|工业"), re.compile(r"第?三(?:次)?产业?|服务业"))
_REACH = 14
_SIZE = 3


def between_structures(ledger: Ledger, claim: Item) -> tuple[Item, Item, str] | None:
    """The later and the earlier share of the industry that the words before the points name; None without two structures."""
    place = next((k for k, cue in enumerate(_INDUSTRY) if cue.search(claim.near)), None)
    if place is None or not re.search(r"比重|占比|份额", claim.near):
        return None
    before = [x for x in ledger.items[max(0, claim.n - _REACH) : claim.n] if x.turn == claim.turn and claim.sentence - x.sentence <= 1]
    near = [x for x in before if x.reading.rule == COLONS]
    if len(near) < 2 * _SIZE:
        return None
    then, now = near[-2 * _SIZE : -_SIZE][place], near[-_SIZE:][place]
    return now, then, TEMPLATE
