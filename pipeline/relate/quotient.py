"""The record of a ratio, and the words in which its denominator stands between the verb and the rate."""

from __future__ import annotations

import re
from typing import NamedTuple

from ...schemas.finding import Reason
from .items import Item


class Quotient(NamedTuple):
    """``claim`` states (sum of) numerators ÷ denominator; ``plus_numerator`` adds the numerator to the denominator.

    ``added`` are further figures of the denominator.
    """

    claim: Item
    numerators: tuple[Item, ...]
    denominator: Item
    template: str
    reason: Reason | None = None
    plus_numerator: bool = False
    added: tuple[Item, ...] = ()


IN_PHRASE = re.compile(r"^\)?(?:以上|左右)?[^，。,；;、\d占比]{0,14}?的?(?:比重|比例|份额)?的(?:为|达到?|约|近|超过?)*$")
PHRASE_VERB = re.compile(r"(?:占|完成|实现|为|是|达到?|相当于|恢复[到至])[^，。；;]{0,24}$")
PLAN_WORDS = re.compile(r"计划|目标|任务|(?<!公共)(?<!基金)(?<!财政)预算(?!收入|支出)|预期|概算")
TOTAL_BEFORE = "占总数: the total of a sentence before"
