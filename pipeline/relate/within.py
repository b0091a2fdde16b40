"""A figure that is part of another by what the two are called: a month of a span, a stage of a procedure, the largest single one.

No word of the sentence says 其中; what is larger than what it would be part of is no part: such a binding confirms only.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .items import Item
from .ledger import Ledger
from .parts import FRAME as FRAMED
from .thresholds import Bound

MONTH = "one part: a month within a span"
STAGE = "one part: a stage of what the words name"
SINGLE = "one part: the largest single one"
FRAME = "one part: some of the number right before"
PLACE = "a place among so many"
SHARE = "one part: a share within a share"
MEAN = "an average and the highest single value"
LISTED = "one part of a list that need not be complete"
_OPENED = ("其中", "X中", "by a view", "after a colon", "in brackets")
_STOCK = re.compile(r"余额|存量|人口|保有|库存|参保|存栏|登记|蓄水|装机|在校|在册|注册|累计|总数|户数|经营主体|床位|指数")
_SINGLE = re.compile(
    r"^(?:其中)?(?:单[案笔件户日宗起天月家个项次人][^，。；;]{0,4}|最[高大多长]的?(?:一|单)?[个件笔起家户项日天月宗次]|峰值|最大[一单])(?!跑)[^，。；;]{0,6}$"
)
_AVERAGE = re.compile(r"[日月年人户]均|平均")
_HIGHEST = re.compile(r"最[高大多长]|峰值|高峰")
_INNER = re.compile(r"其中|当中")
_REACH = 30
_PER = re.compile(r"每|均")


@cache
def stages() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What is counted and what may become of some of it: stages.tsv."""
    with (Path(__file__).parent / "stages.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple((re.compile(row["set"]), re.compile(row["part"])) for row in rows)


def within(ledger: Ledger) -> Iterator[Bound]:
    """One per figure that is part of another by its name."""
    yield from _open_lists(ledger)
    shares = None
    for item in ledger.items:
        if item.reading.kind == "rate" and item.role == "share":
            found = _nested(item, shares, ledger)
            shares = item if found is None else shares
            if found is not None:
                yield found
        if item.reading.value is None or item.reading.bound is not None or "/" in item.unit:
            continue
        if item.reading.kind == "rank" and (place := _place(ledger, item)) is not None:
            yield place
        if not item.is_level and item.role != "average":
            continue
        made = _some(ledger, item) or _largest(ledger, item) or _month(ledger, item) or _stage(ledger, item)
        if made is not None:
            yield made


def _open_lists(ledger: Ledger) -> Iterator[Bound]:
    """其中手足口病1986例，流感1542例: each member of a list that does not add up to its whole is no larger than it."""
    for p in ledger.partitions:
        host, parts = ledger.items[p.host], [ledger.items[n] for n in p.parts]
        if p.template not in _OPENED or len(parts) == 1 or p.closed or host.role == "increment" or set(p.signs) != {1}:
            continue
        if sum(x.value for x in parts) == host.value:
            continue
        for k, part in enumerate(parts):
            between = ledger.items[parts[k - 1].n + 1 : part.n] if k else []
            if any(x.is_additive and x.unit != part.unit and x.role != "increment" for x in between):
                # 其中检控类1624件次，处置问题线索2980件，谈话函询386件次: another thing has been spoken of since.
                break
            if "每" in part.near or part.reading.bound is not None:
                break
            yield Bound(part, host, host, LISTED)


def _nested(item: Item, before: Item | None, ledger: Ledger) -> Bound | None:
    """60岁及以上人口占18.91%，其中65岁及以上人口占13.62%: of one name but for the age, behind 其中."""
    if before is None or before.sentence != item.sentence or item.n - before.n > _SPAN or before.reading.kind != "rate":
        return None
    between = ledger.gap(before, item)
    if not _INNER.search(between) or re.search("[；;]", between) or not item.name or item.reading.value is None or before.reading.value is None:
        return None
    return Bound(item, before, before, SHARE) if item.name[-2:] == before.name[-2:] and item.value <= before.value else None


_SPAN = 4
_NAME = 2
_NEAR = 4
_EXTRA = 4
_VERB = 3
_PLAIN = re.compile(r"完成|已|全部|基本|累计|当日|均|样品|案件|人员|人口|项目|问题|接种|免疫|共|有|各类|司法|机关|公安|法院|面积|[的了]")
_NEW = re.compile("新增")
_PRINTED = re.compile(r"\d{1,2}月(?!末|底|以来)|[一二三四]季度|当[月季]|单月")
# An endless sentence must not cost more than its length.
_BACK = 200
_LEADING = re.compile(
    r"^(?:前\d{1,2}个?月|\d{1,2}[-至]\d{1,2}月份?|\d{1,2}月份?|前?[一二三四两]季度|[上下]半年|全年|单[月季]|占|我[市省国县区]|全[市省县区国]|"
    r"外贸|货物|贸易|当[月季]|累计|实现|完成|共|总)+"
)
_NAMELESS = re.compile(r"^(?:其中)?(?:\d{1,2}月份?|[一二三四]季度|当[月季])(?:当月|单月|当季)?(?:为|是|完成|实现|达到?)?$")
_PAST = re.compile(r"上年|去年|同期")
_PLANNED = re.compile(r"计划|目标|任务|预计")


def _some(ledger: Ledger, item: Item) -> Bound | None:
    """9座大中型水库6座超汛限; 计划新开工109个已开工88个，其中68个重大项目开工55个: the number of the same things, and of which."""
    before = ledger.items[item.n - 1] if item.n else item
    if ledger.host(item.n) is not None or item.reading.kind != "count" or item.role not in ("level", "plan") or before.sentence != item.sentence:
        return None
    if before.unit == item.unit and before.is_level and before.value > item.value and before.bracket == item.bracket:
        gap = ledger.gap(before, item)
        if re.fullmatch(r"[\u4e00-\u9fff]{2,10}(?<![和及与或、由到至的])", gap) and before.reading.unit == item.reading.unit and len(item.tail) > 1:
            return Bound(item, before, before, FRAME)
    if item.near in ("其中", "其中的") and item.tail:
        parts = {n for p in ledger.partitions if p.template == FRAMED for n in p.parts}
        found = [x for x in ledger.before(item, item.unit, 4) if x.sentence == item.sentence and x.n not in parts and x.is_level]
        return Bound(item, found[0], found[0], FRAME) if found and found[0].value >= item.value else None
    return None


_OF_MANY = re.compile(r"^个?(?:[市州县区省盟旗地]|市州|县市|县市区|城市|地市|省市|省份|区县|地区|省区市)[^，。；;]{0,6}$|^[^，。；;]{0,8}(?:中|里)$")


def _place(ledger: Ledger, item: Item) -> Bound | None:
    """在全省14个市州中，我市综合排名第3位: a place is no larger than the number of those that are placed."""
    for other in reversed(ledger.items[max(0, item.n - 3) : item.n]):
        if other.sentence == item.sentence and other.reading.kind == "count" and other.reading.value is not None and _OF_MANY.match(other.tail):
            ranked = "第" in ledger.text[item.start : item.end] and item.role == "rank"
            return Bound(item, other, other, PLACE) if ranked and other.value >= item.value else None
    return None


def _largest(ledger: Ledger, item: Item) -> Bound | None:
    """判赔总额1.24亿元，单案最高1800万元; 日均2480万立方米，最高日3000万立方米."""
    if not _SINGLE.search(item.near) or _PER.search(item.near) or item.role == "average":
        return None
    behind = [x for x in ledger.items[item.n + 1 : item.n + 3] if x.sentence == item.sentence and x.near.startswith(("总", "合计", "共", "累计"))]
    for other in (*reversed(ledger.items[max(0, item.n - 6) : item.n]), *behind):
        if other.turn != item.turn or item.sentence - other.sentence > 1:
            continue
        if other.unit != item.unit or other.reading.value is None or other.role not in ("level", "average", "to", "plan"):
            continue
        if other.reading.bound is not None or "最" in other.near:
            return None
        if other.role == "average" or _AVERAGE.search(other.near):
            return Bound(other, item, item, MEAN) if _HIGHEST.search(item.near) else None
        return Bound(item, other, other, SINGLE)
    return None


def _month(ledger: Ledger, item: Item) -> Bound | None:
    """8月当月进出口112.8亿元 beside 前8个月进出口846.3亿元: a flow of one name, in a month and in the span around it."""
    if item.months is None or not item.is_level or _STOCK.search(item.name + item.tail) or _AVERAGE.search(item.near):
        return None
    if len(item.name) < _NAME or _NAMELESS.match(item.near):
        return _nameless_month(ledger, item)
    for other in ledger.before(item, item.unit, _REACH):
        if other.turn != item.turn or other.months is None or other.months == item.months or not other.is_level or _year(item) != _year(other):
            continue
        wide, narrow = (other, item) if _covers(other.months, item.months) else (item, other)
        if not _covers(wide.months or (0, 0), narrow.months or (0, 0)) or _bare(item) != _bare(other) or len(_bare(item)) < _NAME:
            continue
        told = _PRINTED.search(ledger.text[max(ledger.sentences[narrow.sentence][0], narrow.start - _BACK) : narrow.start])
        words = ledger.text[max(ledger.sentences[wide.sentence][0], wide.start - _BACK) : wide.start]
        planned = bool(_PLANNED.search(words)) or wide.reading.bound is not None
        past = _PAST.search(narrow.lead) or _PAST.search(wide.lead) or "差" in narrow.name or narrow.value >= wide.value
        return Bound(narrow, wide, wide, MONTH) if told and not planned and not past else None
    return None


def _nameless_month(ledger: Ledger, item: Item) -> Bound | None:
    """1至11月累计进出口1286亿元，11月当月132亿元: the month right behind the span has no other name."""
    before = next((x for x in ledger.before(item, item.unit, 2) if x.sentence == item.sentence and x.role == "level"), None)
    if before is None or not _NAMELESS.match(item.near) or before.months is None or item.months is None or _STOCK.search(before.name):
        return None
    part = _covers(before.months, item.months) and before.reading.bound is None and before.value > item.value and before.bracket == item.bracket
    return Bound(item, before, before, MONTH) if part else None


def _year(item: Item) -> str:
    start = item.period.start if item.period is not None else None
    return start[:4] if start else ""


def _covers(wide: tuple[int, int], narrow: tuple[int, int]) -> bool:
    return wide[0] <= narrow[0] and narrow[1] <= wide[1] and wide != narrow


def _bare(item: Item) -> str:
    name = _LEADING.sub("", item.name)
    return re.sub(r"(?:总值|总额|值|总量|数)$", "", name)


def _stage(ledger: Ledger, item: Item) -> Bound | None:
    """接种总人数6914.7万人，完成全程接种6758.3万人; 立案918件；移送司法43件: the nearest figure whose name says what it is a stage of."""
    if item.role != "level" or item.listed or ledger.host(item.n) is not None or not item.name:
        return None
    rows = [row for row in stages() if (m := row[1].search(item.near)) and len(_PLAIN.sub("", item.name.replace(m[0], "", 1))) <= _EXTRA]
    for other in ledger.before(item, item.unit, _NEAR) if rows else ():
        near = other.turn == item.turn and other.paragraph == item.paragraph and item.sentence - other.sentence <= 1
        if not near:
            return None
        whole = other.role == "level" and other.reading.unit == item.reading.unit and other.reading.bound is None and "占" not in other.near
        if not whole or other.bracket not in (-1, item.bracket):
            continue
        if item.lead.startswith("、") and (item.n != other.n + 1 or len(item.name) > _VERB):
            return None
        if any(of.search(other.near) and not part.search(other.near) for of, part in rows) and not (_NEW.search(item.near) and _NEW.search(other.near)):
            return Bound(item, other, other, STAGE)
    return None
