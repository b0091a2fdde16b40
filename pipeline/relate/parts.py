"""Wholes and their parts, by structure: brackets, 其中, 分…看, lists after a total, totals after a list.

Nothing here looks at whether numbers add up. What makes a list exhaustive is said by the language: 分为, 按…分,
a contrast pair (城镇/乡村), a last member 其他.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from .items import Item

INNER = re.compile(r"其中|当中(?![^，。;；]{0,2}的)|(?<!不)包括|(?<!不)包含|(?<![不富隐])含(?![量税金氧有水])|内含")
VIEW = re.compile(
    r"(?:[分按从就](?!别|析|布|钟|享|歧|公司总)[^，。,；;:()\d]{1,14}?(?:来看|来分|来说|看|分(?!别)|讲|说|划分|统计|构成(?:看)?)|分[^，。,；;:()\d]{1,8}?(?:看|来看)|分类(?:来)?看|结构上看|按[^，。,；;:()\d]{1,12}(?=[，,])|构成(?:看|上)|分为)[:，,]?"
)
TOTAL = re.compile(r"合计|总计|共计|合在一起|加在一起|加起来|合起来|相加|加总|总共")
CLOSER = re.compile(r"另外|此外|另有|与此同时|同时|不含|不包括|除此|另(?!一)|累计|全年|单看|截至")
MINUS = re.compile(r"调出|调减|核减|剔除|退出|取消|销号|注销|移出|划出|扣除|核销|未按计划")
OPEN = re.compile(r"等(?:[\d一二三四五六七八九十]+[个家类项种])?$|等[。，；、]?$")
OTHER = re.compile(r"其他|其它|其余|其他类|另类")
_STRENGTH = {"、": 1, "，": 2, ",": 2, "；": 3, ";": 3, "。": 4, "\n": 4, "！": 4, "？": 4}
_MARKS = re.compile(r"[、，,；;。\n！？]")
_BRACKETED = re.compile(r"\([^()]*\)")

# Members of one partition: every whole of which one is a part has the others too.
CONTRASTS: tuple[tuple[re.Pattern[str], ...], ...] = tuple(
    tuple(re.compile(p) for p in row)
    for row in (
        ("出口", "进口"), ("城镇", "乡村|农村"), ("男", "女"), ("第一产业|一产", "第二产业|二产", "第三产业|三产"), ("中央(?!厨)", "地方"),
        ("货物", "工程", "服务"), ("财产?险", "人身险|寿险|人寿"), ("国内", "国际|港澳台"), ("已", "未|尚未"), ("新建|新开工", "续建|在建"), ("税收", "非税"),
        ("省级|省本级", "市级|市本级", "县级|区县级|县区级"), ("市级|市本级", "县区级|县级|区县级|区级"), ("东部", "中部", "西部"), ("城市", "农村"), ("基本支出", "项目支出"),
        ("企业(?!.*个体)", "个体", "农民专业合作社|农专"), ("投诉", "举报"), ("直接", "间接"), ("长期", "短期"), ("本地", "外地|境外"), ("内资", "外资|港澳台资"),
    )
)


class Partition(NamedTuple):
    """``host`` and ``parts`` are item numbers; ``signs`` 1 or -1 each; ``closed`` that the list is exhaustive by its words."""

    host: int
    parts: tuple[int, ...]
    signs: tuple[int, ...]
    template: str
    closed: bool
    open_ended: bool


def _class(item: Item) -> tuple[str, str]:
    role = {"to": "level", "prior": "prior", "plan": "level"}.get(item.role, item.role)
    return item.unit, role


class Parts:
    """Finds the partitions of one document; ``of`` holds for every part its host."""

    def __init__(self, text: str, items: list[Item]) -> None:
        self.text, self.items = text, items
        self.found: list[Partition] = []
        self.host: dict[int, int] = {}
        i = 0
        while i < len(items):
            opener = self._opener(i)
            if opener:
                self._open(i, opener)
            i += 1
        self._totals()

    def _opener(self, i: int) -> str | None:
        item = self.items[i]
        if item.bracket >= 0 and (i == 0 or self.items[i - 1].bracket != item.bracket):
            first = i == 0 or self.items[i - 1].bracket != item.bracket and not any(
                x.bracket == item.bracket for x in self.items[max(0, i - 6) : i]
            )
            if first and item.bracket != -1:
                return "in brackets"
        if VIEW.search(item.lead):
            return "by a view"
        if INNER.search(item.lead):
            return "其中"
        return None

    def _region(self, i: int, opener: str) -> list[Item]:
        """The items the opener may reach: to the end of the sentence or bracket, without deeper brackets."""
        first = self.items[i]
        region = [first]
        for item in self.items[i + 1 :]:
            if opener == "in brackets":
                if item.bracket == first.bracket:
                    region.append(item)
                    continue
                if item.sentence != first.sentence or item.bracket < 0:
                    break
                continue
            if item.sentence != first.sentence:
                break
            if item.bracket != first.bracket:
                continue
            if VIEW.search(item.lead) or (opener == "其中" and CLOSER.search(item.lead)):
                break
            region.append(item)
        return region

    def _open(self, i: int, opener: str) -> None:
        region = self._region(i, opener)
        outside = self._without_inner(region, opener)
        classes: dict[tuple[str, str], list[Item]] = {}
        for item in outside:
            if item.is_additive:
                classes.setdefault(_class(item), []).append(item)
        for group in classes.values():
            for column in self._columns(group):
                self._record(column, opener, region)

    def _without_inner(self, region: list[Item], opener: str) -> list[Item]:
        """Members of a deeper 其中 are no members of this list: it lasts to the next ; or to the end."""
        kept: list[Item] = [region[0]]
        inner = False
        for before, item in zip(region, region[1:], strict=False):
            gap = _BRACKETED.sub("", self.text[before.end : item.start])
            if re.search("[;；]", gap):
                inner = False
            if INNER.search(gap):
                inner = True
            if not inner:
                kept.append(item)
        return kept

    def _columns(self, group: list[Item]) -> list[list[Item]]:
        """Split a group into the columns of a table when names come back in every piece; else one plain list."""
        names: dict[str, list[Item]] = {}
        for item in group:
            names.setdefault(item.metric or item.name[-4:], []).append(item)
        pieces = self._pieces(group)
        if len(pieces) >= 2 and all(len(p) >= 2 for p in pieces):
            width = len(pieces[0])
            again = [c for n, c in names.items() if n and len(c) == len(pieces)]
            if again:
                return again
            if all(len(p) == width for p in pieces):
                return [list(c) for c in zip(*pieces, strict=True)]
        return [self._plain(group)]

    def _pieces(self, group: list[Item]) -> list[list[Item]]:
        pieces: list[list[Item]] = [[group[0]]]
        for before, item in zip(group, group[1:], strict=False):
            if self._strength(before, item) >= 3:
                pieces.append([])
            pieces[-1].append(item)
        return pieces

    def _strength(self, a: Item, b: Item) -> int:
        gap = _BRACKETED.sub("", self.text[a.end : b.start])
        return max((_STRENGTH[c] for c in _MARKS.findall(gap)), default=0)

    def _plain(self, group: list[Item]) -> list[Item]:
        """The first gap fixes the delimiter of the list, a stronger one closes it."""
        kept = [group[0]]
        limit: int | None = None
        for item in group[1:]:
            strength = self._strength(kept[-1], item)
            if limit is None:
                limit = max(strength, 1)
            elif strength > limit:
                break
            kept.append(item)
        return kept

    def _record(self, column: list[Item], opener: str, region: list[Item]) -> None:
        host = self._host(column, opener, region[0].n)
        if host is None:
            return
        parts = [c for c in column if c.n != host.n and c.n not in self.host]
        if not parts:
            return
        for part in parts:
            self.host[part.n] = host.n
        signs = tuple(-1 if MINUS.search(p.near) or (p.role == "increment" and p.direction == "down") else 1 for p in parts)
        if host.role == "increment" and host.direction == "down":
            signs = tuple(-s for s in signs)
        last = parts[-1]
        after = self.text[last.end : last.end + 12]
        open_ended = bool(re.match(r"[^，。,；;]{0,8}等(?!级|待|于|候|额)", after)) or any("等" in p.lead[-6:] for p in parts[1:])
        closed = opener == "by a view" or bool(OTHER.search(last.lead)) or contrast([p.lead for p in parts])
        self.found.append(
            Partition(host.n, tuple(p.n for p in parts), signs, opener, closed, open_ended)
        )

    def _host(self, column: list[Item], opener: str, begin: int) -> Item | None:
        """The last figure of the same class before the list that is no part itself; in brackets the one right before."""
        first = column[0]
        wanted = _class(first)
        sentence = first.sentence
        seen = 0
        best: Item | None = None
        for item in reversed(self.items[max(0, begin - 60) : begin]):
            if item.turn != first.turn:
                break
            if not item.is_additive or _class(item) != wanted:
                continue
            if opener == "in brackets":
                return item if item.bracket != first.bracket and item.sentence == sentence else None
            if item.bracket >= 0 and item.bracket != first.bracket:
                continue
            if opener == "by a view" and item.n in self.host:
                continue
            if opener == "其中" and item.n in self.host and item.sentence != sentence:
                continue
            if first.metric and item.metric and first.metric == item.metric and len(column) > 1:
                return item
            if best is None:
                best = item
            seen += 1
            if seen >= 4 or item.sentence < sentence - 3:
                break
        return best

    def _totals(self) -> None:
        """A total after its parts: 水电4.18亿千瓦,风电…,合在一起总装机达到13.22亿千瓦."""
        for item in self.items:
            if not item.is_additive or not TOTAL.search(item.lead) or any(p.host == item.n for p in self.found):
                continue
            parts = [
                x for x in self.items[max(0, item.n - 40) : item.n]
                if x.sentence == item.sentence and x.bracket == item.bracket and x.is_additive and _class(x) == _class(item)
            ]
            if len(parts) >= 2 and not any(p.n in self.host for p in parts):
                self.found.append(
                    Partition(item.n, tuple(p.n for p in parts), (1,) * len(parts), "a total after its parts", True, False)
                )


def contrast(leads: list[str]) -> bool:
    """Whether the names of the parts are the members of one known partition, each once."""
    names = [re.split(r"[，,；;。:]", lead)[-1] or lead for lead in leads]
    for row in CONTRASTS:
        if len(row) == len(names) and all(p.search(n) for p, n in zip(row, names, strict=True)):
            return True
        if len(row) == len(names) and all(p.search(n) for p, n in zip(row, reversed(names), strict=True)):
            return True
    return False
