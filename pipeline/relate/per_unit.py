"""So much for each: 人均花费906.85元, 每千人口床位7.26张, 单票收入8.90元, 平均每个团队1537人, 46.8/10万.

One reader with two strengths. Where the total and the heads both stand in the sentence and no other figure could be
meant, the finding says so when they do not fit (``HERE``); a total or heads from further off only confirm (``FAR``).
"""

from __future__ import annotations

import re
from fractions import Fraction

from .divisors import Divisor, divisor, timed
from .heads import find, told
from .items import Item
from .ledger import Ledger
from .products import Product
from .standing import COMPARED, REACH, SAME_IN, levels_near, standing, wholes_first

HERE = "per head"
FAR = "an amount over the number of what it is for"
_FAR = 8
_GROWTH = re.compile(r"增长|下降|增幅|增速|提高|回落|增加(?!值)")
_ENDS = re.compile(r"(?:数量|总数|人数|数|额|量|费用|资金|金额|面积|规模|件)$")
_NOT = re.compile(r"未|不|无|没")
def per_unit(ledger: Ledger, item: Item) -> Product | None:
    """The total over the heads that an average speaks of."""
    more = item.role == "increment" and not ("增收" in item.near and not COMPARED.search(item.lead))
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
    heads = find(ledger, item, d, tops[0][0]) if tops else []
    if not heads:
        return None
    (top, factor), head = tops[0], heads[0]
    here = top.sentence == head.sentence == item.sentence and top.n < item.n and (head.n < item.n or told(head))
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
_MONTH = re.compile(r"[人户车]均月|月[人户]均")
_DAILY = re.compile(r"日均|平均每[天日]|日(?:产生|产|处理|产出|发送|运送)")
_HAND = re.compile(r"每[人户名生][^，。]{0,2}每[天日]")
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
    near = [x for x in pool if x.sentence == pool[0].sentence and x.sentence >= item.sentence - REACH]
    host = ledger.host(near[0].n) if near else None
    within = host is not None and host in near and ("其中" in near[0].lead or near[0].n < item.n - 1)
    beside = bool(near) and near[0].sentence == item.sentence and all(x.unit != item.unit for x in ledger.items[near[0].n + 1 : item.n])
    if beside and not within:
        return near
    return wholes_first(ledger, near)


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
