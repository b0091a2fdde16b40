"""How long the stretch is that an average is taken over: in days, months or years, from what the text says of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import isleap
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from ...schemas.reading import Claim
from .items import Item
from .ledger import Ledger
from .numerals import number, said_years


class Length(NamedTuple):
    """The number of days, months or years; ``too`` the other number it may be; ``item`` where it is printed as a figure.

    ``near`` says that the sentence itself tells it.
    """

    number: Fraction
    too: Fraction | None = None
    item: Item | None = None
    near: bool = True


_UNITS = {"日": ("日", "天", "工作日"), "月": ("月", "个月"), "年": ("年",), "周": ("周",), "时": ("小时",)}
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# 7月8日-7月14日, 2月5日至11日
_RANGE = re.compile(r"(?P<m>\d{1,2})月(?P<d>\d{1,2})日(?:\d{1,2}时)?[-—－~至到]+(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日")
TAKEN = re.compile(r"^口?(?:计算?|算|折算|统计|测算|来算)")
_SOME_MONTHS = re.compile(r"(?:(?P<m>\d{1,2}|[一二三四五六七八九十]{1,2})[、至到\-—~和](?P<m2>\d{1,2}|[一二三四五六七八九十]{1,2}))(?:两|二|三|四|五|六)?个?月")
_DAYS = re.compile(r"(?:(?:前|这|头)(?P<a>\d{1,3}|[一二两三四五六七八九十]{1,3})|(?P<b>\d{1,3}))天(?(b)(?:以来|来|里|内|间|时间))")
_COUNTED_MONTHS = re.compile(r"[后前近这](?P<n>\d{1,2}|[两三四五六七八九十]{1,2})个月")
_WHOLE_YEAR = re.compile(r"全年|去年|上年|一年")
# How long they last is not said.
_SEASON = re.compile(r"春运|暑运|假期|黄金周|长假|汛期|旺季|假日")
_DATED = ("date", "days", "day")


def length(ledger: Ledger, claim: Item, base: Item, sort: str) -> Length | None:
    """The length of the time that ``base`` is a total of, in ``sort``: 日, 月, 年, 周."""
    between = [x for x in ledger.items[claim.n + 1 : base.n] if x.reading.kind == "duration" and x.reading.unit in _UNITS[sort] and x.reading.value is not None]
    printed = next(iter(between), None) or taken(ledger, claim, sort) or _printed(ledger, claim, sort)
    if printed is not None:
        item_ = printed if ledger.text[printed.start].isdigit() else None
        return Length(Fraction(printed.value), item=item_)
    if sort == "日":
        return _days(ledger, claim, base)
    if sort == "月":
        m = _COUNTED_MONTHS.search(ledger.text, base.end, claim.start) if base.end < claim.start else None
        months = number(m["n"]) if m is not None else _months(ledger, base)
        return Length(Fraction(months)) if months and months > 1 else None
    return years(ledger, claim, base) if sort == "年" else None


def taken(ledger: Ledger, claim: Item, sort: str) -> Item | None:
    """(按184个工作日计), 按每年在校200天计算: the number that is said to be taken, before or behind in the sentence."""
    for other in ledger.items[max(0, claim.n - 6) : claim.n + 4]:
        span = other.sentence == claim.sentence and other.reading.kind == "duration" and other.reading.unit in _UNITS[sort]
        said = re.search(r"[按以]", other.near) and (TAKEN.match(other.tail) or (other.bracket >= 0 and not other.tail))
        lasted = other.n > claim.n and re.search(r"持续|历时|为期|开放|运行|^共|共$", other.near)
        bracketed = other.n == claim.n + 1 and other.bracket >= 0 and other.bracket != claim.bracket and re.fullmatch(r"[\u4e00-\u9fff]{0,4}", other.near)
        if span and (said or lasted or bracketed) and other.reading.value is not None and other.value > 0:
            return other
    return None


def _printed(ledger: Ledger, claim: Item, sort: str) -> Item | None:
    """40天里, 国庆7天, 这4年里 before it in its sentence or the one before; 压减至5天 is no such stretch."""
    for other in reversed(ledger.items[max(0, claim.n - 6) : claim.n]):
        near = other.sentence == claim.sentence or (other.sentence == claim.sentence - 1 and other.paragraph == claim.paragraph)
        still = other.role not in ("from", "to", "increment", "prior", "average") and not re.search(r"每$|平均$|第$", other.near)
        if near and still and other.reading.kind == "duration" and other.reading.unit in _UNITS[sort] and other.reading.value is not None:
            return other if other.value > 0 else None
    return None


def _days(ledger: Ledger, claim: Item, base: Item) -> Length | None:
    between = _between(ledger, claim)
    if between is not None:
        return between
    if "每周" in base.near:
        return Length(Fraction(7))
    m = next(reversed([*_DAYS.finditer(ledger.text, ledger.sentences[claim.sentence][0], claim.start)]), None)
    if m is not None:
        return Length(Fraction(number(m["a"] or m["b"])))
    told = ledger.years_said(claim)
    if told and base.sentence == claim.sentence:
        # 三年来累计…，日均
        return Length(Fraction(365 * told), Fraction(365 * told + (told + 3) // 4))
    named = _named_months(ledger, claim)
    period, months = base.period, named or base.months
    said = _spoken(ledger, base)
    year = int(period.start[:4]) if period is not None and period.start is not None else None
    season = _SEASON.search(ledger.text, ledger.sentences[base.sentence][0], max(claim.start, base.start))
    if season is not None and not named and (months is None or months == (1, 12)):
        return None
    if months is not None and (named or said is None or said.parts is None or said.parts[0] not in _DATED):
        return _calendar(months, year)
    if period is not None and period.start is not None and period.end is not None:
        days = (date.fromisoformat(period.end) - date.fromisoformat(period.start)).days + 1
        return Length(Fraction(days)) if 1 < days <= 366 else None
    begin = ledger.sentences[base.sentence][0]
    end = max(claim.start, base.start)
    return _calendar((1, 12), year) if months is None and _WHOLE_YEAR.search(ledger.text, begin, end) else None


def _calendar(months: tuple[int, int], year: int | None) -> Length:
    days = sum(_MONTHS[m - 1] for m in range(months[0], months[1] + 1))
    if not months[0] <= 2 <= months[1]:
        return Length(Fraction(days))
    if year is not None:
        return Length(Fraction(days + isleap(year)))
    return Length(Fraction(days), Fraction(days + 1))


def _named_months(ledger: Ledger, claim: Item) -> tuple[int, int] | None:
    """7、8两个月: said in the sentence itself."""
    m = next(reversed([*_SOME_MONTHS.finditer(ledger.text, ledger.sentences[claim.sentence][0], claim.start)]), None)
    if m is None:
        return None
    first, last = number(m["m"]), number(m["m2"])
    return (first, last) if 1 <= first < last <= 12 else None


def _spoken(ledger: Ledger, base: Item) -> Claim | None:
    """The period named last before the total."""
    for claim in reversed(ledger.claims[: bisect_left(ledger.claims, base.start, key=lambda c: c.start)]):
        if claim.sort == "period" and claim.parts is not None and claim.parts[0] not in ("time", "ordinal", "decade"):
            return claim
    return None


def _between(ledger: Ledger, claim: Item) -> Length | None:
    """The days from one date to another that the sentence of an average names; over a February they may be one more."""
    begin = ledger.sentences[claim.sentence][0]
    m = next(reversed([*_RANGE.finditer(ledger.text, begin, claim.start)]), None)
    if m is None:
        return None
    first, last = int(m["m"]), int(m["m2"] or m["m"])
    if not 1 <= first <= last <= 12:
        return None
    days = sum(_MONTHS[k - 1] for k in range(first, last)) + int(m["d2"]) - int(m["d"]) + 1
    too = Fraction(days + 1) if first <= 2 < last else None
    return Length(Fraction(days), too) if days > 1 else None


def _months(ledger: Ledger, base: Item) -> int | None:
    if base.months is not None and base.months[0] != base.months[1]:
        return base.months[1] - base.months[0] + 1
    begin = ledger.sentences[base.sentence][0]
    return 12 if base.months is None and _WHOLE_YEAR.search(ledger.text, begin, base.start) else None


def years(ledger: Ledger, claim: Item, base: Item) -> Length | None:
    """五年来, 2016-2020年, “十三五”期间: in the sentence, by the period of the total, or where the talk set out."""
    begin = ledger.sentences[claim.sentence][0]
    told = said_years(ledger.text, begin, claim.start)
    if told:
        return Length(Fraction(told))
    period = base.period
    if period is not None and period.start is not None and period.end is not None:
        spanned = int(period.end[:4]) - int(period.start[:4]) + 1
        if spanned > 1:
            return Length(Fraction(spanned))
    told = ledger.years_before(claim)
    return Length(Fraction(told), near=False) if told else None
