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
_BESIDE = {"": ("万", "亿"), "万": ("", "万亿", "亿"), "亿": ("", "万亿", "万"), "万亿": ("万", "亿")}
RANKS = ("last place", "digits swapped", "point moved", "multiplier", "digit changed", "digit lost or doubled")
_LAST, _SWAPPED, _POINT, _MULTIPLIER, _CHANGED, _LOST = range(6)
SCALE = (_POINT, _MULTIPLIER)


class Misprint(NamedTuple):
    """``number`` would be printed instead, ``reading`` is what it would say; ``rank`` indexes RANKS, what says most first."""

    number: str
    reading: Reading
    rank: int


def misprints(number: str, reading: Reading) -> Iterator[Misprint]:
    """All numbers one step away from the plain Arabic ``number`` of ``reading``; nothing for other numerals and bounds."""
    m = _PLAIN.fullmatch(number)
    if m is None or reading.value is None or reading.bound is not None:
        return
    digits, word = m["digits"].replace(",", ""), m["word"] or ""
    whole = Decimal(digits)
    if not whole:
        return
    unit = abs(reading.value) / whole / _SIZES[word]
    seen = {digits}
    for rank, other in _steps(digits):
        if other not in seen and _printable(other):
            seen.add(other)
            yield _read(m["sign"], other, word, unit, reading, rank)
    # In a list the multiplier may stand at the last member only: then it is not this number that lost it.
    if word or (unit == 1 and reading.kind in ("count", "money", "quantity")):
        for other in _BESIDE[word]:
            yield _read(m["sign"], digits, other, unit, reading, _MULTIPLIER)


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


def _read(sign: str, digits: str, word: str, unit: Decimal, reading: Reading, rank: int) -> Misprint:
    size = unit * _SIZES[word]
    value = Decimal(digits) * size
    places = len(digits.partition(".")[2])
    exact = reading.kind == "count" and not word and not places and reading.step == 0
    step = Decimal(0) if exact else Decimal(1).scaleb(-places) * size
    if sign:
        value = -value
    made = Reading(
        reading.start, reading.end, reading.kind, value, value - step / 2, value + step / 2, step, reading.unit, None, reading.rule,
        reading.number, reading.direction,
    )
    return Misprint(sign + digits + word, made, rank)
