"""Text that was once decoded wrongly and saved so: seen, named, never mended."""

from __future__ import annotations

import re
from itertools import islice

from ._encodings import likeness

_UTF8_AS_GBK = re.compile("[锛銆鈥鏄鐨绗涓浜鍏鍦鍙鏈鍜浠鍥骞骞挎柊闂鎴戝競鏃ヤ][\u4e00-\u9fff\ue000-\uf8ff€]")
_GBK_AS_LATIN = re.compile("[\u00a1-\u00ff]{2}[\u0080-\u00ff]{2,}")
_UTF8_AS_LATIN = re.compile("[ä-é][\u0080-\u00bf\u0152-\u2122][\u0080-\u00bf\u0152-\u2122]")
_WRONGLY_READ = (_UTF8_AS_GBK, _GBK_AS_LATIN, _UTF8_AS_LATIN, re.compile("锟斤拷"))
_WINDOWS, _WIDTH = 8, 600
"""As many samples of as many characters tell a page; a text of their length is read whole."""


def wrongly_read(text: str) -> tuple[int, int] | None:
    """Where the first sure sign of a wrong decoding stands, None in a sound text."""
    step = max(len(text) // _WINDOWS, _WIDTH)
    for start in range(0, max(len(text), 1), step):
        sample = text[start : start + _WIDTH]
        if likeness(sample) < 0.2 and (found := _sign(sample)):
            return start + found.start(), start + found.end()
    return None


def _sign(sample: str) -> re.Match[str] | None:
    """The first of at least three signs of one kind of wrong decoding."""
    for pattern in _WRONGLY_READ:
        if len(list(islice(pattern.finditer(sample), 3))) == 3:
            return pattern.search(sample)
    return None
