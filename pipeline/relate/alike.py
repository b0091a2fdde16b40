"""Lists that go by the name of their whole: 新增债券236.4亿元 … 市本级、县区新增债券分别为83.1亿元和153.3亿元.

Nothing but the name says so; it confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .items import Item
from .names import clean
from .parts import Partition

BY_NAME = "a list that goes by the name of its whole"
SUMMED = "a total of what goes by one name in the sentences before"
OPENED = "a number that opens a sentence, of the figures in the one before"
_REACH = 40
_BACK = 4
_TOTAL = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8}?)(?:总数|总量|总额|总计|合计|总人数|总规模)(?:的|为|是|达到?|共)*$")
_FRAME = re.compile(r"[^，。,；;:()]{0,12}(?:当中|之中|中|里)[,，]")


def alike(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """One list per run of joined figures, per total that names its parts, per number in a frame; none ``known``."""
    seen = {frozenset(p.parts) for p in known}
    for item in items:
        for made in (_by_name(items, item), _summed(items, item), _opened(items, item)):
            if made is not None and frozenset(made.parts) not in seen:
                yield made


def _by_name(items: list[Item], first: Item) -> Partition | None:
    run = [first]
    while run[-1].n + 1 < len(items) and items[run[-1].n + 1].listed and items[run[-1].n + 1].unit == first.unit:
        run.append(items[run[-1].n + 1])
    if first.listed or len(run) < 2 or not all(x.is_level for x in run):
        return None
    words = clean(re.sub(r"(?:分别|依次|各)[^，。]{0,6}$", "", first.near))
    largest = max(x.value for x in run)
    for whole in reversed(items[max(0, first.n - _REACH) : first.n]):
        if whole.turn != first.turn:
            return None
        name = whole.name
        ends = words.endswith(name) or name.endswith(words) or (len(words) >= 4 and name.startswith(words[-4:]))
        named = min(len(name), len(words)) >= 2 and name != words and ends
        if named and whole.is_level and whole.unit == first.unit and whole.value >= largest:
            return Partition(whole.n, tuple(x.n for x in run), (1,) * len(run), BY_NAME, True, False)
    return None


def _summed(items: list[Item], whole: Item) -> Partition | None:
    """小学在校生43.46万人…。初中在校生21.18万人…，占义务教育在校生总数64.64万人的13.6%: one figure per sentence before."""
    m = _TOTAL.search(whole.near.rsplit("占", 1)[-1])
    if m is None or not whole.is_level:
        return None
    found: dict[int, Item] = {}
    for item in reversed(items[max(0, whole.n - _REACH) : whole.n]):
        if item.turn != whole.turn or item.sentence < whole.sentence - _BACK:
            break
        same = item.is_level and item.unit == whole.unit and item.value <= whole.value and not item.listed
        if same and any(m["name"].endswith(item.name[-size:]) for size in (4, 3) if len(item.name) >= size):
            found.setdefault(item.sentence, item)
    parts = tuple(sorted(x.n for x in found.values()))
    return Partition(whole.n, parts, (1,) * len(parts), SUMMED, True, False) if len(parts) >= 2 else None


def _opened(items: list[Item], whole: Item) -> Partition | None:
    """确诊病例26例、无症状感染者143例。169例感染者中: the figures of the unit that the sentence before prints outside of brackets."""
    before = items[whole.n - 1] if whole.n else whole
    opens = whole.n > 0 and before.sentence == whole.sentence - 1 and before.turn == whole.turn and not whole.near and whole.is_level
    if not opens or not _FRAME.match(whole.tail):
        return None
    parts = [x for x in items[max(0, whole.n - 12) : whole.n] if x.sentence == before.sentence and x.unit == whole.unit and x.bracket < 0 and x.is_level]
    if len(parts) < 2 or any(x.value > whole.value for x in parts):
        return None
    return Partition(whole.n, tuple(x.n for x in parts), (1,) * len(parts), OPENED, True, False)
