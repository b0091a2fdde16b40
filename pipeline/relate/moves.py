"""Which two levels a movement lies between: 由203家增加到1124家, 由2.31缩小到2.12, 由第七位升至第四位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from . import role_words as words
from .items import Item
from .ledger import Ledger


class Move(NamedTuple):
    """``verb`` says that what was ``then`` is ``now`` more (``up``) or less; of a rank that it is better."""

    then: Item
    now: Item
    verb: str
    up: bool


_UP = re.compile(r"(?P<verb>增加|增长|增|上升|升|提高|提升|扩大|跃升|攀升|上涨|涨|发展|拓展|上调)(?:到|至|为)了?$")
_DOWN = re.compile(r"(?P<verb>减少|减|下降|降低|降|回落|缩小|缩短|压减|压缩|收窄|下调|下跌|跌)(?:到|至|为)了?$")
_KINDS = ("count", "money", "quantity", "rate", "index", "duration", "rank")


def moves(ledger: Ledger) -> Iterator[Move]:
    """One per pair of levels with 由, 从 before the first and a verb that ends in 到, 至, 为 before the second."""
    for then, now in pairwise(ledger.items):
        same = then.reading.kind == now.reading.kind and then.reading.kind in _KINDS and then.unit == now.unit
        if not same or not _joined(ledger, then, now):
            continue
        before = words.WHEN.sub("", now.near)
        up, down = _UP.search(before), _DOWN.search(before)
        m = up or down
        if m is not None:
            yield Move(then, now, m["verb"], up is not None)


def _joined(ledger: Ledger, then: Item, now: Item) -> bool:
    """由 stands before the first, both have one value and no sign of a fall, and no mark but a comma divides them."""
    plain = all(x.reading.value is not None and x.role != "growth" for x in (then, now))
    begun = bool(re.search(r"[由从][^，。；;]{0,24}$", then.near))
    return plain and begun and then.sentence == now.sentence and then.bracket == now.bracket and not re.search(r"[；;。、(]", ledger.gap(then, now))
