"""Ratios between figures that are set side by side: so many times another, X∶1 behind two characters, members counted up.

The name or the count binds them, a weaker tie than a phrase: such a binding confirms only.
"""

from __future__ import annotations

import re

from . import cues
from .items import Item
from .ledger import Ledger
from .names import metric_of
from .quotient import Quotient
from .topics import list_of

TIMES = "so many times what the words name"
TO_ONE = "two figures by the characters of their ratio"
COUNTED = "members counted up, over their whole"
_REACH = 3
_IS = re.compile(r"(?:[是为]|相当于|约合)(?P<name>[^，。；;]{1,14}?)的(?:约|近)?$")
_CHARACTERS = re.compile(r"(?P<a>[\u4e00-\u9fff])(?P<b>[\u4e00-\u9fff])(?:之)?比(?:例)?(?:约|近|为|达到?|达|已|由|的|提高到|优化为|扩大到)*$")
_COUNTED = re.compile(
    r"(?P<first>前)?(?:上述|以上|这)?(?P<n>[两二三四五六七八九])(?:个|项|类|者|种|家|地|大)[^，。；;]{0,8}?"
    r"(?:合计|共|总共|一共|合起来|加起来)?占|合计占|合占|共占|合起来占|加起来占"
)


def compared(ledger: Ledger, claim: Item) -> Quotient | None:
    """The first of the three forms that the claim has."""
    if claim.reading.kind == "index":
        return _two(ledger, claim) or _to_one(ledger, claim) or _two(ledger, claim, named=False)
    if claim.reading.kind not in ("rate", "multiple"):
        return None
    return _times(ledger, claim) or _counted(ledger, claim)


_TWO = re.compile(r"(?:[两二]者|前者与后者|之间)?(?:的)?(?:之比|比值|比例|比率|比)(?:约|近|为|是|达到?|达|由)*$")
TWO = "a ratio of the two figures before it"


def _two(ledger: Ledger, claim: Item, *, named: bool = True) -> Quotient | None:
    """新设10.37万户、注销4.92万户，二者之比是2.11:1: the two figures right before, of one unit, in their order."""
    said = re.search(r"[两二]者|之比|前者", claim.near) and _TWO.search(claim.near)
    if not said and (named or "比" not in claim.near or not re.search(r"[∶:：比]", ledger.text[claim.start : claim.end])):
        return None
    near = [x for x in _near(ledger, claim) if x.sentence == claim.sentence][:2]
    if len(near) < 2 or near[0].unit != near[1].unit or near[1].n - near[0].n not in (1, -1):
        return None
    inverted = bool(re.match(r"[1一]\s*[∶:：比]", ledger.text[claim.start : claim.end]))
    second, first = near
    return Quotient(claim, (second if inverted else first,), first if inverted else second, TWO)


def _near(ledger: Ledger, claim: Item) -> list[Item]:
    """Levels before the claim in its turn, at most three sentences back, the nearest first."""
    found = []
    for item in reversed(ledger.items[max(0, claim.n - 24) : claim.n]):
        if item.turn != claim.turn or item.sentence < claim.sentence - _REACH:
            break
        measured = item.role in ("average", "level") and item.reading.value is not None and item.reading.kind in ("money", "quantity", "duration")
        if (measured or item.is_level) and (item.bracket < 0 or item.bracket == claim.bracket) and item.value > 0:
            found.append(item)
    return found


_OF = re.compile(r"^(?:左右|上下)?的(?:约|近|将近|超过?|整整)?$")
_PHRASE = re.compile(r"(?:[是为]|相当于|完成|达到?|超过|约合|等于)[^，。；;]*$")
# 较2017年的112.4小时压缩74.6%，不到当年的三分之一
_OF_THEN = re.compile(r"(?:当年|当时|原来|此前|彼时|那时|过去|以前|之前|改革前)的(?:约|近|将近)?$")
_THEN = re.compile(r"当年|当时|原来|此前|彼时|那时|过去|以前|之前|前(?:日均|月均|年均|平均)")
_MEAN = re.compile(r"[日月年人户]均|平均")
_STILL = ("level", "average", "to", "rate", "share", "bare", "completion", "plan", "prior", "gap")


def _times(ledger: Ledger, claim: Item) -> Quotient | None:
    """提供风险保障2316.5亿元，是保费的49.5倍; 为常年平均641毫米的1.5倍; 14.6%，是2020年4.9%的近三倍; 折合每月547元，为城市的73.7%."""
    last = ledger.items[claim.n - 1] if claim.n else claim
    if last.sentence == claim.sentence and _OF.match(ledger.gap(last, claim)) and _PHRASE.search(last.near):
        part = _same_measure(ledger, last)
        return Quotient(claim, (part,), last, TIMES) if part is not None else None
    if _OF_THEN.search(claim.near):
        near = [x for x in reversed(ledger.items[max(0, claim.n - 3) : claim.n]) if x.sentence == claim.sentence]
        then = next((x for x in near if x.role == "prior" or _THEN.search(x.near)), None)
        now = _same_measure(ledger, then) if then is not None else None
        return Quotient(claim, (now,), then, TIMES) if then is not None and now is not None else None
    near = _near(ledger, claim)
    told = _former(claim, near) or _named_behind(ledger, claim, near)
    if told is not None:
        return Quotient(claim, (told[0],), told[1], TIMES)
    m = _IS.search(claim.near)
    if m is None or not near or near[0].sentence != claim.sentence:
        return None
    part, name = near[0], m["name"]
    metric = metric_of(name)
    whole = next((x for x in near[1:] if x.unit == part.unit and (name in x.words or (len(x.name) > 1 and x.name in name))), None)
    whole = whole or next((x for x in reversed(near[1:]) if x.unit == part.unit and metric is not None and _of_metric(x.metric, metric)), None)
    return Quotient(claim, (part,), whole, TIMES) if whole is not None else None


