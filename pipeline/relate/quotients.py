"""Which figures a rate says it is the quotient of: by the phrase, by the structure, by the formula of its name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import cues
from .behind import before_its_part
from .beside import beside
from .bracketed import bracketed
from .comparisons import compared
from .completions import completion, planned_number
from .composed import composed
from .flows import with_carried
from .headed import headed
from .items import Item
from .ledger import Ledger
from .named_rates import named
from .quotient import IN_PHRASE, PHRASE_VERB, PLAN_WORDS, TOTAL_BEFORE, Quotient
from .respective import respective
from .shares_of_growth import contributed
from .structures import COLONS, framed, structured
from .wholes import (
    GENERIC,
    GUESSED,
    carried,
    named_before,
    named_part,
    named_whole,
    nearest_level,
    numerator,
    numerators,
    share_words,
    sole_before,
    subject_words,
    unprinted,
    unprinted_bare,
)

_SEVERAL = re.compile(r"[二两三四五][者项地类][^，。]{0,4}占|合计占|共占")


def quotients(ledger: Ledger) -> Iterator[Quotient]:
    """One quotient per rate for which a numerator and a denominator can be named."""
    wholes: dict[int, Quotient] = {}
    used: set[tuple[tuple[int, ...], int]] = set()
    guessed: dict[int, Quotient] = {}
    for item in ledger.items:
        if item.reading.kind not in ("rate", "multiple", "index") or item.reading.value is None or item.reading.direction == "flat":
            continue
        if item.role == "contribution" and (share := contributed(ledger, item)) is not None:
            yield share
        if item.role in ("growth", "contribution", "from", "reference"):
            continue
        found = bracketed(ledger, item)
        if found is None:
            found = _bind(ledger, item, wholes) if item.role != "recovered" else _inside_phrase(ledger, item)
        if _exact_behind(ledger, item) and item.n - 1 in wholes:
            found = wholes[item.n - 1]._replace(claim=item, template=EXACT)
        if found is not None and found.denominator.value > 0:
            # Two figures state one rate; a second rate beside them is that of another period or set.
            key = (tuple(x.n for x in found.numerators), found.denominator.n)
            if key in used and not _exact_behind(ledger, item):
                continue
            used.add(key)
            wholes[item.n] = found
            yield found
        elif found is None and (guess := _guessed(ledger, item, guessed)) is not None:
            guessed[item.n] = guess
            yield guess


def _guessed(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> Quotient | None:
    """What order and names alone bind; the first reading that has its figures is the one, whether it fits or not."""
    found = compared(ledger, claim) or composed(ledger, claim) or before_its_part(ledger, claim)
    return found or beside(ledger, claim, done)


UNSAID = "the denominator stands in the phrase, the words before it name another figure"
HEADED = "shares of what the head of the list names"
EXACT = "the figures of the round rate right before"


def _exact_behind(ledger: Ledger, item: Item) -> bool:
    """不足五成，准确说是44.84%: a round rate and the exact one state one quotient."""
    before = ledger.items[item.n - 1] if item.n else item
    return before.reading.kind == "rate" and before.reading.bound is not None and item.reading.bound is None and before.sentence == item.sentence


def _bind(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> Quotient | None:
    if claim.reading.kind == "multiple":
        # 恰好占四分之一: a fraction is a share where 占 stands before it.
        return _share(ledger, claim, done) if re.search(r"占(?:比|了|到)?$", claim.near) else _multiple(ledger, claim)
    if claim.reading.rule == COLONS:
        shaped = structured(ledger, claim)
        return Quotient(claim, (shaped[0],), *shaped[1:]) if shaped else None
    behind = framed(ledger, claim)
    if behind is not None:
        return Quotient(claim, (behind[0],), *behind[1:])
    if claim.reading.kind == "index":
        pair = named(ledger, claim)
        return Quotient(claim, (pair[0],), pair[1], pair[2]) if pair else None
    members = ledger.chain(claim)
    if len(members) > 1:
        return respective(ledger, claim, members)
    inside = _inside_phrase(ledger, claim)
    if inside is not None:
        return inside
    if claim.role == "completion":
        return completion(ledger, claim) or planned_number(ledger, claim, numerator(ledger, claim), share_words(claim))
    by_name = named(ledger, claim)
    if by_name is not None:
        part, whole, template, plus = by_name
        return with_carried(ledger, Quotient(claim, (part,), whole, template, None, plus))
    if claim.role == "to":
        return _come_to(ledger, claim)
    if claim.role == "share" or (claim.role == "bare" and claim.bracket >= 0):
        return _share(ledger, claim, done)
    return None


def _multiple(ledger: Ledger, claim: Item) -> Quotient | None:
    """是去年同期1.58亿美元的2倍; 由203家增加到1124家，是2015年的5.5倍."""
    if claim.n < 2 or claim.role != "multiple":
        return None
    last, before = ledger.items[claim.n - 1], ledger.items[claim.n - 2]
    if last.sentence != claim.sentence or before.sentence != claim.sentence or not (last.is_level or last.role == "from"):
        return None
    if ledger.gap(last, claim) == "的" and re.search(r"(?:是|为|相当于)[^，。]*$", last.near) and before.is_level and before.unit == last.unit:
        return Quotient(claim, (before,), last, "so many times the figure in the phrase")
    if last.role == "to" and before.role == "from" and last.unit == before.unit and re.search(r"(?:是|为|相当于)[^，。]*的$", claim.near):
        return Quotient(claim, (last,), before, "so many times the level it came from")
    return None


def _inside_phrase(ledger: Ledger, claim: Item) -> Quotient | None:
    """完成目标589亿元的37.22%: the figure between the verb and the rate is the denominator."""
    if claim.n < 2:
        return None
    whole = ledger.items[claim.n - 1]
    in_bracket = whole.bracket >= 0 and whole.bracket != claim.bracket
    if whole.sentence != claim.sentence or not whole.is_level:
        return None
    gap = ledger.gap(whole, claim)
    verb = whole.lead if in_bracket else whole.near
    if (in_bracket and not gap.startswith(")")) or not IN_PHRASE.match(gap) or not PHRASE_VERB.search(verb.rstrip("(")):
        return None
    several = _SEVERAL.search(verb)
    if several:
        run = [x for x in ledger.items[max(0, whole.n - 6) : whole.n] if x.sentence == whole.sentence and x.unit == whole.unit and x.is_level]
        size = cues.NUMBERS.get(several[0][0], len(run))
        return Quotient(claim, tuple(run[-size:]), whole, "the denominator stands in the phrase, several numerators") if 2 <= size <= len(run) else None
    subject = subject_words(verb)
    if subject:
        told = named_part(ledger, claim, subject, whole.unit, whole.n)
        if told is not None:
            return Quotient(claim, (told,), whole, "the denominator stands in the phrase, the numerator is named")
        if "占" in verb:
            # 民生支出占一般公共预算支出800亿元的75%: what has the share is not printed.
            before = ledger.items[whole.n - 1] if whole.n else whole
            near = before.unit == whole.unit and before.is_level and before.sentence == claim.sentence and before.bracket == claim.bracket
            return Quotient(claim, (before,), whole, UNSAID) if near else None
    for part in reversed(ledger.items[max(0, claim.n - 8) : claim.n - 1]):
        if part.sentence != claim.sentence:
            break
        if part.unit == whole.unit and part.is_level and part.bracket == claim.bracket:
            return Quotient(claim, (part,), whole, "the denominator stands in the phrase")
    return None


def _share(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> Quotient | None:
    """占…的x%: by the words behind 占, else the whole of its siblings, else the whole that the structure gives."""
    parts = numerators(ledger, claim)
    if not parts:
        return None
    part, words = parts[-1], share_words(claim)
    if PLAN_WORDS.search(words):
        return completion(ledger, claim) or planned_number(ledger, claim, part, words)
    host = ledger.host(part.n)
    if words and (not GENERIC.match(words) or _of_a_kind(ledger, claim, part, words)):
        again = named_before(claim, part, words, done, ledger)
        found = (again, "占X: the whole that X named before") if again is not None else named_whole(ledger, claim, part, host, words)
        return Quotient(claim, parts, found[0], found[1]) if found and found[0] not in parts else None
    if claim.role == "bare" and host is None:
        return None
    told = None if words else headed(ledger, claim, part)
    if told is not None:
        return Quotient(claim, parts, told, HEADED)
    sibling = carried(ledger, claim, part, done)
    if not words and sibling is not None and sibling[0].unit == part.unit and sibling[0].n != part.n and sibling[0].value >= part.value:
        return Quotient(claim, parts, *sibling)
    if host is not None:
        # 应选代表1086名，选出1079名。当选代表中，妇女341名，占…: a share of what there is, not of what was planned.
        planned = host.role == "plan" != part.role or _elsewhere(ledger, claim, host, words) or unprinted_bare(ledger, claim, done)
        return Quotient(claim, parts, host, GUESSED if planned else "占 without an object: the whole of the list")
    return _unlisted(ledger, claim, parts, words, done)


_KIND = re.compile(r"^(?:其|全部|整个|全[市省县区国州])?(?P<kind>项目|案件|企业|问题|工单|诉求|病例)")


def _of_a_kind(ledger: Ledger, claim: Item, part: Item, words: str) -> bool:
    """占企业总量的, behind 企业112.7万户 and 实有主体386.4万户: a figure that goes by the kind alone is the whole of it."""
    m = _KIND.match(words)
    near = ledger.before(claim, part.unit, 16)
    return m is not None and any(x.name == m["kind"] and x.turn == claim.turn and x.is_level and x.value >= part.value and x.n != part.n for x in near)


_PLACE = re.compile(r"全(?P<p>[国省市县区州球])")


def _elsewhere(ledger: Ledger, claim: Item, host: Item, words: str) -> bool:
    """全市企业1200家，其中…占全省的10%, 占75%的库容: of a wider place or of another measure than the whole of the list."""
    m = _PLACE.search(words)
    said = _PLACE.search(ledger.text[ledger.sentences[host.sentence][0] : host.start])
    if m is not None and m["p"] != (said["p"] if said else m["p"]):
        return True
    return bool(re.match(r"的(?!比重|比例|份额|水平)[\u4e00-\u9fff]{2}", claim.tail))


def _unlisted(ledger: Ledger, claim: Item, parts: tuple[Item, ...], words: str, done: dict[int, Quotient]) -> Quotient | None:
    """The whole of a part that stands in no list: its plan, the size of its set, the total before, the only figure before."""
    part = parts[-1]
    if "完成" in part.near and not words:
        own = [p for p in ledger.before(part, part.unit, 6) if p.role == "plan" and p.sentence == part.sentence]
        if own:
            return Quotient(claim, parts, own[0], "占 without an object: the plan of what was completed")
    sized = nearest_level(ledger, claim, part, "项目") if re.search("项目|企业|工程", words) else None
    if sized is not None:
        return Quotient(claim, parts, sized, "占X: the size of the set")
    inside = beside(ledger, claim, {})
    if words and inside is not None and inside.denominator.sentence == claim.sentence and len(parts) == 1:
        return inside
    if words and (told := sole_before(ledger, claim, part)) is not None:
        return Quotient(claim, parts, told, TOTAL_BEFORE)
    before = None if not words and unprinted(ledger, claim, done) else _only(ledger, part)
    return Quotient(claim, parts, before, GUESSED) if before is not None else None


def _come_to(ledger: Ledger, claim: Item) -> Quotient | None:
    """农业用水占比由上年的61.2%降至60.3%: the share that it has come to, of the part that the words name."""
    before = ledger.items[claim.n - 1] if claim.n else claim
    if before.sentence != claim.sentence or before.role != "from" or "占" not in before.near:
        return None
    subject = subject_words(before.near)
    part = named_part(ledger, claim, subject, None, claim.n) if subject else None
    host = ledger.host(part.n) if part is not None else None
    if part is None:
        return None
    if re.search(r"占(?!比)", before.near):
        words = re.split(r"的?(?:比重|比例|份额|占比)", share_words(before))[0]
        found = named_whole(ledger, claim, part, host, words) if words else None
        return Quotient(claim, (part,), found[0], COME_TO) if found is not None and found[0] is not part else None
    return Quotient(claim, (part,), host, "the share it has come to: the whole of the list") if host is not None else None


COME_TO = "the share it has come to: the figure that X names"


def _only(ledger: Ledger, part: Item) -> Item | None:
    """The only other level of the unit before the part in its sentence, not smaller than it."""
    found = [x for x in ledger.before(part, part.unit, 8) if x.sentence == part.sentence and x.is_level and x.bracket == part.bracket]
    return found[0] if len(found) == 1 and found[0].value >= part.value else None


