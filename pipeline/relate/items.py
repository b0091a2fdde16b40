"""Readings → items: every figure with the words around it, its sentence, its bracket and its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from ...schemas.document import Period
from ...schemas.figure import Comparison, Direction
from ...schemas.reading import Reading

_DELIMITER = re.compile(r"[，,；;。：:！？\n()\t]")
_TAIL_END = re.compile(r"[，,；;。：:！？\n()\t、]")


@dataclass(slots=True)
class Item:
    """One figure on its way to a statement. Offsets are in the view; ``near`` and ``tail`` are its own clause's words."""

    n: int
    reading: Reading
    sentence: int
    paragraph: int
    turn: int
    bracket: int
    near: str
    lead: str
    tail: str
    unit: str
    role: str = "level"
    direction: Direction | None = None
    comparison: Comparison | None = None
    period: Period | None = None
    months: tuple[int, int] | None = None
    name: str = ""
    metric: str | None = None
    metric_text: str | None = None
    subject: str | None = None
    scope: tuple[str, ...] = ()
    listed: bool = False
    flags: set[str] = field(default_factory=set)

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.reading.start

    @property
    def end(self) -> int:
        """Where the figure ends, exclusive."""
        return self.reading.end

    @property
    def value(self) -> Decimal:
        """The printed value; a range has none and never reaches a check."""
        value = self.reading.value
        if value is None:
            raise ValueError("a range has no single value")
        return value

    @property
    def is_additive(self) -> bool:
        """Whether the figure may be a part or a whole."""
        return (
            self.reading.kind in ("count", "money", "quantity")
            and self.reading.value is not None
            and self.role in ("level", "plan", "to", "increment", "prior")
            and "/" not in self.unit
            and self.unit not in ("岁", "℃")
        )

    @property
    def is_level(self) -> bool:
        """Whether the figure may be the part or the whole of a ratio."""
        return self.is_additive and self.role != "increment"

    @property
    def words(self) -> str:
        """What names the figure: the words before it and the words after it."""
        return self.near + self.tail


class Brackets:
    """Pairs of round brackets, innermost first, for the question which pair an offset lies in."""

    def __init__(self, text: str) -> None:
        self.pairs: list[tuple[int, int]] = []
        stack: list[int] = []
        for m in re.compile(r"[()\n]").finditer(text):
            if m[0] == "(":
                stack.append(m.start())
            elif m[0] == ")" and stack:
                self.pairs.append((stack.pop(), m.start()))
            elif m[0] == "\n":
                stack.clear()
        self.pairs.sort()
        self._starts = [a for a, _ in self.pairs]

    def of(self, offset: int) -> int:
        """The index of the innermost pair around ``offset``, -1 outside."""
        i = bisect_right(self._starts, offset) - 1
        for j in range(i, max(-1, i - 12), -1):
            if self.pairs[j][0] < offset < self.pairs[j][1]:
                return j
        return -1


def unit_class(reading: Reading) -> str:
    """What may be added to what: the unit, with the measure words for persons and for cases made one."""
    if reading.kind in ("rate", "points", "multiple", "rank", "index", "duration", "threshold"):
        return reading.kind
    unit = reading.unit.partition("(")[0] or reading.unit
    return _SAME.get(unit, unit)


_SAME = {
    "名": "人", "位": "人", "口人": "人", "项": "件", "座(处)": "座", "户次": "户", "千克": "公斤", "宗": "件", "起": "件", "标箱": "标准箱",
    "例": "人", "度": "千瓦时", "度电": "千瓦时", "家": "家",
}


def items(text: str, readings: list[Reading], parts: Sequence[tuple[int, int]], turns: list[int]) -> list[Item]:
    """One item per reading, in the order of the text. ``turns`` holds the view offsets at which turns begin."""
    brackets = Brackets(text)
    starts = [s for s, _ in parts]
    paragraphs = _paragraphs(text, parts)
    found: list[Item] = []
    for n, reading in enumerate(readings):
        k = bisect_right(starts, reading.start) - 1
        first, final = parts[k]
        last = found[-1] if found else None
        begin = max(first, last.end if last is not None and last.sentence == k else first)
        lead = text[begin : reading.start]
        bracket = brackets.of(reading.start)
        near = _near(text, found, reading.start, first, k, bracket) if ")" in lead else _DELIMITER.split(lead)[-1]
        if last is not None and last.sentence == k and last.reading.kind == "duration" and near == lead:
            # 比上一个十年的0.57%: a length of time inside the words does not cut them.
            near = last.near + text[last.start : last.end] + near
        stop = readings[n + 1].start if n + 1 < len(readings) else len(text)
        after = text[reading.end : min(stop, final, reading.end + 40)]
        tail = _TAIL_END.split(after)[0]
        turn = bisect_right(turns, reading.start) - 1
        found.append(
            Item(
                n, reading, k, paragraphs[k], turn, bracket, near, lead, tail, unit_class(reading),
                direction=reading.direction,
            )
        )
    return found


_BRACKETED = re.compile(r"\([^()\n]*\)")


def _near(text: str, found: list[Item], start: int, sentence: int, k: int, bracket: int) -> str:
    """The words of the clause before a figure that follows a bracket: 高于目标(4.5%)2个百分点 reads as 高于目标."""
    begin = sentence
    for item in reversed(found[-8:]):
        if item.sentence != k:
            break
        if item.bracket == bracket:
            begin = item.end
            break
    return _DELIMITER.split(_BRACKETED.sub("", text[begin:start]))[-1]


def _paragraphs(text: str, parts: Sequence[tuple[int, int]]) -> list[int]:
    numbers: list[int] = []
    current = 0
    for start, end in parts:
        numbers.append(current)
        if "\n" in text[start:end]:
            current += 1
    return numbers
