"""The slow reader: BeautifulSoup on lxml."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ._element import Element, Weight, chinese

if TYPE_CHECKING:
    from bs4 import Tag


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

    def weight(self, key: int) -> Weight:
        """All of the text counts."""
        size = chinese(self.tags[key].get_text())
        return Weight(size, 0, size)
