"""Text as printed → the view that the patterns read: half width, simplified script, no space inside a figure.

>>> view("１２３．４％").text
'123.4%'
>>> view("9465.40 万人").text, view("9465.40 万人").span(0, 9)
('9465.40万人', (0, 10))
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ..schemas.transcript import View

# Traditional forms that occur in figures, units and the words that govern them; one character for one.
_TRADITIONAL = (
    "億萬個佔項總額資產業計劃單開長達約過餘幾兩點數擴進貿電農糧畝頃噸當與較將從縣區鄉鎮際國內來為戶間種類條處錢"
    "幣億黃圓線車輛壓縮減環節報統實現價際環歲級應對倉儲僅達來戶滿減負倍張頭隻雙對場戰聯續總領導創億貧勞動業務設"
)
_SIMPLIFIED = (
    "亿万个占项总额资产业计划单开长达约过余几两点数扩进贸电农粮亩顷吨当与较将从县区乡镇际国内来为户间种类条处钱"
    "币亿黄圆线车辆压缩减环节报统实现价际环岁级应对仓储仅达来户满减负倍张头只双对场战联续总领导创亿贫劳动业务设"
)
_SAME = {
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if chr(0x21 + i) != ","},
    **dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True)),
    **dict.fromkeys("‐‑‒–—―−─－﹣⁃➖﹘", "-"),
    **dict.fromkeys("～〜∼˜﹏", "~"),
    **dict.fromkeys("\u00a0\u3000\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\x0b\x0c\r", " "),
    "∶": ":", "﹪": "%", "٪": "%", "．": ".", "‧": "·", "╱": "/", "∕": "/", "⁄": "/", "﹐": ",", "﹒": ".",
}
_OTHER_SHAPE = re.compile(f"[{''.join(map(re.escape, _SAME))}]")
# Outside ASCII, Latin, punctuation and Chinese characters: here lie the digits of other scripts.
_RARE = re.compile("[^\u0000-\u02ff\u2000-\u206f\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
_SPACES = re.compile(r"[ ](?<![ ].)[ ]*+")
_NARROW = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz.,%")
_JOINED = _NARROW - {"%"}
# 5 258件: one, two or three digits, then groups of three; not 5 258 2021年.
_GROUP = re.compile(r"[0-9]{3}(?![0-9])(?! [0-9]{3} {0,9}[年.])")
_GROUP_BEFORE = re.compile(r"(?<![0-9])[0-9]{1,3}$")
_UNSEEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]++")
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü"
# 項(xiàng)目
_PINYIN = re.compile(rf"\((?<=[\u4e00-\u9fff].)[a-z]{{0,6}}[{_TONES}][a-z{_TONES}]{{0,6}}\)")
_HAS_TONE = re.compile(f"[{_TONES}]")
# A hard-wrapped line broke inside a figure: 累计完成投资1824.9⏎亿元.
_MARKS = "\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad"
_WRAP = re.compile(rf"(?<=[0-9万亿多余.])[{_MARKS} ]{{0,4}}\n[{_MARKS} ]{{0,4}}(?=[万亿元个%.百项家件户人])")
_LONG_LINE = 20
# No line is looked at farther back.
_WINDOW = 200


def view(text: str) -> View:
    """The view of ``text``; every figure found in it can be led back to its printed span."""
    plain = _in_one_shape(text)
    gaps = sorted(_gaps(plain))
    if not gaps:
        return View(text=plain, at=None, size=len(text))
    kept: list[str] = []
    at: list[int] = []
    cursor = 0
    for start, end in gaps:
        start = max(start, cursor)
        kept.append(plain[cursor:start])
        at.extend(range(cursor, start))
        cursor = max(cursor, end)
    kept.append(plain[cursor:])
    at.extend(range(cursor, len(plain) + 1))
    return View(text="".join(kept), at=tuple(at), size=len(text))


def _in_one_shape(text: str) -> str:
    """``text`` with every character in the shape that the patterns know; the length stays."""
    if text.isascii():
        return text.replace("\r", " ").replace("\x0b", " ").replace("\x0c", " ")
    for c in set(_OTHER_SHAPE.findall(text)):
        text = text.replace(c, _SAME[c])
    for c in set(_RARE.findall(text)):
        if c.isdecimal():
            text = text.replace(c, str(unicodedata.decimal(c)))
    return text


def _gaps(plain: str) -> Iterator[tuple[int, int]]:
    """Spans that the patterns shall not see: unseen marks, pinyin, spaces and line breaks inside a figure."""
    if " " in plain:
        for m in _SPACES.finditer(plain):
            if _is_gap(plain, *m.span()):
                yield m.span()
    if not plain.isascii():
        for m in _UNSEEN.finditer(plain):
            yield m.span()
        if _HAS_TONE.search(plain):
            for m in _PINYIN.finditer(plain):
                yield m.span()
    yield from _wraps(plain)


def _wraps(plain: str) -> Iterator[tuple[int, int]]:
    """Breaks of long lines inside a figure; a line that was joined before counts whole, what is left out does not count."""
    joined: set[int] = set()
    for m in _WRAP.finditer(plain):
        floor = max(0, m.start() - _WINDOW)
        last = plain.rfind("\n", floor, m.start())
        while last in joined:
            last = plain.rfind("\n", floor, last)
        line = _UNSEEN.sub("", _PINYIN.sub("", plain[max(floor, last + 1) : m.start()])).replace(" ", "").replace("\n", "")
        if len(line) >= _LONG_LINE and "\t" not in line[-_LONG_LINE:]:
            joined.add(plain.index("\n", m.start()))
            yield m.span()


def _is_gap(plain: str, start: int, end: int) -> bool:
    """A space goes beside a Chinese character and inside a number in groups of three; one between two words stays."""
    if start == 0 or plain[start - 1] not in _NARROW or end == len(plain) or plain[end] not in _JOINED:
        return True
    grouped = end - start == 1 and _GROUP.match(plain, end)
    return bool(grouped and _GROUP_BEFORE.search(plain, max(0, start - 4), start))
