"""A finding as an equation again: its expression read back, judged with other digits, solved for one of its figures.

Every expression is above ÷ below with both linear in each figure, so claim × below − factor × above is linear in each
figure too: two evaluations solve it for any one of them. The bounds lie in corners, because it is monotone in each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from ..schemas.finding import Finding, Verdict
from ..schemas.reading import Reading
from .expressions import Node, parsed
from .interval import Interval, decimal, judge, of

if TYPE_CHECKING:
    from .relate.ledger import Ledger

Pair = tuple[Fraction, Fraction]
_FACTORS = tuple(Fraction(n, d) for n, d in ((1, 1), (100, 1), (-1, 1), (-100, 1), (1, 100), (-1, 100)))
MOST_OPERANDS = 60


class Equation(NamedTuple):
    """``factor`` × ``tree`` is the claim; ``signs`` turn operands whose minus is a word (下降); a bound has no tree.

    A finding whose expression is not plain arithmetic (a root) has none either: only its claim can be judged anew, with
    what was computed; ``touched`` tells that an operand of it was replaced.
    """

    finding: Finding
    readings: tuple[Reading, ...]
    claim: Reading | None
    tree: Node | None
    factor: Fraction
    signs: tuple[int, ...]
    touched: bool = False

    @property
    def figures(self) -> tuple[str, ...]:
        """Ids of the operands and, where there is one, of the claim at the end."""
        return (*self.finding.operands, *((self.finding.claim,) if self.finding.claim else ()))

    @property
    def is_bound(self) -> bool:
        """Whether it says no more than that the operand is not larger than the claim."""
        return self.finding.identity == "bound"

    @property
    def hedged(self) -> bool:
        """Whether a figure is only a bound."""
        return any(r.bound is not None for r in (*self.readings, *((self.claim,) if self.claim else ())))


def equation(ledger: Ledger, finding: Finding, places: Mapping[str, int]) -> Equation | None:
    """The equation of a finding; ``places`` gives the item of a figure id. None where it has no arithmetic to redo."""
    numbers = [places.get(id_) for id_ in finding.operands]
    claim_at = places.get(finding.claim) if finding.claim else None
    if finding.computed is None or not numbers or None in numbers or len(numbers) > MOST_OPERANDS:
        return None
    if finding.claim is not None and claim_at is None:
        return None
    items = [ledger.items[n] for n in numbers if n is not None]
    claim = None if claim_at is None else ledger.items[claim_at].reading
    readings = tuple(i.reading for i in items)
    if any(r.value is None for r in readings) or (claim is not None and claim.value is None):
        return None
    if finding.identity == "bound":
        return Equation(finding, readings, claim, None, Fraction(1), (1,) * len(items)) if claim and len(items) == 1 else None
    surfaces = ["".join(ledger.text[i.start : i.end].split()) for i in items]
    tree = parsed(finding.expression, surfaces)
    closed = Equation(finding, readings, claim, None, Fraction(1), (1,) * len(items))
    return (_fitted(finding, readings, claim, tree) if tree is not None else None) or closed


def _fitted(finding: Finding, readings: tuple[Reading, ...], claim: Reading | None, tree: Node) -> Equation | None:
    """The factor and the signs with which the expression gives what the finding says was computed."""
    plain = tuple(1 for _ in readings)
    turned = list(product((1, -1), repeat=len(readings))) if finding.identity == "points" and len(readings) <= 2 else [plain]
    for signs in turned:
        found = Equation(finding, readings, claim, tree, Fraction(1), signs)
        above, below = _pair(tree, _values(found))
        if not below:
            return None
        for factor in _factors(finding, above / below):
            if decimal(above / below * factor) == finding.computed:
                return found._replace(factor=factor if above else _usual(readings, claim))
    return None


def _factors(finding: Finding, made: Fraction) -> tuple[Fraction, ...]:
    """Per cent, a fall told as a positive number, and for products what one unit is in the other."""
    if finding.identity != "product" or not made or finding.computed is None:
        return _FACTORS
    return (*_FACTORS, (Fraction(finding.computed) / made).limit_denominator(3000))


def _usual(readings: Sequence[Reading], claim: Reading | None) -> Fraction:
    """What a quotient is multiplied by where zero does not tell."""
    rate = claim is not None and claim.kind == "rate" and all(r.kind != "rate" for r in readings)
    return Fraction(100 if rate else 1)


def _pair(node: Node, values: Sequence[Fraction]) -> Pair:
    """Above and below of a tree at some values."""
    if isinstance(node, Fraction):
        return node, Fraction(1)
    if isinstance(node, int):
        return values[node], Fraction(1)
    sign, left, right = node
    (a, b), (c, d) = _pair(left, values), _pair(right, values)
    if sign == "×":
        return a * c, b * d
    if sign == "÷":
        return a * d, b * c
    c = c if sign == "+" else -c
    return (a + c, b) if b == d else (a * d + c * b, b * d)


def _values(eq: Equation) -> list[Fraction]:
    return [Fraction(r.value or 0) * s for r, s in zip(eq.readings, eq.signs, strict=True)]


def _bounds(eq: Equation) -> list[tuple[Fraction, Fraction]]:
    """What each operand may be, smallest first; an open end counts as printed."""
    found = []
    for reading, sign, value in zip(eq.readings, eq.signs, _values(eq), strict=True):
        low = value if reading.low is None else Fraction(reading.low) * sign
        high = value if reading.high is None else Fraction(reading.high) * sign
        found.append((min(low, high), max(low, high)))
    return found


def recomputed(eq: Equation) -> tuple[Fraction, Interval] | None:
    """The claim as the operands give it, and what it may be; None where something is divided by zero."""
    tree = eq.tree
    if tree is None:
        return _as_found(eq)

    def at(values: list[Fraction]) -> Fraction:
        above, below = _pair(tree, values)
        return above / below * eq.factor

    values, bounds = _values(eq), _bounds(eq)
    try:
        point = at(values)
        low, high = list(values), list(values)
        for n, (a, b) in enumerate(bounds):
            if a == b:
                continue
            rises = at([*values[:n], b, *values[n + 1 :]]) >= at([*values[:n], a, *values[n + 1 :]])
            low[n], high[n] = (a, b) if rises else (b, a)
        ends = at(low), at(high)
    except ZeroDivisionError:
        return None
    return point, Interval(min(ends), max(ends))


def _as_found(eq: Equation) -> tuple[Fraction, Interval] | None:
    found = eq.finding
    if eq.touched or found.computed is None or found.computed_low is None or found.computed_high is None:
        return None
    return Fraction(found.computed), Interval(Fraction(found.computed_low), Fraction(found.computed_high))


def verdict(eq: Equation) -> Verdict | None:
    """The verdict on the equation as it stands, by the rules of the interval; None where it cannot be judged."""
    if eq.is_bound and eq.claim is not None:
        low, high = eq.readings[0].low, eq.claim.high
        return "disagrees" if low is not None and high is not None and low > high else "agrees"
    if eq.touched and eq.tree is None:
        return "disagrees"
    made = recomputed(eq)
    if made is None or eq.hedged:
        return None
    point, span = made
    if eq.claim is None:
        hundred = Fraction(100)
        return "agrees" if point == hundred else "within_rounding" if span.meets(Interval(hundred, hundred)) else "disagrees"
    return judge(point, span, eq.claim, cuts=eq.finding.identity in ("ratio", "growth"))


def replaced(eq: Equation, figure: str, reading: Reading) -> Equation:
    """The same equation with another reading of one of its figures."""
    readings = tuple(reading if id_ == figure else r for id_, r in zip(eq.finding.operands, eq.readings, strict=True))
    claim = reading if eq.finding.claim == figure else eq.claim
    return eq._replace(readings=readings, claim=claim, touched=eq.touched or figure in eq.finding.operands)


def admitted(eq: Equation, figure: str) -> Interval | None:
    """What the true value of one figure may be for the equation to hold; None where nothing can be said."""
    if eq.is_bound:
        if figure == eq.finding.claim:
            low = eq.readings[0].low
            return Interval(None if low is None else Fraction(low), None)
        high = eq.claim.high if eq.claim is not None else None
        return Interval(None, None if high is None else Fraction(high))
    if figure == eq.finding.claim:
        made = recomputed(eq)
        return None if made is None else made[1]
    if eq.tree is None:
        return None
    places = [n for n, id_ in enumerate(eq.finding.operands) if id_ == figure]
    return _solved(eq, eq.tree, places[0]) if len(places) == 1 and eq.signs[places[0]] == 1 else None


def _solved(eq: Equation, tree: Node, place: int) -> Interval | None:
    """claim × below − factor × above = 0 solved for one operand, the others in the corners where it is least and largest."""
    claim = of(eq.claim) if eq.claim is not None else Interval(Fraction(100), Fraction(100))
    if claim.low is None or claim.high is None:
        return None
    stated = Fraction(eq.claim.value or 0) if eq.claim is not None else Fraction(100)
    values = [*_values(eq), stated]
    bounds = [*_bounds(eq), (claim.low, claim.high)]

    def rest(at: list[Fraction]) -> Fraction:
        above, below = _pair(tree, at)
        return at[-1] * below - eq.factor * above

    def root(at: list[Fraction]) -> Fraction:
        at_zero = rest([*at[:place], Fraction(0), *at[place + 1 :]])
        return -at_zero / (rest([*at[:place], Fraction(1), *at[place + 1 :]]) - at_zero)

    try:
        low, high = list(values), list(values)
        for n, (a, b) in enumerate(bounds):
            if n == place or a == b:
                continue
            rises = root([*values[:n], b, *values[n + 1 :]]) >= root([*values[:n], a, *values[n + 1 :]])
            low[n], high[n] = (a, b) if rises else (b, a)
        ends = root(low), root(high)
    except ZeroDivisionError:
        return None
    return Interval(min(ends), max(ends))

