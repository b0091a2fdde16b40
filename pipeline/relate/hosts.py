"""The whole of a list: the last admissible figure of its class before it, by the words of the frame, by the metric.

A part is never larger than its whole: a figure that is smaller is none, unless it is the only one that can be meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from . import cues
from .items import Item

if TYPE_CHECKING:
    from .parts import Partition


class Class(NamedTuple):
    """What may stand in one list: unit, role, whether it is a difference, period."""

    unit: str
    role: str
    difference: bool
    period: tuple[str | None, str | None]


def head(item: Item) -> str:
    """What stands for the metric when columns and wholes are matched: its canonical name, else its last two characters."""
    return item.metric or item.name[-2:]


def class_of(item: Item) -> Class:
    """The class of a figure."""
    role = "increment" if item.role == "increment" else "prior" if item.role == "prior" else "level"
    period: tuple[str | None, str | None] = (None, None)
    # 续建151个、计划新开工117个 are of one time; a plan in money is that of its year.
    if item.period is not None and (item.role != "plan" or item.reading.kind == "count"):
        period = (item.period.start or item.period.text, item.period.end)
    return Class(item.unit, role, bool(cues.DIFFERENCE.search(item.near)), period)


# What is allowed or thought possible is no sum of what there is.
_CAP = re.compile(r"限额|限价|额度|能力|容量|推算|测算|预计|应配")


def _of_a_share(item: Item) -> bool:
    """民生支出386.4亿元，占一般公共预算支出519.8亿元的74.3%，其中…: the list is one of what has the share."""
    return item.tail.startswith("的") and bool(re.search(r"占[^，。；;]*$", item.near))


def _named_after(whole: Item, parts: list[Item]) -> bool:
    """Whether at least half of the members carry the name of the whole behind their own."""
    name = whole.name
    return len(name) >= 2 and 2 * sum(p.name.endswith(name) and p.name != name and whole.metric in (None, p.metric) for p in parts) >= len(parts)


class Hosts:
    """Finds wholes; ``of`` holds for every part the number of its whole."""

    def __init__(self, items: list[Item]) -> None:
        self.items = items
        self.of: dict[int, int] = {}

    def find(self, parts: list[Item], opener: str, begin: Item) -> Item | None:
        """The last admissible figure of the same class before the list; in brackets the one right before."""
        first = parts[0]
        wanted = class_of(first)
        largest = max(p.value for p in parts)
        candidates: list[Item] = []
        smaller: list[Item] = []
        for item in reversed(self.items[max(0, begin.n - 60) : begin.n]):
            if item.turn != first.turn:
                break
            if not item.is_additive or _of_a_share(item) or not self._may_hold(item, first, wanted, opener, begin):
                continue
            if opener == "in brackets":
                # 183.6万人(常住人口1027.5万人): a single larger figure is what the one before is some of.
                alone = len(parts) == 1 and item.value < largest
                return item if item.bracket != first.bracket and item.sentence == first.sentence and not alone else None
            if (item.bracket >= 0 and item.bracket != first.bracket) or (opener == "values in brackets behind names" and item.bracket >= 0):
                continue
            if item.role != "increment" and item.value < largest:
                smaller.append(item)
                continue
            inner = opener not in ("其中", "in brackets", "after a colon", "X中") and self.of.get(item.n) is not None
            told = len(parts) > 1 and (_named_after(item, parts) or (opener == "by a view" and all(head(p) == head(item) != "" for p in parts)))
            if inner and not self._own_months(item, first) and not told:
                continue
            candidates.append(item)
            if len(candidates) >= 6:
                break
        if opener == "X中":
            candidates = self._told(candidates, begin)
        elif not candidates and all(self.of.get(x.n) is not None for x in smaller):
            candidates = self._of_last_year(parts, begin)
        if not candidates and opener == "其中" and smaller and smaller[0].sentence >= first.sentence - 1:
            # No figure before is large enough: the nearest is meant, and one of the two is wrong.
            candidates = smaller[:1] if head(smaller[0]) == head(first) or self._only_unit(smaller[0], first) else []
        return self._nearest(self._meant(candidates, parts, opener), first, wanted, opener)

    def _may_hold(self, item: Item, first: Item, wanted: Class, opener: str, begin: Item) -> bool:
        """One class; 节约费用21.7亿元，其中医保基金13.9亿元: what is saved holds parts that do not say so again."""
        kind = class_of(item)
        if kind[:3] == wanted[:3]:
            return True
        right_before = item.n == begin.n - 1 and item.sentence == first.sentence and opener in ("其中", "after a colon", "in brackets")
        return right_before and kind[:2] == wanted[:2]

    def _meant(self, candidates: list[Item], parts: list[Item], opener: str) -> list[Item]:
        """Wholes that the members are named after (住宅火灾, 室外火灾 of 火灾), else those that are neither hedged nor a cap."""
        plain = [c for c in candidates if c.reading.bound is None and not _CAP.search(c.near)] or candidates
        if opener in ("其中", "X中", "after a colon", "in brackets"):
            return plain if parts[0].reading.bound is None else candidates
        # 亿元以上项目97个，占到77.0%: what has a share is a part itself.
        plain = [c for c in plain if not self._has_a_share(c)] or plain
        after = [c for c in plain if len(parts) > 1 and _named_after(c, parts)]
        return after or plain

    def _has_a_share(self, item: Item) -> bool:
        after = self.items[item.n + 1] if item.n + 1 < len(self.items) else item
        return after.role == "share" and after.sentence == item.sentence and bool(re.fullmatch(r"占(?:比|到|了|其)?(?:为|达到?)?", after.near))

    def _of_last_year(self, parts: list[Item], begin: Item) -> list[Item]:
        """去年全国政府采购规模为33929.6亿元。货物、工程、服务…: a text that speaks of last year alone."""
        first = parts[0]
        near = [x for x in reversed(self.items[max(0, begin.n - 60) : begin.n]) if x.turn == first.turn and x.unit == first.unit]
        large = [x for x in near if x.role == "prior" and x.is_additive and x.value >= max(p.value for p in parts)]
        return large[:1] if class_of(first).role == "level" else []

    def _own_months(self, item: Item, first: Item) -> bool:
        """其中3月份317亿元 … 3月份城镇272亿元，乡村45亿元: a part that is the whole of its month."""
        whole = self.items[self.of[item.n]]
        return item.months is not None and item.months == first.months and whole.months != item.months

    def _only_unit(self, host: Item, first: Item) -> bool:
        """Whether the host is the one figure of its class in its sentence."""
        near = [x for x in self.items[max(0, host.n - 12) : first.n] if x.sentence == host.sentence and x.bracket == host.bracket]
        return sum(class_of(x)[:3] == class_of(first)[:3] and x.is_additive for x in near) == 1

    def _told(self, candidates: list[Item], begin: Item) -> list[Item]:
        """在国内发明专利授权中: the whole carries the words of the frame, or stands in it."""
        before = self.items[begin.n - 1] if begin.n else None
        if before is not None and before.sentence == begin.sentence and cues.AMONG_FIGURE.match(begin.lead):
            return [c for c in candidates if c.n == before.n] or candidates
        m = cues.AMONG.search(begin.lead[: len(begin.lead) - len(begin.near)]) or cues.AMONG_NAME.match(begin.near)
        words = m["whole"] if m else ""
        words = re.sub(r"^(?:这些|这|上述|全部|所有|全[市省国县区])+", "", words)
        for size in range(min(8, len(words)), 1, -1):
            named = [c for c in candidates if words[:size] in c.words] or [c for c in candidates if words[-size:] in c.words]
            if named:
                return self._member_named(words, named) or named
        return []

    def _member_named(self, words: str, wholes: list[Item]) -> list[Item]:
        """境内上市公司中, behind 境内外上市公司147家，其中境内118家: the member whose name comes before that of its whole."""
        numbers = {w.n for w in wholes}
        inside = [i for i in self.items[wholes[-1].n + 1 : wholes[0].n + 24] if self.of.get(i.n) in numbers]
        return [i for i in inside if len(i.name) >= 2 and words.startswith(i.name) and words != i.name]

    def _nearest(self, candidates: list[Item], first: Item, wanted: Class, opener: str) -> Item | None:
        """Same period before another one, same metric before none, the nearest before the farther."""
        same = [c for c in candidates if class_of(c).period == wanted.period] or candidates
        same = [c for c in same if (c.role == "plan") == (first.role == "plan")] or same
        reach = 6 if opener in ("by a view", "X中") else 4
        far = not same or same[0].sentence < first.sentence - reach
        if far or (opener not in ("by a view", "X中", "其中") and same[0].paragraph != first.paragraph):
            return None
        sentence = [c for c in same if c.sentence == same[0].sentence]
        named = [c for c in sentence if head(first) and head(c) == head(first)]
        nearest = same[0]
        plain = opener == "其中" and not (first.metric and nearest.metric and first.metric != nearest.metric)
        return nearest if plain or not named else named[0]

    def in_row(self, anchor: Item, parts: list[Item]) -> Item | None:
        """在全市这114项交易中，工程节约2132万元: the amount that stands in the sentence of the 114, by the same name."""
        row = [x for x in self.items[max(0, anchor.n - 12) : anchor.n + 12] if x.sentence == anchor.sentence and class_of(x)[:3] == class_of(parts[0])[:3]]
        return next((x for x in row if head(x) == head(parts[0]) != "" and x.is_additive and x.value >= max(p.value for p in parts)), None)

    def first_mention(self, item: Item) -> Item:
        """在全市这114项交易中: the figure of a frame says again what was said before; the list is one of the first mention."""
        for other in self.items[max(0, item.n - 60) : item.n]:
            if other.turn == item.turn and other.unit == item.unit and other.is_additive and other.value == item.value:
                return other
        return item


def of_the_whole(partitions: list[Partition], items: list[Item]) -> list[Partition]:
    """分产业看 behind 新建210个、续建95个: a view divides what the paragraph is about, not a part of it found only later."""
    whole = {n: p.host for p in partitions if p.template not in ("by a view", "其中", "X中") for n in p.parts}
    made: list[Partition] = []
    for p in partitions:
        up = whole.get(p.host)
        higher = p.template == "by a view" and up is not None and up < p.host and items[up].turn == items[p.host].turn
        made.append(p._replace(host=up) if higher and up is not None and class_of(items[up])[:3] == class_of(items[p.host])[:3] else p)
    return made
