"""Web archives, zip, gzip and single-file pages: what is whole is read, what is not is named with its place."""

from __future__ import annotations

import gzip
import io
import random
import re
import tracemalloc
import zipfile
import zlib
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO, cast

import brotli
import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from heshu.pipeline import fetch, run, warc
from heshu.pipeline.errors import ArchiveError, FetchError, HeshuError, IncompleteError, LimitError
from heshu.pipeline.fetch import _codecs
from heshu.schemas.transcript import Source
from tests.archives import PAGES, archive, corpus


def squeezed(data: bytes, level: int = 9) -> bytes:
    """Without the time, which would stand in the names of the tests."""
    return gzip.compress(data, level, mtime=0)


FORMS = pytest.mark.parametrize("packed", [True, False], ids=["gz", "plain"])


def read(data: bytes) -> tuple[list[Source], list[HeshuError]]:
    """What comes out of a stream: the sources and the errors."""
    items = list(fetch.sources(["-"], io.BytesIO(data)))
    return [item for item in items if isinstance(item, Source)], [item for item in items if isinstance(item, HeshuError)]


@FORMS
def test_every_page_of_an_archive_is_a_source(packed: bool, tmp_path: Path) -> None:
    pages, data = corpus(4, gzip=packed)
    path = tmp_path / "pages.warc"
    path.write_bytes(data)
    items = [item for item in fetch.sources([str(path)]) if isinstance(item, Source)]
    assert [(item.name, item.data) for item in items] == [(f"{path}#{address}", body) for address, body in pages]
    report = run.report(items[0])
    assert report.document.source == f"{path}#{pages[0][0]}"
    assert report.document.provenance.retrieved_at == "2024-05-01T08:00:00Z"
    assert report.document.provenance.warc_record == "<urn:uuid:00000000-0000-4000-8000-000000000000>"


def test_one_page_of_an_archive_can_be_named(tmp_path: Path) -> None:
    pages, data = corpus(3, gzip=True)
    path = tmp_path / "pages.warc.gz"
    path.write_bytes(data)
    (item,) = fetch.sources([f"{path}#{pages[1][0]}"])
    assert isinstance(item, Source)
    assert item.data == pages[1][1]
    (gone,) = fetch.sources([f"{path}#http://nowhere/"])
    assert isinstance(gone, FetchError)


def test_a_second_page_of_one_address_has_another_name() -> None:
    sources, _ = read(archive([("http://a.cn/", b"<p>1"), ("http://a.cn/", b"<p>2")], gzip=True))
    assert len({source.name for source in sources}) == 2


def test_the_charset_of_the_header_is_a_hint_and_a_wrong_one_does_no_harm() -> None:
    body = "<html><body><p>全年开工项目200个，其中新建项目150个，续建项目50个。</p></body></html>"
    for label in ("gbk", "ISO-8859-1", "utf-8", "nonsense"):
        data = archive([("http://a.cn/", body.encode("gbk"))], gzip=True, headers={"Content-Type": f"text/html; charset={label}"})
        (source,), _ = read(data)
        assert source.charset == label
        assert "全年开工项目200个" in run.report(source).document.text


def whole(data: bytes, sources: list[Source], errors: list[HeshuError], pages: list[tuple[str, bytes]]) -> None:
    """Nothing that is read differs from what was stored, and what is missing is named with a byte."""
    bodies = {body for _, body in pages}
    assert all(source.data in bodies for source in sources)
    if len(sources) < len(pages):
        assert errors
        assert all(isinstance(error, ArchiveError) and re.search(r"byte \d+", str(error)) for error in errors)


