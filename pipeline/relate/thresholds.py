"""A figure and the line it is held against: 96.7%，高于95%的省定要求; 85.3%，已超过80%; 2085.3亿元，低于核定限额2140亿元.

What is said to be above or below is the figure right before; the line is named as one (目标, 限额, 红线, 平衡点), or it is
itself a round figure with 超过, 突破, 不足 before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from .items import Item
from .ledger import Ledger


class Bound(NamedTuple):
    """``smaller`` is not larger than ``larger``; ``claim`` is the one of the two that the words hold the other against."""

    smaller: Item
    larger: Item
    claim: Item
    template: str


RANGE = "a figure within a range"
LINE = "a figure and the line it is held against"
ROUND = "a figure and the round one that it passed"
_ABOVE = (
    r"高于|超过|超出|超额(?:完成)?|突破|大于|多于|(?P<better>好于|优于)|长于|强于|快于|高出|跨[过越]|越过|"
    r"迈[过上]|跃上|站上|冲破|达到(?:了)?|不低于|不少于|满足|符合|(?P<met>完成|实现)|超(?![声市高])"
)
_BELOW = r"低于|少于|小于|短于|慢于|未超过?|不超过|没有超过|未突破|不足|不到|未达到?|没有达到|低出|不高于|不多于|控制在"
_ADVERB = (
    r"(?:已经|已|均|都|也|仍|仍然|继续|持续|保持|始终|连续|提前|首次|首度|再次|一举|成功|大幅|远远|远|略|稍|明显|显著|全部|双双|率先|大大|其中|"
    r"并|且|而|却|还|就|刚好|刚刚|同样|[\d一二三四五六七八九十两]+年|平均|总体|整体|历史性?|有史以来|首|又|先后|同期|规模|总量|总额|总数|均值|约|近|比例|全年|年度|全市|全省)*"
)
_VERB = re.compile(rf"^{_ADVERB}(?:(?P<below>{_BELOW})|(?P<above>{_ABOVE}))了?(?P<of>[^，。,；;]{{0,18}})$")
_LEAD = re.compile(rf"^{_ADVERB}$")
_NAMED = re.compile(
    r"目标|任务|要求|标准|限额|限值|上限|下限|红线|底线|警戒|保证水位|汛限|平衡点|荣枯线|临界|计划|规划|预期|指标|门槛|规定|定额|基准|控制[数线值]|阈值|"
    r"承诺|法定|时限|期限|国标|省标|考核|线(?:以上)?$|约束|最[高低]值|合理区间|国家二级|国家一级|绿色区间|预警|大关|关口|台阶|整数|核定"
)
_WISH = re.compile(r"力争|争取|确保|预计|将|要求[^，]*(?:高于|超过|不低于)$|不得|不能|必须|如果|若|是否|只有|应当?|须|拟|有望|目标是|应?当")
# 超计划12家, 低于目标3万吨: how far it is from the line, not the line.
_APART = re.compile(r"(?:超[过出额]?|[高低多少]于|不足)(?:了)?(?:年度|全年|原|既定|预期|省定)?(?:计划|目标|任务|预期)(?:数|值)?(?:约|近)?$")
_KINDS = ("rate", "count", "money", "quantity", "duration", "index", "multiple")
_REACH = 5
_MUCH = 2


def lines(ledger: Ledger) -> Iterator[Bound]:
    """One per line that is named with the figure held against it."""
    for item in ledger.items:
        if item.reading.kind not in _KINDS or item.role in ("from", "to"):
            continue
        if item.reading.value is None:
            if (inside := _range(ledger, item)) is not None:
                yield inside
            continue
        yield from _all_of_them(ledger, item)
        found = _due(ledger, item) or _named_line(ledger, item) or _round_line(ledger, item) or _goal_first(ledger, item)
        if found is not None:
            yield found


_WITHIN = re.compile(r"(?:处[在于]|落[在入]|控制在|保持在|稳定在|维持在|介于|位于|在)(?:[^，。；;]{0,6})?$")
_RANGE = re.compile(r"^(?:之间|的?[^，。；;]{0,8}(?:区间|范围))")


def _range(ledger: Ledger, line: Item) -> Bound | None:
    """为正常保有量的102.5%，处在95%至105%的合理区间."""
    if not _WITHIN.search(line.near) or not _RANGE.match(line.tail) or line.reading.low is None or line.reading.high is None:
        return None
    own = _own(ledger, line)
    if own is None or own.reading.value is None or not line.reading.low <= own.value <= line.reading.high:
        return None
    return Bound(own, line, line, RANGE)


_GOAL = re.compile(r"(?:目标|上限|最高限|限额|下限|底线|任务|要求|标准|计划|指标)[^，。；;\d]{0,8}$")
_CAP = re.compile(r"上限|限额|最高限|封顶")
_DONE = re.compile(
    r"^(?:而|但)?(?:截至[^，]{0,8}|到[^，]{0,6}|目前|全年|今年|最终|已经?|年末|期末)?"
    r"(?:实际|实现|完成|执行|新增|余额|达到?|为|已|累计|全年|目前)+[^，。；;\d]{0,6}$"
)
_PASSED = re.compile(r"超额|提前[^，。；;]{0,6}完成|超过(?:了)?(?:计划|目标|任务)|全面完成|超预期|(?:大幅)?超出(?:预期|目标|计划)")
_SET = re.compile(r"提出|确定|下达|要求|安排|目标|计划|任务|指标|预期")
_ALSO = 3


def _goal_first(ledger: Ledger, line: Item) -> Bound | None:
    """失业率目标5.5%以内，实际5.1%; 计划造林20万亩，实际完成21.3万亩，超额完成任务: the line stands before the figure."""
    if line.listed or not (line.role == "plan" or _SET.search(line.near)):
        return None
    own = next((x for x in ledger.items[line.n + 1 : line.n + _ALSO] if x.sentence == line.sentence and _alike(x, line)), None)
    if own is None or own.reading.value is None or own.reading.bound is not None or own.role == "plan" or own.listed or not _DONE.match(own.near):
        return None
    if line.reading.bound in ("at_most", "under") or (_CAP.search(line.near) and line.reading.bound is None):
        return _made(own, line, False, LINE)
    if line.reading.bound in ("at_least", "over") and _GOAL.search(line.near):
        return _made(own, line, True, LINE)
    behind = re.split(r"[。；;\n]", ledger.text[own.end : own.end + 40])[0]
    return _made(own, line, True, LINE) if line.reading.bound is None and _PASSED.search(behind) else None


def _named_line(ledger: Ledger, line: Item) -> Bound | None:
    bound = line.reading.bound
    m = _VERB.match(line.near)
    words = (m["of"] if m is not None else line.near) + "·" + line.tail[:12]
    if _WISH.search(line.near) or not _NAMED.search(words) or _APART.search(line.near):
        return None
    not_so = _NOT.search(line.near)
    if m is not None and m["met"] and not _TARGET.match(line.tail):
        return None
    if m is not None:
        above = m["above"] is not None and not (m["better"] and _SMALL_IS_GOOD.search(line.unit + _said(ledger, line)))
    elif not_so is not None and bound == "over":
        above = False
    elif (_LEAD.match(line.near) or _behind(ledger, line) is not None) and bound in ("over", "at_least", "under", "at_most"):
        above = bound in ("over", "at_least")
    else:
        return None
    own = _own(ledger, line) or _behind(ledger, line)
    if own is None or (above and m is not None and _NAMED.search(m["of"]) and own.value > line.value * _FAR):
        # 水位28.64米，超过警戒水位1.14米: how far, not from what.
        return None
    return _made(own, line, above, LINE)


_TARGET = re.compile(r"的?(?:年度|全年)?(?:目标|任务|要求|计划)(?!的)")
_FAR = 3
_DUE = re.compile(r"应(?:该|当)?(?:配备?|有|达到?|建|设|完成|收|缴)$|需(?:要)?(?:配备?|有|达到?)?$")
_MET = re.compile(r"^[，,](?:已经?|实际|现)?(?:超额|超过|超出|达标|有余|满足|绰绰有余|够用)")
_SHORT = re.compile(r"^[，,](?:还|仍|尚)?(?:不足|有缺口|缺|差|未达标|不够)")


def _due(ledger: Ledger, line: Item) -> Bound | None:
    """在岗救护车412辆，…按标准应配304辆，已经超额: what there ought to be, and whether there is."""
    if not _DUE.search(line.near):
        return None
    behind = ledger.text[line.end : line.end + 12]
    met, short = _MET.match(behind), _SHORT.match(behind)
    near = [x for x in ledger.before(line, line.unit, 6) if x.sentence == line.sentence and x.role == "level" and ledger.host(x.n) is None]
    own = near[0] if near and near[0].reading.kind == line.reading.kind and near[0].reading.bound is None else None
    return _made(own, line, met is not None, LINE) if own is not None and (met or short) else None


_ALL = re.compile(r"^(?:均|都|双双|全部)")


def _all_of_them(ledger: Ledger, line: Item) -> Iterator[Bound]:
    """接通率98.2%，满意率96.5%，均超过95%的考核要求: what is said of the last figure is said of those before it as well."""
    m = _VERB.match(line.near)
    rough = line.near in ("均", "都", "双双", "全部") and line.reading.bound in ("over", "under")
    if not _ALL.match(line.near) or (m is None and not rough):
        return
    above = line.reading.bound == "over" if m is None else m["above"] is not None
    near = [x for x in ledger.items[max(0, line.n - _REACH) : line.n] if x.sentence == line.sentence and _alike(x, line) and x.role != "growth"]
    for own in near[:-1]:
        if own.reading.value is not None and own.reading.bound is None and not _ELSEWHERE.match(own.near):
            yield _made(own, line, above, LINE)


_NOT = re.compile(r"^(?:均|都|仍|仍然|尚|也)*(?:未|没有|没|并未|尚未)$")
# 优于35微克的标准 is less of what is better less.
_SMALL_IS_GOOD = re.compile(r"微克|毫克|天|小时|分钟|失业|不良|漏损|负债|差错|错误|投诉|死亡|发病|能耗|逾期|腐损|流失|浓度|违约|亏损|缺陷|事故")


def _said(ledger: Ledger, line: Item) -> str:
    """The name of the figure that is held against the line."""
    own = _own(ledger, line)
    return own.near if own is not None else ""


def _round_line(ledger: Ledger, line: Item) -> Bound | None:
    """高等教育毛入学率57.3%，已超过50%; 20.86万亿元，规模历史同期首次超过20万亿元: no name, but a round figure of which it is said."""
    own = _own(ledger, line)
    near = line.near
    if own is not None and len(own.name) > 1 and near.startswith(own.name):
        # 亩产509公斤，亩产首次突破500公斤
        near = near[len(own.name) :]
    m = _VERB.match(near)
    said = line.reading.bound in ("over", "under") and _LEAD.match(near)
    if line.listed or not _round(ledger, line) or not (said or (m is not None and not m["of"] and line.reading.bound is None)):
        return None
    if own is None or own.value == line.value:
        return None
    above = line.reading.bound == "over" if said or m is None else m["above"] is not None
    larger, smaller = (own, line) if above else (line, own)
    return _made(own, line, above, ROUND) if 0 < smaller.value <= larger.value < smaller.value * _MUCH else None


def _round(ledger: Ledger, line: Item) -> bool:
    digits = re.sub(r"[^\d]", "", ledger.text[line.reading.number[0] : line.reading.number[1]]).strip("0")
    return len(digits) <= _MUCH


def _made(own: Item, line: Item, above: bool, template: str) -> Bound:
    return Bound(line, own, line, template) if above else Bound(own, line, line, template)


# 不良率1.12%，比年初下降…，年初为1.25%，远低于5%: the earlier figure is not the one that is held against the line.
_ELSEWHERE = re.compile(r"^(?:而)?(?:上年|去年|前年|上月|年初|(?:19|20)\d\d年|上届|全[国省市区县])(?:同期|末|底|平均)?(?:水平)?(?:为|是|仅为)?$")
_LINE_IS = re.compile(r"(?:目标|标准|限额|水位|要求|上限|红线)(?:为|是)$")
_NEED = re.compile(r"^(?:的)?(?:要求|标准|目标|规定|门槛|底线|红线|限额|上限)")


def _behind(ledger: Ledger, line: Item) -> Item | None:
    """达到年消费量5%以上的要求--全年消费38.6亿立方米，储气占比5.44%: the figure behind a line that none stands before."""
    if line.reading.bound not in ("at_least", "at_most") or not _NEED.match(line.tail):
        return None
    for item in ledger.items[line.n + 1 : line.n + 3]:
        if item.sentence == line.sentence and _alike(item, line) and item.role in ("share", "rate", "bare"):
            return item if item.reading.bound is None and item.reading.value is not None else None
    return None


def _own(ledger: Ledger, line: Item) -> Item | None:
    """The figure that is held against the line: the last one of its kind and unit before it in the sentence, or alone behind it."""
    for item in reversed(ledger.items[max(0, line.n - _REACH) : line.n]):
        if item.sentence != line.sentence or "；" in ledger.gap(item, line):
            return None
        if (item.bracket >= 0 and item.bracket != line.bracket) or _ELSEWHERE.match(item.near) or _LINE_IS.search(item.near):
            continue
        if item.reading.bound is None and (m := _VERB.match(item.near)) and _NAMED.search(m["of"]):
            continue
        if _alike(item, line):
            return item if item.reading.bound is None and item.reading.value is not None else None
    return None


def _alike(item: Item, line: Item) -> bool:
    """Of one kind and unit; a change is none of the figures that a line is drawn for."""
    one = item.reading.kind == line.reading.kind and item.unit == line.unit
    return one and item.role not in ("from", "prior", "increment", "reference", "change")
