"""Positions: 第二位, 首位, 前三, and changes of position.

>>> 位列全省第一 → 1; 居首位 → 1; 排名前三 → 1 to 3; 前移9位 → 9 places, up
"""

from __future__ import annotations

import re
from decimal import Decimal

from ..schemas.figure import Direction
from ..schemas.reading import Reading
from ._numerals import small
from ._rule import Words, led

_H = "一二三四五六七八九十百"
_N = rf"(?:[0-9]{{1,4}}|[{_H}]{{1,5}})"
_STAND = (
    r"(?:[位名][居列于]|位于|居于?|列|排[名位在序]?|并列|分列|跻身|[升降前提][移升]?[至到]|上升[到至]|跃居|跃升至|稳居|保持|继续|[进晋]位|挺进|进入|由)"
)
_UNIVERSE = (
    r"[^，。,；;、\n0-9第]{0,10}(?:\([^()]{0,14}\))?(?:[0-9]{0,2}[^，。,；;、\n0-9第]{0,9})?(?:\([^()]{0,14}\))?"
)
_STANDS_BEFORE = re.compile(rf"{_STAND}{_UNIVERSE}$")
_PLACES = ("排名", "排在", "位居", "居", "位列", "名列", "列", "排")
_ENTERS = ("跻身", "进入", "挺进")
_OF_ALL = ("全国", "全省", "全市", "全县", "全州", "世界", "全球")
_UP = frozenset("前移 前进 再进 进 进步 进位 提升 提高 上升 跃升 晋升".split())

_ORDINAL = rf"第{_N}(?:位|名)?"
# 列全省第四、增速第二, 排全省第3、全国百强城市第35: the verb of standing holds for the whole list.
_LIST_BEFORE = re.compile(rf"{_STAND}{_UNIVERSE}{_ORDINAL}(?:[、，,和及][^，。,；;、\n0-9第]{{0,14}}{_ORDINAL}){{0,4}}$")
_MOVE = (
    r"[前再提上跃晋下后退进](?:(?<=前)[移进]|(?<=再)进|(?<=提)[升高]|(?<=[上跃晋])升|(?<=下)[降滑]|(?<=后)[移退]|(?<=退)[后步]|(?<=进)(?:步|位)?)"
)
_MOVED_BEFORE = re.compile(rf"(?P<verb>{_MOVE})了?{_N}个?[位名]次?(?:[、和及]{_N}个?[位名]次?){{0,6}}$")
_PLACE_BEFORE = re.compile(
    r"(?:排名|名次|位次)[^，。,；;、\n0-9]{0,14}(?:[由从]|[升降退进移滑](?:至|到))(?:第?[0-9]{1,3}[位名][^，。,；;、\n0-9]{0,10}[升降退进移滑](?:至|到))?$"
)


def _reading(start: int, end: int, low: int, high: int, rule: str, unit: str = "rank", direction: Direction | None = None) -> Reading:
    exact = Decimal(low) if low == high else None
    return Reading(start, end, "rank", exact, Decimal(low), Decimal(high), Decimal(0), unit, None, rule, (start, end), direction)


