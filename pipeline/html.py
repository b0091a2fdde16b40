"""Text to a tree, and from the tree the elements that selectors name, written out well-formed.

lexbor reads first. BeautifulSoup on lxml reads what lexbor would be slow on: nesting deeper than any page needs.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

import msgspec
from selectolax.lexbor import LexborHTMLParser, LexborNode

if TYPE_CHECKING:
    from bs4 import Tag

_MANY_TAGS = 20_000
_DEEP = 5_000
_OPENING = re.compile(r"<(/?)([a-zA-Z]+)")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr p li td tr th option".split())
_DOCUMENT = re.compile(r"(?i)<!doctype|<html\b|<body\b")
_HIDING = "script|style|textarea|title|xmp|template|select|noscript|iframe|svg"
_SWALLOWING = re.compile(rf"<(/?)({_HIDING}|{_HIDING.upper()})\b")
_BLANK_LINE = re.compile(r"\n[ \t]*\n\s*")


class Element(msgspec.Struct, frozen=True):
    """An element: its markup, well-formed, its identity within the tree, and that of its parent."""

    markup: str
    key: int
    parent: int


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
        """The element whose own paragraphs hold the most Chinese text outside links."""
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


class Lexbor:
    """The fast reader."""

    def __init__(self, text: str) -> None:
        self.parser = LexborHTMLParser(text)
        self.nodes: dict[int, LexborNode] = {}
        self.elements: dict[int, Element] = {}

    def _element(self, node: LexborNode) -> Element:
        """Written out once: many selectors find the same box."""
        key = node.mem_id
        if (found := self.elements.get(key)) is None:
            self.nodes[key] = node
            parent = node.parent
            found = self.elements[key] = Element(node.html or "", key, parent.mem_id if parent is not None else 0)
        return found

    def select(self, selector: str) -> list[Element]:
        """The elements that match, in document order."""
        return [self._element(node) for node in self.parser.css(selector)]

    def contains(self, outer: int, inner: int) -> bool:
        """Whether the element ``outer`` is an ancestor of ``inner``."""
        node = self.nodes[inner].parent
        while node is not None:
            if node.mem_id == outer:
                return True
            node = node.parent
        return False

    def metas(self) -> dict[str, str]:
        """The meta tags: names in lower case, the first non-empty content of each."""
        found: dict[str, str] = {}
        for node in self.parser.css("meta[content]"):
            attributes = node.attributes
            name = (attributes.get("name") or attributes.get("property") or "").strip().lower()
            content = (attributes.get("content") or "").strip()
            if name and content:
                found.setdefault(name, content)
        return found

    def densest(self) -> Element | None:
        """Paragraphs vote for their parents, blocks of bare text for themselves; the most votes win."""
        votes: dict[int, float] = {}
        nodes: dict[int, LexborNode] = {}
        for node in self.parser.css("p, div, td, section, article, li, h2, h3, h4, blockquote, center, body"):
            size = chinese(_own_text(node))
            if not size:
                continue
            target = node.parent if node.tag in ("p", "li", "h2", "h3", "h4", "blockquote") else node
            share = 1.0
            while target is not None and share > 0.2 and target.tag not in ("html", "-undef"):
                votes[target.mem_id] = votes.get(target.mem_id, 0.0) + size * share
                nodes[target.mem_id] = target
                share *= 0.6
                target = target.parent
        if not votes:
            return None
        return self._element(nodes[max(votes, key=lambda key: votes[key])])


class Soup:
    """The slow reader, undisturbed by any depth of nesting."""

    def __init__(self, text: str) -> None:
        from bs4 import BeautifulSoup

        self.soup = BeautifulSoup(text, "lxml")
        self.tags: dict[int, Tag] = {}

    def _element(self, tag: Tag) -> Element:
        self.tags[id(tag)] = tag
        return Element(tag.decode(formatter="minimal"), id(tag), id(tag.parent))

    def select(self, selector: str) -> list[Element]:
        """The elements that match, in document order."""
        return [self._element(tag) for tag in self.soup.select(selector)]

    def contains(self, outer: int, inner: int) -> bool:
        """Whether the element ``outer`` is an ancestor of ``inner``."""
        return any(id(parent) == outer for parent in self.tags[inner].parents)

    def metas(self) -> dict[str, str]:
        """The meta tags: names in lower case, the first non-empty content of each."""
        found: dict[str, str] = {}
        for tag in self.soup.select("meta[content]"):
            name = str(tag.get("name") or tag.get("property") or "").strip().lower()
            content = str(tag.get("content") or "").strip()
            if name and content:
                found.setdefault(name, content)
        return found

    def densest(self) -> Element | None:
        """The whole body: on such a page nothing finer can be trusted."""
        bodies = self.select("body")
        return bodies[0] if bodies else None


_INLINE = frozenset("span font b strong em i u label sup sub big small o:p".split())
# The high bytes of U+3400 to U+9FFF.
_HAN = bytes(range(0x34, 0xA0))


def chinese(text: str) -> int:
    """How many characters of U+3400 to U+9FFF. By high bytes: seven times as fast as by a pattern."""
    high = text.encode("utf-16-be", "surrogatepass")[::2]
    return len(high) - len(high.translate(None, _HAN))


def _own_text(node: LexborNode) -> str:
    """The text of a block without that of blocks and links inside it."""
    parts, child = [], node.first_child
    while child is not None:
        tag = child.tag
        if tag == "-text":
            parts.append(child.text(deep=False))
        elif tag in _INLINE and child.css_first("a") is None:
            parts.append(child.text())
        child = child.next
    return "".join(parts)
