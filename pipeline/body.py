"""Which part of a page is the transcript, and why that part."""

from __future__ import annotations

import re

import msgspec

from . import html, sites
from .html import Element, Tree

_TAGS = re.compile(r"<[^<>]*>")
_RAW = re.compile(r"<(script|style|textarea|noscript|template|select)\b[^<>]*>.*?</\1\s*>|<!--.*?-->", re.DOTALL)
_LINK = re.compile(r"<a(?=\s)[^<>]*>(.*?)</a>", re.DOTALL)
_SPEAKER_LINE = re.compile(r">\s*[\[【]?[\u4e00-\u9fff·《》]{2,12}[\]】]?\s*(?:<[^<>]*>\s*){0,4}[:：]")
_LEAST = 60
"""Chinese characters; a box with fewer is not the body while another candidate is larger."""
_SURE = 2000
"""A score so high needs no look at the rest of the page."""
_KNOWN = 1.15
"""What the selectors of a recognised family count more."""


class Body(msgspec.Struct, frozen=True):
    """The markup of the body and how it was found; ``fallback`` where no selector reached it, ``why`` a key of the wording."""

    markup: str
    by: str
    fallback: bool
    why: str


class Candidate(msgspec.Struct, frozen=True):
    """The boxes that one selector of a family finds under one parent, with what they are worth.

    ``score`` is Chinese characters × (1 − link density), with twenty more for each speaker line, times 1.15 where the page
    is ``known`` to be of the family; ``prose`` counts marks of punctuation.
    """

    selector: str
    family: str
    known: bool
    own: bool
    elements: tuple[Element, ...]
    characters: int
    linked: int
    speakers: int
    score: float
    prose: int

    @property
    def size(self) -> int:
        """Characters of its markup."""
        return sum(len(element.markup) for element in self.elements)

    @property
    def markup(self) -> str:
        """All its boxes, one after the other."""
        return "".join(element.markup for element in self.elements)


class _Worth(msgspec.Struct):
    """Of a piece of markup."""

    characters: int = 0
    linked: int = 0
    speakers: int = 0
    prose: int = 0

    @property
    def score(self) -> float:
        return self.characters - self.linked + 20 * min(self.speakers, 50)


def choose(tree: Tree, text: str, host: str, address: str = "") -> Body | None:
    """The body of a page; None where there is no text at all."""
    return considered(tree, text, host, address)[0]


def considered(tree: Tree, text: str, host: str, address: str = "") -> tuple[Body | None, tuple[Candidate, ...]]:
    """The body and all candidates in the order they were tried.

    The user's own selectors win by their order. Of the others the highest score wins, and of candidates inside one another
    the innermost that keeps nearly all of it. A page of no known family is also read by density, which wins where the best
    selector misses text or holds boxes of links.
    """
    candidates = _candidates(tree, sites.selectors(text, host, address))
    if own := next((one for one in candidates if one.own and one.score > 0), None):
        return _of(own, "own"), candidates
    best, why = _innermost(tree, candidates)
    if not html.is_document(text):
        piece = "".join(one.markup for one in tree.select("body"))
        if best is None or best.prose < 0.85 * _worth(piece).prose:
            return Body(piece, "fragment", False, "fragment"), candidates
    sure = best is not None and best.score >= _LEAST and (best.score >= _SURE or best.score > 0.35 * _whole(tree))
    if best is not None and sure and best.known:
        return _of(best, why), candidates
    return _by_density(tree, text, candidates, best if best is not None and best.score > 0 else None, why), candidates


def _by_density(tree: Tree, text: str, candidates: tuple[Candidate, ...], best: Candidate | None, why: str) -> Body | None:
    """The best selector held against the densest box; where neither holds a sentence, what trafilatura finds or the page."""
    dense = tree.densest()
    if dense is None:
        if best is not None:
            return _of(best, why)
        return _last(text) or next((Body(one.markup, "body", True, "whole") for one in tree.select("body")), None)
    if best is not None and not _better(tree, dense, best):
        return _of(best, why)
    if named := next((one for one in candidates if [each.key for each in one.elements] == [dense.key]), None):
        return _of(named, "dense_named")
    if tree.weight(dense.key).clean < _LEAST and (last := _last(text)) is not None:
        return last
    return Body(dense.markup, "density", True, "density")


