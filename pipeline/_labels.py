"""Speaker lines: 何彦军: alone, [主持人 张三], 南昌日报社记者：, 国家统计局新闻发言人 付凌晖：, 问：, times before names."""

from __future__ import annotations

import re
from typing import TypeAlias

import msgspec

from ..schemas.turn import Role
from ._names import HONORIFIC, NAME, OFFICE, SURNAMES, UNIT, VERB_END, is_name

_CLOCK = r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_TIME = rf"(?:[\[(（【〔]?\s{{0,3}}(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s{{0,3}})?{_CLOCK}\s{{0,3}}[\])）】〕]?\s{{0,3}})"
_BULLET = r"[*#>▲△●○■□◆◇★☆▪•\s]{0,8}"
_HEAD = re.compile(
    rf"{_BULLET}(?P<time>{_TIME})?{_BULLET}"
    rf"(?:[\[【〔](?P<inside>[^\[\]【】〔〕:：\n]{{1,45}})[\]】〕]\s{{0,3}}{_TIME}?[:：]?"
    r"|(?P<plain>(?:[^:：\n，,。；;！!？?（(]|[（(][^（()）:：\n。！!？?]{0,40}[)）]){1,45})[:：])\*{0,2}"
)
_NUMBER = r"\s?(?:\d{1,2}|[一二三四五六七八九十]{1,3})?"
_NOTE = r"(?:\s?[（(][^（()）]{1,20}[)）])?"
_ASKS = re.compile(rf"((?:问|提问|追问|记者问|问题|Q|q){_NUMBER}){_NOTE}|有?(?:媒体|读者|群众|市民|网友|网民|企业)(?:代表)?(?:提问|追问|问)")
_REPLIES = re.compile(rf"((?:答|回答|答复|A|a){_NUMBER}){_NOTE}")
_HOST = re.compile(
    rf"(?P<office>.{{0,30}}?)[、 （(]?主持人?"
    rf"(?:[\s（(:、·—-]{{0,3}}(?:(?P<more>[^（()）]{{0,24}}?(?:{OFFICE}|{UNIT}))\s{{0,3}})?(?P<name>{NAME}){HONORIFIC}?"
    rf"(?:[，,、\s]{{1,2}}(?P<after>[^（()）]{{2,24}}?(?:{OFFICE}|{UNIT})))?)?[)）]?(?:\s?[（(][^（()）]{{1,24}}[)）])?"
)
_JOURNALIST = re.compile(rf"(?P<outlet>.{{0,30}}?)记者\s?[\dA-Z甲乙丙丁一二三四五]?(?:\s{{0,3}}[（(]?(?:{NAME})[)）]?)?{_NOTE}(?:提问|追问|问及|问到|问)?")
_INTERPRETER = re.compile(r"(?:现场|同声|交替)?(?:翻译|口译|传译|译员)(?:人?员)?")
_GUEST = re.compile(rf"(?:[^，。]{{0,6}}嘉宾|发布人|新闻发言人|发言人|主讲人|解读人|受访者)(?:[\s·—-]{{0,3}}(?P<name>{NAME}){HONORIFIC}?)?")
_SPACED = re.compile(r"(?:主\s*持\s*人|记\s*者|翻\s*译|嘉\s*宾|发\s*言\s*人|网\s*友)")
_STAMPED = re.compile(rf"(?P<words>[^\s\d:：，。][^\d:：，。]{{1,40}}?)\s{{0,3}}{_TIME}\s{{0,3}}")
_NO_JOURNALIST = re.compile(r"(?:^据|^对|^就|^向|^给|答|各位|朋友|回应|接受|告诉|当|让|请|欢迎)")
_ADDRESS = re.compile(r"各位|尊敬的|同志们|女士们|先生们|朋友们|大家|亲爱的|全体|请各位|参会|出席|参加|附|图|表|注")
_PUBLIC = re.compile(r"(?:网友|网民|观众|听众|市民)(?:[“‘\"].{1,20}[”’\"]|[^，。]{0,10})")
_OUTLET = re.compile(
    r"(?:BBC|CNN|NHK|CNBC|CGTN|CNR|NPR|AFP|KBS|MBC|SBS|TBS|NBC|ABC|CBS|RT)|《?.{1,18}?(?:通讯社|新闻社|社|电视台|广播电台|电台|台|日报|晚报|早报|晨报|时报|都市报|报|网|卫视|央视|国广|周刊|杂志|客户端|融媒体|传媒|电视|广播|频道|新闻|商报)》?"
)
_SURE_OUTLET = re.compile(r"《?.{1,18}?(?:社|电视台|电台|日报|晚报|时报|卫视|央视|国广)》?")
_OFFICE_NAME = re.compile(rf"(?P<office>.{{0,40}}{OFFICE})\s{{0,4}}(?P<name>{NAME}){HONORIFIC}?")
_UNIT_NAME = re.compile(rf"(?P<office>.{{1,30}}{UNIT})(?P<gap>\s{{0,4}})(?P<name>{NAME}){HONORIFIC}?")
_NAME_OFFICE = re.compile(rf"(?P<name>{NAME}){HONORIFIC}?[\s（(]{{1,3}}(?P<office>.{{0,40}}(?:{OFFICE}|{UNIT}))[)）]?")
_OFFICE_ONLY = re.compile(rf".{{0,30}}{OFFICE}")
_SURNAME_OFFICE = re.compile(rf"[{SURNAMES}](?:副?{OFFICE}|{HONORIFIC})")
_REPLYING = re.compile(r"(?P<name>.{2,8}?)(?:回答|作答|答)")
_RANK = re.compile(rf"副?{OFFICE}$")
_JOINING = " \u3000\xa0·—-、（("
_TIMED = re.compile(rf"\s{{0,3}}[\[(（【〔]\s{{0,3}}(?:\d{{4}}[-/.年]\d{{1,2}}[-/.月]\d{{1,2}}日?\s{{0,3}})?{_CLOCK}")
_BARE_NAME = re.compile(rf"(?P<name>{NAME}){HONORIFIC}?")


