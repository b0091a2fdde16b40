"""Whether one slip of the pen explains why a list and its whole differ.

A list that its words do not close for good (民事、刑事、行政) may leave a member out. Then the gap is as large as that
member, and no single changed digit closes it. Asked only before an accusation; an agreement is never made that way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from ..interval import Interval, decimal, of, total
from ..misprints import misprints

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

# A number of fewer digits is one step away from too many others: the step would say nothing.
_DIGITS = 3
_SMALL = 1000


def one_slip(ledger: Ledger, host: Item, parts: Sequence[Item], signs: Sequence[int]) -> bool:
    """Whether one misprint in one of the figures would make the parts add up to the whole.

    A gap of less than a thousandth may be a small member that is not named: one last digit closes it by chance.
    """
    whole = Fraction(host.value)
    missing = whole - sum((Fraction(p.value) * n for p, n in zip(parts, signs, strict=True)), Fraction(0))
    if 0 < missing < whole / _SMALL:
        return False
    return any(_reaches(ledger, item, needed) for item, needed in _needed(host, parts, signs))


def _needed(host: Item, parts: Sequence[Item], signs: Sequence[int]) -> Iterator[tuple[Item, Interval]]:
    """Every figure of the list with what it would have to be, the others taken as printed."""
    spans = [of(p.reading).scaled(Fraction(s)) for p, s in zip(parts, signs, strict=True)]
    yield host, total(spans)
    for k, (part, sign) in enumerate(zip(parts, signs, strict=True)):
        rest = total(spans[:k] + spans[k + 1 :])
        yield part, (of(host.reading) + -rest).scaled(Fraction(1, sign))


def _reaches(ledger: Ledger, item: Item, needed: Interval) -> bool:
    number = ledger.text[item.reading.number[0] : item.reading.number[1]]
    if len("".join(c for c in number if c.isdigit()).strip("0")) < _DIGITS:
        return False
    low, high = (None if v is None else Decimal(decimal(v)) for v in needed)
    return any(of(m.reading).meets(needed) for m in misprints(number, item.reading, low, high))
