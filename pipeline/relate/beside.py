"""A rate right behind a figure, with no words that name its whole: over the last larger figure of the unit.

Nothing but the order of the text says so: such a binding may confirm a rate and never doubts one.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient
from .wholes import numerators, share_words

FRAME = "a rate behind its part, over the figure of the frame"
_IN_FRAME = re.compile(r"^[^，。]{0,10}(?:当中|之中|中|里)$")
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
    frame = _frame(ledger, part)
    if frame is not None:
        return Quotient(claim, (part,), frame, FRAME)
    siblings = ledger.siblings(part.n)
    for whole in ledger.before(part, part.unit, 12):
        if whole.turn != claim.turn or whole.sentence < part.sentence - _REACH:
            return None
        usable = whole.is_level and whole.n not in siblings and (whole.bracket < 0 or whole.bracket == part.bracket)
        usable = usable and (whole.role != "plan" or part.role == "plan")
        if usable and whole.value >= part.value > 0 and whole.reading.bound is None and part.reading.bound is None:
            return Quotient(claim, (part,), whole, TEMPLATE)
    return None


def _frame(ledger: Ledger, part: Item) -> Item | None:
    """南京这220例中，轻型82例；14岁以下的19人，占8.6%: the number that opens the sentence."""
    for item in ledger.items[max(0, part.n - 12) : part.n]:
        if item.sentence == part.sentence:
            framed = bool(_IN_FRAME.match(item.tail)) and item.is_level and item.unit == part.unit and item.value >= part.value
            return item if framed else None
    return None