_Found: TypeAlias = tuple[str, str | None, Role, str, bool]


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
        return _stamped(line) or _bare(line, bold)
    words, size = match["inside"] or match["plain"], match.end()
    found = _classify(words.strip(" \t\u3000\xa0*"))
    if found is None and match["plain"]:
        return _stamped(line)
    if found is None:
        return None
    speaker, office, role, form, sure = found
    bracketed = match["inside"] is not None
    if bracketed and form == "outlet":
        return None
    alone = not line[size:].strip(" \t\u3000\xa0*")
    strong = 0 < match.end() - 1 <= bold or line.startswith("**")
    timed = match["time"] is not None or _TIMED.match(line, match.end()) is not None
    return Label(speaker, office, role, form, sure or ((bracketed or timed) and form == "name"), size, alone, strong)


def _stamped(line: str) -> Label | None:
    """付凌晖 10:00:23, a name and the time of day, as live reports print it."""
    match = _STAMPED.fullmatch(line) if len(line) <= 70 else None
    found = _classify(match["words"].strip()) if match else None
    if found is None or found[3] not in ("name", "office name", "host", "journalist", "guest"):
        return None
    speaker, office, role, form, _ = found
    return Label(speaker, office, role, form, True, len(line), True, False)


def _bare(line: str, bold: int) -> Label | None:
    """A bold name alone on its line, without a colon."""
    if not 0 < len(line) <= 45 or bold < len(line):
        return None
    found = _classify(line.strip(" \t\u3000\xa0"))
    if found is None or found[3] not in ("name", "office name", "host", "journalist"):
        return None
    speaker, office, role, form, _ = found
    return Label(speaker, office, role, form + " alone", form == "journalist", len(line), True, False)


def _classify(words: str) -> _Found | None:
    """Speaker, office, role, form and certainty of the words before the colon."""
    if _SPACED.fullmatch(words) and (bare := "".join(words.split())) != words:
        found = _classify(bare)
        return (words, *found[1:]) if found is not None else None
    if match := _ASKS.fullmatch(words):
        return match[1] or words, None, "journalist", "asks", not words.startswith("问题")
    if match := _REPLIES.fullmatch(words):
        return match[1], None, "speaker", "replies", True
    if words == "司仪":
        return words, None, "host", "host", True
    if "主持" in words and (match := _HOST.fullmatch(words)):
        return _host(match, words)
    if "记者" in words and _JOURNALIST.fullmatch(words):
        return None if _NO_JOURNALIST.search(words) else (words, None, "journalist", "journalist", True)
    if match := _REPLYING.fullmatch(words):
        return (match["name"], None, "speaker", "name", False) if is_name(match["name"]) else None
    if VERB_END.search(words) or _ADDRESS.match(words):
        return None
    return _other(words) or (_official(words) if words else None)


def _other(words: str) -> _Found | None:
    """Interpreters, the public, guests."""
    if _INTERPRETER.fullmatch(words):
        return words, None, "unknown", "interpreter", False
    if _PUBLIC.fullmatch(words):
        return words, None, "unknown", "public", False
    match = _GUEST.fullmatch(words)
    if match and (match["name"] is None or is_name(match["name"])):
        return match["name"] or words, None, "speaker", "guest", False
    return None


def _host(match: re.Match[str], words: str) -> _Found:
    """主持人, with or without name and office, in any order."""
    if match["name"] is None:
        return words.strip(), None, "host", "host", True
    office = next((part.strip(_JOINING) for part in (match["office"], match["more"], match["after"]) if part and part.strip(_JOINING)), "主持人")
    return match["name"], office, "host", "host", True


def _official(words: str) -> _Found | None:
    """Names and offices in either order, then offices alone, then outlets."""
    if _SURE_OUTLET.fullmatch(words):
        return words, None, "journalist", "outlet", False
    if _SURNAME_OFFICE.fullmatch(words):
        return words, None, "speaker", "office", False
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
    if (rank := _RANK.search(words)) and is_name(name := words[: rank.start()]):
        return name, rank.group(), "speaker", "office name", False
    if _OFFICE_ONLY.fullmatch(words):
        return words, None, "speaker", "office", False
    if _OUTLET.fullmatch(words):
        return words, None, "journalist", "outlet", False
    return None
