"""Rates that say their formula by their name: 开工率, 办结率, 节约率. The formulas are data."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .items import Item
from .ledger import Ledger
from .names import lead_off
from .wholes import named_with

Named = tuple[Item, Item, str, bool]


class Formula(NamedTuple):
    """A row of formulas.tsv; ``plus`` names the denominators to which the numerator is added."""

    rate: re.Pattern[str]
    numerator: re.Pattern[str]
    denominator: re.Pattern[str]
    plus: re.Pattern[str] | None


@cache
def formulas() -> tuple[Formula, ...]:
    """The named rates in the order of the table."""
    with (Path(__file__).parent / "formulas.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(
        Formula(re.compile(r["rate"]), re.compile(r["numerator"]), re.compile(r["denominator"]), re.compile(r["plus"]) if r["plus"] else None) for r in rows
    )


APART = "the formula of a ratio to one, of figures in sentences before"
_STEM = re.compile(r"(?P<stem>[\u4e00-\u9fff]{2})率[^率]{0,6}$")
_PIECE = re.compile(r"[；;。]")
_SENTENCES = 2
_FAR = 4


def named(ledger: Ledger, claim: Item) -> Named | None:
    """Numerator, denominator, template and whether the numerator is added below; None where a figure is not printed.

    The formula in the claim's piece, then the rate named after its numerator there, then a denominator farther away.
    """
    formula = next((f for f in formulas() if f.rate.search(_says_of(ledger, claim))), None)
    part = _numerator(ledger, claim, formula) if formula is not None else None
    found = _formula(ledger, claim, formula, part) if formula is not None and part is not None else None
    if found is not None:
        return found
    m = _STEM.search(claim.near)
    found = _stem(ledger, claim, m["stem"]) if m else None
    if found is None and formula is not None and part is not None:
        found = _by_name(ledger, claim, part) or _of_the_set(ledger, claim, formula, part)
        found = found or _of_the_list(ledger, formula, part) or _wider(ledger, claim, formula, part)
    if found is None and formula is not None:
        found = _said_before(ledger, claim, formula)
    return found


def _says_of(ledger: Ledger, claim: Item) -> str:
    """The words that name the rate; 收入比由2.75降至2.67 names it before the first of the two."""
    before = ledger.items[claim.n - 1] if claim.n else claim
    if claim.role == "to" and before.role == "from" and before.sentence == claim.sentence:
        return before.near
    if _VERB_ALONE.fullmatch(claim.near):
        # 床位使用率不高，仅为47.7%: the clause before has the name.
        begin = max(ledger.sentences[claim.sentence][0], before.end if before.sentence == claim.sentence else 0)
        return "，".join(re.split(r"[，,；;]", ledger.text[begin : claim.start])[-2:])
    return claim.near


_VERB_ALONE = re.compile(r"(?:仅|只|也|已|均|则|高)?(?:为|达到?|有|是|占)")


# Patients are counted in cases and in persons.
_PERSONS = ("人", "例", "名", "位")


def _alike(a: Item, b: Item) -> bool:
    return a.unit == b.unit or (a.unit in _PERSONS and b.unit in _PERSONS)


NARROWED = "the formula of a named rate, whose name says more than its figures"
# Rates whose denominator is often a mean, a stock or a part that is not printed.
_LOOSE = re.compile(
    r"恩格尔|强度|存贷|不良|负荷|抚养|赔付|师幼|师生|医护|收支比|病死|死亡|致死|失业|空置|"
    r"结收|密度|缺口|负债|债务|个贷|兑付|发放|兑现|核销|亏损面|盈利面|床位|出栏|性别比|收入比"
)
_SAID = 4


def _narrowed(formula: Formula, claim: Item, part: Item, whole: Item) -> bool:
    """食用农产品合格率, 新建项目开工率, 办结率目标: words before the rate that neither figure has, or a rate that is an aim."""
    m = formula.rate.search(claim.near)
    if m is None or _LOOSE.search(claim.near) or re.search(r"目标|去年|上年|同期", claim.near):
        return True
    own = re.sub(r"^(?:其中|累计|总体|总|全年|平均|分别|综合)+|(?:按期|按时|及时|项目|一次|期内)+$", "", lead_off(claim.near[: m.start()]))
    said = part.words + whole.words + part.name + whole.name
    return len(own) >= 2 and not any(own[k : k + 2] in said for k in range(len(own) - 1))
SAID_BEFORE = "the formula of a named rate, of figures said before"
_KINDS = ("count", "money", "quantity", "duration")
_TURNS = 2


def _said_before(ledger: Ledger, claim: Item, formula: Formula) -> Named | None:
    """列入计划的426个，…开工399个…。记者：…？——小区开工率是93.7%: the nearest figures before that the formula names, some turns back."""
    for part in reversed(ledger.items[max(0, claim.n - 30) : claim.n]):
        if claim.turn - part.turn > _TURNS:
            return None
        usable = part.reading.kind in _KINDS and part.reading.value is not None and part.role in ("level", "to") and not _denied(part, claim)
        if not usable or not _says(formula.numerator, part.near or part.tail, claim):
            continue
        for whole in reversed(ledger.items[max(0, part.n - 12) : part.n]):
            larger = whole.reading.kind in _KINDS and whole.reading.value is not None and _alike(whole, part) and whole.value >= part.value
            named = formula.denominator.search(whole.words) or ledger.host(part.n) is whole or whole.role == "plan"
            if larger and named and whole.bracket == part.bracket and whole.reading.unit == part.reading.unit:
                return part, whole, SAID_BEFORE, False
        return None
    return None


def _by_name(ledger: Ledger, claim: Item, part: Item) -> Named | None:
    """粮食直补资金6.24亿元。…直补资金已发放到户6.18亿元，兑付率99.0%: the part begins with the last words of its whole."""
    for whole in ledger.before(part, part.unit, 20):
        if whole.turn != claim.turn:
            return None
        if len(whole.name) >= _SAID and part.name.startswith(whole.name[-_SAID:]) and whole.is_level and whole.value >= part.value:
            return part, whole, "the formula of a named rate, of the whole its name begins with", False
    return None


def _of_the_set(ledger: Ledger, claim: Item, formula: Formula, part: Item) -> Named | None:
    """续建23个、新建41个。…新建项目已开工38个，开工率92.68%: the name of the numerator is that of a set and what was done with it."""
    for whole in ledger.before(part, part.unit, 16):
        if whole.turn != claim.turn:
            return None
        done = part.name[len(whole.name) :] if len(whole.name) >= 2 and part.name.startswith(whole.name) else ""
        if done and whole.is_level and whole.value >= part.value and formula.numerator.search(done) and not formula.numerator.search(whole.name):
            return part, whole, "the formula of a named rate, of the set in its name", False
    return None


def _of_the_list(ledger: Ledger, formula: Formula, part: Item) -> Named | None:
    """城镇常住人口93267万人，乡村47700万人；城镇化率66.16%: the numerator stands in a list, the rate is over the whole of it."""
    host = ledger.host(part.n)
    if host is not None and host.is_level and host.unit == part.unit and formula.denominator.search(host.words):
        return part, host, "the formula of a named rate, over the whole of the list", False
    return None


def _before(ledger: Ledger, claim: Item) -> list[Item]:
    """Figures of the claim's piece, the nearest first; a stronger mark than a comma ends the piece, for 性别比 the sentence."""
    found: list[Item] = []
    # A ratio to one stands behind both of its figures, often in a sentence of its own.
    reach = _SENTENCES if claim.reading.kind == "index" else 0
    for item in reversed(ledger.items[max(0, claim.n - 16) : claim.n]):
        if item.turn != claim.turn or item.sentence < claim.sentence - reach or (item.bracket >= 0 and item.bracket != claim.bracket):
            if item.sentence < claim.sentence - reach or item.turn != claim.turn:
                break
            continue
        if claim.reading.kind != "index" and _PIECE.search(ledger.text[item.end : claim.start]):
            break
        if item.is_level:
            found.append(item)
    return found


