"""Which two rates a difference in points lies between: a reference in brackets, from one to another, a named one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .items import Item
from .ledger import Ledger
from .named_gaps import by_name
from .names import metric_of
from .other_things import OTHER_THING, OWN, of_another
from .references import Gap, behind
from .right_before import rates_beside
from .structure_points import between_structures

TIME = re.compile(r"时间|序时|时序|均衡|超进度|欠进度|超前进度")
_YEARLY = re.compile(r"年均|年平均|平均每年|每年平均")
_BESIDE = re.compile(r"优于|好于|超出|比|较|超过|超额|高于|低于|快于|慢于|高出|低出")
_APART = re.compile(r"相差|差距|之差|剪刀差")
_EARLIER = re.compile(
    r"^(?:而)?(?:上年|去年|前年|上月|上季度|上届|年初|[一二三四五六七八九十\d]+年前|(?:19|20)\d\d年)(?:同期|同月|末|底)?"
    r"(?:这个数(?:字)?|这一?(?:数字|比例|比率|比重|占比)|该?比例|占比|比重)?(?:仅|只有?)?(?:为|是|有)?$"
)
_BOTH_APART = re.compile(r"(?:二者|两者|二者之间|两者之间).{0,3}(?:相差|差距|之差|剪刀差)")
_THAN = re.compile(
    r"(?:高于|低于|快于|慢于|高出|低出|好于|领先|落后|超出?)(?P<a>[^，。,；;\d]{1,16}?)(?:的?(?:增速|增幅|涨幅|降幅|平均水平|"
    r"平均|水平|整体|总体))?(?:分别)?(?:约|近)?$|(?:比|较)(?P<b>[^，。,；;\d]{1,16}?)(?:的?(?:增速|增幅|平均水平|"
    r"水平))?(?:分别)?(?:高|低|快|慢)(?:出)?$"
)
_OVERALL = re.compile(r"^(?:全部|整体|总体|平均|全市|全省|全国|全区|全县|全行业|外贸|同期)?(?:整体|总体|平均|平均水平|水平|的)*$")


def gaps(ledger: Ledger) -> Iterator[Gap]:
    """One per difference whose two rates are printed; time progress has only one and is not among them."""
    for item in ledger.items:
        back = _reckoned_back(ledger, item)
        if back is not None:
            yield back
        if item.reading.kind != "points" or item.reading.value is None or item.reading.direction == "flat":
            continue
        first = ledger.chain(item)[0]
        if TIME.search(first.near) and not _printed_progress(ledger, item):
            continue
        found = _bracketed(ledger, item, first) or _targets(ledger, item, first) or _moved(ledger, item) or _each_measure(ledger, item, first)
        if found is None:
            pair = between_structures(ledger, item) or by_name(ledger, item, ledger.chain(item))
            found = Gap(item, *pair) if pair is not None else _named(ledger, item, first)
        if found is not None and found.template in OWN and of_another(ledger, item, found):
            found = found._replace(template=OTHER_THING)
        if found is None and not item.listed and (pair := rates_beside(ledger, item)) is not None:
            found = Gap(item, *pair)
        if found is not None:
            yield found


_RECKONED = re.compile(r"推算|据此|由此|折算|反推|应为")


def _reckoned_back(ledger: Ledger, item: Item) -> Gap | None:
    """非化石能源比重18.6%，较2015年提高6.3个百分点，推算2015年为12.3%: the rate less its change; several answer in order."""
    if item.reading.kind != "rate" or item.reading.value is None:
        return None
    members = ledger.chain(item)
    first = members[0]
    change = ledger.items[first.n - 1] if first.n else first
    changes = ledger.chain(change)
    if not _RECKONED.search(first.lead + first.near) or change.reading.kind != "points" or change.sentence != first.sentence or len(changes) != len(members):
        return None
    own = next((r for r in rates_before(ledger, changes[0]) if r.bracket == item.bracket), None)
    return Gap(item, own, changes[members.index(item)], BACK) if own is not None and changes[0].reading.value is not None else None


BACK = "a rate less its change: the earlier or the other one"


def _printed_progress(ledger: Ledger, item: Item) -> bool:
    """比75%的时间进度低6.7个百分点: the progress of time is printed, the calendar is not asked."""
    before = ledger.items[item.n - 1] if item.n else item
    return before.reading.kind == "rate" and bool(_BESIDE.search(before.near)) and bool(re.match(r"的[^，。；;]{0,8}$", ledger.gap(before, item)[:9]))


def _targets(ledger: Ledger, item: Item, first: Item) -> Gap | None:
    """占51.2%，…覆盖率87.1%，分别超过国家50%、80%的目标1.2、7.1个百分点: rates, their targets and the differences in one order."""
    members = ledger.chain(item)
    goal = ledger.items[first.n - 1] if first.n else first
    goals = ledger.chain(goal) if goal.reading.kind == "rate" and goal.sentence == first.sentence else []
    size = len(members)
    if size < 2 or len(goals) != size or not _BESIDE.search(goals[0].near) or re.search("[，；;]", ledger.gap(goals[-1], first)):
        return None
    own = [r for r in rates_before(ledger, goals[0]) if r.role in ("share", "rate", "bare", "completion", "growth")][:size]
    k = members.index(item)
    return Gap(item, own[size - 1 - k], goals[k], "rates over their targets, in one order") if len(own) == size else None


def _each_measure(ledger: Ledger, item: Item, first: Item) -> Gap | None:
    """收入467亿元、利润35亿元，同比增长19.3%和57.1%，高于全部规上工业6.7和34.0个百分点: each over the growth of its own measure."""
    members = ledger.chain(item)
    size, k = len(members), members.index(item)
    own = _own(ledger, first, members, k)
    run = ledger.chain(own) if own is not None else []
    if own is None or size < 2 or _THAN.search(first.near) is None:
        return None
    levels = [x for x in ledger.items[max(0, run[0].n - size) : run[0].n] if x.is_level and x.sentence == run[0].sentence]
    if len(levels) != size:
        return None
    level = levels[k]
    for other in reversed(ledger.items[max(0, level.n - 30) : level.n]):
        same = other.is_level and other.turn == level.turn and other.sentence < level.sentence and len(level.name) > 1 and other.name.endswith(level.name[-4:])
        rate = ledger.items[other.n + 1] if other.n + 1 < len(ledger.items) else other
        if same and rate.role == "growth" and rate.reading.kind == "rate" and rate.sentence == other.sentence:
            return Gap(item, own, rate, "each over the growth of its own measure")
    return None


def rates_before(ledger: Ledger, item: Item) -> list[Item]:
    """Rates before ``item`` in its sentence, the nearest first."""
    return [
        x for x in reversed(ledger.items[max(0, item.n - 14) : item.n])
        if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None and x.reading.direction != "flat"
    ]


def _bracketed(ledger: Ledger, item: Item, first: Item) -> Gap | None:
    """增长8.4%，比全省(7.7%)高0.7个百分点: the reference stands in brackets beside its name."""
    if item.role not in ("gap", "progress"):
        return None
    members = ledger.chain(item)
    rates = rates_before(ledger, first)
    references = [r for r in reversed(rates) if r.bracket >= 0 and r.bracket != item.bracket and r.n > first.n - 1 - 2 * len(members)]
    own = next((r for r in rates if r.bracket == item.bracket), None)
    if own is None or len(references) != len(members) or own.n > references[0].n:
        return None
    return Gap(item, own, references[members.index(item)], "a reference rate in brackets")


def _moved(ledger: Ledger, item: Item) -> Gap | None:
    """由5.5%降至5%，回落0.5个百分点; 为0.53%，比上一个十年的0.57%下降0.04个百分点; …收窄1.7个百分点(当时下降2.1%)."""
    if _YEARLY.search(item.near):
        return None
    rates = rates_before(ledger, item)[:4]
    if len(ledger.chain(item)) > 1:
        return _moved_each(ledger, item)
    own = next((r for r in rates[1:] if r.role != "reference"), None)
    if own is not None and rates[0].role == "reference":
        own = _of_name(rates, own)
    if len(rates) >= 2 and rates[0].role == "to" and rates[1].role == "from" and _next(ledger, rates[0], item):
        return Gap(item, rates[0], rates[1], MOVED if item.n - rates[0].n == 1 else OVER_TIME)
    if own is not None and rates[0].role == "reference" and rates[0].bracket == item.bracket and _next(ledger, rates[0], item):
        return Gap(item, own, rates[0], "a rate and the one it is compared with")
    if own is not None and _next(ledger, rates[0], item) and _EARLIER.match(rates[0].near) and rates[0].bracket == item.bracket:
        return Gap(item, own, rates[0], "a rate and that of the year before, named beside it")
    if own is not None and _next(ledger, rates[0], item) and _beside(rates[0]) and not re.search("[，,；;]", ledger.gap(rates[0], item)):
        return Gap(item, own, rates[0], "a rate and the one it is compared with")
    growing = [r for r in rates if r.role == "growth"]
    if len(growing) >= 2 and (_BOTH_APART.search(item.near) or (_APART.search(item.near) and len(growing) == len(rates) == 2)):
        return Gap(item, growing[1], growing[0], "two rates and how far they are apart")
    if len(rates) >= 2 and _APART.search(item.near) and _next(ledger, rates[0], item) and rates[0].listed:
        return Gap(item, rates[1], rates[0], "two rates and how far they are apart")
    return behind(ledger, item, rates)


MOVED = "from one rate to another"
# 由去年的10.6%降至8.1%，两年下降4.2个百分点: the time may be another than that from the one to the other.
OVER_TIME = "from one rate to another, over a length of time"


def _beside(rate: Item) -> bool:
    """比上年的68.1%; 与上年的68.1%相比."""
    return bool(_BESIDE.search(rate.near)) or (bool(re.search(r"[与同和跟][^，。；;]{0,10}$", rate.near)) and rate.tail.startswith(("相比", "比")))


def _next(ledger: Ledger, rate: Item, item: Item) -> bool:
    """由10.6%降至8.1%，两年下降2.5个百分点: nothing stands between but a length of time."""
    return item.n > rate.n and all(x.reading.kind == "duration" for x in ledger.items[rate.n + 1 : item.n])


def _moved_each(ledger: Ledger, item: Item) -> Gap | None:
    """解决率由95.1%上升到96.4%，满意率从95.9%升至97.0%，分别提高1.3个和1.1个百分点: as many pairs as differences."""
    members = ledger.chain(item)
    rates = list(reversed(rates_before(ledger, members[0])))
    pairs = [(a, b) for a, b in pairwise(rates) if a.role == "from" and b.role == "to" and b.n == a.n + 1]
    if len(pairs) != len(members):
        return None
    then, now = pairs[members.index(item)]
    return Gap(item, now, then, "from one rate to another")


def _of_name(rates: list[Item], nearest: Item) -> Item | None:
    """外来游客比重较去年同期的…上升: of two rates before, the one that the words name; none where neither is named."""
    words = re.split(r"[较比与]", rates[0].near)[0]
    words = re.sub(r"占比|比重|比例|占|的|也|则|均|[同环]", "", words)
    others = [r for r in rates[1:] if r.role != "reference"]
    if re.search(r"[降跌减涨增升]幅$|增速$", words):
        # 环比增长12.4%，同比下降3.7%，降幅较11月的9.5%收窄: the nearest movement of that direction.
        down = bool(re.search(r"[降跌减]幅$", words))
        return next((r for r in others if (r.direction == "down") == down), nearest)
    if len(words) < 2 or len(others) < 2:
        return nearest
    named = [r for r in others if r.name.startswith(words) or words.startswith(r.name[:4] or "·") or r.name.endswith(words)]
    exact = [r for r in named if re.sub(r"占比|比重|比例|占|为", "", r.name) == words]
    found = exact or named
    return found[0] if len(found) == 1 else None


def _named(ledger: Ledger, item: Item, first: Item) -> Gap | None:
    """金融业增长5.2%，高于GDP增速1.0个百分点: the reference is the growth of what the words name."""
    members = ledger.chain(item)
    m = _THAN.search(first.near)
    if m is None:
        return _over_average(ledger, item, first, members) if item.role == "gap" else None
    words = m["a"] or m["b"] or ""
    own = _own(ledger, first, members, members.index(item))
    if own is None:
        return None
    candidates = [
        x for x in ledger.items[max(0, first.n - 30) : first.n + 12]
        if x.role == "growth" and x.reading.kind == "rate" and x.turn == item.turn and x.n != own.n and x.reading.value is not None and not x.listed
    ]
    if _OVERALL.match(words):
        found = [x for x in candidates if x.paragraph == item.paragraph and x.n < own.n][:1]
        rule = "a reference rate: the whole"
    else:
        near = [(x, _about(ledger, x, words)) for x in candidates]
        alike = [x for x, rank in near if rank > 0 and len(own.name) >= _MEASURE and x.name[-_MEASURE:] == own.name[-_MEASURE:]]
        best = max((rank for _, rank in near), default=0)
        found = alike or [x for x, rank in near if rank == best and rank > 0]
        rule = "a reference rate named in words"
    if not found or (len({x.value for x in found}) > 1 and found[0].sentence != item.sentence):
        found = [x for x in found if x.sentence == item.sentence] or found[:1]
    return Gap(item, own, found[0], rule) if found else None


def _over_average(ledger: Ledger, item: Item, first: Item, members: list[Item]) -> Gap | None:
    """分别为68.4%、63.7%，全市平均为52.5%，分别高出15.9、11.2个百分点."""
    rates = rates_before(ledger, first)
    mean = next((r for r in rates[:2] if re.search(r"平均|全[市省国县区]", r.near) and not r.listed), None)
    if mean is None:
        return None
    own = next((ledger.chain(r) for r in rates if r.n < mean.n), None)
    if own is None or len(own) != len(members):
        return None
    return Gap(item, own[members.index(item)], mean, "rates over the average in the sentence")


def _own(ledger: Ledger, first: Item, members: list[Item], k: int) -> Item | None:
    for other in reversed(ledger.items[max(0, first.n - 6) : first.n]):
        if other.sentence not in (first.sentence, first.sentence - 1):
            return None
        if other.role == "growth" and other.reading.kind == "rate" and other.bracket == first.bracket:
            run = ledger.chain(other)
            return run[k] if len(run) == len(members) else None
    return None


# 增加值, 零售额: the measure at the end of a name.
_MEASURE = 3


def _about(ledger: Ledger, rate: Item, words: str) -> int:
    """How well ``words`` name what grew: 3 the very name, 2 the same metric, 1 part of the name, 0 not at all."""
    names, metrics = [rate.name], [metric_of(rate.near)]
    for other in reversed(ledger.items[max(0, rate.n - 3) : rate.n]):
        if other.sentence != rate.sentence:
            break
        if other.is_level:
            names.append(other.name)
            metrics.append(other.metric)
            break
    names = [n.replace("规模以上", "规上") for n in names]
    words = words.replace("规模以上", "规上")
    key = re.sub(r"^(?:全部|全市|全省|全国|年度|同期)|(?:增速|增幅|平均|水平)$", "", words)
    if any(len(n) >= 2 and n in (key, words) for n in names):
        return 3
    metric = metric_of(words)
    if metric is not None and metric in metrics:
        return 2
    return 1 if any(len(n) >= 2 and (n in words or (len(key) >= 2 and key in n)) for n in names) else 0
