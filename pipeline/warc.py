"""The frame of a web archive: its records one by one, every one whole, every damage with its place in the file.

Readers of the format stop at a cut or a flipped bit without a word; here both have an offset, and what is whole
before and after them is still handed out. A record is held back until the checksum of its gzip member is right.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple, TypeAlias

LARGEST = 34 * 1024 * 1024
"""Bytes of a record that are kept: the limit of a page, and its headers. Longer records have no block."""

_PIECE = 64 * 1024
_HEAD = 64 * 1024
_GZIP = b"\x1f\x8b\x08"
_NEXT = re.compile(rb"\r?\n(?=WARC/1\.\d\r?\n)")
_NEXT_HEAD = re.compile(rb"\r\n\r\n\r\nWARC/1\.\d\r\nWARC-|\A.{0,8}WARC/1\.\d\r\nWARC-|\A.{4}/1\.\d\r\nWARC-", re.DOTALL)
_LENGTH = re.compile(rb"(?im)^content-length:[ \t]*(\d{1,18})[ \t]*\r?$")
_HEAD_END = re.compile(rb"\r?\n\r?\n")


class Record(NamedTuple):
    """A whole record; ``block`` is None where it is longer than what is kept. Offsets are bytes in the file.

    ``end`` is where the next record or member begins.
    """

    offset: int
    end: int
    head: bytes
    block: bytes | None


class Damage(NamedTuple):
    """A place where no whole record can be read."""

    offset: int
    problem: str


Item: TypeAlias = Record | Damage


def records(stream: BinaryIO, largest: int = LARGEST) -> Iterator[Item]:
    """The records of an archive, compressed or not, in a stream that need not be seekable. Raises OSError only."""
    source = _Input(stream)
    source.more()
    if _is_compressed(source.raw):
        yield from _compressed(source, largest)
        return
    splitter = _Splitter(0, largest)
    while True:
        yield from splitter.feed(bytes(source.raw))
        source.drop(len(source.raw))
        if not source.more():
            break
    yield from splitter.finish()


def is_archive(head: bytes) -> bool:
    """Whether the first bytes of a file are those of an archive, even where its first record is damaged."""
    return _starts(head) or _NEXT_HEAD.search(head) is not None or _first_member(head) >= 0


def _starts(head: bytes | bytearray) -> bool:
    return head.startswith(b"WARC/") or (head.startswith(_GZIP[:2]) and _begins_record(head))


def _is_compressed(head: bytearray) -> bool:
    if head.startswith(b"WARC/"):
        return False
    return _first_member(head) >= 0 if not head.startswith(_GZIP[:2]) else True


def _first_member(data: bytes | bytearray) -> int:
    """Where the first compressed record begins, -1 where there is none."""
    at = data.find(_GZIP)
    while at >= 0 and not _begins_record(data[at : at + 4096]):
        at = data.find(_GZIP, at + 1)
    return at


class _Input:
    """Bytes of the file from ``base`` on, as far as they are still needed."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream, self.raw, self.base = stream, bytearray(), 0

    def more(self) -> bool:
        piece = self.stream.read(_PIECE)
        self.raw += piece
        return bool(piece)

    def drop(self, count: int) -> None:
        del self.raw[:count]
        self.base += count


def _compressed(source: _Input, largest: int) -> Iterator[Item]:
    """One gzip member after the other; after a damaged one the next that begins like a record."""
    while source.raw or source.more():
        start = source.base
        if not source.raw.strip(b"\0"):
            # Tapes and copies are padded with zeros; that is no damage.
            source.drop(len(source.raw))
            continue
        splitter = _Splitter(start, largest)
        held: Record | None = None
        problem = ""
        taken = 0
        try:
            for piece, used in _inflated(source):
                taken = used
                for item in splitter.feed(piece):
                    if held is not None:
                        yield held
                    held = item if isinstance(item, Record) else None
                    if isinstance(item, Damage):
                        yield item
                if splitter.beyond > largest:
                    raise _BadMember("a record larger than the limit")
        except _BadMember as error:
            problem = str(error)
        if problem:
            yield from _large(held, problem)
            yield Damage(start, problem)
            _next_member(source)
            continue
        source.drop(taken)
        rest = splitter.finish()
        if held is not None:
            yield held._replace(offset=start, end=source.base)
        yield from (item._replace(offset=start) for item in rest)


def _large(held: Record | None, problem: str) -> Iterator[Record]:
    """Of a member given up for its size the head is known and worth telling."""
    if held is not None and held.block is None and problem.endswith("limit"):
        yield held


class _BadMember(Exception):
    """Why a gzip member cannot be read."""


