"""The fast reader: lexbor."""

from __future__ import annotations

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ._density import Density
from ._element import Element, Weight


class Lexbor:
    """The fast reader."""

    def __init__(self, text: str) -> None:
        self.parser = LexborHTMLParser(text)
        self.nodes: dict[int, LexborNode] = {}
        self.elements: dict[int, Element] = {}
        self.density: Density | None = None
        self.written, self.most = 0, 1_000_000 + 20 * len(text)

    def _element(self, node: LexborNode) -> Element:
        """Written out once: many selectors find the same box."""
        key = node.mem_id
        if (found := self.elements.get(key)) is None:
            self.nodes[key] = node
            parent = node.parent
            markup = node.html or ""
            self.written += len(markup)
            found = self.elements[key] = Element(markup, key, parent.mem_id if parent is not None else 0)
        return found

    def select(self, selector: str) -> list[Element]:
        """The elements that match, in document order; boxes nested by the thousand are not all written out."""
        found = []
        for node in self.parser.css(selector):
            if self.written > self.most:
                break
            found.append(self._element(node))
        return found

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
        """The box of the running text, without the foreign boxes in it; None where there is no sentence."""
        found = self._density().box()
        if found is None:
            return None
        element = self._element(found)
        markup = element.markup
        for foreign in self._density().foreign(found):
            markup = markup.replace(foreign.html or "", "", 1)
        return Element(markup, element.key, element.parent)

    def weight(self, key: int) -> Weight:
        """How much of an element that was selected is running text."""
        return self._density().weight(self.nodes[key])

    def _density(self) -> Density:
        """Weighed once, and only for pages that ask for it."""
        if self.density is None:
            self.density = Density(self.parser)
        return self.density
