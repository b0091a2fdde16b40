"""Numerals that belong together: ranges, structures, and lists whose unit stands only at the last member."""

from __future__ import annotations

import re
from bisect import insort
from decimal import Decimal

from ..schemas.reading import Reading
from ._bounds import around, interval
from ._numerals import Numeral

_DASH = re.compile(r"(?P<unit>[^0-9，。,；;、:()\s~至到—-]{0,4})(?:--?|——|[~至到])")
# 由1966手减至2072手, 增加3个至8个: the two ends of a change, not a range.
_CHANGED = re.compile(r"(?:[由从自]|增加|减少|提高|下降|增至|缩小|扩大|降低|提升|上升)[^，。,；;]{0,8}$")
_JOIN = re.compile(r"[、和及与或]|以及")
# 电力36.2、港口28.4亿元: the name of the next member stands between.
_NAME_BETWEEN = re.compile(r"[、和](?:[\u4e00-\u9fff]{1,9})$")
_SCALES = (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4)))
AT_END = "the unit stands at the end of the list"


def ranges(text: str, numerals: list[Numeral]) -> list[Numeral]:
    """Two numerals with a dash between them are one: 200-300亿元, 7.5%到8%, 1倍至5倍, 三至五个."""
    joined: list[Numeral] = []
    for numeral in numerals:
        last = joined[-1] if joined else None
        if last is not None and numeral.start - last.end <= 6 and _is_range(text, last, numeral):
            low, scale = last.value, _scale(text[numeral.start : numeral.end])
            if last.step <= 1 and scale > 1 and low < numeral.value / scale:
                low *= scale
            joined[-1] = numeral._replace(start=last.start, value=low, high=numeral.value)
        else:
            joined.append(numeral)
    return joined


def _is_range(text: str, a: Numeral, b: Numeral) -> bool:
    m = _DASH.fullmatch(text, a.end, b.start)
    if m is None or a.high is not None or b.high is not None or a.bare or b.bare or b.value < 0:
        return False
    if m["unit"]:
        if not text.startswith(m["unit"], b.end):
            return False
        if m["unit"] not in "倍%" and text[b.start - 1] in "至到" and _CHANGED.search(text, max(0, a.start - 12), a.start):
            return False
    low = a.value
    return low < b.value or (a.step <= 1 and low * _scale(text[b.start : b.end]) < b.value)


def _scale(printed: str) -> Decimal:
    """万 or 亿 that stands at the end of a printed number, 1 without."""
    printed = printed.rstrip("多余")
    return next((scale for word, scale in _SCALES if printed.endswith(word)), Decimal(1))


def shared_units(text: str, readings: list[Reading], unread: list[Numeral]) -> tuple[list[Reading], list[Numeral]]:
    """10.4、8.6、6.6个百分点 and 36.2、94.3亿元: a bare member takes the unit of the next; 24个、7个和4.8个百分点 are all points."""
    pending = {n.end: n for n in unread}
    result: list[Reading] = []
    for reading in reversed(readings):
        result.append(_as_points(text, reading, result[-1] if result else None))
        model = head = result[-1]
        while True:
            member = _before(text, head, pending)
            if member is None:
                break
            del pending[member.end]
            head = _like(text, member, model)
            result.append(head)
    result.sort(key=lambda r: r.start)
    return result, sorted(pending.values())


def _before(text: str, reading: Reading, pending: dict[int, Numeral]) -> Numeral | None:
    for width in (1, 2):
        at = reading.start - width
        if at > 0 and at in pending and _JOIN.fullmatch(text, at, reading.start):
            return pending[at]
    named = _NAME_BETWEEN.search(text, max(0, reading.start - 12), reading.start)
    found = pending.get(named.start()) if named else None
    # 减少426万、下降25.1%: no 万 per cent.
    return found if found is None or reading.kind not in ("rate", "points") or found.step <= 1 else None


def _like(text: str, numeral: Numeral, model: Reading) -> Reading:
    """``numeral`` in the unit, and if it has no 万 or 亿 of its own in the scale, of ``model``."""
    factor = Decimal(1)
    if model.unit == "percent" and text[model.number[1] : model.number[1] + 1] == "‰":
        factor = Decimal("0.1")
    if numeral.step <= 1 and model.kind != "rate":
        factor = _scale(text[model.number[0] : model.number[1]])
    exact = model.kind == "count" and numeral.exact and factor == 1
    step = numeral.step * factor
    if numeral.high is not None:
        low, high = numeral.value * factor, numeral.high * factor
        return _bare(numeral, model, None, low, high, step)
    value = numeral.value * factor
    bottom, top = interval(value, step, exact, None, False)
    return _bare(numeral, model, value, bottom, top, Decimal(0) if exact else step)


