"""``heshu_figures`` for any Chinese spaCy pipeline: ``nlp.add_pipe("heshu_figures")``.

Figures become ``doc.spans["heshu"]``, labelled by kind; ``span._.heshu`` is the figure's record and ``doc._.heshu`` the
findings, both as plain mappings, so that a Doc can be stored. A span is widened to whole tokens; the exact offsets are
in its record as ``start`` and ``end``, counted in ``doc.text``.
"""

from __future__ import annotations

from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from ..schemas.transcript import Source
from .language import KEY, mark
from .run import report

__all__ = ["KEY", "FiguresComponent", "make"]


class FiguresComponent:
    """Reads the text of a Doc and writes what it found into it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc with its figures; an empty text has none."""
        if not doc.text.strip():
            mark(doc, (), ())
            return doc
        made = report(Source(self.name, doc.text.encode("utf-8")))
        place = _places(made.document.text, doc.text)
        mark(doc, [(figure, place[figure.start], place[figure.end - 1] + 1) for figure in made.figures], made.findings)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing: all that it knows is in the program."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> FiguresComponent:
        """Itself."""
        return self

    def to_disk(self, path: Any, **_: Any) -> None:
        """Nothing is written."""

    def from_disk(self, path: Any, **_: Any) -> FiguresComponent:
        """Itself."""
        return self


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
