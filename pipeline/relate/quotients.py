"""Which figures a rate says it is the quotient of: by the phrase, by the structure, by the formula of its name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...schemas.finding import Reason
from .items import Item
from .ledger import Ledger


class Quotient(NamedTuple):
    """``claim`` states numerator ÷ denominator; ``plus_numerator`` adds the numerator to the denominator."""

    claim: Item
    numerator: Item
    denominator: Item
    template: str
    reason: Reason | None = None
    plus_numerator: bool = False


class Formula(NamedTuple):
    """A row of formulas.tsv: what the named rate divides."""

    rate: re.Pattern[str]
    numerator: re.Pattern[str]
    denominator: re.Pattern[str]


@cache
def formulas() -> tuple[Formula, ...]:
    """The named rates, the longest names first."""
    with (Path(__file__).parent / "formulas.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(Formula(*(re.compile(r[k]) for k in ("rate", "numerator", "denominator"))) for r in rows)


_IN_PHRASE = re.compile(r"^(?:\([^()]*\))?(?:以上|左右)?[^，。,；;、\d]{0,14}?的?(?:比重|比例|份额)?(?:的|为|达到?|约|近|超过?)*$")
_PHRASE_VERB = re.compile(r"(?:占|完成|实现|为|是|达到?|相当于)[^，。；;]{0,24}$")
_GENERIC = re.compile(
    r"^(?:到|比|据|了)?(?:其|全部|整个|总体|总|所有|全市|全省|全县|全区|全国|全州|该)?(?:项目|案件|企业|问题|工单|诉求)?(?:的)?(?:总|全部|整体)?(?:数|量|额|体|数量|金额|投资|人数|数额|规模|比重|比例|户数|件数|个数|盘子|面积|收入|支出)?(?:的)?(?:比重|比例|份额)?(?:分别)?(?:为|达到?|是|约|近|超过?|的|:)*$"
)
_PLAN_WORDS = re.compile(r"计划|目标|任务|预算|预期|概算")
_NATION = re.compile(r"全国|全球|世界")


def quotients(ledger: Ledger) -> Iterator[Quotient]:
    """One quotient per rate for which a numerator and a denominator can be named."""
    for item in ledger.items:
        if item.reading.kind != "rate" or item.reading.value is None or item.reading.direction == "flat":
            continue
        if item.role in ("growth", "contribution", "recovered", "from", "reference"):
            continue
        found = _bind(ledger, item)
        if found is not None:
            yield found


def _bind(ledger: Ledger, claim: Item) -> Quotient | None:
    chain = _chain(ledger, claim)
    if len(chain) > 1:
        return _respective(ledger, claim, chain)
    inside = _inside_phrase(ledger, claim)
    if inside is not None:
        return inside
    if claim.role == "completion":
        return _completion(ledger, claim)
    named = _named(ledger, claim)
    if named is not None:
        return named
    if claim.role == "share" or (claim.role == "bare" and claim.bracket >= 0):
        return _share(ledger, claim)
    return None


def _chain(ledger: Ledger, item: Item) -> list[Item]:
    """The members of the list that ``item`` stands in, joined by nothing but 、 and 和."""
    items = ledger.items
    a = item.n
    while items[a].listed and a > 0:
        a -= 1
    b = item.n
    while b + 1 < len(items) and items[b + 1].listed and items[b + 1].reading.kind == item.reading.kind:
        b += 1
    return items[a : b + 1]


def _numerator(ledger: Ledger, claim: Item, unit: str | None = None) -> Item | None:
    """The nearest level before the claim in its sentence; for a claim in brackets the figure before the bracket."""
    for item in reversed(ledger.items[max(0, claim.n - 14) : claim.n]):
        if item.sentence != claim.sentence or item.turn != claim.turn:
            return None
        if claim.bracket >= 0 and item.bracket == claim.bracket and item.is_level:
            return item
        if item.bracket >= 0 and item.bracket != claim.bracket:
            continue
        if item.is_level and (unit is None or item.unit == unit):
            return item
    return None


def _inside_phrase(ledger: Ledger, claim: Item) -> Quotient | None:
    """完成目标589亿元的37.22%: the figure between the verb and the rate is the denominator."""
    if claim.n < 2:
        return None
    whole = ledger.items[claim.n - 1]
    if whole.sentence != claim.sentence or whole.bracket != claim.bracket or not (whole.is_level or whole.role == "plan"):
        return None
    gap = ledger.gap(whole, claim)
    if not _IN_PHRASE.match(gap) or "的" not in gap or not _PHRASE_VERB.search(whole.near):
        return None
    if re.search(r"占|比", gap):
        return None
    for part in reversed(ledger.items[max(0, claim.n - 8) : claim.n - 1]):
        if part.sentence != claim.sentence:
            break
        if part.unit == whole.unit and part.is_level and part.bracket == claim.bracket:
            return Quotient(claim, part, whole, "the denominator stands in the phrase")
    return None


def _completion(ledger: Ledger, claim: Item) -> Quotient | None:
    """占年度计划投资117%: completed over planned of the same set."""
    part = _numerator(ledger, claim)
    if part is None or part.role == "plan":
        return None
    plans = [p for p in ledger.before(claim, part.unit, 60) if p.n != part.n and p.role == "plan"]
    near = [p for p in plans if p.sentence == claim.sentence and p.bracket == part.bracket and p.n < claim.n]
    if near:
        return Quotient(claim, part, near[0], "completed over the plan in the sentence")
    told = [p for p in plans if p.subject == part.subject and p.subject is not None]
    if told:
        return Quotient(claim, part, told[0], "completed over the plan of the same set")
    if len(plans) == 1 and plans[0].subject is None and plans[0].turn == part.turn:
        return Quotient(claim, part, plans[0], "completed over the only plan")
    if plans:
        return Quotient(claim, part, plans[0], "completed over the nearest of several plans", "ambiguous")
    return None


def _named(ledger: Ledger, claim: Item) -> Quotient | None:
    """开工率: the formula of the name, its figures in the sentence or the one before."""
    words = claim.near
    for formula in formulas():
        if not formula.rate.search(words):
            continue
        part = whole = None
        for item in reversed(ledger.items[max(0, claim.n - 16) : claim.n]):
            if item.turn != claim.turn or item.sentence < claim.sentence - 1:
                break
            if not item.is_level and item.role != "plan":
                continue
            if part is None:
                if formula.numerator.search(item.words):
                    part = item
            elif item.unit == part.unit and formula.denominator.search(item.words) and not formula.numerator.search(item.near):
                whole = item
                break
        if part is not None and whole is not None and part.sentence == claim.sentence:
            same = whole.sentence == part.sentence
            return Quotient(claim, part, whole, "the formula of a named rate" if same else "the formula of a named rate, across sentences")
    if claim.role == "rate":
        pair = [x for x in ledger.items[max(0, claim.n - 2) : claim.n] if x.sentence == claim.sentence and x.is_level]
        if len(pair) == 2 and pair[0].unit == pair[1].unit and pair[0].bracket == pair[1].bracket:
            return Quotient(claim, pair[1], pair[0], "two figures right before a named rate")
    return None


def _share(ledger: Ledger, claim: Item) -> Quotient | None:
    """占…的x%: by the words behind 占, else the whole that the structure gives the part."""
    part = _numerator(ledger, claim)
    if part is None:
        return None
    m = re.search(r"占(?P<whole>[^占]*)$", claim.near)
    words = m["whole"] if m else ""
    host = ledger.host(part.n)
    if _PLAN_WORDS.search(words):
        return _completion(ledger, claim)
    if not words or _GENERIC.match(words):
        if host is not None:
            return Quotient(claim, part, host, "占 without an object: the whole of the list")
        before = _frame(ledger, part)
        return Quotient(claim, part, before, "占 without an object: the figure before") if before is not None else None
    return _named_whole(ledger, claim, part, host, words)


def _frame(ledger: Ledger, part: Item) -> Item | None:
    """The only other level of the unit before the part in its sentence."""
    found = [x for x in ledger.before(part, part.unit, 8) if x.sentence == part.sentence and x.is_level and x.bracket == part.bracket]
    return found[0] if len(found) == 1 else None


def _key(words: str) -> str:
    words = re.sub(r"^(?:到|比|据|了|其|全部|整个|当年|同期|本市|我市|我省|全市|全省|全县|全区|全州|全行业|的)+", "", words)
    return re.sub(r"(?:的|总量|总数|总额|总值|总人数|总|比重|比例|份额|分别|为|达|约|近|超过?|数量|金额|左右|人数|到|是|:)+$", "", words)


def _named_whole(ledger: Ledger, claim: Item, part: Item, host: Item | None, words: str) -> Quotient | None:
    key = _key(words)
    found = [
        x for x in ledger.before(claim, part.unit, 60)
        if x.n != part.n and x.is_level and x.turn == claim.turn and x.value >= part.value and _names(x, key)
        and not any(part.n in p.parts and x.n in p.parts for p in ledger.partitions)
    ]
    if host is not None and (host in found or not key):
        return Quotient(claim, part, host, "占X: X names the whole of the list")
    same = [x for x in found if x.period == part.period] or found
    if not same:
        if host is not None and not _NATION.search(words):
            return Quotient(claim, part, host, "占X: the whole of the list, X not found")
        return None
    if len({x.value for x in same}) > 1 and same[0].sentence != claim.sentence:
        return Quotient(claim, part, same[0], "占X: the nearest figure that X names")
    return Quotient(claim, part, same[0], "占X: the only figure that X names")


def _names(item: Item, key: str) -> bool:
    """Whether ``key`` and the words of the figure name one thing."""
    if len(key) < 2:
        return False
    words = item.near + item.tail
    return key in words or (len(item.name) >= 2 and item.name in key) or (len(key) >= 4 and (key[-4:] in words or key[-3:] in words))


def _respective(ledger: Ledger, claim: Item, chain: list[Item]) -> Quotient | None:
    """分别占…的a%、b%和c%: the members of the list before, in order, over one whole or each over its own."""
    size, k = len(chain), chain.index(claim)
    first = chain[0]
    runs = _runs(ledger, first)
    run = next((r for r in runs if len(r) == size and all(x.is_level and x.role != "plan" for x in r)), None)
    if run is None:
        return None
    part = run[k]
    if first.role == "completion" or _PLAN_WORDS.search(first.near):
        plans = next((r for r in runs if len(r) == size and all(x.role == "plan" and x.unit == y.unit for x, y in zip(r, run, strict=True))), None)
        return Quotient(claim, part, plans[k], "respective lists, each over its plan") if plans else None
    host = ledger.host(part.n)
    m = re.search(r"占(?P<whole>[^占]*)$", first.near)
    words = m["whole"] if m else ""
    if first.role not in ("share", "bare"):
        return None
    if host is not None and (not words or _GENERIC.match(words) or _names(host, _key(words))):
        return Quotient(claim, part, host, "respective list: shares of one whole")
    if words and not _GENERIC.match(words):
        return _named_whole(ledger, claim, part, host, words)
    return None


def _runs(ledger: Ledger, first: Item) -> list[list[Item]]:
    """Lists of figures before ``first`` in its sentence, the nearest first: joined members, or one figure per clause."""
    found: list[list[Item]] = []
    n = first.n - 1
    while n >= 0 and ledger.items[n].sentence == first.sentence:
        run = [ledger.items[n]]
        while run[0].listed and run[0].n > 0:
            run.insert(0, ledger.items[run[0].n - 1])
        found.append(run)
        n = run[0].n - 1
    singles: list[Item] = [r[0] for r in reversed(found) if len(r) == 1]
    levels = [x for x in singles if x.is_level]
    if len(levels) >= 2:
        found.append(levels)
        tails = [levels[i:] for i in range(1, len(levels) - 1)]
        found.extend(tails)
    return found
