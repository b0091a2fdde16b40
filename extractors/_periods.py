"""Claims of dates and periods: their parts, and the year that stands before a month, a quarter or a half."""

from __future__ import annotations

import re
from collections.abc import Callable

from ..schemas.reading import Claim
from ._numerals import small
from ._rule import led

_SAID_YEAR = re.compile(r"(?<![0-9.])((?:19|20)[0-9]{2})年(?:全年)?$")
_PLAN_FIRST = {"一": 1953, "二": 1958, "三": 1966, "四": 1971, "五": 1976, "六": 1981, "七": 1986, "八": 1991, "九": 1996, "十": 2001}
_TENS = {"": 2001, "一": 2006, "二": 2011, "三": 2016, "四": 2021, "五": 2026, "六": 2031}
Build = Callable[[re.Match[str], str], Claim]


def _int(m: re.Match[str], group: str) -> int | None:
    value = m[group] if group in m.re.groupindex else None
    return small(value) if value else None


def claim(form: str, *before: str) -> Build:
    """A builder that takes the year which stands before a month, a quarter or a half into the claim."""

    def build(m: re.Match[str], rule: str) -> Claim:
        start, year = led(m.string, m.start(), *before), _int(m, "y")
        said = _SAID_YEAR.search(m.string, max(0, start - 7), start) if year is None and form in _IN_A_YEAR else None
        if said is not None:
            start, year = said.start(), int(said[1])
        return Claim(start, m.end(), "period", rule, (form, year, _int(m, "a"), _int(m, "b")))

    return build


_IN_A_YEAR = frozenset("days months first_months month first_quarters quarters quarter half1 half2".split())


def date(m: re.Match[str], rule: str) -> Claim:
    """A day of the calendar: groups y, m and d."""
    return Claim(m.start(), m.end(), "period", rule, ("date", _int(m, "y"), _int(m, "m") or _int(m, "m2"), _int(m, "d") or _int(m, "d2")))


def short_year(m: re.Match[str], rule: str) -> Claim:
    """09年 is 2009."""
    return Claim(m.start(), m.end(), "period", rule, ("year", 2000 + int(m["y2"]), None, None))


def plan(m: re.Match[str], rule: str) -> Claim:
    """十三五 is 2016 to 2020, 十三五末 is 2020."""
    first = _TENS[m["tens"] or ""] if m["one"] == "十" else _PLAN_FIRST[m["one"]]
    years = ("years", None, first + 4 if m["end"] else first, first + 4)
    return Claim(led(m.string, m.start(), "“", '"', "「"), m.end(), "period", rule, years)
