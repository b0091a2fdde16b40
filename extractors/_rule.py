"""What every room offers: rules. A ``Unit`` rule looks to the right of a numeral, a ``Words`` rule scans the text."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ..schemas.figure import Bound, Direction, Kind
from ..schemas.reading import Claim, NameList, Reading
from ._bounds import around, interval, names_class
from ._numerals import Numeral

Found = Reading | Claim | NameList
# 亿元以上 names a class and has no number of its own; 万亿元 after 突破 is an amount.
AMOUNT_BEFORE = re.compile(r"(?:超|超过|突破|跨越|达到?|逾|过|近|上|破)$")


@dataclass(frozen=True, slots=True)
class Unit:
    """``pattern`` is matched where the numeral ends; ``build`` returns None for what only looks like one.

    ``first`` holds every character that the pattern can begin with: the conductor asks only rules that can match.
    """

    name: str
    first: str
    pattern: re.Pattern[str]
    build: Callable[[str, Numeral, re.Match[str], str], Reading | None]


@dataclass(frozen=True, slots=True)
class Words:
    """``pattern`` is searched in the whole view if one of the words of ``need`` stands in it.

    A pattern begins with a character, a character class or an alternation of characters, and looks behind only after it:
    the engine then runs over the text without stopping where nothing can begin. A claim that begins with a number says
    in ``after`` every character that can stand behind it, and is tried nowhere else.
    """

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str], str], Found | None]
    need: tuple[str, ...] = ()
    after: str = ""


Rule = Unit | Words


def figure(
    text: str,
    numeral: Numeral,
    end: int,
    kind: Kind,
    unit: str,
    rule: str,
    *,
    start: int | None = None,
    factor: Decimal = Decimal(1),
    count: bool = False,
    direction: Direction | None = None,
) -> Reading:
    """A reading of ``numeral`` whose unit ends at ``end``; ``factor`` brings it to the unit of the contract."""
    begin = numeral.start if start is None else start
    grown = around(text, begin, end)
    bound: Bound | None = grown.bound
    step = numeral.step * factor
    exact = count and numeral.exact
    number = (numeral.start, numeral.end)
    if kind not in ("threshold", "points") and names_class(text, grown, unit, kind):
        kind = "threshold"
    if numeral.high is not None:
        low, high = numeral.value * factor, numeral.high * factor
        return Reading(grown.start, grown.end, kind, None, low, high, step, unit, None, rule, number, direction)
    value = numeral.value * factor
    if numeral.over and bound is None:
        bound = "over"
    low, high = interval(value, step, exact, bound, numeral.over)  # type: ignore[assignment]
    step = Decimal(0) if exact and bound is None else step
    return Reading(grown.start, grown.end, kind, value, low, high, step, unit, bound, rule, number, direction)


def led(text: str, start: int, *words: str) -> int:
    """``start``, moved to the left over the first of ``words`` that ends there."""
    for word in words:
        if text.endswith(word, 0, start):
            return start - len(word)
    return start


def label(*before: str) -> Callable[[re.Match[str], str], Claim]:
    """A builder: the whole match is no figure, nor is a word of ``before`` that touches it."""

    def build(m: re.Match[str], rule: str) -> Claim:
        return Claim(led(m.string, m.start(), *before), m.end(), "label", rule)

    return build
