"""One indicator over years as static SVG: a line for each span of months, and a ring where releases contradict."""

from __future__ import annotations

import re
from collections.abc import Collection
from decimal import Decimal
from typing import Any

from ...schemas.document import Span
from ...schemas.series import Book, Series
from ..errors import HeshuError
from .charts import Chart, svg
from .digest import plain
from .series import MARKS, months, title
from .words import Lang, say

_COLOURS = ["#2f6fa7", "#b3702a", "#4f8f5b", "#8a5aa8", "#5b6472"]
_WRONG = "#c0392b"


def drawings(book: Book, dismissed: Collection[str] = ()) -> dict[str, bytes]:
    """File name → SVG, for every series with values of two periods. Raises HeshuError where the drawing part is missing."""
    made: dict[str, bytes] = {}
    wrong = contradicted(book, dismissed)
    for series in book.series:
        if sum(any(v.value for v in printed.values) for printed in series.periods) < 2:
            continue
        name = _name(series, made)
        try:
            made[name] = svg(chart(series, wrong, "zh")).encode()
        except ImportError as error:
            raise HeshuError("--svg", f"{error.name} is not installed", "pip install 'heshu[web]'") from error
    return made


def contradicted(book: Book, dismissed: Collection[str] = ()) -> set[tuple[str, str]]:
    """Document and figure of every value that contradicts another, but for findings that a person dismissed."""
    return {
        (value.document, value.figure)
        for finding in book.findings if finding.verdict == "disagrees" and finding.id not in dismissed
        for value in (finding.claim, *finding.operands)
    }  # fmt: skip


def chart(series: Series, wrong: Collection[tuple[str, str]], lang: Lang) -> Chart:
    """One indicator over its periods, with the table of what each release printed."""
    rows = [
        (months(printed.period), plain(value.surface) + (f" {MARKS['disagrees']}" if (value.document, value.figure) in wrong else ""),
         value.date or "?", plain(value.title or value.source))
        for printed in series.periods for value in printed.values
    ]  # fmt: skip
    head = tuple(say(lang, key) for key in ("chart.period", "chart.value", "chart.released", "chart.document"))
    return Chart("series", title(series.indicator), say(lang, "chart.series_note"), head, tuple(rows), _spec(series, wrong))


def _name(series: Series, taken: dict[str, bytes]) -> str:
    i = series.indicator
    words = "-".join(part for part in (i.region, *i.scope[1:], i.name, i.qualifier, i.unit, i.change) if part)
    base = re.sub(r"[^0-9A-Za-z_\u4e00-\u9fff-]+", "_", words)[:60].strip("_") or "series"
    name, number = f"{base}.svg", 1
    while name in taken:
        number += 1
        name = f"{base}-{number}.svg"
    return name


def _spec(series: Series, wrong: Collection[tuple[str, str]]) -> dict[str, Any]:
    values: list[dict[str, Any]] = []
    largest = max((abs(Decimal(v.value)) for p in series.periods for v in p.values if v.value), default=Decimal(0))
    plain = series.indicator.unit in ("percent", "percentage_point", "index")
    size, word = next(((s, w) for s, w in ((10**8, "亿"), (10**4, "万")) if largest >= s and not plain), (1, ""))
    for printed in series.periods:
        for value in printed.values:
            if value.value is not None:
                shown = {"x": _year(printed.period), "span": _months(printed.period), "value": float(Decimal(value.value) / size)}
                values.append({**shown, "wrong": (value.document, value.figure) in wrong})
    unit = {"percent": "%", "percentage_point": "百分点", "CNY": "元"}.get(series.indicator.unit, series.indicator.unit)
    spans = list(dict.fromkeys(value["span"] for value in values))
    x = {"field": "x", "type": "ordinal", "title": None, "axis": {"labelAngle": 0}}
    axis = {"tickCount": 5, "titleAngle": 0, "titleAlign": "left", "titleY": -8, "titleX": -40}
    y = {"field": "value", "type": "quantitative", "title": word + unit, "scale": {"zero": False, "padding": 14}, "axis": axis}
    legend = {"title": None, "orient": "bottom", "symbolType": "circle"} if len(spans) > 1 else None
    colours = (_COLOURS * (len(spans) // len(_COLOURS) + 1))[: len(spans)]
    colour = {"field": "span", "type": "nominal", "sort": spans, "scale": {"domain": spans, "range": colours}, "legend": legend}
    ring = {"type": "point", "size": 190, "filled": False, "color": _WRONG, "strokeWidth": 2}
    return {
        "title": {"text": title(series.indicator), "anchor": "start", "fontSize": 14, "color": "#5b6472", "fontWeight": "normal", "offset": 16},
        "data": {"values": values},
        "width": max(260, min(900, 100 * len({value["x"] for value in values}))),
        "height": 200,
        "layer": [
            {"mark": {"type": "line"}, "encoding": {"x": x, "y": {**y, "aggregate": "max"}, "color": colour}},
            {"mark": {"type": "point", "size": 60, "filled": True}, "encoding": {"x": x, "y": y, "color": colour}},
            {"mark": ring, "transform": [{"filter": "datum.wrong"}], "encoding": {"x": x, "y": y}},
        ],
    }


def _year(period: Span) -> str:
    first, last = period.start[:4], period.end[:4]
    return first if first == last else f"{first}–{last}"


def _months(period: Span) -> str:
    first, last = int(period.start[5:7]), int(period.end[5:7])
    return f"{first}–{last}月" if first != last else f"{first}月"
