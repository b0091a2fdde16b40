"""One fact printed twice: roughly and exactly, with a number that names its set, after 即, a share said again with its figure.

The two are found by the words between them and by what they are called; that they are near each other in size is asked
only so that two facts which merely stand together are not taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from .items import Item
from .ledger import Ledger


class Repeat(NamedTuple):
    """``claim`` says again what ``known`` says."""

    claim: Item
    known: Item
    template: str
    span: tuple[Decimal, Decimal] | None = None


ROUGH = "a round number and the exact one, in one sentence"
SAME = "the same again behind 即"
SHARE = "the share of a figure that is said again"
NAMED = "a number that names its set, said by somebody else"
SLIP = "a number that names its set, one slip apart"
ASKED = "a round number before and the exact one of its name"
_STILL = ("share", "rate", "bare", "completion", "recovered")
_LEVELS = ("level", "to", "average", "prior")
_LINE = re.compile(r"目标|计划|任务|要求|标准|上限|下限|规定|承诺")
_EXACT = re.compile(
    r"^(?:[，,、:]|\)|其中|其|准确|具体|精确|确切|实际|实|数量|总数|总量|规模|最终|已经|已|就|高?达到?了?|为|是|即|占比|占|比例|比重|份额|在|有|共|的|说|来说|地|上|全年|全市|全省|报告|今年|去年|目前|当前|[一二三四]季度|\d{1,2}月份?|末|底|(?:19|20)\d\d年)*$"
)
# 活跃度53.0%, 覆盖率84.2%: the rate has a name of its own where the round one said what it is a share of.
_OWN_RATE = re.compile(r"^[，,]?[\u4e00-\u9fff]{1,4}(?:率|度|面|占比|比例|比重)(?:为|达到?|是)?$")
_OF = re.compile(r"占(?!比)[^，。；;]+的$")
_YEARS = re.compile(r"去年|上年|前年|今年|明年|(?:19|20)\d\d年")
_AGAIN = re.compile(r"(?:^|总数|合计|总计|数)(?:也?就是|也?即|正是|正好是?|刚好是?|恰好是?|恰为|即为|约合|折合|合计即|合)$")
_REACH = 5
_NEAR = 40
_TENTH = Decimal(10)
_DIGITS = 3


def restated(ledger: Ledger) -> Iterator[Repeat]:
    """One per figure that says again what another one has said."""
    for item in ledger.items:
        if item.reading.value is None or item.reading.kind not in ("rate", "multiple", "count", "money", "quantity", "duration"):
            continue
        found = _exactly(ledger, item) or _again(ledger, item) or _roughly(ledger, item)
        found = found or _precisely(ledger, item) or _share(ledger, item) or _by_another(ledger, item) or _asked(ledger, item)
        if found is not None:
            yield found


def _rough(item: Item, ledger: Ledger) -> bool:
    """超过五成, 七成多, 近600亿元, 八成."""
    return item.reading.value is not None and (item.reading.bound is not None or _tenths(item, ledger) or _fraction(item, ledger))


def _fraction(item: Item, ledger: Ledger) -> bool:
    return item.reading.kind == "multiple" and "分之" in ledger.text[item.start : item.end]


def _tenths(item: Item, ledger: Ledger) -> bool:
    return item.reading.kind == "rate" and bool(re.search("[成半]", ledger.text[item.start : item.end]))


def _close(rough: Item, exact: Item, ledger: Ledger) -> bool:
    """Whether the exact one lies in the step that the round one names: 超过五成 and 53.4%, not 超过五成 and 91%."""
    low, high = _step(rough, exact, ledger)
    return low <= exact.value <= high


def _step(rough: Item, exact: Item, ledger: Ledger) -> tuple[Decimal, Decimal]:
    value = rough.value * (100 if _fraction(rough, ledger) else 1)
    step = _TENTH if exact.reading.kind == "rate" else abs(value) / 4
    low = value if rough.reading.bound in ("over", "at_least") else value - step / (2 if rough.reading.bound in (None, "about") else 1)
    high = value if rough.reading.bound in ("under", "at_most") else value + step / (2 if rough.reading.bound in (None, "about") else 1)
    return low, high


def _exactly(ledger: Ledger, item: Item) -> Repeat | None:
    """占注册总数的五成以上，活跃度53.0%; 突破600亿元大关，达到613.7亿元; 七成以上的财力…，占…的74.3%."""
    if _rough(item, ledger):
        return None
    rate = item.reading.kind == "rate"
    for rough in reversed(ledger.items[max(0, item.n - _REACH) : item.n]):
        if rough.sentence != item.sentence or re.search("[；;]", ledger.gap(rough, item)):
            return None
        parts = rate and _fraction(rough, ledger)
        if (rough.reading.kind != item.reading.kind or rough.unit != item.unit) and not parts:
            continue
        between = ledger.items[rough.n + 1 : item.n]
        other = any(x.unit == item.unit and x.reading.kind == item.reading.kind for x in between)
        if not _rough(rough, ledger) or _LINE.search(rough.near) or rough.listed or item.listed or other:
            return None
        plain = _EXACT.match(item.near) or (item.bracket >= 0 and item.n == rough.n + 1 and item.lead.startswith("("))
        if rate:
            still = (parts or rough.role in _STILL) and item.role in _STILL
            told = plain or (_OF.search(rough.near) and _OWN_RATE.match(item.near)) or item.near.rpartition("占")[2] in ("", "的")
            fits = still and told
        else:
            fits = plain and item.n == rough.n + 1 and rough.role in _LEVELS and item.role in _LEVELS
        return Repeat(item, rough, ROUGH, _step(rough, item, ledger)) if fits and _close(rough, item, ledger) else None
    return None


def _again(ledger: Ledger, item: Item) -> Repeat | None:
    """占80%，正好八成; 总数即2674处; 1.2亿元，也就是12000万元."""
    if not _AGAIN.search(item.near):
        return None
    before = ledger.items[item.n - 1] if item.n else item
    beside = before is not item and before.unit == item.unit and before.reading.kind == item.reading.kind and before.sentence == item.sentence
    if beside and not item.near.startswith(("总", "合")):
        return Repeat(item, before, SAME) if before.reading.value is not None and _close(item, before, ledger) else None
    known = next((x for x in ledger.before(item, item.unit, _NEAR) if x.reading.value == item.value and x.turn == item.turn and x.role == "level"), None)
    return Repeat(item, known, SAME) if known is not None and item.role == "level" and _telling(item) else None


_CONFIRMED = re.compile(r"^(?:对的?|是的?|没错|不错|确实是?|正是)?$")
_PRECISELY = re.compile(r"^(?:是的|对)?(?:准确|确切|具体|精确|实际)(?:的|地)?(?:数字|数据|数|说)?(?:是|为|应该是|应当是)$")


def _precisely(ledger: Ledger, item: Item) -> Repeat | None:
    """增加了近3000人？…准确数字是2860人: what was said roughly before, by whomever."""
    if _CONFIRMED.match(item.near) and item.tail == "":
        # 有3.2万户享受了减税，对吗？对，3.2万户。
        known = next(iter(ledger.before(item, item.unit, 2)), None)
        same = known is not None and known.reading.value == item.value and item.sentence - known.sentence <= 2
        return Repeat(item, known, SAME) if known is not None and same else None
    if not _PRECISELY.match(item.near) or _rough(item, ledger):
        return None
    for rough in ledger.before(item, item.unit, 4):
        if rough.reading.kind == item.reading.kind and _rough(rough, ledger) and item.sentence - rough.sentence <= _DIGITS:
            return Repeat(item, rough, ASKED, _step(rough, item, ledger)) if _close(rough, item, ledger) else None
    return None


_ALMOST = re.compile(r"^(?:[，,]|约|大约|接近|近|将近|差不多|占|即|也就是|已|达到?|相当于|基本|正好|刚好|恰好|超过?|不足|不到|大体|大致|几乎)*$")


def _roughly(ledger: Ledger, item: Item) -> Repeat | None:
    """占33.3%，约三分之一; 占48.9%(接近一半): the round one behind the exact one."""
    before = ledger.items[item.n - 1] if item.n else item
    rate = before.reading.kind == "rate" and before.reading.value is not None and not _rough(before, ledger) and before.sentence == item.sentence
    if not rate or item.role == "growth" or before.role not in _STILL:
        return None
    if item.reading.bound in ("over", "under") or not (_tenths(item, ledger) or _fraction(item, ledger)):
        return None
    beside = _ALMOST.match(item.near) and (before.bracket == item.bracket or item.lead.startswith("(")) and _ALMOST.match(item.lead.lstrip("("))
    if not beside or item.tail[:2] in ("以上的", "左右的") or not _close(item, before, ledger):
        return None
    return Repeat(before, item, ROUGH, _step(item, before, ledger))


def _telling(item: Item) -> bool:
    """Whether the number is not one that comes back by chance."""
    return len(str(item.value).replace(".", "").strip("0")) >= _DIGITS


def _share(ledger: Ledger, item: Item) -> Repeat | None:
    """举报3618件，占27% … 举报共3618件，占27%: the figure is said again, and its share with it."""
    if item.role != "share" or item.n == 0 or item.listed:
        return None
    part = ledger.items[item.n - 1]
    if part.sentence != item.sentence or part.reading.value is None or not part.is_level or not _telling(part):
        return None
    for known in ledger.before(part, part.unit, 24):
        behind = ledger.items[known.n + 1]
        if known.reading.value == part.value and known.sentence < part.sentence and known.turn == part.turn and known.role == part.role:
            return Repeat(item, behind, SHARE) if behind.role == "share" and behind.value == item.value else None
    return None


def _by_another(ledger: Ledger, item: Item) -> Repeat | None:
    """One says 新开工61个, the other 61个计划新开工项目; 排查重大隐患1436处 … 1463处重大隐患中."""
    if item.reading.kind != "count" or item.role not in ("level", "plan") or item.value < _FEW or item.reading.bound is not None:
        return None
    if not _OPENS.match(item.near):
        return None
    framed = bool(_IN.match(item.tail))
    for known in ledger.before(item, item.unit, _NEAR):
        counted = known.role in ("level", "plan", "to") and known.reading.unit == item.reading.unit and known.reading.value is not None
        if known.sentence == item.sentence or not counted:
            continue
        if not _one_noun(item, known) or _years(ledger, item) - _years(ledger, known):
            continue
        if known.value == item.value:
            return Repeat(item, known, NAMED) if known.turn != item.turn else None
        if (framed or known.tail[:_NOUN] == item.tail[:_NOUN]) and _permuted(known.value, item.value):
            return Repeat(item, known, SLIP)
    return None


def _years(ledger: Ledger, item: Item) -> set[str]:
    return set(_YEARS.findall(ledger.text[max(ledger.sentences[item.sentence][0], item.start - _BACK) : item.start]))


_OPENS = re.compile(r"^(?:在|这|全[市省县区]|我[市省县区]|其中|上述|该|的|需要说明|当天|今日|今天)*$")
_IN = re.compile(r"^[^，。]{2,14}?(?:中|里|当中|之中)(?:$|[，,])")
_NOUN = 2
_FEW = 20
# An endless sentence must not cost more than its length.
_BACK = 200
_SLIP_DIGITS = 4


def _one_noun(item: Item, known: Item) -> bool:
    """The noun behind the number is behind the other one too, or ends the words before it."""
    tail, near = item.tail, known.near
    behind = known.tail[:_NOUN]
    if len(tail) >= _NOUN and len(behind) == _NOUN and tail.startswith(behind):
        return True
    return any(near.endswith(tail[k : k + size]) for size in (4, 3, 2) for k in range(min(6, len(tail) - size + 1)))


def _permuted(a: Decimal, b: Decimal) -> bool:
    """1436 and 1463: two neighbours have changed places."""
    x, y = str(a), str(b)
    if len(x) != len(y) or len(x) < _SLIP_DIGITS or "." in x:
        return False
    apart = [k for k in range(len(x)) if x[k] != y[k]]
    return len(apart) == 2 and apart[1] == apart[0] + 1 and x[apart[0]] == y[apart[1]] and x[apart[1]] == y[apart[0]]


def _asked(ledger: Ledger, item: Item) -> Repeat | None:
    """近5000家 in one sentence, 4986家 in another, of one name."""
    if _rough(item, ledger) or item.reading.kind in ("rate", "multiple") or len(item.name) < _DIGITS or item.role not in ("level", "prior"):
        return None
    for rough in ledger.before(item, item.unit, 16):
        if rough.sentence >= item.sentence or rough.reading.bound is None or rough.role != item.role or len(rough.name) < _DIGITS:
            continue
        short, long = sorted((rough.name, item.name), key=len)
        if long.endswith(short) and rough.reading.bound in ("over", "under", "about") and rough.period == item.period:
            return Repeat(item, rough, ASKED, _step(rough, item, ledger)) if _close(rough, item, ledger) else None
    return None
