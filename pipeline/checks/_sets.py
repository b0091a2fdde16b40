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
