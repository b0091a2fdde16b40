"""What printed numbers may stand for, and the arithmetic on it (arithmetic.md, sections 1 and 2).

Exact rationals throughout; an open end is None.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import NamedTuple

from ..schemas.finding import Verdict
from ..schemas.reading import Reading


class Interval(NamedTuple):
    """Closed at both ends; None where it has no end."""

    low: Fraction | None
    high: Fraction | None

    def __neg__(self) -> Interval:
        return Interval(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def __add__(self, other: object) -> Interval:
        if not isinstance(other, Interval):
            return NotImplemented
        return Interval(_plus(self.low, other.low), _plus(self.high, other.high))

    def scaled(self, factor: Fraction) -> Interval:
        """Times a number."""
        ends = (None if self.low is None else self.low * factor, None if self.high is None else self.high * factor)
        return Interval(*ends) if factor >= 0 else Interval(ends[1], ends[0])

    def meets(self, other: Interval) -> bool:
        """Whether the two have a point in common."""
        below = self.high is not None and other.low is not None and self.high < other.low
        above = self.low is not None and other.high is not None and self.low > other.high
        return not (below or above)


def _plus(a: Fraction | None, b: Fraction | None) -> Fraction | None:
    return None if a is None or b is None else a + b


def times(a: Interval, b: Interval) -> Interval:
    """The product of two intervals that do not go below zero."""
    low = Fraction(0) if a.low is None or b.low is None else a.low * b.low
    return Interval(low, None if a.high is None or b.high is None else a.high * b.high)


def over(a: Interval, b: Interval) -> Interval:
    """The quotient; ``b`` must be positive. Raises ZeroDivisionError where it may be zero."""
    if b.low is None or b.low <= 0:
        raise ZeroDivisionError("the denominator may be zero")
    candidates_low = [] if a.low is None else [a.low / b.low, *([a.low / b.high] if b.high is not None else [Fraction(0)])]
    candidates_high = [] if a.high is None else [a.high / b.low, *([a.high / b.high] if b.high is not None else [Fraction(0)])]
    return Interval(min(candidates_low) if candidates_low else None, max(candidates_high) if candidates_high else None)


def of(reading: Reading) -> Interval:
    """The interval of a reading as its printed digits have it."""
    low = None if reading.low is None else Fraction(reading.low)
    high = None if reading.high is None else Fraction(reading.high)
    return Interval(low, high)


def cut(value: Decimal, step: Decimal) -> Interval:
    """What a number may be whose further digits were cut off."""
    v, s = Fraction(value), Fraction(step)
    if v > 0:
        return Interval(v, v + s)
    return Interval(v - s, v) if v < 0 else Interval(-s, s)


def half_up(value: Fraction, step: Decimal) -> Fraction:
    """``value`` rounded half up (away from zero) to a multiple of ``step``."""
    n, d = step.as_integer_ratio()
    of_steps, size = abs(value.numerator) * d, value.denominator * n
    whole = (2 * of_steps + size) // (2 * size)
    return Fraction((whole if value >= 0 else -whole) * n, d)


def truncate(value: Fraction, step: Decimal) -> Fraction:
    """``value`` cut off toward zero at a multiple of ``step``."""
    unit = Fraction(step)
    whole = abs(value) // unit
    return (whole if value >= 0 else -whole) * unit


def judge(point: Fraction, span: Interval, claim: Reading, *, cuts: bool = True) -> Verdict:
    """The verdict on a claim: recomputed from the printed operands it is ``point``, and it may lie anywhere in ``span``.

    ``cuts`` allows a result that was cut off instead of rounded. Raises ValueError for a claim without a value.
    """
    if claim.value is None:
        raise ValueError("a range claims no single value")
    stated, step = Fraction(claim.value), claim.step
    if claim.bound is not None:
        return "agrees" if of(claim).meets(Interval(point, point)) else "within_rounding" if of(claim).meets(span) else "disagrees"
    near = of(claim)
    if step == 0:
        if point == stated:
            return "agrees"
        if point.denominator == 1:
            return "within_rounding" if span.meets(Interval(stated, stated)) else "disagrees"
        # An average of whole things is printed as a whole number: 71184 ÷ 7 = 10169.1 → 10169.
        step, half = Decimal(1), Fraction(1, 2)
        near = Interval(stated - half, stated + half)
    if half_up(point, step) == stated:
        return "agrees"
    if span.meets(near):
        return "within_rounding"
    if cuts and truncates(span, claim.value, step):
        return "truncated"
    return "disagrees"


def truncates(span: Interval, value: Decimal, step: Decimal) -> bool:
    """Whether a result in ``span`` could have been cut off to ``value``; the far end of a cut-off interval is open."""
    range_ = cut(value, step)
    if not span.meets(range_):
        return False
    beyond = value >= 0 and span.low == range_.high
    return not beyond and not (value <= 0 and span.high == range_.low)


def total(intervals: Iterable[Interval]) -> Interval:
    """The sum of intervals."""
    result = Interval(Fraction(0), Fraction(0))
    for interval in intervals:
        result = result + interval
    return result


def decimal(value: Fraction, places: int = 12) -> str:
    """``value`` as a plain decimal, cut off after ``places`` digits when it does not end before."""
    if value.denominator == 1:
        return str(value.numerator)
    whole, rest = divmod(abs(value.numerator), value.denominator)
    digits = str(rest * 10**places // value.denominator).rjust(places, "0").rstrip("0")
    sign = "-" if value < 0 else ""
    return f"{sign}{whole}.{digits}" if digits else f"{sign}{whole}"


def rounded(value: Fraction, step: Decimal) -> str:
    """``value`` rounded half up as it would be printed with ``step`` as its last place."""
    exponent = step.as_tuple().exponent
    places = max(0, -exponent) if isinstance(exponent, int) else 0
    near = half_up(value, step)
    number = Decimal(near.numerator) / Decimal(near.denominator)
    return format(number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP), "f")
