"""Text → sentences → clauses, every character kept. Offsets are in the view."""

from __future__ import annotations

import re
from typing import NamedTuple

_SENTENCE = re.compile(r"[。！？!?\n]+[”\"』」）)]*")
_CLAUSE = re.compile(r"[，,；;：:]")


class Clause(NamedTuple):
    """A stretch between punctuation; ``stop`` is the mark that closes it, empty at the end of a sentence."""

    start: int
    end: int
    stop: str


class Sentence(NamedTuple):
    """``start`` and ``end`` with its closing mark; ``clauses`` cover it without gaps."""

    start: int
    end: int


def sentences(text: str) -> list[Sentence]:
    """The sentences of ``text``; together they are the text."""
    found: list[Sentence] = []
    start = 0
    for m in _SENTENCE.finditer(text):
        found.append(Sentence(start, m.end()))
        start = m.end()
    if start < len(text):
        found.append(Sentence(start, len(text)))
    return found


def clauses(text: str, start: int, end: int) -> list[Clause]:
    """The clauses of ``text[start:end]``; a comma inside a thousands group is none."""
    found: list[Clause] = []
    begin = start
    for m in _CLAUSE.finditer(text, start, end):
        at = m.start()
        grouped = text[at - 1 : at].isdigit() and re.compile(r"[,:]\d").match(text, at) is not None
        if grouped:
            continue
        found.append(Clause(begin, at + 1, m[0]))
        begin = at + 1
    if begin < end:
        found.append(Clause(begin, end, ""))
    return found
