"""Bytes to text, with the reason for the encoding. The only place that decodes."""

from __future__ import annotations

import re

from ..schemas.document import EncodingReason
from ..schemas.finding import Message
from ..schemas.issue import Issue
from ..schemas.transcript import Page, Source
from ._encodings import FAMILIES, declared, likeness
from ._mojibake import wrongly_read
from .errors import DecodeError

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a zip archive or an Office document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x1f\x8b", "gzip data"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"Rar!", "an archive"),
    (b"7z\xbc\xaf", "an archive"),
    (b"\x7fELF", "a program"),
    (b"{\\rtf", "a Rich Text document"),
)
_CONTROLS = bytes([*range(1, 9), 11, *range(14, 27), *range(28, 32), 127])
_SOURCE_NEWLINE = re.compile(r"\r\n?")
_MARKUP = re.compile(r"(?i)<!doctype\s+html|<(?:html|head|body|meta|title|div|table|script|article|section)\b[^<>]*>")
_FRAGMENT = re.compile(r"(?i)<(?:p|span|br|font|td|li|ul|h[1-6])\b[^<>]{0,500}>")
_HZ = re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")


def page(source: Source) -> Page:
    """The text of a source, line feeds only, with the encoding and why it was chosen.

    Raises DecodeError where the bytes are not text.
    """
    data = source.data
    _refuse_binary(source)
    encoding, reason, text, replaced = _ladder(data, source.charset)
    if replaced > 20 and replaced > len(text) // 5:
        raise DecodeError(source.name, "the bytes are no text in any encoding that was tried", "save the page again")
    if "\r" in text:
        text = _SOURCE_NEWLINE.sub("\n", text)
    if "\0" in text:
        text = text.rstrip("\0")
        replaced += text.count("\0")
        text = text.replace("\0", "\ufffd")
    return Page(
        source=source,
        text=text,
        encoding=encoding,
        reason=reason,
        replaced=replaced,
        is_html=_is_html(text),
        issues=tuple(_issues(text)),
    )


def _refuse_binary(source: Source) -> None:
    """Known file types, and bytes with so many control characters that they cannot be text."""
    data = source.data
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise DecodeError(source.name, f"this is {what}, not a page or a text", "save it as HTML or plain text")
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or _utf16(data):
        return
    head = data[:65536]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    nuls = head.rstrip(b"\0").count(0)
    if controls > 16 + len(head) // 50 or nuls > 64 + len(head) // 10:
        raise DecodeError(source.name, "this is binary data, not a page or a text", "save it as HTML or plain text")


def _ladder(data: bytes, charset: str | None) -> tuple[str, EncodingReason, str, int]:
    """Encoding, reason, text, replaced characters: the first rung that holds."""
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _lenient(data[len(mark) :], name, "bom")
    if wide := _utf16(data):
        return _lenient(data, wide, "nul")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _eight_bit(data, charset)
    if data.isascii() and b"~{" in data and _HZ.search(data):
        return _seven_bit(data, charset) or ("utf-8", "utf-8", text, 0)
    return "utf-8", "utf-8", text, 0


