"""The record of a product: a figure times or over another, times a factor."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ...schemas.finding import Identity
from .items import Item


class Product(NamedTuple):
    """``claim`` states ``top`` × ``factor``, ÷ ``bottom`` or × ``times`` where there is one.

    ``said`` shows the factor in the expression; ``assumed`` says what was assumed, in Chinese and English.
    ``identity`` is ``ratio`` where the product states a share.
    """

    claim: Item
    top: Item
    factor: Fraction
    template: str
    bottom: Item | None = None
    times: Item | None = None
    said: str = ""
    assumed: tuple[str, str] | None = None
    identity: Identity = "product"


# 人均, 户均, 每件, 校均: in which units what the word stands for is counted, the usual one first.
COUNTED_IN = {
    "人": ("人", "人次", "名"), "户": ("户",), "次": ("人次", "次", "件"), "亩": ("亩",), "件": ("件",),
    "案": ("件", "份"), "班": ("班", "架次"), "单": ("单", "件", "笔"), "笔": ("笔",), "校": ("所",),
    "所": ("所", "家", "个"), "馆": ("个", "座", "家"), "企": ("家", "户"), "店": ("家", "个"), "头": ("头",),
    "台": ("台",), "生": ("人", "名"), "院": ("家", "所", "个"), "村": ("个",), "名": ("人",), "票": ("件", "张"),
    "家": ("家", "户"), "站": ("个", "座"), "起": ("件", "起"), "人次": ("人次",), "户次": ("户",), "床": ("张",),
    "架次": ("架次",), "套": ("套",), "株": ("株",), "支": ("支",), "剂": ("剂",), "公里": ("公里",), "吨": ("吨",),
    "公斤": ("公斤",), "斤": ("斤",), "平方米": ("平方米",), "列": ("列",), "辆": ("辆",), "项": ("件",), "条": ("条",),
    "个": ("个",), "公顷": ("公顷",),
}
