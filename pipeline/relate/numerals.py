"""Numbers of years in words: 五年来, 这三年, 过去十年间, “十三五”期间."""

from __future__ import annotations

import re

_N = r"[一二两三四五六七八九十]{1,3}|\d{1,2}"
# 五年来, 这五年, 过去三年间; 十年前, 三年级 and 三年行动 are none of them.
_YEARS = re.compile(
    rf"(?:这|近|过去|最近|回望|回顾|走过)(?:的|了)?(?P<a>{_N})个?年(?!前|级|期|度|行动|规划|计划|制)"
    rf"|(?<![第\d\-—－~至到])(?P<b>{_N})个?年(?:(?:行动|规划|计划)?期间|来|间|里|内|中|以来|期间|累计|共|年均|平均)"
)
_PLAN_PERIOD = re.compile(r"十[一二三四五]五[”\"]?(?:时期|期间|规划期|五年)")
_DIGITS = {c: k for k, c in enumerate("零一二三四五六七八九十")} | {"两": 2}


def number(word: str) -> int:
    """3, 三, 十二 → the whole number; 0 where it is none."""
    if word.isdigit():
        return int(word)
    tens, ten, ones = word.partition("十")
    if not ten:
        return _DIGITS.get(word, 0) if len(word) == 1 else 0
    return (_DIGITS.get(tens, 0) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)


def said_years(text: str, start: int, end: int) -> int | None:
    """The last number of years that a stretch of the text speaks of."""
    last = next(reversed([*_YEARS.finditer(text, start, end)]), None)
    if last is not None:
        n = number(last["a"] or last["b"])
        return n if n > 1 else None
    return 5 if _PLAN_PERIOD.search(text, start, end) else None


def all_years(text: str, start: int, end: int) -> set[int]:
    """Every number of years that a stretch of the text speaks of."""
    return {number(m["a"] or m["b"]) for m in _YEARS.finditer(text, start, end)} - {0, 1}
