"""Lists that fill a sentence and carry no word that says so: a total and the rest of its sentence, a total and the
sentence behind it, 一是 … 二是 … 三是.

Nothing says that such a list is complete: where it adds up it is one, where it does not nothing follows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from . import cues
from .items import Item
from .parts import Partition

WITHIN = "a total and the rest of its sentence"
PIECE = "a total and the rest of its piece"
BEHIND = "a total and the sentence behind it"
COUNTED = "a total and what 一是, 二是 count up"
_REACH = 40
_ORDINAL = re.compile(r"(?:^|[，,；;。:\s])(?P<n>[一二三四五六七八九十])是")
_ORDER = "一二三四五六七八九十"
# A figure that is set against another is no member beside it: 收入 and 支出, 增加 and 减少.
_AGAINST = re.compile(r"支出|结余|结存|顺差|逆差|死亡|出生|自然|同比|环比|平均|每|累计|历史|最高|最大|单日|首次|户籍")


def filled(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """The lists of one document, none whose members are ``known`` to be one."""
    seen = {(p.host, frozenset(p.parts)) for p in known}
    sentences: dict[int, list[Item]] = {}
    for item in items:
        if _member(item):
            sentences.setdefault(item.sentence, []).append(item)
    heads: dict[str, Item] = {}
    turn = -1
    for group in sentences.values():
        if group[0].turn != turn:
            heads, turn = {}, group[0].turn
        for made in (*_within(group), *_behind(group, heads)):
            if (made.host, frozenset(made.parts)) not in seen:
                yield made
        firsts: set[str] = set()
        for item in group:
            key = _key(item)
            if key not in firsts and item.value > 0 and not cues.INNER.search(item.lead):
                heads[key] = item
            firsts.add(key)
    yield from _three(items)
    yield from _headed(items)
    yield from _run_and_total(items)
    yield from _shares_added(items)
    yield from _counted(items)
    yield from _mixed(items, known)
    yield from _places(items)
    yield from _left(items)
    yield from _longer(items, known)


_DAILY = re.compile(r"日均|月均|平均每[天日月]")


def _member(item: Item) -> bool:
    measured = item.reading.kind in ("count", "money", "quantity") and item.reading.value is not None
    daily = measured and item.role == "average" and bool(_DAILY.search(item.near))
    return (daily or (item.is_level and item.role not in ("plan", "prior"))) and item.bracket < 0 and item.reading.bound is None


def _key(item: Item) -> str:
    """A daily average is no total of what was done."""
    return item.unit + ("/" if item.role == "average" else "")


THREE = "a figure and the two right behind it"
_DIGITS = 2


def _three(items: list[Item]) -> Iterator[Partition]:
    """医院600家，三级412家、二级188家: three figures in a row, the first the sum of the others; of two digits and more, or chance would do it."""
    for whole, a, b in zip(items, items[1:], items[2:], strict=False):
        one = whole.sentence == a.sentence == b.sentence and whole.unit == a.unit == b.unit and whole.bracket == a.bracket == b.bracket
        plain = one and all(_member(x) or x.role == "plan" for x in (whole, a, b)) and not whole.listed
        told = plain and all(x.reading.value is not None and len(x.value.normalize().as_tuple().digits) >= _DIGITS for x in (a, b))
        if told and whole.value > max(a.value, b.value):
            yield Partition(whole.n, (a.n, b.n), (1, 1), THREE, True, False)


def _columns(group: list[Item]) -> Iterator[list[Item]]:
    """Figures of one unit, without those that a 其中 opens or that stand against the others."""
    units: dict[str, list[Item]] = {}
    for item in group:
        units.setdefault(item.unit, []).append(item)
    for column in units.values():
        if 2 <= len(column) <= _REACH:
            yield column


def _within(group: list[Item]) -> Iterator[Partition]:
    """今年新登记市场主体887万户，…；企业291万户，…；个体工商户596万户: the first is the total of the rest."""
    for column in _columns(group):
        first, rest = column[0], column[1:]
        # 示范区23个、基地13个: names side by side, no total and its parts.
        if rest[0].lead.lstrip().startswith(("、", "和", "及")):
            continue
        inner = next((k for k, x in enumerate(rest) if k >= 2 and cues.INNER.search(x.lead)), len(rest))
        # 402、389、415件依次为三年的办案数，其中生态环境领域713件: what opens behind the list is none of it.
        rest = rest[:inner]
        opened = first.role == "average" and bool(cues.INNER.search(rest[0].lead))
        if len(rest) >= 2 and all(_beside(x) or (opened and x is rest[0]) for x in rest) and max(x.value for x in rest) <= first.value and not first.listed:
            yield Partition(first.n, tuple(x.n for x in rest), (1,) * len(rest), WITHIN, True, False)
            piece = list(takewhile(lambda x: "；" not in x.lead and ";" not in x.lead, rest))
            # 发电量1872.6亿，火电…，水电…，风电…；不足部分净受入274.2亿: a stronger mark ends the list.
            if 2 <= len(piece) < len(rest):
                yield Partition(first.n, tuple(x.n for x in piece), (1,) * len(piece), PIECE, True, False)


def _behind(group: list[Item], heads: dict[str, Item]) -> Iterator[Partition]:
    """抽检16641批次，…。普通食品10673批次，农产品5968批次: the sentence lists what the last total is made of."""
    for column in _columns(group):
        host = heads.get(_key(column[0]))
        near = host is not None and 1 <= column[0].sentence - host.sentence <= 3
        if host is not None and near and all(_beside(x) and x.value <= host.value for x in column):
            yield Partition(host.n, tuple(x.n for x in column), (1,) * len(column), BEHIND, True, False)


def _beside(item: Item) -> bool:
    return not cues.INNER.search(item.lead) and not cues.TOTAL.search(item.lead) and not _AGAINST.search(item.near)


def _counted(items: list[Item]) -> Iterator[Partition]:
    """新增减税降费超3万亿元。一是…20005亿元；二是…5074亿元；三是…5533亿元: the first figure of each."""
    run: list[Item] = []
    for item in items:
        m = _ORDINAL.search(item.lead)
        if m is None:
            continue
        if m["n"] == "一":
            run = []
        if _ORDER.index(m["n"]) != len(run) or (run and item.turn != run[0].turn):
            run = []
            continue
        run.append(item)
        goes_on = any(_ORDINAL.search(x.lead) and _ORDINAL.search(x.lead)["n"] == _ORDER[min(len(run), 9)] for x in items[item.n + 1 : item.n + _REACH])  # type: ignore[index]
        if len(run) >= 2 and not goes_on:
            host = next((x for x in reversed(items[max(0, run[0].n - 6) : run[0].n]) if x.is_level and x.unit == run[0].unit), None)
            alike = len({x.unit for x in run}) == 1 and all(x.is_level for x in run)
            if host is not None and alike and host.turn == run[0].turn:
                yield Partition(host.n, tuple(x.n for x in run), (1,) * len(run), COUNTED, True, False)
            run = []


HEADED = "a sum said before its members"
_SUM = re.compile(r"(?:合计|共计|总计|累计|一共)(?:为|达到?|约)?$")


def _headed(items: list[Item]) -> Iterator[Partition]:
    """其中“新三样”合计84.2亿元，锂电池46.3亿元、电动汽车25.8亿元、光伏产品12.1亿元: to the end of the sentence or a stronger mark."""
    for head in items:
        if not _member(head) or not _SUM.search(head.near) or head.listed:
            continue
        parts: list[Item] = []
        for x in items[head.n + 1 : head.n + _REACH]:
            if x.sentence != head.sentence or "；" in x.lead or ";" in x.lead or cues.TOTAL.search(x.lead):
                break
            if x.unit == head.unit and _member(x) and not cues.INNER.search(x.lead):
                parts.append(x)
        if len(parts) >= 2 and max(x.value for x in parts) <= head.value:
            yield Partition(head.n, tuple(x.n for x in parts), (1,) * len(parts), HEADED, True, False)


RUN = "a run of figures and a larger one behind"
_ADDED = re.compile(r"合计|一共|总共|共|加起来|合起来|之和|总的|[两二三四五六七八九]项|[两二三四五六七八九]者")
ADDED = "shares added up"


def _run_and_total(items: list[Item]) -> Iterator[Partition]:
    """城市48.6亿元、农村13.2亿元，总投入61.8亿元: the figures of the unit in a sentence up to one that is larger than each."""
    sentences: dict[tuple[int, str], list[Item]] = {}
    for item in items:
        plain = item.bracket < 0 and item.reading.value is not None and item.reading.bound is None
        if plain and (item.is_level or (item.role == "average" and item.reading.kind == "money")):
            sentences.setdefault((item.sentence, item.unit), []).append(item)
    for row in sentences.values():
        for k in range(2, min(len(row), _REACH)):
            run, total = row[:k], row[k]
            if min(len(x.value.normalize().as_tuple().digits) for x in run) < _DIGITS and not cues.TOTAL.search(total.lead):
                # 冠军县5个、工业强县5个、特色镇10个: small numbers add up by chance.
                continue
            # Only where no earlier figure of the sentence could be the whole itself.
            if total.value > max(x.value for x in run) and not any(cues.INNER.search(x.lead) for x in (*run[1:], total)) and not total.listed:
                yield Partition(total.n, tuple(x.n for x in run), (1,) * len(run), RUN, True, False)


def _shares_added(items: list[Item]) -> Iterator[Partition]:
    """分别占28.1%、17.4%和9.6%，三项合计55.1%: the shares of the sentence up to the one that adds them up."""
    for total in items:
        if total.reading.kind != "rate" or total.reading.value is None or not _ADDED.search(total.near) or total.listed:
            continue
        run: list[Item] = []
        for x in reversed(items[max(0, total.n - _REACH) : total.n]):
            if x.sentence != total.sentence or x.reading.kind != "rate" or x.role not in ("share", "bare") or x.reading.value is None:
                break
            run.insert(0, x)
        if len(run) >= 2 and max(x.value for x in run) <= total.value:
            yield Partition(total.n, tuple(x.n for x in run), (1,) * len(run), ADDED, True, False)


MIXED = "a list counted by several measure words"


def _mixed(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """工程建设336个、国有土地54宗; 牛92.7万头、羊268.1万只: one list, whatever the measure word of a member is."""
    for p in known:
        first, last = items[p.parts[0]], items[p.parts[-1]]
        if len(p.parts) < 2 or first.reading.kind != "count" or set(p.signs) != {1}:
            continue
        inside = [x for x in items[first.n : last.n + 1] if x.reading.kind == "count" and _member(x) and x.bracket == first.bracket and x.near.strip("、，,")]
        if len(inside) > len(p.parts) and set(p.parts) <= {x.n for x in inside}:
            yield Partition(p.host, tuple(x.n for x in inside), (1,) * len(inside), MIXED, True, False)


PLACES = "a change of places between two positions"


def _places(items: list[Item]) -> Iterator[Partition]:
    """由第七位升至第四位，前移3位: the places between the two positions."""
    for then, now, change in zip(items, items[1:], items[2:], strict=False):
        ranks = all(x.reading.kind == "rank" and x.reading.value is not None and x.sentence == change.sentence for x in (then, now, change))
        if ranks and then.reading.unit == now.reading.unit == "rank" and change.reading.unit == "places":
            up = then.value >= now.value
            yield Partition(change.n, (then.n, now.n) if up else (now.n, then.n), (1, -1), PLACES, True, False)


LEFT = "what is left of a total"
_REST = re.compile(r"(?:剩余?|余下|还剩|尚有|尚余|未[\u4e00-\u9fff]{1,6}的?|仍有)(?:为|有)?$")


def _left(items: list[Item]) -> Iterator[Partition]:
    """在校女生4.62万人，…，完成第二针2.86万人，未完成1.76万人: the first figure of the sentence less the one right before."""
    for item in items:
        if not _member(item) or not _REST.search(item.near):
            continue
        near = [x for x in items[max(0, item.n - 8) : item.n] if x.sentence == item.sentence and x.unit == item.unit and (_member(x) or x.role == "plan")]
        if len(near) >= 2 and near[0].value >= near[-1].value:
            yield Partition(item.n, (near[0].n, near[-1].n), (1, -1), LEFT, True, False)


LONGER = "a list that goes on behind a semicolon"


def _longer(items: list[Item], known: list[Partition]) -> Iterator[Partition]:
    """其中地方收入5.2亿元，上划中央1.2亿元，下降2%；上划省级0.4亿元: to the end of the sentence, where it was cut at the semicolon."""
    for p in known:
        last = items[p.parts[-1]]
        if p.closed or p.template != "其中" or set(p.signs) != {1}:
            continue
        more = [x for x in items[last.n + 1 : last.n + _REACH] if x.sentence == last.sentence and x.unit == last.unit and _member(x)]
        if more and all(_beside(x) for x in more):
            parts = (*p.parts, *(x.n for x in more))
            yield Partition(p.host, parts, (1,) * len(parts), LONGER, True, False)
