"""Lists in order: who stands first, second, third.

>>> 投资完成率排名前三的分别是:西湖区、高新区和经开区 → 3 names
"""

from __future__ import annotations

import re

from ..schemas.reading import NameList
from ._numerals import small
from ._rule import Words

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_OF = r"(?:的?[^，。,；;：:、\n\d]{0,12})?"
_IS = r"(?:分别|依次|由高到低|先后)*(?:是|为|有):?|:"
_HEAD = re.compile(
    rf"""
    (?P<head>
      (?:排名|排在|排位|排序|位居|位列|名列|居|列|排)?(?:全[国省市县州])?
      (?: 前(?P<n>{_N})(?:位|名|强)?
        | 第(?P<a>{_N})(?:位|名)?[至到-]第?(?P<b>{_N})(?:位|名)
        | 第(?P<one>{_N})(?:位|名)?(?=的)
        | (?P<all>(?:由高到低|从高到低|由大到小|从大到小|按得分)(?:排序|排名|排列)?) )
      {_OF}(?:{_IS}|(?P<order>依次|顺序)为:?)
    )
    (?P<list>[^。；;\n:]{{2,400}})
    """,
    re.VERBOSE,
)





def _names(text: str, start: int, end: int) -> tuple[list[tuple[int, int]], bool, int]:
    """Spans of the names in ``text[start:end]``, whether 等 leaves the list open, and where the list ends."""
    stop = end
    depth = 0
    spans: list[tuple[int, int]] = []
    begin = start
    at = start
    open_ended = False
    while at < end:
        c = text[at]
        depth += (c == "(") - (c == ")")
        if depth < 0:
            stop = at
            break
        step = 0
        if depth == 0 and c in "，,":
            stop = at
            break
        if depth == 0 and c == "、":
            step = 1
        elif depth == 0:
            joined = re.compile(r"以及|和|及|与").match(text, at)
            if joined and at - begin >= 2:
                step = len(joined[0])
        if step:
            spans.append((begin, at))
            at += step
            begin = at
            continue
        at += 1
    spans.append((begin, stop))
    last = text[spans[-1][0] : spans[-1][1]]
    tail = re.search(r"等(?:\d+|[一二三四五六七八九十]+)?(?:个|家)?[^、]{0,6}$", last)
    if tail and len(last) > 1:
        open_ended = not re.search(r"\d|[一二三四五六七八九十]", tail[0])
        spans[-1] = (spans[-1][0], spans[-1][0] + tail.start())
    cleaned = [_trim(text, a, b) for a, b in spans]
    return [(a, b) for a, b in cleaned if b > a], open_ended, stop


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the value in brackets behind a name: 西湖区(135.2%)."""
    bracket = text.find("(", start, end)
    if bracket > start and re.search(r"\d", text[bracket:end]):
        end = bracket
    while start < end and text[start] in " \"“”'":
        start += 1
    while end > start and text[end - 1] in " \"“”'":
        end -= 1
    return start, end


def _list(m: re.Match[str], rule: str) -> NameList | None:
    names, open_ended, stop = _names(m.string, *m.span("list"))
    if any(b - a > 24 for a, b in names) or not names:
        return None
    if m["all"] or m["order"] and not (m["n"] or m["a"] or m["one"]):
        first, last = 1, None
    elif m["one"]:
        first = small(m["one"]) or 1
        last = first
    elif m["n"]:
        first, last = 1, small(m["n"])
    else:
        first, last = small(m["a"]) or 1, small(m["b"])
    if any(re.search(r"\d+(?:\.\d+)?[%万亿个]", m.string[a:b]) for a, b in names):
        return None
    return NameList(m.start(), stop, m.span("head"), first, last, tuple(names), open_ended, rule)


RULES = (Words("a list in order", _HEAD, _list),)
