"""Where the running text of a page stands that no selector knows.

Every block is weighed: sentences outside links are text, all else is not. A box of links, or of linked headlines with their
abstracts, is foreign and weighs nothing. From the body down, the box is the smallest that still holds nearly all of the text.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from ._element import Weight, chinese

_INLINE = frozenset("span font b strong em i u label sub sup big small o:p a ins mark time tt center".split()) - {"center"}
_UNSEEN = frozenset("script style textarea title xmp template select noscript iframe svg head button object".split())
_HIDDEN = re.compile(r"(?i)display\s*:\s*none|visibility\s*:\s*hidden")
_SENTENCE = re.compile("[。！？；，,]|[:：]$")
_LONG = 25
"""Chinese characters; a line as long is text even without a mark of punctuation."""
_LINKED, _HEADLINES, _FEW = 0.4, 0.15, 3
"""Shares of linked characters: more is a box of links; so much, in at least three links, headlines with abstracts."""
_REST, _SMALL = 0.12, 60
"""A box is left for one inside it that lacks at most this share, and no more characters than that beside it in paragraphs."""
_PARAGRAPHS = frozenset("p li dd dt blockquote h4 h5".split())


class _Box:
    """What has been seen of an element."""

    __slots__ = ("alien", "aside", "clean", "foreign", "inner", "linked", "links", "node", "own", "paragraphs", "tag", "total")

    def __init__(self, node: LexborNode) -> None:
        self.node, self.tag = node, node.tag or ""
        self.own: list[str] = []
        self.inner: list[_Box] = []
        self.linked = self.links = self.clean = self.total = self.paragraphs = self.alien = self.aside = 0
        self.foreign = False


class Density:
    """The boxes of a page, weighed."""

    def __init__(self, parser: LexborHTMLParser) -> None:
        self.boxes: dict[int, _Box] = {}
        self.root = self._weighed(parser.body) if parser.body is not None else None

    def _weighed(self, root: LexborNode) -> _Box:
        """All boxes below ``root``, children before parents; no recursion, since pages nest without limit."""
        whole = _Box(root)
        stack: list[tuple[_Box, LexborNode | None]] = [(whole, root.first_child)]
        while stack:
            box, child = stack.pop()
            if child is None:
                self.boxes[box.node.mem_id] = box
                _close(box, stack[-1][0] if stack else None)
                continue
            stack.append((box, child.next))
            tag = child.tag or ""
            if tag == "-text":
                box.own.append(child.text(deep=False))
            elif tag == "br":
                box.own.append("\n")
            elif tag[:1] != "-" and tag not in _UNSEEN and not _unseen(child):
                stack.append((_Box(child), child.first_child))
        return whole

    def box(self) -> LexborNode | None:
        """The smallest box that holds nearly all of the text."""
        box = self.root
        if box is None or not box.clean:
            return None
        while box.inner:
            best = max(box.inner, key=lambda one: one.clean)
            beside = box.clean - best.clean
            kin = sum(one.clean for one in box.inner if one is not best and _alike(one, best))
            if beside > _REST * box.clean or box.paragraphs > _SMALL or kin > 0.02 * box.clean:
                break
            if best.tag in _PARAGRAPHS and not best.inner:
                break
            box = best
        return box.node

    def foreign(self, node: LexborNode) -> list[LexborNode]:
        """The outermost foreign boxes inside an element."""
        found, stack = [], [self.boxes[node.mem_id]]
        while stack:
            for box in stack.pop().inner:
                if box.foreign:
                    found.append(box.node)
                else:
                    stack.append(box)
        return found

    def weight(self, node: LexborNode) -> Weight:
        """Of a selected element; nothing where it is hidden."""
        box = self.boxes.get(node.mem_id)
        return Weight(box.clean, box.alien, box.total) if box is not None else Weight(0, 0, 0)


def _close(box: _Box, parent: _Box | None) -> None:
    """The verdict on a box when all in it has been seen; words of inline elements belong to the block around them."""
    if box.tag in _INLINE and parent is not None:
        _into(box, parent)
        return
    text = "".join(box.own)
    size = chinese(text)
    good = size if size > box.linked and (_SENTENCE.search(text.strip()) or size >= _LONG) else 0
    inner = [one for one in box.inner if not one.foreign]
    box.total = size + box.linked + sum(one.total for one in box.inner)
    box.alien = box.linked + sum(one.alien for one in box.inner)
    box.clean = good + sum(one.clean for one in inner)
    box.paragraphs = good + sum(one.clean for one in inner if one.tag in _PARAGRAPHS)
    # What was found foreign inside says nothing about the rest.
    rest = size + box.linked + sum(one.total - one.aside for one in inner)
    box.aside = box.total - rest
    box.linked += sum(one.linked for one in inner)
    box.links += sum(one.links for one in inner)
    boxed = bool(box.inner) or box.tag in ("ul", "ol")
    few = _LINKED if box.links < _FEW else _HEADLINES
    if boxed and box.links > 1 and box.linked > few * rest and box.tag != "body":
        box.foreign = True
        box.alien, box.clean, box.paragraphs = box.total, 0, 0
    if parent is not None and box.total:
        parent.inner.append(box)


def _into(box: _Box, parent: _Box) -> None:
    """An inline element gives all it has to the one around it."""
    if box.tag == "a":
        parent.linked += chinese("".join(box.own)) + box.linked
        parent.links += 1
    else:
        parent.own += box.own
        parent.linked += box.linked
        parent.links += box.links
    parent.inner += box.inner


def _alike(one: _Box, other: _Box) -> bool:
    """Boxes of the same tag and class: the turns of a live report."""
    return one.tag == other.tag and one.node.attributes.get("class") == other.node.attributes.get("class")


def _unseen(node: LexborNode) -> bool:
    """Whether the element hides itself."""
    attributes = node.attributes
    return "hidden" in attributes or bool(_HIDDEN.search(attributes.get("style") or ""))
