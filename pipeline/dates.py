"""Dates of a document: when it was published and when the event was, each with the reason."""

from __future__ import annotations

import datetime
import re

from ..schemas.document import Span
from ..schemas.transcript import Told

_HAN = "〇○零一二三四五六七八九十"
_HAN_DATE = re.compile(rf"([{_HAN}]{{4}})年(?:([{_HAN}]{{1,3}})月)?(?:([{_HAN}]{{1,3}})日)?")
_FULL = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\s?年\s?\d+\s?[-/.])\s?(?:年|[-/.])\s?(\d{1,2})\s?(?:月|[-/.])\s?(\d{1,2})(?!\d)\s?日?")
_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})\s?月\s?(\d{1,2})\s?日")
_NOT_EVENT = re.compile(r"(?:截至|截止|截止到|自|从|自从|至|到)\s{0,2}$")
_TODAY = re.compile(r"(?:今天|今日|今)(?:上午|下午|\s*[，,]|天)")
_INFO = re.compile(
    r"(?:发布时间|发布日期|发稿时间|发布于|发文日期|日期|时间)\s{0,4}(?:<[^<>]{0,200}>\s{0,9}){0,4}[:：]?\s{0,9}(?:&nbsp;){0,4}"
    r"(?:<[^<>]{0,200}>\s{0,9}){0,4}((?:19|20)\d\d)[-年/.]\s?(\d{1,2})[-月/.]\s?(\d{1,2})"
)
_TAG = re.compile(r"<[^<>]*>")
_FOOTER = re.compile(r"(?i)<footer\b|(?:class|id)=[\"']?(?:footer|foot|bottom)\b")
_URL_DATES = (
    re.compile(r"/20\d{4}/t((?:19|20)\d\d)(\d\d)(\d\d)_"),
    re.compile(r"(?<![a-z\d])t((?:19|20)\d\d)(\d\d)(\d\d)_\d"),
    re.compile(r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d\d)[-/](\d\d)[-/]?(\d\d)/"),
)
_STAMP = re.compile(r"[（(]((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)[)）]")
_MAY_DATE = re.compile(r"[年\d０-９]")
_DATE_LINE = re.compile(
    r"(?:发布时间|发布日期|日期|时间)?\s{0,2}[:：]?\s{0,2}((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})日?(?:\s+\d{1,2}[:：时]\d\d(?:[:：分]\d{0,2})?)?"
)

def plain(text: str) -> str:
    """Full-width digits as ASCII, one for one; lengths and offsets stay."""
    return text.translate(_WIDE) if _HAS_WIDE.search(text) else text


_HAS_WIDE = re.compile("[０-９]")
_WIDE = str.maketrans("０１２３４５６７８９", "0123456789")


def iso(year: int, month: int, day: int) -> str | None:
    """The ISO 8601 date, None where there is no such day."""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def with_han_dates(text: str) -> str:
    """二〇二一年一月二十五日 as 2021年1月25日; for finding dates only, lengths change."""
    return _HAN_DATE.sub(_arabic, text)


def _arabic(found: re.Match[str]) -> str:
    """One date in Chinese numerals as digits."""
    year, month, day = found.groups()
    if "十" in year:
        return found.group()
    text = "".join(str(_value(c)) for c in year) + "年"
    return text + (f"{_value(month)}月" if month else "") + (f"{_value(day)}日" if day else "")


def _value(numeral: str) -> int:
    """A Chinese numeral up to 99."""
    digits = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}
    if "十" not in numeral:
        return int("".join(str(digits[c]) for c in numeral))
    tens, _, ones = numeral.partition("十")
    return (digits.get(tens, 1) if tens else 1) * 10 + (digits.get(ones, 0) if ones else 0)


def published(meta: dict[str, str], markup: str, urls: list[str], lines: list[str]) -> Told | None:
    """The day of publication: meta tag, the line under the title, the address, a date line of the body; never the footer."""
    for name in ("pubdate", "publishdate", "article:published_time", "publish_date", "weibo: article:create_at"):
        if found := _first(_FULL, meta.get(name, "")):
            return Told("published", "meta", found, f"{name}={meta[name]}")
    if beside := _under_title(markup):
        return beside
    for url in urls:
        for pattern in _URL_DATES:
            if found := _first(pattern, url):
                return Told("published", "address", found, url)
    for line in lines[:3]:
        if (match := _STAMP.search(line)) and (found := iso(*map(int, match.groups()))):
            return Told("published", "line", found, line.strip())
    for line in [*lines[:20], *lines[-6:]]:
        if found := date_line(line):
            return Told("published", "line", found, line.strip())
    return None


def date_line(line: str) -> str | None:
    """The date of a line that holds nothing but a date, a time of day and perhaps 发布时间："""
    if len(line) >= 40 or not _MAY_DATE.search(line):
        return None
    match = _DATE_LINE.fullmatch(with_han_dates(plain(line)).strip("()（） \u3000"))
    return iso(*map(int, match.groups())) if match else None


def _under_title(markup: str) -> Told | None:
    """The date beside 发布时间 and the like, unless the footer begins before it."""
    for match in _INFO.finditer(markup):
        found = iso(*map(int, match.groups()))
        if found:
            footed = match.start() > 2000 and _FOOTER.search(markup, 2000, match.start())
            words = " ".join(_TAG.sub(" ", match[0]).replace("&nbsp;", " ").split())
            return None if footed else Told("published", "under_title", found, words)
    return None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    """The first real date that a pattern of year, month, day finds."""
    for match in pattern.finditer(text):
        if found := iso(*map(int, match.groups()[:3])):
            return found
    return None


def event(title: str, head: str, publication: str | None, period: Span | None) -> Told | None:
    """The day of the conference, from the title or the first paragraphs.

    A day without a year takes it from the publication; without one it is the first such day after the period.
    """
    for place, text in (("title", title), ("opening", head)):
        text = with_han_dates(plain(text))
        for match in sorted([*_FULL.finditer(text), *_MONTH_DAY.finditer(text)], key=lambda one: one.start()):
            if _NOT_EVENT.search(text[max(0, match.start() - 6) : match.start()]) and place != "title":
                continue
            numbers = [int(part) for part in match.groups()]
            found = iso(*numbers) if len(numbers) == 3 else _with_year(numbers[0], numbers[1], publication, period)
            if found and (publication is None or found <= publication or days(found, publication) < 60):
                whence = "" if len(numbers) == 3 else "_by_publication" if publication else "_by_period"
                return Told("event", place + whence, found, match.group())
    today = _TODAY.search(head) if publication else None
    return Told("event", "today", publication or "", today.group()) if today else None


def _with_year(month: int, day: int, publication: str | None, period: Span | None) -> str | None:
    """The year of a day: the last one up to two days after the publication, or the first after the period."""
    if publication:
        year = int(publication[:4])
        found = iso(year, month, day)
        late = found is not None and found > publication and days(publication, found) > 2
        return iso(year - 1, month, day) if late else found
    if period:
        year = int(period.end[:4])
        found = iso(year, month, day)
        return found if found and found > period.end else iso(year + 1, month, day)
    return None


def days(first: str, second: str) -> int:
    """Whole days between two ISO dates."""
    return abs((datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days)