_FORMER = re.compile(r"前者的?$|(?:只|仅|才)?相当于(?:其|它|后者)?的?(?:约|近)?$")
_NAMED_BEHIND = re.compile(r"(?:是|为|相当于)(?P<when>去年同期|上年同期|去年|上年|前年|20\d\d年(?:同期)?)的(?:约|近)?$")


def _former(claim: Item, near: list[Item]) -> tuple[Item, Item] | None:
    """滨海市8.4万套，恰好是前者的一半; 23.8元，而市场均价是28元，只相当于八成五: the last two figures of one unit."""
    m = _FORMER.search(claim.near)
    pair = near[:2]
    if m is None or len(pair) < 2 or pair[0].unit != pair[1].unit or pair[0].sentence != claim.sentence or pair[1].sentence != claim.sentence:
        return None
    last, first = pair
    return (last, first) if "前者" in m[0] else (first, last)


def _named_behind(ledger: Ledger, claim: Item, near: list[Item]) -> tuple[Item, Item] | None:
    """是去年同期的5.3倍，去年同期为7.3万人次: the time that the multiple names is given its figure right behind."""
    m = _NAMED_BEHIND.search(claim.near)
    after = ledger.items[claim.n + 1] if claim.n + 1 < len(ledger.items) else claim
    if m is None or not near or after.sentence > claim.sentence + 1 or m["when"] not in after.near or after.unit != near[0].unit:
        return None
    return (near[0], after) if after.reading.value is not None and near[0].sentence == claim.sentence else None


def _of_metric(said: str | None, named: str) -> bool:
    """投资完成额 is 固定资产投资: indicators of one family."""
    return said is not None and said.split(".")[0] == named.split(".")[0]


def _same_measure(ledger: Ledger, last: Item) -> Item | None:
    """The nearest figure before the phrase, in its sentence, of the same kind and unit."""
    if last.reading.value is None or last.value <= 0:
        return None
    found: list[Item] = []
    for item in reversed(ledger.items[max(0, last.n - _REACH * 2) : last.n]):
        if item.sentence != last.sentence:
            break
        alike = item.reading.kind == last.reading.kind and item.reading.unit == last.reading.unit and item.reading.value is not None
        if alike and item.role in _STILL and item.bracket == last.bracket:
            found.append(item)
    # 五年累计2043亿元，年均408.6亿元，是“十二五”时期1127.5亿元的1.8倍: a sum is compared with a sum.
    plain = [x for x in found if not _MEAN.search(x.near)] if not _MEAN.search(last.near) else []
    return next(iter(plain or found), None)


def _counted(ledger: Ledger, claim: Item) -> Quotient | None:
    """…，上述四个门类占全部营业收入的90.4%: as many figures as the words count, over the last larger one before them."""
    m = _COUNTED.search(claim.near)
    if m is None or claim.reading.kind != "rate":
        return None
    near = _near(ledger, claim)
    unit = near[0].unit if near else ""
    alike = [x for x in near if x.unit == unit]
    size = cues.NUMBERS[m["n"]] if m["n"] else _listed(alike)
    members = alike[:size]
    if m["first"] and size:
        # 前两个区域合起来占: the first of the list, not the last.
        row = [x for x in alike if x.sentence == alike[0].sentence]
        members, alike = row[-size:], row[-size:] + [x for x in alike if x.sentence != alike[0].sentence]
    if size < 2 or len(members) < size or members[-1].sentence < claim.sentence - 1:
        return None
    largest = max(x.value for x in members)
    inner = members[0].n - members[-1].n
    row_of = list_of(ledger, members[0])
    whole = ledger.items[row_of.host] if row_of is not None else next((x for x in alike[size:] if x.value >= largest), None)
    return Quotient(claim, tuple(reversed(members)), whole, COUNTED) if whole is not None and inner < _REACH * size else None


def _listed(alike: list[Item]) -> int:
    """How many figures before 合计占 stand in one sentence and one list."""
    size = 1
    while size < len(alike) and alike[size].sentence == alike[0].sentence and (alike[size - 1].listed or alike[size - 1].near.startswith(("对", "、"))):
        size += 1
    return size


def _to_one(ledger: Ledger, claim: Item) -> Quotient | None:
    """医护比1∶1.19 behind 医师 and 护士; 养捕比2.98∶1 behind 养殖 and 捕捞: a figure for each character."""
    m = _CHARACTERS.search(claim.near)
    if m is None:
        return None
    near = _near(ledger, claim)
    first, second = (next((x for x in near if m[key] in x.words), None) for key in ("a", "b"))
    if first is None or second is None or first is second or first.unit != second.unit:
        return None
    text = ledger.text[claim.start : claim.end]
    inverted = bool(re.match(r"[1一]\s*[∶:比]", text))
    return Quotient(claim, (second if inverted else first,), first if inverted else second, TO_ONE)