def _better(tree: Tree, dense: Element, best: Candidate) -> bool:
    """Whether the densest box has clearly more running text than the best candidate, or leaves boxes of links behind."""
    box = tree.weight(dense.key)
    weights = [tree.weight(element.key) for element in best.elements]
    clean = sum(one.clean for one in weights)
    if box.clean > 1.25 * clean + _LEAST:
        return True
    inside = any(element.key != dense.key and tree.contains(element.key, dense.key) for element in best.elements)
    foreign, total = sum(one.foreign for one in weights), sum(one.total for one in weights)
    return inside and box.clean >= 0.9 * clean and foreign > 0.1 * total and box.foreign < 0.5 * foreign


def _last(text: str) -> Body | None:
    """What trafilatura finds, where it is installed and finds something."""
    markup = html.last_resort(text)
    return Body(markup, "trafilatura", True, "last") if markup and _worth(markup).characters >= _LEAST else None


def _of(one: Candidate, why: str) -> Body:
    """The body that a candidate is."""
    return Body(one.markup, one.selector, False, why)


def _whole(tree: Tree) -> float:
    """The score of the whole page."""
    return sum(_worth(one.markup).score for one in tree.select("body"))


def _candidates(tree: Tree, hints: list[sites.Hint]) -> tuple[Candidate, ...]:
    """One per selector that matches; brothers that match one selector count as one body in pieces."""
    found: list[Candidate] = []
    seen: set[tuple[int, ...]] = set()
    worth_of: dict[int, _Worth] = {}
    for hint in hints:
        brothers: dict[int, list[Element]] = {}
        for element in tree.select(hint.selector):
            brothers.setdefault(element.parent, []).append(element)
        for elements in list(brothers.values())[:20]:
            key = tuple(element.key for element in elements)
            if key in seen:
                continue
            seen.add(key)
            for element in elements:
                if element.key not in worth_of:
                    worth_of[element.key] = _worth(element.markup)
            found.append(_candidate(hint, elements, [worth_of[element.key] for element in elements]))
    return tuple(found)


def _candidate(hint: sites.Hint, elements: list[Element], worths: list[_Worth]) -> Candidate:
    """The worth of some brothers; a list of links beside the body often bears the same class and is left out."""
    if len(elements) > 1 and any(worth.prose for worth in worths):
        elements = [element for element, worth in zip(elements, worths, strict=True) if worth.prose]
        worths = [worth for worth in worths if worth.prose]
    return Candidate(
        hint.selector,
        hint.family,
        hint.known,
        hint.own,
        tuple(elements),
        sum(worth.characters for worth in worths),
        sum(worth.linked for worth in worths),
        sum(worth.speakers for worth in worths),
        sum(worth.score for worth in worths) * (_KNOWN if hint.known else 1.0),
        sum(worth.prose for worth in worths),
    )


def _innermost(tree: Tree, candidates: tuple[Candidate, ...]) -> tuple[Candidate | None, str]:
    """The best candidate, or the smallest one inside it that keeps four fifths of its score; and which of the two it is."""
    if not candidates:
        return None, ""
    best = max(candidates, key=lambda one: one.score)
    inside = [
        one
        for one in candidates
        if one is not best
        and (one.score >= 0.8 * best.score or one.prose >= 0.85 * best.prose > 0)
        and any(tree.contains(outer.key, inner.key) for outer in best.elements for inner in one.elements)
    ]
    smallest = min(inside, key=lambda one: one.size, default=None)
    return (best, "best") if smallest is None else (smallest, "inner")


def _worth(markup: str) -> _Worth:
    """Chinese characters, those of them in links, speaker lines, and marks of punctuation."""
    if "<script" in markup or "<style" in markup or "<!--" in markup:
        markup = _RAW.sub("", markup)
    text = _TAGS.sub("", markup)
    total = html.chinese(text)
    if not total:
        return _Worth()
    linked = sum(html.chinese(_TAGS.sub("", link)) for link in _LINK.findall(markup)) if "<a " in markup else 0
    prose = text.count("。") + text.count("，") + text.count(",")
    return _Worth(total, linked, len(_SPEAKER_LINE.findall(markup)), prose)
