"""Named differences: 顺差 = 出口 − 进口, 结余 = 收入 − 支出, 节约 = 预算 − 实付. The formulas are data."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .items import Item
from .parts import Partition


class Difference(NamedTuple):
    """A row of differences.tsv; ``sure`` that nothing else enters it, as an earlier stock enters 未结."""

    result: re.Pattern[str]
    minuend: re.Pattern[str]
    subtrahend: re.Pattern[str]
    sure: bool


@cache
def _rows() -> tuple[Difference, ...]:
    with (Path(__file__).parent / "differences.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(Difference(re.compile(r["result"]), re.compile(r["minuend"]), re.compile(r["subtrahend"]), r["sure"] == "yes") for r in rows)


def differences(items: list[Item], inner: set[int]) -> Iterator[Partition]:
    """A partition with signs (1, −1) for every figure that names a difference and has both terms before it in its sentence."""
    for item in items:
        if item.reading.value is None or item.reading.kind not in ("count", "money", "quantity") or item.role in ("from", "prior"):
            continue
        row = next((r for r in _rows() if r.result.search(item.near)), None)
        if row is None:
            continue
        near = [x for x in items[max(0, item.n - 12) : item.n] if x.n not in inner]
        found = _terms(near, item, row) or _terms_before(near, item, row)
        if found is not None:
            wider = _WIDE.search(item.near) and not any(_WIDE.search(x.near) for x in found)
            template = WIDER if wider else "the formula of a named difference"
            yield Partition(item.n, (found[0].n, found[1].n), (1, -1), template, True, False, row.sure)


def counterparts(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """The same where one term stands farther away, under the contrary of the other's name; it confirms only."""
    hosts = {p.host for p in known}
    for item in items:
        row = next((r for r in _rows() if r.result.search(item.near)), None) if item.is_level and item.n not in hosts else None
        pair = _counterparts(items, item, row) if row is not None else None
        if pair is not None:
            yield Partition(item.n, (pair[0].n, pair[1].n), (1, -1), COUNTERPART, True, False)


# 民营企业出口600亿元，进口150亿元，全市贸易顺差400亿元
WIDER = "the formula of a named difference, of more than its terms"
_WIDE = re.compile(r"全[国省市县区州]|累计|全年|\d月累计|年末|[1１一]\s*[-—至]")
# 当日出院3例，…，累计确诊240例: a day and a sum.
_OF_THE_DAY = re.compile(r"当日|当天|昨日|新增|今日|单日")
COUNTERPART = "the formula of a named difference, the other term named alike"
_OPPOSITES = (("收入", "支出"), ("出口", "进口"), ("出生", "死亡"), ("流入", "流出"), ("发行", "偿还"))
_FAR = 40


def _counterparts(items: list[Item], item: Item, row: Difference) -> tuple[Item, Item] | None:
    """一般公共预算收入528亿元。…一般公共预算支出876亿元，缺口348亿元: one term in the sentence, the other by the contrary of its name."""
    near = [x for x in items[max(0, item.n - 8) : item.n] if x.sentence == item.sentence and x.unit == item.unit and x.is_level]
    taken = next((x for x in reversed(near) if row.subtrahend.search(x.near)), None)
    if taken is not None and not any(row.minuend.search(x.near) for x in near):
        # 新设31.62万户，…。其中…。同期注销11.37万户，净增20.25万户: the first figure of its sentence that goes by the name.
        before = [x for x in items[max(0, taken.n - 16) : taken.n] if x.turn == item.turn and 1 <= taken.sentence - x.sentence <= 3 and x.unit == item.unit]
        firsts = [x for x in before if not any(y.sentence == x.sentence and y.n < x.n for y in before)]
        named = [x for x in firsts if row.minuend.search(x.near) and x.is_level and x.value >= taken.value]
        if named:
            return named[0], taken
    for term in reversed(near):
        for a, b in (pair for two in _OPPOSITES for pair in (two, two[::-1])):
            if a not in term.name:
                continue
            name = term.name.replace(a, b)
            earlier = reversed(items[max(0, term.n - _FAR) : term.n])
            other = next((x for x in earlier if x.name.endswith(name[-6:]) and x.unit == term.unit and x.is_level), None)
            if other is not None and other.turn == item.turn:
                return (term, other) if row.minuend.search(term.near) else (other, term)
    return None


def _terms(items: list[Item], item: Item, row: Difference) -> tuple[Item, Item] | None:
    minuend = subtrahend = None
    for other in reversed(items):
        plain = other.is_level or (item.role == "average" == other.role)
        if other.sentence != item.sentence or other.unit != item.unit or not plain or other.bracket != item.bracket:
            if other.sentence != item.sentence:
                break
            continue
        if row.result.search(other.near):
            break
        words = other.near
        if subtrahend is None and row.subtrahend.search(words) and not (minuend is None and row.minuend.search(words) and not _apart(row, words)):
            subtrahend = other
        elif minuend is None and row.minuend.search(words):
            minuend = other
        if minuend is not None and subtrahend is not None:
            return (minuend, subtrahend) if minuend.period == subtrahend.period else None
    return None


def _terms_before(items: list[Item], item: Item, row: Difference) -> tuple[Item, Item] | None:
    """Both terms in the sentence before, each the only one that can be meant."""
    near = [
        x for x in items
        if x.sentence == item.sentence - 1 and x.paragraph == item.paragraph and x.unit == item.unit and x.is_level and x.bracket == item.bracket
    ]
    above = [x for x in near if row.minuend.search(x.near) and not (row.subtrahend.search(x.near) and _apart(row, x.near))]
    below = [x for x in near if row.subtrahend.search(x.near)]
    if len(above) != 1 or len(below) != 1 or above[0].n == below[0].n or above[0].period != below[0].period:
        return None
    return above[0], below[0]


def _apart(row: Difference, words: str) -> bool:
    """Of two cues in one name the later one decides: 采购计划 is a plan, 计划采购 is not."""
    last = {name: max((m.end() for m in p.finditer(words)), default=-1) for name, p in (("a", row.minuend), ("b", row.subtrahend))}
    return last["b"] > last["a"]


@cache
def _sums() -> tuple[tuple[re.Pattern[str], ...], ...]:
    with (Path(__file__).parent / "sums.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return tuple(tuple(re.compile(cell) for cell in row if cell) for row in rows)


def named_sums(items: list[Item]) -> Iterator[Partition]:
    """现有 + 治愈 + 死亡 = 累计确诊: the terms stand anywhere in the sentence of the result."""
    for item in items:
        if not item.is_level:
            continue
        for row in _sums():
            if not row[0].search(item.near):
                continue
            around = [x for x in items[max(0, item.n - 8) : item.n + 6] if x.sentence == item.sentence and x.unit == item.unit and x.is_level and x.n != item.n]
            terms = [[x for x in around if p.search(x.near) and x.bracket == item.bracket] for p in row[1:]]
            daily = any(_OF_THE_DAY.search(x.near) for x in (item, *around))
            if all(len(t) == 1 for t in terms) and not daily:
                found = tuple(t[0].n for t in terms)
                yield Partition(item.n, found, (1,) * len(found), "the formula of a named sum", True, False, len(row) > 3)
                break