def _inflated(source: _Input) -> Iterator[tuple[bytes, int]]:
    """The content of the member at the start of ``source`` in pieces, and how many bytes of the file it took so far."""
    decoder = zlib.decompressobj(31)
    at = 0
    while not decoder.eof:
        if at == len(source.raw) and not source.more():
            raise _BadMember("the file ends inside a record")
        data = decoder.unconsumed_tail or bytes(source.raw[at : at + _PIECE])
        try:
            piece = decoder.decompress(data, 16 * _PIECE)
        except zlib.error:
            raise _BadMember("the compressed bytes are damaged") from None
        at += len(data) - len(decoder.unconsumed_tail) - len(decoder.unused_data)
        if piece or decoder.eof:
            yield piece, at


def _next_member(source: _Input) -> None:
    """Moves to the next place where a compressed record begins, or to the end."""
    at = 1
    while True:
        at = source.raw.find(_GZIP, at)
        if at < 0 or len(source.raw) - at < 64:
            keep = max(at, len(source.raw) - 2) if at < 0 else at
            source.drop(keep)
            at = 0
            if not source.more():
                source.drop(0 if _begins_record(source.raw) else len(source.raw))
                return
            continue
        if _begins_record(source.raw[at : at + 4096]):
            source.drop(at)
            return
        at += 1


def _begins_record(data: bytes | bytearray) -> bool:
    """Whether these compressed bytes begin a record."""
    try:
        return zlib.decompressobj(31).decompress(bytes(data), 5) == b"WARC/"
    except zlib.error:
        return False


class _Splitter:
    """Cuts a stream of bytes into records by their lengths; where a length is wrong, at the next line of a record."""

    def __init__(self, base: int, largest: int) -> None:
        self.buffer, self.base, self.largest = bytearray(), base, largest
        self.skipping: int | None = None
        self.skipped_from, self.beyond = 0, 0

    def feed(self, piece: bytes) -> Iterator[Item]:
        """What is complete now."""
        self.buffer += piece
        while (made := self._one()) is not None:
            yield from made

    def finish(self) -> list[Item]:
        """What is left at the end: nothing, or the damage of a cut."""
        at = self.base
        rest = bytes(self.buffer)
        if self.skipping is not None:
            return [Damage(self.skipped_from, "the file ends inside a record")] if self.skipping > len(rest) else []
        if not rest.strip(b"\r\n\0"):
            return []
        head = _HEAD_END.search(rest)
        length = _length(rest[: head.end()]) if head else None
        if head and length is not None and len(rest) >= head.end() + length:
            end = head.end() + length
            whole = Record(at, at + len(rest), rest[: head.end()], rest[head.end() : end])
            if b"\r\n\r\n".startswith(rest[end:]):
                return [whole, Damage(at + end, "the file ends before the end of a record")]
        return [Damage(at, "the file ends inside a record")]

    def _drop(self, count: int) -> None:
        del self.buffer[:count]
        self.base += count

    def _one(self) -> list[Item] | None:
        """The next record; an empty list for progress without one; None where more bytes are needed."""
        if self.skipping is not None:
            return self._skip()
        blank = len(self.buffer) - len(self.buffer.lstrip(b"\r\n"))
        self._drop(blank)
        head = _HEAD_END.search(self.buffer, 0, _HEAD)
        if head is None:
            return self._lost("no record begins here") if len(self.buffer) > _HEAD else None
        length = _length(bytes(self.buffer[: head.end()]))
        if length is None:
            return self._lost("no record begins here")
        if length > self.largest:
            large = Record(self.base, self.base + head.end() + length, bytes(self.buffer[: head.end()]), None)
            self.skipping, self.skipped_from = length, self.base
            self._drop(head.end())
            return [large]
        end = head.end() + length
        if len(self.buffer) < end + 4:
            return None
        if self.buffer[end : end + 4] != b"\r\n\r\n":
            return self._lost("a record is not as long as it says")
        record = Record(
            self.base, self.base + end + 4, bytes(self.buffer[: head.end()]), bytes(self.buffer[head.end() : end])
        )
        self._drop(end + 4)
        return [record]

    def _lost(self, problem: str) -> list[Item]:
        damage = Damage(self.base, problem)
        self.skipping, self.skipped_from = 0, self.base
        self._drop(min(5, len(self.buffer)))
        return [damage]

    def _skip(self) -> list[Item] | None:
        """On to the next line that begins a record; ``skipping`` counts what a large record still has to bring."""
        found = _NEXT.search(self.buffer)
        count = found.end() if found else max(0, len(self.buffer) - 16)
        assumed = self.skipping or 0
        self.skipping = max(0, assumed - count)
        self.beyond += count
        self._drop(count)
        if found is None:
            return None
        short = self.skipping
        self.skipping, self.beyond = None, 0
        return [Damage(self.skipped_from, "a record is not as long as it says")] if short else []


def _length(head: bytes) -> int | None:
    """The length that a head announces; None where it is no head of a record."""
    if not head.startswith(b"WARC/1."):
        return None
    found = _LENGTH.search(head)
    return int(found[1]) if found else None
