"""What a figure measures, in the document's words and as a canonical metric, and which set it is measured on."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

from .items import Item


@cache
def indicators() -> dict[str, str]:
    """Alias → canonical metric."""
    table: dict[str, str] = {}
    with (Path(__file__).parent / "indicators.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            for alias in row["aliases"].split("|"):
                table.setdefault(alias, row["metric"])
    return table


@cache
def _pattern() -> re.Pattern[str]:
    aliases = sorted(indicators(), key=len, reverse=True)
    return re.compile("|".join(map(re.escape, aliases)))


_LEADING = re.compile(
    r"^(?:[\s“\"”]|其中|当中|同时|此外|另外|另有|另|而|并|且|也|还|又|已经|已|共计?|累计|合计|目前|截至[^，]*?(?:底|末|日)|今年(?:以来)?|去年(?:同期)?|全年|上年|当年|本年度?|年末|年内|"
    r"(?:19|20)\d\d年(?:度|末|底)?|\d{1,2}(?:[-至]\d{1,2})?月(?:份|底|末)?|[上下]半年|前?[一二三四]季度|同比|环比|比上年(?:同期|末)?|较上年(?:同期|末)?|比去年(?:同期|底)?|较去年(?:同期)?|分别|各(?![类级地])|的|、|是|为)+"
)
_TRAILING = re.compile(
    r"(?:[\s“\"”]|分别|累计|合计|总计|共计?|已经|已|达到?|为|是|有|了|(?<![签预节履])约|近|超过?|突破|完成|实现|增长|下降|上升|增加|减少|提高|提升|回落|降低|上涨|下滑|扩大|收窄|增至|降至|升至|增长到|下降到|"
    r"占|由|从|至|到|共有|只有|仅|均|都|也|还|又|各|的|在|其|这|那|并|接近|达成|达|同比|环比|较上年(?:同期|末)?|比上年(?:同期|末)?|比去年(?:同期|底)?|较去年(?:同期)?|净增|保持|稳定|占比|比重为|年均|:)+$"
)
_SET = re.compile(
    r"(?:项目|工程|企业)(?![\u4e00-\u9fff]{0,3}(?:建设提速|办公室|科(?![技研])|管理|推进情况|为纲))"
)
_NAME_BEFORE = re.compile(r"[\u4e00-\u9fff]{1,14}\Z")
_NOT_NAME = re.compile(
    r".*(?:[的个项家在有含对将和与及把了为是从由于并等这些共]|(?<!大)中(?!小|型|央|心)|安排|实施|谋划|列入|列为|完成|启动|推进(?=市|省)|确定|遴选|引进|储备|入库|包括|其中|全市|我市|全省|全县|我县|全区|全国|今年|累计|上报|申报|年度|另有|组织|选定|筛选|推动|先说|再说|关于|介绍|严格|围绕|聚焦)"
)
_STAGE = re.compile(
    r"^(?:计划|新|新?开工|续建|前期|竣工|投产|签约|在建|建成|完工|复工|拟|预备|储备|已|未|未开工|新建|结转|收尾|实施|前期谋划|"
    r"计划新开工|计划竣工|待建|落地|投资|建设|一批|各|该|上述|这些|些|打包|类|等|产业|工业|服务业|农业|基础设施|民生|社会事业|"
    r"城建|交通|水利|能源|其他)*$"
)


def clean(words: str) -> str:
    """``words`` without what leads in (其中, 同比, 1-5月) and what leads over to the number (达到, 增长)."""
    return _TRAILING.sub("", _LEADING.sub("", words))


def lead_off(words: str) -> str:
    """``words`` without what leads in."""
    return _LEADING.sub("", words)


def metric_of(words: str) -> str | None:
    """The canonical metric that ``words`` name last, None when none is in the list."""
    alias = None
    for m in _pattern().finditer(words):
        alias = m[0]
    return indicators()[alias] if alias else None


def name(items: list[Item]) -> None:
    """Give every item its name, metric and the words that carry it."""
    find = _pattern()
    table = indicators()
    for item in items:
        words = _JOINT.sub("", clean(item.near))
        item.name = words
        alias = None
        for m in find.finditer(words):
            alias = m[0]
        if alias is None and item.reading.kind == "count":
            behind = find.search(clean(item.tail))
            alias = behind[0] if behind else None
        item.metric_text = alias or words[-12:] or _carried(item, items) or None
        item.metric = table[alias] if alias else None
        if item.listed and not words and item.n and items[item.n - 1].unit == item.unit:
            item.metric = item.metric or items[item.n - 1].metric
        if item.role == "completion" and item.reading.kind == "rate" and not (item.metric or "").startswith("rate."):
            # 占年度计划投资117%: what is measured is how much of the plan is done.
            item.metric = "rate.completion"
        if item.role in ("growth", "change", "increment", "share", "gap", "bare", "completion") and not words:
            item.metric_text = _carried(item, items)


_JOINT = re.compile(r"^(?:和|及|与|以及|或|、)+$")


def _carried(item: Item, items: list[Item]) -> str | None:
    """A growth or a share without words of its own is one of the figure before it."""
    before = items[item.n - 1] if item.n else None
    if before is not None and before.sentence == item.sentence:
        return before.metric_text
    return None


def subjects(text: str, items: list[Item], turns: list[int]) -> None:
    """The set each figure is measured on: the set named last before it, carried over until another is named."""
    current: str | None = None
    turn = -1
    mentions = _mentions(text)
    k = 0
    for item in items:
        if item.turn != turn:
            current, turn = None, item.turn
            begin = turns[item.turn] if item.turn >= 0 and turns else 0
            while k < len(mentions) and mentions[k][0] < begin:
                k += 1
        while k < len(mentions) and mentions[k][0] <= item.start:
            current = mentions[k][1]
            k += 1
        if k < len(mentions) and mentions[k][0] <= item.end + len(item.tail):
            # 100个市重点推进项目是…: the name that touches the number, not a later one of the clause.
            current = mentions[k][1]
            k += 1
        if item.reading.kind == "count" and item.near.endswith(("这", "上述", "该")) and item.tail.startswith(("项目", "企业", "工程")):
            # 这43个项目: the set whose size was said to be 43.
            current = next((x.subject for x in reversed(items[: item.n]) if x.reading.kind == "count" and x.reading.value == item.reading.value), current)
        item.subject = current
        item.scope = (current,) if current else ()


def _mentions(text: str) -> list[tuple[int, str]]:
    """Where sets are named, each by its core; 省重点项目 and 市重点项目 stay apart where a text has both."""
    raw: list[tuple[int, str, str, bool]] = []
    last = 0
    for m in _SET.finditer(text):
        named = _NAME_BEFORE.search(text, max(last, m.start() - 14), m.start())
        if named is None:
            continue
        last = m.end()
        words = lead_off(_NOT_NAME.sub("", named[0]))
        level = _LEVEL.match(words)
        core = words[level.end() :] if level else words
        if not core or _STAGE.fullmatch(core) or len(core) < 2:
            continue
        counted = bool(_COUNT_BEFORE.search(text, max(0, named.start() - 8), m.start() - len(words))) or bool(_COUNT_AFTER.match(text, m.end()))
        raw.append((m.end(), level[0] if level else "", core + m[0], counted))
    levels: dict[str, set[str]] = {}
    known = Counter(core for _, _, core, _ in raw)
    counted_ = {core for _, _, core, counted in raw if counted}
    for _, level_, core, _ in raw:
        levels.setdefault(core, set()).add(level_)
    # A name that is neither counted nor said twice is that of a single project.
    kept = [r for r in raw if r[2] in counted_ or known[r[2]] > 1]
    return [(end, (level_ if len(levels[core] - {""}) > 1 else "") + core) for end, level_, core, _ in kept]


_COUNT_BEFORE = re.compile(r"\d[个项家](?:[全省市县区国州]{0,2})?$|列[入为](?:[全省市县区国州]{0,2})?$")
_COUNT_AFTER = re.compile(r"(?:一?共|总数|数量|有|达到?|计|为)*\d")
_LEVEL = re.compile(r"(?:国家|省|市|县|区|州)(?:级|列)?")
