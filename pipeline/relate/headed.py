"""What a list is of, by the words before its colon: 法人单位数量居前三位的行业是."""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger

_HEADED = re.compile(
    r"(?P<x>[\u4e00-\u9fff]{2,8}?)(?:数量|总量|总额|规模|总值|金额|投资额|数|额|量)?(?:居|位居|排名?|排在|列|位列)[^，。:：\d]{0,4}前[^，。:：]{1,14}[:：]"
)


def headed(ledger: Ledger, claim: Item, part: Item) -> Item | None:
    """法人单位数量居前三位的行业是: the words before the colon say of what the list is."""
    m = _HEADED.search(ledger.text, ledger.sentences[claim.sentence][0], part.start)
    if m is None:
        return None
    found = [x for x in ledger.before(part, part.unit, 30) if x.turn == claim.turn and x.sentence < claim.sentence and x.is_level and x.value >= part.value]
    return next((x for size in (len(m["x"]), 4, 2) for x in found if m["x"][-size:] in x.words), None)
