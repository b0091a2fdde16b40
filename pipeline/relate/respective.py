"""Rates that answer to a list of figures: 分别占…的a%、b%和c%, over one whole or each over its own."""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .names import lead_off, metric_of
from .quotient import IN_PHRASE, PHRASE_VERB, PLAN_WORDS, TOTAL_BEFORE, Quotient
from .topics import whole_before
from .wholes import GENERIC, named_whole, named_with, runs, share_words, sole_before

OVER_LAST = "respective list, over the last larger figure"
_STRUCTURE = re.compile(r"构成|占|比重|份额|比例")
_BACK = 3
_ABOVE = re.compile(r"上述|以上|三者|两者|四者|分别")


def respective(ledger: Ledger, claim: Item, members: list[Item]) -> Quotient | None:
    """分别占…的a%、b%和c%: the members of the list before, in order, over one whole or each over its own."""
    size, k = len(members), members.index(claim)
    first = members[0]
    if first.role in ("rate", "bare", "completion") and (pair := _two_lists(ledger, claim, members)) is not None:
        return pair
    if first.role not in ("share", "bare", "completion"):
        return None
    phrased = _phrased(ledger, claim, members)
    if phrased is not None:
        return phrased
    measured = _each_measure(ledger, claim, members)
    if measured is not None:
        return measured
    run = next((r for r in _candidates(ledger, first) if len(r) == size and all(x.is_level and x.role != "plan" for x in r)), None)
    if run is None and _ABOVE.search(first.near):
        run = _last_list(ledger, first, size)
    if run is None or not _of_the_run(ledger, first, run):
        return None
    part = run[k]
    whole = ledger.items[first.n - 1]
    if whole not in run and whole.unit == part.unit and IN_PHRASE.match(ledger.gap(whole, first)) and PHRASE_VERB.search(whole.near):
        return Quotient(claim, (part,), whole, "respective list, the denominator stands in the phrase")
    if first.role == "completion" or PLAN_WORDS.search(first.near):
        return _planned(ledger, claim, part, run, k) or _planned_behind(ledger, claim, members, run)
    words = share_words(first).split("的")[0]
    names = re.split(r"[、和及与]", words)
    if len(names) == size:
        words = names[k]
    host = ledger.host(part.n)
    if words and not GENERIC.match(words):
        found = named_whole(ledger, claim, part, host, words) or _alone(ledger, claim, part)
        return Quotient(claim, (part,), found[0], "respective list, " + found[1]) if found else None
    if host is not None and host.value >= part.value and (first.role == "share" or _STRUCTURE.search(first.lead)):
        own = _PLAIN.fullmatch(lead_off(first.near)) is None and not _of_names(ledger, first, run)
        return Quotient(claim, (part,), host, ANOTHER if own else "respective list: shares of one whole")
    return _over_before(ledger, claim, part, run, words)


def _over_before(ledger: Ledger, claim: Item, part: Item, run: list[Item], words: str) -> Quotient | None:
    """占总数的, and 构成比依次45.1%、41.5%、13.4%: shares of a figure before their list."""
    told = sole_before(ledger, claim, part) if words else None
    if told is not None:
        return Quotient(claim, (part,), told, TOTAL_BEFORE)
    first = ledger.chain(claim)[0]
    if not _STRUCTURE.search(first.near) or len({x.unit for x in run}) > 1:
        return None
    whole = whole_before(ledger, max(run, key=lambda x: x.value), _BACK)
    return Quotient(claim, (part,), whole, OVER_LAST) if whole is not None else None


# 床位分别占, 占全省的: shares of another measure or of a wider whole than the figures of the list.
ANOTHER = "respective list: shares that may be of another measure"
_PLAIN = re.compile(
    r"(?:所|各|合计|上述|[两二三四五]者)?(?:分别|各|依次)?所?(?:占比?|比重|比例|份额|构成比?|比率)(?:总数|总量|总额|总体|全部|全市|其|到|了)?的?(?:比重|比例|份额)?"
    r"(?:分别|依次|各)?(?:为|是|达到?|占|约)*"
)


def _of_names(ledger: Ledger, first: Item, run: list[Item]) -> bool:
    """城镇、农村分别占: the names before 占 are those of the list."""
    m = _OWN_NAMES.match(lead_off(first.near))
    names = [n for n in re.split(r"[、和及与]", m["names"]) if len(n) >= 2] if m else []
    said = "".join(named_with(ledger, x) for x in run)
    return len(names) == len(run) and all(n[:2] in said or n[-2:] in said for n in names)


_OWN_NAMES = re.compile(r"^(?P<names>[^，。；;]+?)(?:的)?(?:占比|比重|比例|份额)?(?:分别|依次|各)(?:占|为)")


_MEASURE = re.compile(r"(?:其)?(?:个数|数量|金额|总?投资额?|面积|户数|人数|件数|产值|收入|额|量)")


def _of_the_run(ledger: Ledger, first: Item, run: list[Item]) -> bool:
    """国有控股、民营、外资企业分别占…: names of their own are not the figures of a list before that goes by other names."""
    m = _OWN_NAMES.match(lead_off(first.near))
    names = [n for n in re.split(r"[、和及与]", m["names"]) if len(n) >= 2] if m else []
    names = [n for n in names if not _MEASURE.fullmatch(n)]
    said = "".join(named_with(ledger, x) for x in run)
    return len(names) < 2 or any(n[:2] in said or n[-2:] in said for n in names)


TWO_LISTS = "respective lists of parts, wholes and rates"


