"""Which part of a page is the transcript."""

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


class Body(msgspec.Struct, frozen=True):
    """The markup of the body and how it was found; ``fallback`` where no selector reached it."""

    markup: str
    by: str
    fallback: bool


class _Candidate(msgspec.Struct):
    selector: str
    elements: list[Element]
    score: float
    prose: int


def choose(tree: Tree, text: str, host: str) -> Body | None:
    """The body of a page; None where there is no text at all.

    A candidate's score is its Chinese characters × (1 − link density), and a little for each speaker line. Of
    candidates inside one another, the innermost that keeps nearly all of the score wins.
    """
    best = _innermost(tree, _candidates(tree, text, host))
    if not html.is_document(text):
        piece = "".join(one.markup for one in tree.select("body"))
        if best is None or best.prose < 0.85 * _worth(piece)[1]:
            return Body(piece, "fragment", False)
    whole = (
        0.0 if best is not None and best.score >= 2000 else sum(_worth(one.markup)[0] for one in tree.select("body"))
    )
    if best is not None and best.score >= _LEAST and best.score > 0.35 * whole:
        return Body("".join(element.markup for element in best.elements), best.selector, False)
    dense = tree.densest()
    if dense is not None and (best is None or _worth(dense.markup)[0] > 1.6 * best.score):
        return Body(dense.markup, "density", True)
    if best is not None and best.score > 0:
        return Body("".join(element.markup for element in best.elements), best.selector, False)
    if dense is None:
        return next((Body(one.markup, "body", True) for one in tree.select("body")), None)
    return Body(dense.markup, "density", True)


def _candidates(tree: Tree, text: str, host: str) -> list[_Candidate]:
    """One per selector that matches; brothers that match one selector count as one body in pieces."""
    found: list[_Candidate] = []
    seen: set[tuple[int, ...]] = set()
    worth_of: dict[int, tuple[float, int]] = {}
    for selector, known in sites.selectors(text, host):
        brothers: dict[int, list[Element]] = {}
        for element in tree.select(selector):
            brothers.setdefault(element.parent, []).append(element)
        for elements in list(brothers.values())[:20]:
            key = tuple(element.key for element in elements)
            if key in seen:
                continue
            seen.add(key)
            for element in elements:
                if element.key not in worth_of:
                    worth_of[element.key] = _worth(element.markup)
            worths = [worth_of[element.key] for element in elements]
            if len(elements) > 1 and any(prose for _, prose in worths):
                # A list of links beside the body often bears the same class.
                elements = [element for element, (_, prose) in zip(elements, worths, strict=True) if prose]
                worths = [worth for worth in worths if worth[1]]
            score = sum(worth for worth, _ in worths) * (1.15 if known else 1.0)
            found.append(_Candidate(selector, elements, score, sum(prose for _, prose in worths)))
    return found


def _innermost(tree: Tree, candidates: list[_Candidate]) -> _Candidate | None:
    """The best candidate, or the smallest one inside it that keeps four fifths of its score."""
    if not candidates:
        return None
    best = max(candidates, key=lambda one: one.score)
    inside = [
        one
        for one in candidates
        if one is not best
        and (one.score >= 0.8 * best.score or one.prose >= 0.85 * best.prose > 0)
        and any(tree.contains(outer.key, inner.key) for outer in best.elements for inner in one.elements)
    ]
    return min(inside, key=lambda one: sum(len(element.markup) for element in one.elements), default=best)


def _worth(markup: str) -> tuple[float, int]:
    """Chinese characters × (1 − link density), with twenty more for each speaker line; and the marks of sentences."""
    if "<script" in markup or "<style" in markup or "<!--" in markup:
        markup = _RAW.sub("", markup)
    text = _TAGS.sub("", markup)
    total = html.chinese(text)
    if not total:
        return 0.0, 0
    linked = sum(html.chinese(_TAGS.sub("", link)) for link in _LINK.findall(markup)) if "<a " in markup else 0
    score = total * (1 - linked / total) + 20 * min(len(_SPEAKER_LINE.findall(markup)), 50)
    return score, text.count("。") + text.count("，") + text.count(",")
