"""Parts of one whole that stand in several releases: together they are the whole, as levels or as per cent.

``wholes.tsv`` has the wholes that are known to be divided without rest; names are those of ``names.tsv``. What one document
holds alone is for its own report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple, TypeAlias

from ...schemas.document import Span
from ...schemas.finding import Reason
from ...schemas.series import Indicator, SeriesFinding, SeriesVerdict, Value
from ..interval import Interval, total
from .compare import interval, told, weighed

Periods: TypeAlias = "Mapping[Span, Sequence[Value]]"
Family: TypeAlias = "Mapping[Indicator, Periods]"

_SHARE = re.compile(r"(.+?)(?:增加值)?占(?:的?比[重例]?)?")
_HUNDRED = Fraction(100)
_VINTAGE = 120
"""Days between releases within which nobody has revised anything without saying so."""


class Division(NamedTuple):
    """A whole and its parts: metric and name of each for levels, names alone for shares of a hundred."""

    shares: bool
    whole: tuple[str, str]
    parts: tuple[tuple[str, str], ...]


@cache
def divisions() -> tuple[Division, ...]:
    """The rows of ``wholes.tsv``."""
    _, *lines = Path(__file__).with_name("wholes.tsv").read_text("utf-8").splitlines()
    return tuple(_division(*line.split("\t")) for line in lines)


def _division(unit: str, whole: str, parts: str) -> Division:
    named = [(metric, name) for metric, _, name in (part.rpartition(" ") for part in (whole, *parts.split("|")))]
    return Division(unit == "share", named[0], tuple(named[1:]))


def wholes(family: Family) -> Iterator[SeriesFinding]:
    """Every known whole of a place and set against its parts."""
    for division in divisions():
        for indicators in (_shares if division.shares else _levels)(family, division):
            for period in sorted(set(family[indicators[0]]).intersection(*(family[one] for one in indicators[1:])), key=lambda p: (p.end, p.start)):
                values = [family[one][period] for one in indicators]
                if all(values):
                    yield from _held(indicators, period, values, shares=division.shares)


def _levels(family: Family, division: Division) -> Iterator[tuple[Indicator, ...]]:
    """The whole, then its parts, in one unit."""
    wanted = (division.whole, *division.parts)
    found = {(i.metric, i.name, i.unit): i for i in family if i.change is None and i.qualifier is None and (i.metric, i.name) in wanted}
    for unit in sorted({i.unit for i in found.values()} - {"percent"}):
        if all((*one, unit) in found for one in wanted):
            yield tuple(found[(*one, unit)] for one in wanted)


def _shares(family: Family, division: Division) -> Iterator[tuple[Indicator, ...]]:
    """The parts of a hundred: 第三产业增加值占地区生产总值的比重 is per cent of the whole, with the part before it."""
    found: dict[str, Indicator] = {}
    for i in family:
        share = _SHARE.fullmatch(i.qualifier or "")
        if share and i.unit == "percent" and i.change is None and (i.metric, i.name) == division.whole:
            found[share[1]] = i
    if all(name in found for _, name in division.parts):
        yield tuple(found[name] for _, name in division.parts)


def _held(indicators: Sequence[Indicator], period: Span, values: Sequence[Sequence[Value]], *, shares: bool) -> Iterator[SeriesFinding]:
    documents = [{value.document for value in several} for several in values]
    if set.intersection(*documents):
        return
    latest = [several[-1] for several in values]
    if shares:
        # The last part printed is what the others leave of a hundred.
        at = max(range(len(latest)), key=lambda n: (latest[n].date or "", n))
        claim, operands = latest[at], (*latest[:at], *latest[at + 1 :])
        indicator = indicators[at]
        rest = total(interval(value) for value in operands)
        span = Interval(_HUNDRED, _HUNDRED) + -rest
        point = _HUNDRED - sum(Fraction(value.value or 0) for value in operands)
        expression = " − ".join(("100%", *(value.surface for value in operands)))
    else:
        (claim, *parts), indicator = latest, indicators[0]
        operands, span = tuple(parts), total(interval(value) for value in parts)
        point = sum((Fraction(value.value or 0) for value in parts), Fraction(0))
        expression = " + ".join(value.surface for value in parts)
    verdict, reason = weighed(point, span, claim)
    if verdict == "disagrees":
        verdict, reason = _sure(values)
    rule = "shares of one whole in several releases" if shares else "parts of one whole in several releases"
    yield told("shares", verdict, reason, indicator, period, claim, operands, expression, point, span, rule)


def _sure(values: Sequence[Sequence[Value]]) -> tuple[SeriesVerdict, Reason | None]:
    """A contradiction only where each was printed in one way, without reservation, and all at about the same time."""
    every = [value for several in values for value in several]
    days = [date.fromisoformat(value.date) for value in every if value.date]
    if any(value.marks for value in every) or len(days) < len(every) or (max(days) - min(days)).days > _VINTAGE:
        return "cannot_tell", "other_basis"
    if any(value.bound for value in every):
        return "cannot_tell", "hedged"
    if not all(interval(a).meets(interval(b)) for several in values for a, b in pairwise(several)):
        return "cannot_tell", "ambiguous"
    return "disagrees", None
