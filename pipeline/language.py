"""The only door to jieba and spaCy: where words begin and end, and the blank Chinese pipeline.

Nothing is loaded at import: the dictionary and spaCy come with the first call that needs them. The words are
jieba's, whichever engine finds them: ``rjieba`` (extra ``fast``) reads the same dictionary many times faster, and
its few habits of its own are taken back here, so that a report does not depend on what happens to be installed.
They can still differ where two ways to cut characters that form no known word are exactly equally likely, as in 工工工:
in about one of 100,000 strings of random characters, in none of 20,000 lines of real pages.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from spacy.language import Language

Engine = Literal["jieba", "fast"]
KEY = "heshu"
"""Name of the spans and of the extensions in a Doc."""

# What jieba takes as one block: only inside a block can a word be longer than one character.
_BLOCK = re.compile(r"[\u4E00-\u9FD5a-zA-Z0-9+#&._%\-]+")
_LATIN = re.compile(r"[a-zA-Z0-9+#&._%\-]+")
_LATIN_WORD = re.compile(r"([a-zA-Z0-9]+(?:\.[0-9]+)?%?)")
# Han to rjieba, single characters to jieba: rare characters of the extensions and the compatibility blocks.
_RARE_HAN = re.compile(r"([\u3400-\u4DBF\u9FD6-\u9FFF\uF900-\uFAFF\U00020000-\U0003FFFF])")
# Runs that rjieba keeps whole and jieba does not: 1-12, a_b, v.x, 12.5.6. Elsewhere the two cut alike.
_UNLIKE = re.compile(r"[a-zA-Z0-9][+#&_%\-]+[a-zA-Z0-9]|\.[a-zA-Z]|\.[0-9]+[a-zA-Z+#&._\-]")
_LEAST_FREQUENCY = 2000

_lock = threading.RLock()
_loaded: dict[Engine, Any] = {}
_added: list[str] = []


def words(text: str, *, engine: Engine | None = None) -> list[tuple[int, int]]:
    """The words of ``text`` as (start, end) in code points, end exclusive; together they cover it without a gap.

    ``engine`` None takes the fast one where it is installed. Raises ImportError when an engine asked for is missing.
    """
    if engine is None:
        engine = "fast" if _fast_installed() else "jieba"
    start = 0
    spans = []
    for token in _fast_words(text) if engine == "fast" else _load("jieba").cut(text):
        end = start + len(token)
        spans.append((start, end))
        start = end
    return spans


def add_words(new: Iterable[str]) -> None:
    """Make jieba, rjieba and the tokenizer of ``nlp()`` keep these words whole, for the rest of the process.

    Raises ValueError for a word that no segmenter could keep whole (empty, or with a blank or punctuation inside).
    """
    new = list(new)
    for word in new:
        if _BLOCK.fullmatch(word) is None:
            raise ValueError(f"not a word: {word!r}; use Chinese characters, Latin letters, digits and + # & . _ % -")
    with _lock:
        for word in new:
            if word in _added:
                continue
            _added.append(word)
            for engine in _loaded.values():
                _teach(engine, word)


@cache
def nlp() -> Language:
    """A blank Chinese spaCy pipeline whose tokens are the words of jieba; loaded at the first call."""
    _load("jieba")
    import spacy

    return spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})


def doc_bin(documents: Iterable[tuple[str, Iterable[Any], Iterable[Any]]]) -> bytes:
    """A spaCy DocBin of texts with their figures and findings, as :func:`mark` leaves them."""
    from spacy.tokens import DocBin

    pipe = nlp()
    # What these texts add to the vocabulary is forgotten with them.
    with pipe.memory_zone():
        store = DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
        for text, figures, findings in documents:
            doc = pipe.make_doc(text)
            mark(doc, [(figure, figure.start, figure.end) for figure in figures], findings)
            store.add(doc)
        return store.to_bytes()


def mark(doc: Any, figures: Iterable[tuple[Any, int, int]], findings: Iterable[Any]) -> None:
    """Writes figures, each with its place in ``doc.text``, and findings into a Doc: spans, and their records as mappings."""
    import msgspec
    from spacy.tokens import Doc, Span

    for place, empty in ((Span, None), (Doc, ())):
        if not place.has_extension(KEY):
            place.set_extension(KEY, default=empty)
    spans = []
    for figure, start, end in figures:
        span = doc.char_span(start, end, label=figure.kind, alignment_mode="expand")
        if span is not None:
            span._.set(KEY, {**msgspec.to_builtins(figure), "start": start, "end": end})
            spans.append(span)
    doc.spans[KEY] = spans
    doc._.set(KEY, [msgspec.to_builtins(finding) for finding in findings])


@cache
def _fast_installed() -> bool:
    return find_spec("rjieba") is not None


def _load(name: Engine) -> Any:
    """The engine with the added words, loaded once."""
    if name not in _loaded:
        with _lock:
            if name not in _loaded:
                engine = _load_jieba() if name == "jieba" else _load_rjieba()
                for word in _added:
                    _teach(engine, word)
                _loaded[name] = engine
    return _loaded[name]


def _teach(engine: Any, word: str) -> None:
    # The two engines round their suggestion differently; a floor far above it gives both the same number.
    engine.add_word(word, max(engine.suggest_freq(word), _LEAST_FREQUENCY), "n")


def _load_rjieba() -> Any:
    import rjieba

    return rjieba._DEFAULT_JIEBA


def _load_jieba() -> Any:
    """jieba's default tokenizer, loaded in silence, its cache kept where no other user can write.

    jieba itself would put the cache into the common temporary folder under a fixed name, and unmarshal whatever
    lies there. The cache is written beside its place and renamed, so processes that start together only repeat work.
    """
    jieba = _import_jieba()
    jieba.setLogLevel(60)
    tokenizer = jieba.dt
    if not tokenizer.initialized:
        folder = _cache_folder(f"jieba-{jieba.__version__}-{sys.implementation.cache_tag}")
        if folder is None:
            with tempfile.TemporaryDirectory() as private:
                tokenizer.tmp_dir = private
                tokenizer.initialize()
        else:
            tokenizer.tmp_dir = str(folder)
            tokenizer.initialize()
    return tokenizer


def _import_jieba() -> Any:
    if "jieba" not in sys.modules and "pkg_resources" not in sys.modules:
        # jieba asks pkg_resources for its data: slow to import, deprecated with a warning, and not needed.
        sys.modules["pkg_resources"] = None  # type: ignore[assignment]
        try:
            import jieba
        finally:
            del sys.modules["pkg_resources"]
    import jieba

    return jieba


def _cache_folder(name: str) -> Path | None:
    """A folder of this user alone, None where there is none to write to."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    folder = Path(base) / "heshu" / name
    if not folder.is_absolute():
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        mine = not hasattr(os, "getuid") or folder.stat().st_uid == os.getuid()
    except OSError:
        return None
    return folder if mine and os.access(folder, os.W_OK) else None


def _fast_words(text: str) -> Iterable[str]:
    if _RARE_HAN.search(text) is None:
        return _fast_block_words(text)
    parts = _RARE_HAN.split(text)
    return [word for n, part in enumerate(parts) for word in ([part] if n % 2 else _fast_block_words(part))]


def _fast_block_words(text: str) -> list[str]:
    """The words of rjieba with every run of Latin letters, digits and marks cut as jieba cuts it."""
    engine = _load("fast")
    tokens: list[str] = engine.cut(text)
    if _UNLIKE.search(text) is None:
        return tokens
    cut: list[str] = []
    run = ""
    for token in tokens:
        if token.isascii() and _LATIN.fullmatch(token) and (len(token) == 1 or not engine.has_word(token)):
            run += token
            continue
        if run:
            cut += _latin_words(run)
            run = ""
        cut.append(token)
    return cut + _latin_words(run)


def _latin_words(run: str) -> list[str]:
    return [run] if len(run) == 1 else [word for word in _LATIN_WORD.split(run) if word]
