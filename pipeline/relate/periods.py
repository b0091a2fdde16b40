"""What the claimed periods mean in the calendar, and which figure they hold for.

Relative words (去年, 上年, 1-12月 without a year) hang on the reporting period of the document, else on its year.
A period behind 比, 较, 与 is what the figure is compared with, and holds for nobody.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from datetime import date

from ...schemas.document import Document, Period
from ...schemas.reading import Claim
from .items import Item

_COMPARED = re.compile(r"(?:比|较|与|同|跟|和|是|为|超过|相当于|恢复[到至])$")
_OWN = re.compile(r"(?:为|是)$")
_END_OF_COMPARISON = re.compile(r"^(?:同期|同月|全年|末|底)?(?:相比|持平|[增下上提减降回扩缩多少高低快慢]|的)")


class Calendar:
    """Turns the parts of a claim into dates; ``year`` is the year the document speaks of, None when unknown."""

    def __init__(self, document: Document) -> None:
        self.spoken = document.reporting_period
        self.year = int(document.reporting_period.start[:4]) if document.reporting_period else None
        told = document.event_date or document.published
        self.told = int(told[:4]) if told else None
        if self.year is None:
            self.year = self.told

    def dates(self, claim: Claim, last_year: int | None) -> tuple[str | None, str | None]:
        """Inclusive ISO dates; (None, None) where the text leaves the year open and nothing anchors it."""
        if claim.parts is None:
            return None, None
        form, year, first, last = claim.parts
        anchor = year or last_year or self.year
        if form == "years":
            first, last = first or 0, last or 0
            if last < 100:
                last += first // 100 * 100
            return (f"{first:04}-01-01", f"{last:04}-12-31") if 1900 <= first <= last <= 2100 else (None, None)
        if form == "words" or form in ("last", "ago", "ordinal", "time", "decade", "day", "year_words"):
            return None, None
        if anchor is None:
            return None, None
        months = _months(form, first, last)
        if months is None:
            return None, None
        if form == "date":
            return _day(anchor, first, last)
        start, end = months
        return f"{anchor:04}-{start:02}-01", f"{anchor:04}-{end:02}-{calendar.monthrange(anchor, end)[1]:02}"


def _day(year: int, month: int | None, day: int | None) -> tuple[str | None, str | None]:
    try:
        stamp = date(year, month or 0, day or 0).isoformat()
    except ValueError:
        return None, None
    return stamp, stamp


def _months(form: str, first: int | None, last: int | None) -> tuple[int, int] | None:
    """First and last month of a form, None where it is no stretch of whole months."""
    if form == "year":
        return 1, 12
    if form == "half1":
        return 1, 6
    if form == "half2":
        return 7, 12
    a, b = first or 1, last or first or 1
    if form in ("quarters", "quarter", "first_quarters"):
        if form == "first_quarters":
            a, b = 1, last or 1
        elif form == "quarter":
            b = a
        return (3 * a - 2, 3 * b) if 1 <= a <= b <= 4 else None
    if form in ("months", "month", "first_months"):
        if form == "first_months":
            a, b = 1, last or 1
        elif form == "month":
            b = a
        return (a, b) if 1 <= a <= b <= 12 else None
    if form in ("date", "days"):
        return (a, a) if 1 <= a <= 12 else None
    return None


_RELATIVE = {"去年": -1, "上年": -1, "前年": -2, "明年": 1, "今年": 0, "本年": 0, "当年": 0, "全年": 0}


def attach(text: str, items: list[Item], claims: list[Claim], document: Document, turns: list[int]) -> None:
    """Give every item the period that was named last before it; a new turn starts from the document's own."""
    book = Calendar(document)
    spoken = [c for c in claims if c.sort == "period" and c.parts is not None and c.parts[0] not in ("time", "ordinal", "decade")]
    current = _default(document)
    months: tuple[int, int] | None = None
    year: int | None = None
    k = 0
    turn = -1
    kept: tuple[int, Period | None, tuple[int, int] | None] | None = None
    for item in items:
        begin = turns[item.turn] if turns and item.turn >= 0 else 0
        if item.turn != turn:
            current, months, year, turn, kept = _default(document), None, None, item.turn, None
            k = bisect_left(spoken, begin, k, key=lambda c: c.start)
        if kept is not None and item.sentence != kept[0]:
            # 分季度看，一季度…，二季度…: the quarters of the list hold for nothing behind it.
            _, current, months = kept
            kept = None
        elif kept is None and _BY_TIME.search(item.lead):
            kept = (item.sentence, current, months)
        aside: Period | None = None
        while k < len(spoken) and spoken[k].start < item.start:
            claim = spoken[k]
            k += 1
            if _of_one(text, claim, item) or _only_here(text, claim, item):
                aside = _period(text, claim, book, year)[0]
                continue
            if _compared(text, claim) or _whole_year_goal(text, claim):
                continue
            found, said = _period(text, claim, book, year)
            if said is not None:
                year = said
            if found is not None:
                current = found
                months = _stretch(text, claim) or (months if words_only(claim) else None)
        item.months = months
        item.period = aside or (_plan_year(current) if item.role == "plan" else current)


