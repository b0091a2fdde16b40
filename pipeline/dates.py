"""Dates and periods of a document: when it was published, when the event was, and which time its figures report on."""

from __future__ import annotations

import datetime
import re

from ..schemas.document import Span

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
_FOOTER = re.compile(r"(?i)<footer\b|(?:class|id)=[\"']?(?:footer|foot|bottom)\b")
_URL_DATES = (
    re.compile(r"/20\d{4}/t((?:19|20)\d\d)(\d\d)(\d\d)_"),
    re.compile(r"(?<![a-z\d])t((?:19|20)\d\d)(\d\d)(\d\d)_\d"),
    re.compile(r"/art/((?:19|20)\d\d)/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/((?:19|20)\d\d)[-/](\d\d)[-/]?(\d\d)/"),
)
_MAY_DATE = re.compile(r"[年\d０-９]")
_DATE_LINE = re.compile(
    r"(?:发布时间|发布日期|日期|时间)?\s{0,2}[:：]?\s{0,2}((?:19|20)\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})日?(?:\s+\d{1,2}[:：时]\d\d(?:[:：分]\d{0,2})?)?"
)

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


def published(meta: dict[str, str], markup: str, urls: list[str], lines: list[str]) -> str | None:
    """The day of publication: meta tag, the line under the title, the address, a date line of the body; never the footer."""
    for name in ("pubdate", "publishdate", "article:published_time", "publish_date", "weibo: article:create_at"):
        if found := _first(_FULL, meta.get(name, "")):
            return found
    if found := _under_title(markup):
        return found
    for url in urls:
        for pattern in _URL_DATES:
            if found := _first(pattern, url):
                return found
    for line in [*lines[:20], *lines[-6:]]:
        if found := date_line(line):
            return found
    return None


def date_line(line: str) -> str | None:
    """The date of a line that holds nothing but a date, a time of day and perhaps 发布时间："""
    if len(line) >= 40 or not _MAY_DATE.search(line):
        return None
    match = _DATE_LINE.fullmatch(with_han_dates(plain(line)).strip("()（） \u3000"))
    return iso(*map(int, match.groups())) if match else None


def _under_title(markup: str) -> str | None:
    """The date beside 发布时间 and the like, unless the footer begins before it."""
    for match in _INFO.finditer(markup):
        found = iso(*map(int, match.groups()))
        if found:
            return None if match.start() > 2000 and _FOOTER.search(markup, 2000, match.start()) else found
    return None


def _first(pattern: re.Pattern[str], text: str) -> str | None:
    """The first real date that a pattern of year, month, day finds."""
    for match in pattern.finditer(text):
        if found := iso(*map(int, match.groups()[:3])):
            return found
    return None


def event(title: str, head: str, publication: str | None, period: Span | None) -> str | None:
    """The day of the conference, from the title or the first paragraphs.

    A day without a year takes it from the publication; without one it is the first such day after the period.
    """
    for text in (title, head):
        text = with_han_dates(plain(text))
        for match in sorted([*_FULL.finditer(text), *_MONTH_DAY.finditer(text)], key=lambda one: one.start()):
            if _NOT_EVENT.search(text[max(0, match.start() - 6) : match.start()]) and text is not title:
                continue
            numbers = [int(part) for part in match.groups()]
            found = iso(*numbers) if len(numbers) == 3 else _with_year(numbers[0], numbers[1], publication, period)
            if found and (publication is None or found <= publication or _days(found, publication) < 60):
                return found
    return publication if publication and _TODAY.search(head) else None


def _with_year(month: int, day: int, publication: str | None, period: Span | None) -> str | None:
    """The year of a day: the last one up to two days after the publication, or the first after the period."""
    if publication:
        year = int(publication[:4])
        found = iso(year, month, day)
        late = found is not None and found > publication and _days(publication, found) > 2
        return iso(year - 1, month, day) if late else found
    if period:
        year = int(period.end[:4])
        found = iso(year, month, day)
        return found if found and found > period.end else iso(year + 1, month, day)
    return None


def _days(first: str, second: str) -> int:
    """Whole days between two ISO dates."""
    return abs((datetime.date.fromisoformat(second) - datetime.date.fromisoformat(first)).days)


def reporting_period(title: str, head: str, known: str | None) -> Span | None:
    """The time that the figures report on, from the title, then from the first paragraphs.

    ``known`` is the day of the event or of publication: no period ends long after it, and a part of a year without
    the year is the last such part before it. None where nothing tells.
    """
    title, head = with_han_dates(plain(title)), with_han_dates(plain(head))
    if "政府工作报告" in title and (found := _work_report(title, known)):
        return found
    for pick in (_year_and_part, _several_years, _whole_year, _part_of_known_year):
        if found := pick(title, known):
            return found
    for pick in (_year_and_part, _part_of_known_year, _most_named_year):
        found = pick(head, known)
        if found and (known is None or int(known[:4]) - int(found.end[:4]) <= 1):
            return found
    return _plan(title, known)


def _work_report(title: str, known: str | None) -> Span | None:
    """A work report of 2025 reviews 2024."""
    match = re.search(r"((?:19|20)\d\d)\s?年?", title)
    year = int(match.group(1)) if match else int(known[:4]) if known else None
    return Span(f"{year - 1}-01-01", f"{year - 1}-12-31") if year else None


def _year_and_part(text: str, known: str | None) -> Span | None:
    """2020年1-12月, 2023年前三季度."""
    for match in _YEAR_PART.finditer(text):
        span = _part(int(match["year"]), match)
        if span and _past(span, known):
            return span
    return None


def _part_of_known_year(text: str, known: str | None) -> Span | None:
    """1-9月 in a text of October 2023 is that of 2023; 1-12月 in one of January is that of the year before."""
    if known is None:
        return None
    for match in _PART_ONLY.finditer(text):
        for year in (int(known[:4]), int(known[:4]) - 1):
            span = _part(year, match)
            turned = year == int(known[:4]) or (span is not None and span.end[5:7] >= "10" and known[5:7] <= "04")
            if span and span.end <= known and turned:
                return span
    return None


def _several_years(text: str, known: str | None) -> Span | None:
    """2016-2020年."""
    for match in _YEARS.finditer(text):
        span = Span(f"{match[1]}-01-01", f"{match[2]}-12-31")
        if span.start < span.end and _past(span, known):
            return span
    return None


def _whole_year(text: str, known: str | None) -> Span | None:
    """2020年."""
    for match in _WHOLE.finditer(text):
        span = Span(f"{match[1]}-01-01", f"{match[1]}-12-31")
        if _past(span, known):
            return span
    return None


def _most_named_year(text: str, known: str | None) -> Span | None:
    """The past year that the first paragraphs name most often, at least twice."""
    counts: dict[str, int] = {}
    for match in _WHOLE.finditer(text):
        if known is None or _past(Span(f"{match[1]}-01-01", f"{match[1]}-12-31"), known):
            counts[match[1]] = counts.get(match[1], 0) + 1
    best = max(counts, key=lambda year: (counts[year], year), default=None)
    if best is None or counts[best] < 2 or int(max(counts)) > int(best) + 1:
        return None
    return Span(f"{best}-01-01", f"{best}-12-31")


def _plan(text: str, known: str | None) -> Span | None:
    """A five-year plan that is over."""
    for match in _PLAN.finditer(text):
        first = _PLANS.get(match[1])
        if first and known and str(first + 4) < known[:4]:
            return Span(f"{first}-01-01", f"{first + 4}-12-31")
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
    return known is None or span.end <= known or _days(span.end, known) <= 61
