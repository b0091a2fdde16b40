"""What a stream of bytes is, told by its beginning and not by its name, and the sources in it."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from typing import BinaryIO, cast

from ...schemas.transcript import Source
from .. import warc
from ..errors import FetchError, HeshuError
from . import _codecs
from ._archive import from_archive
from ._saved import from_gzip, from_single_file, from_zip, held, is_single_file

_HEAD = 64 * 1024
_DEEPEST = 3


def opened(name: str, stream: BinaryIO, depth: int = 0) -> Iterator[Source | HeshuError]:
    """The sources of a stream: one page or text, or the pages of an archive. Raises OSError only."""
    head = stream.read(_HEAD)
    if depth >= _DEEPEST and _is_wrapped(head):
        yield FetchError(name, "archives in archives in archives", "unpack it and give the pages")
    elif head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        yield from _zip(name, head, stream, depth)
    elif warc.is_archive(head):
        yield from from_archive(name, cast(BinaryIO, _Joined(head, stream)))
    else:
        yield from _plain(name, head, stream, depth)


def _zip(name: str, head: bytes, stream: BinaryIO, depth: int) -> Iterator[Source | HeshuError]:
    if stream.seekable():
        stream.seek(0)
        whole: BinaryIO | HeshuError = stream
    else:
        whole = held(name, head, stream)
    if isinstance(whole, HeshuError):
        yield whole
        return
    yield from from_zip(name, whole, _deeper(depth))


def _plain(name: str, head: bytes, stream: BinaryIO, depth: int) -> Iterator[Source | HeshuError]:
    """At most ``MAX_BYTES``; empty and oversized streams are errors."""
    data = head + stream.read(max(0, _codecs.MAX_BYTES + 1 - len(head)))
    if len(data) > _codecs.MAX_BYTES:
        yield _codecs.too_large(name)
    elif not data:
        yield FetchError(name, "it is empty", "save the page again")
    elif data.startswith(b"\x1f\x8b"):
        yield from from_gzip(name, data, _deeper(depth))
    elif is_single_file(data[:8192]):
        yield from_single_file(name, data)
    else:
        yield Source(name=name, data=data)


def _deeper(depth: int) -> Callable[[str, bytes], Iterator[Source | HeshuError]]:
    return lambda name, data: opened(name, io.BytesIO(data), depth + 1)


def _is_wrapped(head: bytes) -> bool:
    return head.startswith((b"PK\x03\x04", b"\x1f\x8b")) or warc.is_archive(head)


class _Joined:
    """A stream whose first bytes have been read already."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self.head, self.stream = head, stream

    def read(self, size: int) -> bytes:
        if not self.head:
            return self.stream.read(size)
        piece, self.head = self.head[:size], self.head[size:]
        return piece
