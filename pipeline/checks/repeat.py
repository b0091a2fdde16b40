"""One fact said twice is the same fact: 586 … 586; a number that names what it counted; a round number and the exact one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding
from ..interval import Interval, of
from ._finding import conclude, printed
from ._headline import TEMPLATE, behind, headline_end
from ._sets import inner, refers, set_key

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "repeat"
_POINTS_BACK = re.compile(r"(?:在?[这该]|上述|前述|以上|在全[市省县区州国](?:这)?|^在)$")
_NOUN = re.compile(r"^(?:的)?(?P<noun>[\u4e00-\u9fff]{2,8})")


def check(ledger: Ledger) -> Iterator[Finding]:
    """A count that carries the name of its set against its first mention; 这586个 against what it points back to."""
    first: dict[tuple[str, str], Item] = {}
    told: set[int] = set()
    end = headline_end(ledger.text)
    for item in ledger.items:
        if item.reading.value is None:
            continue
        if item.end <= end and (body := behind(ledger, item, end)) is not None:
            yield _same(ledger, body, item, TEMPLATE) if item.reading.bound is not None else _same(ledger, item, body, TEMPLATE)
        if item.reading.kind not in ("count", "money", "quantity"):
            exact = _round_and_exact(ledger, item) or _used_as_name(ledger, item)
            if exact is not None:
                told.add(item.n)
                yield exact
            continue
        found = _points_back(ledger, item)
        if found is None:
            key = set_key(item)
            if key is not None:
                known = first.setdefault(key, item)
                if known is not item and refers(item) and not inner(item, known):
                    found = _same(ledger, item, known, "a set named again with its size")
                elif known is item:
                    found = _said_again(ledger, item)
            else:
                found = _said_again(ledger, item)
        found = found or _used_as_name(ledger, item)
        if found is not None:
            told.add(item.n)
            yield found
    yield from _restated(ledger, told)


def _restated(ledger: Ledger, told: set[int]) -> Iterator[Finding]:
    """What the words bind, and nothing of the above has said; ``span`` is what a round number stands for."""
    for repeat in ledger.repeats:
        if repeat.claim.n not in told:
            span = None if repeat.span is None else Interval(Fraction(repeat.span[0]), Fraction(repeat.span[1]))
            yield _same(ledger, repeat.claim, repeat.known, repeat.template, span)


_FRAME = re.compile(r"^[^，。]{0,12}(?:中|里|当中|之中)$")
_DIGITS = 3
_TELLING = 20


def _used_as_name(ledger: Ledger, item: Item) -> Finding | None:
    """受到处分的5101人中, 106个项目中, 126个贫困村全部出列: the number itself says what it stands for.

    Only an equal number can be meant; it confirms that both were printed alike.
    """
    framed = bool(_FRAME.match(item.tail)) and (item.reading.kind != "rate" or bool(_POINTS_BACK.search(item.near)))
    digits = len(str(item.value).strip("0").replace(".", ""))
    definite = item.reading.kind != "rate" and item.near.endswith("的") and digits >= _DIGITS
    # 10件实事 of one year and 10件 of the next: small and round numbers come back by chance.
    telling = digits > 1 or (framed and item.reading.kind == "rate") or (item.value >= _TELLING and str(item.value).strip("0") != "1")
    if not telling or item.reading.kind == "duration" or item.role not in ("level", "prior", "to", "growth", "bare"):
        return None
    for known in ledger.before(item, item.unit, 30):
        same = known.reading.value == item.reading.value and known.reading.bound == item.reading.bound and known.reading.kind == item.reading.kind
        if same and known.turn == item.turn and known.role in ("level", "to", "plan", "growth"):
            named = _one_noun(item, known) or ((framed or definite) and known.sentence < item.sentence)
            return _same(ledger, item, known, "a number that serves as the name of what it counted") if named else None
    return None


def _one_noun(item: Item, known: Item) -> bool:
    """贫困村126个 … 126个贫困村: the noun behind the number is the one that touched it before."""
    nouns = [item.tail[:size] for size in range(min(8, len(item.tail)), 2, -1)]
    return any(known.near.endswith(noun) or known.tail.startswith(noun) for noun in nouns)


_EXACT = re.compile(r"^[，,、]?(?:准确(?:地)?说|具体(?:来说)?|精确(?:地)?说|确切(?:地)?说|实际)?[，,]?(?:是|为|达到?|即|占)?(?:了)?$")


def _round_and_exact(ledger: Ledger, item: Item) -> Finding | None:
    """占比超过五成，达53.4%; 不足五成，准确说是44.84%: the round number and, right behind it, the exact one."""
    before = ledger.items[item.n - 1] if item.n else item
    if item.reading.kind != "rate" or before.reading.kind != "rate" or before.reading.bound is None or item.reading.bound is not None:
        return None
    aimed = re.search("目标|计划|要求|上限", before.near)
    if before.sentence != item.sentence or aimed or not _EXACT.match(ledger.gap(before, item)) or before.reading.value is None:
        return None
    return _same(ledger, item, before, "a round number and the exact one behind it")


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


def _same(ledger: Ledger, claim: Item, known: Item, rule: str, span: Interval | None = None) -> Finding:
    factor = Fraction(100 if known.reading.kind == "multiple" and claim.reading.kind == "rate" else 1)
    within, point = span or of(known.reading).scaled(factor), Fraction(known.value) * factor
    return conclude(ledger, "repeat", claim, [known], printed(ledger, known), point, within, rule, cuts=rule == TEMPLATE)
