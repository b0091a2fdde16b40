"""Web archives for the tests, made by another hand than the one that reads them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "corpora" / "pages").rglob("*.html"))


def archive(pages: Iterable[tuple[str, bytes]], *, gzip: bool, headers: Mapping[str, str] | None = None) -> bytes:
    """A WARC with a response for each address and body."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    writer.write_record(writer.create_warcinfo_record("test.warc", {"software": "tests"}))
    for number, (address, body) in enumerate(pages):
        fields = {"Content-Type": "text/html", "Content-Length": str(len(body)), **(headers or {})}
        heads = StatusAndHeaders("200 OK", list(fields.items()), protocol="HTTP/1.1")
        identity = {"WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012}>", "WARC-Date": "2024-05-01T08:00:00Z"}
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(body), http_headers=heads, warc_headers_dict=identity
        )
        writer.write_record(record)
    return out.getvalue()


def corpus(count: int, *, gzip: bool) -> tuple[list[tuple[str, bytes]], bytes]:
    """Real pages of the corpus under made addresses, and their archive."""
    pages = [(f"http://www.example.gov.cn/{page.stem}.html", page.read_bytes()) for page in PAGES[:count]]
    return pages, archive(pages, gzip=gzip)
