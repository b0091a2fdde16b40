"""Compressed bytes opened with a counter, so that no bomb grows beyond the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Generator, Iterator

from ..errors import FetchError, HeshuError, IncompleteError, LimitError

MAX_BYTES = 32 * 1024 * 1024
"""No document of one press conference comes near this; a larger file is something else."""

_PIECE = 64 * 1024
_PLAIN = frozenset({"", "identity", "none", "binary", "8bit", "utf-8", "gb2312", "gbk", "gb18030"})
_LAYERS = 4


def decoded(name: str, data: bytes, codings: str) -> bytes:
    """``data`` without its Content-Encoding (``gzip, br``: the last one was put on last).

    Raises LimitError beyond ``MAX_BYTES`` after any layer, IncompleteError where a layer ends too early, FetchError
    where it is damaged or of a kind that is not known.
    """
    layers = [coding.strip().lower().removeprefix("x-") for coding in codings.split(",")]
    if len(layers) > _LAYERS:
        raise FetchError(name, "compressed more often than any page", "save the page and give the file")
    for layer in reversed(layers):
        if layer in _PLAIN:
            continue
        if layer not in _OPENERS:
            raise FetchError(name, f"compressed in a way that is not known ({layer[:20]})", "save the page and give the file")
        data = _opened(name, data, layer)
    return data


def _opened(name: str, data: bytes, layer: str) -> bytes:
    """One layer taken off."""
    if layer == "gzip" and not data.startswith(b"\x1f\x8b"):
        # Some servers announce gzip and send the page as it is.
        return data
    kept = bytearray()
    try:
        for piece in _OPENERS[layer](data):
            kept += piece
            if len(kept) > MAX_BYTES:
                raise too_large(name)
    except ImportError:
        raise missing(name) from None
    except _CutError:
        raise IncompleteError(name, f"the {layer} data ends too early", "fetch or save it again") from None
    except HeshuError:
        raise
    except Exception as error:
        if type(error).__name__ not in ("error", "ZstdError"):
            raise
        raise FetchError(name, f"the {layer} data is damaged", "fetch or save it again") from None
    return bytes(kept)


def too_large(name: str) -> LimitError:
    """The error of everything that is larger than the limit."""
    return LimitError(name, f"larger than {MAX_BYTES // 2**20} MB", "give one saved page or one text file")


def missing(name: str) -> FetchError:
    """The error where the parts for the web are not installed."""
    return FetchError(name, "this needs parts that are not installed", "pip install 'heshu[fetch]'")


class _CutError(Exception):
    """The data ends before the end of the layer."""


def _gzip(data: bytes) -> Iterator[bytes]:
    while data.strip(b"\0"):
        data = yield from _deflated(data, 31)
        if not data.startswith(b"\x1f\x8b"):
            return


def _deflate(data: bytes) -> Iterator[bytes]:
    """By the standard with a zlib frame; some servers send it bare."""
    framed = len(data) > 1 and data[0] & 0x0F == 8 and (data[0] << 8 | data[1]) % 31 == 0
    yield from _deflated(data, 15 if framed else -15)


def _deflated(data: bytes, bits: int) -> Generator[bytes, None, bytes]:
    """The pieces; returns what follows the end."""
    decoder = zlib.decompressobj(bits)
    view, at = memoryview(data), 0
    while not decoder.eof:
        piece = decoder.unconsumed_tail or bytes(view[at : at + _PIECE])
        if not piece:
            raise _CutError
        yield decoder.decompress(piece, 16 * _PIECE)
        at += len(piece) - len(decoder.unconsumed_tail)
    return bytes(view[at - len(decoder.unused_data) :])


def _br(data: bytes) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    yield decoder.process(data, output_buffer_limit=16 * _PIECE)
    while not decoder.is_finished():
        piece = decoder.process(b"", output_buffer_limit=16 * _PIECE)
        if not piece and decoder.can_accept_more_data():
            raise _CutError
        yield piece


def _zstd(data: bytes) -> Iterator[bytes]:
    """In sips of the input: four bytes of it may stand for 128 kB."""
    import zstandard

    while data:
        decoder = zstandard.ZstdDecompressor(max_window_size=2**27).decompressobj()
        for at in range(0, len(data), 256):
            yield decoder.decompress(data[at : at + 256])
            if decoder.eof:
                data = decoder.unused_data + data[at + 256 :]
                break
        else:
            raise _CutError


_OPENERS: dict[str, Callable[[bytes], Iterator[bytes]]] = {"gzip": _gzip, "deflate": _deflate, "br": _br, "zstd": _zstd}
