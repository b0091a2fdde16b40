"""Codes of letters and digits: addresses, standards, stocks, serial numbers, documents, versions.

>>> S49, GB 3095-2012, 〔2020〕15号, 5G, 600123.SH, 2.0版
"""

from __future__ import annotations

import re
from string import ascii_letters

from ._rule import Words, label
from ._units import LETTERS

DIGIT = r"[0-9](?<![0-9.].)"  # a digit that begins a numeral


def words(name: str, pattern: str, *before: str, need: tuple[str, ...] = (), after: str = "") -> Words:
    """A rule that claims what ``pattern`` finds as no figure."""
    return Words(name, re.compile(pattern, re.VERBOSE), label(*before), need, after)


CODES = (
    # https://www.example.gov.cn/2021/01/25.html
    words("an address of the web", r"h(?<![A-Za-z].)ttps?://[!-~]++|w(?<![A-Za-z].)ww\.[!-~]++", need=("://", "www.")),
    # 964493a14c4ddf6b: letters and digits by turns
    words("a code of letters and digits", r"[0-9A-Za-z](?<![0-9A-Za-z].)(?=[0-9]{0,32}[A-Za-z]{1,32}[0-9]{1,32}[A-Za-z])[0-9A-Za-z_-]{9,}+"),
    # GB 3095-2012
    words("a standard", r"(?:GB|HJ|DB)(?:/T)?[ ]?[0-9]{1,6}(?:\.[0-9]{1,2})?-(?:19|20)[0-9]{2}(?![0-9])", need=("GB", "HJ", "DB")),
    # S49, PM2.5, COVID-19, GB/T4754-2017, G60
    words(
        "letters and a number",
        r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z]{0,7}+[-/_]?(?:[A-Z]{1,3}[-\s]?)?[0-9]++(?:\.[0-9]++)?(?:-[0-9]{2,4}\b)?(?![0-9]|[.][0-9]|[%‰万亿])",
    ),
    words("a stock", r"[0-9](?<![0-9.].)[0-9]{5}\.?(?:S[HZ]|BJ|HK)(?![A-Za-z])", after=".SBH"),
    words("a serial number", r"[0-9](?<![0-9.,].)[0-9]{9,23}+(?![0-9.,万亿元%个])"),
    # 运-20, 见图1, 1110合约
    words("a type", r"-(?<=[运歼轰直舰].)[0-9]{1,3}(?![0-9])", "运", "歼", "轰", "直", need=("运-", "歼-", "轰-", "直-")),
    words("a picture or annex", r"[图表件栏](?:(?<=[图表])|(?<=附件)|(?<=专栏))[0-9]{1,2}(?![0-9.万亿])"),
    words("a contract", r"[0-9](?<![0-9.].)[0-9]{3}合约", after="合"),
    words("a counter of the page", r"[评点阅浏访输赞](?:论|击[数量]?|读[数量]?|览[数量]?|问量|入)?[(:]?[0-9]{1,9}(?![0-9.])[)字]?(?=[\s评赞]|$)"),
    # 5G, 3D, 24K; not 300km
    words("a number and letters", rf"{DIGIT}[0-9]{{0,3}}+(?!(?:{LETTERS})(?![A-Za-z级]))[A-Za-z]++\+?", after=ascii_letters),
    # 2.0版, 《指引1.0》
    words("a version", rf"{DIGIT}[0-9]?\.[0-9]{{1,2}}(?=版|时代|》|[”\"])", after="."),
    # 〔2020〕15号, (2020)15号
    words("a document number", r"[〔\[【(](?:19|20)[0-9]{2}[〕\]】)](?:第)?[0-9]{1,5}号?"),
    words("a footnote mark", r"[\[【〔](?:[0-9]{1,3}[\]】〕])"),
)
