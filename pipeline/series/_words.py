"""The sentence of a finding over two releases, in Chinese and in English."""

from __future__ import annotations

from fractions import Fraction

from ...schemas.document import Span
from ...schemas.finding import Message, Reason
from ...schemas.series import Indicator, SeriesIdentity, SeriesVerdict, Value
from ..interval import decimal

_REASONS: dict[str, tuple[str, str]] = {
    "hedged": ("有的数字只是约数、界限或“持平”", "a figure is only approximate, a bound or “flat”"),
    "other_basis": ("口径可能不同，或基数已修订", "the basis may differ, or the earlier figure was revised"),
    "ambiguous": ("可用的数字不止一个", "more than one figure could be meant"),
}
_VERDICTS: dict[SeriesVerdict, tuple[str, str]] = {
    "agrees": ("一致", "the two agree"),
    "within_rounding": ("考虑各数字自身的舍入，相符", "they fit once rounding is allowed for"),
    "disagrees": ("两次发布不一致", "the two releases contradict each other"),
    "revision": ("文中说明是修订或初步数，属修订", "the text says revised or preliminary: a revision"),
    "cannot_tell": ("无法判断", "cannot tell"),
}


def message(
    identity: SeriesIdentity, verdict: SeriesVerdict, reason: Reason | None, indicator: Indicator, period: Span, claim: Value,
    operands: tuple[Value, ...], expression: str, point: Fraction,
) -> Message:  # fmt: skip
    """One sentence with the working; ``point`` is in the unit of the indicator."""
    zh, en = _VERDICTS[verdict]
    if reason in _REASONS:
        zh, en = f"{zh}：{_REASONS[reason][0]}", f"{en}: {_REASONS[reason][1]}"
    when, told = span(period), (operands[0].date or "?", claim.date or "?")
    if identity == "previous":
        shown = shorten(point, indicator.unit)
        return Message(
            f"{told[0]}发布的{expression} = {shown}，推得{when}的{indicator.name}；{told[1]}发布的是{claim.surface}：{zh}。",
            f"{expression} = {shown} (released {told[0]}) implies {indicator.name} of {when}; {claim.surface} was released {told[1]}: {en}.",
        )
    if identity == "bound":
        return Message(
            f"{indicator.name}：{expression}（{told[0]}发布），到{when}反而只有{claim.surface}（{told[1]}发布）：{zh}。",
            f"{indicator.name}: {expression} (released {told[0]}), yet {claim.surface} over {when} (released {told[1]}): {en}.",
        )
    return Message(
        f"{when}的{indicator.name}：{told[0]}发布{operands[0].surface}，{told[1]}发布{claim.surface}：{zh}。",
        f"{indicator.name} of {when}: {operands[0].surface} released {told[0]}, {claim.surface} released {told[1]}: {en}.",
    )


def span(period: Span) -> str:
    """A year, or its months: 2020, 2020-01–2020-06."""
    if (period.start[5:], period.end[5:]) == ("01-01", "12-31") and period.start[:4] == period.end[:4]:
        return period.start[:4]
    if period.start == period.end:
        return period.start
    return f"{period.start[:7]}–{period.end[:7]}"


def shorten(point: Fraction, unit: str) -> str:
    """A computed value for a person: 亿 and 万 for large ones, four places, … where more follow."""
    size, word = Fraction(1), ""
    if unit not in ("percent", "percentage_point", "index"):
        size, word = next(((Fraction(s), w) for s, w in ((10**8, "亿"), (10**4, "万")) if abs(point) >= s), (size, word))
    short = decimal(point / size, 4)
    more = "" if short == decimal(point / size, 14) else "…"
    return short + more + word + {"percent": "%", "CNY": "元"}.get(unit, unit if unit.isascii() is False else "")
