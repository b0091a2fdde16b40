"""The patterns of the extractors, and what makes one linear."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import heshu.extractors
from heshu.extractors._rule import Words
from heshu.pipeline import audit, extract, view

FILLERS = ("1", ",", " ", "一", "1,", "1,111", "一、", "“", "(", "a1", "1年", "第一", "1:", "1.", "1-", "1/", "前1为", "万", "百分之")
MOST = 400
"""A bounded repetition longer than this is as good as an endless one."""


def registry() -> Iterator[tuple[str, re.Pattern[str]]]:
    """Every pattern of a rule, and every pattern that the modules of the extractors, the view and the audit keep."""
    for room, rules in extract.rooms().items():
        for rule in rules:
            yield f"{room}: {rule.name}", rule.pattern
    names = [each.name for each in pkgutil.iter_modules(heshu.extractors.__path__)]
    modules = [importlib.import_module(f"heshu.extractors.{name}") for name in names]
    for module in (*modules, audit, view):
        for name, value in vars(module).items():
            if isinstance(value, re.Pattern):
                yield f"{module.__name__}.{name}", value


def searched() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that run over whole texts."""
    for room, rules in extract.rooms().items():
        for rule in rules:
            if isinstance(rule, Words) and not rule.after:
                yield f"{room}: {rule.name}", rule.pattern


def endless(pattern: re.Pattern[str]) -> list[str]:
    """The repetitions of ``pattern`` that can be given back one by one without end."""
    return list(_endless(_parser.parse(pattern.pattern, pattern.flags)))


def _endless(tree: Any) -> Iterator[str]:
    for op, given in tree:
        if op in (code.MAX_REPEAT, code.MIN_REPEAT) and given[1] > MOST:
            yield f"{op} {given[0]}..{given[1]} of {given[2]}"
        for part in _parts(given):
            yield from _endless(part)


def _parts(given: Any) -> Iterator[Any]:
    if isinstance(given, _parser.SubPattern):
        yield given
    elif isinstance(given, tuple | list):
        for each in given:
            yield from _parts(each)


def begins_with_a_character(pattern: re.Pattern[str]) -> bool:
    """Whether the engine can skip what cannot begin a match: no empty start, no look-behind before the first character."""
    tree = _parser.parse(pattern.pattern, pattern.flags)
    while tree and tree[0][0] is code.SUBPATTERN:
        tree = tree[0][1][-1]
    if not tree:
        return False
    op, given = tree[0]
    if op is code.BRANCH:
        return all(branch and branch[0][0] is code.LITERAL for branch in given[1])
    return op in (code.LITERAL, code.IN)
