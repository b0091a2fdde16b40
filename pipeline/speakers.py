"""Turns: who speaks from where to where, in which role, and which question an answer belongs to."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from ..schemas.identity import record_id
from ..schemas.turn import Role, Turn, TurnKind
from ._labels import Label, label
from ._names import NAME
from ._offices import offices, presides

_ASKING = re.compile(r"[?？]|请问|想问|想了解|我的问题|能否介绍|请介绍")
_CLOSING = re.compile(r"到此结束|到这里|到此为止|结束了|圆满结束|再见|会到这")
_FLOOR = re.compile(r"有请|请.{1,30}(?:介绍|回答|发布|作答|通报)|提问|下一个问题|最后一个问题")
_WELCOME = re.compile(r"发布会|通气会|记者会|吹风会|见面会|大家好|大家上午好|大家下午好|欢迎|各位")
_CONFERENCE = re.compile(r"发布会|通气会|记者会|吹风会|见面会|答记者问|访谈|实录|提问|记者")
_MOST_NAMES = 200
_NAMED = re.compile("name|office name|host|guest")
"""The forms of labels whose speaker may be a person's name."""
_ADDRESSED = re.compile(r"先生|女士|同志|副?(?:主任|局长|厅长|部长|司长|处长|科长|市长|省长)")
_PRESIDING = re.compile("主持")
_PRESIDING_REACH, _OPENING = 80, 20_000
"""Characters: further from 主持, or later in a text, no name is looked for."""
_METADATA = re.compile(rf"\s{{0,3}}[^，,。！？!?]{{0,30}}?(?P<name>{NAME})\s{{0,3}}")


class Printed(msgspec.Struct):
    """A line of the transcript, where it starts in the text, and how many of its first characters are bold."""

    start: int
    text: str
    bold: int = 0


class _Open(msgspec.Struct):
    """A turn whose end is not known yet."""

    label: Label | None
    start: int
    end: int = 0


def turns(text: str, lines: list[Printed], title: str, document: str) -> tuple[Turn, ...]:
    """The turns of a transcript in order; together they hold every character but the white space between them.

    Text before the first speaker, and text without any, is a turn whose speaker is None.
    """
    found = _accepted(text, lines, title)
    opened = [_Open(None, 0)] + [_Open(one, line.start) for line, one in found]
    for index, turn in enumerate(opened):
        end = opened[index + 1].start if index + 1 < len(opened) else len(text)
        turn.start, turn.end = _trimmed(text, turn.start, end)
    opened = [turn for turn in opened if turn.start < turn.end]
    names = {one.speaker for _, one in found if _NAMED.match(one.form)}
    titles = offices(f"{title}\n{text}", names) if len(names) <= _MOST_NAMES else {}
    hosts = _hosts(text, opened, names)
    roles = [_role(turn.label, hosts) for turn in opened]
    kinds = _kinds(text, opened, roles)
    ids = [record_id(document, "turn", turn.start, turn.end) for turn in opened]
    answers = _answers(kinds, ids)
    return tuple(
        Turn(
            id=ids[index],
            speaker=turn.label.speaker if turn.label else None,
            title=_title(turn.label, titles),
            role=roles[index],
            kind=kinds[index],
            answers=answers[index],
            start=turn.start,
            end=turn.end,
        )
        for index, turn in enumerate(opened)
    )


def _title(one: Label | None, titles: dict[str, str]) -> str | None:
    """The office of the label, or the one that the text gives; 主持人 is told only where nothing else is known."""
    if one is None:
        return None
    told = titles.get(one.speaker)
    return (told or one.office) if one.office == "主持人" else (one.office or told)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _accepted(text: str, lines: list[Printed], title: str) -> list[tuple[Printed, Label]]:
    """The lines that open a turn: the sure ones, and the others as far as the rest of the text speaks for them."""
    seen: list[tuple[int, Label]] = []
    for index, line in enumerate(lines):
        one = label(line.text[:120], line.bold)
        if one is not None and not (one.form in ("host", "guest") and _is_metadata(line.text[one.size :])):
            seen.append((index, one))
    if not seen:
        return []
    evidence = _Evidence(text, title, [one for _, one in seen])
    kept = []
    for index, one in seen:
        after = lines[index].text[one.size :].strip() or _next_text(lines, index)
        if after and (one.sure or evidence.supports(one, after)):
            kept.append((lines[index], one))
    return kept


def _next_text(lines: list[Printed], index: int) -> str:
    """The text of the next line that is not blank."""
    return next((line.text for line in lines[index + 1 : index + 12] if line.text.strip()), "")


def _is_metadata(rest: str) -> bool:
    """主持人：张三 in a list of time, place and people opens no turn."""
    return bool(rest.strip()) and _METADATA.fullmatch(rest[:60]) is not None and len(rest) < 60


