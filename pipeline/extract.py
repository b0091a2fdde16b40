"""Runs every extractor; the longest reading wins; a tie between two rooms is a bug.

Digits are claimed first by dates and labels, then every numeral that is left is shown to the rooms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from ..extractors._numerals import Numeral, arabic, chinese
from ..extractors._rule import Rule, Unit, Words
from ..extractors._series import ranges, shared_units, structures, without_units
from ..schemas.reading import Claim, NameList, Reading
from ..schemas.transcript import View

_HAN_NUMERAL = re.compile("[一二三四五六七八九十百千两万亿]")


class Extraction(NamedTuple):
    """Everything read from one view, each list in the order of the text."""

    readings: list[Reading]
    lists: list[NameList]
    claims: list[Claim]
    unread: list[Numeral]


class _Rules(NamedTuple):
    claims: tuple[Words, ...]
    words: tuple[Words, ...]
    units: dict[str, tuple[Unit, ...]]


@cache
def rooms() -> dict[str, tuple[Rule, ...]]:
    """The rules of every room, found by looking: module name → RULES."""
    folder = Path(__file__).resolve().parent.parent / "extractors"
    names = sorted(p.stem for p in folder.glob("*.py") if not p.stem.startswith("_"))
    return {name: import_module(f"..extractors.{name}", __package__).RULES for name in names}


@cache
def _rules() -> _Rules:
    claims: list[Words] = []
    words: list[Words] = []
    units: dict[str, list[Unit]] = {}
    for name, rules in rooms().items():
        for rule in rules:
            if isinstance(rule, Words):
                (claims if name in ("label", "period") else words).append(rule)
            else:
                for first in rule.first:
                    units.setdefault(first, []).append(rule)
    return _Rules(tuple(claims), tuple(words), {k: tuple(v) for k, v in units.items()})


class _Taken:
    """Spans that are spoken for, for the question whether a numeral lies inside one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [s for s, _ in merged]
        self._ends = [e for _, e in merged]

    def touches(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and self._ends[i] > start


def figures(view: View) -> Extraction:
    """All readings, ranking lists and claims of ``view``."""
    text, rules = view.text, _rules()
    read: list[Reading] = []
    lists: list[NameList] = []
    for rule in rules.words:
        for m in rule.pattern.finditer(text):
            found = rule.build(m, rule.name)
            if isinstance(found, Reading):
                read.append(found)
            elif isinstance(found, NameList):
                lists.append(found)
    read += structures(text)
    claims = _claims(text, rules.claims, _Taken((r.start, r.end) for r in read))
    held = _Taken([(c.start, c.end) for c in claims] + [r.number for r in read])
    numerals = [n for n in arabic(text) if not held.touches(n.start, n.end)]
    if _HAN_NUMERAL.search(text):
        numerals += [n for n in chinese(text) if not held.touches(n.start, n.end)]
        numerals.sort()
    unread: list[Numeral] = []
    for numeral in ranges(text, numerals):
        best = _best(text, numeral, rules.units)
        if best is not None:
            read.append(best)
        elif not numeral.chinese:
            unread.append(numeral)
    read, unread = shared_units(text, _longest(read), unread)
    read, unread = without_units(text, read, unread)
    return Extraction(read, _unnested(lists), claims, unread)


def _claims(text: str, rules: tuple[Words, ...], words: _Taken) -> list[Claim]:
    found: list[Claim] = []
    for rule in rules:
        for m in rule.pattern.finditer(text):
            claim = rule.build(m, rule.name)
            if not isinstance(claim, Claim) or claim.end <= claim.start:
                continue
            if claim.sort == "label" and words.touches(claim.start, claim.end):
                continue
            found.append(claim)
    found.sort(key=lambda c: (c.start, -c.end))
    kept: list[Claim] = []
    for claim in found:
        if kept and claim.start < kept[-1].end:
            if claim.end - claim.start > kept[-1].end - kept[-1].start:
                kept[-1] = claim
            continue
        kept.append(claim)
    return kept


def _best(text: str, numeral: Numeral, units: dict[str, tuple[Unit, ...]]) -> Reading | None:
    """The longest reading that any room gives of ``numeral``."""
    best: Reading | None = None
    for rule in units.get(text[numeral.end : numeral.end + 1], ()):
        m = rule.pattern.match(text, numeral.end)
        if m is None:
            continue
        found = rule.build(text, numeral, m, rule.name)
        if found is not None and (best is None or found.end > best.end):
            best = found
    return best


def _longest(read: list[Reading]) -> list[Reading]:
    """Without readings that lie inside a longer one."""
    read.sort(key=lambda r: (r.start, -r.end))
    kept: list[Reading] = []
    for reading in read:
        if kept and reading.start < kept[-1].end:
            if reading.end - reading.start > kept[-1].end - kept[-1].start:
                kept[-1] = reading
            continue
        kept.append(reading)
    return kept


def _unnested(lists: list[NameList]) -> list[NameList]:
    lists.sort(key=lambda x: (x.start, -x.end))
    kept: list[NameList] = []
    for item in lists:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept
