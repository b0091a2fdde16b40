"""Text as printed → the view that the patterns read: half width, simplified script, no space inside a figure.

>>> view("１２３．４％").text
'123.4%'
>>> view("9465.40 万人").text, view("9465.40 万人").span(0, 9)
('9465.40万人', (0, 10))
"""

from __future__ import annotations

import re
import unicodedata

from ..schemas.transcript import View

# Traditional forms that occur in figures, units and the words that govern them; one character for one.
_TRADITIONAL = "億萬個佔項總額資產業計劃單開長達約過餘幾兩點數擴進貿電農糧畝頃噸當與較將從縣區鄉鎮際國內來為戶間種類條處錢幣億黃圓線車輛壓縮減環節報統實現價際環歲級應對"
_SIMPLIFIED = "亿万个占项总额资产业计划单开长达约过余几两点数扩进贸电农粮亩顷吨当与较将从县区乡镇际国内来为户间种类条处钱币亿黄圆线车辆压缩减环节报统实现价际环岁级应对"

_FULL = {0xFF01 + i: 0x21 + i for i in range(94) if chr(0x21 + i) != ","}
_SHAPES = {
    **dict.fromkeys(map(ord, "‐‑‒–—―−─－﹣⁃"), "-"),
    **dict.fromkeys(map(ord, "～〜∼˜﹏"), "~"),
    **dict.fromkeys(map(ord, "\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\x0b\x0c\r"), " "),
    ord("∶"): ":", ord("﹪"): "%", ord("٪"): "%", ord("·"): "·", ord("．"): ".", ord("‧"): "·", ord("╱"): "/", ord("∕"): "/", ord("⁄"): "/",
}
_TABLE = {**_FULL, **dict(zip(map(ord, _TRADITIONAL), _SIMPLIFIED, strict=True)), **_SHAPES}

_NARROW = r"0-9A-Za-z.,%"
_DROP = re.compile(
    rf"""
      [\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]+      # zero width and direction marks
    | (?<![{_NARROW}])[ ]+                                          # a space after a Chinese character
    | [ ]+(?![ 0-9A-Za-z.,])                                        # a space before one, or before %
    | (?<=[\u4e00-\u9fff])\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]*\)   # 項(xiàng)目
    | (?<=(?<!\d)\d)[ ](?=\d{{3}}(?!\d))(?![ ]\d{{3}}[ ]*[年.])                # 5 258件: one, two or three digits, then groups of three
    | (?<=(?<!\d)\d\d)[ ](?=\d{{3}}(?!\d))(?![ ]\d{{3}}[ ]*[年.])
    | (?<=(?<!\d)\d\d\d)[ ](?=\d{{3}}(?!\d))(?![ ]\d{{3}}[ ]*[年.])
    """,
    re.VERBOSE,
)
# A hard-wrapped line broke inside a figure: 累计完成投资1824.9⏎亿元.
_WRAP = re.compile(r"(?<=[^\n\t]{20})(?<=[0-9万亿多余.])\n(?=[万亿元个%.百项家件户人])")
_PINYIN = re.compile(r"[\u4e00-\u9fff]\([a-z]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]")


def view(text: str) -> View:
    """The view of ``text``; every figure found in it can be led back to its printed span."""
    table = _TABLE
    odd = [c for c in set(text) if c > "\u02ff" and c.isdecimal() and ord(c) not in table]
    if odd:
        table = {**table, **{ord(c): str(unicodedata.decimal(c)) for c in odd}}
    plain = text.translate(table)
    gaps = [m.span() for m in _DROP.finditer(plain)]
    gaps += [m.span() for m in _WRAP.finditer(plain)]
    if not gaps:
        return View(text=plain, at=None, size=len(text))
    gaps.sort()
    kept: list[str] = []
    at: list[int] = []
    cursor = 0
    for start, end in gaps:
        if start < cursor:
            start = cursor
        kept.append(plain[cursor:start])
        at.extend(range(cursor, start))
        cursor = max(cursor, end)
    kept.append(plain[cursor:])
    at.extend(range(cursor, len(plain)))
    at.append(len(plain))
    return View(text="".join(kept), at=tuple(at), size=len(text))
