"""What a server or an archive says about the kind of a page."""

from __future__ import annotations

import re

_CHARSET = re.compile(r"""(?i)charset\s{0,9}=\s{0,9}["']?\s{0,9}([a-z0-9_.:-]{2,40})""")
_PAGES = ("text/html", "application/xhtml", "text/plain", "application/xml", "text/xml")
_MARKUP = re.compile(rb"(?i)<!doctype\s+html|<(?:html|head|body|meta|title|div|table|p)\b")
ASSETS = frozenset(
    "css js mjs json map png jpg jpeg gif bmp webp svg ico woff woff2 ttf eot otf mp3 mp4 flv swf avi wmv".split()
)
"""Endings of what a browser saves beside a page; none of them is a document."""


def charset_of(content_type: str) -> str | None:
    """The label of a Content-Type header; it is a hint that may be wrong."""
    found = _CHARSET.search(content_type)
    return found[1] if found else None


def is_page(content_type: str, data: bytes) -> bool:
    """Whether it is text to be read; by the bytes where the header says nothing useful."""
    media = content_type.partition(";")[0].strip().lower()
    if media.startswith(_PAGES):
        return True
    if media and media not in ("application/octet-stream", "unknown", "text"):
        return False
    return bool(_MARKUP.search(data[:4096])) if data else not media


def is_asset(name: str) -> bool:
    """Whether a file name ends like a picture, a style or a script."""
    return name.rpartition(".")[2].lower() in ASSETS
