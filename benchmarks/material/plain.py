"""The path that the named packages suggest to a first script: no figure of it is checked."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

# What the plain way looks for: one alternative each, the longer before the shorter, as such scripts grow.
PATTERNS = r"""
\d+(?:\.\d+)?万亿元|\d+(?:\.\d+)?亿元|\d+(?:\.\d+)?万元|\d+(?:\.\d+)?元|\d+(?:\.\d+)?(?:亿|万)?美元|\d+(?:\.\d+)?(?:亿|万)?港元
\d+(?:\.\d+)?个百分点|\d+(?:\.\d+)?%|\d+(?:\.\d+)?‰|百分之[零一二三四五六七八九十百点]+|[一二三四五六七八九]成|\d+(?:\.\d+)?倍|翻[一两三]番|[一二三四五六七八九十]分之[一二三四五六七八九]
\d+(?:\.\d+)?(?:亿|万)?个|\d+(?:\.\d+)?(?:亿|万)?项|\d+(?:\.\d+)?(?:亿|万)?家|\d+(?:\.\d+)?(?:亿|万)?户|\d+(?:\.\d+)?(?:亿|万)?人次|\d+(?:\.\d+)?(?:亿|万)?人|\d+(?:\.\d+)?(?:亿|万)?条|\d+(?:\.\d+)?(?:亿|万)?件
\d+(?:\.\d+)?(?:亿|万)?公里|\d+(?:\.\d+)?(?:亿|万)?亩|\d+(?:\.\d+)?(?:亿|万)?吨|\d+(?:\.\d+)?(?:亿|万)?千瓦时?|\d+(?:\.\d+)?(?:亿|万)?平方米|\d+(?:\.\d+)?(?:亿|万)?立方米|\d+(?:\.\d+)?(?:亿|万)?斤
(?:19|20)\d\d年\d{1,2}月\d{1,2}日|(?:19|20)\d\d年\d{1,2}月|(?:19|20)\d\d年|\d{1,2}月\d{1,2}日|第[一二三四五六七八九十\d]+[位名]|[一二三四]季度|(?:上|下)半年|近\d+(?:\.\d+)?|超过?\d+(?:\.\d+)?|\d+(?:\.\d+)?
"""


def plain() -> Callable[[bytes], Any]:
    """The path that the named packages suggest. It is handed the charset and the box of the body."""
    import jieba.posseg
    import regex
    from bs4 import BeautifulSoup

    jieba.setLogLevel(60)
    pattern = regex.compile("|".join(PATTERNS.split()))

    def read(data: bytes) -> bytes:
        soup = BeautifulSoup(data.decode("utf-8"), "lxml")
        box = soup.select_one(".TRS_UEDITOR")
        text = box.get_text("\n", strip=True) if box else ""
        words = [(pair.word, pair.flag) for pair in jieba.posseg.cut(text)]
        found = [{"start": m.start(), "end": m.end(), "surface": m[0]} for m in pattern.finditer(text)]
        return json.dumps({"text": text, "words": len(words), "figures": found}, ensure_ascii=False).encode()

    return read
