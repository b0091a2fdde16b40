"""Offices of the people who speak, and who presides, from what the text says about them."""

from __future__ import annotations

import re

from ._names import HONORIFIC, NAME, OFFICE, UNIT, is_name

_BREAK = re.compile(r"[，,。；;：:！!？?\n“”（）()]")
_LEAD = re.compile(
    r"(?:由|我是|就是|分别是|是|邀请到了?|请到了?|有请|邀请|请|欢迎|还有|以及|来自|介绍|主持人|的有|的|了|今天|他们|向|同时)"
)
_PERSON = re.compile(rf"(?:{OFFICE}|{UNIT})({NAME}){HONORIFIC}?$")
_JOINT = re.compile(r"[、和与及]")
_ENDS = re.compile(OFFICE + r"\s{0,3}$")
_DATE = re.compile(r"^(?:\d{4}年)?(?:\d{1,2}月)?(?:\d{1,2}日)?(?:[上下]午)?")
_PRESIDES = r"[^，。；\n]{0,12}主持"


def offices(text: str, names: set[str]) -> dict[str, str]:
    """For each name the office that stands before its first mention with one; 何彦军 → 市发改委党组成员、副主任."""
    found: dict[str, str] = {}
    if not names:
        return found
    squeezed = {re.sub(r"\s", "", name): name for name in names}
    pattern = re.compile("|".join(sorted(map(re.escape, squeezed), key=len, reverse=True)))
    for match in pattern.finditer(text):
        name = squeezed[match.group()]
        if name not in found and (office := _before(text[max(0, match.start() - 60) : match.start()], names)):
            found[name] = office
            if len(found) == len(names):
                break
    return found


def _before(text: str, names: set[str]) -> str | None:
    """The office at the end of the text, without the words that lead to it and without other people."""
    if not _ENDS.search(text):
        return None
    breaks = list(_BREAK.finditer(text))
    if breaks:
        text = text[breaks[-1].end() :]
    leads = list(_LEAD.finditer(text))
    if leads:
        text = text[leads[-1].end() :]
    for joint in reversed(list(_JOINT.finditer(text))):
        before = text[: joint.start()]
        person = _PERSON.search(before)
        office = _ENDS.search(before)
        other = office is not None and before[: office.start()].removesuffix("副").endswith(tuple(names))
        if other or (person and is_name(person[1])):
            text = text[joint.end() :]
            break
    return _DATE.sub("", text).strip() or None


def presides(text: str, name: str) -> bool:
    """Whether the opening says that this person presides."""
    squeezed = re.escape(re.sub(r"\s", "", name))
    return bool(
        re.search(
            rf"由[^，。；\n]{{0,60}}{squeezed}{_PRESIDES}|主持人?[:：\s]{{0,2}}{squeezed}|{squeezed}主持|主持[^，。；\n]{{0,8}}的是[^，。；\n]{{0,40}}{squeezed}",
            text[:20000],
        )
    )
