"""Averages over time: 日均10202件, 年均92.4亿元, 平均每年0.8个百分点; and the list of all readers of products.

Each binding is a product: ``operands`` multiplied or divided, times ``factor``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from .amounts import READERS as AMOUNTS
from .conversions import converted
from .items import Item
from .ledger import Ledger
from .lengths import Length, length, years
from .one_for import by_standard, inverse
from .per_unit import per_unit
from .products import Product
from .pulled import pulled
from .right_before import averaged
from .standing import standing
from .yields import yielded

_DAILY = re.compile(
    r"日均|平均(?:每|一|到每)(?:天|日|昼夜)|每[天日]平均|日平均|(?:平均)?每个?工作日"
    r"|^日(?!均|常|前|后|本|益|渐)(?=[\u4e00-\u9fff]{2,3}$)|每天|每日(?!能)"
)
# 日漏损20万立方米, of 漏损水量
_BARE_DAY = re.compile(r"^日(?!均)")
_MONTHLY = re.compile(r"折合每(?:个)?月|月均|平均(?:每|一)(?:个)?月|月平均|每月平均")
_YEARLY = re.compile(r"年均|平均(?:每|一)年|每年平均|年平均")
_WEEKLY = re.compile(r"周均|平均每周")
_HOURLY = re.compile(r"平均每(?:个)?小时|小时均")
_WORDS = re.compile(r"[日月年周]均|平均(?:每|一|到每)?(?:个)?(?:[天日月年周]|小时|昼夜)|每[天日月年]平均|[日月年]平均|平均|每[天日]")
_GROWTH = re.compile(r"增长|下降|增幅|增速|提高|回落|递[增减降]")
_SORTS = (
    (_DAILY, "日", "天", "days"), (_MONTHLY, "月", "个月", "months"), (_YEARLY, "年", "年", "years"), (_WEEKLY, "周", "周", "weeks"),
    (_HOURLY, "时", "小时", "hours"),
)
OVER = "an average over the period"
PRINTED = "an average over a printed number of {}"
BEFORE = "an average over the period, of the total named before"
LOOSE = "an average over years that were said before"
CHANGED = "a change over several years, a year"
FROM_TO = "from one to another, over the years between, a year"


def products(ledger: Ledger) -> Iterator[Product]:
    """Conversions, averages per day, month, year or head, yields, pulls of a growth, amounts of so much for each."""
    readers = (converted, changed_a_year, of_a_list, average, yielded, per_unit, inverse, pulled, *AMOUNTS, by_standard, averaged)
    done: set[frozenset[int]] = set()
    for item in ledger.items:
        if item.reading.value is None:
            continue
        for reader in readers:
            found = reader(ledger, item)
            if found is None:
                continue
            # 亩均2150元 of 2.11亿元, and 2.11亿元 of 2150元 a 亩, are one relation.
            key = frozenset(x.n for x in (found.claim, *found.operands))
            if key not in done:
                done.add(key)
                yield found
            break


def of_a_list(ledger: Ledger, item: Item) -> Product | None:
    """三年分别投入1.2亿元、1.5亿元和1.8亿元，年均1.5亿元: the members of the list, over their number."""
    if item.role not in ("average", "level") or not _OF_LIST.search(item.near) or _GROWTH.search(item.near):
        return None
    last = next((x for x in reversed(ledger.items[max(0, item.n - 3) : item.n]) if x.unit == item.unit and x.sentence == item.sentence), None)
    members = ledger.chain(last) if last is not None else []
    if len(members) < 3 or any(x.unit != item.unit or x.reading.value is None for x in members) or "分别" not in members[0].near + members[0].lead:
        return None
    n = len(members)
    return Product(item, members[0], Fraction(1, n), LISTED, said=f" ÷ {n}", plus=tuple(members[1:]), assumed=(f"共{n}项", f"{n} members"))


_OF_LIST = re.compile(r"年均|平均每[年月季]|[三四五]年平均|月均|季均|平均(?:值)?(?:为|达到?|是|约)*$")
LISTED = "the members of a list, over their number"


def average(ledger: Ledger, item: Item) -> Product | None:
    """日均10202件 over the days of the period; 年均1391万人 over the years it spans."""
    usable = item.role in ("average", "level", "increment") and item.reading.kind in ("count", "money", "quantity", "duration")
    words = ledger.chain(item)[0].near if item.listed else item.near
    sort = next((s for s in _SORTS if s[0].search(words)), None)
    if not usable or sort is None or _GROWTH.search(words) or "/" in item.unit or _PER_HEAD.search(words):
        return None
    base, near = _base(ledger, item, sort[1] == "年") or _total_behind(ledger, item), True
    if base is None:
        base, near = _before(ledger, item), False
    if base is not None and _BARE_DAY.search(words) and not re.search(r"日均|每", words) and words[-2:] not in base.near:
        return None
    if base is None or (not near and item.reading.bound is not None) or (not near and sort[1] == "日" and sort[0].search(words)[0] in ("每天", "每日")):  # type: ignore[index]
        return None
    stretch = length(ledger, item, base, sort[1])
    m = sort[0].search(words)
    own = _PLAIN.sub("", words[: m.start()]) if m is not None else ""
    if stretch is not None and near and len(own) > 1 and own[-2:] not in base.words and not item.listed:
        # 周末日均: of other days or other things
        stretch = stretch._replace(near=False)
    return _made(item, base, stretch, sort[2], sort[3], near) if stretch is not None and stretch.number > 0 else None


_PER_HEAD = re.compile(r"[人户]均|每(?!个?工作日|[天日月年周个小])|每个(?!月|小时|工作日)|单[个家车台]")
_PLAIN = re.compile(r"其中|全[省市县区国州网]|平均|我[省市县]|目前|[，、：]|一季度|全年|今年|去年")


def _made(item: Item, base: Item, stretch: Length, zh: str, en: str, near: bool) -> Product:
    n = stretch.number
    said = str(n.numerator)
    assumed = (f"按{said}{zh}计", f"taken over {said} {en}")
    if not near:
        template = BEFORE
    elif not stretch.near:
        template = LOOSE
    else:
        template = PRINTED.format(en) if stretch.item is not None else OVER
    if stretch.item is not None:
        return Product(item, base, Fraction(1), template, stretch.item)
    too = None if stretch.too is None else 1 / stretch.too
    return Product(item, base, 1 / n, template, said=f" ÷ {said}", assumed=assumed, factor_too=too)


def _base(ledger: Ledger, item: Item, changes: bool) -> Item | None:
    """The total in the sentence: called as the average is, else the nearest that is no earlier level."""
    about = _WORDS.sub("", item.near)[-2:]
    near = [x for x in ledger.before(item, item.unit, 6) if x.sentence == item.sentence and x.reading.value is not None and x.value > item.value]
    if item.reading.kind == "duration":
        return next((x for x in near if x.reading.unit == item.reading.unit and x.role == "level"), None)
    changes = changes or bool(re.search(r"增|减|折合", item.near))
    usable = [x for x in near if (x.is_level and (changes or x.role != "plan")) or (changes and x.role == "increment")]
    if re.search(r"增加|减少", item.near):
        # 日均增加364户: over what was added, not over all there are
        usable = [x for x in usable if x.role == "increment" or re.search(r"新?增|减", x.near)]
    usable = [x for x in usable if x.role != "from" and standing(x) and not re.search(r"日[\u4e00-\u9fff]{0,2}能力|每[天日]", x.near)] or usable
    usable.sort(key=lambda x: len(about) == 2 and about not in x.near)
    return usable[0] if usable else None


def _total_behind(ledger: Ledger, item: Item) -> Item | None:
    """日均发送旅客7.3万人次，全年2664.5万人次: the total right behind the average."""
    behind = [x for x in ledger.items[item.n + 1 : item.n + 3] if x.sentence == item.sentence and x.reading.kind != "duration"][:1]
    fits = [x for x in behind if x.unit == item.unit and x.is_level and x.value > item.value and _ALL.search(x.lead + x.near)]
    return fits[0] if fits else None


_ALL = re.compile(r"全年|累计|共|合计|总量|总计")


def _before(ledger: Ledger, item: Item) -> Item | None:
    """三季度业务量9.84亿件。…日均处理1069.6万件: the first figure of the unit in the nearest sentence that has one."""
    near = [
        x for x in ledger.before(item, item.unit, 12)
        if x.turn == item.turn and item.sentence - x.sentence <= 3 and x.is_level and x.role not in ("plan", "prior", "from") and x.value > item.value
        and x.bracket < 0 and ledger.host(x.n) is None and len(ledger.chain(x)) == 1
    ]
    first = [x for x in near if x.sentence == near[0].sentence]
    return first[-1] if first else None


def changed_a_year(ledger: Ledger, item: Item) -> Product | None:
    """四年降了3.2个百分点，平均每年0.8个百分点; 比2012年增加9486万人，年均增加1054万人; 由65.8%降至56%，年均下降1.4个百分点."""
    before = ledger.items[item.n - 1] if item.n else item
    if not _YEARLY.search(item.near) or before.sentence != item.sentence or before.reading.value is None or before.bracket != item.bracket:
        return None
    if before.unit == item.unit and before.role in ("increment", "change"):
        n = _since(before) or _told(ledger, item, before)
        said, assumed = f" ÷ {n}", (f"按{n}年计", f"taken over {n} years")
        return Product(item, before, Fraction(1, n), CHANGED, said=said, assumed=assumed) if n else None
    return _between(ledger, item, before)


def _since(before: Item) -> int:
    since = before.comparison.with_ if before.comparison is not None else ""
    end = before.period.end if before.period is not None else None
    n = int(end[:4]) - int(since) if end and since.isdigit() else 0
    return n if n > 1 else 0


def _told(ledger: Ledger, item: Item, before: Item) -> int:
    for x in reversed(ledger.items[max(0, item.n - 4) : item.n]):
        if x.sentence == item.sentence and x.reading.kind == "duration" and x.reading.unit == "年" and x.reading.value is not None and x.value > 1:
            return int(x.value)
    m = next(reversed([*_SPAN.finditer(ledger.text, ledger.sentences[item.sentence][0], before.start)]), None)
    if m is not None:
        return _DIGITS[m["n"]]
    stretch = years(ledger, item, before)
    return int(stretch.number) if stretch is not None else 0


# 五年提高32.3个百分点: the number of years stands bare before the verb
_SPAN = re.compile(r"(?<![\d一二三四五六七八九十第])(?P<n>[两二三四五六七八九十])年(?:共|累计|间|来|里|内|总共)?(?:提|降|升|增|减|上|下|缩|回)")
_DIGITS = {"两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_YEAR = re.compile(r"(?:19|20)\d\d")


def _between(ledger: Ledger, item: Item, now: Item) -> Product | None:
    """From one level or rate to another, over the years between: 由65.8%降至56%，年均下降1.4个百分点."""
    then = ledger.items[now.n - 1] if now.n else now
    kinds = {item.reading.kind, now.reading.kind, then.reading.kind}
    same = kinds == {"points", "rate"} or (len(kinds) == 1 and item.unit == now.unit == then.unit)
    if not same or then.sentence != item.sentence or then.role != "from" or then.reading.value is None or not _CHANGE.search(item.near):
        return None
    a, b = _YEAR.findall(then.lead), _YEAR.findall(now.lead)
    n = int(b[-1]) - int(a[-1]) if a and b else _told(ledger, item, then)
    if n < 2:
        return None
    more, less = (now, then) if now.value > then.value else (then, now)
    return Product(item, more, Fraction(1, n), FROM_TO, less=less, said=f" ÷ {n}", assumed=(f"按{n}年计", f"taken over {n} years"))


_CHANGE = re.compile(r"新?增|减|升|降|提高|扩大|缩小|回落")
