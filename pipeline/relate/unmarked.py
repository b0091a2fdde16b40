"""Lists that no word opens: contrast pairs, pieces of one shape after a total, values in brackets behind names,
totals after their parts, an earlier level and the increment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from . import cues
from .items import Item

# How many figures ahead a list may reach: keeps the time linear in one endless sentence.
REACH = 24
_NAME_GAP = re.compile(r"\)(?:、|，|,|和|及|以及)[\u4e00-\u9fff]{1,12}\(")
_STARTED = re.compile(r"已?(?:经)?(?:开工|动工|竣工|完工|投产|复工|完成|办结|建成|启动|落地|签约|入库|销号|整改|通过|实现|在建)(?:了|的)?$")


def frames(items: list[Item], text: str) -> Iterator[tuple[Item, Item]]:
    """48个计划新开工项目开工43个: no mark stands between the two, so the second is some of the first."""
    for whole, part in pairwise(items):
        if not (whole.is_additive and part.is_additive) or part.listed or whole.unit != part.unit or whole.reading.kind != "count":
            continue
        gap = text[whole.end : part.start]
        if cues.MARKS.search(gap) or "(" in gap or ")" in gap or "\t" in gap or ":" in gap:
            continue
        if part.role in ("level", "plan") and _STARTED.search(gap):
            yield whole, part


def _is_total(items: list[Item], item: Item) -> bool:
    """合计; and 六年累计, where the six years are a figure of their own."""
    before = items[item.n - 1] if item.n else item
    spanned = before.reading.kind == "duration" and before.sentence == item.sentence and item.lead.startswith(("累计", "共", "合计"))
    return spanned or bool(cues.TOTAL.search(item.lead))


def totals(items: list[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """A total after its parts: 水电4.18亿千瓦,风电…,合在一起总装机达到13.22亿千瓦."""
    for item in items:
        if not item.is_additive or not _is_total(items, item) or "占" in item.near:
            continue
        parts: list[Item] = []
        for x in reversed(items[max(0, item.n - 40) : item.n]):
            earlier = x.sentence < item.sentence
            one_sentence = parts[-1].sentence == x.sentence if parts else bool(cues.ADDED_UP.search(item.lead))
            if x.sentence < item.sentence - 1 or x.turn != item.turn or (earlier and not one_sentence):
                break
            if x.bracket == item.bracket and x.is_additive and x.unit == item.unit and x.role == item.role and x.value <= item.value:
                if cues.TOTAL.search(x.lead):
                    break
                inner = bool(cues.INNER.search(x.lead))
                if inner and not (parts and parts[0].lead.startswith("、")):
                    # 一季度120件，其中3月份60件，二季度150件: some of the member before it.
                    continue
                parts.insert(0, x)
                if inner:
                    break
        if len(parts) >= 2 and item.value >= max(p.value for p in parts):
            yield item, parts


def contrasts(items: list[Item], ends: list[int], taken: dict[int, int]) -> Iterator[list[Item]]:
    """一般债券1925亿元，专项债券1717亿元 right after 发行地方政府债券3642亿元: a contrast pair needs no mark."""
    for i, item in enumerate(items):
        if not item.is_additive or item.n in taken:
            continue
        group = [item]
        for other in items[i + 1 : min(ends[i], i + REACH)]:
            if len(group) == 4:
                break
            same = other.unit == item.unit and other.role == item.role and other.period == item.period
            if other.is_additive and same and other.bracket == item.bracket and other.n not in taken:
                group.append(other)
        for size in (4, 3, 2):
            if len(group) >= size and cues.contrast([p.near for p in group[:size]]):
                yield group[:size]
                break


def opposites_apart(column: list[Item]) -> list[list[Item]]:
    """其中出口121亿元，进口65亿元，民营企业98亿元…: what stands beside opposites divides the whole anew."""
    for begin in range(min(4, len(column) - 1)):
        for size in range(2, min(5, len(column) - begin + 1)):
            if size < len(column) and cues.opposites([x.near for x in column[begin : begin + size]]):
                pieces = (column[:begin], column[begin : begin + size], column[begin + size :])
                return [p for p in pieces if p]
    return [column]


def like_pieces(items: list[Item], ends: list[int], taken: dict[int, int], text: str) -> Iterator[list[Item]]:
    """基础设施247个、1310亿元;产业升级674个、9002亿元;…: pieces of one shape that fill the sentence after a total."""
    i = 0
    while i < len(items):
        sentence = [x for x in items[i : ends[i]] if x.bracket == items[i].bracket]
        i = ends[i]
        pieces: list[list[Item]] = [[sentence[0]]]
        for a, b in pairwise(sentence):
            if re.search("[;；]", cues.BRACKETED.sub("", text[a.end : b.start])):
                pieces.append([])
            pieces[-1].append(b)
        shapes = [tuple(x.unit for x in p if x.is_additive) for p in pieces]
        wide = len(pieces) >= 3 or (len(pieces) == 2 and len(pieces[0]) >= 2)
        if not wide or not shapes[0] or any(s[: len(shapes[0])] != shapes[0] for s in shapes):
            continue
        for k, unit in enumerate(shapes[0]):
            if unit in shapes[0][:k]:
                continue
            column = [[x for x in p if x.is_additive][k] for p in pieces]
            alike = len({x.role for x in column}) == 1 and len({x.metric for x in column if x.metric}) <= 1
            if alike and not any(x.n in taken for x in column):
                yield column


def named_values(items: list[Item], ends: list[int], text: str) -> Iterator[list[Item]]:
    """依次为香港(247.7亿美元)、新加坡(19.5亿美元)、…: one value in brackets behind each name of a list."""
    i = 0
    while i < len(items):
        run = [items[i]]
        while run[-1].n + 1 < ends[run[-1].n] and run[0].bracket >= 0:
            after = items[run[-1].n + 1]
            if not _NAME_GAP.fullmatch(text[run[-1].end : after.start]) or after.unit != run[0].unit:
                break
            run.append(after)
        if len(run) >= 3 and all(x.is_additive for x in run):
            yield run
        i = run[-1].n + 1


_OF_ANOTHER = re.compile(r"[年月日]均|每年|每月|当年|当天|累计|本月|今年|去年|(?:19|20)\d\d年|其中|平均")
_CHANGED = re.compile(
    r"^[，,]?|同比|环比|比上年(?:同期)?|相比|累计|净|[一两二三四五六七八九十\d]+年(?:间|来|里)?|共|"
    r"增加|减少|提高|下降|上升|降低|增长|扩大|缩短|压缩|缩减|上涨|下跌|上调|下调|回落|增|减|多|少|升|降|高|低|了"
)
# 二季度环比增加50件 stands beside two levels of the half-year.
_ELSEWHEN = re.compile(r"环比|季度|\d月|当月|当季")


def increments(items: list[Item]) -> Iterator[tuple[Item, Item, Item]]:
    """16641批次，比上年的11183批次增加5458批次: the level, the earlier level, the increment."""
    for level, prior, change in zip(items, items[1:], items[2:], strict=False):
        if change.role == "increment" and level.role == "from" and prior.role == "to":
            # 由5元提高到6元，增加1元: the order is that of time.
            level, prior = prior, level
        elif change.role != "increment" or prior.role != "prior" or level.role not in ("level", "to"):
            continue
        if _ELSEWHEN.search(change.near) or _OF_ANOTHER.search(change.near) or len(_CHANGED.sub("", change.near)) > 1:
            # 企业由1200家增加到1500家，上市公司增加5家: the change is of another thing, or of one year of several.
            continue
        same = level.unit == prior.unit == change.unit and level.sentence == change.sentence and level.bracket == change.bracket
        if same and all(x.reading.value is not None for x in (level, prior, change)):
            yield level, prior, change


def with_rest(items: list[Item], ends: list[int], taken: dict[int, int]) -> Iterator[list[Item]]:
    """县处级41人、乡科级203人、一般干部238人、其他682人: a list whose last member is the rest."""
    for item in items:
        if not item.is_additive or item.n in taken or not cues.OTHER.search(item.near):
            continue
        group = [item]
        for other in reversed(items[max(0, item.n - 14) : item.n]):
            if other.sentence != item.sentence or other.bracket != item.bracket:
                break
            if other.is_additive and other.unit == item.unit and other.role == item.role and other.period == item.period:
                if other.n in taken:
                    break
                group.insert(0, other)
        if len(group) >= 3:
            yield group


_NARROWER = re.compile(r"其中|开工|竣工|投产|完成|入库")
_IN = re.compile(r"调入|增补|新增|追加|补充|纳入")
_NOW = re.compile(r"实际|现有|实有|共|总数|调整为|达到|合计")


def adjusted(items: list[Item]) -> Iterator[tuple[Item, list[Item]]]:
    """排定项目412个，调入27个，调出8个，实际管理431个: a number, its adjustments, what it became."""
    for item in items:
        if not item.is_level or not _NOW.search(item.near) or _NARROWER.search(item.lead):
            continue
        run: list[Item] = []
        for other in reversed(items[max(0, item.n - 6) : item.n]):
            if other.sentence != item.sentence or other.unit != item.unit or other.bracket != item.bracket or other.reading.value is None:
                break
            run.insert(0, other)
            if not (_IN.search(other.near) or cues.MINUS.search(other.near)):
                break
        if len(run) >= 2 and any(cues.MINUS.search(x.near) for x in run) and run[0].is_level and not cues.MINUS.search(run[0].near):
            yield item, run


_INDUSTRIES = re.compile(r"三次产业|第一、(?:第)?二、(?:第)?三产业")
_NAMES = re.compile(r"(?P<names>[^，。,；;:()]+?)(?:的)?[^、，。,；;:()]{0,10}?(?:分别|依次)")


def respective(items: list[Item], taken: dict[int, int]) -> Iterator[list[Item]]:
    """货物、工程、服务采购规模分别为7738.1亿元、14486.8亿元、11704.8亿元: as many names as figures."""
    for item in items:
        if item.listed or not item.is_additive or item.n in taken:
            continue
        run = [item]
        while run[-1].n + 1 < len(items) and items[run[-1].n + 1].listed and items[run[-1].n + 1].unit == item.unit:
            run.append(items[run[-1].n + 1])
        if len(run) < 2 or not all(x.is_additive for x in run):
            continue
        m = _NAMES.search(item.near)
        names = re.split(r"[、和及与]", m["names"]) if m else []
        quarters = len(names) == len(run) and all(n.endswith("季度") for n in names)
        if quarters or (len(run) >= 3 and (len(names) == len(run) or _INDUSTRIES.search(item.near))):
            yield run