@FORMS
def test_a_cut_archive_gives_its_whole_records_and_the_place_of_the_cut(packed: bool) -> None:
    pages, data = corpus(6, gzip=packed)
    ends = [item.end for item in warc.records(io.BytesIO(data)) if isinstance(item, warc.Record)]
    assert ends[-1] == len(data)
    places = sorted({len(data) * percent // 100 for percent in range(1, 100)} | set(range(len(data) - 64, len(data))))
    for place in places:
        sources, errors = read(data[:place])
        whole(data, sources, errors, pages)
        # Between two records nothing is cut; the last four bytes of a plain record are only its separator.
        complete = sum(end <= place or (not packed and end - 4 <= place) for end in ends)
        assert len(sources) == max(0, complete - 1)
        assert bool(errors) == (place not in ends) or not sources
    assert not read(data)[1]


@FORMS
def test_a_flipped_byte_costs_one_record_and_is_named(packed: bool) -> None:
    pages, data = corpus(6, gzip=packed)
    chance = random.Random(5)
    silent = lost = 0
    for place in sorted(chance.sample(range(len(data)), 120)):
        broken = bytearray(data)
        broken[place] ^= 1 << chance.randrange(8)
        sources, errors = read(bytes(broken))
        bodies = {body for _, body in pages}
        changed = [source for source in sources if source.data not in bodies]
        assert not changed
        lost += len(pages) - len(sources)
        silent += len(sources) < len(pages) and not errors
        assert len(pages) - len(sources) <= 2
    assert lost
    # A head without its own checksum may name another kind of record.
    assert silent == 0 if packed else silent <= 2


@pytest.mark.parametrize("change", [-7, -1, 1, 9, 5000, 10**9])
@FORMS
def test_a_wrong_length_is_named_and_the_other_records_are_read(packed: bool, change: int) -> None:
    pages, data = corpus(4, gzip=False)
    spots = [found for found in re.finditer(rb"(?m)^Content-Length: (\d+)\r$", data) if int(found[1]) > 500]
    spot = spots[2]
    broken = data[: spot.start(1)] + str(int(spot[1]) + change).encode() + data[spot.end(1) :]
    if packed:
        cuts = [found.start() for found in re.finditer(rb"WARC/1\.0\r\n", broken)] + [len(broken)]
        broken = b"".join(squeezed(broken[start:end]) for start, end in pairwise(cuts))
    sources, errors = read(broken)
    whole(broken, sources, errors, pages)
    assert errors
    assert len(sources) == len(pages) - 1


def test_an_archive_packed_as_one_is_read_too() -> None:
    pages, data = corpus(5, gzip=False)
    sources, errors = read(squeezed(data))
    assert ([source.data for source in sources], errors) == ([body for _, body in pages], [])
    sources, errors = read(squeezed(data)[:-3000])
    whole(data, sources, errors, pages)
    assert errors


@pytest.mark.parametrize(
    ("headers", "body", "expected"),
    [
        ({"Content-Type": "image/png"}, b"\x89PNG", FetchError),
        ({"Content-Type": "text/html"}, b"", FetchError),
        ({"Transfer-Encoding": "chunked"}, b"4\r\n<p>1\r\n0\r\n\r\n", b"<p>1"),
        ({"Transfer-Encoding": "chunked"}, b"<p>joined already", b"<p>joined already"),
        ({"Transfer-Encoding": "chunked"}, b"4\r\n<p>1\r\nff\r\nshort", IncompleteError),
        ({"Content-Encoding": "gzip"}, squeezed(b"<p>1"), b"<p>1"),
        ({"Content-Encoding": "gzip"}, squeezed(b"<p>1")[:-5], IncompleteError),
        ({"Content-Encoding": "br"}, brotli.compress(b"<p>1"), b"<p>1"),
        ({"Content-Encoding": "zstd"}, zstandard.ZstdCompressor().compress(b"<p>1"), b"<p>1"),
        ({"Content-Encoding": "compress"}, b"\x1f\x9d", FetchError),
        ({"Content-Encoding": ",".join(["gzip"] * 9)}, b"", FetchError),
    ],
)
def test_the_wrappings_of_a_response(headers: dict[str, str], body: bytes, expected: bytes | type[HeshuError]) -> None:
    sources, errors = read(archive([("http://a.cn/", body)], gzip=True, headers=headers))
    if isinstance(expected, bytes):
        assert [source.data for source in sources] == [expected]
    else:
        assert [type(error) for error in errors] == [expected]
        assert not sources


CODECS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": lambda data: squeezed(data, 6),
    "deflate": lambda data: zlib.compress(data, 6),
    "br": lambda data: brotli.compress(data, quality=3),
    "zstd": lambda data: zstandard.ZstdCompressor().compress(data),
}


def bomb(codec: str, times: int, size: int) -> bytes:
    data = bytes(size)
    for _ in range(times):
        data = CODECS[codec](data)
    return data


BOMBS = [
    pytest.param(codec, times, marks=() if (codec, times) in (("br", 1), ("deflate", 2)) else pytest.mark.slow)
    for codec in CODECS
    for times in (1, 2)
]


@pytest.mark.parametrize(("codec", "times"), BOMBS)
def test_a_bomb_in_an_archive_stops_at_the_limit(codec: str, times: int) -> None:
    body = bomb(codec, times, 100 * 2**20)
    data = archive([("http://a.cn/", body), ("http://b.cn/", b"<p>1")], gzip=True, headers={"Content-Encoding": ", ".join([codec] * times)})
    data += archive([("http://c.cn/", b"<p>1")], gzip=True)
    tracemalloc.start()
    sources, errors = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= _codecs.MAX_BYTES + 64 * 2**20
    assert isinstance(errors[0], LimitError)
    assert sources[-1].name == "-#http://c.cn/"


@pytest.mark.parametrize(("codec", "times"), BOMBS)
def test_a_bomb_in_a_file_stops_at_the_limit(codec: str, times: int, tmp_path: Path) -> None:
    body = bomb(codec, times, 100 * 2**20)
    if codec != "gzip":
        # No file is read by brotli, zstd or bare deflate: a zip of deflate, and bytes that are no text.
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            packed.writestr("a.html", bytes(100 * 2**20) if times == 1 else body)
        body = out.getvalue()
    path = tmp_path / "bomb"
    path.write_bytes(body)
    tracemalloc.start()
    items = list(fetch.sources([str(path)]))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= _codecs.MAX_BYTES + 64 * 2**20
    if times == 1 or codec == "gzip":
        assert [type(item) for item in items] == [LimitError]


def test_a_record_that_is_itself_a_bomb_stops_at_the_limit() -> None:
    first = archive([("http://a.cn/", b"<p>1")], gzip=True)
    huge = squeezed(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 120000000\r\n\r\n" + bytes(120 * 2**20), 1)
    tracemalloc.start()
    sources, errors = read(first + huge + first)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak <= 96 * 2**20
    assert len(sources) == 2
    assert any(isinstance(error, ArchiveError) for error in errors)


def test_a_zip_of_saved_pages(tmp_path: Path) -> None:
    path = tmp_path / "saved.zip"
    with zipfile.ZipFile(path, "w") as packed:
        for name in ("b/第二场.html", "a.html", "b/logo.png", "b/style.css", "__MACOSX/a.html", ".hidden"):
            packed.writestr(name, f"<p>{name}</p>")
    assert [item.name for item in fetch.sources([str(path)]) if isinstance(item, Source)] == [
        f"{path}#a.html",
        f"{path}#b/第二场.html",
    ]
    (one,) = fetch.sources([f"{path}#a.html"])
    assert isinstance(one, Source)
    assert one.data == b"<p>a.html</p>"


def test_a_zip_may_hold_archives() -> None:
    pages, data = corpus(2, gzip=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as whole:
        whole.writestr("in/pages.warc.gz", data)
        whole.writestr("page.html.gz", squeezed(pages[0][1]))
    sources, errors = read(out.getvalue())
    assert not errors
    assert [source.name for source in sources] == [*(f"-#in/pages.warc.gz#{address}" for address, _ in pages), "-#page.html.gz"]


def test_names_in_a_zip_of_chinese_windows() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("aaaa.html", "<p>1</p>")
    data = out.getvalue().replace(b"aaaa.html", "发布".encode("gbk") + b".html")
    sources, _ = read(data)
    assert [source.name for source in sources] == ["-#发布.html"]


def test_a_gzip_of_a_page_and_a_single_file_page() -> None:
    page = PAGES[0].read_bytes()
    (source,), _ = read(squeezed(page))
    assert source.data == page
    mht = (
        b"From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        b'\ttype="text/html"; boundary="--x"\r\n\r\n----x\r\nContent-Type: text/html; charset="gb2312"\r\n'
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C8=AB=C4=EA200=B8=F6</p>\r\n----x--\r\n"
    )
    (saved,), _ = read(mht)
    assert saved.data.strip().decode("gbk") == "<p>全年200个</p>"
    assert saved.charset == "gb2312"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04" + b"\0" * 100,
        squeezed(squeezed(squeezed(squeezed(b"<p>1")))),
        squeezed(b"<p>1")[:-3],
        b"WARC/1.0\r\n",
        b"WARC/9.9 nothing",
        squeezed(b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"),
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x--\r\n",
        b"\x1f\x8b",
    ],
)
def test_odd_archives_have_a_named_error(data: bytes) -> None:
    sources, errors = read(data)
    assert not sources
    assert errors
    assert all("\n" not in str(error) and error.advice for error in errors)


def test_memory_stays_flat_over_a_long_archive() -> None:
    class Endless(io.RawIOBase):
        """The same pages again and again, without being held."""

        def __init__(self, piece: bytes, times: int) -> None:
            self.piece, self.left, self.rest = piece, times, b""

        def readable(self) -> bool:
            return True

        def read(self, size: int = -1) -> bytes:
            while len(self.rest) < size and self.left:
                self.rest += self.piece
                self.left -= 1
            out, self.rest = self.rest[:size], self.rest[size:]
            return out

    pages, data = corpus(4, gzip=True)
    tracemalloc.start()
    peaks = []
    for times in (30, 30, 300):
        tracemalloc.reset_peak()
        count = sum(isinstance(item, warc.Record) for item in warc.records(cast(BinaryIO, Endless(data, times))))
        assert count == times * (len(pages) + 1)
        peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[2] <= peaks[1] + 200_000 < len(data) * 300


@given(st.lists(st.sampled_from([b"WARC/1.0\r\n", b"Content-Length: 5\r\n", b"Content-Length: 99999999999\r\n", b"\r\n", b"\r\n\r\n",
                                 b"hello", b"\x1f\x8b\x08", squeezed(b"WARC/1.0\r\n"), b"\0" * 9, b"WARC-Type: response\r\n"]), max_size=30))
@settings(max_examples=150, deadline=None)
def test_no_bytes_break_the_frame_and_none_are_lost_in_silence(pieces: list[bytes]) -> None:
    data = b"".join(pieces)
    items = list(warc.records(io.BytesIO(data)))
    offsets = [item.offset for item in items]
    assert all(0 <= offset <= len(data) for offset in offsets)
    assert items or not data.strip(b"\r\n\0")
    read(data)
