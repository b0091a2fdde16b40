"""Runs of shares that no printed whole holds together: bare shares side by side, shares beside figures, contributions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from . import cues
from .items import Item

# Shares that make 100, and the template that found them.
Run = tuple[list[Item], str]
_SHARE = ("share", "contribution")
# No name of a member is longer.
_NAME = 16
_NOT = re.compile(r"(?P<not>不|未|非)(?P<stem>[\u4e00-\u9fff]{1,6}(?:率|占比))")
_SHARES_ARE = re.compile(r"(?:份额|占比|比重|比例|构成|贡献率)[^，。；;]{0,8}(?:是|为|如下)?[:：][^，。；;]{0,12}$")


def share_runs(items: list[Item], bound: set[int]) -> Iterator[Run]:
    """Every run of two or more; ``bound`` are the shares whose whole is printed."""
    yield from ((run, "a run of shares") for run in _runs(items))
    yield from _unprinted(items, bound)
    yield from _contributions(items)
    yield from _complements(items)


def _unprinted(items: list[Item], bound: set[int]) -> Iterator[Run]:
    """城镇76750万人，占55.88%；乡村60599万人，占44.12%: shares beside figures of a whole that is not printed."""
    run: list[Item] = []
    for item in items:
        share = item.role == "share" and item.reading.kind == "rate" and item.reading.value is not None and item.n not in bound
        before = items[item.n - 1] if item.n else item
        beside = share and before.is_level and before.sentence == item.sentence and re.search(r"占(?:比|为|到|了)?$", item.near)
        if not beside or cues.INNER.search(before.lead):
            continue
        last = items[run[-1].n - 1] if run else None
        if last is not None and last.unit == before.unit and item.n - run[-1].n == 2 and item.sentence - run[-1].sentence <= 1 and item.turn == run[-1].turn:
            run.append(item)
            continue
        yield from _long(run, "shares beside figures of one unprinted whole")
        run = [item]
    yield from _long(run, "shares beside figures of one unprinted whole")


def _contributions(items: list[Item]) -> Iterator[Run]:
    """消费贡献率55.5%，…投资贡献率30.3%，…净出口贡献率14.2%: what contributes to one growth, in sentences side by side."""
    run: list[Item] = []
    for item in items:
        if item.role != "contribution" or item.reading.kind != "rate" or item.reading.value is None or item.listed:
            continue
        if run and (item.turn != run[-1].turn or item.sentence - run[-1].sentence > 1):
            yield from _long(run, "contributions to one growth")
            run = []
        run.append(item)
    yield from _long(run, "contributions to one growth")


def _complements(items: list[Item]) -> Iterator[Run]:
    """不合格率2.09%，合格率97.91%: a rate and that of its contrary."""
    for a, b in pairwise(items):
        if a.reading.kind != "rate" or b.reading.kind != "rate" or a.sentence != b.sentence:
            continue
        for x, y in ((a, b), (b, a)):
            m = _NOT.search(x.near)
            if m and re.search(rf"(?<![不未非]){m['stem']}", y.near) and not _NOT.search(y.near):
                yield [a, b], "a rate and that of its contrary"


def _long(run: list[Item], template: str) -> Iterator[Run]:
    if len(run) >= 2:
        yield run, template


def _runs(items: list[Item]) -> list[list[Item]]:
    """Shares in one sentence with no other figure between: 东部占35.7%，西部占30.2%，…; 比重分别为72.6%、18.6%和8.8%."""
    runs: list[list[Item]] = []
    for item in items:
        if item.reading.kind == "threshold":
            # 18岁至60岁占69%: a class names its share.
            continue
        if item.reading.kind != "rate" or item.reading.value is None:
            runs.append([])
            continue
        run = runs[-1] if runs else None
        if run and _inner(items, item):
            runs.append([])
        elif run and _goes_on(items, run, item):
            run.append(item)
        else:
            runs.append([item] if _starts(item) else [])
    return [r for r in runs if len(r) >= 2]


def _inner(items: list[Item], item: Item) -> bool:
    """其中65岁及以上占13.6%: some of the class before."""
    before = items[item.n - 1] if item.n else item
    return bool(cues.INNER.search(item.lead)) or (before.reading.kind == "threshold" and bool(cues.INNER.search(before.lead)))


def _goes_on(items: list[Item], run: list[Item], item: Item) -> bool:
    beside = run[-1].sentence == item.sentence and run[-1].bracket == item.bracket and _next(items, run[-1], item)
    return beside and (item.role in _SHARE or (item.role == "bare" and len(item.near) <= _NAME)) and item.role in (run[0].role, "bare")


def _starts(item: Item) -> bool:
    if item.role in _SHARE or (item.role == "rate" and item.near.endswith("比为")):
        return True
    return item.role == "bare" and (item.near.endswith("为") or bool(_SHARES_ARE.search(item.lead)))


def _next(items: list[Item], a: Item, b: Item) -> bool:
    """Whether nothing but classes (18岁及以下) stands between two figures."""
    return all(x.reading.kind == "threshold" for x in items[a.n + 1 : b.n])