class _Evidence:
    """What the whole text says about the possible speakers. More than ``_MOST_NAMES`` of them are none."""

    def __init__(self, text: str, title: str, labels: list[Label]) -> None:
        self.conference = bool(_CONFERENCE.search(title) or _CONFERENCE.search(text[:3000]))
        self.labels = Counter(one.speaker for one in labels)
        alone = {one.speaker for one in labels if one.form == "name" and one.alone}
        self.others = any(one.sure for one in labels) or (
            self.conference
            and (len(alone) >= 2 or any(self.labels[one.speaker] >= 2 for one in labels if one.form == "name"))
        )
        names = list(dict.fromkeys(one.speaker for one in labels if "name" in one.form or one.form == "guest"))[:_MOST_NAMES]
        told = offices(f"{title}\n{text}", set(names))
        self.known = {name for name in names if name in told or name in title or _called(text, name)}
        self.mentioned = {name for name in names if text.count(name) >= 2}

    def supports(self, one: Label, after: str) -> bool:
        """Whether a label that could be an ordinary word is a speaker; ``after`` is what is said."""
        known, repeated = one.speaker in self.known, self.labels[one.speaker] >= 2
        if one.form.endswith(" alone"):
            return known
        if one.form == "office name":
            return known or self.others or one.speaker in self.mentioned
        if one.form == "name":
            if one.alone:
                return known or one.bold or self.others or one.speaker in self.mentioned
            return known or (one.bold and repeated) or (self.conference and (self.others or repeated))
        if one.form == "outlet":
            return (one.alone or one.bold or self.others) and bool(_ASKING.search(after[:600]))
        if one.form == "asks":
            return self.others and bool(_ASKING.search(after[:600]))
        if one.form == "interpreter":
            return one.alone or one.bold or self.others
        if one.form == "guest":
            return known or ((one.alone or self.others) and len(after) > 20)
        if one.form == "office":
            return one.bold or (one.alone and len(after) > 20) or (self.others and repeated)
        return one.alone or one.bold or (self.others and repeated)


def _called(text: str, name: str) -> bool:
    """请陈瑛…, 陈瑛女士, 陈瑛副主任."""
    squeezed = "".join(name.split())
    # No pattern of the name: every page has other names, and to compile one takes longer than to read the page with it.
    if f"请{squeezed}" in text:
        return True
    at = text.find(squeezed)
    while at >= 0:
        if _ADDRESSED.match(text, at + len(squeezed)):
            return True
        at = text.find(squeezed, at + 1)
    return False


def _near_presiding(text: str) -> str:
    """What stands so close to 主持 that it may tell who presides."""
    return "\n".join(
        text[max(0, found.start() - _PRESIDING_REACH) : found.end() + _PRESIDING_REACH]
        for found in _PRESIDING.finditer(text, 0, _OPENING)
    )


def _hosts(text: str, opened: list[_Open], names: set[str]) -> set[str]:
    """Who presides: so labelled, so told in the opening, or first and last to speak and giving the floor."""
    labelled = {turn.label.speaker for turn in opened if turn.label and turn.label.role == "host"}
    named = [turn for turn in opened if turn.label and turn.label.role == "speaker"]
    if labelled or len({turn.label.speaker for turn in named if turn.label}) < 2:
        return labelled
    near = _near_presiding(text) if len(names) <= _MOST_NAMES else ""
    if told := {name for name in names if "".join(name.split()) in near and presides(text, name)}:
        return told
    first = named[0]
    body = text[first.start : first.end]
    if first.label and _WELCOME.search(body) and _FLOOR.search(body[-300:]):
        return {first.label.speaker}
    return set()


def _role(one: Label | None, hosts: set[str]) -> Role:
    """The label's role, corrected by what the text says about who presides."""
    if one is None:
        return "unknown"
    return "host" if one.speaker in hosts else one.role


def _kinds(text: str, opened: list[_Open], roles: list[Role]) -> list[TurnKind]:
    """What each turn is for."""
    kinds: list[TurnKind] = []
    asked = False
    last = len(opened) - 1
    for index, turn in enumerate(opened):
        role, body = roles[index], text[turn.start : turn.end]
        kind: TurnKind = "statement"
        if turn.label is None:
            kind = "opening" if last else "statement"
        elif turn.label.form.split()[0] in ("asks", "journalist", "outlet", "public"):
            kind, asked = "question", True
        elif turn.label.form == "interpreter":
            kind = "statement"
        elif role == "host":
            kind = _host_kind(index, last, body, kinds, asked)
        elif asked:
            kind = "answer"
        kinds.append(kind)
    return kinds


def _host_kind(index: int, last: int, body: str, kinds: list[TurnKind], asked: bool) -> TurnKind:
    """A host opens, closes, hands over, or answers a question without handing it on."""
    if index == last and index > 0 and (_CLOSING.search(body) or "谢谢" in body[-40:]):
        return "closing"
    if all(kind == "opening" for kind in kinds):
        return "opening"
    if asked and kinds[-1] == "question" and not _FLOOR.search(body[:80]) and len(body) > 80:
        return "answer"
    return "statement"


def _answers(kinds: list[TurnKind], ids: list[str]) -> list[str | None]:
    """For each answer the id of the question before it."""
    question: str | None = None
    answers: list[str | None] = []
    for kind, own in zip(kinds, ids, strict=True):
        if kind == "question":
            question = own
        answers.append(question if kind == "answer" else None)
    return answers
