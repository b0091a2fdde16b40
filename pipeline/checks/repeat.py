"""One fact said twice is the same fact: 586 … 586."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import of
from ._finding import conclude, printed
from ._sets import set_key

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "repeat"
_POINTS_BACK = re.compile(r"(?:在?[这该]|上述|前述|以上|在全[市省县区州国](?:这)?|^在)$")
_NOUN = re.compile(r"^(?:的)?(?P<noun>[\u4e00-\u9fff]{2,8})")


def check(ledger: Ledger) -> Iterator[Finding]:
    """A count that carries the name of its set against its first mention; 这586个 against what it points back to."""
    first: dict[tuple[str, str], Item] = {}
    for item in ledger.items:
        if item.reading.kind not in ("count", "money", "quantity") or item.reading.value is None:
            continue
        found = _points_back(ledger, item)
        if found is None:
            key = set_key(item)
            if key is not None:
                known = first.setdefault(key, item)
                if known is not item and _refers(item) and not _inner(item, known):
                    found = _same(ledger, item, known, "a set named again with its size")
                elif known is item:
                    found = _said_again(ledger, item)
            else:
                found = _said_again(ledger, item)
        if found is not None:
            yield found


def _said_again(ledger: Ledger, item: Item) -> Finding | None:
    """财政拨款收入1516.64万元 … 财政拨款收入总计1516.64万元: the nearest figure of the very name, in another sentence.

    Another number under one name may be that of another month or place: it confirms, it never doubts.
    """
    if item.role != "level" or len(item.name) < _NAME or item.name.startswith("其"):
        return None
    known = next((x for x in ledger.before(item, item.unit, 24) if x.role == "level" and _one_name(x.name, item.name)), None)
    if known is None or known.sentence == item.sentence or known.reading.bound != item.reading.bound or known.reading.value != item.reading.value:
        return None
    return _same(ledger, item, known, "the same name said again")


_NAME = 2


def _one_name(a: str, b: str) -> bool:
    return len(a) >= _NAME and (a == b or (min(len(a), len(b)) >= _NAME and (a.endswith(b) or b.endswith(a))))


# 新增50家, 推动100家, 大石峡枢纽等53个: new things or examples, not the set spoken of before.
_REFERS = re.compile(r"^(?:在|其中|这|该|上述|我[市省县区州]|全[市省县区州]|的|、|含|对|把|将|列入|已|全部|包括)*$")


def _inner(item: Item, known: Item) -> bool:
    """实施重大项目500个，其中420个重大项目已开工: some of those just named, not the set again."""
    return item.sentence == known.sentence and "其中" in item.near


def _refers(item: Item) -> bool:
    """Whether the second mention points at a set already known: the number opens its clause, its name follows."""
    return bool(_REFERS.match(item.near)) and bool(item.tail)


def _points_back(ledger: Ledger, item: Item) -> Finding | None:
    if not _POINTS_BACK.search(item.near):
        return None
    noun = _NOUN.match(item.tail)
    candidates = [x for x in ledger.before(item, item.unit, 12) if x.turn == item.turn and x.role == "level"]
    if noun is not None:
        named = [x for x in candidates if noun["noun"][:2] in x.words or noun["noun"][-2:] in x.words]
        candidates = named
    if not candidates or noun is None:
        return None
    found = _same(ledger, item, candidates[0], "这, 上述: what it points back to")
    # The nearest may not be the one that is meant: it may confirm, never doubt.
    return found if found.verdict != "cannot_tell" else None


def _same(ledger: Ledger, claim: Item, known: Item, rule: str) -> Finding:
    return conclude(ledger, "repeat", claim, [known], printed(ledger, known), Fraction(known.value), of(known.reading), rule)