def _ordinal(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    return _reading(*m.span("span"), value, value, rule) if value else None


def _stands(m: re.Match[str], rule: str) -> Reading | None:
    """位列全省各设区市第一: only behind a verb of standing."""
    start = m.start()
    return _ordinal(m, rule) if _STANDS_BEFORE.search(m.string, max(0, start - 60), start) else None


def _listed(m: re.Match[str], rule: str) -> Reading | None:
    """A further universe or metric behind a mark, with its own position."""
    start = m.start()
    return _ordinal(m, rule) if _LIST_BEFORE.search(m.string, max(0, start - 96), start) else None


def _place(m: re.Match[str], rule: str) -> Reading | None:
    """排名由21名升至15名: a position without 第."""
    start, end = m.span()
    if not _PLACE_BEFORE.search(m.string, max(0, start - 40), start):
        return None
    value = int(m.string[start : end - 1])
    return _reading(start, end, value, value, rule) if value else None


def _moved_too(m: re.Match[str], rule: str) -> Reading | None:
    """前进3位、1位和2位: the verb stands before the first."""
    said, value = _MOVED_BEFORE.search(m.string, max(0, m.start() - 40), m.start()), small(m["n"])
    if said is None or not value:
        return None
    return _reading(*m.span("span"), value, value, rule, "places", "up" if said["verb"] in _UP else "down")


def _top(m: re.Match[str], rule: str) -> Reading:
    return _reading(*m.span(), 1, 1, rule)


def _first_few(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    start = led(m.string, led(m.string, m.start(), *_OF_ALL), *_PLACES)
    return _reading(start, m.end(), 1, value, rule) if value and value > 1 else None


def _first_few_after_verb(m: re.Match[str], rule: str) -> Reading | None:
    inner = led(m.string, m.start(), *_OF_ALL)
    value, start = small(m["n"]), led(m.string, inner, *_PLACES)
    stands = start < inner or m.string.endswith(_ENTERS, 0, inner)
    return _reading(start, m.end(), 1, value, rule) if value and value > 1 and stands else None


def _between(m: re.Match[str], rule: str) -> Reading | None:
    a, b = small(m["a"]), small(m["b"])
    return _reading(*m.span(), a, b, rule) if a and b and a < b else None


def _moved(m: re.Match[str], rule: str) -> Reading | None:
    value = small(m["n"])
    return _reading(*m.span("span"), value, value, rule, "places", "up" if m["verb"] in _UP else "down") if value else None


RULES = (
    # 居全省第二位, 由第34位上升到第12位
    Words("an ordinal with 位 or 名", re.compile(rf"(?P<span>第(?P<n>{_N})(?:位(?!的?主持|同志)|名(?!单|的)))"), _ordinal),
    Words(
        "an ordinal after a verb of standing",
        re.compile(rf"(?P<span>第(?P<n>{_N}))(?![{_H}0-9位名批次届产个季号大期条家期年月天书阶线方轮代])"),
        _stands,
    ),
    Words(
        "a further ordinal of a list",
        re.compile(rf"[、和及](?<=[{_H}0-9位名].)(?P<span>第(?P<n>{_N}))(?=[位名，。,；;、和]|$)(?![、和及]第?{_N}(?:产业|季度|批|轮|期))"),
        _ordinal,
    ),
    Words("the top", re.compile(r"首位(?!度)|榜首|居首(?!位)|第一方阵"), _top),
    Words("the first few", re.compile(rf"前(?P<n>{_N})(?:位|名)(?!的?[年月])"), _first_few, ("前",)),
    Words(
        "the first few after a verb",
        re.compile(r"前(?P<n>[二三四五六七八九十]{1,2}|[0-9]{1,2})(?![位名年个月季周天0-9])"),
        _first_few_after_verb, ("前",),
    ),
    Words("from one position to another", re.compile(rf"第(?P<a>{_N})位?[至到-]第(?P<b>{_N})[位名]"), _between),
    Words(
        "a further universe and its ordinal",
        re.compile(rf"[、，,和及][^，。,；;、\n0-9第]{{1,14}}(?P<span>第(?P<n>{_N})(?:位|名)?)(?=[，。,；;、)和]|$)"),
        _listed, ("第",),
    ),
    Words("a position without 第", re.compile(r"[0-9](?<![0-9第.].)[0-9]{0,2}[位名](?=[，。,；;、)升降上下提退跃前]|$)"), _place, ("名", "位")),
    Words("a change of position", re.compile(rf"(?P<verb>{_MOVE})了?(?P<span>(?P<n>{_N})个?[位名]次?)(?![于居列])"), _moved),
    Words("a further change of position", re.compile(rf"[、和及](?P<span>(?P<n>{_N})个?[位名]次?)(?![于居列])"), _moved_too, ("位", "名")),
)
