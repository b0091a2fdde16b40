"""Lists in order: who stands first, second, third.

>>> 投资完成率排名前三的分别是:西湖区、高新区和经开区 → 3 names
"""

from __future__ import annotations

import re

from ..schemas.reading import NameList
from ._numerals import small
from ._rule import Words, led

_N = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_HEAD = re.compile(
    rf"""
    (?P<head>
      (?: 前(?P<n>{_N})(?!(?:个?(?:多|半)?(?:月|季|年|天|周|日|批|期|次|届|轮|段|步|者)|[0-9.%万亿]))(?:位|名|强)?
        | 第(?P<a>{_N})(?:位|名)?[至到-]第?(?P<b>{_N})(?:位|名)
        | 第(?P<one>{_N})(?:位|名)?(?=的)
        | 由(?:高到低|大到小)(?:排序|排名|排列)?
        | 从(?:高到低|大到小)(?:排序|排名|排列)?
        | 按得分(?:排序|排名|排列)? )
      (?:的?[^，。,；;：:、\n0-9]{{0,12}})?
      (?:(?:分别|依次|由高到低|先后){{0,3}}(?:是|为|有):?|:|(?:依次|顺序)为:?)
    )
    (?P<list>[^。；;？?！!\n:]{{2,400}})
    """,
    re.VERBOSE,
)
_BEFORE = ("排名", "排在", "排位", "排序", "位居", "位列", "名列", "居", "列", "排")
_OF_ALL = ("全国", "全省", "全市", "全县", "全州")
_AND = re.compile(r"以及|和|及|与")
_AND_SO_ON = re.compile(r"等(?:[0-9]{1,4}|[一二三四五六七八九十]{1,3})?(?:个|家)?[^、]{0,6}$")
_COUNTED = re.compile(r"[0-9]|[一二三四五六七八九十]")
_ASKED = re.compile(r"哪|什么|怎么?样|如何|多少|几[个家位]|吗")
_VALUE = re.compile(r"[0-9](?:\.[0-9]{1,6})?[%万亿个]")


def _names(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool, int]:
    """Spans of the names in ``text[start:end]``, whether 等 leaves the list open, and where the list ends."""
    spans, stop = _cut(text, start, end)
    last = text[spans[-1][0] : spans[-1][1]]
    tail, open_ended = _AND_SO_ON.search(last), False
    if tail and len(last) > 1:
        open_ended = not _COUNTED.search(tail[0])
        spans[-1] = (spans[-1][0], spans[-1][0] + tail.start())
    cleaned = [_trim(text, a, b) for a, b in spans]
    return [(a, b) for a, b in cleaned if b > a], open_ended, stop


def _cut(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], int]:
    """The members between 、, 和, 及, 与 outside brackets, and the comma or bracket at which the list stops."""
    spans: list[tuple[int, int]] = []
    depth, begin, at = 0, start, start
    while at < end:
        c = text[at]
        depth += (c == "(") - (c == ")")
        if depth < 0 or (depth == 0 and c in "，,"):
            break
        joined = _AND.match(text, at) if depth == 0 and at - begin >= 2 else None
        step = 1 if depth == 0 and c == "、" else len(joined[0]) if joined else 0
        if step:
            spans.append((begin, at))
            begin = at + step
        at += step or 1
    return [*spans, (begin, min(at, end))], min(at, end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the value in brackets behind a name: 西湖区(135.2%)."""
    bracket = text.find("(", start, end)
    if bracket > start and re.search(r"[0-9]", text[bracket:end]):
        end = bracket
    while start < end and text[start] in " \"“”'":
        start += 1
    while end > start and text[end - 1] in " \"“”'":
        end -= 1
    return start, end


def _positions(m: re.Match[str]) -> tuple[int, int | None]:
    """The first and the last position that the head announces; a list in order announces no last one."""
    if m["n"]:
        return 1, small(m["n"])
    if m["one"]:
        first = small(m["one"]) or 1
        return first, first
    return (small(m["a"]) or 1, small(m["b"])) if m["a"] else (1, None)


def _list(m: re.Match[str], rule: str) -> NameList | None:
    text = m.string
    names, open_ended, stop = _names(text, *m.span("list"))
    if not names or any(b - a > 24 or _VALUE.search(text[a:b]) for a, b in names):
        return None
    first, last = _positions(m)
    if _ASKED.search(text[m.start() : stop]) or (len(names) == 1 and last is not None and last > first):
        # 前三名有哪些: a question names nobody, and one name is no list.
        return None
    start = led(text, led(text, m.start(), *_OF_ALL), *_BEFORE)
    return NameList(start, stop, (start, m.end("head")), first, last, tuple(names), open_ended, rule)


RULES = (Words("a list in order", _HEAD, _list, ("前", "第", "由高到低", "从高到低", "由大到小", "从大到小", "按得分")),)