def _lenient(data: bytes, encoding: str, reason: EncodingReason) -> tuple[str, EncodingReason, str, int]:
    """Decode with replacements, counting only those that were not in the source already."""
    try:
        return encoding, reason, data.decode(encoding), 0
    except UnicodeDecodeError:
        text, replaced = _replacing(data, encoding)
        return encoding, reason, text, replaced


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: nearly all NULs stand at the same half of the pairs, and the text reads well."""
    head = data[:65536]
    if head.count(0) < 2:
        return None
    even, odd = head[0::2].count(0), head[1::2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    few, many = min(even, odd), max(even, odd)
    if few * 10 > many or many < len(head) // 400:
        return None
    text = head[: len(head) // 2 * 2].decode(name, "replace")
    return name if likeness(text) > 0.5 else None


def _seven_bit(data: bytes, charset: str | None) -> tuple[str, EncodingReason, str, int] | None:
    """HZ is plain ASCII, so only its escapes give it away."""
    text, replaced = _replacing(data, "hz")
    said = "hz" in declared(data[:32768].decode("latin-1"), charset)
    few = len(text) - len(text.encode("ascii", "ignore")) < 6
    if not said and (few or likeness(text) < 0.3):
        return None
    return "hz", "meta" if said else "scored", text, replaced


def _eight_bit(data: bytes, charset: str | None) -> tuple[str, EncodingReason, str, int]:
    """The label, then gb18030, then whatever reads best; last the least damaged."""
    labels = declared(data[:32768].decode("latin-1"), charset)
    text, replaced = _replacing(data, "utf-8")
    sound = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    if sound >= 8 * replaced:
        return "utf-8", "replaced", text, replaced
    names = list(dict.fromkeys([*labels, "gb18030", "big5hkscs"]))
    strict = {name: read for name in names if (read := _strict(data, name)) is not None}
    scores = {name: likeness(read) for name, read in strict.items()}
    best = max(scores.values(), default=0.0)
    for index, name in enumerate(labels):
        if name in strict and scores[name] >= 0.7 * best and best > 0:
            reason: EncodingReason = "argument" if charset and index == 0 else "meta"
            return name, reason, strict[name], 0
    if "gb18030" in strict and scores["gb18030"] >= 0.7 * best:
        return "gb18030", "gb18030", strict["gb18030"], 0
    return _scored(data, names, strict, scores)


def _scored(
    data: bytes, names: list[str], strict: dict[str, str], scores: dict[str, float]
) -> tuple[str, EncodingReason, str, int]:
    """The best reading of the candidates; charset-normalizer is asked where none reads as Chinese."""
    if strict and max(scores.values()) > 0.1:
        name = max(scores, key=lambda one: scores[one])
        return name, "scored", strict[name], 0
    damaged = {name: _replacing(data, name) for name in names if name in FAMILIES}
    marks = {name: likeness(text) - replaced / max(len(text), 1) for name, (text, replaced) in damaged.items()}
    name = max(marks, key=lambda one: marks[one])
    if marks[name] < 0.1:
        from charset_normalizer import from_bytes

        guess = from_bytes(data[:65536]).best()
        if guess is not None and (read := _strict(data, guess.encoding)) is not None:
            return guess.encoding, "scored", read, 0
    text, replaced = damaged[name]
    return name, "replaced", text, replaced


def _strict(data: bytes, name: str) -> str | None:
    """The text, or None where one byte does not fit."""
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _replacing(data: bytes, name: str) -> tuple[str, int]:
    """The text with U+FFFD for what does not fit, and how many of them are new."""
    text = data.decode(name, "replace")
    count = text.count("\ufffd")
    return text, count - _printed_replacements(data, name) if count else 0


def _printed_replacements(data: bytes, name: str) -> int:
    """How many U+FFFD the source holds itself, left by an earlier hand."""
    try:
        return data.count("\ufffd".encode(name))
    except UnicodeEncodeError:
        return 0


def _is_html(text: str) -> bool:
    """By content: a document or fragment has tags near its start."""
    head = text[:65536]
    return bool(_MARKUP.search(head)) or len(_FRAGMENT.findall(head[:8192])) >= 2


def _issues(text: str) -> list[Issue]:
    """Damage that a reader of the figures must know; nothing is repaired."""
    issues = []
    at = text.find("\ufffd")
    if at >= 0:
        message = Message(zh="有字符无法解码", en="some characters could not be decoded")
        issues.append(Issue("replaced_characters", at, at + 1, "\ufffd", message))
    if (place := wrongly_read(text)) is not None:
        start, end = place
        message = Message(zh="文字似以错误的编码保存", en="the text seems to have been saved in a wrong encoding")
        issues.append(Issue("mojibake", start, end, text[start:end], message))
    return issues
