"""Which figure of a report is which figure of an annotated passage, and which finding is which relation.

White space is left out on both sides. Spans need only overlap; a figure is right where kind, value and unit are.
A relation is found by its claim and the set of its operands, or by the set of all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from ..schemas.figure import Figure
from ..schemas.finding import Finding
from ..schemas.report import Report
from .gold import GoldFigure, GoldRelation, Passage

CORE = frozenset({"count", "money", "rate", "points", "multiple", "quantity"})
_UNITS_IN_THE_KIND = ("multiple", "rank", "index", "rate", "points")
_UNSEEN = "\u200b\ufeff"


class Squeezed(NamedTuple):
    """A text without white space; ``place[i]`` is where character ``i`` of the whole text stands in it."""

    text: str
    place: list[int]


class Matched(NamedTuple):
    """For every gold figure the report's figure or None; the report's figures that match none."""

    pairs: list[tuple[GoldFigure, Figure | None]]
    extra: list[Figure]


def squeeze(text: str) -> Squeezed:
    """The text without white space and zero-width marks."""
    kept, place = list[str](), list[int]()
    for character in text:
        place.append(len(kept))
        if not character.isspace() and character not in _UNSEEN:
            kept.append(character)
    return Squeezed("".join(kept), [*place, len(kept)])


def spans(passage: Passage, text: Squeezed) -> list[tuple[int, int] | None]:
    """Where the gold figures stand in the squeezed text of the report; None for those not there."""
    own = squeeze(passage.text)
    offset = text.text.find(own.text)
    if offset >= 0:
        return [(offset + own.place[f.start], offset + own.place[f.end]) for f in passage.figures]
    found, at = list[tuple[int, int] | None](), 0
    for figure in passage.figures:
        surface = squeeze(figure.surface).text
        start = text.text.find(surface, at)
        found.append((start, start + len(surface)) if start >= 0 else None)
        at = start + len(surface) if start >= 0 else at
    return found


def number(text: str | None) -> Decimal | None:
    """The number a string stands for, None for none."""
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        return None


def same_value(gold: GoldFigure, read: Figure) -> bool:
    """The same number but for its sign; of a range, the same ends."""
    wanted, got = number(gold.value), number(read.value)
    if wanted is not None:
        return got is not None and abs(wanted) == abs(got)
    if gold.low:
        return number(gold.low) == number(read.low) and number(gold.high) == number(read.high)
    return got is None


def same_unit(gold: GoldFigure, read: Figure) -> bool:
    """The same unit, or one that holds the other (个 and 个项目); some kinds have only one."""
    if gold.kind in _UNITS_IN_THE_KIND or gold.unit == read.unit:
        return True
    return bool(gold.unit and read.unit and (gold.unit in read.unit or read.unit in gold.unit))


def same_words(gold: str, read: str | None) -> bool:
    """One of the two holds the other."""
    wanted, got = squeeze(gold).text, squeeze(read or "").text
    return bool(got) and (wanted in got or got in wanted)


def right(gold: GoldFigure, read: Figure) -> bool:
    """Kind, value and unit are the annotated ones."""
    return read.kind == gold.kind and same_value(gold, read) and same_unit(gold, read)


def match_figures(passage: Passage, report: Report) -> Matched:
    """The best overlapping figure for each annotated one; extras are of the core kinds and worth counting."""
    text = squeeze(report.document.text)
    tool = [(text.place[f.start], text.place[f.end], f) for f in report.figures]
    wanted = spans(passage, text)
    pairs, used = list[tuple[GoldFigure, Figure | None]](), set[str]()
    for gold, span in zip(passage.figures, wanted, strict=True):
        best: Figure | None = None
        rank = (False, False, 0)
        for start, end, figure in tool:
            if span and start < span[1] and span[0] < end:
                fit = (right(gold, figure), same_value(gold, figure), min(end, span[1]) - max(start, span[0]))
                if best is None or fit > rank:
                    best, rank = figure, fit
        used |= {best.id} if best else set()
        pairs.append((gold, best))
    taken = [span for span in wanted if span]
    traps = list(_traps(passage, text.text))
    extra = [
        f for a, b, f in tool if f.id not in used and not _touches(a, b, taken) and _counts(f, _touches(a, b, traps))
    ]
    return Matched(pairs, extra)


def _traps(passage: Passage, text: str) -> Iterator[tuple[int, int]]:
    for words in passage.not_figures or ():
        words = squeeze(words).text
        start = text.find(words) if words else -1
        while start >= 0:
            yield start, start + len(words)
            start = text.find(words, start + 1)


def _touches(start: int, end: int, others: list[tuple[int, int]]) -> bool:
    return any(start < stop and begin < end for begin, stop in others)


def _counts(figure: Figure, trapped: bool) -> bool:
    """两轮 and 持平 are borderline: without digits and below 100, they count only where the gold names them."""
    value = number(figure.value)
    wordy = not any(c in "0123456789０１２３４５６７８９" for c in figure.surface)
    borderline = wordy and (value is None or abs(value) < 100)
    return figure.kind in CORE and (trapped or not borderline)


def match_relations(
    passage: Passage, report: Report, matched: Matched
) -> tuple[list[tuple[GoldRelation, Finding | None]], list[Finding]]:
    """The finding of each relation that can be matched, or None; the findings that belong to none."""
    gold_of = {read.id: place for place, (_, read) in enumerate(matched.pairs) if read}
    found = [({gold_of.get(o) for o in f.operands}, gold_of.get(f.claim or ""), f) for f in report.findings]
    pairs, taken = list[tuple[GoldRelation, Finding | None]](), set[str]()
    for relation in passage.relations:
        operands = {passage.index(number) for number in relation.operands or ()}
        claim = passage.index(relation.claim)
        if not operands or None in operands:
            continue
        hits = [
            finding
            for read, stated, finding in found
            if finding.id not in taken
            and ((stated == claim and read == operands) or read | {stated} == operands | {claim})
        ]
        hit = next((f for f in hits if f.verdict != "cannot_tell"), hits[-1] if hits else None)
        if hit or not relation.optional:
            pairs.append((relation, hit))
        taken |= {hit.id} if hit else set()
    return pairs, [finding for finding in report.findings if finding.id not in taken]
