"""``heshu_figures`` for any Chinese spaCy pipeline: ``nlp.add_pipe("heshu_figures")``.

Figures become ``doc.spans["heshu"]``, labelled by kind; ``span._.heshu`` is the figure's record and ``doc._.heshu`` the
findings, both as plain mappings, so that a Doc can be stored. A span is widened to whole tokens; the exact offsets are
in its record as ``start`` and ``end``, counted in ``doc.text``.
"""

from __future__ import annotations

from typing import Any

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span

from ..schemas.transcript import Source
from .run import report

KEY = "heshu"


class FiguresComponent:
    """Reads the text of a Doc and writes what it found into it."""

    def __init__(self, name: str) -> None:
        self.name = name
        for place, empty in ((Span, None), (Doc, ())):
            if not place.has_extension(KEY):
                place.set_extension(KEY, default=empty)

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its figures; an empty text has none."""
        doc.spans[KEY] = []
        if not doc.text.strip():
            return doc
        made = report(Source(self.name, doc.text.encode("utf-8")))
        place = _places(made.document.text, doc.text)
        spans = []
        for figure in made.figures:
            start, end = place[figure.start], place[figure.end - 1] + 1
            span = doc.char_span(start, end, label=figure.kind, alignment_mode="expand")
            if span is None:
                continue
            record: dict[str, Any] = {**msgspec.to_builtins(figure), "start": start, "end": end}
            span._.set(KEY, record)
            spans.append(span)
        doc.spans[KEY] = spans
        doc._.set(KEY, [msgspec.to_builtins(finding) for finding in made.findings])
        return doc


def _places(read: str, whole: str) -> list[int]:
    """For every character of the text as read its place in the whole text, which may hold more white space."""
    places, at = list[int](), 0
    for character in read:
        if character.isspace():
            places.append(at)
            continue
        found = whole.find(character, at)
        at = found + 1 if found >= 0 else at
        places.append(at - 1)
    return places


@Language.factory("heshu_figures")
def make(nlp: Language, name: str) -> FiguresComponent:
    """The component of that name."""
    return FiguresComponent(name)
