"""What an average is taken over: 每千人, 户均, 单票, 每个团队, 部/百人, 46.8/10万, 平均票价."""

from __future__ import annotations

import csv
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .items import Item
from .ledger import Ledger


class Divisor(NamedTuple):
    """``units`` the heads are counted in, best first, none where only ``noun`` names them; ``many`` of them at a time.

    ``noun`` names the heads, ``about`` what is shared out, ``totals`` how its total may be called; ``strict`` where it is called nothing else.
    """

    units: tuple[str, ...]
    many: Fraction
    noun: str
    about: str
    people: bool = False
    totals: re.Pattern[str] | None = None
    strict: bool = False


_MANY = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "十万": 100_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 10**8, "": 1}
_TIME = "天日月年周季时"
_EACH = re.compile(
    rf"(?:每|平均一|^一(?=[人名户]))(?![{_TIME}逢当到]|个?小时|个?工作日|个?季)(?P<many>\d+(?:\.\d+)?[万千百]?|十万|百万|千万|[百千万十](?![瓦米克卡]))?"
    r"(?P<rest>[\u4e00-\u9fff]*)"
)
_EACH_TIME = re.compile(rf"每(?:个)?(?:[{_TIME}]|小时|工作日)|[日月年周]均|一[{_TIME}](?:要|能|可|就)?[\u4e00-\u9fff]{0,2}$|平均一[{_TIME}]|日平均|月平均")
# 实现均衡, 三家均为: 均 is no mean there.
_MEAN = re.compile(
    r"(?P<x>[\u4e00-\u9fff]{1,3}?)均"
    r"(?!值|衡|匀|线|为|等|由|已|可|有|在|较|比|实现|达|超|创|保持|呈|居|位|高|低|好|列|未|不|能|属|按|从(?!业)|是|进|完|增(?!收|支|效|产)|下|上)(?P<rest>[\u4e00-\u9fff]*)$"
)
# 人均达2万元, but not 三家均达到
_REACHING = re.compile(r"(?<![各两三四五六七八九十每])(?P<x>[人户亩笔案校])均(?:达到?|为|超过?|约|近|在|有)+(?P<rest>)$")
_TAIL = re.compile(r"[^\u4e00-\u9fff].*|^(?:以上|左右|的|和|及|之间|[，。]).*")
_SINGLE = re.compile(
    r"(?<![简订清名菜保])单(?P<x>[票笔件台套头车店校户亩株箱吨井机客厂院馆站园场村桥船])"
    r"(?:平均)?(?P<rest>[\u4e00-\u9fff]*)$"
)
_PEOPLE = re.compile(r"(?:居民|群众|市民|村民|人口)平均(?P<rest>[\u4e00-\u9fff]*)$")
_OF_NOUN = re.compile(r"(?P<noun>[\u4e00-\u9fff]{2,4})平均(?:每[个家名件])?(?P<rest>[\u4e00-\u9fff]*)$")
_RATE = re.compile(
    r"(?P<many>十万|百万|千万|万|千|百)(?P<x>人口|车|台|人|公里|辆|户|家|吨|平方公里|架次|小时|车次|床|例|名|位)"
    r"(?P<rest>[\u4e00-\u9fff]*(?:率|数|量|比))(?:达到?|为|是|约)*$"
)
# 吨钢利润, 度电成本
_OF_STUFF = re.compile(
    r"(?<![千万亿\d])(?P<x>吨|度)(?P<noun>[钢煤电铝纸粮糖盐油矿水])"
    r"(?P<rest>(?:平均)?(?:利润|成本|综合|耗|电耗|毛利|盈利|补贴|费用)[\u4e00-\u9fff]*)$"
)
# 平均每场30人, of 考场2160个
_PLACES = "场校馆店院村站园厂镇乡县桥"
_ONE = re.compile(r"单(?:个|家|条|座|辆|台|名|所)(?P<noun>[\u4e00-\u9fff]{2,6}?)(?:[日月年]均|平均)(?P<rest>[\u4e00-\u9fff]*)$")
_ONE_EACH = re.compile(r"平均单(?:个|家|条|座|辆|台|名|所)(?P<noun>[\u4e00-\u9fff]{2})(?P<rest>[\u4e00-\u9fff]*)$")
_AREA = re.compile(r"单位(?P<noun>(?:建筑|供热|种植|播种)?面积)(?P<rest>[\u4e00-\u9fff]*)$")
_OF_VALUE = re.compile(r"(?P<many>万|亿)元(?P<noun>[\u4e00-\u9fff]{0,6}?(?:生产总值|GDP|增加值|产值|营业收入))(?P<rest>[\u4e00-\u9fff]*)$")
_SLASH = re.compile(r"^/(?P<many>\d+[万千百]?|[百千万十]+)?(?P<x>人|户|台|车|公里)?")
_BEFORE = re.compile(
    r"(?:平均到|均摊到|分摊到|摊到|分到|落到|具体到|折算到|平均)每(?P<many>十万|百万|[百千万十])?(?P<rest>[\u4e00-\u9fff]{1,6})[，,](?:[^，,。；;]*)$"
)
_VERB = re.compile(r"(?:平均|拥有|享有|具有|持有|占有|配备|配有|达到?|大约|约|近|超过?|只有|仅有|仅|就有|有|为|是|的|了|已|可|应|分摊|承担|负责|管理|服务)+")
_CENSUS = re.compile(r"^(?:人口|常住人口|户籍人口|居民|人)")


