"""Saved pages in their wrappings: gzip, zip and the single-file form of browsers (.mht)."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import BinaryIO

from ...schemas.transcript import Source
from ..errors import FetchError, HeshuError, LimitError
from ._codecs import MAX_BYTES, decoded, too_large
from ._media import is_asset

MAX_ZIP = 1024 * 1024 * 1024
"""Bytes of an archive that comes down a pipe and therefore has to be held."""

_MULTIPART = re.compile(rb"(?im)^content-type:[ \t]*multipart/related\b")
_HEADER = re.compile(rb"(?i)^[\r\n]*[a-z-]{2,40}:[ \t]?[^\r\n]*\r?\n")
_OFFICE = ("[Content_Types].xml", "content.xml", "META-INF/")
Opener = Callable[[str, bytes], Iterator[Source | HeshuError]]


def is_single_file(head: bytes) -> bool:
    """Whether the bytes begin a page in the single-file form."""
    return bool(_HEADER.match(head)) and bool(_MULTIPART.search(head[:8192]))


def from_gzip(name: str, data: bytes, then: Opener) -> Iterator[Source | HeshuError]:
    """What a gzip file holds, opened further by ``then``."""
    try:
        content = decoded(name, data, "gzip")
    except HeshuError as error:
        yield error
        return
    yield from then(name, content)


def from_single_file(name: str, data: bytes) -> Source | HeshuError:
    """The page of a .mht file: the part named as its start, else the first one that is HTML."""
    from email import message_from_bytes
    from email.message import Message

    message: Message = message_from_bytes(data)
    parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    start = message.get_param("start")
    chosen = next((part for part in parts if start and part.get("Content-ID") == start), parts[0] if parts else None)
    body = chosen.get_payload(decode=True) if chosen is not None else None
    if chosen is None or not isinstance(body, bytes) or not body:
        return FetchError(name, "no page in this saved file", "save the page again, as HTML")
    label = chosen.get_content_charset()
    return Source(name=name, data=body, charset=label)


def from_zip(name: str, stream: BinaryIO, then: Opener) -> Iterator[Source | HeshuError]:
    """The pages of a zip archive in the order of their names, as ``archive#name``; pictures and styles are left out."""
    try:
        with zipfile.ZipFile(stream) as archive:
            members = sorted(archive.infolist(), key=_printed)
            if any(member.filename.startswith(_OFFICE) for member in members):
                yield FetchError(name, "this is an Office document, not a page or a text", "save it as HTML or plain text")
                return
            found = False
            for member in members:
                if not _is_document(member):
                    continue
                found = True
                yield from _member(archive, member, f"{name}#{_printed(member)}", then)
            if not found:
                yield FetchError(name, "no page in this archive", "give an archive that holds saved pages")
    except (zipfile.BadZipFile, zipfile.LargeZipFile, OSError, ValueError, NotImplementedError) as error:
        yield FetchError(name, f"the zip archive is damaged ({' '.join(str(error).split())[:60]})", "copy it again")


def held(name: str, head: bytes, stream: BinaryIO) -> BinaryIO | LimitError:
    """A stream that cannot go back, as one that can."""
    data = head + stream.read(MAX_ZIP + 1 - len(head))
    if len(data) > MAX_ZIP:
        return LimitError(name, f"larger than {MAX_ZIP // 2**20} MB", "give the archive as a file")
    return io.BytesIO(data)


def _printed(member: zipfile.ZipInfo) -> str:
    """The name; Chinese Windows writes it in GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    for label in ("utf-8", "gb18030"):
        try:
            return member.filename.encode("cp437").decode(label)
        except UnicodeError:
            continue
    return member.filename


def _is_document(member: zipfile.ZipInfo) -> bool:
    pieces = member.filename.split("/")
    hidden = any(piece.startswith(".") for piece in pieces) or pieces[0] == "__MACOSX"
    return not member.is_dir() and not hidden and not is_asset(member.filename)


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, then: Opener
) -> Iterator[Source | HeshuError]:
    """One file of the archive, read with a counter: the size it announces is not believed."""
    if member.flag_bits & 1:
        yield FetchError(name, "it is encrypted", "unpack it and give the file")
        return
    try:
        with archive.open(member) as stream:
            data = stream.read(MAX_BYTES + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError) as error:
        yield FetchError(name, f"damaged in the archive ({' '.join(str(error).split())[:60]})", "copy the archive again")
        return
    if len(data) > MAX_BYTES:
        yield too_large(name)
    elif not data:
        yield FetchError(name, "it is empty", "save the page again")
    else:
        yield from then(name, data)