_BY_TIME = re.compile(r"[分按](?:季度?|月份?|年度?|时段|阶段)(?:来)?看")
_FROM_THEN = re.compile(r"(?:比|较|与|同|由|从)$")
_ITS_FIGURE = re.compile(r"(?:同期|同月|末|底)?的?(?:约|近|超过?)?")
# 仅为2019年2415.9万人次的69.7%
_A_PART_OF = re.compile(r"(?:是|为|相当于|恢复[到至])$")
_CHANGES = ("increment", "growth", "change", "gap", "progress")
_CLAUSE = re.compile(r"[，。,；;\n]")


def _of_one(text: str, claim: Claim, item: Item) -> bool:
    """较2017年末的7218件, 由上年的61.2%降至60.3%: the period of the figure behind it, and of no later one."""
    before = _FROM_THEN.search(text, max(0, claim.start - 1), claim.start)
    if before is None and text.startswith("的", item.end):
        before = _A_PART_OF.search(text, max(0, claim.start - 3), claim.start)
    return bool(before and _ITS_FIGURE.fullmatch(text, claim.end, item.start))


def _only_here(text: str, claim: Claim, item: Item) -> bool:
    """上年同期损失为9.28亿元。破案…: the same months of the year before are over with their clause."""
    if not text[claim.start : claim.end].endswith("同期") and not text.startswith("同期", claim.end):
        return False
    if item.role in _CHANGES and _FROM_THEN.search(text, max(0, claim.start - 1), claim.start):
        # 比上年同期减少34件: the change is one of now.
        return False
    return not _CLAUSE.search(text, claim.end, item.start)


_GOAL = re.compile(r"[^，。,；;]{0,12}(?:目标|任务|计划|预算)")


def _whole_year_goal(text: str, claim: Claim) -> bool:
    """完成全年80亿元目标任务的125.64%: the year of the goal is not that of what was done."""
    return text[claim.start : claim.end] == "全年" and bool(_GOAL.match(text, claim.end))


def words_only(claim: Claim) -> bool:
    """今年, 目前: words that leave the months as they were."""
    return claim.parts is not None and claim.parts[0] == "words"


def _stretch(text: str, claim: Claim) -> tuple[int, int] | None:
    """First and last month, known even where the year is not; 截至9月底 runs from January."""
    form, _, first, last = claim.parts or ("", None, None, None)
    months = _months(form, first, last)
    if months is None:
        return None
    ended = text[claim.start : claim.end].endswith(("底", "末")) or text[max(0, claim.start - 3) : claim.start].endswith(("截至", "截止", "截止到", "到", "至"))
    return (1, months[1]) if form in ("month", "quarter", "date") and ended else months


def _compared(text: str, claim: Claim) -> bool:
    before = text[max(0, claim.start - 4) : claim.start]
    if not _COMPARED.search(before):
        return False
    return not _OWN.search(before) or bool(_END_OF_COMPARISON.match(text[claim.end : claim.end + 4]))


def _period(text: str, claim: Claim, book: Calendar, year: int | None) -> tuple[Period | None, int | None]:
    form, said, _, _ = claim.parts or ("", None, None, None)
    words = text[claim.start : claim.end]
    if form == "words":
        shift = next((v for k, v in _RELATIVE.items() if words.startswith(k)), None)
        if shift is None:
            return None, None
        base = _spoken_year(book, words)
        if base is None and words.startswith(("全年", "上年", "当年")):
            # 2022年末…，全年…: the year was named in the text.
            base = year
        if base is None:
            return Period(None, None, words), None
        named = base + shift
        return Period(f"{named:04}-01-01", f"{named:04}-12-31", words), named
    start, end = book.dates(claim, year)
    return Period(start, end, words), said


def _spoken_year(book: Calendar, words: str) -> int | None:
    """今年 and 去年 are meant from the day of speaking, 全年 and 上年 from the reporting period."""
    if words.startswith(("今年", "去年", "前年", "明年", "本年")):
        return book.told or book.year
    return book.year


def _default(document: Document) -> Period | None:
    spoken = document.reporting_period
    return Period(spoken.start, spoken.end, None) if spoken else None


def _plan_year(period: Period | None) -> Period | None:
    """A plan belongs to the whole year."""
    if period is None or period.start is None or period.end is None or period.start[:4] != period.end[:4]:
        return period
    return Period(period.start[:4] + "-01-01", period.start[:4] + "-12-31", period.text)
