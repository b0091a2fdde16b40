"""Two rates by what the words call them: 农村快于城镇1.9个百分点, 利润增幅高于收入9.2个百分点, 比一季度加快0.2个百分点.

The names may be those of a list that answers to the rates in order, of the figures right before the rates, or of the
periods that the rates are said of. A name is a weaker tie than a phrase: such a binding confirms only.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger

# The rate of what the words are about, the one it is compared with, the template.
Pair = tuple[Item, Item, str]
BOTH = "two rates by the names of both"
WHEN = "a rate and that of another period, by its name"
ROOM = "what is, what shall be, and the room between"
_KIND = r"(?:名义|实际)?的?(?:增速|增幅|涨幅|降幅|升幅|增长率?|占比|比重|比例|水平|速度)?"
_FILL = r"(?:分别|均|也|则|更|要|又|仍|约|近|了|出|大约)*"
_PAIR = re.compile(
    rf"^(?P<own>[^，。；;]{{0,14}}?)(?P<kind>{_KIND}){_FILL}(?:[比较](?P<b>[^，。；;]{{1,14}}?){_KIND}{_FILL}(?:高|低|快|慢|多|少)"
    rf"|(?:高于|低于|快于|慢于|高出|低出|领先于?|落后于?|超过|超出)(?P<a>[^，。；;]{{0,14}}?){_KIND}){_FILL}$"
)
_WHEN = re.compile(
    r"[比较](?P<when>(?:今年|去年|上年)?(?:[一二三四]季度|[上下]半年|前[一二三]季度|前?\d{1,2}个?月份?|1[-至—]\d{1,2}月份?)|(?:19|20)\d\d年|[一二三四五六七八九十]五[”\"]?末)(?:同期|末|底)?(?:的|水平)?"
)
_ROOM = re.compile(r"(?:还有|仍有|尚有|有|还差|尚差|仍差|差)(?:大?约|近)?$")
_ROOM_TAIL = re.compile(r"^的?[^，。]{0,6}(?:空间|差距|缺口)")
_SHORT_OF = re.compile(r"(?:距离?|离|较|与)[^，。；;]{0,8}$")
_NOBODY = re.compile(r"^(?:其中|同比|增长|增幅|增速|分别|二者|两者|前者|后者|也|均|并|且|同时|年均|全年|上半年)*$")
_NONE = ("from", "reference", "contribution")
_REACH = 24


def by_name(ledger: Ledger, item: Item, members: list[Item]) -> Pair | None:
    """The first reading that names both rates."""
    if len(members) > 1:
        return _each_named(ledger, item, members)
    beside = _come_to(ledger, item) or _beside(ledger, item)
    if beside is not None:
        return beside
    return _both(ledger, item) or _than_whom(ledger, item) or _another_period(ledger, item) or _room(ledger, item)


def _rate(ledger: Ledger, n: int, item: Item) -> Item | None:
    """The item with that number, where it is a rate of the sentence."""
    other = ledger.items[n] if 0 <= n < len(ledger.items) else None
    if other is None or other.sentence != item.sentence or other.reading.kind != "rate" or other.reading.value is None or other.bracket != item.bracket:
        return None
    return None if other.listed or other.reading.direction == "flat" else other


def _come_to(ledger: Ledger, item: Item) -> Pair | None:
    """由35.3%提高1.2个百分点至36.5%; 提高1.2个百分点，达到36.5%，上年为35.3%."""
    now = _rate(ledger, item.n + 1, item)
    if now is None or not _CAME.match(ledger.gap(item, now)) or "平均" in item.near:
        return None
    before, behind = _rate(ledger, item.n - 1, item), _rate(ledger, item.n + 2, item)
    if before is not None and before.role in ("from", "reference") and not re.search("[，；;]", ledger.gap(before, item)):
        return now, before, CAME
    return (now, behind, CAME) if behind is not None and _THEN.match(behind.near) else None


def _beside(ledger: Ledger, item: Item) -> Pair | None:
    """全省平均为68.5%，我市为72.3%，高出3.8个百分点; 目标是88.5%，高于目标3.8个百分点; 比全国快1.8个百分点，全国为5.2%，我市为7.0%."""
    near, far = _rate(ledger, item.n - 1, item), _rate(ledger, item.n - 2, item)
    if near is not None and far is not None and _FORMER.search(item.near):
        return far, near, BESIDE
    m = _APART.search(item.near)
    if m is None:
        return None
    whom = m["whom"] or ""
    if near is not None and far is not None and not re.search("[；;]", ledger.gap(far, item)):
        told = [x for x in (near, far) if (_WHOSE.search(x.near) if not whom else whom in x.near)]
        if len(told) == 1 and (near.role == "growth") == (far.role == "growth"):
            return (far, near, BESIDE) if told[0] is near else (near, far, BESIDE)
    first, second = _rate(ledger, item.n + 1, item), _rate(ledger, item.n + 2, item)
    if near is None and whom and first is not None and second is not None and whom in first.near and whom not in second.near:
        return second, first, BESIDE
    return None


def _each_named(ledger: Ledger, item: Item, members: list[Item]) -> Pair | None:
    """比上年同期和全国平均分别低0.3个和0.1个百分点，上年同期为5.4%，全国为5.2%: each over the rate of its name."""
    first = members[0]
    m = _TWO_NAMES.search(first.near)
    names = re.split(r"[、和及与]", m["names"]) if m is not None else []
    own = next((x for x in reversed(ledger.items[max(0, first.n - 4) : first.n]) if x.reading.kind == "rate" and x.role not in ("from", "reference")), None)
    if len(names) != len(members) or own is None or own.sentence != item.sentence or own.reading.value is None:
        return None
    name = re.sub(r"(?:平均|水平)+$", "", names[members.index(item)])
    last = members[-1].n
    behind = [x for x in ledger.items[last + 1 : last + 1 + _NEAR] if x.sentence == item.sentence and x.reading.kind == "rate" and x.reading.value is not None]
    named = [x for x in behind if len(name) >= _NAME and x.near.lstrip("而").startswith(name)]
    return (own, named[0], WHOM) if len(named) == 1 else None


_TWO_NAMES = re.compile(r"(?:[比较]|高于|低于|快于|慢于)(?P<names>[^，。；;]+?)分别")
_FORMER = re.compile(r"前者[^，]{0,6}后者[^，]{0,3}$")
_CAME = re.compile(r"^[，,]?(?:至|到|达到?|为|升至|降至|增至|提高到|上升到|下降到|回落到|降为|升为)$")
_THEN = re.compile(r"^(?:而)?(?:上年|去年|前年|上月|年初|(?:19|20)\d\d年|上届)(?:同期|末|底)?(?:为|是|仅为)?$")
_APART = re.compile(
    r"^(?:分别|增速|增幅|涨幅|占比|比例|均|也)*(?:高于|低于|快于|慢于|高出|低出|超出|超过|领先于?|落后于?|多于|少于|[比较](?=[^，]{1,10}[高低快慢]))?(?P<whom>[^，。；;]{2,8}?)?"
    rf"(?:平均|水平|增速)*{_FILL}(?:(?<=于)|高出?|低|快|慢|多|少|高于|低于)?{_FILL}$"
)
_WHOSE = re.compile(r"平均|全[国省市县区]|目标|要求|上年|去年|同类|标准")
CAME = "a rate, its change, and what it has come to"
BESIDE = "a rate, the one beside it, and how far they are apart"


def _candidates(ledger: Ledger, item: Item) -> list[Item]:
    """Rates around the difference, in its turn, that say a growth or a share."""
    near = [*reversed(ledger.items[max(0, item.n - _REACH) : item.n]), *ledger.items[item.n + 1 : item.n + _REACH // 2]]
    return [
        x for x in near
        if x.turn == item.turn and x.reading.kind == "rate" and x.reading.value is not None and x.reading.direction != "flat" and x.role not in _NONE
    ]


def _both(ledger: Ledger, item: Item) -> Pair | None:
    m = _PAIR.match(item.near)
    if m is None:
        return None
    own, reference, flavour = m["own"], m["a"] or m["b"] or "", "实际" in item.near
    if not reference or _NOBODY.match(own):
        # 农村名义增速快于城镇3.0个百分点，实际快于1.9个百分点: the same two by the other measure.
        before = next((x for x in reversed(ledger.items[max(0, item.n - 3) : item.n]) if x.reading.kind == "points" and x.sentence == item.sentence), None)
        again = _PAIR.match(before.near) if before is not None and not reference else None
        if again is None:
            return None
        own, reference = again["own"], again["a"] or again["b"] or ""
    if len(_core(own)) < _NAME or len(_core(reference)) < _NAME:
        return None
    rates = [x for x in _candidates(ledger, item) if ("实际" in x.near) == flavour]
    mine, other = _called(ledger, rates, own), _called(ledger, rates, reference)
    if mine is None and other is not None:
        # 客流增速比门票收入快 behind 接待游客、门票收入分别增长: of two the one that is not named.
        run = ledger.chain(other)
        mine = next((x for x in run if x is not other), None) if len(run) == _TWO and run[-1].n < item.n and run[0].sentence == item.sentence else None
    if mine is None or other is None or mine is other:
        return None
    return mine, other, BOTH


def _than_whom(ledger: Ledger, item: Item) -> Pair | None:
    """增速比全国高3.2个百分点，比全省高1.5个百分点，全国、全省增速分别为3.6%和5.3%: the reference by its name in a list of names."""
    m = _WHOM.search(item.near)
    own = next((x for x in reversed(ledger.items[max(0, item.n - 4) : item.n]) if x.reading.kind == "rate" and x.role not in ("from", "reference")), None)
    if m is None or own is None or own.sentence != item.sentence or own.reading.value is None:
        return None
    listed = [x for x in ledger.items[item.n + 1 : item.n + _NEAR] if x.sentence == item.sentence and x.reading.kind == "rate" and len(ledger.chain(x)) > 1]
    named = [x for x in listed if _in_order(ledger, x).startswith(m["a"] or m["b"])]
    return (own, named[0], WHOM) if len(named) == 1 and named[0].reading.value is not None else None


def _in_order(ledger: Ledger, rate: Item) -> str:
    """全国、全省增速分别为3.6%和5.3%: the name at the place of the rate."""
    run = ledger.chain(rate)
    names = re.split(r"[、和及与]", run[0].near)
    return names[run.index(rate)] if len(names) == len(run) else ""


_WHOM = re.compile(
    r"(?:[比较](?P<b>[^，。；;]{2,6}?)(?:平均|水平)?(?:分别)?(?:高|低|快|慢)|(?:高于|低于|快于|慢于)(?P<a>[^，。；;]{2,6}?)(?:平均|水平)?)(?:出|了|约)*$"
)
WHOM = "a rate and that of whom the words name"
_NEAR = 6
_NAME = 2
_TWO = 2


def _core(words: str) -> str:
    """农村居民人均可支配收入年均分别增长 → 农村居民人均可支配收入."""
    words = re.sub(r"^(?:其中|而|但|且|并|其|全[市省县区国]|我[市省县区]|[，,、和及与]|分别)+", "", words)
    return re.sub(r"(?:年均|同比|环比|分别|增长率?|上升|提高|下降|增速|增幅|涨幅|降幅|占比|比重|的|为|占|名义|实际|达到?|是|则|均|也)+$", "", words)


def _called(ledger: Ledger, rates: list[Item], words: str) -> Item | None:
    """The one rate whose name is that of ``words``: the very name before one that begins or ends with it."""
    key = _core(words)
    named = [(x, name) for x in rates for name in names_of(ledger, x) if len(name) >= _NAME]
    for fits in (lambda n: n == key, lambda n: n.startswith(key) or n.endswith(key), lambda n: key.startswith(n) or key.endswith(n), lambda n: key in n):
        found = [x for x, name in named if fits(name)]
        if found:
            sentence = [x for x in found if x.sentence == found[0].sentence]
            return found[0] if len({x.n for x in sentence}) == 1 else None
    return None


def names_of(ledger: Ledger, rate: Item) -> list[str]:
    """What a rate is said of: its own words, its place in a list of names, the figure right before it."""
    run = ledger.chain(rate)
    first = run[0]
    k = run.index(rate)
    if len(run) > 1:
        parts = [_core(p) for p in re.split(r"[、和及与]", first.near)]
        if len(parts) == len(run):
            return [parts[k]]
        levels = [x for x in ledger.items[max(0, first.n - len(run)) : first.n] if x.is_level and x.sentence == first.sentence]
        return [_core(levels[k].name)] if len(levels) == len(run) else []
    found = [_core(rate.name)]
    if len(found[0]) >= _NAME:
        return found
    for other in reversed(ledger.items[max(0, rate.n - 3) : rate.n]):
        if other.sentence != rate.sentence:
            break
        if other.is_level or other.role == "average":
            return [_core(other.name)]
    return []


def _another_period(ledger: Ledger, item: Item) -> Pair | None:
    """上半年增长5.5%，比一季度加快0.2个百分点: the rate of that period under the same name, in a sentence before or behind."""
    m = _WHEN.search(item.near)
    own = next((x for x in reversed(ledger.items[max(0, item.n - 3) : item.n]) if x.sentence == item.sentence and x.reading.kind == "rate"), None)
    if m is None or own is None or own.role in ("from", "reference") or own.reading.value is None or own.listed:
        return None
    mine = names_of(ledger, own)
    for other in _candidates(ledger, item):
        if other is own or other.role != own.role or other.listed:
            continue
        begin = ledger.items[other.n - 1].end if other.n and ledger.items[other.n - 1].sentence == other.sentence else ledger.sentences[other.sentence][0]
        if re.search(rf"(?<![比较]){m['when']}", ledger.text[begin : other.start]) and _one(mine, names_of(ledger, other)):
            return own, other, WHEN
    return None


def _one(a: list[str], b: list[str]) -> bool:
    """Whether two rates are said of the same: a rate without a name goes on with what was spoken of."""
    return not a or not b or any(x.endswith(y) or y.endswith(x) for x in a for y in b)


def _room(ledger: Ledger, item: Item) -> Pair | None:
    """要达到2.5%，…目前是2%左右，还有约0.5个百分点的提升空间: the last two rates of one sentence or of two."""
    before = _rate(ledger, item.n - 1, item)
    short = before is not None and "差" in item.near[-3:] and bool(_SHORT_OF.search(before.near))
    if not _ROOM.search(item.near) or not (short or _ROOM_TAIL.match(item.tail)):
        return None
    rates = [x for x in _candidates(ledger, item) if x.n < item.n and item.sentence - x.sentence <= 1]
    if len(rates) < _TWO:
        return None
    own, name = rates[0], "" if short else rates[0].name
    other = next((x for x in rates[1:] if len(name) < _NAME or x.name[-4:] == name[-4:] or (own.metric is not None and x.metric == own.metric)), None)
    return (own, other, ROOM) if other is not None else None
