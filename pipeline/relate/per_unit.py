"""So much for each: 人均花费906.85元, 每千人口床位7.26张, 单票收入8.90元, 平均每个团队1537人, 46.8/10万.

One reader with two strengths. Where the total and the heads both stand in the sentence and no other figure could be
meant, the finding says so when they do not fit (``HERE``); a total or heads from further off only confirm (``FAR``).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from fractions import Fraction

from .divisors import Divisor, divisor, timed
from .items import Item
from .ledger import Ledger
from .lengths import TAKEN
from .products import Product

HERE = "per head"
FAR = "an amount over the number of what it is for"
_REACH = 3
_GROWTH = re.compile(r"增长|下降|增幅|增速|提高|回落|增加(?!值)")
_ENDS = re.compile(r"(?:数量|总数|人数|数|额|量|费用|资金|金额|面积|规模|件)$")
_NOT = re.compile(r"未|不|无|没")
_POPULATION = re.compile(r"人口|常住|户籍|居民|参保")
_ONLY = re.compile(r"覆盖|惠及|涉及|受益|服务|共有|涵盖|发放给")
# How many of the first unit one of the second makes.
SAME_IN: dict[str, dict[str, Fraction]] = {
    unit: {other: Fraction(n) for other, n in more.items()}
    for unit, more in {
        "公斤": {"吨": "1000", "斤": "1/2"}, "斤": {"吨": "2000", "公斤": "2"}, "升": {"立方米": "1000"}, "米": {"公里": "1000"},
        "克": {"公斤": "1000", "吨": "1000000"}, "次": {"人次": "1"}, "人": {"人次": "1"}, "人次": {"次": "1"}, "部": {"户": "1"},
        "平方米": {"公顷": "10000", "亩": "2000/3"}, "千瓦": {"兆瓦": "1000"}, "度": {"千瓦时": "1"}, "只": {"羽": "1"}, "亩": {"公顷": "15"},
        "毫升": {"升": "1000"}, "公里": {"吨公里": "1", "人公里": "1"}, "日": {"人天": "1"}, "天": {"人天": "1"}, "小时": {"千瓦时": "1"},
    }.items()
}


def per_unit(ledger: Ledger, item: Item) -> Product | None:
    """The total over the heads that an average speaks of."""
    more = item.role == "increment" and not ("增收" in item.near and not _COMPARED.search(item.lead))
    if more or item.role in ("prior", "from") or item.reading.kind not in ("count", "money", "quantity", "index", "duration"):
        return None
    if item.reading.value is None or item.value <= 0 or _GROWTH.search(item.near):
        return None
    d = divisor(ledger, item)
    if d is None:
        return None
    if timed(item):
        # 单车日均45人次: of so much a day
        if not re.search(r"日均|每[天日]", item.near) or _HAND.search(item.near):
            return None
        d = d._replace(totals=_DAILY, about="", strict=True)
    tops = [t for t in _tops(ledger, item, d) if t[0].reading.bound is None]
    heads = _heads(ledger, item, d, tops[0][0]) if tops else []
    if not heads:
        return None
    (top, factor), head = tops[0], heads[0]
    here = top.sentence == head.sentence == item.sentence and top.n < item.n and (head.n < item.n or _told(head))
    alone = len({x.n for x, _ in tops if x.sentence == item.sentence}) == 1 and len({x.n for x in heads if x.sentence == item.sentence}) == 1
    here = here and not _of_others(item, top, head)
    if not here and item.reading.bound is not None:
        # 超过5000辆 would fit far too much.
        return None
    scale = factor * d.many * _per(head, d)
    if _MONTH.search(item.near):
        # 户均月流量15GB, of the traffic of a year
        if top.months != (1, 12) and "全年" not in ledger.text[ledger.sentences[top.sentence][0] : top.start]:
            return None
        scale /= 12
    said = "" if scale == 1 else f" × {scale.numerator}" + (f"/{scale.denominator}" if scale.denominator != 1 else "")
    return Product(item, top, scale, HERE if here and alone else FAR, head, said=said)


_MARKER = re.compile(r"(?:平均)?每|[\u4e00-\u9fff]均|单[\u4e00-\u9fff]|平均")
_PLAIN = re.compile(r"其中|全[省市县区国州]|平均|当年|我[省市县]|目前|大约|约|[，、：]")


def _of_others(item: Item, top: Item, head: Item) -> bool:
    """过夜游客人均花费, 普通高中校均: the average names heads that neither the total nor the number speaks of."""
    m = _MARKER.search(item.near)
    words = _PLAIN.sub("", item.near[: m.start()]) if m is not None else ""
    said = top.words + head.words
    return "其中" in item.near or (len(words) > 1 and words[:2] not in said)


def _per(head: Item, d: Divisor) -> Fraction:
    """每公斤 over a number of 吨: one of the heads printed makes so many of those meant."""
    if not d.units or head.unit in d.units:
        return Fraction(1)
    return 1 / Fraction(SAME_IN.get(d.units[0], {}).get(head.unit, 1))


def levels_near(ledger: Ledger, item: Item, fits: Callable[[Item], bool], reach: int = _REACH) -> list[Item]:
    """Levels before ``item`` in its turn, the nearest first; those of its own sentence, then ``reach`` sentences back."""
    found = []
    for x in reversed(ledger.items[max(0, item.n - 60) : item.n]):
        if x.turn != item.turn or x.sentence < item.sentence - reach:
            break
        if standing(x) and not _after_a_change(ledger, x) and (x.bracket < 0 or x.bracket == item.bracket) and fits(x):
            found.append(x)
    return found


def standing(x: Item) -> bool:
    """A figure that may be a total or a number of heads."""
    kinds = ("count", "money", "quantity", "duration", "index")
    usable = x.reading.value is not None and x.value > 0 and x.reading.kind in kinds and "/" not in x.unit
    # 去年全省献血71.83万人次 is what the text speaks of; 占常住人口764.9万人的37.1% is a whole of something else.
    spoken = x.role in ("level", "to", "plan") or (x.role == "prior" and not _COMPARED.search(x.near))
    return usable and spoken and not x.tail.startswith(("的", "每")) and not x.near.endswith("每") and "均" not in x.near[-4:]


def _after_a_change(ledger: Ledger, x: Item) -> bool:
    """比上年分别增加366笔、29.7亿元: the second is a change as well; 16.3万台，即… is none, 即209.3亿元 is reckoned."""
    before = ledger.items[x.n - 1] if x.n else x
    beside = before.sentence == x.sentence and x.lead in ("、", "和") and before.role in ("increment", "growth", "average")
    return beside or x.lead.lstrip("，,").startswith("即")


_COMPARED = re.compile(r"同期|比|较|与|和|超过|同")


def _tops(ledger: Ledger, item: Item, d: Divisor) -> list[tuple[Item, Fraction]]:
    """What is shared out with the number that brings it to the unit of the average: by name, else the nearest."""
    units = {_unit(item): Fraction(1)} | {u: Fraction(v) for u, v in SAME_IN.get(_unit(item), {}).items()}
    rate = item.reading.kind == "index" and item.unit == "index"

    def fits(x: Item) -> bool:
        if (d.people and d.many > 1 and "人口" in x.near) or (len(d.noun) > 1 and x.unit in d.units and re.search(d.noun, x.near)):
            return False
        if rate:
            return x.reading.kind == "count" and x.is_level
        return _unit(x) in units and Fraction(x.value) * units[_unit(x)] * d.many > Fraction(item.value)

    pool: list[Item] = []
    if d.totals is not None:
        named = d.totals
        around = ledger.items[max(0, item.n - 20) : item.n]
        pool = [x for x in reversed(around) if x.turn == item.turn and x.reading.value is not None and fits(x) and named.search(x.near)]
        # 票房 before 国产片票房, 日均 before 1号线日均
        pool.sort(key=lambda x: (item.sentence - x.sentence if x.role != "average" else 0, len(x.name)))
    if d.totals is None or (not pool and not d.strict):
        pool = _by_name(ledger, item, d, levels_near(ledger, item, fits, _FAR))
    if not pool:
        # 日均办件2.05万件，平均每个窗口25件
        around = [x for x in reversed(ledger.items[max(0, item.n - 6) : item.n]) if x.sentence == item.sentence and x.role == "average"]
        pool = [x for x in around if x.reading.value is not None and fits(x) and _DAILY.search(x.near)]
    if not pool and d.many > 1:
        # 公路网密度为每百平方公里4.2公里，通车里程6720公里，全省面积16万平方公里
        pool = [x for x in ledger.items[item.n + 1 : item.n + 2] if x.sentence == item.sentence and standing(x) and fits(x)]
    return [(x, Fraction(1) if rate else units[_unit(x)]) for x in pool]


def _unit(x: Item) -> str:
    return x.reading.unit if x.reading.kind == "duration" else x.unit.partition("/")[0]


def _by_name(ledger: Ledger, item: Item, d: Divisor, pool: list[Item]) -> list[Item]:
    """Those that are called as the average is, else those of the sentence, parts behind their whole."""
    about = d.about or (item.name.rstrip("率") if item.unit == "index" else "")
    full = [x for x in pool if len(x.name) > 1 and (x.name == about or (len(about) > 1 and (x.name.endswith(about) or about.endswith(x.name))))]
    if full:
        return full
    some = [x for x in pool if _shares(about, x.name, x.sentence == item.sentence)]
    if some:
        return some
    near = [x for x in pool if x.sentence == pool[0].sentence and x.sentence >= item.sentence - _REACH]
    host = ledger.host(near[0].n) if near else None
    within = host is not None and host in near and ("其中" in near[0].lead or near[0].n < item.n - 1)
    beside = bool(near) and near[0].sentence == item.sentence and all(x.unit != item.unit for x in ledger.items[near[0].n + 1 : item.n])
    if beside and not within:
        return near
    return _wholes_first(ledger, near)


def _shares(about: str, name: str, here: bool) -> bool:
    """结案 and 审执结; 场地面积 and 面积; not 结案 and 未结."""
    stem = _ENDS.sub("", about) or about
    if not stem or not name:
        return False
    pairs = {stem[k : k + 2] for k in range(len(stem) - 1)} or {stem}
    hit = next((p for p in pairs if p in name), None)
    if hit is None and len(stem) == 2:
        # 结案 and 审结, 用肥 and 化肥: one character, at the end of the name
        hit = next((c for c in (stem if here else stem[0]) if name.endswith(c) and c not in "数量额人件"), None)
    return hit is not None and not _NOT.search(name[: name.find(hit)])


def _wholes_first(ledger: Ledger, pool: list[Item]) -> list[Item]:
    """A part that the average is not said of stands behind the whole it belongs to."""
    kept = [x for x in pool if not _enumerated(ledger, x)] or pool
    kept = [x for x in kept if ledger.host(x.n) is None and "其中" not in x.lead] or kept
    return [x for x in kept if _WHOLE.search(x.near)] or kept


def _enumerated(ledger: Ledger, x: Item) -> bool:
    """One of 214、263、301公里, which are years or places of a whole."""
    return sum(y.unit == x.unit or y.unit in ("index", "count", "") for y in ledger.chain(x)) > 1


_WHOLE = re.compile(r"全长|总长|总里程|正线|全线|总数|总量|合计|共(?!同|享|建)|总(?!部)")
_FAR = 8


def _told(x: Item) -> bool:
    """按常住人口793万人计算, 常住人口按5238万人算: said to be what it is taken over."""
    return bool(re.search(r"[按以]", x.near) and TAKEN.match(x.tail))


def _heads(ledger: Ledger, item: Item, d: Divisor, top: Item) -> list[Item]:
    """The number of heads: said to be taken, in the bracket behind, named, in the sentence, before it, of the population."""
    counts = _counts(d)

    def fits(x: Item) -> bool:
        return x.n != top.n and counts(x)

    said = [x for x in ledger.items[max(0, item.n - 8) : item.n + 4] if x.sentence == item.sentence and x.n != item.n and fits(x) and _told(x)]
    if said:
        return said[-1:]
    bracket = [x for x in ledger.items[item.n + 1 : item.n + 2] if x.bracket >= 0 and x.bracket != item.bracket]
    behind = [x for x in bracket if fits(x) and (standing(x) or x.role == "average")]
    if behind:
        return behind
    pool = levels_near(ledger, item, fits)
    if d.units == ("个",) and len(d.noun) > 1:
        # 平均每个环卫工人, of 环卫工人2.1万人次
        pool = pool + [x for x in levels_near(ledger, item, lambda x: x.reading.kind == "count" and x.n != top.n and x.unit != "个") if d.noun in x.words]
    if d.noun and not d.people:
        named = _called(d.noun, pool)
        if not named and len(d.noun) == 1 and not pool:
            # 场均: 家庭农场12.4万家
            named = [x for x in levels_near(ledger, item, lambda x: x.reading.kind == "count" and x.n != top.n) if d.noun in x.name[-2:]]
        pool = named if named or not d.units or d.units == ("个",) or not pool else pool
    if d.people and (d.many > 1 or d.noun == "人口"):
        pool = [x for x in pool if _POPULATION.search(x.words)] or _population(ledger, item) or ([] if d.noun else pool)
    return _chosen(ledger, item, d, pool, top) or _only_behind(ledger, item, d, fits)


def _called(noun: str, pool: list[Item]) -> list[Item]:
    """Those whose words hold the noun, else its first two characters, else all of its characters."""
    found = [x for x in pool if re.search(noun, x.words)]
    found = found or [x for x in pool if 2 < len(noun) <= 6 and "|" not in noun and noun[:2] in x.words]
    return found or [x for x in pool if 1 < len(noun) <= 6 and all(c in x.words for c in noun)]


def _chosen(ledger: Ledger, item: Item, d: Divisor, pool: list[Item], top: Item) -> list[Item]:
    """Heads that the total or the sentence names, else those of the sentence, else those before it, by the unit meant most."""
    said = ledger.text[ledger.sentences[item.sentence][0] : item.start]
    here = [x for x in pool if x.sentence == item.sentence]
    group = [x for x in here if not re.search("[；;]", ledger.text[x.end : item.start])]
    if len(group) == 1 and len(here) > 1 and top.n > group[0].n:
        # …；其中作价入股186项、金额14.88亿元，每项平均800万元
        return group
    fitting = [x for x in here or pool if len(x.name + x.tail) > 1 and (x.unit in d.units or not d.units)]
    named = [x for x in fitting if any(len(w) == 2 and w in top.near for w in (x.name[:2], x.tail[:2]))]
    named += [x for x in fitting if x not in named and x.sentence < item.sentence and len(x.name) > 1 and x.name in said]
    if named:
        return named
    best = [x for unit in d.units for x in here if x.unit == unit] or [x for unit in d.units for x in pool if x.unit == unit] or here or pool
    # 263列，其中去程151列、返程112列，平均每列: the whole is meant, not its last part.
    return _wholes_first(ledger, best)


def _only_behind(ledger: Ledger, item: Item, d: Divisor, fits: Callable[[Item], bool]) -> list[Item]:
    """户均减负7.19万元，覆盖38.2万户; 万车死亡率1.5，机动车保有量264万辆."""
    behind = [x for x in ledger.items[item.n + 1 : item.n + 3] if x.sentence == item.sentence and fits(x) and standing(x)]
    behind = [x for x in behind if x.n == item.n + 1 or d.many > 1]
    return [x for x in behind if _ONLY.search(x.near) or _STOCK.search(x.near) or d.many > 1]


_MONTH = re.compile(r"[人户车]均月|月[人户]均")
_DAILY = re.compile(r"日均|平均每[天日]|日(?:产生|产|处理|产出|发送|运送)")
_HAND = re.compile(r"每[人户名生][^，。]{0,2}每[天日]")
_STOCK = re.compile(r"人口|保有量|总面积|总数|总量")


def _counts(d: Divisor) -> Callable[[Item], bool]:
    units = set(d.units) | {u for unit in d.units for u in SAME_IN.get(unit, {}) if unit in ("公斤", "斤", "升", "米", "亩", "平方米")}

    def fits(x: Item) -> bool:
        if not units:
            return x.reading.kind == "count" or bool(d.noun and d.totals and x.reading.kind == "quantity")
        return x.unit in units or (x.unit in ("", "index", "count") and d.people and bool(_POPULATION.search(x.words)))

    return fits


def _population(ledger: Ledger, item: Item) -> list[Item]:
    """The population, wherever the turn names it."""
    told = [x for x in ledger.items[max(0, item.n - 200) : item.n + 12] if x.turn == item.turn and x.unit == "人" and "人口" in x.words and standing(x)]
    before = [x for x in reversed(told) if x.n < item.n]
    return before[:1] or [x for x in told if 0 <= x.sentence - item.sentence <= 1][:1]
