"""Words that narrow what a figure measures: two values that differ in them are two things.

They stand in the clause of the figure (民营企业进出口), in the one before it (对东盟，进出口), or at an earlier figure of the
sentence that the figure is a part of (民营企业进出口90.2亿元，其中出口60.1亿元).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from ...schemas.figure import Figure

_STOPS = "。！？!?；;\n"
_STOP = re.compile(f"[{_STOPS}]")
_LONGEST = 300
"""Characters of a sentence on either side of a figure."""
_CLAUSE = re.compile(r"[，,。；;：:！？、（()）\n]")
_SAID = re.compile(
    r"[0-9０-９一二三四]*[-—–~至到]?[0-9０-９一二三四]+[年月日](?:份|底|末)?|[上下]半年|(?:前|第)?[一二三四]季度|全年|今年|去年|上年|当年|年度|"
    r"全[市省县区州国]|我[市省县区州]|[市省县区州]|占?年?度?计划投资的|累计|共计?|完成|实现|实际|达到?|约|超过?|近|为|是|有|的|则|已|又|也|其中|据|经|初步|最终|核[算实]|统计|修订|更正|调整后"
)
# What is left of a clause that tells of a change.
_MOVED = re.compile(r"[比较同多少了]|增[长加速收]|提[高升]|下降|减[少收]|上升|回落|扩大|名义|以上")
# Clauses of their own that say of whom, with whom or where.
_TOWARDS = re.compile(r"(?:其中|另外|此外)?(?:对|向|与|和|跟|面向|在|从|按|经|以)[^0-9０-９]{1,16}")
_WHERE = re.compile(r"全[市省县区州国]|我[市省县区州国]")
_WITHIN = re.compile(r"\s*其中")
_BACK = 8
"""Figures that are looked back at for what a part belongs to."""


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Where the sentence around a place starts and ends, as far as one reaches; a semicolon ends one."""
    first, last = max(0, start - _LONGEST), min(len(text), end + _LONGEST)
    begin = max(text.rfind(stop, first, start) for stop in _STOPS) + 1
    stop = _STOP.search(text, end, last)
    return begin or first, stop.start() if stop else last


class Qualifiers:
    """The qualifiers of the figures of one text; ``led`` has the change that stands before a level, by the id of the level."""

    def __init__(self, text: str, figures: Sequence[Figure], led: Mapping[str, Figure]) -> None:
        self._text, self._figures, self._led = text, figures, led
        self._at = {figure.id: n for n, figure in enumerate(figures)}
        self._known: dict[str, str | None] = {}

    def of(self, figure: Figure) -> str | None:
        """The words; None where nothing narrows it."""
        if figure.id not in self._known:
            if figure.id in self._led:
                made = self._level(self._led[figure.id])
            else:
                made = self._own(figure) or self._inherited(figure)
            self._known[figure.id] = made
        return self._known[figure.id]

    def _own(self, figure: Figure) -> str | None:
        """Words of its clause, and of the one before, that are neither its name nor place, set, period or verb."""
        clauses = _CLAUSE.split(self._text[max(0, figure.start - 60) : figure.start])
        words = clauses[-1]
        if len(clauses) > 1 and _TOWARDS.fullmatch(clauses[-2]):
            words = clauses[-2] + words
        for known in (figure.metric_text, figure.subject, *figure.scope):
            words = words.replace(known, "") if known else words
        return "".join(re.findall(r"[\u4e00-\u9fffA-Za-z]", _SAID.sub("", words))) or None

    def _inherited(self, figure: Figure) -> str | None:
        """What narrows the last figure of the same group before it in the sentence; 其中 may begin the next one."""
        start, _ = sentence(self._text, figure.start, figure.end)
        if start and _WITHIN.match(self._text, start):
            start, _ = sentence(self._text, start - 1, start - 1)
        at = self._at[figure.id]
        for before in reversed(self._figures[max(0, at - _BACK) : at]):
            if before.start < start or _WHERE.search(self._text, before.end, figure.start):
                return None
            if before.metric and before.metric.partition(".")[0] == (figure.metric or "").partition(".")[0]:
                return self.of(before) if before.direction is None else self._level(before)
        return None

    def _level(self, change: Figure) -> str | None:
        """What narrows the level that a change is of."""
        return _MOVED.sub("", self.of(change) or "") or None
