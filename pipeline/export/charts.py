"""Charts where looking beats reading, each as static SVG and with the table it was drawn from.

What was printed against what was recomputed, as intervals; parts against their whole. One indicator over releases is drawn
by :mod:`.series_chart`.
The drawing is Vega's, by vl-convert: no script reaches the reader.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from ...schemas.figure import Figure
from ...schemas.report import Report
from .cards import Card
from .digest import amount, places, plain
from .words import Lang, say

_MOST = 8
_FONT = "system-ui, PingFang SC, Noto Sans CJK SC, Microsoft YaHei, WenQuanYi Micro Hei, sans-serif"
_INK, _QUIET, _ACCENT = "#5b6472", "#8a94a3", "#2f6fa7"
_DARK = (
    "<style>@media (prefers-color-scheme:dark){text{fill:#d9dce1}"
    ".role-axis-domain line,.role-axis-tick line{stroke:#767d88}.role-axis-grid line{stroke:#3a4048}}</style>"
)


class Chart(NamedTuple):
    """``spec`` is Vega-Lite; ``rows`` is the same for reading, the first cell of each names it."""

    name: str
    title: str
    note: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    spec: dict[str, Any]


def of(report: Report, cards: Iterable[Card], lang: Lang) -> list[Chart]:
    """The charts of one document that have something to show."""
    listed = list(cards)
    return [chart for chart in (stated(report, listed, lang), parts(report, listed, lang)) if chart.rows]


def stated(report: Report, cards: Iterable[Card], lang: Lang) -> Chart:
    """Printed and recomputed intervals of what does not agree or holds only at its edge; of what agrees otherwise."""
    known, findings = places(report), {finding.id: finding for finding in report.findings}
    values, rows = list[dict[str, Any]](), list[tuple[str, ...]]()
    telling = [card for card in cards if card.printed and card.possible and card.ruling != "false_alarm"]
    doubtful = [card for card in telling if card.verdict not in ("agrees", "cannot_tell")]
    for card in (doubtful or [card for card in telling if card.verdict == "agrees"])[:_MOST]:
        finding = findings[card.id]
        claim = known[finding.claim or ""]
        if not isinstance(claim, Figure) or not (finding.computed_low and finding.computed_high and claim.low and claim.high):
            continue
        scale, unit = _scale(claim)
        for which, low, high in (
            ("chart.printed", claim.low, claim.high), ("chart.possible", finding.computed_low, finding.computed_high)
        ):  # fmt: skip
            ends = sorted(float(Decimal(end) / scale) for end in (low, high))
            values.append({"row": f"{card.heading} ({unit})", "which": say(lang, which), "low": ends[0], "high": ends[1], "mid": sum(ends) / 2})
        rows.append((f"{card.mark} {card.heading}", card.printed, card.possible, card.verdict_words))
    head = tuple(say(lang, key) for key in ("chart.claim", "chart.printed", "chart.possible", "frame.verdict"))
    order = [say(lang, "chart.printed"), say(lang, "chart.possible")]
    return Chart("stated", say(lang, "chart.stated"), say(lang, "chart.stated_note"), head, tuple(rows), _bars(values, order))


def _scale(figure: Figure) -> tuple[Decimal, str]:
    """What values are divided by for the axis, and the unit of what is left."""
    shown = amount(figure.value or figure.low or "0", figure.unit)
    word = shown[-1] if shown[-1:] in ("亿", "万") else ""
    unit = {"percent": "%", "percentage_point": "百分点", "CNY": "元", "times": "倍"}.get(figure.unit, plain(figure.unit))
    return Decimal({"亿": 10**8, "万": 10**4, "": 1}[word]), word + unit


def _bars(values: list[dict[str, Any]], order: list[str]) -> dict[str, Any]:
    colour = {"field": "which", "type": "nominal", "legend": None, "scale": {"domain": order, "range": [_INK, _ACCENT]}}
    x = {"field": "low", "type": "quantitative", "scale": {"zero": False, "padding": 8}, "title": None, "axis": {"tickCount": 5}}
    y = {"field": "which", "type": "nominal", "sort": order, "title": None}
    header = {"labelAngle": 0, "labelAlign": "left", "labelAnchor": "start", "labelOrient": "top", "title": None, "labelFontSize": 13}
    return {
        "data": {"values": values},
        "facet": {"row": {"field": "row", "type": "nominal", "sort": list(dict.fromkeys(v["row"] for v in values)), "header": header}},
        "spec": {
            "width": 380, "height": 48,
            "layer": [
                {"mark": {"type": "bar", "height": 10}, "encoding": {"x": x, "x2": {"field": "high"}, "y": y, "color": colour}},
                {"mark": {"type": "tick", "thickness": 2, "size": 17}, "encoding": {"x": {**x, "field": "mid"}, "y": y, "color": colour}},
            ],
        },
        "resolve": {"scale": {"x": "independent"}},
    }  # fmt: skip


def parts(report: Report, cards: Iterable[Card], lang: Lang) -> Chart:
    """Parts as per cent of the whole they are said to make, worst first."""
    known, findings = places(report), {finding.id: finding for finding in report.findings}
    values, rows = list[dict[str, Any]](), list[tuple[str, ...]]()
    shown = 0
    for card in cards:
        finding = findings[card.id]
        claim = known.get(finding.claim or "")
        whole = Decimal(claim.value) if isinstance(claim, Figure) and claim.value else Decimal(100)
        if finding.identity not in ("sum", "shares") or not whole or card.ruling == "false_alarm" or shown == _MOST:
            continue
        shown += 1
        total = Decimal(0)
        for number, (id_, sign) in enumerate(zip(finding.operands, finding.weights or (1,) * len(finding.operands), strict=False)):
            part = known.get(id_)
            if not isinstance(part, Figure) or not part.value:
                continue
            share = sign * Decimal(part.value) / whole * 100
            total += share
            label = f"{plain(part.metric_text or part.subject or '')} {plain(part.surface)}".strip()
            values.append({"row": f"{shown}. {card.heading}", "part": number % 2, "order": number, "share": float(share)})
            rows.append((f"{shown}. {card.mark} {card.heading}", ("− " if sign < 0 else "") + label, f"{share:.2f}%"))
        rows.append((f"{shown}. {card.mark} {card.heading}", say(lang, "chart.together"), f"{total:.2f}%"))
    head = tuple(say(lang, key) for key in ("chart.whole", "chart.part", "chart.share"))
    return Chart("parts", say(lang, "chart.parts"), say(lang, "chart.parts_note"), head, tuple(rows), _stacks(values))


def _stacks(values: list[dict[str, Any]]) -> dict[str, Any]:
    x = {"field": "share", "type": "quantitative", "title": "%", "stack": "zero"}
    y = {"field": "row", "type": "nominal", "sort": None, "title": None, "axis": {"labelLimit": 230}}
    colour = {"field": "part", "type": "nominal", "legend": None, "scale": {"domain": [0, 1], "range": [_ACCENT, "#7fa9cd"]}}
    return {
        "data": {"values": values},
        "width": 380,
        "height": {"step": 30},
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "stroke": "#ffffff", "strokeWidth": 1},
                "encoding": {"x": x, "y": y, "color": colour, "order": {"field": "order"}},
            },
            {"mark": {"type": "rule", "strokeDash": [4, 3], "color": _INK, "strokeWidth": 1.5}, "encoding": {"x": {"datum": 100}}},
        ],
    }


def svg(chart: Chart) -> str:
    """The chart as SVG that fetches nothing and runs nothing; raises ImportError without the extra ``web``."""
    import vl_convert

    config = {
        "background": None, "font": _FONT, "view": {"stroke": None},
        "axis": {"labelFontSize": 12, "titleFontSize": 12, "labelColor": _INK, "titleColor": _INK, "domainColor": _QUIET,
                 "tickColor": _QUIET, "gridColor": "#e3e6ea"},
        "header": {"labelColor": _INK, "labelFont": _FONT, "labelLimit": 380},
    }  # fmt: skip
    drawn: str = vl_convert.vegalite_to_svg({"$schema": "https://vega.github.io/schema/vega-lite/v5.json", **chart.spec, "config": config})
    return drawn.replace(">", f">{_DARK}", 1)
