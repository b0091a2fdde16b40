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
    (when, en_when), told = months(period), (operands[0].date or "?", claim.date or "?")
    if identity == "previous":
        shown = shorten(point, indicator.unit)
        return Message(
            f"{told[0]}发布的{expression} = {shown}，推得{when}的{indicator.name}；{told[1]}发布的是{claim.surface}：{zh}。",
            f"{expression} = {shown} (released {told[0]}) implies {indicator.name} of {en_when}; {claim.surface} was released {told[1]}: {en}.",
        )
    if identity == "shares":
        shown, dates = shorten(point, indicator.unit), "、".join(dict.fromkeys(value.date or "?" for value in operands))
        name = indicator.name + (f"（{indicator.qualifier}）" if indicator.qualifier else "")
        return Message(
            f"{when}：{expression} = {shown}（{dates}发布），{told[1]}发布的{name}是{claim.surface}：{zh}。",
            f"{en_when}: {expression} = {shown} (released {dates.replace('、', ', ')}), {claim.surface} was released for {name} {told[1]}: {en}.",
        )
    if identity == "bound":
        # The shorter span stands in the expression in the form of English.
        shorter = expression.rpartition(" ")[0]
        earlier = f"1–{int(shorter[-2:])}月" if "–" in shorter else f"{int(shorter[-2:])}月"
        return Message(
            f"{indicator.name}：{period.start[:4]}年{earlier}{operands[0].surface}（{told[0]}发布），{when}反而只有{claim.surface}（{told[1]}发布）：{zh}。",
            f"{indicator.name}: {expression} (released {told[0]}), yet {claim.surface} over {en_when} (released {told[1]}): {en}.",
        )
    return Message(
        f"{when}的{indicator.name}：{told[0]}发布{operands[0].surface}，{told[1]}发布{claim.surface}：{zh}。",
        f"{indicator.name} of {en_when}: {operands[0].surface} released {told[0]}, {claim.surface} released {told[1]}: {en}.",
    )


def months(period: Span) -> tuple[str, str]:
    """A year, its months or days, in Chinese and in English: 2019年1–6月, 2019-01–06."""
    start, end = period.start, period.end
    if start[:4] != end[:4] or start == end:
        between = start if start == end else f"{start[:7]}–{end[:7]}"
        return between, between
    if (start[5:], end[5:]) == ("01-01", "12-31"):
        return f"{start[:4]}年", start[:4]
    first, last = start[5:7], end[5:7]
    if first == last:
        return f"{start[:4]}年{int(first)}月", start[:7]
    return f"{start[:4]}年{int(first)}–{int(last)}月", f"{start[:7]}–{last}"


def shorten(point: Fraction, unit: str) -> str:
    """A computed value for a person: 亿 and 万 for large ones, four places, … where more follow."""
    size, word = Fraction(1), ""
    if unit not in ("percent", "percentage_point", "index"):
        size, word = next(((Fraction(s), w) for s, w in ((10**8, "亿"), (10**4, "万")) if abs(point) >= s), (size, word))
    short = decimal(point / size, 4)
    more = "" if short == decimal(point / size, 14) else "…"
    return short + more + word + {"percent": "%", "CNY": "元"}.get(unit, unit if unit.isascii() is False else "")
