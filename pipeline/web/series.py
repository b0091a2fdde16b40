"""One indicator over releases: which indicators several documents of the shelf print."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from ...schemas.figure import Figure
from ...schemas.report import Report
from ..export.charts import Point
from ..export.digest import plain

_KINDS = ("count", "money", "rate", "quantity", "index")


class Indicator(NamedTuple):
    """A measured thing and what each release printed of it."""

    name: str
    points: tuple[Point, ...]


def indicators(reports: Iterable[Report]) -> list[Indicator]:
    """Those printed in at least two documents of different dates, the ones with most releases first."""
    found: dict[tuple[str, ...], dict[str, Point]] = {}
    for report in reports:
        date = report.document.event_date or report.document.published
        if not date:
            continue
        for figure in report.figures:
            name = figure.metric_text or ""
            if not name or figure.kind not in _KINDS or not figure.value or figure.direction:
                continue
            key = (figure.metric or name, _where(report, figure), figure.unit, figure.kind)
            point = Point(date, plain(figure.surface), figure, plain(report.document.title or report.document.source))
            # The first mention in a document is the headline.
            found.setdefault(key, {}).setdefault(date, point)
    series = [Indicator(_name(key, points), tuple(points.values())) for key, points in found.items() if len(points) > 1]
    return sorted(series, key=lambda one: (-len(one.points), one.name))


def _where(report: Report, figure: Figure) -> str:
    region = report.document.region.name if report.document.region else ""
    return " › ".join(dict.fromkeys((region, *figure.scope)))


def _name(key: tuple[str, ...], points: dict[str, Point]) -> str:
    figure = next(iter(points.values())).figure
    return plain(" · ".join(part for part in (figure.metric_text or key[0], key[1]) if part))
