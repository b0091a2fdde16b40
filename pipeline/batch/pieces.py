"""Sources cut into pieces, the unit of work of a run, and what a worker gives back for a piece.

Where a piece ends depends on the bytes of the documents alone, so a document added or taken away changes its own piece
and no other. The key of a piece is a hash of everything that its result depends on: the same key, the same result.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

import msgspec

from ... import __version__
from ...schemas.identity import document_id
from ...schemas.report import SCHEMA_VERSION
from ...schemas.transcript import Source
from ..errors import HeshuError

MEAN, MOST, MOST_BYTES = 32, 64, 8 << 20
"""Documents of a piece on average, documents at most, and bytes after which a piece ends."""
_KINDS = (".py", ".tsv", ".toml")


class Entry(msgspec.Struct, frozen=True, tag="source", tag_field="kind"):
    """The row of one input in the manifest; ``document`` is null where its bytes could not be had.

    ``same_as`` names the first source with the same bytes, ``disagree`` counts the findings that disagree.
    """

    source: str
    status: Literal["ok", "failed", "skipped"]
    code: str | None
    problem: str | None
    document: str | None
    same_as: str | None = None
    disagree: int = 0


class Piece(msgspec.Struct, frozen=True, tag="piece"):
    """Sources in their order. What needs no reading (it could not be fetched) is settled: its place has a row."""

    key: str
    sources: tuple[Source | None, ...]
    settled: dict[int, Entry]


class Tables(msgspec.Struct, frozen=True, tag="tables"):
    """Reports of a piece, as lines of JSON, whose rows are wanted."""

    key: str
    lines: tuple[bytes, ...]


class Read(NamedTuple):
    """One input of a piece: its row and, where it is ok, its report as a line of JSON."""

    entry: Entry
    line: bytes | None


class Damaged(ValueError):
    """A result that is not as it was written."""


def cut(items: Iterable[Source | HeshuError]) -> Iterator[Piece]:
    """The pieces of a stream of sources, in their order; holds one piece at a time."""
    waiting: list[Source | HeshuError] = []
    ids: list[str | None] = []
    size = 0
    for item in items:
        id_ = document_id(item.data) if isinstance(item, Source) else None
        waiting.append(item)
        ids.append(id_)
        size += len(item.data) if isinstance(item, Source) else 0
        if len(waiting) >= MOST or size >= MOST_BYTES or (id_ and int(id_[-8:], 16) % MEAN == 0):
            yield _piece(waiting, ids)
            waiting, ids, size = [], [], 0
    if waiting:
        yield _piece(waiting, ids)


def _piece(items: list[Source | HeshuError], ids: list[str | None]) -> Piece:
    settled = {
        n: failed(item.source, item.code, f"{item.problem}; {item.advice}", None)
        for n, item in enumerate(items)
        if isinstance(item, HeshuError)
    }
    sources = tuple(item if isinstance(item, Source) else None for item in items)
    facts = [
        settled[n] if source is None else (source.name, ids[n], source.retrieved_at, source.warc_record, source.charset)
        for n, source in enumerate(sources)
    ]
    key = hashlib.sha256(msgspec.msgpack.encode((reader(), facts))).hexdigest()
    return Piece(key, sources, settled)


def failed(name: str, code: str, problem: str, document: str | None) -> Entry:
    """The row of an input that gives no report."""
    return Entry(name, "failed", code, problem, document)


def body(reads: Iterable[Read]) -> bytes:
    """A piece's result as it goes through a pipe and to the disk: lines, their digest, compressed."""
    lines = b"".join(
        msgspec.json.encode(read.entry) + b"\n" + (read.line if read.line is not None else b"") for read in reads
    )
    return zlib.compress(lines + hashlib.sha256(lines).hexdigest().encode(), 1)


def reads(data: bytes) -> Iterator[Read]:
    """What :func:`body` was made of. Raises Damaged where a byte is not as it was."""
    try:
        lines = zlib.decompress(data)
    except zlib.error as error:
        raise Damaged(str(error)) from error
    if hashlib.sha256(lines[:-64]).hexdigest().encode() != lines[-64:]:
        raise Damaged("the digest is another")
    stream = iter(lines[:-64].splitlines(keepends=True))
    for line in stream:
        entry = msgspec.json.decode(line, type=Entry)
        yield Read(entry, next(stream) if entry.status == "ok" else None)


@cache
def reader() -> str:
    """What read a document: the version and a digest of the program, so that a changed rule reads again."""
    root = Path(__file__).resolve().parent.parent.parent
    # Installed, the folders lie side by side in the package; in a checkout they lie side by side at the top.
    found = hashlib.sha256(f"{__version__} {SCHEMA_VERSION}".encode())
    for folder in ("pipeline", "extractors", "schemas"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in _KINDS and "__pycache__" not in path.parts:
                found.update(f"{path.relative_to(root)} {path.stat().st_size} ".encode())
                found.update(path.read_bytes())
    return found.hexdigest()


