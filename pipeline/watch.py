"""Two readings of one page: which figures have changed, which are gone, which are new. Markup and wording do not count."""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

import msgspec

from ..schemas.figure import Figure
from ..schemas.report import Report

_NUMERALS = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万亿两.．%％,，]+(?<![,，])")
_END = re.compile(r"[。！？；\n!?;]")
_LEFT, _RIGHT = 24, 12
_ALIKE = 0.75


class Change(msgspec.Struct, frozen=True):
    """One figure that is not what it was: ``old`` is null where it is new, ``new`` where it is gone.

    The sentences are those of the two readings, as printed.
    """

    kind: Literal["changed", "vanished", "new"]
    old: Figure | None
    new: Figure | None
    old_sentence: str | None
    new_sentence: str | None


class _Seen(NamedTuple):
    """A figure with its surroundings; numerals in these are masked, since they are what may change."""

    figure: Figure
    sentence: str
    left: str
    right: str
    mask: str

    @property
    def says(self) -> tuple[object, ...]:
        """What the figure states; 3000万元 and 0.3亿元 state the same, however exactly."""
        of = self.figure
        amount = (of.value,) if of.value is not None else (of.low, of.high)
        return (of.kind, of.unit, amount, of.bound, of.direction)

    @property
    def about(self) -> tuple[object, ...]:
        """What it is a figure of."""
        of = self.figure
        return (of.metric_text, of.subject, of.period.text if of.period else None)


def changes(old: Report, new: Report) -> list[Change]:
    """What became of the figures, in the order of the new text, what is gone where it stood.

    Figures are the same one by the words around them, else by what they measure (metric, subject, period), else by the
    likeness of their sentences.
    """
    if old.document.text == new.document.text:
        return []
    before, after = _seen(old), _seen(new)
    pairs: dict[int, int] = {}
    steps: tuple[Callable[[_Seen], Hashable | None], ...] = (
        lambda seen: (seen.left, seen.right, seen.says),
        lambda seen: (seen.left, seen.right, seen.figure.kind, seen.figure.unit),
        lambda seen: (*seen.about, seen.says) if any(seen.about[:2]) else None,
        lambda seen: (seen.left, seen.right) if len(seen.left) > 3 else None,
    )
    for step in steps:
        _pair(before, after, pairs, step)
    _pair_alike(before, after, pairs)
    return _told(before, after, pairs)


def _seen(report: Report) -> list[_Seen]:
    text = report.document.text
    found = []
    for figure in sorted(report.figures, key=lambda each: (each.start, each.end)):
        begin = max((match.end() for match in _END.finditer(text, max(0, figure.start - 400), figure.start)), default=-1)
        begin = max(0, figure.start - 400) if begin < 0 else begin
        close = _END.search(text, figure.end, figure.end + 400)
        end = close.start() if close else min(len(text), figure.end + 400)
        left = _masked(text[max(begin, figure.start - _LEFT) : figure.start])
        right = _masked(text[figure.end : min(end, figure.end + _RIGHT)])
        found.append(_Seen(figure, text[begin:end].strip(), left, right, _masked(text[begin:end])))
    return found


def _masked(words: str) -> str:
    return _NUMERALS.sub("#", "".join(words.split()))


def _pair(
    before: list[_Seen], after: list[_Seen], pairs: dict[int, int], key: Callable[[_Seen], Hashable | None]
) -> None:
    """Joins what has the same key, in the order of the texts."""
    taken = set(pairs.values())
    waiting: defaultdict[Hashable, deque[int]] = defaultdict(deque)
    for place, seen in enumerate(before):
        if place not in taken and (mark := key(seen)) is not None:
            waiting[mark].append(place)
    for place, seen in enumerate(after):
        if place not in pairs and (mark := key(seen)) is not None and waiting[mark]:
            pairs[place] = waiting[mark].popleft()


def _pair_alike(before: list[_Seen], after: list[_Seen], pairs: dict[int, int]) -> None:
    """Joins what is left by how alike the sentences are, the best first."""
    taken = set(pairs.values())
    scores = []
    for place, new in enumerate(after):
        if place in pairs:
            continue
        matcher = SequenceMatcher(None, b=new.mask, autojunk=False)
        for other, old in enumerate(before):
            if other in taken or (old.figure.kind, old.figure.unit) != (new.figure.kind, new.figure.unit):
                continue
            same = [one == two for one, two in zip(old.about, new.about, strict=True) if one or two]
            bonus = 0.25 * sum(same) / len(same) if same else 0.0
            matcher.set_seq1(old.mask)
            if matcher.quick_ratio() + bonus >= _ALIKE and (score := matcher.ratio() + bonus) >= _ALIKE:
                scores.append((-score, abs(place - other), place, other))
    for _, _, place, other in sorted(scores):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)


def _told(before: list[_Seen], after: list[_Seen], pairs: dict[int, int]) -> list[Change]:
    """The changes; a figure that is gone comes after the one it followed."""
    gone = deque(sorted(set(range(len(before))) - set(pairs.values())))
    told = []
    last = -1
    for place, new in enumerate(after):
        fresh = place not in pairs
        while gone and (gone[0] == last + 1 if fresh else gone[0] < pairs[place]):
            last = gone.popleft()
            told.append(_vanished(before[last]))
        if fresh:
            told.append(Change("new", None, new.figure, None, new.sentence))
            continue
        last = pairs[place]
        old = before[pairs[place]]
        if old.says != new.says:
            told.append(Change("changed", old.figure, new.figure, old.sentence, new.sentence))
    return told + [_vanished(before[place]) for place in gone]


def _vanished(seen: _Seen) -> Change:
    return Change("vanished", seen.figure, None, seen.sentence, None)
