"""What part a figure plays in its clause: level, plan, increment, growth, share, completion, named rate, difference.

Roles come from the words that touch the figure, read from its left; a member of a list takes the role of the first.
"""

from __future__ import annotations

import re

from ...schemas.figure import Comparison, Direction
from . import directions
from . import role_words as words
from .items import Item


def assign(items: list[Item]) -> None:
    """Give every item its role, direction and comparison."""
    for item in items:
        before = items[item.n - 1] if item.n else None
        _role(item, before)
        _compare(item, before)
    directions.settle(items)


def _role(item: Item, before: Item | None) -> None:
    kind = item.reading.kind
    if _joins(item, before):
        item.role, item.listed = before.role if before is not None else "level", True
        if item.direction is None and before is not None:
            item.direction = before.direction
        return
    if _respective(item, before) and before is not None:
        item.role, item.direction = "increment", before.direction
        item.flags.add("respective")
        return
    near = item.near
    if before is not None and before.role == "from" and before.sentence == item.sentence:
        # 由2020年的78.4%上升到2022年的91.2%: the year stands between the verb and the figure.
        near = words.WHEN.sub("", near)
    if before is not None and _restated(item, before):
        item.role, item.direction = before.role, before.direction
    elif kind == "rate":
        item.role = _rate_role(item, near)
    elif kind == "points":
        item.role = _points_role(item, near, before)
    elif kind == "multiple":
        growth = words.GROWTH.search(near)
        item.role = "growth" if growth else "multiple"
        if growth:
            item.direction = _way(growth)
    elif kind in ("count", "money", "quantity", "index", "duration"):
        item.role = _level_role(item, near, before)
    else:
        item.role = kind
    _complete(item, before)
    if item.role == "growth" and item.reading.value is not None and item.reading.value < 0:
        # 增长-8.92%: the printed minus turns the verb round.
        item.direction = "down" if item.direction == "up" else "up"


def _complete(item: Item, before: Item | None) -> None:
    """What the words before the figure leave open: 5.2%的增长; 东部增长5%、中部6%; a verb that does not touch the figure."""
    behind = words.BEHIND.match(item.tail)
    if item.role in ("bare", "recovered") and behind:
        item.role, item.direction = "growth", _way(behind)
    elif item.role == "bare" and before is not None and before.role == "growth" and _goes_on(item, before):
        item.role, item.direction = "growth", before.direction
    elif item.role in ("change", "pull") and item.direction is None:
        verbs = [*words.VERB.finditer(item.near + "·" + item.tail)]
        if verbs:
            item.direction = _way(verbs[-1])


def _goes_on(item: Item, before: Item) -> bool:
    """A rate that has only a name before it, in a list whose first member said 增长."""
    name = item.lead.lstrip("，,、；;和及")
    beside = before.n == item.n - 1 and before.sentence == item.sentence and before.bracket == item.bracket
    return beside and 1 < len(name) <= 8 and name == item.near.lstrip("、和及") and not words.OWN_RATE.search(name)


def _joins(item: Item, before: Item | None) -> bool:
    """A member of a list: nothing but 、 or 和 between it and the figure before, of the same kind."""
    if before is None or before.sentence != item.sentence or before.bracket != item.bracket:
        return False
    same = before.reading.kind == item.reading.kind or {before.reading.kind, item.reading.kind} == {"rate", "multiple"}
    return same and bool(words.LIST_GAP.fullmatch(item.lead)) and "," not in item.lead and "，" not in item.lead


def _respective(item: Item, before: Item | None) -> bool:
    """分别增加366笔、29.7亿元: the verb holds for the second as well, though it is counted otherwise."""
    if before is None or before.role != "increment" or before.sentence != item.sentence or before.bracket != item.bracket:
        return False
    listed = bool(words.LIST_GAP.fullmatch(item.lead)) and not re.search("[，,]", item.lead)
    return listed and item.reading.kind in ("count", "money", "quantity") and ("分别" in before.near or "respective" in before.flags)


def _restated(item: Item, before: Item) -> bool:
    """增加782.7千公顷(1174.1万亩): a bracket right behind a figure says it again in another unit; 600件(69.8%) does not."""
    rates = ("rate", "points")
    if item.reading.kind in rates and before.reading.kind not in rates:
        return False
    return item.bracket >= 0 and before.bracket != item.bracket and item.lead in ("(", "(约", "(合", "(折合") and item.unit != before.unit


def _rate_role(item: Item, near: str) -> str:
    if item.reading.direction == "flat":
        return "growth"
    if words.FROM.search(near) and not words.TO.search(near):
        verb = words.GROWTH_ANY.search(near)
        item.direction = _way(verb) if verb else None
        return "from"
    if words.TO.search(near) and not words.SHARE.search(near[-6:]):
        return "to"
    if words.THAN.search(near) and not words.GROWTH.search(near):
        noun = words.GROWTH_ANY.search(near)
        item.direction = _way(noun) if noun and noun[0].endswith("幅") else None
        return "reference"
    if words.CONTRIBUTION.search(near):
        return "contribution"
    if words.AVERAGED.search(near):
        item.direction = "up"
        return "growth"
    return _moving_rate(item, near) or _still_rate(item, near)


