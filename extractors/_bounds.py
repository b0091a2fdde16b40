"""Words that bound a number, and the interval that a printed number stands for (arithmetic.md, section 1)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ..schemas.figure import Bound

# 节约5.51亿元, 附近3公里, 签约20个: the character belongs to another word.
_BEFORE = re.compile(
    r"""
    (?: (?P<at_least> 不少于 | 不低于 | 不小于 | 不下 | 至少 | 最少 )
      | (?P<at_most>  不超过 | 不高于 | 不多于 | 不大于 | 至多 | 最多 )
      | (?P<over>     已?超过 | (?<![赶反高])超出? | (?<!不)逾 | 突破 | 跨越 | 大于 | 多于 | 不止 )
      | (?P<under>    接近 | 将近 | 不足 | 不到 | 未到 | 少于 | (?<![附最就临邻新亲靠远])近 )
      | (?P<about>    大约 | 大概 | 差不多 | (?<![节预签履集公合违邀解契条制])约 ) )$
    """,
    re.VERBOSE,
)
# 上千家, 过百亿元, 破千亿元: only before a bare round number, so the numeral has to be seen too.
_ROUND = re.compile(r"(?:(?<=[^通经超])过|(?<![以之网路线海陆岸史场加])上(?=[百千万亿](?!分|年))|(?<=[^a-z突])破)(?=[百千万亿])|(?<=[^a-z突])破(?=[0-9])")
_AFTER = re.compile(
    r"""
    (?: (?P<at_least> (?:\([含不][^()]{0,8}\))?(?:及|或)?以上 )
      | (?P<at_most>  (?:\([含不][^()]{0,8}\))?(?:及|或)?以[下内] | 之内 )
      | (?P<about>    左右 | 上下 )
      | (?P<over>     有余 | 之多 | 出头 | 余(?![家个人万亿]) | 多(?![数个家万亿云样0-9约近出完增收支投用产发卖招建签安]) ) )
    """,
    re.VERBOSE,
)
WIDTH = Decimal("0.05")


class Bounded(NamedTuple):
    """A span grown by its bound words, and the bound."""

    start: int
    end: int
    bound: Bound | None
    suffix: bool


def around(text: str, start: int, end: int) -> Bounded:
    """Grow ``start:end`` by the bound words that touch it."""
    left = _BEFORE.search(text, max(0, start - 5), start)
    right = _AFTER.match(text, end)
    if left is None and right is None and start and _ROUND.match(text, start - 1):
        return Bounded(start - 1, end, "over", False)
    if left is not None and right is None:
        return Bounded(left.start(), end, left.lastgroup, False)  # type: ignore[arg-type]
    if right is not None:
        begin = left.start() if left is not None else start
        return Bounded(begin, right.end(), right.lastgroup, True)  # type: ignore[arg-type]
    return Bounded(start, end, None, False)


def interval(
    value: Decimal, step: Decimal, exact: bool, bound: Bound | None, infix: bool
) -> tuple[Decimal | None, Decimal | None]:
    """What the printed digits may stand for; None is an open end."""
    if infix and bound in (None, "over"):
        return value, value + step
    if bound in ("over", "at_least"):
        return value, None
    if bound in ("under", "at_most"):
        return None, value
    if bound == "about":
        width = abs(value) * WIDTH
        return value - width, value + width
    if exact:
        return value, value
    return value - step / 2, value + step / 2


# 亿元以上项目, 1000万人次以上的机场: a number that says which things are meant, not how much there is.
_CLASS_NOUN = re.compile(
    r"(?:的)?(?!大关|的?(?:目标|任务|规模|水平|成绩|好成绩|速度|增速|增长|增幅|基础|比例|大(?!学|中|型|企|项|专)|高|新|门槛|份额|占比))"
    r"(?:[\u4e00-\u9fff]|[0-9]{1,9}+(?:个|家|人|户|件|例))"
)
_ENDS = re.compile(r"[，。,；;、)”！？\s]|$|的?(?:目标|任务|水平)|大关")
_COUNTED_WHOLE = frozenset("个 项 家 户 件 例 起 宗 所 座 名 条 场 次 套 台".split())
_SUCH = re.compile(
    r"的?(?:重大|重点|工业|产业|制造业|省外|外资|内资|大){0,4}(?:项目|企业|机场|县|城市|园区|集群|村|镇)|的(?:有)?[0-9]|的[有达]?[0-9]"
)
_SET_BEFORE = re.compile(
    r"(?:有[0-9]{1,9}[余多]?[个家](?!项目|完成)[^，。,；;、0-9完成]{1,10}|(?<![0-9])[0-9]{1,9}[个家]的[^，。,；;、0-9]{0,8})$"
)
# 给予1000元以上补助, 完成3000个以上: an amount was given or reached, whatever follows.
_DEED = re.compile(r"(?:给予|补助|补贴|奖励|发放|新增|完成|实现|节约|减少|增加|拉动|带动|增长|提高|降低|惠及)(?:了)?$")
_OF_RATE = re.compile(r"的有?[0-9]")
_DONE_OF_WHICH = re.compile(r"[\u4e00-\u9fff]{2,3}的(?:占|有|比例|达)")
_OF_WHICH = re.compile(r"的(?![0-9])[\u4e00-\u9fff]")


def names_class(text: str, grown: Bounded, unit: str, kind: str) -> bool:
    """Whether the bounded number defines a class (threshold) instead of measuring something."""
    if grown.bound not in ("at_least", "at_most", "over", "under"):
        return False
    if unit in ("岁", "周岁"):
        return True
    if _SET_BEFORE.search(text, max(0, grown.start - 16), grown.start):
        return grown.bound == "over" or grown.suffix
    if not grown.suffix:
        return bool(_SUCH.match(text, grown.end)) and kind in ("money", "count", "quantity")
    if _ENDS.match(text, grown.end) or (_DEED.search(text, max(0, grown.start - 4), grown.start) and text[grown.end] != "的"):
        return False
    if text.startswith("者", grown.end):
        return True
    if kind == "duration":
        # 15秒以内接通的, 3天之内办结的: a limit with its deed and 的 is a class too.
        return bool(_OF_WHICH.match(text, grown.end) or _SUCH.match(text, grown.end) or _DONE_OF_WHICH.match(text, grown.end))
    if kind == "rate":
        return bool(_OF_RATE.match(text, grown.end))
    if kind == "count" and unit in _COUNTED_WHOLE:
        return bool(_OF_WHICH.match(text, grown.end) and _CLASS_NOUN.match(text, grown.end))
    return bool(_CLASS_NOUN.match(text, grown.end))
