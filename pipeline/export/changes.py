"""What became of the figures of a watched page, for a person and as JSON."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from ...schemas.figure import Figure
from ...schemas.report import Report
from ..watch import Change
from .digest import plain
from .words import Lang, say

_MARKS = {"changed": "~", "vanished": "-", "new": "+"}
_LONGEST = 76


def text(name: str, report: Report, found: Sequence[Change], lang: Lang) -> str:
    """The page, and for each figure a line of what it was and is, and the sentence it stands in."""
    rows = [f"── {plain(report.document.title or name)}"]
    if report.document.title:
        rows.append(f"   {plain(name)}")
    for change in found:
        rows.append(f"{_MARKS[change.kind]} {_what(change, lang)}")
        figure = change.new or change.old
        sentence = change.new_sentence or change.old_sentence or ""
        if figure is not None:
            rows.append(f"  {_around(sentence, figure)}")
    return "\n".join(rows) + "\n"


def line(name: str, old: Report, new: Report, found: Sequence[Change]) -> bytes:
    """One JSON object, and a line feed: the source, the ids of both documents, the changes."""
    record = {"source": name, "old": old.document.id, "new": new.document.id, "changes": list(found)}
    return msgspec.json.encode(record) + b"\n"


def _what(change: Change, lang: Lang) -> str:
    if change.old is not None and change.new is not None:
        words = f"{plain(change.old.surface)} → {plain(change.new.surface)}"
    else:
        words = say(lang, f"watch.{change.kind}", figure=plain((change.old or change.new or _none()).surface))
    figure = change.new or change.old
    about = [figure.metric_text, figure.subject, figure.period.text if figure.period else None] if figure else []
    named = " · ".join(plain(each) for each in dict.fromkeys(about) if each)
    return f"{words}    {named}".rstrip()


def _none() -> Figure:
    raise ValueError("a change has a figure before or after")


def _around(sentence: str, figure: Figure) -> str:
    """The sentence, or its part around the figure."""
    sentence = plain(sentence)
    at = max(0, sentence.find(plain(figure.surface)))
    if len(sentence) <= _LONGEST:
        return sentence
    start = max(0, min(at - _LONGEST // 2, len(sentence) - _LONGEST))
    return f"{'…' if start else ''}{sentence[start : start + _LONGEST]}{'…' if start + _LONGEST < len(sentence) else ''}"
