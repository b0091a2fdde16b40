"""The numeral core: Arabic and Chinese numerals, 万 亿 万亿, decimals, infix 余 and 多, compounds, ranges.

Two passes over the view, one anchored on digits, one on Chinese numerals; the rooms look at what stands to the right.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

MAX_DIGITS = 24


class Numeral(NamedTuple):
    """A number without its unit. ``high`` is None but for a range; ``step`` is one unit of the last printed place.

    ``exact`` is true where every digit is printed (no 万, no 亿, no decimals, no 余).
    """

    start: int
    end: int
    value: Decimal
    high: Decimal | None
    step: Decimal
    exact: bool
    over: bool
    chinese: bool
    bare: bool = False
    fraction: bool = False


Taken = Callable[[int, int], bool]


def _nothing_is(start: int, end: int) -> bool:
    return False


_SCALE = {
    "十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7,
    "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12, "亿万": 10**12,
}
# 千瓦, 千克 and 千米 are units, 百分点 is one too: their first character is no multiplier.
_MULT = r"(?:万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千(?!瓦|克|米|卡|伏|赫|帕|焦|字节|分之|分点)|百(?!分|帕))"
# 多数, 多方, 多年生: 多 belongs to the word behind it.
_MANY = r"余(?!额|名单)|几(?=[名个家人户])|多(?!数|方|层|式|年生|功能|元化|措|维|样|点|式联运)"
_ARABIC = re.compile(
    rf"""
    (?P<digits>[0-9](?<![0-9.].)(?:[0-9]{{0,2}}(?:,[0-9]{{3}})++(?:\.[0-9]++)?|[0-9]*+(?:\.[0-9]++)?))(?![0-9]|\.[0-9])
    (?:(?P<infix>余|多|几)?(?P<mult>{_MULT}))?
    (?:(?P<digits2>[0-9]{{1,4}}(?:\.[0-9]++)?)(?P<infix2>余|多)?(?P<mult2>{_MULT}))?
    (?:(?P<digits3>[0-9]{{1,4}}(?:\.[0-9]++)?)(?P<mult3>{_MULT}))?
    (?P<post>{_MANY})?
    """,
    re.VERBOSE,
)
# A dash behind one of these joins two words or two numbers and is no minus.
_NO_MINUS = frozenset("0123456789%‰)年月日万亿元度期号第")
_NO_NEGATIVE = frozenset("正自抱担欠肩减")
_VAGUE = frozenset("数几")
_MULTIPLIERS = frozenset("百 千 万 亿 万亿 十万 百万 千万 十亿 百亿 千亿".split())
_HAN_DIGIT = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_CHINESE = re.compile(
    r"(?P<body>[零〇一二三四五六七八九十百千两万亿](?<![零〇一二三四五六七八九十百千两万亿点0-9.第].)"
    r"[零〇一二三四五六七八九十百千两万亿]*+(?:点[零〇一二三四五六七八九]++)?[万亿]*+)"
    rf"(?P<post>{_MANY}|几(?=[万亿]))?(?P<mult>万亿|万|亿)?"
)


def arabic(text: str, taken: Taken = _nothing_is) -> Iterator[Numeral]:
    """Every Arabic numeral of ``text`` that is not taken, left to right; longer than 24 digits are left for the audit."""
    for m in _ARABIC.finditer(text):
        if taken(*m.span("digits")):
            continue
        numeral = _read_arabic(text, m)
        if numeral is not None:
            yield numeral


def _read_arabic(text: str, m: re.Match[str]) -> Numeral | None:
    digits, infix, mult, more, infix2, mult2, last, mult3, post = m.groups()
    if len(digits) > MAX_DIGITS or (more and len(more) > MAX_DIGITS) or (last and len(last) > MAX_DIGITS):
        return None
    scale = _SCALE[mult] if mult else 1
    value, step = Decimal(digits.replace(",", "")), _last_place(digits)
    if mult:
        value, step = value * scale, step * scale
    for smaller_digits, unit in ((more, mult2), (last, mult3)):
        if smaller_digits is None:
            continue
        smaller = _SCALE[unit]
        if smaller >= scale or Decimal(smaller_digits) * smaller >= scale:
            return None
        value, step, scale = value + Decimal(smaller_digits) * smaller, _last_place(smaller_digits) * smaller, smaller
    start = m.start()
    if start and _negative(text, start):
        start, value = start - (2 if text[start - 1] == "下" else 1), -value
    over = bool(infix or infix2 or post)
    if over:
        step *= _round(last or more or digits)
    return Numeral(start, m.end(), value, None, step, scale == 1 and "." not in digits and not over, over, False)


def _negative(text: str, start: int) -> bool:
    """Whether the character before ``start`` is a minus: -0.6‰, 负3.2%, 零下18.5, but not 1-12 or 正负5."""
    sign, before = text[start - 1], text[start - 2 : start - 1]
    if sign == "-":
        return before not in _NO_MINUS and not (before.isascii() and before.isalpha())
    if sign == "下" and before == "零":
        return True
    return sign == "负" and before not in _NO_NEGATIVE


_PLACES = tuple(Decimal(1).scaleb(-places) for places in range(MAX_DIGITS + 1))


def _round(digits: str) -> int:
    """2300余 is less than 2400, 160余万 less than 170万: the last digit that is no zero counts."""
    return 1 if "." in digits else 10 ** (len(digits) - len(digits.rstrip("0")))


def _last_place(digits: str) -> Decimal:
    point = digits.find(".")
    return _PLACES[len(digits) - point - 1] if point >= 0 else _PLACES[0]


def chinese(text: str, taken: Taken = _nothing_is) -> Iterator[Numeral]:
    """Every Chinese numeral that a strict reading accepts; 五六百 and 三四 are ranges, a bare 万 or 亿 has ``bare``."""
    for m in _CHINESE.finditer(text):
        start, end = m.span()
        if taken(start, end):
            continue
        read = _read_chinese(m["body"])
        # 百分点 is a unit, 数百家 and 几十万 are so many as nobody knows.
        if read is None or text.startswith("分", m.end()) or (text[start - 1 : start] in _VAGUE and m["body"][0] in "十百千万亿"):
            continue
        low, high, step, bare = read
        if m["mult"]:
            scale = _SCALE[m["mult"]]
            low, step = low * scale, step * scale
            high = high * scale if high is not None else None
        if m["post"]:
            step *= _round(str(int(low / step)))
        exact = step == 1 and not m["post"]
        # 百余家 is more than a hundred, 百家 may be a name.
        yield Numeral(start, m.end(), low, high, step, exact, bool(m["post"]), True, bare and not m["post"])


_NEAR = re.compile(r"([一二三四五六七八九两])([二三四五六七八九])([十百千]?[万亿]?)")


def _read_chinese(body: str) -> tuple[Decimal, Decimal | None, Decimal, bool] | None:
    """Value, end of a range, step, and whether it is a multiplier alone."""
    if len(body) > MAX_DIGITS:
        return None
    if body in _MULTIPLIERS:
        return Decimal(_SCALE[body]), None, Decimal(_SCALE[body]), True
    scale = Decimal(1)
    while "点" in body and body[-1] in "万亿":
        scale *= _SCALE[body[-1]]
        body = body[:-1]
    whole, _, tail = body.partition("点")
    near = _NEAR.fullmatch(whole)
    if near and not tail and _HAN_DIGIT[near[2]] == _HAN_DIGIT[near[1]] + 1:
        unit = Decimal(1)
        for c in near[3]:
            unit *= _SCALE[c]
        return _HAN_DIGIT[near[1]] * unit, _HAN_DIGIT[near[2]] * unit, unit, False
    value = _whole(whole)
    if value is None or value >= 10**MAX_DIGITS:
        return None
    number = Decimal(value)
    step = Decimal(1)
    if tail:
        number += Decimal("0." + "".join(str(_HAN_DIGIT[c]) for c in tail))
        step = Decimal(1).scaleb(-len(tail))
    elif whole[-1] in "万亿":
        step = Decimal(_SCALE[whole[-1]])
    return number * scale, None, step * scale, False


def _whole(body: str) -> int | None:
    """一千二百零五万 → 12050000; None where the grammar is broken (二〇二〇, 一二三)."""
    total = section = 0
    digit: int | None = None
    last = 10**5
    for i, c in enumerate(body):
        if c in _HAN_DIGIT:
            if digit is not None and body[i - 1] not in "零〇":
                return None
            digit = _HAN_DIGIT[c]
        elif c in "十百千":
            unit = _SCALE[c]
            if unit >= last or (digit is None and not (c == "十" and section == 0 and total == 0 and i == 0)):
                return None
            section += (1 if digit is None else digit) * unit
            digit, last = None, unit
        else:
            section += digit or 0
            if section == 0 and total == 0:
                return None
            total = (total + section) * _SCALE[c] if c == "亿" else total + section * _SCALE[c]
            section, digit, last = 0, None, 10**5
    if digit is not None:
        zero = len(body) > 1 and body[-2] in "零〇"
        section += digit if zero or last == 10**5 or last == 10 else digit * (last // 10)
    return total + section


def small(text: str) -> int | None:
    """A whole number in digits or in words that fills ``text``; None otherwise."""
    if text.isdigit():
        return int(text) if len(text) <= MAX_DIGITS else None
    read = _read_chinese(text) if text and all(c in _HAN_DIGIT or c in "十百千万亿" for c in text) else None
    return int(read[0]) if read is not None and read[1] is None else None
