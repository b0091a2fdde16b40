"""Output over area: 平均亩产394.7公斤 = 总产量 ÷ 播种面积, brought to one unit, the total before or behind."""

from __future__ import annotations

import re
from fractions import Fraction

from .items import Item
from .ledger import Ledger
from .products import Product

TEMPLATE = "yield: output over area"
_MASS = {"斤": Fraction(1, 2), "公斤": Fraction(1), "吨": Fraction(1000)}
_AREA = {"亩": Fraction(1), "公顷": Fraction(15)}
_YIELD = re.compile(
    r"(?:每|平均)?(?P<area>亩|公顷)(?:平均)?(?:单)?产|单产(?:水平)?(?:达到?|为)?每?(?P<b>亩|公顷)|折合每(?P<c>亩|公顷)|每(?P<d>亩|公顷)(?:单)?产|(?P<e>亩)均产(?!值)"
)
_CROP = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,6}?)(?:平均|的)?(?:亩产|单产|每亩|亩均)")
_OUTPUT = re.compile(r"总产|产量|产(?:[\u4e00-\u9fff]{0,4})$|总量|收获")


def yielded(ledger: Ledger, item: Item) -> Product | None:
    """The output over the area that a yield is made of."""
    area_unit, mass_unit = _units(item)
    if area_unit is None or mass_unit is None:
        return None
    pool = [x for x in reversed(ledger.items[max(0, item.n - 14) : item.n]) if x.turn == item.turn and x.is_level and x.bracket < 0]
    crop = _CROP.match(item.near)
    named = [x for x in pool if x.unit in _AREA and crop is not None and crop["name"][-2:] in x.near]
    if named:
        # 玉米种植56万亩，预计总产36.4万吨；大豆…。玉米平均亩产650公斤
        output = next((x for x in ledger.items[named[0].n + 1 : named[0].n + 4] if x.unit in _MASS and x.sentence == named[0].sentence and x.n < item.n), None)
        if output is not None and _OUTPUT.search(output.near):
            return _made(item, output, named[0], mass_unit, area_unit)
    area = next((x for x in pool if x.unit in _AREA), None)
    mass = next((x for x in reversed(pool) if x.unit in _MASS and re.search("产", x.near) and not _YIELD.search(x.near)), None)
    if area is None:
        behind = [x for x in ledger.items[item.n + 1 : item.n + 4] if x.sentence == item.sentence and x.unit in _AREA and x.is_level]
        area = next((x for x in behind if "面积" in x.near and x.bracket < 0), None)
    if mass is None:
        mass = next((x for x in ledger.items[item.n + 1 : item.n + 8] if x.unit in _MASS and x.is_level and x.bracket < 0 and _OUTPUT.search(x.near)), None)
    if area is None or mass is None or area.value <= 0:
        return None
    return _made(item, mass, area, mass_unit, area_unit)


def _made(item: Item, mass: Item, area: Item, mass_unit: str, area_unit: str) -> Product:
    factor = _MASS[mass.unit] / _MASS[mass_unit] / (_AREA[area.unit] / _AREA[area_unit])
    return Product(item, mass, factor, TEMPLATE, area)


def _units(item: Item) -> tuple[str | None, str | None]:
    unit = item.reading.unit
    if "/" in unit:
        mass, area = unit.split("/", 1)
        return (area, mass) if area in _AREA and mass in _MASS and item.role != "increment" else (None, None)
    m = _YIELD.search(item.near)
    if m is None or unit not in _MASS or item.role == "increment" or item.bracket >= 0:
        return None, None
    return m["area"] or m["b"] or m["c"] or m["d"] or m["e"], unit
