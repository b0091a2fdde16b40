"""Wholes and their parts, by structure: brackets, 其中, 分…看, …中, lists after a total, totals after a list.

Nothing here looks at whether numbers add up. What makes a list exhaustive is said by the language: 分为, 按…分,
a contrast pair (城镇/乡村), a last member 其他. A part is never larger than its whole: a whole that is smaller is none.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from . import cues, unmarked
from .hosts import Class, Hosts, class_of, of_the_whole
from .items import Item
from .rows import columns_of

# No list of parts is longer; an endless sentence must not cost more than its length.
_REGION = 80


FRAME = "one figure in the clause of another"


class Partition(NamedTuple):
    """``host`` and ``parts`` are item numbers; ``signs`` 1 or -1 each; ``closed`` that the list is exhaustive by its words.

    ``sure`` that nothing can be left out: its members are complements, the last is the rest, or it says 分为.
    """

    host: int
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    template: str
    closed: bool
    open_ended: bool
    sure: bool = False


class Parts:
    """Finds the partitions of one document; """

    def __init__(self, text: str, items: list[Item]) -> None:
        self.text, self.items = text, items
        self.found: list[Partition] = []
        self.hosts = Hosts(items)
        self.cut: set[int] = set()
        self.ends: list[int] = self._sentence_ends()
        totals = list(unmarked.totals(items))
        self.totals = {host.n for host, _ in totals}
        self.framed: set[int] = set()
        for whole, part in unmarked.frames(items, text):
            self.framed.add(part.n)
            self.hosts.of[part.n] = whole.n
            self.found.append(Partition(whole.n, (part.n,), (1,), FRAME, False, False))
        for host, parts in totals:
            self._given(host, parts, "a total after its parts")
        for run in unmarked.named_values(items, self.ends, text):
            self._record(run, "values in brackets behind names", run)
        for i in range(len(items)):
            opener = self._opener(i)
            if opener:
                self._open(i, opener)
        self._unopened()
        for level, prior, change in unmarked.increments(items):
            self._given(level, [prior, change], "the earlier level and the increment")
        self.found = of_the_whole(self.found, items)

    def _sentence_ends(self) -> list[int]:
        """For every item the number of the first item of the next sentence."""
        ends = [len(self.items)] * len(self.items)
        for i in range(len(self.items) - 2, -1, -1):
            ends[i] = ends[i + 1] if self.items[i].sentence == self.items[i + 1].sentence else i + 1
        return ends

    def _opener(self, i: int) -> str | None:
        item = self.items[i]
        if item.bracket >= 0 and not any(x.bracket == item.bracket for x in self.items[max(0, i - 8) : i]):
            return "in brackets"
        if cues.VIEW.search(item.lead):
            return "by a view"
        if cues.INNER.search(item.lead):
            return "其中"
        if self._among(i):
            return "X中"
        before = self.items[i - 1] if i else None
        if before is not None and before.sentence == item.sentence and re.match(r"\)?[:：]", item.lead):
            return "after a colon"
        return None

    def _among(self, i: int) -> bool:
        item = self.items[i]
        before = self.items[i - 1] if i else None
        if before is not None and before.sentence == item.sentence and cues.AMONG_FIGURE.match(item.lead):
            return True
        names = item.near
        m = cues.AMONG_NAME.match(names)
        if m and not cues.INNER.search(names) and any(m["whole"] in x.words and x.turn == item.turn for x in self.items[max(0, i - 24) : i]):
            return True
        opening = item.lead[: len(item.lead) - len(names)]
        return bool(cues.AMONG.search(opening)) and not cues.INNER.search(opening)

    def _region(self, i: int, opener: str) -> list[Item]:
        """The items the opener may reach: to the end of the sentence or bracket, without deeper brackets."""
        first = self.items[i]
        region = [first]
        for item in self.items[i + 1 : min(self.ends[i], i + _REGION)]:
            if opener == "in brackets":
                if item.bracket == first.bracket:
                    region.append(item)
                elif item.bracket < 0 or item.bracket < first.bracket:
                    break
                continue
            if item.bracket != first.bracket:
                continue
            if cues.TOTAL.search(item.lead) and item.n in self.totals:
                continue
            if (opener != "X中" and self._among(item.n)) or cues.OTHERWISE.search(item.lead):
                break
            if cues.VIEW.search(item.lead) or (opener == "其中" and cues.CLOSER.search(item.lead) and not cues.MINUS.match(item.tail)):
                break
            region.append(item)
        if opener == "by a view":
            self._further_sentences(region)
        return region

    def _further_sentences(self, region: list[Item]) -> None:
        """分类看, one sentence per member: the sentences that follow with the same columns belong to the list."""
        last = region[-1]
        shape = self._shape(region)
        if len(set(shape)) != len(shape):
            return
        k = last.n + 1
        while k < len(self.items) and self.items[k].paragraph == region[0].paragraph and not self._opener(k):
            more = [x for x in self.items[k : self.ends[k]] if x.bracket == region[0].bracket]
            if self._shape(more)[: len(shape)] != shape:
                return
            region.extend(more)
            k = self.ends[k]

    def _shape(self, items: list[Item]) -> list[tuple[str, str]]:
        return [(x.unit, x.role if x.role in ("plan", "increment") else "level") for x in items if x.is_additive and not cues.DIFFERENCE.search(x.near)]

    def _open(self, i: int, opener: str) -> None:
        region = self._region(i, opener)
        classes: dict[Class, list[Item]] = {}
        for item in self._without_inner(region):
            if item.is_additive and item.n not in self.framed:
                classes.setdefault(class_of(item), []).append(item)
        anchor: Item | None = None
        for group in self._over_time(classes):
            for column in (piece for whole in columns_of(self.text, group, self.cut) for piece in unmarked.opposites_apart(whole)):
                anchor = self._record(column, opener, region, anchor) or anchor

    def _over_time(self, classes: dict[Class, list[Item]]) -> list[list[Item]]:
        """2019年97.4万人次，2020年158.3万人次: members that each name a period of their own are one list."""
        alike: dict[tuple[str, str, bool], list[list[Item]]] = {}
        for kind, group in classes.items():
            alike.setdefault(kind[:3], []).append(group)
        found: list[list[Item]] = []
        for groups in alike.values():
            single = len(groups) > 1 and all(len(g) == 1 and cues.PERIOD.search(g[0].near) for g in groups)
            found.extend([[g[0] for g in groups]] if single else groups)
        return found

    def _without_inner(self, region: list[Item]) -> list[Item]:
        """Members of a deeper 其中 are no members of this list: it lasts to the next ; or to the end."""
        kept: list[Item] = [region[0]]
        inner = False
        for before, item in pairwise(region):
            gap = cues.BRACKETED.sub("", self.text[before.end : item.start])
            if re.search("[;；。]", gap):
                inner = False
            if cues.INNER.search(gap):
                inner = True
            if not inner:
                kept.append(item)
        return kept

    def _record(self, column: list[Item], opener: str, region: list[Item], anchor: Item | None = None) -> Item | None:
        """The whole of a column; ``anchor`` is that of the column before, whose row the next whole is looked for in."""
        parts = [c for c in column if c.n not in self.hosts.of]
        host = self.hosts.find(parts, opener, region[0]) if parts else None
        if host is None:
            return None
        if anchor is not None and opener == "X中":
            host = self.hosts.in_row(anchor, parts) or host
        if opener == "X中":
            host = self.hosts.first_mention(host)
        for part in parts:
            self.hosts.of[part.n] = host.n
        made = self._partition(host, parts, opener)
        if sum(sign * part.value for sign, part in zip(made.signs, parts, strict=True)) > 0 or set(made.signs) == {-1}:
            self.found.append(made)
        return host

    def _partition(self, host: Item, parts: list[Item], template: str) -> Partition:
        signs = tuple(self._sign(p) for p in parts)
        if host.role == "increment" and host.direction == "down":
            signs = tuple(-s for s in signs)
        last = parts[-1]
        open_ended = bool(re.match(r"[^，。,；;]{0,8}等(?!级|待|于|候|额)", self.text[last.end : last.end + 12]))
        open_ended = open_ended or any("等" in p.lead[-6:] for p in parts[1:])
        exhaustive = template == "by a view" and bool(cues.DIVIDED.search(parts[0].lead))
        exhaustive = exhaustive or (template == "in brackets" and not cues.INNER.search(parts[0].lead) and len(parts) > 1)
        exhaustive = exhaustive or (-1 in signs and template == "in brackets")
        # A list of commas that a semicolon cut short may go on behind it.
        goes_on = parts[0].n in self.cut and template in ("其中", "by a view", "X中")
        closed = not goes_on and (exhaustive or bool(cues.OTHER.search(last.lead)) or cues.contrast([p.near for p in parts]))
        closed = closed and not self._narrower(host, parts, signs, template)
        rest = bool(cues.OTHER.search(last.near))
        signed = -1 in signs and template == "in brackets"
        sure = rest or signed or self._industries(host, parts) or "分为" in parts[0].lead or cues.complement([p.near for p in parts])
        sure = sure and self._even(parts)
        open_ended = open_ended or self._some(last) or self._mixed(parts)
        return Partition(host.n, tuple(p.n for p in parts), signs, template, closed, open_ended, sure)

    def _narrower(self, host: Item, parts: list[Item], signs: tuple[int, ...], template: str) -> bool:
        """Whether the words say less than that the members make the whole: some of each kind, or of another frame."""
        if -1 in signs and template in ("其中", "in brackets") and (template == "其中" or signs[0] == -1 or cues.CAME.search(parts[0].near)):
            return True
        if template == "X中":
            m = cues.AMONG.search(parts[0].lead[: len(parts[0].lead) - len(parts[0].near)]) or cues.AMONG_NAME.match(parts[0].near)
            words = re.sub(r"^(?:这些|这|上述|全部|所有|在|全[市省国县区])+", "", m["whole"]) if m else ""
            return bool(words) and words not in host.words
        return template in ("其中", "by a view", "unmarked") and cues.residue([p.near for p in parts], host.words)

    def _industries(self, host: Item, parts: list[Item]) -> bool:
        """The three industries make up what is produced; of the power that is used they leave the households out."""
        words = host.words + "".join(p.words for p in parts)
        return len(parts) == 3 and all("产业" in p.near for p in parts) and ("增加值" in words or "生产总值" in words)

    def _even(self, parts: list[Item]) -> bool:
        """Whether one kind of mark divides the list: 已调解3600件；未调解的涉及退款300件、质量200件 are two."""
        marks = {cues.strength(self.text, a.end, b.start) >= 3 for a, b in pairwise(parts)}
        return len(marks) <= 1

    def _mixed(self, parts: list[Item]) -> bool:
        """牛92.7万头、羊268.1万只、其他15.8万头: members counted by another measure word stand between."""
        inside = self.items[parts[0].n + 1 : parts[-1].n]
        return any(x.reading.kind == "count" == parts[0].reading.kind and x.unit != parts[0].unit and x.lead.startswith("、") and x.near for x in inside)

    def _some(self, last: Item) -> bool:
        """居前两位, 其余为社会资本: what follows the list says that there is more."""
        nearer = self.items[last.n + 1].start if last.n + 1 < len(self.items) else len(self.text)
        behind = re.split(r"[；;。\n]", self.text[last.end : min(last.end + 40, nearer)])[0]
        return bool(cues.SOME.search(behind))

    def _sign(self, part: Item) -> int:
        """−1 for what was taken away, else how often the figure counts."""
        # 注销登记8.16万件 names a kind; 退出5个 takes away.
        taken = cues.MINUS_LAST.search(part.near) or cues.MINUS.match(part.tail)
        falling = part.role == "increment" and part.direction == "down"
        return -1 if taken or falling else self._each(part)

    def _each(self, item: Item) -> int:
        """辽宁、江西、新疆各2例 counts three times."""
        if not item.near.endswith("各"):
            return 1
        names = re.split(r"[，,；;:(]", item.lead.rsplit("其中", 1)[-1])[-1]
        return len([n for n in re.split(r"[、和及]", names) if n.strip("各")])

    def _unopened(self) -> None:
        """The lists that no word opens."""
        for group in unmarked.contrasts(self.items, self.ends, self.hosts.of):
            self._record(group, "unmarked", group)
        for group in unmarked.with_rest(self.items, self.ends, self.hosts.of):
            self._record(group, "a list that ends with the rest", group)
        for host, parts in unmarked.adjusted(self.items):
            self._given(host, parts, "a number and its adjustments")
        for group in unmarked.respective(self.items, self.hosts.of):
            self._record(group, "a respective list", group)
        for group in unmarked.like_pieces(self.items, self.ends, self.hosts.of, self.text):
            self._record(group, "pieces of one shape", group)

    def _given(self, host: Item, parts: list[Item], template: str) -> None:
        """A list whose whole the structure itself gives."""
        if any(p.n in self.hosts.of for p in parts) and template != "the earlier level and the increment":
            return
        made = self._partition(host, parts, template)._replace(closed=True)
        made = made._replace(sure=made.sure or template == "the earlier level and the increment")
        if template != "the earlier level and the increment":
            for part in parts:
                self.hosts.of[part.n] = host.n
        self.found.append(made)
