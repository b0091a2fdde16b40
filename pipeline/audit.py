"""What we failed to read: digits that nobody claimed, units that are none, percent for points, dates that do not exist."""

from __future__ import annotations

import calendar
import re
from bisect import bisect_right
from collections.abc import Iterator

from ..schemas.finding import Message
from ..schemas.issue import Issue, IssueCode
from ..schemas.reading import Claim, NameList, Reading
from ..schemas.transcript import View

_RUN = re.compile(r"[0-9]++(?:[.,]{1,2}[0-9]++)*+")
_ODD = re.compile(
    r"(?<=[\u4e00-\u9fff0-9.])[①-⓿❶-➓㉈-㉟㊱-㊿⁰-₉¹²³Ⅰ-ↈ]{1,20}+(?=[余多几]?[万亿]?(?:元|人|户|家|个(?!人)|吨|件|%|‰|亿|万))"
)
"""Circled, raised, lowered and Roman digits between a word and a unit: no rule reads them as a number, ① opens an item."""
_DIGIT = re.compile("[0-9]")
_TWO_POINTS = re.compile(r"[0-9]\.[0-9]++\.[0-9]|[0-9],[0-9]{1,2}(?![0-9])|,,|\.\.[0-9]")
_SCALE = re.compile(r"[余多几]?(?:[万亿千]|百(?!分))")
_RATE_NAMED = re.compile(r"(?:(?<![效功速频])率|比重|占比|份额|比例)(?:[^，。；,;、0-9()]{0,6})(?:提高|提升|上升|下降|降低|回落|高于|低于|高|低)(?:了|近|约)?$")
_RATE_COMPARED = re.compile(r"[%]，(?:同比|比|较)[^，。；,;、0-9率]{0,10}(?:提高|提升|降低|回落|高|低)(?:了|近|约)?$")
_GREW = re.compile(r"(?:^|[，。；,;、])[^，。；,;、]{0,24}增长(?:了|近|约)?$")
_OF_RATE = re.compile(r"率|比重|占比|份额|比例|增速|增幅|涨幅|降幅|百分点")
_NOT_MEANT = re.compile(r"增长率|利率|税率|费率|汇率")
_LONGEST = 40


def issues(text: str, view: View, readings: list[Reading], claims: list[Claim], lists: list[NameList]) -> list[Issue]:
    """What of the digits of ``view`` is neither read nor claimed by name, and what was read against the usage of its unit.

    A run of digits before 万 or 亿 has an ``unknown_unit``, one with two points is an ``ambiguous_figure``, any other
    is ``unread_digits``. A change of a rate in per cent, or growth in points, is a ``unit_misuse``: the printed unit
    stands. A month above 12 or a day that its month does not have is an ``invalid_date``.
    """
    found = [*_unread(view, readings, claims, lists), *_misused(view, readings), *_impossible(view, claims)]
    return [_issue(text, view, *each) for each in sorted(found)]


_MESSAGES: dict[IssueCode, tuple[str, str]] = {
    "unread_digits": ("没有读懂“{}”这几个数字。", "The digits {} were not read."),
    "unknown_unit": ("“{}”后面没有认出单位。", "No unit was recognised behind {}."),
    "ambiguous_figure": ("“{}”有不止一种读法。", "{} can be read in more than one way."),
    "unit_misuse": ("“{}”的单位与所说的变化不合:百分比与百分点相混。", "The unit of {} does not fit the change: per cent and points are mixed up."),
    "invalid_date": ("没有“{}”这个日期。", "There is no date {}."),
}


def _issue(text: str, view: View, start: int, end: int, code: IssueCode) -> Issue:
    begin, stop = view.span(start, end)
    surface = text[begin:stop]
    shown = surface if len(surface) <= _LONGEST else surface[:_LONGEST] + "…"
    zh, en = _MESSAGES[code]
    return Issue(code, begin, stop, surface, Message(zh.format(shown), en.format(shown)))


def _unread(
    view: View, readings: list[Reading], claims: list[Claim], lists: list[NameList]
) -> Iterator[tuple[int, int, IssueCode]]:
    spans = sorted([(r.start, r.end) for r in readings] + [(c.start, c.end) for c in claims] + [x.head for x in lists])
    starts: list[int] = []
    ends: list[int] = []
    for start, end in spans:
        if ends and start <= ends[-1]:
            ends[-1] = max(end, ends[-1])
        else:
            starts.append(start)
            ends.append(end)
    for m in _ODD.finditer(view.text):
        if not any(r.start < m.end() and m.start() < r.end for r in readings):
            yield m.start(), m.end(), "unread_digits"
    for m in _RUN.finditer(view.text):
        for start, end in _free(m.start(), m.end(), starts, ends):
            digits = _DIGIT.search(view.text, start, end)
            if digits is None:
                continue
            if _TWO_POINTS.search(m[0]):
                scaled = _SCALE.match(view.text, m.end())
                yield m.start(), scaled.end() if scaled else m.end(), "ambiguous_figure"
                break
            start, end = digits.start(), start + len(view.text[start:end].rstrip(".,"))
            scaled = _SCALE.match(view.text, end)
            yield start, scaled.end() if scaled else end, "unknown_unit" if scaled else "unread_digits"


def _free(start: int, end: int, starts: list[int], ends: list[int]) -> Iterator[tuple[int, int]]:
    """The parts of ``start:end`` that lie in no span; the spans are sorted and apart."""
    i = max(0, bisect_right(starts, start) - 1)
    while start < end:
        if i < len(starts) and ends[i] <= start:
            i += 1
        elif i < len(starts) and starts[i] < end:
            if start < starts[i]:
                yield start, starts[i]
            start = ends[i]
        else:
            yield start, end
            return


def _misused(view: View, readings: list[Reading]) -> Iterator[tuple[int, int, IssueCode]]:
    for reading in readings:
        before = view.text[max(0, reading.start - 30) : reading.start]
        if reading.kind == "rate" and view.text[reading.number[1] : reading.number[1] + 1] == "%":
            meant = (_RATE_NAMED.search(before) or _RATE_COMPARED.search(before)) and not _NOT_MEANT.search(before)
        elif reading.kind == "points" and reading.direction is None:
            clause = _GREW.search(before)
            meant = clause is not None and not _OF_RATE.search(before)
        else:
            continue
        if meant:
            yield reading.start, reading.end, "unit_misuse"


def _impossible(view: View, claims: list[Claim]) -> Iterator[tuple[int, int, IssueCode]]:
    for claim in claims:
        if claim.parts is not None and not _exists(*claim.parts):
            yield claim.start, claim.end, "invalid_date"


def _exists(form: str, year: int | None, first: int | None, last: int | None) -> bool:
    if form == "date" and first is not None and last is not None:
        # 2月29日 without a year may be right.
        return 1 <= first <= 12 and 1 <= last <= calendar.monthrange(year or 2000, first)[1]
    if form in ("month", "months", "days"):
        return all(1 <= month <= 12 for month in (first, last) if month is not None)
    if form == "first_months":
        return last is None or 1 <= last <= 12
    if form == "years":
        return first is None or last is None or last < 100 or first <= last
    return True
