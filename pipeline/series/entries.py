"""What one report gives to the ledger of many: levels under keys that are sure, and what it implies for the year before.

A figure whose key is weak (no canonical metric, no dates, a plan, another place's) is left out; it can neither
be accused nor accuse.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from ...schemas.document import Period, Span
from ...schemas.figure import Figure
from ...schemas.report import Report
from ...schemas.series import Indicator, Mark, Value
from ..interval import Interval, over
from .qualifiers import Qualifiers, sentence

_KINDS = frozenset(("count", "money", "rate", "quantity", "index"))
# 占比, 覆盖率 and the like are of something; where that is not known, two of them are two things.
_OF_SOMETHING = frozenset(
    "rate.share rate.coverage rate.satisfaction rate.pass rate.contribution rate.penetration rate.survival rate.qualified rate.start rate.finish "
    "industry.revenue industry.profit industry.output grain.output grain.area grain.yield procurement.contract investment.total".split()
)
_NAME_FRONT = re.compile(r"^(?:全[市省县区州国]|我[市省县区州]|本[市省县区]|累计|共计?|实现|年末|的)+")
_REVISED = re.compile(r"修订|核实|核定为|最终核[定算]|调整(?:后|为|到)|[经数口][径据]?调整|更正|普查(?:后|结果|数据)|订正")
_PRELIMINARY = re.compile(r"初步(?:核算|统计|测算|数)|快报|预计|初核")
_BASIS = re.compile(r"可比|口径|不变价|扣除|剔除|还原|实际增长")
_AHEAD = re.compile(r"目标|预期|力争|预计|确保|有望|将达|奋斗|以来|[日月年]均|平均每")
# 项目 have no gross product, no retail sales and no budget: the set was carried over from the heading.
_OF_A_PLACE = re.compile(r"gdp|finance\.|trade\.|consumption\.retail|population\.|price\.|deposit|loan|income\.")
_COMPARED = re.compile(r"同比|[比较与同](?:上年|去年|前年|同期|20\d\d年)")
_TO = re.compile(r"[，,]?(?:总[额量值]|规模)?(?:已?达到?|[升降增减]至|[升降增减]到|至|为)")
_LARGER = {"市": re.compile(r"全[国省球]|世界|省内"), "县": re.compile(r"全[国省市球]|世界"), "区": re.compile(r"全[国省市区球]|世界")}
_ANY = re.compile(r"全[国球]|世界")

_OFFICE = re.compile(r"(?:政府|办公厅|办公室|委员会|[局厅署委办]|[^报闻]部|法院|检察院|银行|国务院)$")


@cache
def same_names() -> Mapping[tuple[str, str], str]:
    """Metric and name → the first of the names that mean the same thing (``names.tsv``)."""
    _, *lines = Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines()
    rows = [(metric, names.split("|")) for metric, names in (line.split("\t") for line in lines)]
    return {(metric, name): names[0] for metric, names in rows for name in names}


class Entry(NamedTuple):
    """A value under its indicator and period."""

    indicator: Indicator
    period: Span
    value: Value


class Hint(NamedTuple):
    """What a document implies for an earlier period: the interval, the figures it comes from, how firm it is."""

    indicator: Indicator
    period: Span
    point: Fraction
    interval: Interval
    operands: tuple[Value, ...]
    expression: str
    rule: str
    accuses: bool


class Page:
    """One report with what its figures need to be keyed."""

    def __init__(self, report: Report) -> None:
        self.report, d = report, report.document
        self.date = d.event_date or d.published
        # An office speaks of its own field; a newspaper of many places.
        office = d.issuer if d.issuer and _OFFICE.search(d.issuer) else None
        self.region = (d.region.code or d.region.name) if d.region else office
        self.place = d.region.name if d.region else ""
        self.asked = {turn.id for turn in report.turns if turn.role == "journalist"}
        self.led: dict[str, Figure] = {}
        self._entries: dict[str, Entry | None] = {}
        self.figures = {figure.id: figure for figure in self._named()}
        self.qualifiers = Qualifiers(d.text, tuple(self.figures.values()), self.led)

    def _named(self) -> Iterator[Figure]:
        """The figures; a level after its change bears the name of that: 进出口总额比上年增加20.0亿元，达到180.0亿元."""
        before: Figure | None = None
        for figure in self.report.figures:
            if before is not None and before.direction is not None and figure.direction is None and self._led_to(before, figure):
                self.led[figure.id] = before
                yield msgspec.structs.replace(figure, metric=figure.metric or before.metric)
            else:
                yield figure
            before = figure

    def sentence(self, figure: Figure) -> tuple[int, int]:
        """Where the sentence of a figure starts and ends, as far as one reaches; a semicolon ends one."""
        return sentence(self.report.document.text, figure.start, figure.end)

    def entry(self, figure: Figure) -> Entry | None:
        """The figure under its key; None where that is weak."""
        if figure.id not in self._entries:
            self._entries[figure.id] = self._entry(figure)
        return self._entries[figure.id]

    def _entry(self, figure: Figure) -> Entry | None:
        indicator, period = self.indicator(figure), _span(figure.period)
        if indicator is None or period is None or (figure.low is None and figure.high is None):
            return None
        if self.date is not None and period.end > self.date:
            return None
        start, end = self.sentence(figure)
        before, words = self.report.document.text[start : figure.start], self.report.document.text[start:end]
        if _AHEAD.search(before) or _LARGER.get(self.place[-1:], _ANY).search(before) or self._compared(period, before):
            return None
        return Entry(indicator, period, self.value(figure, words))

    def _compared(self, period: Span, before: str) -> bool:
        """Whether an earlier period is only what the sentence compares with: 比上年同期增长5%，达到190亿元."""
        spoken = self.report.document.reporting_period
        return spoken is not None and period.end < spoken.end and bool(_COMPARED.search(before))

    def indicator(self, figure: Figure) -> Indicator | None:
        """What the figure measures; None where the document leaves it open."""
        if figure.kind not in _KINDS or not figure.metric or not self.region or figure.turn in self.asked:
            return None
        if figure.metric in _OF_SOMETHING and not figure.subject:
            return None
        against = figure.comparison.with_ if figure.comparison else None
        if (figure.direction is None) != (against is None):
            return None
        name = _NAME_FRONT.sub("", figure.metric_text or "") or figure.metric
        name = same_names().get((figure.metric, name), name)
        subject, scope = figure.subject, figure.scope
        if subject and subject.endswith("项目") and _OF_A_PLACE.match(figure.metric):
            scope = tuple(part for part in scope if part != subject)
            subject = None
        return Indicator(self.region, subject, scope, figure.metric, name, self.qualifiers.of(figure), figure.unit, against)

    def value(self, figure: Figure, words: str) -> Value:
        """The figure with its source; ``words`` are its sentence."""
        d = self.report.document
        found: tuple[tuple[Mark, re.Pattern[str]], ...] = (("revised", _REVISED), ("preliminary", _PRELIMINARY), ("other_basis", _BASIS))
        marks = tuple(mark for mark, pattern in found if pattern.search(words))
        return Value(
            d.id, d.source, d.title, self.date, figure.id, figure.start, figure.end, figure.surface, figure.value, figure.low, figure.high,
            figure.bound, marks,
        )  # fmt: skip

    def entries(self) -> Iterator[Entry]:
        """Every figure with a sure key."""
        for figure in self.figures.values():
            entry = self.entry(figure)
            if entry is not None:
                yield entry

    def hints(self) -> Iterator[Hint]:
        """What is implied by rates and their points, and by levels and what they grew by."""
        for implied in self.report.implied:
            rate, points = (self.figures.get(id_) for id_ in (*implied.from_[:2], "", "")[:2])
            entry = self.entry(rate) if rate else None
            earlier = _span(implied.period)
            if entry and rate and points and earlier:
                yield from self._points(entry, points, earlier)
        entry = None
        for figure in self.figures.values():
            if figure.direction is None:
                entry = self.entry(figure)
                if entry is not None and figure.id in self.led and self._grown(figure, self.led[figure.id]):
                    yield from self._growth(entry, self.led[figure.id])
                    entry = None
            elif entry is not None and self._grown(self.figures[entry.value.figure], figure):
                yield from self._growth(entry, figure)
                entry = None

    def _led_to(self, change: Figure, level: Figure) -> bool:
        """Whether the words between are 达到 and the like, and both are of the same time."""
        dates, then = _span(level.period), _span(change.period)
        same = dates is not None and then is not None and then in (dates, year_before(dates)) and level.metric in (None, change.metric)
        return same and bool(_TO.fullmatch(self.report.document.text, change.end, level.start)) and self._of_one(level, change)

    def _grown(self, level: Figure, change: Figure) -> bool:
        """Whether the change is that of the level, a year on."""
        yearly = change.comparison is not None and change.comparison.with_ == "previous_year"
        return yearly and level.value is not None and self._of_one(level, change)

    def _of_one(self, level: Figure, change: Figure) -> bool:
        """Whether both are of the same words, set, period and sentence."""
        same = (level.metric_text, level.subject, level.scope) == (change.metric_text, change.subject, change.scope)
        # 比上年同期 may have left the change in the year before.
        dates, then = _span(level.period), _span(change.period)
        same = same and dates is not None and then is not None and then.end[:4] in (dates.end[:4], year_before(dates).end[:4])
        return same and self.sentence(level) == self.sentence(change)

    def _points(self, entry: Entry, points: Figure, earlier: Span) -> Iterator[Hint]:
        if points.value is None or points.low is None or points.high is None or entry.value.value is None:
            return
        sign = 1 if points.direction == "down" else -1
        moved = Interval(Fraction(points.low), Fraction(points.high)).scaled(Fraction(sign))
        text = self.report.document.text
        change = self.value(points, text[slice(*self.sentence(points))])
        expression = f"{entry.value.surface} {'+' if sign > 0 else '−'} {points.surface}"
        firm = points.direction != "flat" and points.bound is None
        yield Hint(
            entry.indicator, earlier, Fraction(entry.value.value) + sign * Fraction(points.value), _of(entry.value) + moved,
            (entry.value, change), expression, "a rate and its points over the year before", firm,
        )  # fmt: skip

    def _growth(self, entry: Entry, change: Figure) -> Iterator[Hint]:
        level, earlier = entry.value, year_before(entry.period)
        if change.value is None or change.low is None or change.high is None or level.value is None or change.direction == "flat":
            return
        low, high, sign = Fraction(change.low), Fraction(change.high), -1 if change.direction == "down" else 1
        operands = (level, self.value(change, self.report.document.text[slice(*self.sentence(change))]))
        if change.unit == entry.indicator.unit and entry.indicator.unit != "percent":
            point = Fraction(level.value) - sign * Fraction(change.value)
            span = _of(level) + Interval(low, high).scaled(Fraction(-sign))
            expression = f"{level.surface} {'+' if sign < 0 else '−'} {change.surface}"
            yield Hint(entry.indicator, earlier, point, span, operands, expression, "a level and what was added in a year", change.bound is None)
        elif change.kind == "rate" and entry.indicator.unit != "percent":
            factor = Interval(1 + low / 100, 1 + high / 100) if sign > 0 else Interval(1 - high / 100, 1 - low / 100)
            if factor.low is None or factor.low <= 0:
                return
            point = Fraction(level.value) / (1 + sign * Fraction(change.value) / 100)
            expression = f"{level.surface} ÷ (1 {'−' if sign < 0 else '+'} {change.surface})"
            # Printed growth may be real, on a revised base or on another footing: it confirms and never accuses.
            yield Hint(entry.indicator, earlier, point, over(_of(level), factor), operands, expression, "a level and its growth in a year", False)


def year_before(period: Span) -> Span:
    """The same months a year earlier."""
    start, end = (f"{int(day[:4]) - 1:04}{day[4:]}" for day in (period.start, period.end))
    if period.end.endswith("02-28") and int(end[:4]) % 4 == 0:
        end = end[:-2] + "29"
    return Span(start, end.replace("02-29", "02-28") if int(end[:4]) % 4 else end)


def _span(period: Period | None) -> Span | None:
    return Span(period.start, period.end) if period and period.start and period.end else None


def _of(value: Value) -> Interval:
    return Interval(None if value.low is None else Fraction(value.low), None if value.high is None else Fraction(value.high))
