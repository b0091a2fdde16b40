"""Runs every extractor; the longest reading wins; a tie between two rooms is a bug.

Digits are claimed first by dates and labels, then every numeral that is left is shown to the rooms.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple, TypeVar

from ..extractors._cells import Cells
from ..extractors._numerals import Numeral, arabic, chinese
from ..extractors._rule import Rule, Unit, Words
from ..extractors._series import ranges, shared_units, structures, without_units
from ..schemas.reading import Claim, NameList, Reading
from ..schemas.transcript import Table, View

_HAN = "一二三四五六七八九十百千两零〇○"
_Spanned = TypeVar("_Spanned", Claim, Reading)


class Extraction(NamedTuple):
    """Everything read from one view, each list in the order of the text."""

    readings: list[Reading]
    lists: list[NameList]
    claims: list[Claim]
    unread: list[Numeral]


class _Rules(NamedTuple):
    """``behind`` holds the claims that begin with a number, by the character behind it, ``units`` the rooms' by their first."""

    claims: tuple[Words, ...]
    behind: dict[str, tuple[Words, ...]]
    words: tuple[Words, ...]
    units: dict[str, tuple[Unit, ...]]
    number: re.Pattern[str]


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
    behind: dict[str, list[Words]] = {}
    units: dict[str, list[Unit]] = {}
    for name, rules in rooms().items():
        for rule in rules:
            if isinstance(rule, Unit):
                for first in rule.first:
                    units.setdefault(first, []).append(rule)
            elif rule.after:
                for c in set(rule.after):
                    behind.setdefault(c, []).append(rule)
            else:
                (claims if name in ("label", "period") else words).append(rule)
    # A rule whose pattern may match nothing also reads a numeral at the very end of the text.
    units[""] = [rule for rule in units.get("。", ()) if rule.pattern.match("")]
    follows = "".join(re.escape(c) for c in behind)
    number = re.compile(f"[0-9{_HAN}](?<![0-9][0-9])(?<![{_HAN}][{_HAN}])(?:(?<=[0-9])[0-9]*+|[{_HAN}]*+)(?P<behind>[{follows}])")
    return _Rules(
        tuple(claims), {k: tuple(v) for k, v in behind.items()}, tuple(words), {k: tuple(v) for k, v in units.items()}, number
    )


class _Taken:
    """Spans that are spoken for, for the question whether a numeral lies inside one."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted(spans):
            if self._ends and start < self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def touches(self, start: int, end: int) -> bool:
        i = bisect_right(self._starts, end - 1) - 1
        return i >= 0 and self._ends[i] > start


def figures(view: View, tables: Sequence[Table] = ()) -> Extraction:
    """All readings, ranking lists and claims of ``view``; ``tables`` tell which numbers take their unit from a head."""
    text, rules = view.text, _rules()
    read = structures(text)
    lists: list[NameList] = []
    for rule in rules.words:
        for found in _searched(text, rule):
            if isinstance(found, Reading):
                read.append(found)
            elif isinstance(found, NameList):
                lists.append(found)
    claims = _claims(text, rules, _Taken((r.start, r.end) for r in read))
    held = _Taken([(c.start, c.end) for c in claims] + [r.number for r in read])
    unread: list[Numeral] = []
    unknown: list[Numeral] = []
    for numeral in ranges(text, _numerals(text, held)):
        best = _best(text, numeral, rules.units)
        if best is not None:
            read.append(best)
        else:
            (unknown if numeral.chinese else unread).append(numeral)
    read, unread = shared_units(text, _longest(read), unread)
    read, unread = _of_tables(view, tables, rules.units, read, unread)
    read, unread = without_units(text, read, sorted(unread + [n for n in unknown if n.step >= 10000]))
    inside = _Taken((r.start, r.end) for r in read)
    unread = [n for n in unread if not n.chinese and not inside.touches(n.start, n.end)]
    return Extraction(read, _unnested(lists), claims, unread)


def _searched(text: str, rule: Words) -> Iterable[Reading | Claim | NameList | None]:
    if rule.need and not any(word in text for word in rule.need):
        return ()
    return (rule.build(m, rule.name) for m in rule.pattern.finditer(text))


def _claims(text: str, rules: _Rules, words: _Taken) -> list[Claim]:
    """The longest claims; a label gives way to words that are read, such as 第三 in 位列第三."""
    found = [each for rule in rules.claims for each in _searched(text, rule)]
    for number in rules.number.finditer(text):
        for rule in rules.behind[number["behind"]]:
            m = rule.pattern.match(text, number.start())
            if m is not None:
                found.append(rule.build(m, rule.name))
    return _longest(
        [
            claim
            for claim in found
            if isinstance(claim, Claim) and (claim.sort != "label" or not words.touches(claim.start, claim.end))
        ]
    )


def _numerals(text: str, held: _Taken) -> list[Numeral]:
    found = [*arabic(text, held.touches), *chinese(text, held.touches)]
    found.sort()
    return found


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


def _of_tables(
    view: View, tables: Sequence[Table], units: dict[str, tuple[Unit, ...]], read: list[Reading], unread: list[Numeral]
) -> tuple[list[Reading], list[Numeral]]:
    """Numbers of a table, read with the unit of their head, their row or the caption."""
    if not tables or not unread:
        return read, unread
    cells, left = Cells(view, tables), []
    for numeral in unread:
        spelt = cells.with_unit(numeral)
        best = _best(spelt, next(arabic(spelt), numeral), units) if spelt else None
        if best is None:
            left.append(numeral)
        else:
            read.append(cells.placed(best, numeral))
    read.sort(key=lambda r: r.start)
    return read, left


def _longest(found: list[_Spanned]) -> list[_Spanned]:
    """Without those that lie inside a longer one."""
    found.sort(key=lambda r: (r.start, -r.end))
    kept: list[_Spanned] = []
    for each in found:
        if kept and each.start < kept[-1].end:
            if each.end - each.start > kept[-1].end - kept[-1].start:
                kept[-1] = each
            continue
        kept.append(each)
    return kept


def _unnested(lists: list[NameList]) -> list[NameList]:
    lists.sort(key=lambda x: (x.start, -x.end))
    kept: list[NameList] = []
    for item in lists:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return kept
