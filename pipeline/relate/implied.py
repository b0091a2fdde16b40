"""What the document implies for an earlier period without printing it: 117% now, 29.4 points more than last year → 87.6."""

from __future__ import annotations

from ...schemas.document import Period
from ...schemas.finding import Implied
from .items import Item
from .ledger import Ledger
from .statements import plain


def implied(ledger: Ledger) -> tuple[Implied, ...]:
    """Rates of the year before, from a rate and its change 较上年."""
    found: list[Implied] = []
    for item in ledger.items:
        if item.reading.kind != "points" or item.reading.value is None or item.role != "change" or item.n == 0:
            continue
        if item.reading.direction != "flat" and (item.comparison is None or item.comparison.with_ != "previous_year"):
            continue
        if item.reading.direction == "flat" and not any(w in ledger.text[item.start : item.end] for w in ("上年", "去年")):
            continue
        rate = ledger.items[item.n - 1]
        if rate.reading.kind != "rate" or rate.sentence != item.sentence or rate.reading.value is None:
            continue
        if rate.role not in ("completion", "rate", "share", "bare"):
            continue
        change = -item.value if item.direction == "down" else item.value
        value = plain(rate.value - change) or "0"
        found.append(
            Implied((ledger.ids[rate.n], ledger.ids[item.n]), value, "percent", rate.metric, rate.subject, _year_before(rate))
        )
    return tuple(found)


def _year_before(rate: Item) -> Period | None:
    period = rate.period
    if period is None or period.start is None or period.end is None:
        return None
    start, end = (f"{int(d[:4]) - 1:04}{d[4:]}" for d in (period.start, period.end))
    if end.endswith("02-29"):
        end = end[:-2] + "28"
    return Period(start, end, "上年")
