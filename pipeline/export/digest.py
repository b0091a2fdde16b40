"""What a person wants to know of a report first: verdicts worst first, the words around them, the rounding habit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal
from typing import NamedTuple

from ...schemas.figure import Figure
from ...schemas.finding import Finding, Implied, Verdict
from ...schemas.ranking import Ranking
from ...schemas.report import Report

WORST_FIRST: tuple[Verdict, ...] = ("disagrees", "truncated", "cannot_tell", "within_rounding", "agrees")
MARKS: dict[Verdict, str] = {
    "disagrees": "✖",
    "truncated": "✂",
    "cannot_tell": "?",
    "within_rounding": "≈",
    "agrees": "✓",
}
QUOTE_LIMIT = 120
# A comma or colon between digits belongs to the number: 1,200 and 3:1.
_SENTENCE_END = re.compile(r"[。！？；\n\t!?;]")
_HARMLESS = {"Cc": " ", "Zl": " ", "Zp": " ", "Cf": "·", "Cs": "·"}
_CLAUSE_END = re.compile(r"[，：:](?!\d)|(?<!\d),|,(?!\d)")


class Quote(NamedTuple):
    """Words of the text and the spans of the figures in them, counted from the start of ``text``."""

    text: str
    marks: tuple[tuple[int, int], ...]


class Habit(NamedTuple):
    """Rates of the text that tell rounding from cutting off: printed forms of each."""

    rounded: tuple[str, ...]
    cut: tuple[str, ...]


def places(report: Report) -> dict[str, Figure | Ranking]:
    """Every record that a finding can name, by its id."""
    records: list[Figure | Ranking] = [*report.figures, *report.rankings]
    return {record.id: record for record in records}


def by_verdict(report: Report) -> dict[Verdict, list[Finding]]:
    """The findings of each verdict, worst first, each list in the order of the text."""
    spans = places(report)

    def start(finding: Finding) -> int:
        return min((spans[i].start for i in involved(finding) if i in spans), default=0)

    ordered = sorted(report.findings, key=lambda finding: (start(finding), finding.id))
    return {verdict: [f for f in ordered if f.verdict == verdict] for verdict in WORST_FIRST}


def involved(finding: Finding) -> tuple[str, ...]:
    """The claim, where there is one, and the operands."""
    return (*((finding.claim,) if finding.claim else ()), *finding.operands)


def plain(text: str) -> str:
    """One line for a screen, trimmed: nothing in a page may steer a terminal."""
    return visible(text).strip()


def visible(text: str) -> str:
    """The text, character for character, with a blank or a dot for what steers a screen (escapes, bidi marks)."""
    if text.isprintable():
        return text
    return "".join(_HARMLESS.get(unicodedata.category(character), character) for character in text)


def shorten(text: str, limit: int) -> str:
    """At most ``limit`` characters, the middle left out."""
    if len(text) <= limit:
        return text
    head = (limit - 1) * 2 // 3
    return f"{text[:head]}…{text[len(text) - (limit - 1 - head) :]}"


def quotes(report: Report, finding: Finding, spans: Mapping[str, Figure | Ranking] | None = None) -> list[Quote]:
    """The clauses that hold the figures of a finding, one quote for each sentence, in the order of the text.

    ``spans`` are the places of the report, for a caller that has many findings.
    """
    spans = places(report) if spans is None else spans
    marks = sorted({(spans[i].start, spans[i].end) for i in involved(finding) if i in spans})
    sentences: dict[int, list[tuple[int, int]]] = {}
    for mark in marks:
        sentences.setdefault(_before(_SENTENCE_END, report.document.text, mark[0]), []).append(mark)
    return [_quote(report.document.text, group) for group in sentences.values()]


def _before(stop: re.Pattern[str], text: str, place: int) -> int:
    window = max(0, place - 4 * QUOTE_LIMIT)
    ends = [match.end() for match in stop.finditer(text, window, place)]
    return ends[-1] if ends else window


def _quote(text: str, marks: list[tuple[int, int]]) -> Quote:
    """From the start of the first figure's clause to the end of the last one's."""
    first, last = marks[0][0], max(end for _, end in marks)
    start = max(_before(_SENTENCE_END, text, first), _before(_CLAUSE_END, text, first))
    stop = min((m.start() for p in (_SENTENCE_END, _CLAUSE_END) if (m := p.search(text, last))), default=len(text))
    stop = min(stop, last + QUOTE_LIMIT // 2)
    if stop - start > QUOTE_LIMIT:
        return _pieces(text, marks)
    words = text[start:stop]
    start += len(words) - len(words.lstrip())
    return Quote(text[start:stop].rstrip(), tuple((a - start, min(b, stop) - start) for a, b in marks))


def _pieces(text: str, marks: list[tuple[int, int]]) -> Quote:
    """A long stretch as a few words before each figure, joined by dots."""
    room = max(4, QUOTE_LIMIT // (2 * len(marks)))
    out, spans, end = "", [], marks[0][0]
    for a, b in marks:
        head = max(_before(_CLAUSE_END, text, a), _before(_SENTENCE_END, text, a), a - room)
        if head > end:
            out, end = out + "…", head
        elif not out:
            end = head
        words = text[max(end, head) : b]
        out += words
        spans.append((len(out) - min(len(words), b - a), len(out)))
        end = max(end, b)
        if len(out) > 2 * QUOTE_LIMIT:
            return Quote(out + "…", tuple(spans))
    return Quote(out, tuple(spans))


def rounding_habit(report: Report) -> Habit:
    """Which printed rates were rounded where cutting off would print another digit, and which were cut off."""
    spans, rounded, cut = places(report), dict[str, None](), dict[str, None]()
    for finding in report.findings:
        claim = spans.get(finding.claim or "")
        if not isinstance(claim, Figure) or claim.kind not in ("rate", "points") or not finding.computed:
            continue
        if finding.verdict == "truncated":
            cut[claim.surface] = None
        elif finding.verdict == "agrees" and claim.value and finding.identity in ("ratio", "growth"):
            step = Decimal(1).scaleb(-_decimals(claim.surface))
            if abs(Decimal(finding.computed)).quantize(step, ROUND_DOWN) != abs(Decimal(claim.value)):
                rounded[claim.surface] = None
    return Habit(tuple(rounded), tuple(cut))


def _decimals(surface: str) -> int:
    match = re.search(r"[.．]([0-9０-９]+)", surface)
    return len(match[1]) if match else 0


def amount(value: str, unit: str) -> str:
    """A value for a person: 亿 and 万 for large ones, at most four decimals."""
    number, word = Decimal(value), ""
    if unit not in ("percent", "percentage_point", "times", "rank", "index"):
        word = next((w for w, size in (("亿", 10**8), ("万", 10**4)) if abs(number) >= size), "")
        number /= {"亿": 10**8, "万": 10**4, "": 1}[word]
    text = f"{number:.4f}".rstrip("0").rstrip(".")
    return text + word + {"percent": "%", "percentage_point": ""}.get(unit, "")


def implied_by_period(report: Report) -> dict[str, list[tuple[str, Implied]]]:
    """Implied values with the words that name them, grouped by the year or the words of their period."""
    spans, groups = places(report), dict[str, list[tuple[str, Implied]]]()
    for implied in report.implied:
        period = implied.period
        key = ""
        if period:
            years = {date[:4] for date in (period.start, period.end) if date}
            key = years.pop() if len(years) == 1 else period.text or ""
        groups.setdefault(key, []).append((_named(implied, (spans.get(i) for i in implied.from_)), implied))
    return {period: _told_apart(values) for period, values in groups.items()}


def _told_apart(values: list[tuple[str, Implied]]) -> list[tuple[str, Implied]]:
    """Several rates of one name carry the name of the set that each is measured on."""
    names = [name for name, _ in values]
    return [(f"{v.subject}{name}" if names.count(name) > 1 and v.subject else name, v) for name, v in values]


def _named(implied: Implied, sources: Iterable[Figure | Ranking | None]) -> str:
    name = next((s.metric_text for s in sources if s and s.metric_text), None) or implied.metric or ""
    # 占年度计划投资117% names the plan; the rate is that of its completion.
    if implied.metric == "rate.completion" and not name.endswith(("率", "比例", "进度")):
        return f"{name.removeprefix('占')}完成率"
    return name
