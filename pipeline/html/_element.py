"""An element of a page as the rest of parsing sees it, and how much Chinese a text holds."""

from __future__ import annotations

import msgspec

# The high bytes of U+3400 to U+9FFF.
_HAN = bytes(range(0x34, 0xA0))


class Element(msgspec.Struct, frozen=True):
    """An element: its markup, well-formed, its identity within the tree, and that of its parent."""

    markup: str
    key: int
    parent: int


class Weight(msgspec.Struct, frozen=True):
    """Chinese characters of an element: ``clean`` in sentences outside foreign boxes, ``foreign`` in links and boxes of
    links, ``total`` in all."""

    clean: int
    foreign: int
    total: int


def chinese(text: str) -> int:
    """How many characters of U+3400 to U+9FFF. By high bytes: seven times as fast as by a pattern."""
    high = text.encode("utf-16-be", "surrogatepass")[::2]
    return len(high) - len(high.translate(None, _HAN))
