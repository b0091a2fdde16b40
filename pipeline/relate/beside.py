"""A rate right behind a figure, with no words that name its whole: over the last larger figure of the unit.

Nothing but the order of the text says so: such a binding may confirm a rate and never doubts one.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient
from .wholes import numerators, share_words

TEMPLATE = "a rate behind its part, over the last larger figure"
_REACH = 3
_ELSEWHERE = re.compile(r"全国|全球|世界|同期|平均|去年|上年")
_PIECE = re.compile(r"[。\n]")


def beside(ledger: Ledger, claim: Item) -> Quotient | None:
    """绝收面积…，占受灾面积16%; 破案3187起，破案率51.3%: the figure before the rate is the part."""
    if claim.role not in ("share", "rate", "bare", "completion") or claim.reading.kind != "rate" or claim.listed or len(ledger.chain(claim)) > 1:
        return None
    if claim.reading.bound is not None:
        return None
    if _ELSEWHERE.search(share_words(claim)):
        return None
    parts = numerators(ledger, claim)
    part = parts[0] if len(parts) == 1 else None
    if part is None or claim.n - part.n > _REACH or _PIECE.search(ledger.text[part.end : claim.start]):
        return None
    siblings = ledger.siblings(part.n)
    for whole in ledger.before(part, part.unit, 12):
        if whole.turn != claim.turn or whole.sentence < part.sentence - _REACH:
            return None
        usable = whole.is_level and whole.n not in siblings and (whole.bracket < 0 or whole.bracket == part.bracket)
        if usable and whole.value >= part.value > 0 and whole.reading.bound is None and part.reading.bound is None:
            return Quotient(claim, (part,), whole, TEMPLATE)
    return None