# 客运强度0.42万人次每公里日: passengers of a day over the length of the lines
_INTENSITY = re.compile(r"[/每](?:日)?公里[·./每]?[日天]|[/每][日天][·./每]?公里")
_INTENSE = re.compile(r"日均|每[日天]")


class _Named(NamedTuple):
    word: re.Pattern[str]
    totals: re.Pattern[str]
    heads: str
    units: tuple[str, ...]


@cache
def heads() -> dict[str, tuple[str, ...]]:
    """人均, 户均, 每件, 校均: in which units what the word stands for is counted, the usual one first (heads.tsv)."""
    with (Path(__file__).parent / "heads.tsv").open(encoding="utf-8", newline="") as lines:
        return {r["word"]: tuple(r["units"].split("|")) for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def _named() -> tuple[_Named, ...]:
    with (Path(__file__).parent / "averages.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    return tuple(_Named(re.compile(r["average"]), re.compile(r["total"]), r["heads"], tuple(u for u in r["units"].split("|") if u)) for r in rows)


def divisor(ledger: Ledger, item: Item) -> Divisor | None:
    """What the words of a figure say that it is per; a second member of a list shares the words of the first."""
    found = _read(ledger, item)
    if found is not None or not item.n or item.lead[:1] not in ("、", "和", "及"):
        return found
    before = ledger.items[item.n - 1]
    if before.sentence != item.sentence or before.role != "average" or (before.unit != item.unit and "每" not in before.near):
        return None
    first = divisor(ledger, before)
    return first._replace(about=item.name) if first is not None and len(item.name) > 1 else None


def _read(ledger: Ledger, item: Item) -> Divisor | None:
    near = item.near
    first = _slashed(item) or _right_before(ledger, item)
    if first is not None:
        return first
    each = next((m for m in reversed([*_EACH.finditer(near)]) if m["rest"] or m["many"]), None)
    called = next((row for row in _named() if row.word.search(near)), None)
    if each is not None:
        found = _each(ledger, item, each["many"] or "", each["rest"], each.end() == len(near))
        return found._replace(totals=called.totals) if found is not None and called is not None else found
    for pattern in (_MEAN, _REACHING, _SINGLE):
        m = pattern.search(near)
        word = _counted(m["x"]) if m is not None else ""
        if m is not None and not word and m["x"] and m["x"][-1] not in _TIME and called is None and _named_so(ledger, item, m["x"][-1]):
            # 点均: of 快递服务点3.1万个
            return Divisor((), Fraction(1), m["x"][-1], _about(m["rest"]))
        if m is not None and word and word not in _TIME:
            if called is not None:
                return Divisor(heads()[word], Fraction(1), called.heads, "", False, called.totals)
            noun = word if len(word) == 1 and (word not in heads()[word] or word in "场") and word not in "人口" else ""
            return Divisor(heads()[word], Fraction(1), noun, _about(m["rest"]) or _TAIL.sub("", item.tail)[:4], word in "人口")
    if called is not None:
        return Divisor(called.units, Fraction(1), called.heads, "", False, called.totals)
    return _others(ledger, item)


def _named_so(ledger: Ledger, item: Item, char: str) -> bool:
    """Whether a number before counts what ends in the character."""
    return any(x.reading.kind == "count" and x.name.endswith(char) and len(x.name) > 1 for x in ledger.items[max(0, item.n - 8) : item.n])


def _others(ledger: Ledger, item: Item) -> Divisor | None:
    m = _RATE.search(item.near)
    if m is not None and item.reading.kind in ("index", "count", "money", "quantity"):
        people = m["x"] in ("人", "人口")
        if m["x"] in "名位":
            return Divisor(("人",), Fraction(_MANY[m["many"]]), m["rest"][:2], m["rest"][2:].rstrip("率数量比"))
        return Divisor(heads()["人" if people else m["x"]], Fraction(_MANY[m["many"]]), "", m["rest"].rstrip("率数量比"), people)
    m = _OF_VALUE.search(item.near)
    if m is not None:
        return Divisor(("CNY",), Fraction(_MANY[m["many"]]), m["noun"], _about(m["rest"]), False)
    m = _ONE.search(item.near) or _ONE_EACH.search(item.near)
    if m is not None:
        return Divisor((), Fraction(1), m["noun"], _about(m["rest"]))
    m = _AREA.search(item.near)
    if m is not None:
        return Divisor(("平方米", "亩", "公顷"), Fraction(1), "面积", _about(m["rest"]))
    m = _OF_STUFF.search(item.near)
    if m is not None:
        return Divisor(heads()[m["x"]], Fraction(1), m["noun"], _about(m["rest"]))
    m = _PEOPLE.search(item.near)
    if m is not None:
        return Divisor(("人",), Fraction(1), "人口", _about(m["rest"]), True)
    m = _BEFORE.search(item.lead)
    if m is not None:
        return _each(ledger, item, m["many"] or "", m["rest"] + item.name, True)
    m = _OF_NOUN.search(item.near)
    return Divisor((), Fraction(1), m["noun"][-2:], _about(m["rest"])) if m is not None else None


def _right_before(ledger: Ledger, item: Item) -> Divisor | None:
    """每10万剂次12.0例: the number of heads is read as a figure of its own."""
    step = ledger.items[item.n - 1] if item.n else item
    if step is item or not step.near.endswith("每") or step.reading.value is None or step.value <= 0 or step.reading.kind not in ("count", "quantity"):
        return None
    words = re.fullmatch(r"(?P<about>[\u4e00-\u9fff]{0,8}?)(?:约|有|为|仅|达)*", ledger.gap(step, item))
    if words is None or "标准" in words["about"]:
        return None
    return Divisor((step.unit,), Fraction(step.value), "", _about(words["about"]), step.unit == "人")


def _slashed(item: Item) -> Divisor | None:
    """121.5部/百人, 46.8/10万, 千瓦时/万元."""
    unit = item.reading.unit
    if _INTENSITY.match("/" + unit.partition("/")[2] + item.tail) or _INTENSITY.match(item.tail):
        return Divisor(("公里",), Fraction(1), "", "", False, _INTENSE, strict=True)
    text = "/" + unit.partition("/")[2] if "/" in unit else item.tail if item.tail.startswith("/") else ""
    m = _SLASH.match(text)
    if m is None or not text:
        return None
    many, x = m["many"] or "", m["x"] or ""
    if not many and not x:
        word = text[1:]
        return Divisor(heads()[word], Fraction(1), "", _about(item.name)) if word in heads() else None
    if text[1:] in ("万元", "亿元"):
        return Divisor(("CNY",), Fraction(_MANY[text[1:2]]), "", "")
    return Divisor(heads()[x or "人"], _many(many), "", _about(item.name.rstrip("率")), x in ("", "人"))


def _each(ledger: Ledger, item: Item, many: str, rest: str, whole: bool) -> Divisor | None:
    """The unit that stands behind 每, then the words for the heads and for what they have."""
    for k in (4, 3, 2, 1):
        word = rest[:k]
        if len(word) < k:
            continue
        units = heads().get(word) or _unit_of(ledger, word)
        if units and not (word == "元" and not many):
            tail = rest[k:]
            if word == "人" and tail.startswith("口"):
                noun, tail = "人口" + tail[1:], tail[1:]
            else:
                noun = tail
            people = word in ("人", "名", "位", "口") and bool(_CENSUS.match(noun) or not _VERB.split(tail)[0])
            head, about = _head(ledger, item, noun)
            about = about + _TAIL.sub("", item.tail)[:4] if about != head else about
            head = head or (word if len(word) == 1 and word in _PLACES else "")
            # 每百元营业收入中的成本
            inner = re.search(r"中的(?P<what>[\u4e00-\u9fff]{2,4})", tail)
            totals = re.compile(inner["what"]) if inner is not None else None
            return Divisor(units, _many(many), head, about, people, totals, totals is not None)
    if many and not rest:
        return Divisor(("人",), _many(many), "", "", True)
    if re.match(r"人口|居民", rest) and many:
        return Divisor(("人",), _many(many), "人口", _about(rest[2:]), True)
    return Divisor((), _many(many), rest[:2], _about(rest[2:])) if rest and whole else None


def _head(ledger: Ledger, item: Item, words: str) -> tuple[str, str]:
    """家庭医生 of 家庭医生服务; 投诉 and 挽回 of 投诉挽回; nothing and 床位 of 拥有床位."""
    words = words.partition("每")[0]
    first = _VERB.split(words)[0]
    for k in range(min(len(first), 6), 1, -1):
        if any(first[:k] in x.words and x.n != item.n for x in ledger.items[max(0, item.n - 60) : item.n + 4]):
            # 核销 of 每张核销 may name both the heads and what is shared out.
            return first[:k], _about(words[k:]) or first[:k]
    return (first[:2] if len(first) > 1 else ""), _about(words[2 if len(first) > 2 else len(first) :])


def _about(words: str) -> str:
    return _VERB.sub("", words)[-6:]


def _counted(words: str) -> str:
    return next((words[-k:] for k in (3, 2, 1) if words[-k:] in heads()), "")


def _unit_of(ledger: Ledger, word: str) -> tuple[str, ...]:
    """每对, 每艘: any measure word that the document counts something in."""
    unit = ledger.measure_words.get(word)
    return (unit,) if unit is not None else ()


def _many(word: str) -> Fraction:
    m = re.fullmatch(r"(?P<n>\d+(?:\.\d+)?)(?P<x>[万千百])?", word)
    if m is not None:
        return Fraction(m["n"]) * _MANY[m["x"] or ""]
    return Fraction(_MANY.get(word, 1))


def timed(item: Item) -> bool:
    """Whether the figure is also one per day, month or year."""
    return bool(_EACH_TIME.search(item.near))
