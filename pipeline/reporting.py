"""Which time the figures of a document report on, and the words that say so."""

from __future__ import annotations

import datetime
import re
from typing import TypeAlias

from ..schemas.document import Span
from ..schemas.transcript import Told
from .dates import days, plain, with_han_dates

_Found: TypeAlias = tuple[Span, str]
"""A span and the words that tell it."""

_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PLANS = {"十一五": 2006, "十二五": 2011, "十三五": 2016, "十四五": 2021, "十五五": 2026}
_YEAR = r"(?:(?<!\d)(?P<year>(?:19|20)\d\d)\s?年\s?)"
_PART = (
    r"(?:(?P<from>\d{1,2})\s?月?\s?(?:[-—–－~～至到]|——)\s?(?P<to>\d{1,2})\s?月(?!\s?\d{1,2}\s?日)"
    r"|(?P<half>[上下])半年|前(?P<quarters>[二两三123])个?季度|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<month>\d{1,2})月份)"
)
_YEAR_PART = re.compile(_YEAR + r"(?:度|的)?\s?" + _PART)
_PART_ONLY = re.compile(r"(?<![\d年])" + _PART)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?年?\s?[-—–－~～至到]\s?((?:19|20)\d\d)\s?年")
_WHOLE = re.compile(
    r"(?<![\d至到—–~～-])((?:19|20)\d\d)\s?年(?!\s?\d{1,2}(?:\s?月|\s?[-—–－~～至到]\s?\d)|代|前|以来|底|初|末)"
)
_PLAN = re.compile(r"[“\"]?(十[一二三四五]五)[”\"]?(?:时期|期间|规划)?")


def period(title: str, head: str, known: str | None) -> Told | None:
    """The time that the figures report on, from the title, then from the first paragraphs.

    ``known`` is the day of the event or of publication: no period ends long after it, and a part of a year without
    the year is the last such part before it. None where nothing tells.
    """
    title, head = with_han_dates(plain(title)), with_han_dates(plain(head))
    if "政府工作报告" in title and (found := _work_report(title, known)):
        return _told("work_report", *found)
    for pick in (_year_and_part, _several_years, _whole_year, _part_of_known_year):
        if found := pick(title, known):
            return _told("title", *found)
    for pick in (_year_and_part, _part_of_known_year, _most_named_year):
        found = pick(head, known)
        if found and (known is None or int(known[:4]) - int(found[0].end[:4]) <= 1):
            return _told("opening", *found)
    found = _plan(title, known)
    return _told("plan", *found) if found else None


def _told(why: str, span: Span, words: str) -> Told:
    """As the record of a reason."""
    return Told("reporting", why, f"{span.start}/{span.end}", words)


def _work_report(title: str, known: str | None) -> _Found | None:
    """A work report of 2025 reviews 2024."""
    match = re.search(r"((?:19|20)\d\d)\s?年?", title)
    year = int(match.group(1)) if match else int(known[:4]) if known else None
    return (Span(f"{year - 1}-01-01", f"{year - 1}-12-31"), match.group() if match else known or "") if year else None


def _year_and_part(text: str, known: str | None) -> _Found | None:
    """2020年1-12月, 2023年前三季度."""
    for match in _YEAR_PART.finditer(text):
        span = _part(int(match["year"]), match)
        if span and _past(span, known):
            return span, match.group()
    return None


def _part_of_known_year(text: str, known: str | None) -> _Found | None:
    """1-9月 in a text of October 2023 is that of 2023; 1-12月 in one of January is that of the year before."""
    if known is None:
        return None
    for match in _PART_ONLY.finditer(text):
        for year in (int(known[:4]), int(known[:4]) - 1):
            span = _part(year, match)
            turned = year == int(known[:4]) or (span is not None and span.end[5:7] >= "10" and known[5:7] <= "04")
            if span and span.end <= known and turned:
                return span, match.group()
    return None


def _several_years(text: str, known: str | None) -> _Found | None:
    """2016-2020年."""
    for match in _YEARS.finditer(text):
        span = Span(f"{match[1]}-01-01", f"{match[2]}-12-31")
        if span.start < span.end and _past(span, known):
            return span, match.group()
    return None


def _whole_year(text: str, known: str | None) -> _Found | None:
    """2020年."""
    for match in _WHOLE.finditer(text):
        span = Span(f"{match[1]}-01-01", f"{match[1]}-12-31")
        if _past(span, known):
            return span, match.group()
    return None


def _most_named_year(text: str, known: str | None) -> _Found | None:
    """The past year that the first paragraphs name most often, at least twice."""
    counts: dict[str, int] = {}
    for match in _WHOLE.finditer(text):
        if known is None or _past(Span(f"{match[1]}-01-01", f"{match[1]}-12-31"), known):
            counts[match[1]] = counts.get(match[1], 0) + 1
    best = max(counts, key=lambda year: (counts[year], year), default=None)
    if best is None or counts[best] < 2 or int(max(counts)) > int(best) + 1:
        return None
    return Span(f"{best}-01-01", f"{best}-12-31"), f"{best}年"


def _plan(text: str, known: str | None) -> _Found | None:
    """A five-year plan that is over."""
    for match in _PLAN.finditer(text):
        first = _PLANS.get(match[1])
        if first and known and str(first + 4) < known[:4]:
            return Span(f"{first}-01-01", f"{first + 4}-12-31"), match.group()
    return None


def _part(year: int, match: re.Match[str]) -> Span | None:
    """The months that the words stand for."""
    if match["from"]:
        first, last = int(match["from"]), int(match["to"])
    elif match["half"]:
        first, last = (1, 6) if match["half"] == "上" else (7, 12)
    elif match["quarters"]:
        first, last = 1, 9 if match["quarters"] in "三3" else 6
    elif match["quarter"]:
        last = 3 * _QUARTERS[match["quarter"]]
        first = last - 2
    else:
        first = last = int(match["month"])
    if not 1 <= first <= last <= 12:
        return None
    end = datetime.date(year + last // 12, last % 12 + 1, 1) - datetime.timedelta(days=1)
    return Span(f"{year}-{first:02d}-01", end.isoformat())


def _past(span: Span, known: str | None) -> bool:
    """Over by the known day, or within the last two months of it, as a year in December is."""
    return known is None or span.end <= known or days(span.end, known) <= 61
