"""Text to a tree, and from the tree the elements that selectors name, written out well-formed.

lexbor reads first. What it would be slow on is taken away before: tags with thousands of attributes, and nesting deeper than
any page needs. BeautifulSoup on lxml reads what is still too deep.
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
_DEEPEST = 1_000
_ENDLESS = 50_000
"""Characters; a longer tag has thousands of attributes or a picture in it, neither of which is text."""
_ENDLESS_TAG = re.compile(rf"<([a-zA-Z][^\s<>/]{{0,30}})[\s/][^<>]{{{_ENDLESS},}}>")
_WHOLE_TAG = re.compile(r"<(/?)([a-zA-Z][^\s<>/]*)([^<>]*)>")
_INLINE = frozenset("span font b strong em i u a label sub sup big small s strike tt code".split())
_DOCUMENT = re.compile(r"(?i)<!doctype|<html\b|<body\b")
_HIDING = "script|style|textarea|title|xmp|template|select|noscript|iframe|svg"
_SWALLOWING_TAGS = frozenset(_HIDING.split("|"))
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
    if len(text) > _ENDLESS:
        text = _ENDLESS_TAG.sub(r"<\1>", text)
    if _too_deep(text):
        text = _flattened(text)
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


def _flattened(text: str) -> str:
    """The page without the tags that stand deeper than ``_DEEPEST``: blocks become line breaks, the text stays.

    Tags that hide what is in them stay too, so that nothing hidden comes to light.
    """
    depth = 0

    def kept(found: re.Match[str]) -> str:
        nonlocal depth
        closing, name = found[1], found[2].lower()
        if name in _VOID or name in _SWALLOWING_TAGS or "hidden" in found[3] or "display" in found[3]:
            return found[0]
        depth = max(0, depth - 1) if closing else depth + 1
        if depth + bool(closing) <= _DEEPEST:
            return found[0]
        return "" if name in _INLINE else "<br>"

    return _WHOLE_TAG.sub(kept, text)


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
