"""Amounts of money.

>>> 总投资10316.7亿元 → 1031670000000 CNY; 近3000万美元 → 30000000 USD, under
"""

from __future__ import annotations

import re

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


RULES = (Unit("an amount and its currency", firsts(CURRENCIES) + "人", _MONEY, _amount),)