def _bare(n: Numeral, model: Reading, value: Decimal | None, low: Decimal | None, high: Decimal | None, step: Decimal) -> Reading:
    span = (n.start, n.end)
    return Reading(*span, model.kind, value, low, high, step, model.unit, None, AT_END, span, model.direction)


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
        reading.start, reading.end, "points", reading.value, low, high, step, "percentage_point", None, AT_END, reading.number, following.direction
    )


_STRUCTURE = re.compile(r"[0-9](?<![0-9.:].)[0-9]?+(?:\.[0-9]++)?(?::[0-9]{1,2}+(?:\.[0-9]++)?){1,3}+(?![0-9.:])")
_PART = re.compile(r"[0-9]++(?:\.[0-9]++)?")


def structures(text: str) -> list[Reading]:
    """7.7:57.5:34.8, the shares of three industries, and 41.3:58.7: one rate each. Two whole numbers must make 100."""
    found: list[Reading] = []
    for m in _STRUCTURE.finditer(text) if ":" in text else ():
        parts = [(p.start(), p.end(), Decimal(p[0])) for p in _PART.finditer(text, m.start(), m.end())]
        off = abs(sum((v for _, _, v in parts), Decimal(-100)))
        if off > (1 if len(parts) > 2 else 0):
            continue
        for start, end, value in parts:
            step = Decimal(1).scaleb(int(value.as_tuple().exponent))
            low, high = value - step / 2, value + step / 2
            rule = "a structure: shares with colons"
            found.append(Reading(start, end, "rate", value, low, high, step, "percent", None, rule, (start, end)))
    return found


_TO_ONE = re.compile(r":1(?![0-9.:])")
_ONE_TO_MANY = re.compile(r":(?!1(?![0-9.:]))[0-9]")
_AFTER_INDEX = ("，", "。", ",", ";", "、", ")", "\n", "的", "上", "下", "")
_INDEX_GOES_ON = re.compile(r"(?:[降升]|提高|缩小|扩大|下降|上升|回落|提升|增加|减少)(?:为|至|到|了)?$")
_PERSON = (
    r"人数|人员|从业者|人口|人民|居民|学生|在校生|教师|职工|群众|民众|旅客|游客|毕业生|农民|老年人|老人|儿童|婴幼儿|参保|接种|就业|劳动力|妇女|女性|男性|青年|党员|干部|患者|"
    r"移民|人才|儿女|残疾人|志愿者|对象|会员|士兵|军人|生命|灾民|员工|考生|网民|粉丝|观众|难民|用工"
)
_PERSONS_BEFORE = re.compile(rf"(?:{_PERSON}|[用客]户|[消参访]\w者|[军烈]属)[^，。,；;、]{{0,12}}$")
_VISITS_BEFORE = re.compile(r"人次[^，。,；;、]{0,8}$")
_PERSONS_BEHIND = re.compile(rf"[^，。,；;、0-9()]{{0,12}}?(?:{_PERSON})")
_HOUSEHOLDS = re.compile(r"[^，。,；;、0-9()]{0,8}?(?:用户|家庭|农户|住户|主体)")
_MONEY_BEFORE = re.compile(
    r"(?:金额|收入|投资|资金|销售|产值|利润|成交|资产|市值|贷款|GDP|税|财政|债|营收|规模|出口|进口|亏损|支出|融资|净流[入出]|价值|交易|减负|让利|降费|退税|补贴|资助|募集|授信|案值|涉案)"
    r"[^，。,；;、0-9]{0,12}$"
)
_SENTENCE = re.compile(r"[。！？!?\n]")
_WINDOW = 200


def without_units(text: str, readings: list[Reading], unread: list[Numeral]) -> tuple[list[Reading], list[Numeral]]:
    """接种总人数达12亿8894.7万; 同比增加35万 after 1076万人; 收入比由2.75降至2.67: the unit was said before or is left out."""
    left: list[Numeral] = []
    readings = list(readings)
    for numeral in unread:
        found = _left_out(text, _said_before(text, readings, numeral), numeral)
        if found is None:
            left.append(numeral)
        else:
            insort(readings, found, key=lambda r: r.start)
    return readings, left


