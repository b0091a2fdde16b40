"""Text to a tree, and from the tree the elements that selectors name, written out well-formed.

lexbor reads first. BeautifulSoup on lxml reads what lexbor would be slow on: nesting deeper than any page needs.
"""

from __future__ import annotations

import re
from typing import Protocol

from ._element import Element, Weight, chinese
from ._last import extracted as last_resort
from ._lexbor import Lexbor
from ._soup import Soup

__all__ = ["Element", "Lexbor", "Soup", "Tree", "Weight", "chinese", "ends_inside_hidden", "is_document", "last_resort", "read"]

_MANY_TAGS = 20_000
_DEEP = 5_000
_OPENING = re.compile(r"<(/?)([a-zA-Z]+)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th option".split())
_DOCUMENT = re.compile(r"(?i)<!doctype|<html\b|<body\b")
_HIDING = "script|style|textarea|title|xmp|template|select|noscript|iframe|svg"
_SWALLOWING = re.compile(rf"<(/?)({_HIDING}|{_HIDING.upper()})\b")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


class Tree(Protocol):
    """What the rest of parsing asks of a tree."""

    def select(self, selector: str) -> list[Element]:
        """The elements that match, in document order."""
        ...

    def contains(self, outer: int, inner: int) -> bool:
        """Whether the element ``outer`` is an ancestor of ``inner``."""
        ...

    def metas(self) -> dict[str, str]:
        """The meta tags: names in lower case, the first non-empty content of each."""
        ...

    def densest(self) -> Element | None:
        """The box of the running text, without the foreign boxes in it."""
        ...

    def weight(self, key: int) -> Weight:
        """How much of an element that was selected is running text."""
        ...


def read(text: str) -> Tree:
    """The tree of a page. Never raises on odd markup."""
    text = _without_server_code(text)
    if not is_document(text):
        text = _BLANK_LINE.sub("<br>", text)
    if _too_deep(text):
        return Soup(text)
    return Lexbor(text)


def is_document(text: str) -> bool:
    """Whether the markup is a page, not a piece of one."""
    return bool(_DOCUMENT.search(text[:65536]))


def ends_inside_hidden(text: str) -> bool:
    """Whether an element that hides its content is opened and never closed: everything after it is lost to a reader."""
    last: dict[str, bool] = {}
    for closing, name in _SWALLOWING.findall(text):
        last[name.lower()] = not closing
    return any(last.values())


def _without_server_code(text: str) -> str:
    """Templates saved unfilled (``<%@ include … %>``) hold code that no reader sees."""
    if "<%" not in text:
        return text
    kept, at = [], 0
    while (start := text.find("<%", at)) >= 0:
        end = text.find("%>", start)
        if end < 0:
            break
        kept.append(text[at:start])
        at = end + 2
    return "".join(kept) + text[at:]


def _too_deep(text: str) -> bool:
    """Whether elements nest deeper than lexbor reads in reasonable time (its cost grows with the square)."""
    if text.count("<") < _MANY_TAGS:
        return False
    depth = 0
    for closing, name in _OPENING.findall(text):
        if name.lower() not in _VOID:
            depth = max(0, depth - 1) if closing else depth + 1
            if depth > _DEEP:
                return True
    return False