def _moving_rate(item: Item, near: str) -> str | None:
    """completion or growth, None for a rate that says nothing of a change."""
    growth = words.GROWTH_NOUN.search(near) or words.GROWTH.search(near) or words.OVER_RATE.search(near)
    if words.COMPLETION.search(near) and not growth:
        return "completion"
    if growth and not re.search(r"占.{0,8}$", near[: growth.start()] if growth.start() else ""):
        item.direction = _way(growth)
        return "growth"
    if growth and words.GROWTH.search(near):
        item.direction = _way(growth)
        return "growth"
    return None


def _still_rate(item: Item, near: str) -> str:
    if words.SHARE.search(near) or item.tail.startswith("份额"):
        return "share"
    if item.bracket >= 0 and words.REFERENCE.search(item.lead[-20:]):
        item.direction = "up" if item.value >= 0 else "down"
        return "reference"
    if words.RECOVERED.search(near):
        return "recovered"
    if words.NAMED.search(near):
        return "rate"
    return "bare"


def _way(m: re.Match[str]) -> Direction:
    return "down" if m.groupdict().get("down") else "up"


def _points_role(item: Item, near: str, before: Item | None) -> str:
    if item.reading.direction == "flat":
        return "change"
    whole = re.split(r"[；;。，,]", item.lead)[-1]
    if before is not None and before.n == item.n - 1 and before.sentence == item.sentence and not re.search("[，,；;。]", item.lead):
        # 降幅比前9个月的6.8%收窄2.6个百分点: the verb of the clause stands before the figure it is compared with.
        whole = before.near + "·" + whole
    if re.search(r"(?:降幅|跌幅|减幅|负增长)[^，]{0,20}(?:收窄|缩小)", whole):
        item.direction = "up"
        return "change"
    if re.search(r"(?:降幅|跌幅|减幅)[^，]{0,20}扩大", whole):
        item.direction = "down"
        return "change"
    if words.PULL.search(near):
        growth = words.GROWTH.search(near)
        item.direction = _way(growth) if growth else "up" if "拉动" in near else None
        return "pull"
    if words.PROGRESS.search(near):
        item.direction = "down" if words.GAP_DOWN.search(near) else None
        return "progress"
    growth = words.GROWTH.search(near)
    if words.GAP.search(near) and (not growth or words.GAP_VERB.search(near)):
        item.direction = "down" if words.GAP_DOWN.search(near) else None
        return "gap"
    if growth:
        item.direction = _way(growth)
    return "change"


# 从3.2万人恢复到3.6万人: behind 从 any verb that ends so arrives.
_ARRIVED = re.compile(r"^[^，。；;、]{1,8}[到至为成]了?$")


def _level_role(item: Item, near: str, before: Item | None) -> str:
    moved = words.ADJUSTED.search(near)
    if moved:
        item.direction = "up" if moved["in"] else "down"
        return "level"
    if words.FROM.search(near) and not words.TO.search(near) and not words.OUT_OF.match(item.tail):
        return "from"
    begun = before is not None and before.role == "from" and before.sentence == item.sentence and before.unit == item.unit
    if words.TO.search(near) or (begun and _ARRIVED.search(near)):
        return "to"
    compared = words.THAN.search(near) or (words.BARE_THAN.search(near) and item.tail.startswith("的"))
    compared = compared or (words.WITH.search(near) and words.WITH_TAIL.match(item.tail))
    if compared and not words.GROWTH.search(near):
        return "prior"
    return _changed_or_planned(item, near, before)


def _changed_or_planned(item: Item, near: str, before: Item | None) -> str:
    change = words.GROWTH.search(near)
    if change and not words.NEW_LEVEL.search(near) and not near.endswith("新增"):
        item.direction = _way(change)
        return "increment"
    if words.AVERAGE.search(near):
        return "average"
    if words.PRIOR.search(near):
        return "prior"
    near = words.LISTED.sub("", near)
    if words.PLAN.search(near) and (not words.NOT_PLAN.search(near) or item.tail.startswith("的") or words.PLAN_BRACKET.search(item.lead)):
        return "plan"
    if (item.bracket >= 0 and words.PLAN_BRACKET.search(item.lead)) or words.PLAN_BEHIND.match(item.tail):
        return "plan"
    if before is not None and before.role == "plan" and before.sentence == item.sentence and before.bracket == item.bracket:
        if not words.DONE.search(item.lead) and before.unit != item.unit and item.reading.kind == "count":
            return "plan"
        if before.unit == item.unit and re.fullmatch(r"[，,、]?(?:基本建成|竣工|新建|改造|续建|开工)", item.lead):
            return "plan"
    return "level"


def _compare(item: Item, before: Item | None) -> None:
    if item.role not in ("growth", "increment", "change", "gap", "progress"):
        return
    m = next(reversed([*words.COMPARE.finditer(item.lead)]), None)
    if m is None:
        if before is not None and before.comparison is not None and before.sentence == item.sentence:
            item.comparison = before.comparison
        return
    if m["qoq"]:
        with_ = "previous_period"
    elif m["year"]:
        with_ = m["year"]
    elif m["plan"]:
        with_ = "plan"
    elif m["two"]:
        with_ = "average"
    elif m["start"]:
        with_ = "year_start"
    else:
        with_ = "previous_year"
    item.comparison = Comparison(with_, m["text"])
