"""One step away from a printed number: a digit changed, lost, too many, two swapped, the point moved, 万 or 亿 lost or added.

The fewer numbers a kind of step reaches, the more it says when one of them fits: that is the order of the ranks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from ..schemas.reading import Reading

_PLAIN = re.compile(r"(?P<sign>-?)(?P<digits>\d[\d,]{0,20}(?:\.\d{1,12})?)(?P<word>万亿|亿|万)?")
_SIZES = {"": Decimal(1), "万": Decimal(10**4), "亿": Decimal(10**8), "万亿": Decimal(10**12)}
# What one character more or less makes of a multiplier.
_BESIDE = {"": ("亿", "万"), "万": ("亿", "", "万亿"), "亿": ("万", "", "万亿"), "万亿": ("亿", "万")}
RANKS = ("last place", "digits swapped", "multiplier", "point moved", "digit changed", "digit lost or doubled")
_LAST, _SWAPPED, _MULTIPLIER, _POINT, _CHANGED, _LOST = range(6)
LAST_PLACE, POINT_MOVED, CHANGED = _LAST, _POINT, _CHANGED
_SCALED = ("count", "money", "quantity")
# The bounds come from quotients that do not end: a candidate on the edge is let through.
_HAIR = Decimal("1e-20")


class Misprint(NamedTuple):
    """``number`` would be printed instead, ``reading`` is what it would say; ``rank`` indexes RANKS, what says most first."""

    number: str
    reading: Reading
    rank: int


def misprints(number: str, reading: Reading, low: Decimal | None = None, high: Decimal | None = None) -> Iterator[Misprint]:
    """All numbers one step away from the plain Arabic ``number`` of ``reading``; nothing for other numerals and bounds.

    With ``low`` or ``high`` only those that may stand for a value between the two.
    """
    m = _PLAIN.fullmatch(number)
    if m is None or reading.value is None or reading.bound is not None:
        return
    digits, word = m["digits"].replace(",", ""), m["word"] or ""
    whole = Decimal(digits)
    if not whole:
        return
    unit = abs(reading.value) / whole / _SIZES[word]
    low, high = (None if low is None else low - _HAIR * abs(low)), (None if high is None else high + _HAIR * abs(high))
    for rank, other, beside in _all_steps(digits, word, word != "" or (unit == 1 and reading.kind in _SCALED)):
        size = unit * _SIZES[beside]
        value = Decimal(m["sign"] + other) * size
        places = len(other.partition(".")[2])
        step = Decimal(1).scaleb(-places) * size
        if (low is not None and value + step < low) or (high is not None and value - step > high):
            continue
        if reading.kind == "count" and not beside and not places and reading.step == 0:
            step = Decimal(0)
        shown = _grouped(other) if "," in m["digits"] else other
        yield Misprint(m["sign"] + shown + beside, _reading(reading, value, step), rank)


def _all_steps(digits: str, word: str, scaled: bool) -> Iterator[tuple[int, str, str]]:
    """Rank, digits and multiplier, each printed form once.

    In a list the multiplier may stand at the last member only: then it is not this number that lost it.
    """
    seen = {digits}
    for rank, other in _steps(digits):
        if other not in seen and _printable(other):
            seen.add(other)
            yield rank, other, word
    if scaled:
        yield from ((_MULTIPLIER, digits, beside) for beside in _BESIDE[word])


def _steps(digits: str) -> Iterator[tuple[int, str]]:
    bare = digits.replace(".", "")
    at = [i for i, c in enumerate(digits) if c != "."]
    yield from ((_LAST, near) for near in _last_place(digits))
    for i, k in itertools.pairwise(at):
        yield _SWAPPED, digits[:i] + digits[k] + digits[i + 1 : k] + digits[i] + digits[k + 1 :]
    yield from ((_POINT, f"{bare[:i]}.{bare[i:]}".rstrip(".")) for i in range(1, len(bare) + 1))
    for i in at:
        yield from ((_CHANGED, digits[:i] + c + digits[i + 1 :]) for c in "0123456789")
    for i in at:
        yield _LOST, digits[:i] + digits[i + 1 :]
    for i in range(len(digits) + 1):
        yield from ((_LOST, digits[:i] + c + digits[i:]) for c in "0123456789")


def _grouped(digits: str) -> str:
    head, point, tail = digits.partition(".")
    return f"{int(head):,}{point}{tail}"


def _last_place(digits: str) -> Iterator[str]:
    places = len(digits.partition(".")[2])
    for unit in (1, -1):
        moved = Decimal(digits) + Decimal(unit).scaleb(-places)
        if moved >= 0:
            yield format(moved, "f")


def _printable(digits: str) -> bool:
    """No idle zero in front, no bare point."""
    head, point, tail = digits.partition(".")
    return bool(head) and (len(head) == 1 or head[0] != "0") and (not point or bool(tail))


def _reading(old: Reading, value: Decimal, step: Decimal) -> Reading:
    half = step / 2
    return Reading(
        old.start, old.end, old.kind, value, value - half, value + half, step, old.unit, None, old.rule, old.number, old.direction
    )
