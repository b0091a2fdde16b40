"""What printed digits may stand for: nothing is called wrong inside the interval, and one unit outside always is."""

from __future__ import annotations

import random
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heshu.pipeline import interval
from heshu.pipeline.interval import Interval
from heshu.schemas.figure import Kind
from heshu.schemas.reading import Reading

places = st.integers(0, 4)
truths = st.fractions(-10000, 10000, max_denominator=5000)
positives = st.fractions(Fraction(1, 10), 10000, max_denominator=5000)


def reading(value: Decimal, step: Decimal, kind: Kind = "rate") -> Reading:
    half = step / 2
    return Reading(0, 1, kind, value, value - half, value + half, step, "percent", None, "made", (0, 1))


def printed(truth: Fraction, digits: int) -> Reading:
    """``truth`` as an office prints it: rounded half up to so many digits behind the point."""
    step = Decimal(1).scaleb(-digits)
    rounded = interval.half_up(truth, step)
    return reading(Decimal(rounded.numerator) / Decimal(rounded.denominator), step)


def moved(shown: Reading, units: int) -> Reading:
    assert shown.value is not None
    return reading(shown.value + units * shown.step, shown.step)


@given(truths, places)
def test_the_true_value_lies_in_the_interval_of_what_is_printed(truth: Fraction, digits: int) -> None:
    span = interval.of(printed(truth, digits))
    assert span.low is not None
    assert span.high is not None
    assert span.low <= truth <= span.high


@given(truths, places)
def test_ties_go_away_from_zero(truth: Fraction, digits: int) -> None:
    step = Decimal(1).scaleb(-digits)
    rounded, cut = interval.half_up(truth, step), interval.truncate(truth, step)
    assert abs(rounded - truth) <= Fraction(step) / 2
    assert abs(cut) <= abs(truth) < abs(cut) + Fraction(step)
    assert interval.half_up(-truth, step) == -rounded
    tie = cut + (Fraction(step) / 2 if truth >= 0 else -Fraction(step) / 2)
    assert abs(interval.half_up(tie, step)) == abs(cut) + Fraction(step)


@given(truths, places)
def test_a_number_cut_off_lies_in_its_own_interval(truth: Fraction, digits: int) -> None:
    step = Decimal(1).scaleb(-digits)
    cut = interval.truncate(truth, step)
    value = Decimal(cut.numerator) / Decimal(cut.denominator)
    span = interval.cut(value, step)
    assert span.low is not None
    assert span.high is not None
    assert span.low <= truth <= span.high
    assert interval.truncates(Interval(truth, truth), value, step)
    beyond = cut + (Fraction(step) if truth >= 0 else -Fraction(step))
    assert not interval.truncates(Interval(beyond, beyond), value, step)


@given(st.lists(st.tuples(truths, places), min_size=1, max_size=6), places)
def test_a_true_sum_is_never_called_wrong(parts: list[tuple[Fraction, int]], digits: int) -> None:
    shown = [printed(t, d) for t, d in parts]
    point = sum((Fraction(s.value or 0) for s in shown), Fraction(0))
    span = interval.total(interval.of(s) for s in shown)
    claim = printed(sum((t for t, _ in parts), Fraction(0)), digits)
    assert interval.judge(point, span, claim, cuts=False) in ("agrees", "within_rounding")


@given(positives, positives, st.tuples(places, places, places))
def test_a_true_quotient_is_never_called_wrong(a: Fraction, b: Fraction, digits: tuple[int, int, int]) -> None:
    top, bottom = printed(a, digits[0]), printed(b, digits[1])
    if (bottom.low or 0) <= 0:
        with pytest.raises(ZeroDivisionError):
            interval.over(interval.of(top), interval.of(bottom))
        return
    span = interval.over(interval.of(top), interval.of(bottom)).scaled(Fraction(100))
    assert span.low is not None
    assert span.high is not None
    assert span.low <= a / b * 100 <= span.high
    point = Fraction(top.value or 0) / Fraction(bottom.value or 1) * 100
    assert span.low <= point <= span.high
    assert interval.judge(point, span, printed(a / b * 100, digits[2])) in ("agrees", "within_rounding")


