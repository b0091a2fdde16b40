"""Web archives as sources: every page that a server answered with, under its address."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO

from ...schemas.transcript import Source
from .. import warc
from ..errors import ArchiveError, FetchError, HeshuError, IncompleteError
from ._codecs import decoded, missing, too_large
from ._media import charset_of, is_page

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_PAGES = {"response", "resource", "conversion"}


def from_archive(name: str, stream: BinaryIO) -> Iterator[Source | HeshuError]:
    """The pages of an archive in their order, named ``archive#address``; a second page of one address has its record id."""
    try:
        import warcio  # noqa: F401
    except ImportError:
        yield missing(name)
        return
    seen: set[bytes] = set()
    found = damaged = False
    for item in warc.records(stream):
        if isinstance(item, warc.Damage):
            damaged = True
            yield damage(name, item)
            continue
        page = _page(name, item)
        if page is None:
            continue
        found = True
        yield _named(page, seen)
    if not found and not damaged:
        yield FetchError(name, "no page in this archive", "give an archive that holds HTML pages")


def damage(name: str, item: warc.Damage) -> ArchiveError:
    """A damage as an error of this archive."""
    advice = "what is whole was read; copy or fetch the archive again for the rest"
    return ArchiveError(name, f"damaged at byte {item.offset} ({item.problem})", advice)


def _named(page: Source | HeshuError, seen: set[bytes]) -> Source | HeshuError:
    """Under its address, or its record id where the address has been used."""
    if isinstance(page, HeshuError):
        return page
    mark = hashlib.blake2b(page.name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    if mark in seen and page.warc_record:
        archive = page.name.partition("#")[0]
        return Source(f"{archive}#{page.warc_record}", page.data, page.retrieved_at, page.warc_record, page.charset)
    seen.add(mark)
    return page


def _page(name: str, item: warc.Record) -> Source | HeshuError | None:
    """The page in a record; None for requests, pictures, errors of servers and whatever else is no page."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    data = item.head + (item.block or b"") + b"\r\n\r\n"
    try:
        record = next(iter(ArchiveIterator(io.BytesIO(data), check_digests=bool(item.block))), None)
        if record is None or record.rec_type not in _PAGES:
            return None
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        where = f"{name}#{address.strip('<>')}"
        if record.http_headers is not None and not _answered(record):
            return None
        if item.block is None:
            media = (record.rec_headers.get_header("Content-Type") or "").lower()
            return too_large(where) if record.rec_type == "response" or "html" in media else None
        return _read(where, record, item.offset)
    except ArchiveLoadFailed as error:
        return damage(name, warc.Damage(item.offset, " ".join(str(error).split())[:80]))
    except (ValueError, EOFError, AttributeError, IndexError, TypeError):
        return damage(name, warc.Damage(item.offset, "the head of a record cannot be read"))


def _answered(record: ArcWarcRecord) -> bool:
    return str(record.http_headers.get_statuscode()).startswith("2")


def _read(where: str, record: ArcWarcRecord, offset: int) -> Source | HeshuError | None:
    """Its bytes without transfer and content encoding."""
    heads = record.http_headers
    media = (heads.get_header("Content-Type") if heads else record.content_type) or ""
    try:
        body = _body(where, record)
        checker = record.digest_checker
        if checker is not None and checker.passed is False:
            return damage(where, warc.Damage(offset, "the bytes do not have the digest of the record"))
        if record.rec_headers.get_header("WARC-Truncated"):
            return IncompleteError(where, "the archive says that it was cut off", "fetch the page again")
        codings = (heads.get_header("Content-Encoding") if heads else "") or ""
        if not is_page(media, b"" if codings else body):
            return None
        body = decoded(where, body, codings)
    except HeshuError as error:
        return error
    if not body:
        return FetchError(where, "it is empty", "fetch the page again")
    rec_id = record.rec_headers.get_header("WARC-Record-ID")
    return Source(where, body, record.rec_headers.get_header("WARC-Date"), rec_id, charset_of(media))


def _body(where: str, record: ArcWarcRecord) -> bytes:
    """The payload without its chunks. Writers that join the chunks often leave the header as it was."""
    from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

    raw: bytes = record.raw_stream.read()
    heads = record.http_headers
    if not heads or "chunked" not in (heads.get_header("Transfer-Encoding") or "").lower():
        return raw
    reader = ChunkedDataReader(io.BytesIO(raw), raise_exceptions=True)
    try:
        joined: bytes = reader.read()
    except ChunkedDataException:
        if raw[:1].isalnum() and reader.num_read:
            raise IncompleteError(where, "its last chunk is missing", "fetch the page again") from None
        return raw
    if not reader.all_chunks_read:
        raise IncompleteError(where, "its last chunk is missing", "fetch the page again")
    return joined
