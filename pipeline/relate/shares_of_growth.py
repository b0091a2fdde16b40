"""What a part contributes to the growth of the whole: its increment over that of the whole, its pull over the growth.

集装箱增加263万吨, 对增量的贡献率为31.3%; 拉动4.2个百分点, 贡献率43.8%. The name of the part binds it, so it confirms.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient

TEMPLATE = "what a part contributes to a growth"
_SUBJECT = re.compile(r"^(?:其中|同时)?(?P<s>[^，。,；;]{2,14}?)(?:的|对[^，。,；;]{0,14}的?|增量|增长)*贡献率")
_REACH = 24


def contributed(ledger: Ledger, claim: Item) -> Quotient | None:
    """The increment, else the pull, of what the words before 贡献率 name, over that of the whole before it."""
    if claim.role != "contribution" or claim.reading.kind != "rate" or claim.listed:
        return None
    m = _SUBJECT.match(claim.near)
    if m is None or m["s"].startswith("对"):
        return _of_the_pull(ledger, claim)
    name = m["s"].rstrip("的对")
    before = [x for x in reversed(ledger.items[max(0, claim.n - _REACH) : claim.n]) if x.turn == claim.turn and x.paragraph == claim.paragraph]
    return _of_increments(ledger, claim, name, before) or _of_pulls(ledger, claim, name, before)


def _of_the_pull(ledger: Ledger, claim: Item) -> Quotient | None:
    """食品价格上涨13.2%，拉动总水平4.1个百分点，对总涨幅的贡献率67.2%: the pull right before over the growth the paragraph begins with."""
    pull = ledger.items[claim.n - 1] if claim.n else claim
    if pull.role != "pull" or pull.sentence != claim.sentence or pull.reading.value is None:
        return None
    near = [x for x in ledger.items[max(0, pull.n - _REACH) : pull.n] if x.turn == claim.turn and x.paragraph == claim.paragraph]
    whole = next((x for x in near if x.role == "growth" and x.reading.kind == "rate" and x.reading.value is not None and not x.listed), None)
    return Quotient(claim, (pull,), whole, TEMPLATE) if whole is not None and whole.value >= pull.value else None


def _of_increments(ledger: Ledger, claim: Item, name: str, before: list[Item]) -> Quotient | None:
    part = next((x for x in before if x.role == "increment" and name in _said_of(ledger, x)), None)
    if part is None:
        return None
    earlier = [x for x in before if x.n < part.n and x.role == "increment" and x.unit == part.unit and x.value >= part.value]
    return Quotient(claim, (part,), earlier[-1], TEMPLATE) if earlier else None


def _of_pulls(ledger: Ledger, claim: Item, name: str, before: list[Item]) -> Quotient | None:
    part = next((x for x in before if x.role == "pull" and name in _respective(ledger, x)), None)
    if part is None:
        return None
    growth = next((x for x in before if x.n < part.n and x.role == "growth" and x.reading.kind == "rate" and x.value >= part.value), None)
    return Quotient(claim, (part,), growth, TEMPLATE) if growth is not None else None


def _said_of(ledger: Ledger, change: Item) -> str:
    """集装箱2106万吨，增加263万吨: an increment without words is one of the level before it."""
    before = ledger.items[change.n - 1] if change.n else change
    return change.near + (before.near if before.sentence == change.sentence and before.is_level else "")


def _respective(ledger: Ledger, pull: Item) -> str:
    """一产、二产和居民生活分别拉动0.1、3.1和4.2个百分点: the name at the place of the figure in its list."""
    chain = ledger.chain(pull)
    if len(chain) == 1:
        return pull.near
    names = re.split(r"[、和及与]", re.split(r"分别|各", chain[0].near)[0])
    return names[chain.index(pull)] if len(names) == len(chain) else ""
