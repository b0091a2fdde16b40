"""The whole of a share: what the words behind 占 name, and which figures may be the part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .elsewhere import elsewhen
from .items import Item
from .ledger import Ledger
from .names import clean, lead_off, metric_of

if TYPE_CHECKING:
    from .quotient import Quotient

GENERIC = re.compile(
    r"^(?:到|比|据|了)?(?:同期)?(?:其|全部|整个|总体|总|所有|全市|全省|全县|全区|全国|全州|该)?(?:项目|案件|企业|问题|工单|诉求|病例)?(?:的)?(?:总|全部|整体)?"
    r"(?:数|量|额|体|数量|金额|人数|数额|规模|比重|比例|户数|件数|个数|盘子|面积)?(?:的)?(?:比重|比例|份额)?(?:分别)?(?:为|达到?|是|约|近|超过?|的|:|提升至|上升到|提高到)*$"
)
_SHARE_OF = re.compile(
    r"占(?P<a>(?:[^占，。])*)$|在(?P<b>[^，。在]{2,20}?)(?:中|里)的?(?:占比|比重|份额)[^，。]{0,6}$"
    r"|在(?P<d>[^，。在]{2,20}?)(?:中|里)所?占$|为(?P<c>[^，。]{2,16})的$"
)
_LEADING = re.compile(
    r"^(?:到(?=全|总|整|其|了)|比(?!重|例)|据|了|其|全部|整个|当年|同期|本市|我市|我省|我县|我区|全市|全省|全县|全区|全州|全行业|该|地区|总)+"
)
_TRAILING = re.compile(
    r"(?:的|总量|总数|总额|总值|总人数|总规模|总|比重|比例|份额|分别|为|达到?|约|近|超过?|数量|金额|左右|人数|量|数|到|是|"
    r"保持在|提升至|:)+$"
)
# The only figure before may be the whole: what is built on it never accuses.
GUESSED = "占 without an object: the figure before"
GUESSED_AGAIN = GUESSED + ", as for its sibling"
SIBLINGS = "占 without an object: the whole of its siblings"
_NATION = re.compile(r"全国|全球|世界|同类|同期")


def numerator(ledger: Ledger, claim: Item, *, plan: bool = True) -> Item | None:
    """The nearest level before the claim in its sentence; for a claim in brackets the figure before the bracket."""
    for item in reversed(ledger.items[max(0, claim.n - 14) : claim.n]):
        if item.sentence != claim.sentence or item.turn != claim.turn:
            return None
        if item.bracket >= 0 and item.bracket != claim.bracket:
            continue
        if item.is_level and (plan or item.role != "plan"):
            return item
    return None


def runs(ledger: Ledger, first: Item) -> list[list[Item]]:
    """Lists of figures before ``first`` in its sentence, the nearest first: joined members, or one figure per clause."""
    found: list[list[Item]] = []
    n = first.n - 1
    while n >= max(0, first.n - 24) and ledger.items[n].sentence == first.sentence:
        run = ledger.chain(ledger.items[n])
        found.append(run)
        n = run[0].n - 1
    levels = [r[0] for r in reversed(found) if len(r) == 1 and r[0].is_level]
    if len(levels) >= 2:
        found.extend(levels[i:] for i in range(len(levels) - 1))
    return found


def share_words(claim: Item) -> str:
    """The words between 占 and the rate, without what only leads over to the number."""
    m = _SHARE_OF.search(claim.near)
    if m is None:
        return ""
    return m["a"] or m["b"] or m["d"] or m["c"] or ""


_SUBJECT = re.compile(r"^(?P<s>[^占]{2,16}?)(?:的)?(?:分别|合计|约|共|所|仅|就|恰好|总计|只|却|均|都|已|也|还)*占(?:比)?")
_TOGETHER = re.compile(r"合计占|共占|合占|一共占|总共占|合起来占|两项占|三项占|之和占")
_NO_SUBJECT = re.compile(
    r"^(?:其中|同比|恰好|合计|共|约|分别|比重|总计|两者|三者|二者|三地|上述|以上|三项|两项|大约|已经?|也|还|则|均|都|仅|就|"
    r"一共|规模|数量|金额|总量|个数|件数|户数|家数|人数|宗数|只|却)+$"
)


def subject_words(near: str) -> str:
    """What the words before 占 say has the share: 专项债券占72.9%; empty where the clause names nothing."""
    m = None if near.startswith("在") else _SUBJECT.match(lead_off(near))
    words = clean(m["s"]) if m else ""
    return "" if not words or _NO_SUBJECT.match(words) or len(words) < 2 else words


_TELLING = 3


_NAMES = re.compile(r"^(?P<names>[^，。；;]+?)(?:的)?(?P<tail>[^、和及与，。；;]{0,8}?)(?:(?:分别|依次|各)(?P<verb>[^，。；;]{0,8}))?$")


def named_with(ledger: Ledger, item: Item) -> str:
    """The words of a figure; 乙类14种、2317例 and 城镇、农村分别达到14862元和5937元: those that a list gives it."""
    first = item
    while first.n and first.near in ("、", "") and ledger.gap(ledger.items[first.n - 1], first) == "、" and ledger.items[first.n - 1].unit != item.unit:
        first = ledger.items[first.n - 1]
    if first is not item:
        return first.near + item.tail
    chain = ledger.chain(item)
    m = _NAMES.match(lead_off(chain[0].near)) if len(chain) > 1 else None
    names = re.split(r"[、和及与]", m["names"]) if m else []
    if m is None or len(names) != len(chain):
        return item.words
    # 城镇居民、农村居民人均收入分别: what stands behind the last name is said of all.
    return names[chain.index(item)] + m["tail"] + item.tail


def named_part(ledger: Ledger, claim: Item, subject: str, unit: str | None, limit: int) -> Item | None:
    """The figure that carries the words before 占: in the sentence, else in the sentence before; None when none does."""
    before = ledger.items[claim.n - 1] if claim.n else claim
    classed = before.reading.kind == "threshold" and before.sentence == claim.sentence
    short = re.sub(r"(?:人数|数量|金额|总量|面积|产量|数|额|量|案件|的)$", "", subject)
    # 16-59岁人口占61.5%: a class names its own share, and 人口 alone names no figure of another sentence.
    for reach in (0,) if classed else (0, 1, 3) if len(subject) > _TELLING else (0, 1):
        for item in reversed(ledger.items[max(0, claim.n - 24) : limit]):
            if claim.sentence - item.sentence > reach or item.turn != claim.turn:
                break
            if reach and len(subject) < _TELLING and not (item.name.startswith(subject) and ledger.host(item.n) is not None):
                # 税收占一般公共预算收入的比重, behind its list: a short name names only a member of one.
                continue
            if not item.is_level or item.role == "plan" or (unit is not None and item.unit != unit):
                continue
            if any(len(w) >= 2 and re.search(rf"(?<![非不未无]){re.escape(w)}", named_with(ledger, item)) for w in (subject, short)):
                return item
    return None


_LARGEST = re.compile(
    r"(?P<s>[^，。；;]{2,14}?)(?:所占)?(?:的)?(?:比重|份额|占比|比例|数量|金额)?"
    r"(?:最[高大多]|居首|居第一|第一)[，,](?:达到?|为|占|高达|占比达?)*$"
)


def _largest(ledger: Ledger, claim: Item) -> str:
    """贷款和社会资本比重最高，达39.8%: what the clause before says has the share."""
    m = _LARGEST.search(ledger.text, ledger.sentences[claim.sentence][0], claim.start)
    return clean(m["s"]) if m else ""


def numerators(ledger: Ledger, claim: Item) -> tuple[Item, ...]:
    """The figure that the words before 占 name, else the nearest; with 合计占 those of the list."""
    subject = subject_words(claim.near) or _largest(ledger, claim)
    several = _several(ledger, claim, subject)
    if several:
        return several
    part = named_part(ledger, claim, subject, None, claim.n) if subject else numerator(ledger, claim)
    if part is not None and _TOGETHER.search(claim.near):
        run = next((r for r in runs(ledger, claim) if len(r) > 1 and r[-1].n == part.n), None)
        return tuple(run) if run else (part,)
    return () if part is None else (part,)


def _several(ledger: Ledger, claim: Item, subject: str) -> tuple[Item, ...]:
    """重症和危重症合计占…: every name its figure, or none."""
    names = re.split(r"[、和及与]", subject)
    if len(names) < 2 or claim.listed or "分别" in claim.near or len(ledger.chain(claim)) > 1:
        return ()
    found = [named_part(ledger, claim, name, None, claim.n) if len(name) >= 2 else None for name in names]
    told = tuple(x for x in found if x is not None)
    return told if len(told) == len(names) == len({x.n for x in told}) and len({x.unit for x in told}) == 1 else ()


def named_before(claim: Item, part: Item, words: str, done: dict[int, Quotient], ledger: Ledger) -> Item | None:
    """The same words behind 占 mean the same whole, within one turn."""
    key = _key(words)
    for n in reversed(done):
        if claim.n - n > 60 or ledger.items[n].turn != claim.turn:
            return None
        whole = done[n].denominator
        if _key(share_words(ledger.items[n])) == key and whole.unit == part.unit and whole.value >= part.value and whole.n != part.n:
            return whole
    return None


def carried(ledger: Ledger, claim: Item, part: Item, done: dict[int, Quotient]) -> tuple[Item, str] | None:
    """Shares in one sentence are shares of one whole, until another is named."""
    for n in range(claim.n - 1, max(-1, claim.n - 14), -1):
        if ledger.items[n].sentence != claim.sentence:
            return None
        if n in done and ledger.items[n].role in ("share", "bare"):
            if (done[n].numerators[0].role == "plan") != (part.role == "plan"):
                return None
            return done[n].denominator, GUESSED_AGAIN if done[n].template.startswith(GUESSED) else SIBLINGS
    return None


def unprinted(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> bool:
    """第一剂530万人、占常住人口的86.3%，第二剂510万人、占83.1%: the whole that the share before it names is not printed."""
    for item in reversed(ledger.items[max(0, claim.n - 8) : claim.n]):
        if item.sentence != claim.sentence:
            return False
        if item.role == "share" and item.reading.kind == "rate":
            words = share_words(item)
            return item.n not in done and bool(words) and not GENERIC.match(words)
    return False


def unprinted_bare(ledger: Ledger, claim: Item, done: dict[int, Quotient]) -> bool:
    """0—14岁144万人，占18%；…；60岁及以上160万人，占20%，其中65岁及以上120万人，占15%: the whole of the shares before is not printed."""
    before = [x for x in ledger.items[max(0, claim.n - 10) : claim.n] if x.sentence == claim.sentence and x.role == "share" and x.reading.kind == "rate"]
    return bool(before) and all(x.n not in done and not share_words(x) for x in before)


def _key(words: str) -> str:
    return _TRAILING.sub("", _LEADING.sub("", words)).replace("亡人", "死亡")


# 占同类产品的, 占新增装机的: what these words narrow down is not the figure that lacks them.
_NARROW = re.compile(r"同类|同期|同行业|新增|新设|新批|新建|新开工|增量|净增")


def named_whole(ledger: Ledger, claim: Item, part: Item, host: Item | None, words: str) -> tuple[Item, str] | None:
    """The figure that X in 占X names: same metric first, then same words; one period, the plainest name, the nearest."""
    key = _key(words)
    narrow = _NARROW.search(words)
    metric = metric_of(key)
    siblings = ledger.siblings(part.n)
    found = [
        x for x in ledger.before(claim, part.unit, 60)
        if x.n != part.n and x.turn == claim.turn and x.is_level and x.role != "plan" and x.value >= part.value
        and (x.n not in siblings or (len(key) >= 4 and key in x.words))
    ]
    found = [x for x in found if _fits(ledger, x, key, metric) and (not narrow or narrow[0] in x.words)]
    if narrow and not found:
        return None
    if host is not None and ((host in found and (key in host.near + host.tail or metric)) or not key):
        return host, "占X: X names the whole of the list"
    if not found:
        sized = nearest_level(ledger, claim, part, key)
        if sized is not None:
            return sized, "占X: the size of the set"
        if host is not None and not _NATION.search(words):
            return host, "占X: the whole of the list, X not found"
        return None
    # 占支出总额: the whole, not 民生支出, which is a part of it.
    found = [x for x in found if x.name == key] or [x for x in found if ledger.host(x.n) is None] or found
    same = [x for x in found if x.period == part.period] or found
    plain = min(len(x.name) for x in same)
    best = [x for x in same if len(x.name) <= plain + 2]
    values = {x.value for x in best}
    if not metric and key not in best[0].near + best[0].tail and best[0].name != key:
        return best[0], "占X: X says more than the figure"
    if elsewhen(best[0], part):
        return best[0], "占X: a figure of another place or time that X names"
    return best[0], "占X: the only figure that X names" if len(values) == 1 else "占X: the nearest figure that X names"


def _fits(ledger: Ledger, item: Item, key: str, metric: str | None) -> bool:
    """Whether the words behind 占 and the words of the figure name one thing."""
    if metric is not None and item.metric is not None:
        return metric == item.metric or item.name == key
    if len(key) < 2:
        return False
    # 全程接种人数占全省常住人口5012万人的: behind 占 stands the name of the figure, before it that of the part.
    words = named_with(ledger, item).rsplit("占", 1)[-1]
    bare = key.replace("总", "")
    name = item.name or clean(words)
    if key in words or (len(bare) >= 3 and bare in words) or (len(key) >= 4 and key[-4:] in words):
        return True
    return (len(name) >= 3 and name in key) or (len(name) == 2 and key.startswith(name) and key != name)


def sole_before(ledger: Ledger, claim: Item, part: Item) -> Item | None:
    """占总数的, 占同期总量的: the one figure of the unit, part of no list, in the nearest sentence before that has any."""
    found = [
        x for x in ledger.before(claim, part.unit, 12)
        if x.turn == claim.turn and claim.sentence - 3 <= x.sentence < claim.sentence and x.is_level and x.role != "plan"
        and x.value >= part.value and x.bracket < 0 and ledger.host(x.n) is None
    ]
    nearest = [x for x in found if x.sentence == found[0].sentence]
    return nearest[0] if len(nearest) == 1 else None


def nearest_level(ledger: Ledger, claim: Item, part: Item, key: str) -> Item | None:
    """占项目总数: the count that carries the name of the set the part belongs to."""
    if part.subject is None or part.reading.kind != "count" or key not in ("项目", "企业", "工程", ""):
        return None
    noun = part.subject[:-2]
    found = [
        x for x in ledger.before(claim, part.unit, 40)
        if x.subject == part.subject and noun and noun in x.words and x.value >= part.value and x.n != part.n
    ]
    # 106个市级重点项目已开工102个: the name touches the size of the set.
    touching = [x for x in found if noun in x.tail[: len(noun) + 3]]
    return next(iter(touching or found), None)