@given(truths, truths, truths, truths)
def test_operations_hold_every_point(a: Fraction, b: Fraction, c: Fraction, d: Fraction) -> None:
    one, two = Interval(min(a, b), max(a, b)), Interval(min(c, d), max(c, d))
    for x in (a, b):
        assert (-one).meets(Interval(-x, -x))
        assert one.scaled(c).meets(Interval(x * c, x * c))
        for y in (c, d):
            assert (one + two).meets(Interval(x + y, x + y))
            if min(a, b, c, d) >= 0:
                assert interval.times(one, two).meets(Interval(x * y, x * y))
            if min(c, d) > 0:
                assert interval.over(one, two).meets(Interval(x / y, x / y))


def test_an_open_end_stays_open() -> None:
    above = Interval(Fraction(5), None)
    assert -above == Interval(None, Fraction(-5))
    assert above + above == Interval(Fraction(10), None)
    assert above.scaled(Fraction(-2)) == Interval(None, Fraction(-10))
    assert above.meets(Interval(Fraction(100), Fraction(101)))
    assert not above.meets(Interval(None, Fraction(4)))
    assert interval.over(above, Interval(Fraction(2), Fraction(4))) == Interval(Fraction(5, 4), None)
    assert interval.over(Interval(Fraction(2), Fraction(4)), above) == Interval(Fraction(0), Fraction(4, 5))
    with pytest.raises(ZeroDivisionError):
        interval.over(above, Interval(Fraction(0), Fraction(1)))


def test_a_range_claims_nothing() -> None:
    range_ = Reading(0, 1, "rate", None, Decimal(5), Decimal(8), Decimal(1), "percent", None, "made", (0, 1))
    with pytest.raises(ValueError, match="range"):
        interval.judge(Fraction(6), Interval(Fraction(6), Fraction(6)), range_)


@pytest.mark.parametrize(
    ("point", "low", "high", "value", "step", "cuts", "verdict"),
    [
        # 141 ÷ 164, 43 ÷ 48, an exact tie, a tie below zero, operands that were rounded, nothing of the kind.
        ("85.9756", "85.9756", "85.9756", "85.9", "0.1", True, "truncated"),
        ("85.9756", "85.9756", "85.9756", "85.9", "0.1", False, "disagrees"),
        ("85.9756", "85.9756", "85.9756", "86.0", "0.1", True, "agrees"),
        ("89.5833", "89.5833", "89.5833", "89.6", "0.1", True, "agrees"),
        ("272.25", "272.25", "272.25", "272.3", "0.1", True, "agrees"),
        ("272.25", "272.25", "272.25", "272.2", "0.1", True, "within_rounding"),
        ("-12.35", "-12.35", "-12.35", "-12.4", "0.1", True, "agrees"),
        ("-12.39", "-12.39", "-12.39", "-12.3", "0.1", True, "truncated"),
        ("30.6468", "30.5680", "30.7257", "30.7", "0.1", True, "within_rounding"),
        ("24.2081", "24.1729", "24.2434", "24.25", "0.01", True, "disagrees"),
        ("24.2081", "24.1729", "24.2434", "24.24", "0.01", True, "within_rounding"),
        # Whole things: a sum must be exact, an average is printed as a whole number.
        ("586", "586", "586", "586", "0", False, "agrees"),
        ("585", "585", "585", "586", "0", False, "disagrees"),
        ("585", "580", "590", "586", "0", False, "within_rounding"),
        ("10169.14", "10169.14", "10169.14", "10169", "0", False, "agrees"),
        ("10169.14", "10169.14", "10169.14", "10170", "0", False, "disagrees"),
        ("10169.64", "10169.64", "10169.64", "10169", "0", True, "truncated"),
    ],
)
def test_verdicts(point: str, low: str, high: str, value: str, step: str, cuts: bool, verdict: str) -> None:
    span = Interval(Fraction(low), Fraction(high))
    assert interval.judge(Fraction(point), span, reading(Decimal(value), Decimal(step)), cuts=cuts) == verdict


