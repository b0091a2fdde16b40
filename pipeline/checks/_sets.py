"""Counts that are the size of a named set: 100个市重点推进项目, 计划新开工项目164个."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item

# 计划新开工项目164个 … 其中164个计划新开工项目: a stage of one set, named again.
_STAGE = re.compile(r"^(?P<stage>计划新开工|计划开工|计划竣工|前期谋划|续建|新建)(?:的)?项目")
_STAGE_BEFORE = re.compile(r"(?P<stage>计划新开工|计划开工|计划竣工|前期谋划|续建|新建)(?:的)?项目$")


def set_key(item: Item) -> tuple[str, str] | None:
    """The set that a count is the size of: the name touches the number (100个市重点推进项目, 重大重点项目586个)."""
    if item.reading.kind != "count" or item.subject is None or item.role not in ("level", "plan"):
        return None
    noun = re.sub(r"^(?:国家|省|市|县|区|州)(?:级|列)?", "", item.subject[:-2])
    if noun and (item.tail.startswith(("的" + noun, noun)) or re.match(rf"^[市省县区州]?{re.escape(noun)}", item.tail)):
        return item.subject, item.unit
    if item.near.endswith(item.subject):
        return item.subject, item.unit
    stage = _STAGE.match(item.tail) or _STAGE_BEFORE.search(item.near)
    if stage:
        return f"{item.subject}|{stage['stage']}", item.unit
    listed = re.match(r"^(?:项目|企业)?(?:被)?列[入为]", item.tail)
    if listed and noun in item.tail:
        return item.subject, item.unit
    return None


# 新增50家, 推动100家, 大石峡枢纽等53个: new things or examples, not the set spoken of before.
_REFERS = re.compile(r"^(?:在|其中|这|该|上述|我[市省县区州]|全[市省县区州]|的|、|含|对|把|将|列入|已|全部|包括)*$")


def inner(item: Item, known: Item) -> bool:
    """实施重大项目500个，其中420个重大项目已开工: some of those just named, not the set again."""
    return item.sentence == known.sentence and "其中" in item.near


def refers(item: Item) -> bool:
    """Whether the second mention points at a set already known: the number opens its clause, its name follows."""
    return bool(_REFERS.match(item.near)) and bool(item.tail)
