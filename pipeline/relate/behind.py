"""A share printed before its part: 制造业项目占项目数的67.4%, 达29个.

The part is the figure right behind the share, whose clause has no name of its own; the whole is named, or the last figure
of the unit before. The order of the text binds them: it confirms.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient
from .wholes import GENERIC, named_whole, share_words

TEMPLATE = "a share before its part"
_LEADS_OVER = re.compile(r"[,，](?:已经?|也)?(?:达到?|为|有|共有?|计|即|合计|总[数量额]为?|数量为?|金额为?|规模为?|规模达到?)了?$")
_NOUN = re.compile(r"项目|案件|企业|问题|工单|诉求|病例|人口|面积")
_REACH = 16
_FAR = 4


def before_its_part(ledger: Ledger, claim: Item) -> Quotient | None:
    """The figure right behind the share over what the share names."""
    if claim.role != "share" or claim.reading.kind not in ("rate", "multiple") or claim.n + 1 >= len(ledger.items):
        return None
    part = ledger.items[claim.n + 1]
    if part.sentence != claim.sentence or not part.is_level or part.bracket != claim.bracket or not _LEADS_OVER.fullmatch(ledger.gap(claim, part)):
        return None
    words = share_words(claim)
    if words and not GENERIC.match(words):
        found = named_whole(ledger, claim, part, None, words)
        if found is not None:
            return Quotient(claim, (part,), found[0], TEMPLATE)
    whole = _last(ledger, claim, part)
    return Quotient(claim, (part,), whole, TEMPLATE) if whole is not None else None


def _last(ledger: Ledger, claim: Item, part: Item) -> Item | None:
    """What the words name (占项目数: a number of 项目), else the last figure of the unit before, both of no list."""
    noun = _NOUN.search(share_words(claim))
    for item in ledger.before(claim, part.unit, _REACH):
        if item.turn != claim.turn or item.sentence < claim.sentence - (_FAR if noun else 1):
            return None
        large = item.is_level and item.bracket == claim.bracket and item.value >= part.value
        if large and (noun is None or noun[0] in item.words) and (noun is None or ledger.host(item.n) is None):
            return item
    return None