def _two_lists(ledger: Ledger, claim: Item, members: list[Item]) -> Quotient | None:
    """应种A、B、C，实种a、b、c，接种率分别为x%、y%、z%: two lists of as many figures before the rates, each place its own rate."""
    size, k = len(members), members.index(claim)
    found = [r for r in runs(ledger, members[0]) if len(r) == size and all(x.reading.value is not None and x.is_level for x in r)]
    joined = [r for r in found if r[0].n == r[-1].n - size + 1 and all(x.listed for x in r[1:])][:2]
    if len(joined) < 2 or any(a.unit != b.unit for a, b in zip(*joined, strict=True)):
        return None
    part, whole = joined[0][k], joined[1][k]
    if joined[0][k].role == "plan" or (part.value > whole.value and joined[1][k].role != "plan"):
        part, whole = whole, part
    return Quotient(claim, (part,), whole, TWO_LISTS)


_MEASURES = re.compile(r"^(?P<names>[^，。；;]+?)(?:的)?分别占[^，。；;]*$")
MEASURES = "respective list, each measure over that of the whole"


def _each_measure(ledger: Ledger, claim: Item, members: list[Item]) -> Quotient | None:
    """营业收入、利润总额和从业人员分别占全省工业的70.6%、70.7%、73.5%: each named measure, said of the part and before of the whole."""
    m = _MEASURES.match(members[0].near)
    names = re.split(r"[、和及与]", m["names"]) if m else []
    if len(names) != len(members) or len(names[members.index(claim)]) < 2:
        return None
    name = names[members.index(claim)]
    metric = metric_of(name)
    said = [x for x in reversed(ledger.items[max(0, claim.n - 24) : members[0].n]) if x.turn == claim.turn and x.is_level and x.role != "plan"]
    said = [x for x in said if (metric is not None and x.metric == metric) or name in x.words]
    whole = next((x for x in said[1:] if x.unit == said[0].unit and x.sentence < said[0].sentence), None)
    return Quotient(claim, (said[0],), whole, MEASURES) if whole is not None and whole.value >= said[0].value else None


def _alone(ledger: Ledger, claim: Item, part: Item) -> tuple[Item, str] | None:
    """分别占火灾总数和亡人总数的: the one figure of the unit before the part, whatever its name."""
    near = [x for x in ledger.before(part, part.unit, 8) if x.turn == claim.turn and claim.sentence - x.sentence <= 1]
    before = [x for x in near if x.is_level and x.value >= part.value]
    return (before[0], "the one figure of the unit before") if len(before) == 1 else None


def _phrased(ledger: Ledger, claim: Item, members: list[Item]) -> Quotient | None:
    """分别完成年度目标4.5万人、1.2万人的96.0%和105.0%: the denominators stand in the phrase, as many as rates."""
    first, size = members[0], len(members)
    wholes = ledger.chain(ledger.items[first.n - 1]) if first.n else []
    if len(wholes) != size or not IN_PHRASE.match(ledger.gap(wholes[-1], first)) or not PHRASE_VERB.search(wholes[0].near):
        return None
    run = next((r for r in runs(ledger, wholes[0]) if len(r) == size and all(x.is_level for x in r)), None)
    k = members.index(claim)
    if run is None or run[k].unit != wholes[k].unit:
        return None
    return Quotient(claim, (run[k],), wholes[k], "respective lists, each over its denominator in the phrase")


def _candidates(ledger: Ledger, first: Item) -> list[list[Item]]:
    """Lists before the rates; a whole printed in the phrase (占总人口8260万人的) is no member of them."""
    whole = ledger.items[first.n - 1] if first.n else first
    in_phrase = bool(IN_PHRASE.match(ledger.gap(whole, first))) and bool(PHRASE_VERB.search(whole.near))
    return runs(ledger, whole if in_phrase else first)


def _last_list(ledger: Ledger, first: Item, size: int) -> list[Item] | None:
    """上述…分别占: the parts of the list that closed last."""
    for partition in reversed(ledger.partitions):
        last = partition.parts[-1]
        if len(partition.parts) == size and last < first.n and ledger.items[last].sentence >= first.sentence - 1:
            return [ledger.items[n] for n in partition.parts]
    return None


PLANS_BEHIND = "respective lists, the plans behind the rates"


def _planned_behind(ledger: Ledger, claim: Item, members: list[Item], run: list[Item]) -> Quotient | None:
    """分别完成年度任务的113.8%、120.0%，这两项的任务数是6万人和1.8万人: as many figures behind, named as plans."""
    k, size = members.index(claim), len(members)
    behind = ledger.items[members[-1].n + 1 : members[-1].n + 1 + size]
    named = len(behind) == size and PLAN_WORDS.search(behind[0].near) and all(x.sentence == claim.sentence for x in behind)
    if not named or any(a.unit != b.unit or b.reading.value is None for a, b in zip(run, behind, strict=True)):
        return None
    return Quotient(claim, (run[k],), behind[k], PLANS_BEHIND)


def _planned(ledger: Ledger, claim: Item, part: Item, run: list[Item], k: int) -> Quotient | None:
    """Each member over its own plan: an equal list of plans, else the plan that carries its words."""
    size = len(run)
    plans = next((r for r in runs(ledger, run[0]) if len(r) == size and all(x.role == "plan" and x.unit == y.unit for x, y in zip(r, run, strict=True))), None)
    if plans:
        return Quotient(claim, (part,), plans[k], "respective lists, each over its plan")
    told = [
        p for p in ledger.before(run[0], part.unit, 20)
        if p.role == "plan" and p.turn == part.turn and ((part.name[-2:] and part.name[-2:] in p.words) or len({x.unit for x in run}) == size)
    ]
    return Quotient(claim, (part,), told[0], "respective list, each over the plan of its name") if told else None