def test_a_bound_holds_or_does_not() -> None:
    above = Reading(0, 1, "rate", Decimal(90), Decimal(90), None, Decimal(1), "percent", "over", "made", (0, 1))
    point = Interval(Fraction("91.28"), Fraction("91.28"))
    assert interval.judge(Fraction("91.28"), point, above) == "agrees"
    assert interval.judge(Fraction("88.1"), Interval(Fraction(88), Fraction("88.2")), above) == "disagrees"
    assert interval.judge(Fraction("89.9"), Interval(Fraction(89), Fraction(91)), above) == "within_rounding"


@pytest.mark.parametrize(
    ("value", "step", "text"),
    [("85.9756", "0.1", "86.0"), ("85.95", "0.1", "86.0"), ("-0.05", "0.1", "-0.1"), ("7", "1", "7"), ("12345.6", "100", "12300")],
)
def test_a_value_as_it_would_be_printed(value: str, step: str, text: str) -> None:
    assert interval.rounded(Fraction(value), Decimal(step)) == text


@given(truths)
def test_decimals_are_cut_not_rounded(truth: Fraction) -> None:
    text = interval.decimal(truth, 4)
    assert abs(Fraction(text)) <= abs(truth) < abs(Fraction(text)) + Fraction(1, 10000)
    assert "." not in text or not text.endswith("0")


class Case(NamedTuple):
    """A claim at the very edge of what the operands allow, and the same one unit further out."""

    point: Fraction
    span: Interval
    inside: Reading
    outside: Reading


def _edge(rng: random.Random) -> Case:
    """Sums, differences, quotients and chains of three at the last printed value that is still possible, up or down."""
    form = rng.choice(("sum", "difference", "ratio", "chain"))
    shown = [_operand(rng, form) for _ in range(3 if form == "chain" else rng.randint(2, 4) if form == "sum" else 2)]
    values = [Fraction(s.value or 0) for s in shown]
    spans = [interval.of(s) for s in shown]
    if form == "sum":
        point, span = sum(values, Fraction(0)), interval.total(spans)
    elif form == "difference":
        point, span = values[0] - values[1], spans[0] + -spans[1]
    elif form == "ratio":
        point, span = values[0] / values[1] * 100, interval.over(spans[0], spans[1]).scaled(Fraction(100))
    else:
        # A chain of three: two parts together over their whole.
        point = (values[0] + values[1]) / values[2] * 100
        span = interval.over(spans[0] + spans[1], spans[2]).scaled(Fraction(100))
    assert span.low is not None
    assert span.high is not None
    step = Decimal(1).scaleb(-rng.randint(0, 3))
    unit = Fraction(step)
    if rng.random() < 0.5:
        # The largest printed value whose interval still touches the span.
        k = (span.high + unit / 2) // unit
        edge, direction = k * unit, 1
    else:
        k = -((-(span.low - unit / 2)) // unit)
        edge, direction = k * unit, -1
    inside = reading(Decimal(edge.numerator) / Decimal(edge.denominator), step)
    return Case(point, span, inside, moved(inside, direction))


def _operand(rng: random.Random, form: str) -> Reading:
    digits = rng.randint(0, 3)
    whole = rng.randint(10**digits, 10 ** (digits + 4))
    if form in ("sum", "difference") and rng.random() < 0.3:
        whole = -whole
    # Half of the operands end in 5: values at half a unit.
    whole = whole - whole % 10 + 5 if rng.random() < 0.5 else whole
    exact = digits == 0 and rng.random() < 0.5
    return reading(Decimal(whole).scaleb(-digits), Decimal(0) if exact else Decimal(1).scaleb(-digits))


def _wrong(number: int, seed: int) -> list[Case]:
    rng = random.Random(seed)
    wrong = []
    for _ in range(number):
        case = _edge(rng)
        holds = interval.judge(case.point, case.span, case.inside, cuts=False)
        fails = interval.judge(case.point, case.span, case.outside, cuts=False)
        if holds not in ("agrees", "within_rounding") or fails != "disagrees":
            wrong.append(case)
    return wrong


def test_rounding_edges() -> None:
    assert _wrong(5_000, 8) == []


@pytest.mark.slow
def test_rounding_edges_at_length() -> None:
    assert _wrong(100_000, 9) == []