_DENIED = re.compile(r"(?:未|尚未|没有|不予|不|非|逾期|阶段性|预计|拟|待)(?:能|经|按期|按时)?$")


def _denied(item: Item, claim: Item) -> bool:
    """未成功1.07万件 is not the numerator of 成功率, unless the rate itself is one of 不合格, 未成功."""
    m = _STEM.search(claim.near)
    if m is None or m["stem"] not in item.near or _DENIED.search(claim.near[: m.start("stem")]):
        return False
    before = item.near[: item.near.rindex(m["stem"])]
    return bool(_DENIED.search(before))


def _numerator(ledger: Ledger, claim: Item, formula: Formula) -> Item | None:
    near = [x for x in _before(ledger, claim) if not _denied(x, claim)]
    if not near:
        # 实现营业收入…；实现利润总额89.9亿元，…；营业收入利润率8.3%: a piece that holds the rate alone.
        near = [x for x in reversed(ledger.items[max(0, claim.n - 8) : claim.n]) if x.sentence == claim.sentence and x.is_level and x.bracket == claim.bracket]
    part = next((x for x in near if _says(formula.numerator, named_with(ledger, x) if x.listed else x.near, claim) and x.role != "plan"), None)
    return part or next((x for x in near if _says(formula.numerator, x.tail, claim) and x.role != "plan"), None)


