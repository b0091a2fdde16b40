"""Index numbers and scores.

>>> 制造业PMI为50.1 → 50.1; 总人口性别比为104.49; 得分为79.88分
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral, arabic
from ._rule import Unit, Words, figure

_NAMED = re.compile(
    r"(?:指数|PMI|性别比|收入比|比值|系数|总分|得分|评分|分值|之比|倍差)(?:\([^()]{1,20}\))?(?:分别)?(?:为|是|达到|达|由|从|降至|升至|降为|升到|降到|报|约为)?(?=\d)"
)
_SCORE = re.compile(r"分(?=[，。,；;、和)以位居比的]|$)")
_POINTS = re.compile(r"点(?=[，。,；;、和)]|$)")
_NO_UNIT = re.compile(r"(?:分(?![钟别之成为布公])|点)?(?=[，。,；;、\s()和以比]|(?:降至|升至|到|下降|上升|增|比)|$)")


def _named(m: re.Match[str], rule: str) -> Reading | None:
    text, at = m.string, m.end()
    window = text[at : at + 20]
    for numeral in arabic(window):
        if numeral.start == 0:
            tail = _NO_UNIT.match(text, at + numeral.end)
            if tail is None:
                return None
            moved = numeral._replace(start=at, end=at + numeral.end)
            return figure(text, moved, tail.end(), "index", "index", rule)
        break
    return None


def _score(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    if numeral.chinese or numeral.exact and numeral.value < 10:
        return None
    return figure(text, numeral, m.end(), "index", "index", rule)


def _stock(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    return None if numeral.chinese or numeral.value <= 24 else figure(text, numeral, m.end(), "index", "index", rule)


RULES = (
    Words("a named index", _NAMED, _named),
    Unit("a score", "分", _SCORE, _score),
    Unit("points of an index", "点", _POINTS, _stock),
)
