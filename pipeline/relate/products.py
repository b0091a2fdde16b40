"""The record of a product: a figure times or over another, times a factor."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from ...schemas.finding import Identity
from .items import Item


class Product(NamedTuple):
    """``claim`` states (``top`` − ``less``) × ``factor``, ÷ ``bottom``, × ``times`` and × ``again`` where there are such.

    ``said`` shows the factor in the expression; ``assumed`` says what was assumed, in Chinese and English. ``factor_too``
    is the other value that the factor may have: a year of 365 or of 366 days. ``rest`` is added to ``bottom``, with its
    sign. ``turned`` makes ``times`` a rate that is added to or taken from 100%, ``under`` divides by it. ``named`` is
    an operand that has gone into the factor. ``plus`` are added to ``top``: the members of a list.
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
    less: Item | None = None
    again: Item | None = None
    factor_too: Fraction | None = None
    rest: Item | None = None
    rest_sign: int = -1
    turned: int = 0
    under: bool = False
    named: Item | None = None
    plus: tuple[Item, ...] = ()

    @property
    def operands(self) -> list[Item]:
        """The figures that the claim is made of."""
        return [x for x in (self.top, *self.plus, self.less, self.bottom, self.rest, self.times, self.again, self.named) if x is not None]


# 人均, 户均, 每件, 校均: in which units what the word stands for is counted, the usual one first.
COUNTED_IN = {
    "人": ("人", "人次", "名"), "户": ("户", "家"), "次": ("人次", "次", "件", "台次", "车次", "辆次", "架次", "班次", "场次", "艘次", "列次", "批次"), "亩": ("亩",), "件": ("件",),
    "案": ("件", "份"), "班": ("班", "架次", "列"), "单": ("单", "件", "笔"), "笔": ("笔",), "校": ("所",),
    "所": ("所", "家", "个"), "馆": ("个", "座", "家"), "企": ("家", "户"), "店": ("家", "个"), "头": ("头",),
    "台": ("台",), "生": ("人", "名"), "院": ("家", "所", "个"), "村": ("个",), "名": ("人",), "票": ("件", "票", "张"),
    "家": ("家", "户"), "站": ("个", "座"), "起": ("件", "起"), "人次": ("人次",), "户次": ("户",), "床": ("张",),
    "架次": ("架次",), "套": ("套",), "株": ("株",), "支": ("支",), "剂": ("剂", "剂次"), "公里": ("公里",), "吨": ("吨",),
    "公斤": ("公斤",), "斤": ("斤",), "平方米": ("平方米",), "列": ("列",), "辆": ("辆",), "项": ("件",), "条": ("条",),
    "个": ("个",), "公顷": ("公顷",), "位": ("人", "人次"), "口": ("人",), "例": ("人",), "宗": ("件",), "座": ("座",),
    "剂次": ("剂次", "剂"), "车": ("辆", "台", "车次", "辆次"), "箱": ("标准箱", "箱"), "平方公里": ("平方公里",), "米": ("米",),
    "对": ("对",), "趟": ("趟", "列", "车次", "班", "班次", "列次"), "盏": ("盏",), "千瓦时": ("千瓦时",), "度": ("千瓦时",), "千瓦": ("千瓦",), "立方米": ("立方米",),
    "场": ("场", "场次"), "期": ("期",), "批": ("批", "批次"), "份": ("份",), "只": ("只",), "羽": ("羽",), "艘": ("艘",),
    "架": ("架",), "张": ("张",), "本": ("本",), "册": ("册",), "处": ("处", "座"), "店铺": ("家", "个"), "厂": ("家", "座"),
    "镇": ("个",), "乡": ("个",), "县": ("个",), "社区": ("个",), "团": ("个", "团"), "队": ("支", "个"), "组": ("个", "组"),
    "园": ("个", "家", "所"), "棚": ("个", "座"), "机": ("台", "架"), "井": ("口", "眼"), "块": ("块",), "桩": ("个", "根", "台"),
    "枪": ("个", "把"), "客": ("人次",), "部": ("部",), "间": ("间",), "艘次": ("艘次",), "班次": ("班次", "班"), "列次": ("列次", "列"),
    "车次": ("车次", "辆次"), "瓶": ("瓶",), "袋": ("袋",), "盒": ("盒",), "片": ("片",), "股": ("股",), "元": ("CNY",), "万元": ("CNY",),
}
