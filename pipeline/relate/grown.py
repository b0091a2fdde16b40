"""Growth rates whose figures stand in another order: the increment before the level, one increment for each of a list,
the earlier level before or behind, the level of a period that the words name.

The order of the text or a name binds them: such a binding confirms, but for the earlier level that is named behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .items import Item
from .ledger import Ledger

# The level, the increment or the earlier level, the template, whether it is a level.
Grown = tuple[Item, Item, str, bool]
BEFORE = "an increment before its level and the growth rate"
SAID = "an increment of the same name in the sentence before"
EACH = "one increment for each level of a list"
UNITS = "earlier levels named behind the rates"
_RESPECTIVE = re.compile(r"^(?:上年|去年|前年|上月)(?:同期|末|底)?分别(?:为|是|有)$")
UNIT = "a growth rate that names the unit"
_UNIT = re.compile(r"^([\u4e00-\u9fff]{1,3}?)数?(?:分别|同比)?(?:增|上升|下降|减少|增长|上涨|降)")
ADDED = "a level and what was added to it"
MIXED = "respective lists of increments and growth rates"
THEN = "a level right behind the earlier one"
BEHIND = "a level, its growth, and the earlier level behind"
WHEN = "a level and that of the period that the words name"
START = "a level and the one at the start"
_REACHED = re.compile(r"总[数量额]|保有|存量|实有|在册|达到?|增[至到]|升[至到]|减[至到]|降[至到]|余额|共|为$")
_NET = re.compile(r"净增|新[增建设招开]加?")
_EACH = re.compile(r"(?:各|均|都|每人|人均|户均)(?:分别)?[^，]{0,3}$|各")
_EARLIER = re.compile(
    r"^(?:而)?(?:上年|去年|前年|上月|上季度?|(?:19|20)\d\d年|年初|常年|历年|往年|[\d一二三四五六七八九十]+年前)(?:同期|同月|末|底|全年)?"
    r"(?P<name>[^，。；;]{0,10}?)(?:仅|只有?)?(?:为|是|有|达到?)?$"
)
_WHEN = re.compile(
    r"[比较](?P<when>(?:今年|去年|上年)?(?:\d{1,2}月份?|[一二三四]季度|[上下]半年|前[一二三]季度)|(?:19|20)\d\d年)(?:同期|末|底)?"
    r"(?:的?(?:峰值|高点|低点|水平))?[^，。；;]{0,4}$"
)
_START = re.compile(r"年初|上年末|去年末|去年底|期初|上月末")
_STOCK = re.compile(r"年初|旧存|上年末|去年末|去年底|期初|上年结转|上月末|结转")
_MEASURED = ("count", "money", "quantity", "duration")
_LEVEL = ("level", "to", "average", "plan")
_REACH = 12
_NAME = 2


def grown(ledger: Ledger, claim: Item, members: list[Item]) -> Iterator[Grown]:
    """The first of the forms that the rate has."""
    found = _each(ledger, claim, members) or _of_unit(ledger, claim)
    if found is None and len(members) == 1:
        forms = (_behind_by_unit, _increment_first, _added, _earlier_first, _earlier_behind, _named_period)
        found = next((made for form in forms if (made := form(ledger, claim)) is not None), None)
    if found is not None:
        yield found


def _level_before(ledger: Ledger, claim: Item) -> Item | None:
    """The level that the rate goes on from: the figure right before, or with a length of time between."""
    for item in reversed(ledger.items[max(0, claim.n - 3) : claim.n]):
        if item.sentence != claim.sentence or (item.bracket != claim.bracket and item.bracket < 0):
            return None
        if item.reading.kind == "duration" and item.role not in ("average", "to"):
            continue
        measured = item.reading.kind in _MEASURED and item.reading.value is not None and item.role in _LEVEL
        return item if measured and not item.listed else None
    return None


def _alike(a: Item, b: Item) -> bool:
    return a.unit == b.unit and a.reading.kind == b.reading.kind and (a.reading.kind != "duration" or a.reading.unit == b.reading.unit)


def _increment_first(ledger: Ledger, claim: Item) -> Grown | None:
    """净增27家，总数达到163家，增长19.9%; 出让收入减收129.4亿元。出让收入188.3亿元，下降40.7%."""
    base = _level_before(ledger, claim)
    if base is None or base.n == 0:
        return None
    change = ledger.items[base.n - 1]
    risen = change.role == "increment" or (change.role == "level" and _NET.search(change.near) and claim.direction == "up")
    one = risen and change.reading.value is not None and _alike(change, base) and (change.direction or "up") == claim.direction
    if not one or change.bracket != base.bracket:
        return None
    if change.sentence == base.sentence and _REACHED.search(base.near) and not re.search("[；;]", ledger.gap(change, base)):
        return base, change, BEFORE, False
    said = change.sentence == base.sentence - 1 and change.turn == base.turn and len(base.name) > _NAME
    return (base, change, SAID, False) if said and base.name[-4:] in change.near else None


def _added(ledger: Ledger, claim: Item) -> Grown | None:
    """助餐点总数达到412个，去年新增96个，增幅30.4%."""
    change = ledger.items[claim.n - 1] if claim.n > 1 else claim
    base = ledger.items[change.n - 1] if change.n else change
    new = change.role in ("prior", "level") and _NET.search(change.near) and change.reading.value is not None and claim.direction == "up"
    level = base.role in ("level", "to") and base.reading.value is not None and _REACHED.search(base.near) and _alike(base, change)
    one = base.sentence == change.sentence == claim.sentence and base.bracket == change.bracket == claim.bracket
    return (base, change, ADDED, False) if new and level and one and base.value > change.value else None


def _each(ledger: Ledger, claim: Item, members: list[Item]) -> Grown | None:
    """分别提高到820元和1060元，各增加100元，增幅为13.9%、10.4%; …各增加150元，一类地区增幅7.1%."""
    change = ledger.items[members[0].n - 1] if members[0].n else claim
    if change.role != "increment" or change.sentence != claim.sentence or change.reading.value is None or not _EACH.search(change.near) or change.n == 0:
        return None
    run = ledger.chain(ledger.items[change.n - 1])
    if len(run) < _NAME or run[-1].n != change.n - 1 or not _alike(run[0], change) or run[0].role not in _LEVEL:
        return None
    if len(members) == len(run):
        return run[members.index(claim)], change, EACH, False
    names = re.split(r"[、和及与]", run[0].near)
    if len(members) > 1 or len(names) != len(run):
        return None
    called = [k for k, name in enumerate(names) if name and claim.near.startswith(name[: max(1, len(name) if k < len(names) - 1 else _NAME)])]
    return (run[called[0]], change, EACH, False) if len(called) == 1 else None


def mixed(ledger: Ledger, claim: Item, members: list[Item]) -> Grown | None:
    """862起，死亡96人、受伤1024人，同比分别减少73起、14人和86人，下降…: as many levels, increments and rates, in one order of units."""
    size, first = len(members), members[0]
    near = ledger.items[max(0, first.n - 2 * size) : first.n]
    if size < _NAME or len(near) != 2 * size or any(x.sentence != first.sentence or x.reading.value is None for x in near):
        return None
    levels, changes = near[:size], near[size:]
    paired = all(_alike(a, b) and a.role in _LEVEL and b.role == "increment" for a, b in zip(levels, changes, strict=True))
    k = members.index(claim)
    return (levels[k], changes[k], MIXED, False) if paired else None


def _of_unit(ledger: Ledger, claim: Item) -> Grown | None:
    """1200批次、3600人次，同比减少200批次和400人次，批次下降14.3%，人次下降10%: the rate names the unit."""
    m = _UNIT.match(claim.near)
    near = [x for x in reversed(ledger.items[max(0, claim.n - 8) : claim.n]) if m is not None and x.sentence == claim.sentence and x.reading.unit == m[1]]
    change = next((x for x in near if x.role == "increment" and x.reading.value is not None), None)
    base = next((x for x in near if x.role in _LEVEL and x.reading.value is not None), None)
    if change is None or base is None or len([x for x in near if x.role in _LEVEL]) > 1 or change.direction != claim.direction:
        return None
    return (base, change, UNIT, False) if base.n < change.n else None


def _earlier_first(ledger: Ledger, claim: Item) -> Grown | None:
    """不低于去年的92亿元，力争100亿元，增长8.7%; 年初旧存21846件，…年末未结18781件，…降幅14.0%."""
    base = _level_before(ledger, claim)
    if base is None or base.n == 0:
        return None
    then = ledger.items[base.n - 1]
    near = then.sentence == base.sentence and then.role == "prior" and _alike(then, base) and then.reading.value is not None
    return (base, then, THEN, True) if near and then.bracket == base.bracket and then.value > 0 and not then.listed else None


def _earlier_behind(ledger: Ledger, claim: Item) -> Grown | None:
    """损失7.46亿元，下降15.6%，上年同期损失为9.28亿元."""
    base = _level_before(ledger, claim)
    then = ledger.items[claim.n + 1] if claim.n + 1 < len(ledger.items) else claim
    if base is None or then.sentence != claim.sentence or not _alike(then, base) or then.reading.value is None or then.value <= 0:
        return None
    m = _EARLIER.match(then.near)
    named = m is not None and (not m["name"] or m["name"] in base.words or base.name.endswith(m["name"][-_NAME:]))
    return (base, then, BEHIND, True) if named and then.role in ("prior", "level") else None


def _behind_by_unit(ledger: Ledger, claim: Item) -> Grown | None:
    """查办1246起，上升23.7%，罚没款2860万元，增长1.1倍，上年分别为1007起和1360万元: the earlier one of the unit."""
    base = _level_before(ledger, claim)
    behind = [x for x in ledger.items[claim.n + 1 : claim.n + 8] if x.sentence == claim.sentence]
    first = next((x for x in behind if _RESPECTIVE.match(x.near)), None)
    if base is None or first is None:
        return None
    run = [first]
    for item in ledger.items[first.n + 1 : first.n + 5]:
        if item.sentence != first.sentence or not re.fullmatch(r"[、和及与]", item.lead):
            break
        run.append(item)
    alike = [x for x in run if _alike(x, base) and x.reading.value is not None and x.value > 0]
    own = [x for x in ledger.items[max(0, first.n - 8) : first.n] if x.sentence == first.sentence and _alike(x, base) and x.role in _LEVEL]
    return (base, alike[0], UNITS, True) if len(alike) == len(own) == 1 else None


def _named_period(ledger: Ledger, claim: Item) -> Grown | None:
    """8月份冲到20.8元，…12月份又回到16.2元，比8月份跌了22.1%."""
    m = _WHEN.search(claim.near)
    base = _level_before(ledger, claim) if m is not None else None
    if m is None or base is None:
        return None
    for other in reversed(ledger.items[max(0, base.n - _REACH) : base.n]):
        if other.turn != base.turn or not _alike(other, base) or other.role not in _LEVEL or other.reading.value is None or other.value <= 0:
            continue
        begin = ledger.items[other.n - 1].end if other.n and ledger.items[other.n - 1].sentence == other.sentence else ledger.sentences[other.sentence][0]
        said = re.search(rf"(?<![比较]){m['when']}", ledger.text[begin : other.start])
        one = not base.name or not other.name or other.name[-_NAME:] == base.name[-_NAME:] or min(len(base.name), len(other.name)) < _NAME
        if said and one:
            return base, other, WHEN, True
    return None


def from_the_start(ledger: Ledger, base: Item, change: Item) -> Grown | None:
    """旧存案件21846件，…年末未结18781件，比年初少了3065件，降幅14.0%: the increment is against a level that is printed."""
    if not _START.search(change.near):
        return None
    near = [x for x in ledger.items[max(0, base.n - _REACH) : base.n] if x.sentence == base.sentence and _alike(x, base) and x.role in ("level", "prior")]
    found = [x for x in near if _STOCK.search(x.lead) and x.reading.value is not None and x.value > 0]
    return (base, found[0], START, True) if len(found) == 1 else None
