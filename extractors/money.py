"""Amounts of money.

>>> 总投资10316.7亿元 → 1031670000000 CNY; 近3000万美元 → 30000000 USD, under
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import AMOUNT_BEFORE, Unit, figure
from ._units import CURRENCIES, PER, alternation, firsts

# 2000元旦…, 一元首: the character belongs to another word.
_MONEY = re.compile(rf"(?:人民币)?(?P<unit>{alternation(CURRENCIES)})(?![旦宵首素凶帅])(?P<per>{PER})?(?:人民币)?")


def _amount(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    if numeral.bare and not AMOUNT_BEFORE.search(text, max(0, numeral.start - 3), numeral.start):
        return None
    if numeral.chinese and numeral.value < 10 and not numeral.over and m["unit"] == "元":
        return None
    if m["per"]:
        # 3200元/吨 is a price: the currency is part of the printed unit.
        return figure(text, numeral, m.end(), "quantity", m["unit"] + m["per"].replace("每", "/"), rule)
    return figure(text, numeral, m.end(), "money", CURRENCIES[m["unit"]], rule)

# 12块5, 3毛钱, 1.5分钱: as it is said at the market.
_CHANGE = re.compile(
    r"(?P<unit>块(?:(?P<tenth>[1-9一二三四五六七八九])(?=钱|[，。,；;、)一到]|左右|$)|(?P<half>半))?|毛|角|分|厘)(?P<money>钱)?(?=[，。,；;、)一到/降涨的多以之和]|左右|上下|$)"
)
_PRICE = re.compile(r"(?:价|费|钱|卖|涨|降|花|收|省|票|成本|工资|补|从|由|元|块)[^，。,；;、]{0,8}$")
_PARTS = {"块": Decimal(1), "毛": Decimal("0.1"), "角": Decimal("0.1"), "分": Decimal("0.01"), "厘": Decimal("0.001")}
_TENTHS = {c: i for i, c in enumerate("零一二三四五六七八九")}


def _change(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """块 alone may be a piece, 分 a point and 角 a corner: without 钱 they want a price before them."""
    unit = m["unit"][0]
    tenth = m["tenth"] or m["half"]
    told = m["money"] or _PRICE.search(text, max(0, numeral.start - 14), numeral.start)
    if numeral.bare or not told or (numeral.chinese and not m["money"] and not tenth) or (tenth and numeral.step != 1):
        return None
    if tenth:
        more = 5 if m["half"] else int(tenth) if tenth.isdigit() else _TENTHS[tenth]
        numeral = numeral._replace(value=numeral.value + Decimal(more) / 10, step=Decimal("0.1"), exact=False)
    return figure(text, numeral, m.end(), "money", "CNY", rule, factor=_PARTS[unit])


RULES = (
    Unit("an amount and its currency", firsts(CURRENCIES) + "人", _MONEY, _amount),
    Unit("small change: 块, 毛, 角, 分", "块毛角分厘", _CHANGE, _change),
)
