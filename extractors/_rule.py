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
    """``pattern`` is searched in the whole view."""

    name: str
    pattern: re.Pattern[str]
    build: Callable[[re.Match[str], str], Found | None]


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


def label(m: re.Match[str], rule: str) -> Claim:
    """The whole match is no figure."""
    return Claim(m.start(), m.end(), "label", rule)
