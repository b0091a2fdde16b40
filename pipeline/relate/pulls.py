"""What pulls a growth up and down makes the growth: 食品影响CPI上涨0.26个百分点，非食品影响0.18个百分点 of 0.4%."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import cues
from .items import Item
from .parts import Partition

TEMPLATE = "what pulls a growth, and the growth"
_REACH = 14
# What is pulled goes by several names: 拉动经济增长 is said of 生产总值.
_OF = (re.compile(r"GDP|生产总值|经济"), re.compile(r"CPI|消费价格"), re.compile(r"PPI|出厂价格"), re.compile(r"工业"))


def pulls(items: list[Item]) -> Iterator[Partition]:
    """One list per run of pulls in sentences side by side; the growth is the one they say they pull."""
    run: list[Item] = []
    for item in items:
        pull = item.reading.kind == "points" and item.reading.value is not None and (item.role == "pull" or "来自" in item.near + item.tail)
        if not pull or (item.listed and (item.role != "pull" or not run)):
            continue
        if not item.listed and run and (item.turn != run[-1].turn or _opened_anew(items, run[-1], item)):
            yield from _made(items, run)
            run = []
        run.append(item)
    yield from _made(items, run)


def _opened_anew(items: list[Item], last: Item, item: Item) -> bool:
    """A growth with its own 其中, or a sentence between."""
    between = items[last.n + 1 : item.n + 1]
    return item.sentence - last.sentence > 1 or any(x.sentence > last.sentence and (cues.INNER.search(x.lead) or _frames(x)) for x in between)


def _frames(item: Item) -> bool:
    return item.role == "growth" and bool(re.search(r"[中里]$", item.tail))


def _made(items: list[Item], run: list[Item]) -> Iterator[Partition]:
    host = _growth(items, run) if len(run) >= 2 else None
    if host is not None:
        yield Partition(host.n, tuple(x.n for x in run), tuple(-1 if x.direction == "down" else 1 for x in run), TEMPLATE, True, False)


def _growth(items: list[Item], run: list[Item]) -> Item | None:
    """The growth in the frame of the sentence, else the last one of what the pulls name."""
    first = run[0]
    named = next((names for names in _OF if any(names.search(x.near) for x in run)), None)
    for item in reversed(items[max(0, first.n - _REACH) : first.n]):
        if item.turn != first.turn or item.role != "growth" or item.reading.kind != "rate" or item.reading.value is None:
            continue
        if item.sentence == first.sentence and (_frames(item) or (item.n == first.n - 1 and cues.INNER.search(first.lead))):
            return item
        metric = next((x.metric for x in run if x.metric), None)
        before = items[item.n - 1] if item.n else item
        about = item.lead + (before.lead if before.sentence == item.sentence else "")
        if (named and named.search(about)) or (metric and metric == item.metric):
            return item
    return _first(items, first) if not _NAMED.search(first.near) or _joined(items, first) else None


_NAMED = re.compile(r"CPI|PPI|GDP|价格|生产总值")


def _joined(items: list[Item], first: Item) -> bool:
    """Whether the pulls stand in one list: 分别拉动增长0.3、2.5和2.5个百分点."""
    return first.n + 1 < len(items) and items[first.n + 1].listed


def _first(items: list[Item], first: Item) -> Item | None:
    """The growth that the paragraph begins with: the parts named behind it pull it."""
    growths = [x for x in items[max(0, first.n - 2 * _REACH) : first.n] if x.role == "growth" and x.reading.kind == "rate" and x.reading.value is not None]
    return next((x for x in growths if x.paragraph == first.paragraph and x.turn == first.turn and not x.listed), None)
