"""A rate right behind a figure, with no words that name its whole: over the last larger figure of the unit.

Nothing but the order of the text says so: such a binding may confirm a rate and never doubts one.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .quotient import Quotient
from .topics import whole_before
from .wholes import GENERIC, numerators, share_words

FRAME = "a rate behind its part, over the figure of the frame"
_IN_FRAME = re.compile(r"^[^，。]{0,10}(?:当中|之中|中|里)$")
TEMPLATE = "a rate behind its part, over the last larger figure"
_REACH = 3
_BARE = re.compile(r"(?:占|约占|接近|不足|不到|超过?|近|约|仅占|占了|达到?|只有|只占)*")
_ELSEWHERE = re.compile(r"全国|全球|世界|同期|平均|去年|上年")
# Births and deaths are reckoned on the mean population of the year, which is not printed.
_OF_MEAN = re.compile(r"出生率|死亡率|自然增长率")
_NEXT = re.compile(r"(?:以上)?的?[\u4e00-\u9fff]{2}")
_PIECE = re.compile(r"[。\n]")


def beside(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> Quotient | None:
    """绝收面积…，占受灾面积16%; 破案3187起，破案率51.3%: the figure before the rate is the part.

    ``done`` are the guesses so far: 占 without an object behind another such in one sentence is of the same whole.
    """
    fraction = claim.reading.kind == "multiple" and claim.role == "multiple" and "分之" in ledger.text[claim.start : claim.end] and _BARE.fullmatch(claim.near)
    share = claim.reading.kind == "rate" and claim.role in ("share", "rate", "bare", "completion")
    if not (share or fraction) or claim.listed or len(ledger.chain(claim)) > 1:
        return None
    if claim.role == "bare" and not claim.near.strip("，,、") and _NEXT.match(claim.tail):
        # 完工2746个，99%乡镇通三级路: a rate of what stands behind it.
        return None
    if _ELSEWHERE.search(share_words(claim)) or _OF_MEAN.search(claim.near):
        return None
    parts = numerators(ledger, claim)
    part = parts[0] if len(parts) == 1 else None
    if not parts and claim.role == "share":
        # The words before 占 name no figure by their letters: the one right before is meant.
        before = ledger.items[claim.n - 1] if claim.n else claim
        part = before if before.is_level and before.sentence == claim.sentence and before.role != "plan" else None
    if part is None or claim.n - part.n > _REACH or _PIECE.search(ledger.text[part.end : claim.start]):
        return None
    frame = _frame(ledger, part)
    if frame is not None:
        return Quotient(claim, (part,), frame, FRAME)
    if fraction:
        host = ledger.host(part.n)
        return Quotient(claim, (part,), host, TEMPLATE) if host is not None and host.value >= part.value > 0 else None
    if claim.reading.bound is not None:
        # 近三成 fits much: only over a figure of the same sentence, and where no words name another whole.
        if share_words(claim) and not GENERIC.match(share_words(claim)):
            return None
        told = whole_before(ledger, part, 0)
        return Quotient(claim, (part,), told, TEMPLATE) if told is not None else None
    plan = ledger.items[claim.n - 1]
    if claim.n > 1 and claim.role == "bare" and plan.role == "plan" and plan.unit == ledger.items[claim.n - 2].unit and "占" not in claim.near:
        return Quotient(claim, (ledger.items[claim.n - 2],), plan, TEMPLATE)
    whole = _again(ledger, claim, part, done) or whole_before(ledger, part, _REACH)
    return Quotient(claim, (part,), whole, TEMPLATE) if whole is not None else None


def _again(ledger: Ledger, claim: Item, part: Item, done: dict[int, Quotient]) -> Item | None:
    """10756例，占38.2%；学生1126例，占4.0%: shares side by side in one sentence."""
    last = next((ledger.items[n] for n in range(part.n - 1, max(-1, part.n - 4), -1) if n in done), None)
    if last is None or last.sentence != claim.sentence or claim.role != "share" or last.role != "share":
        return None
    whole = done[last.n].denominator
    bare = not share_words(claim) and not share_words(last)
    return whole if bare and whole.unit == part.unit and whole.value >= part.value and whole.n != part.n else None


def _frame(ledger: Ledger, part: Item) -> Item | None:
    """南京这220例中，轻型82例；14岁以下的19人，占8.6%: the number that opens the sentence."""
    for item in ledger.items[max(0, part.n - 12) : part.n]:
        if item.sentence == part.sentence:
            framed = bool(_IN_FRAME.match(item.tail)) and item.is_level and item.unit == part.unit and item.value >= part.value
            return item if framed else None
    return None