def _said_before(text: str, readings: list[Reading], numeral: Numeral) -> list[Reading]:
    """The readings of the same sentence that stand before ``numeral``, the last ones first, within 200 characters."""
    start = max(0, numeral.start - _WINDOW)
    for m in _SENTENCE.finditer(text, start, numeral.start):
        start = m.end()
    low, high = 0, len(readings)
    while low < high:
        middle = (low + high) // 2
        low, high = (middle + 1, high) if readings[middle].start < numeral.start else (low, middle)
    before = []
    while low and readings[low - 1].start >= start:
        low -= 1
        before.append(readings[low])
    return before


def _left_out(text: str, before: list[Reading], numeral: Numeral) -> Reading | None:
    span = (numeral.start, numeral.end)
    last = before[0] if before else None
    if _ONE_TO_MANY.match(text, numeral.end):
        return None
    if last is not None and last.kind == "index" and not numeral.chinese and _goes_on(text, last, numeral):
        low, high = interval(numeral.value, numeral.step, False, None, False)
        end = numeral.end + 2 * bool(_TO_ONE.match(text, numeral.end))
        return Reading(numeral.start, end, "index", numeral.value, low, high, numeral.step, "index", None, "an index goes on", span)
    follow = text[numeral.end : numeral.end + 1]
    if not numeral.chinese and _index_near(text, numeral):
        low, high = interval(numeral.value, numeral.step, False, None, False)
        return Reading(*span, "index", numeral.value, low, high, numeral.step, "index", None, "an index goes on", span)
    large = numeral.over or numeral.step >= 1000 or _scale(text[span[0] : span[1]]) > 1
    grown = around(text, *span)
    if not large or (follow.isascii() and follow.isalpha()) or (numeral.bare and (grown.bound is None or follow not in _AFTER_INDEX)):
        return None
    kind_unit = _said_unit(text, before, numeral)
    if kind_unit is None or numeral.high is not None:
        return None
    bound = grown.bound or ("over" if numeral.over else None)
    low, high = interval(numeral.value, numeral.step, False, bound, numeral.over)
    kind, unit, rule = kind_unit
    return Reading(grown.start, grown.end, kind, numeral.value, low, high, numeral.step, unit, bound, rule, span)  # type: ignore[arg-type]


_INDEX_NEAR = re.compile(r"指数[^。；;\n]{0,40}$")


def _index_near(text: str, numeral: Numeral) -> bool:
    """景气指数在3月上升到了100.2: named in the sentence, printed like an index."""
    looks = Decimal("0.01") <= numeral.step < 1 and 20 <= numeral.value <= 300
    return looks and text[numeral.end : numeral.end + 1] in _AFTER_INDEX and bool(_INDEX_NEAR.search(text, max(0, numeral.start - 44), numeral.start))


def _goes_on(text: str, last: Reading, numeral: Numeral) -> bool:
    """An index changes to the next one, or stands in a list of indices that are printed alike and near each other."""
    if _INDEX_GOES_ON.search(text, last.end, numeral.start):
        return True
    alike = numeral.step == last.step < 1 and last.value is not None and abs(numeral.value - last.value) * 4 < last.value
    return alike and numeral.start - last.end < 24 and text[numeral.end : numeral.end + 1] in _AFTER_INDEX


def _said_unit(text: str, before: list[Reading], numeral: Numeral) -> tuple[str, str, str] | None:
    start, end = max(0, numeral.start - 16), min(len(text), numeral.end + 20)
    plain = "a count without its measure word"
    if _VISITS_BEFORE.search(text, start, numeral.start):
        return "count", "人次", plain
    if _HOUSEHOLDS.match(text, numeral.end, end):
        return "count", "户", plain
    if _PERSONS_BEHIND.match(text, numeral.end, end) or _PERSONS_BEFORE.search(text, start, numeral.start):
        return "count", "人", plain
    scaled = [r for r in before if r.step >= 1000 and r.kind in ("count", "money") and numeral.start - r.end <= 24]
    if scaled and numeral.start - scaled[0].end <= 12 and scaled[0].kind == "count":
        return "count", scaled[0].unit, plain
    near = bool(scaled) and scaled[0].kind == "money" and numeral.start - scaled[0].end <= 12 and numeral.step >= 1000
    if near or (numeral.step >= 1000 and _MONEY_BEFORE.search(text, start, numeral.start)):
        said = next((r.unit for r in scaled if r.kind == "money"), "CNY")
        return "money", said, "a sum without its currency"
    return None
