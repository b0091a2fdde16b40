"""Speaker lines: 何彦军: alone, [主持人 张三], 南昌日报社记者：, 国家统计局新闻发言人 付凌晖：, 问：, times before names."""

from __future__ import annotations

import re

import msgspec

from ..schemas.turn import Role
from ._names import HONORIFIC, NAME, OFFICE, UNIT, VERB_END, is_name

_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_TIME = rf"(?:[\[(（【]?\s{{0,3}}(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s{{0,3}})?{_CLOCK}\s{{0,3}}[\])）】]?\s{{0,3}})"
_HEAD = re.compile(
    rf"[*#>\s]{{0,8}}{_TIME}?"
    rf"(?:[\[【](?P<inside>[^\[\]【】:：\n]{{1,45}})[\]】]\s{{0,3}}{_TIME}?[:：]?"
    r"|(?P<plain>[^:：\n，,。；;！!？?]{1,45})[:：])\*{0,2}"
)
_ASKS = re.compile(r"((?:问|提问|追问|记者问|问题|Q|q)\s?\d{0,2})(?:\s?[（(][^（()）]{1,20}[)）])?")
_REPLIES = re.compile(r"((?:答|回答|答复|A|a)\s?\d{0,2})(?:\s?[（(][^（()）]{1,20}[)）])?")
_HOST = re.compile(
    rf"(?P<office>.{{0,30}}?)[、 （(]?主持人?(?:[\s（(:、]{{0,3}}(?P<more>[^（()）]{{0,24}}?)\s?(?P<name>{NAME}))?[)）]?"
)
_JOURNALIST = re.compile(rf"(?P<outlet>.{{0,30}}?)记者(?:\s{{0,3}}[（(]?(?:{NAME})[)）]?)?(?:提问|追问|问)?")
_NO_JOURNALIST = re.compile(r"(?:^据|^对|^就|^向|^给|答|各位|朋友|回应|接受|告诉|当|让|请|欢迎)")
_ADDRESS = re.compile(r"各位|尊敬的|同志们|女士们|先生们|朋友们|大家|亲爱的|全体|请各位|参会|出席|参加|附|图|表|注")
_PUBLIC = re.compile(r"(?:网友|网民|观众|听众|市民)(?:[“‘\"].{1,20}[”’\"]|[^，。]{0,10})")
_OUTLET = re.compile(
    r"《?.{1,18}?(?:通讯社|新闻社|社|电视台|广播电台|电台|台|日报|晚报|早报|晨报|时报|都市报|报|网|卫视|央视|国广|周刊|杂志|客户端|融媒体|传媒|电视|广播|频道|新闻|商报)》?"
)
_SURE_OUTLET = re.compile(r"《?.{1,18}?(?:社|电视台|电台|日报|晚报|时报|卫视|央视|国广)》?")
_OFFICE_NAME = re.compile(rf"(?P<office>.{{0,40}}{OFFICE})\s{{0,4}}(?P<name>{NAME}){HONORIFIC}?")
_UNIT_NAME = re.compile(rf"(?P<office>.{{1,30}}{UNIT})(?P<gap>\s{{0,4}})(?P<name>{NAME}){HONORIFIC}?")
_NAME_OFFICE = re.compile(rf"(?P<name>{NAME}){HONORIFIC}?[\s（(]{{1,3}}(?P<office>.{{0,40}}(?:{OFFICE}|{UNIT}))[)）]?")
_OFFICE_ONLY = re.compile(rf".{{0,30}}{OFFICE}")
_BARE_NAME = re.compile(rf"(?P<name>{NAME}){HONORIFIC}?")


class Label(msgspec.Struct):
    """A possible speaker line.

    ``size`` characters of the line are the label; ``sure`` needs no further evidence; ``form`` tells what it looks like.
    """

    speaker: str
    office: str | None
    role: Role
    form: str
    sure: bool
    size: int
    alone: bool
    bold: bool


def label(line: str, bold: int) -> Label | None:
    """What the start of a line says about who speaks; ``bold`` characters of it are bold."""
    match = _HEAD.match(line)
    if match is None:
        return _bare(line, bold)
    words, size = match["inside"] or match["plain"], match.end()
    found = _classify(words.strip(" \t\u3000\xa0*"))
    if found is None:
        return None
    speaker, office, role, form, sure = found
    bracketed = match["inside"] is not None
    if bracketed and form == "outlet":
        return None
    alone = not line[size:].strip(" \t\u3000\xa0*")
    strong = 0 < match.end() - 1 <= bold or line.startswith("**")
    return Label(speaker, office, role, form, sure or (bracketed and form == "name"), size, alone, strong)


def _bare(line: str, bold: int) -> Label | None:
    """A bold name alone on its line, without a colon."""
    if not 0 < len(line) <= 45 or bold < len(line):
        return None
    found = _classify(line.strip(" \t\u3000\xa0"))
    if found is None or found[3] not in ("name", "office name", "host", "journalist"):
        return None
    speaker, office, role, form, _ = found
    return Label(speaker, office, role, form + " alone", form == "journalist", len(line), True, False)


def _classify(words: str) -> tuple[str, str | None, Role, str, bool] | None:
    """Speaker, office, role, form and certainty of the words before the colon."""
    if not words:
        return None
    if match := _ASKS.fullmatch(words):
        return match[1], None, "journalist", "asks", words not in ("问题",)
    if match := _REPLIES.fullmatch(words):
        return match[1], None, "speaker", "replies", True
    if "主持" in words and (match := _HOST.fullmatch(words)):
        office = match["office"].strip() or (match["more"] or "").strip() or ("主持人" if match["name"] else None)
        return match["name"] or words.strip(), office if match["name"] else None, "host", "host", True
    if "记者" in words and _JOURNALIST.fullmatch(words):
        return None if _NO_JOURNALIST.search(words) else (words, None, "journalist", "journalist", True)
    if VERB_END.search(words) or _ADDRESS.match(words):
        return None
    if _PUBLIC.fullmatch(words):
        return words, None, "unknown", "public", False
    return _official(words)


def _official(words: str) -> tuple[str, str | None, Role, str, bool] | None:
    """Names and offices in either order, then offices alone, then outlets."""
    if _SURE_OUTLET.fullmatch(words):
        return words, None, "journalist", "outlet", False
    bare = _BARE_NAME.fullmatch(words)
    if bare and is_name(bare["name"]):
        return bare["name"], None, "speaker", "name", False
    for pattern in (_OFFICE_NAME, _NAME_OFFICE):
        match = pattern.fullmatch(words)
        if match and is_name(match["name"]):
            return match["name"], match["office"].strip(), "speaker", "office name", True
    match = _UNIT_NAME.fullmatch(words)
    if match and is_name(match["name"]):
        return match["name"], match["office"].strip(), "speaker", "office name", bool(match["gap"])
    if _OFFICE_ONLY.fullmatch(words):
        return words, None, "speaker", "office", False
    if _OUTLET.fullmatch(words):
        return words, None, "journalist", "outlet", False
    return None
