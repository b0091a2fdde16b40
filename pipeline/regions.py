"""Administrative divisions by GB/T 2260: names to six-digit codes and back."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from pathlib import Path

from ..schemas.document import Region

NATION = Region(name="全国", code=None)
LIST = "2023"
"""The year of the list of codes: the divisions as they stood at its end. A withdrawn code gives the division around it."""
_SELF = re.compile(r"(?<![安健完齐保成])(?:全|我|本)(国|省|自治区|市|州|盟|县|旗|区)(?![域级长委内外])")
_SELF_LEVEL = {
    "国": "nation", "省": "province", "自治区": "province", "市": "city", "州": "city", "盟": "city", "县": "county", "旗": "county",
    "区": "",
}  # fmt: skip
"""全区 may be a county or an autonomous region."""
_CITIES = ("11", "12", "31", "50")
"""北京, 天津, 上海, 重庆."""
_COUNTRY = re.compile(r"我国|全国")
_SUFFIX = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|省|市|地区|盟)$")
_ETHNIC = re.compile(
    r"(?:土家族|苗族|布依族|侗族|藏族|羌族|彝族|白族|傣族|景颇族|傈僳族|哈尼族|壮族|回族|蒙古族|哈萨克|朝鲜族|蒙古|柯尔克孜)+自治州$|自治州$"
)
_MINISTRY = re.compile(
    r"国务院|中华人民共和国|^国家|外交部|商务部|财政部|教育部|全国|海关总署|中国人民银行|水利部|工业和信息化部"
)


@functools.cache
def _names() -> dict[str, str]:
    """Code to name, every division of the table."""
    text = Path(__file__).with_name("regions.tsv").read_text(encoding="utf-8")
    return dict(line.split("\t") for line in text.splitlines()[1:])


@functools.cache
def _names_by_start() -> dict[str, tuple[tuple[str, str], ...]]:
    """For the first two characters the (name, code) that begin so, longest first: full and short names of provinces
    and prefectures, full names of counties that are unique."""
    codes: dict[str, str] = {}
    twice: set[str] = set()
    for code, name in _names().items():
        if not code.endswith("00"):
            if name in codes or len(name) < 3:
                twice.add(name)
            codes.setdefault(name, code)
    for name in twice:
        codes.pop(name, None)
    for code, name in _names().items():
        if code.endswith("00"):
            codes[name] = code
            short = _ETHNIC.sub("", _SUFFIX.sub("", name)) if len(name) > 2 else name
            if len(short) >= 2:
                codes.setdefault(short, code)
    table: dict[str, list[tuple[str, str]]] = {}
    for name in sorted(codes, key=len, reverse=True):
        table.setdefault(name[:2], []).append((name, codes[name]))
    return {start: tuple(names) for start, names in table.items()}


def _found(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, code) of the names in a text, left to right, the longest at each place."""
    table = _names_by_start()
    at = 0
    while at < len(text) - 1:
        for name, code in table.get(text[at : at + 2], ()):
            if text.startswith(name, at):
                yield at, at + len(name), code
                at += len(name) - 1
                break
        at += 1


def by_code(code: str | None) -> Region | None:
    """The division of a code; a county unknown to the table gives its prefecture, then its province."""
    digits = re.match(r"\d{6}", code or "")
    if digits is None:
        return NATION if (code or "").lower().startswith("bm") else None
    wanted = digits.group()
    for one in (wanted, wanted[:4] + "00", wanted[:2] + "0000"):
        if one in _names():
            return Region(name=_names()[one], code=one)
    return None


def in_text(text: str) -> Region | None:
    """The first division that the text names, narrowed by those that follow it directly: 江西省南昌市 is 南昌市."""
    chosen: str | None = None
    last = -1
    for start, end, code in _found(text):
        if chosen is not None and not (start == last and _within(code, chosen)):
            break
        chosen, last = code, end
    if chosen and chosen.endswith("00"):
        chosen = _county(text, last, chosen) or chosen
    return Region(name=_names()[chosen], code=chosen) if chosen else None


def _county(text: str, at: int, outer: str) -> str | None:
    """The county of this division whose name stands at ``at``; 西湖区 alone could be in several."""
    found = [(name, code) for name, code in _counties().get(text[at : at + 2], ()) if _within(code, outer)]
    return next((code for name, code in found if text.startswith(name, at)), None)


@functools.cache
def _counties() -> dict[str, list[tuple[str, str]]]:
    """For the first two characters the counties that begin so, longest name first."""
    table: dict[str, list[tuple[str, str]]] = {}
    for code, name in sorted(_names().items(), key=lambda item: -len(item[1])):
        if not code.endswith("00"):
            table.setdefault(name[:2], []).append((name, code))
    return table


def most_named(text: str) -> Region | None:
    """The division that a text without a known issuer is about: the one it names most often, at least twice.

    It is of the level that the text calls its own (我市, 全省, 全县); without such words it must be named more often than all
    others, and a text that speaks of the whole country is about none.
    """
    own = _own_level(text)
    counts: dict[str, int] = {}
    for _, _, code in _found(text):
        if own in ("", _level(code)):
            counts[code] = counts.get(code, 0) + 1
    if not own and _COUNTRY.search(text):
        return None
    best = max(counts, key=lambda code: (counts[code], code), default=None)
    if best is None or counts[best] < 2:
        return None
    around = sum(count for code, count in counts.items() if code != best and not _within(best, code) and not _within(code, best))
    return Region(name=_names()[best], code=best) if own or counts[best] > around else None


def meant(words: str, place: Region | None) -> Region | None:
    """The division that 全省, 我市 or 全国 mean in a document about ``place``: the place itself or one that it lies in.

    ``place`` where the words name none of them, or one that ``place`` does not tell, as 我县 in a document about a city.
    """
    found = list(_SELF.finditer(words))
    if not found or place is None:
        return place
    level = _SELF_LEVEL[found[-1][1]]
    if level == "nation":
        return NATION
    if place.code is None or level in ("", _level(place.code)):
        return place
    whole = level == "province" or place.code[:2] in _CITIES
    outer = place.code[:2] + "0000" if whole else place.code[:4] + "00"
    wider = level == "province" or (level == "city" and _level(place.code) == "county")
    return Region(name=_names()[outer], code=outer) if wider and outer in _names() else place


def _own_level(text: str) -> str:
    """The level that the text calls its own most often: province, city, county; empty where it calls none so."""
    counts: dict[str, int] = {}
    for match in _SELF.finditer(text):
        level = _SELF_LEVEL[match[1]]
        if level not in ("nation", ""):
            counts[level] = counts.get(level, 0) + 1
    return max(counts, key=lambda level: (counts[level], level), default="")


def _level(code: str) -> str:
    """Province, city or county; the four cities under the central government call themselves cities."""
    if code.endswith("0000"):
        return "city" if code[:2] in _CITIES else "province"
    return "city" if code.endswith("00") else "county"


def of_nation(text: str) -> bool:
    """Whether the text names a ministry or another office of the whole country."""
    return bool(_MINISTRY.search(text))


def _within(code: str, outer: str) -> bool:
    """Whether a code lies in the division of another."""
    return code.startswith(outer[:2] if outer.endswith("0000") else outer[:4]) and code != outer