def _says(name: re.Pattern[str], words: str, claim: Item) -> bool:
    """审结24017件 is what 结案率 speaks of, 尚未审结1197件 is not; 不合格 is what 不合格率 speaks of."""
    own = bool(re.search(r"[未不非逾]", claim.near))
    return any(own or not _DENIED.search(words[: m.start()]) for m in name.finditer(words))


def _formula(ledger: Ledger, claim: Item, formula: Formula, part: Item) -> Named | None:
    near = _before(ledger, claim)
    for whole in near:
        planned = whole.role == "plan" and formula.numerator.search(whole.words)
        # 到位金额86.4亿元，申请标的223.7亿元，到位率38.6%
        ordered = whole.n < part.n or (whole.n != part.n and (claim.reading.kind == "index" or part.value <= whole.value))
        if ordered and _alike(whole, part) and (planned or formula.denominator.search(named_with(ledger, whole))):
            apart = claim.reading.kind == "index" and min(whole.sentence, part.sentence) < claim.sentence
            if apart or _narrowed(formula, claim, part, whole):
                return part, whole, APART if apart else NARROWED, False
            return part, whole, "the formula of a named rate", False
    if formula.plus is not None:
        for whole in ledger.before(claim, part.unit, 8):
            if whole.sentence == claim.sentence and whole.n != part.n and whole.is_level and formula.plus.search(whole.near):
                return part, whole, "the formula of a named rate, numerator added", True
    return None


def _wider(ledger: Ledger, claim: Item, formula: Formula, part: Item) -> Named | None:
    """The denominator before the piece: earlier in the sentence or in the two sentences before, of the same set."""
    # 城镇常住人口 is a part of 常住人口 rather than of 户籍人口.
    near = ledger.before(claim, part.unit, 16)
    for whole in sorted(near, key=lambda x: not (len(x.name) >= 4 and part.name.endswith(x.name))):
        if whole.n == part.n or whole.turn != claim.turn or not whole.is_level or whole.bracket != part.bracket:
            continue
        if whole.sentence < claim.sentence - _FAR:
            continue
        stem = _STEM.search(claim.near)
        planned = whole.role == "plan" and (bool(formula.numerator.search(whole.words)) or (stem is not None and stem["stem"] in whole.words))
        same = whole.subject == part.subject and (planned or (whole.value >= part.value and ledger.host(whole.n) is None))
        if same and (planned or formula.denominator.search(whole.words)):
            return part, whole, "the formula of a named rate, denominator farther away", False
    return None


def _stem(ledger: Ledger, claim: Item, stem: str) -> Named | None:
    """动工率 after 已动工33个: the rate is named after its numerator."""
    near = _before(ledger, claim)
    part = next((x for x in near if stem in x.near and not _denied(x, claim)), None)
    if part is None:
        return None
    near = [x for x in near if x.n < part.n and _alike(x, part)]
    if near and near[0].value >= part.value:
        return part, near[0], "the rate is named after its numerator", False
    return None
