"""Numerals that belong together: ranges, and lists whose unit stands only at the last member."""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.figure import Bound
from ..schemas.reading import Reading
from ._bounds import interval
from ._numerals import Numeral

_RANGE = re.compile(r"(?P<unit>%|个百分点|亿元|万元|元|岁|年|个月|个|人|公里|吨|亩|[万亿])?(?:[-~至到]|--|——)")
_FROM = re.compile(r"[由从自][^，。,；;]{0,8}$")
_JOIN = re.compile(r"[、和及与或]|以及")
_CHANGE = re.compile(r"(?:提高|提升|上升|下降|回落|高|低|快|慢|超|扩大|收窄|增加|减少|加快|放缓|回升|上涨|增长|降低|落后|领先|滞后|增|降|超过|多|少)(?:于|出)?[^，。,；;\d]{0,14}$")


def ranges(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Two numerals with a dash between them are one: 200-300亿元, 7.5%到8%, 三至五个."""
    joined: list[Numeral] = []
    for numeral in numerals:
        last = joined[-1] if joined else None
        if last is not None and _is_range(text, last, numeral):
            low = last.value
            scale = _scale(text, numeral)
            if last.step <= 1 and scale > 1 and low < numeral.value / scale:
                low *= scale
            joined[-1] = numeral._replace(start=last.start, value=low, high=numeral.value)
        else:
            joined.append(numeral)
    return joined


def _is_range(text: str, a: Numeral, b: Numeral) -> bool:
    gap = text[a.end : b.start]
    m = _RANGE.fullmatch(gap)
    if m is None or a.high is not None or b.high is not None or a.bare or b.bare:
        return False
    low, high = a.value, b.value
    if m["unit"] and not text.startswith(m["unit"].lstrip("万亿") or m["unit"], b.end):
        return False
    if gap[-1:] in "至到" and _FROM.search(text, max(0, a.start - 12), a.start) and m["unit"]:
        return False
    scale = _scale(text, b)
    return low < high or (a.step <= 1 and low * scale < high)


def _scale(text: str, numeral: Numeral) -> Decimal:
    """万 or 亿 that stands at the end of the second number of a range."""
    end = text[numeral.start : numeral.end]
    for word, scale in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
        if end.endswith(word):
            return Decimal(scale)
    return Decimal(1)


def shared_units(text: str, readings: list[Reading], unread: list[Numeral]) -> tuple[list[Reading], list[Numeral]]:
    """10.4、8.6、6.6个百分点 and 36.2、94.3亿元: a bare member takes the unit of the next; 24个、7个和4.8个百分点 are all points."""
    pending = {n.end: n for n in unread}
    result: list[Reading] = []
    for reading in reversed(readings):
        result.append(_as_points(text, reading, result[-1] if result else None))
        head = result[-1]
        while True:
            member = _before(text, head, pending)
            if member is None:
                break
            del pending[member.end]
            head = _like(text, member, head)
            result.append(head)
    result.sort(key=lambda r: r.start)
    return result, sorted(pending.values())


def _before(text: str, reading: Reading, pending: dict[int, Numeral]) -> Numeral | None:
    for width in (1, 2):
        at = reading.start - width
        if at > 0 and at in pending and _JOIN.fullmatch(text, at, reading.start):
            return pending[at]
    return None


def _like(text: str, numeral: Numeral, model: Reading) -> Reading:
    """``numeral`` in the unit, and if it has no 万 or 亿 of its own in the scale, of ``model``."""
    printed = text[model.number[0] : model.number[1]]
    factor = Decimal(1)
    if model.unit == "percent" and text[model.number[1] : model.number[1] + 1] == "‰":
        factor = Decimal("0.1")
    if numeral.step <= 1 and model.kind != "rate":
        for word, scale in (("万亿", 10**12), ("亿", 10**8), ("万", 10**4)):
            if printed.rstrip("多余").endswith(word):
                factor = Decimal(scale)
                break
    exact = model.kind == "count" and numeral.exact and factor == 1
    value, step = numeral.value * factor, numeral.step * factor
    low, high = interval(value, step, exact, None, False)
    return Reading(
        numeral.start, numeral.end, model.kind, value, low, high, Decimal(0) if exact else step, model.unit, None,
        "the unit stands at the end of the list", (numeral.start, numeral.end), model.direction,
    )


def _as_points(text: str, reading: Reading, following: Reading | None) -> Reading:
    """24个、7个和4.8个百分点: the members before the last have lost 百分点 but not 个."""
    if following is None or following.kind != "points" or reading.kind != "count" or reading.unit != "个":
        return reading
    if not _JOIN.fullmatch(text, reading.end, following.start) or reading.value is None:
        return reading
    places = len(text[reading.number[0] : reading.number[1]].partition(".")[2])
    step = Decimal(1).scaleb(-places)
    low, high = interval(reading.value, step, False, None, False)
    return Reading(
        reading.start, reading.end, "points", reading.value, low, high, step, "percentage_point", None,
        "the unit stands at the end of the list", reading.number, following.direction,
    )


_INDEX_GOES_ON = re.compile(r"(?:[降升]至|[降升]到|提高到|提高至|缩小|扩大|下降|上升|回落|提高)$")
_PERSONS = re.compile(r"人数|人口|居民|学生|在校生|教师|职工|群众|旅客|游客|毕业生|农民|老年人|儿童|参保|接种|就业|劳动力|妇女|青年|党员|干部|患者|用户")
_SENTENCE_END = "。！？!?\n"


def without_units(text: str, readings: list[Reading], unread: list[Numeral]) -> tuple[list[Reading], list[Numeral]]:
    """接种总人数达12亿8894.7万; 同比增加35万 after 1076万人; 收入比由2.75降至2.67: the unit was said before or is left out."""
    left: list[Numeral] = []
    for numeral in unread:
        found = _left_out(text, readings, numeral)
        if found is None:
            left.append(numeral)
        else:
            readings = sorted([*readings, found], key=lambda r: r.start)
    return readings, left


def _left_out(text: str, readings: list[Reading], numeral: Numeral) -> Reading | None:
    start = max((text.rfind(c, 0, numeral.start) for c in _SENTENCE_END), default=-1) + 1
    before = [r for r in readings if start <= r.start < numeral.start]
    if before and before[-1].kind == "index" and _INDEX_GOES_ON.search(text, start, numeral.start):
        low, high = interval(numeral.value, numeral.step, False, None, False)
        span = (numeral.start, numeral.end)
        return Reading(*span, "index", numeral.value, low, high, numeral.step, "index", None, "an index goes on", span)
    follow = text[numeral.end : numeral.end + 1]
    large = text[numeral.start : numeral.end].rstrip("多余")[-1:] in ("万", "亿")
    if not large or follow.isascii() and follow.isalnum():
        return None
    unit = _said_unit(text, start, before, numeral)
    if unit is None:
        return None
    low, high = interval(numeral.value, numeral.step, False, "over" if numeral.over else None, numeral.over)
    span = (numeral.start, numeral.end)
    bound: Bound | None = "over" if numeral.over else None
    return Reading(*span, "count", numeral.value, low, high, numeral.step, unit, bound, "a count without its measure word", span)


def _said_unit(text: str, start: int, before: list[Reading], numeral: Numeral) -> str | None:
    if _PERSONS.search(text, max(start, numeral.start - 14), min(len(text), numeral.end + 6)):
        return "人"
    same = [r for r in before if r.kind == "count" and r.step > 0]
    return same[-1].unit if same and numeral.start - same[-1].end <= 12 else None


_TRIPLE = re.compile(r"(?<![\d.:])\d{1,2}(?:\.\d+)?(?::\d{1,2}(?:\.\d+)?){2,3}(?![\d.:])")


def structures(text: str) -> list[Reading]:
    """7.7:57.5:34.8, the shares of three industries: one rate each."""
    found: list[Reading] = []
    for m in _TRIPLE.finditer(text):
        parts = [(p.start(), p.end(), Decimal(p[0])) for p in re.compile(r"\d+(?:\.\d+)?").finditer(text, m.start(), m.end())]
        total = sum(v for _, _, v in parts)
        if abs(total - 100) > 1:
            continue
        for start, end, value in parts:
            step = Decimal(1).scaleb(value.as_tuple().exponent)  # type: ignore[arg-type]
            found.append(
                Reading(start, end, "rate", value, value - step / 2, value + step / 2, step, "percent", None,
                        "a structure: shares with colons", (start, end))
            )
    return found
