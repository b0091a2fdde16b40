"""Visiting pages: servers that misbehave, addresses that must not be visited, robots, and the pause between requests."""

from __future__ import annotations

import gzip
import io
import re
import shutil
import socket
import ssl
import subprocess
import time
import zlib
from collections.abc import Callable, Iterator
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path
from typing import cast
from urllib.parse import quote

import brotli
import httpx2
import pytest
import zstandard

from heshu.pipeline import fetch, run
from heshu.pipeline.errors import (
    AddressError,
    FetchError,
    HeshuError,
    IncompleteError,
    LimitError,
    RobotsError,
    SlowError,
    StatusError,
    WallError,
)
from heshu.pipeline.export.warc import Archive
from heshu.pipeline.fetch import _address, _walls
from heshu.pipeline.fetch._exchange import Web
from heshu.pipeline.fetch._hosts import Hosts
from heshu.pipeline.fetch._visit import Visitor
from heshu.pipeline.fetch._wire import Limits
from heshu.schemas.transcript import Source
from heshu.schemas.visit import Visit
from tests.server import PAGE, Answer, Asked, Server, ok, raw, serving

HERE = "127.0.0.1"
LIMITS = Limits(connect=0.5, silence=0.3, total=0.8, largest=200_000)


def visit(server: Server, path: str, *, limits: Limits = LIMITS, state: Path | None = None, host: str = HERE) -> Visit | HeshuError:
    """One page, by a visitor of its own."""
    visitor = Visitor([host], allow_private=[host], gap=0.01, limits=limits, state=state, cache=state is not None)
    try:
        return visitor.get(server.url(path, host))
    except HeshuError as error:
        return error
    finally:
        visitor.close()


def slowly(data: bytes, pause: float, size: int = 1) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        for at in range(0, len(data), size):
            connection.sendall(data[at : at + size])
            time.sleep(pause)

    return answer


def endless(head: bytes, piece: bytes) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return answer


def reset(data: bytes) -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(data)
        time.sleep(0.02)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")

    return answer


def silent(data: bytes = b"") -> Answer:
    def answer(connection: socket.socket, asked: Asked) -> None:
        connection.sendall(data)
        time.sleep(2)

    return answer


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LONG = PAGE.ljust(3000)
SCRIPT = b"<html><head><script>document.cookie='__jsl_clearance=1';location.reload()</script></head><body></body></html>"
BAD: dict[str, tuple[Answer, type[HeshuError]]] = {
    "headers that drip": (slowly(HEAD * 20, 0.1), SlowError),
    "a body that drips": (slowly(HEAD + b"Content-Length: 3000\r\n\r\n" + LONG, 0.05, 120), SlowError),
    "a body without end": (endless(HEAD + b"\r\n", b"<p>1" * 2000), LimitError),
    "chunks without end": (endless(CHUNKED, b"400\r\n" + b"x" * 1024 + b"\r\n"), LimitError),
    "headers without end": (endless(HEAD, b"X-A: b\r\n" * 100), FetchError),
    "one header without end": (endless(HEAD + b"X: ", b"x" * 5000), FetchError),
    "a body that is short": (raw(HEAD + b"Content-Length: 5000\r\n\r\n" + LONG), IncompleteError),
    "a length that is too small": (raw(HEAD + b"Content-Length: 100\r\n\r\n" + LONG), IncompleteError),
    "a length that is no number": (raw(HEAD + b"Content-Length: many\r\n\r\n" + LONG), FetchError),
    "two lengths": (raw(HEAD + b"Content-Length: 3000\r\nContent-Length: 10\r\n\r\n" + LONG), FetchError),
    "a last chunk that is missing": (raw(CHUNKED + b"a\r\n0123456789\r\n"), IncompleteError),
    "a chunk that is short": (raw(CHUNKED + b"ff\r\nshort"), IncompleteError),
    "a chunk without a length": (raw(CHUNKED + b"zz\r\nshort\r\n0\r\n\r\n"), IncompleteError),
    "a circle of redirects": (ok(b"", "302 Found", Location="/a"), StatusError),
    "a redirect to itself with arguments": (
        lambda connection, asked: ok(b"", "302 Found", Location=f"{asked.path}1")(connection, asked),
        StatusError,
    ),
    "a redirect inside": (ok(b"", "302 Found", Location="http://169.254.169.254/latest/"), AddressError),
    "a redirect to another host": (ok(b"", "301 Moved", Location="http://www.example.com/"), AddressError),
    "a redirect to a file": (ok(b"", "301 Moved", Location="file:///etc/passwd"), AddressError),
    "a redirect that is no address": (ok(b"", "301 Moved", Location="http://[::"), HeshuError),
    "an error page with 200": (ok("<title>404 页面不存在</title><p>您访问的页面不存在".encode()), StatusError),
    "an error page in GBK with 200": (
        ok("<title>系统错误</title><p>请稍后再试".encode("gbk"), Content_Type="text/html"),
        StatusError,
    ),
    "a reset in the head": (reset(b"HTTP/1.1 200"), FetchError),
    "a reset in the body": (reset(HEAD + b"Content-Length: 3000\r\n\r\n" + LONG[:900]), IncompleteError),
    "nothing at all": (raw(b""), FetchError),
    "silence": (silent(), SlowError),
    "silence in the body": (silent(HEAD + b"Content-Length: 3000\r\n\r\n" + LONG[:900]), SlowError),
    "a gzip bomb": (ok(gzip.compress(bytes(50 * 2**20)), Content_Encoding="gzip"), LimitError),
    "a gzip that is cut": (ok(gzip.compress(LONG)[:-9], Content_Encoding="gzip"), IncompleteError),
    "a gzip that is spoilt": (ok(gzip.compress(LONG)[:-6] + b"123456", Content_Encoding="gzip"), FetchError),
    "a coding that nobody knows": (ok(Content_Encoding="sdch"), FetchError),
    "a status line that is none": (raw(b"ICY 200 OK\r\n\r\n<p>1"), FetchError),
    "a status that is none": (raw(b"HTTP/1.1 99999 OK\r\n\r\n<p>1"), FetchError),
    "HTTP 0.9": (raw(b"<html><p>1</html>"), FetchError),
    "an empty page": (ok(b""), FetchError),
    "no page": (ok(b"<p>gone", "404 Not Found"), StatusError),
    "a server that fails": (ok(b"<p>oh", "500 Internal Server Error"), StatusError),
    "a server that wants a password": (ok(b"", "401 Unauthorized", WWW_Authenticate="Basic"), StatusError),
    "part of a page": (ok(LONG, "206 Partial Content", Content_Range="bytes 0-9/99"), StatusError),
    "a wall by status 412": (ok(SCRIPT, "412 Precondition Failed"), WallError),
    "a wall by status 521": (ok(SCRIPT, "521 x"), WallError),
    "a wall with status 200": (ok(SCRIPT), WallError),
    "a wall with status 503": (ok(SCRIPT, "503 Service Unavailable"), WallError),
    "a long Retry-After": (ok(b"<p>later", "429 Too Many Requests", Retry_After="86400"), StatusError),
    "an upgrade": (raw(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\n\r\n" + LONG), HeshuError),
}


@pytest.fixture(scope="module")
def bad() -> Iterator[Server]:
    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return ok(b"", "404 Not Found")
        return BAD[list(BAD)[int(path.strip("/").partition("?")[0].rstrip("a").split("-")[0])]][0]

    BAD["a circle of redirects"] = (_circle, StatusError)
    BAD["a redirect to itself with arguments"] = (_further, StatusError)
    with serving(answer) as server:
        yield server


def _circle(connection: socket.socket, asked: Asked) -> None:
    ok(b"", "302 Found", Location=asked.path.partition("?")[0] + ("" if "?" in asked.path else "?again"))(connection, asked)


def _further(connection: socket.socket, asked: Asked) -> None:
    ok(b"", "302 Found", Location=f"{asked.path}?1")(connection, asked)


@pytest.mark.parametrize("name", list(BAD))
def test_a_server_that_misbehaves_is_named_and_bounded(name: str, bad: Server) -> None:
    result = visit(bad, f"/{list(BAD).index(name)}")
    assert isinstance(result, HeshuError), name
    assert isinstance(result, BAD[name][1]), (name, result)
    assert "\n" not in str(result)
    assert result.advice
    assert f"/{list(BAD).index(name)}" in bad.arrived


def test_servers_misbehave_in_enough_ways() -> None:
    assert len(BAD) >= 30


GOOD: dict[str, Answer] = {
    "a length": ok(),
    "no length": raw(HEAD + b"\r\n" + PAGE),
    "chunks": raw(CHUNKED + b"%x\r\n" % len(PAGE) + PAGE + b"\r\n0\r\n\r\n"),
    "gzip": ok(gzip.compress(PAGE), Content_Encoding="gzip"),
    "deflate": ok(zlib.compress(PAGE), Content_Encoding="deflate"),
    "br": ok(brotli.compress(PAGE), Content_Encoding="br"),
    "zstd": ok(zstandard.ZstdCompressor().compress(PAGE), Content_Encoding="zstd"),
    "gzip twice": ok(gzip.compress(gzip.compress(PAGE)), Content_Encoding="gzip, gzip"),
    "gzip only said": ok(PAGE, Content_Encoding="gzip"),
    "early hints": raw(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\n" + HEAD + b"Content-Length: %d\r\n\r\n" % len(PAGE) + PAGE),
    "one byte at a time": slowly(HEAD + b"\r\n", 0),
    "an old server": raw(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE),
}


@pytest.mark.parametrize("name", [name for name in GOOD if name != "one byte at a time"])
def test_a_whole_page_is_read_as_a_whole(name: str) -> None:
    with serving({"/": GOOD[name]}) as server:
        result = visit(server, "/")
    assert isinstance(result, Visit), result
    assert result.source.data == PAGE
    assert result.response.startswith(b"HTTP/1.")
    assert b" 103 " not in result.response
    assert run.report(result.source).coverage.figures >= 3


@pytest.mark.parametrize("label", ["utf-8", "gbk"])
def test_a_redirect_with_chinese_leads_to_the_same_bytes(label: str) -> None:
    where = "/发布会.html".encode(label)
    with serving({"/": raw(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + where + b"\r\n\r\n"), quote(where): ok()}) as server:
        result = visit(server, "/")
    assert isinstance(result, Visit), result
    assert result.address == server.url(quote(where))


@pytest.mark.parametrize("name", [name for name in GOOD if name != "one byte at a time"])
def test_a_page_comes_out_of_an_archive_as_it_went_in(name: str, tmp_path: Path) -> None:
    odd = "X-Name: 中文".encode("gbk") + b"\r\n"

    def answer(connection: socket.socket, asked: Asked) -> None:
        GOOD[name](cast(socket.socket, Odd(connection, odd)), asked)

    with serving({"/": answer}) as server:
        result = visit(server, "/")
    assert isinstance(result, Visit), result
    assert odd in result.response
    out = tmp_path / "a.warc.gz"
    archive = Archive(out)
    archive.write(result)
    assert archive.finish()
    (item,) = fetch.sources([str(out)])
    assert isinstance(item, Source), item
    assert (item.data, item.charset, item.retrieved_at) == (PAGE, result.source.charset, result.source.retrieved_at)


class Odd:
    """A connection on which every answer gets one header more."""

    def __init__(self, connection: socket.socket, header: bytes) -> None:
        self.connection, self.header = connection, header

    def sendall(self, data: bytes) -> None:
        for start in (b"200 OK\r\n",):
            data = data.replace(start, start + self.header, 1)
        self.connection.sendall(data)


def test_a_wrong_encoding_header_does_no_harm() -> None:
    page = PAGE.decode().replace("utf-8", "gb2312").encode("gbk")
    with serving({"/": ok(page, Content_Type="text/html; charset=iso-8859-1")}) as server:
        result = visit(server, "/")
    assert isinstance(result, Visit)
    assert result.source.charset == "iso-8859-1"
    assert "全年开工项目200个" in run.report(result.source).document.text


def test_an_address_is_a_source(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(Visitor.__init__.__kwdefaults__ or {}, "gap", 0.01)
    with serving({"/a.html": ok()}) as server:
        names = [server.url("/a.html"), server.url("/none")]
        good, gone = fetch.sources([names[0], "file:///etc/passwd"], allow_private=[HERE])
        (refused,) = fetch.sources(names[:1])
    assert isinstance(good, Source)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", good.retrieved_at or "")
    assert good.name == names[0]
    assert isinstance(gone, AddressError)
    assert isinstance(refused, AddressError)


CODECS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=3),
    "zstd": lambda data: zstandard.ZstdCompressor().compress(data),
}


BOMBS = [
    pytest.param(codec, times, marks=() if (codec, times) in (("gzip", 1), ("zstd", 2)) else pytest.mark.slow)
    for codec in CODECS
    for times in (1, 2)
]


@pytest.mark.parametrize(("codec", "times"), BOMBS)
def test_a_bomb_over_the_network_stops_at_the_limit(codec: str, times: int) -> None:
    import tracemalloc

    body = bytes(100 * 2**20)
    for _ in range(times):
        body = CODECS[codec](body)
    with serving({"/": ok(body, Content_Encoding=", ".join([codec] * times))}) as server:
        tracemalloc.start()
        result = visit(server, "/", limits=Limits())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert isinstance(result, LimitError)
    assert peak <= 96 * 2**20


# Addresses that must not be visited.

_FOUR = ("127.0.0.1 127.0.0.2 127.255.255.254 0.0.0.0 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.254 169.254.169.254 172.16.0.1"
         " 172.31.255.255 192.168.0.1 192.168.255.255 192.0.0.1 192.0.2.1 192.88.99.1 198.18.0.1 198.51.100.1 203.0.113.1 224.0.0.1"
         " 239.255.255.250 240.0.0.1 255.255.255.255").split()
_SIX = ("::1 :: ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:169.254.169.254 ::ffff:7f00:1 ::127.0.0.1 ::7f00:1 64:ff9b::127.0.0.1"
        " 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:7f00:1:: 2002:a00:1:: 2002:c0a8:101::1 fc00::1 fd00::1 fdff:ffff::1 fe80::1 febf::1"
        " fec0::1 feff::1 ff02::1 ff0e::1 2001:db8::1 2001::1 100::1 0:0:0:0:0:0:0:1 0000:0000:0000:0000:0000:0000:0000:0001"
        " ::ffff:0:127.0.0.1 3fff::1 5f00::1").split()
_NAMES = ("localhost LOCALHOST localhost. localhost.localdomain ip6-localhost 2130706433 0x7f000001 0x7f.1 0x7F.0.0.1 017700000001"
          " 0177.0.0.1 0177.1 127.1 127.0.1 127.000.000.001 0 0x0 00 0.0 127.0.0.1. 0x7f.0x0.0x0.0x1 127。0。0。1 127．0．0．1 １２７.0.0.1"
          " ①②⑦.0.0.1 3232235521 0xa9fea9fe 2852039166 0251.0376.0251.0376 169.254.43518").split()
_FORMS = ["http://user@{h}:{p}/", "http://user:pass@{h}:{p}/", "http://a.gov.cn@{h}:{p}/", "http://{h}:{p}\\@a.gov.cn/",
          "http://a.gov.cn\\@{h}:{p}/", "http://a.gov.cn:80@{h}:{p}/", "http://a.gov.cn#@{h}:{p}/", "http:\\\\{h}:{p}\\",
          "http:/\\{h}:{p}/", "http://{h}:{p} /", "\thttp://{h}:{p}/", "http://{h}\n:{p}/", "http://{h}%00:{p}/", "http://{h}%09:{p}/",
          "HTTP://{h}:{p}/", "hTTp://{h}:{p}/", "http:{h}:{p}/", "http:///{h}:{p}/", "//{h}:{p}/", "ftp://{h}:{p}/", "gopher://{h}:{p}/",
          "file://{h}:{p}/", "dict://{h}:{p}/", "jar:http://{h}:{p}!/", "http://{h}:{p}?@a.gov.cn/", "http://{h}:{p}/..//@a.gov.cn",
          "http://[{h}]:{p}/", "http://[::ffff:{h}]:{p}/", "http://{h}:0{p}/", "http://@{h}:{p}/", "http://:@{h}:{p}/"]
SPELLINGS = [
    *(f"http://{host}:{{p}}/" for host in [*_FOUR, *_NAMES]),
    *(f"http://[{host}]:{{p}}/" for host in _SIX),
    *(form.replace("{h}", "127.0.0.1") for form in _FORMS),
]


def test_no_spelling_reaches_a_machine_inside() -> None:
    reached = refused = 0
    with serving({"/": ok(), "/robots.txt": ok(b"", "404 Not Found")}) as canary:
        for spelling in SPELLINGS:
            url = spelling.replace("{p}", str(canary.port))
            before = len(canary.arrived)
            # The control: what a client without a guard does with the same address.
            try:
                if url.startswith(tuple(f"http://{ip}" for ip in [*_FOUR[4:], *(f"[{ip}" for ip in _SIX[3:])])):
                    raise OSError("no machine of this test listens there")
                with httpx2.Client(trust_env=False, timeout=0.1, transport=httpx2.HTTPTransport(trust_env=False)) as plain:
                    plain.get(url)
            except (httpx2.HTTPError, httpx2.InvalidURL, UnicodeError, ValueError, OSError):
                pass
            reached += len(canary.arrived) > before
            visitor = Visitor(
                {"a.gov.cn", _host(url), *_NAMES, *_FOUR, *_SIX}, limits=Limits(connect=0.2, silence=0.2, total=0.5)
            )
            try:
                with pytest.raises(HeshuError):
                    visitor.get(url)
            finally:
                visitor.close()
            assert not [agent for agent in canary.agents if agent.startswith("heshu")], url
            refused += 1
    assert refused >= 100
    assert reached >= 15


def _host(url: str) -> str:
    try:
        return httpx2.URL(url).host.lower().rstrip(".")
    except (httpx2.InvalidURL, ValueError):
        return ""


@pytest.mark.parametrize("address", [*_FOUR, *_SIX])
def test_every_inner_range_is_closed(address: str) -> None:
    assert _address.closed(address, "www.example.gov.cn", ())
    assert not _address.closed(address, "inner", ("inner",))


@pytest.mark.parametrize("address", ["1.1.1.1", "114.114.114.114", "8.8.8.8", "2400:3200::1", "::ffff:1.1.1.1", "172.32.0.1", "100.128.0.1"])
def test_public_machines_are_open(address: str) -> None:
    assert not _address.closed(address, "www.example.gov.cn", ())


def test_no_redirect_reaches_a_machine_inside() -> None:
    there = "127.0.0.3"
    with serving({"/": ok()}) as canary:

        def answer(path: str) -> Answer:
            if not path.strip("/").isdigit():
                return ok(b"", "404 Not Found")
            target = SPELLINGS[int(path.strip("/"))].replace("{p}", str(canary.port)).replace("\n", "").strip()
            return raw(b"HTTP/1.1 302 Found\r\nLocation: " + target.encode() + b"\r\nContent-Length: 0\r\n\r\n")

        with serving(answer, (there,)) as server:
            named = [there, HERE, "a.gov.cn", *_NAMES, *_FOUR, *_SIX]
            visitor = Visitor(named, allow_private=[there], gap=0.0, limits=LIMITS)
            visitor.hosts.sleep = lambda seconds: None
            refused = 0
            for number in range(len(SPELLINGS)):
                with pytest.raises(HeshuError):
                    visitor.get(server.url(f"/{number}", there))
                refused += 1
            visitor.close()
            assert len(server.paths()) >= refused >= 100
        assert canary.accepted == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="no program to make a certificate")
def test_a_certificate_is_checked(tmp_path: Path) -> None:
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "cert.pem")
    call = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", key, "-out", certificate, "-days", "2"]
    call += ["-subj", f"/CN={HERE}", "-addext", f"subjectAltName=IP:{HERE}"]
    subprocess.run(call, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    with serving({"/": ok()}, tls=context) as server:
        url = server.url("/").replace("http:", "https:")
        for trusted in (False, True):
            visitor = Visitor([HERE], allow_private=[HERE], gap=0.01, limits=LIMITS)
            assert isinstance(visitor.transport, Web)
            if trusted:
                visitor.transport.tls = ssl.create_default_context(cafile=certificate)
                assert visitor.get(url).source.data == PAGE
            else:
                with pytest.raises(FetchError, match="certificate"):
                    visitor.get(url)
            visitor.close()


def test_a_name_that_leads_elsewhere_the_second_time_reaches_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS that rebinds: a public address when it is checked, ours when it is connected to."""
    with serving({"/": ok()}) as canary:
        answers = iter([["1.1.1.1"], ["127.0.0.1"], ["127.0.0.1", "1.1.1.1"], ["1.1.1.1", "127.0.0.1"]] * 9)
        asked: list[str] = []

        def rebinding(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
            asked.append(host)
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, canary.port)) for ip in next(answers)]

        monkeypatch.setattr(socket, "getaddrinfo", rebinding)
        for _ in range(4):
            visitor = Visitor(["rebind.example"], gap=0.0, limits=Limits(connect=0.05, silence=0.05, total=0.2))
            with pytest.raises(HeshuError):
                visitor.get(f"http://rebind.example:{canary.port}/")
            visitor.close()
        assert canary.accepted == 0
        assert len(asked) >= 4


# Robots (RFC 9309).

ROBOTS: list[tuple[str, Answer, bool]] = [
    ("none", ok(b"", "404 Not Found"), True),
    ("forbidden to read", ok(b"", "403 Forbidden"), True),
    ("gone", ok(b"", "410 Gone"), True),
    ("fails", ok(b"", "500 Internal Server Error"), False),
    ("busy", ok(b"", "503 Service Unavailable", Retry_After="0"), False),
    ("too many", ok(b"", "429 Too Many Requests", Retry_After="0"), False),
    ("silent", silent(), False),
    ("cut", raw(HEAD + b"Content-Length: 900\r\n\r\nUser-agent: *\r\n"), False),
    ("reset", reset(b"HTTP/1.1"), False),
    ("allows", ok(b"User-agent: *\nAllow: /\n"), True),
    ("disallows", ok(b"User-agent: *\nDisallow: /a\n"), False),
    ("disallows us", ok(b"User-agent: heshu\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), False),
    ("disallows others", ok(b"User-agent: other\nDisallow: /\n"), True),
    ("allows us", ok(b"User-agent: heshu\nAllow: /\n\nUser-agent: *\nDisallow: /\n"), True),
    ("longest rule wins", ok(b"User-agent: *\nDisallow: /a\nAllow: /a.html\n"), True),
    ("pattern", ok(b"User-agent: *\nDisallow: /*.html$\n"), False),
    ("mark", ok(b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"), False),
    ("GBK comment", ok("# 禁止\r\nUser-agent: *\r\nDisallow: /\r\n".encode("gbk")), False),
    ("carriage returns", ok(b"User-agent: *\rDisallow: /\r"), False),
    ("empty", ok(b""), True),
    ("a page instead", ok(PAGE), True),
    ("redirect", ok(b"", "302 Found", Location="/r2"), False),
    ("redirect to another host", ok(b"", "302 Found", Location="http://www.example.com/robots.txt"), True),
    ("circle", ok(b"", "302 Found", Location="/robots.txt"), True),
    ("rule within 500 kB", ok(b"#" * 400_000 + b"\nUser-agent: *\nDisallow: /\n"), False),
    ("rule after 500 kB", ok(b"#" * 520_000 + b"\nUser-agent: *\nDisallow: /\n"), True),
    ("gzip", ok(gzip.compress(b"User-agent: *\nDisallow: /\n"), Content_Encoding="gzip"), False),
    ("pauses that are no numbers", ok(b"User-agent: *\nCrawl-delay: nan\nRequest-rate: 0/0\n"), True),
    ("a pause less than nothing", ok(b"User-agent: *\nCrawl-delay: -5\n"), True),
    ("a pause without end", ok(b"User-agent: *\nCrawl-delay: inf\n"), True),
    ("a pause of an hour", ok(b"User-agent: *\nCrawl-delay: 3600\n"), False),
]


@pytest.mark.parametrize(("name", "robots", "allowed"), ROBOTS, ids=[name for name, *_ in ROBOTS])
def test_robots_are_obeyed(name: str, robots: Answer, allowed: bool) -> None:
    answers = {"/robots.txt": robots, "/a.html": ok(), "/r2": ok(b"User-agent: *\nDisallow: /\n")}
    with serving(answers) as server:
        result = visit(server, "/a.html", limits=Limits(connect=0.5, silence=0.3, total=3.0))
    assert isinstance(result, Visit) is allowed, result
    if not allowed:
        assert isinstance(result, RobotsError)
    assert ("/a.html" in server.paths()) is allowed


@pytest.mark.parametrize("label", ["utf-8", "gbk"])
def test_a_rule_with_chinese_fits_the_page_in_the_same_encoding(label: str) -> None:
    inner = "/" + quote("内部".encode(label)) + "/a.html"
    rules = b"User-agent: *\nDisallow: /" + "内部".encode(label) + b"/\n"
    with serving({"/robots.txt": ok(rules), inner: ok(), "/b.html": ok()}) as server:
        assert isinstance(visit(server, inner), RobotsError)
        assert isinstance(visit(server, "/b.html"), Visit)


# One at a time, with a pause, also from one run to the next.


def gaps(server: Server) -> list[float]:
    """Seconds from one request to the next on the same host, as the server saw them."""
    by_host: dict[str, list[Asked]] = {}
    for asked in sorted(server.log, key=lambda each: each.begun):
        by_host.setdefault(asked.host, []).append(asked)
    return [after.begun - before.begun for each in by_host.values() for before, after in pairwise(each)]


def politely(count: int, gap: float, restarts: int, state: Path) -> list[float]:
    """All gaps that the server saw while ``count`` pages on three hosts were read in several runs."""
    from heshu.pipeline.fetch import crawl

    hosts = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
    busy = {"left": 3}

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return ok(b"User-agent: *\nAllow: /\n")
        if path.endswith("7.html") and busy["left"]:
            busy["left"] -= 1
            return ok(b"<p>later", "429 Too Many Requests", Retry_After="0")
        return ok()

    with serving(answer, hosts) as server:
        urls = [server.url(f"/{number}.html", hosts[number % 3]) for number in range(count)]
        done: set[str] = set()
        for _ in range(restarts + 1):
            visitor = crawl.Visitor(hosts, state=state, allow_private=hosts, gap=gap)
            limit = -(-count // (restarts + 1))
            for item in crawl.pages(visitor, urls, crawl.Plan(limit=limit), done):
                assert isinstance(item, Visit), item
                done.add(crawl.identity(item.source.name))
            visitor.close()
        assert len(done) == count
        assert len(server.paths()) == count + 3
        return gaps(server)


def test_the_pause_holds_over_hosts_and_restarts(tmp_path: Path) -> None:
    found = politely(60, 0.03, 3, tmp_path)
    assert len(found) >= 60
    assert min(found) >= 0.03


@pytest.mark.slow
def test_the_pause_holds_over_ten_thousand_pages(tmp_path: Path) -> None:
    found = politely(10_000, 0.01, 20, tmp_path)
    assert len(found) >= 10_000
    assert min(found) >= 0.01


@pytest.mark.parametrize(
    ("status", "form"),
    [
        ("429 Too Many Requests", "seconds"),
        ("503 Service Unavailable", "date"),
        pytest.param("429 Too Many Requests", "date", marks=pytest.mark.slow),
        pytest.param("503 Service Unavailable", "seconds", marks=pytest.mark.slow),
    ],
)
def test_a_busy_host_is_left_alone_for_as_long_as_it_says(form: str, status: str, tmp_path: Path) -> None:
    calls: list[float] = []

    def answer(path: str) -> Answer:
        if path == "/robots.txt":
            return ok(b"", "404 Not Found")
        calls.append(time.time())
        after = "1" if form == "seconds" else formatdate(time.time() + 1.6, usegmt=True)
        return ok(b"<p>later", status, Retry_After=after) if len(calls) == 1 else ok()

    with serving(answer) as server:
        assert isinstance(visit(server, "/", state=tmp_path), Visit)
    assert len(calls) == 2
    assert calls[1] - calls[0] >= (1.0 if form == "seconds" else 0.6)


def test_a_host_that_stays_busy_is_given_up(tmp_path: Path) -> None:
    with serving({"/": ok(b"<p>later", "503 Service Unavailable", Retry_After="0")}) as server:
        assert isinstance(visit(server, "/"), StatusError)
        assert 3 <= server.paths().count("/") <= 5


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now, self.slept = 1_000_000.0, list[float]()

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


def register(clock: Clock, state: Path | None = None, **options: object) -> Hosts:
    return Hosts(state, clock=clock, sleep=clock.sleep, **options)  # type: ignore[arg-type]


def test_the_register_survives_its_process(tmp_path: Path) -> None:
    clock = Clock()
    first = register(clock, tmp_path)
    first.wait("a")
    first.pause("a", 30.0)
    first.hold("b", 100.0)
    first.close()
    second = register(clock, tmp_path)
    second.wait("a")
    assert clock.slept[-1] == pytest.approx(30.0)
    second.wait("b")
    assert clock.slept[-1] == pytest.approx(70.0)
    second.close()


def test_nobody_is_asked_more_often_than_every_two_seconds_unless_it_is_the_users_own_machine() -> None:
    clock = Clock()
    hosts = register(clock, gap=0.1, quick=["own"])
    for host in ("own", "own", "public", "public"):
        hosts.wait(host)
    assert clock.slept == [pytest.approx(0.1), pytest.approx(2.0)]


def test_a_clock_that_is_set_back_neither_stops_us_nor_spares_the_pause() -> None:
    clock = Clock()
    hosts = register(clock)
    hosts.wait("a")
    clock.now -= 86_400
    hosts.wait("a")
    assert clock.slept[-1] == pytest.approx(2.0)


def test_two_registers_on_one_folder_share_the_pause(tmp_path: Path) -> None:
    clock = Clock()
    one, two = register(clock, tmp_path), register(clock, tmp_path)
    one.wait("a")
    two.wait("a")
    assert clock.slept == [pytest.approx(2.0)]
    one.close()
    two.close()


def test_a_page_that_has_not_changed_is_not_sent_again(tmp_path: Path) -> None:
    def answer(connection: socket.socket, asked: Asked) -> None:
        same = asked.headers.get("if-none-match", asked.headers.get("If-None-Match")) == '"1"'
        (ok(b"", "304 Not Modified", ETag='"1"', Content_Length="") if same else ok(ETag='"1"'))(connection, asked)

    with serving({"/": answer}) as server:
        first, second = visit(server, "/", state=tmp_path), visit(server, "/", state=tmp_path)
    assert isinstance(first, Visit)
    assert isinstance(second, Visit)
    assert (first.unchanged, second.unchanged) == (False, True)
    assert first.source.data == second.source.data == PAGE


def test_an_incomplete_page_is_not_kept_in_the_cache(tmp_path: Path) -> None:
    calls = io.StringIO()

    def answer(connection: socket.socket, asked: Asked) -> None:
        calls.write("x")
        short = raw(HEAD + b'ETag: "1"\r\nContent-Length: 5000\r\n\r\n' + LONG)
        (short if len(calls.getvalue()) == 1 else ok(ETag='"1"'))(connection, asked)

    with serving({"/": answer}) as server:
        assert isinstance(visit(server, "/", state=tmp_path), IncompleteError)
        assert "If-None-Match" not in server.log[-1].headers
        second = visit(server, "/", state=tmp_path)
    assert isinstance(second, Visit)
    assert second.source.data == PAGE
    assert not any(name.lower() == "if-none-match" for asked in server.log for name in asked.headers)


WALLS = [
    (200, b"<title>404 Not Found</title>", StatusError),
    (200, b"<title>404</title>", StatusError),
    (200, "<title>HTTP 500 内部服务器错误</title>".encode("gbk"), StatusError),
    (200, "<title>全市开工500个项目</title><p>短</p>".encode(), None),
    (200, "<title>403家企业获表彰</title><p>短</p>".encode(), None),
    (200, b"<title>Not found</title>" + "<p>正文很长。</p>".encode() * 100, None),
    (200, PAGE + SCRIPT, None),
    (200, b"<script>var a=1</script>", None),
    (200, SCRIPT.replace(b"<body>", b"<body><noscript>" + "请开启 JavaScript".encode() * 9 + b"</noscript>"), WallError),
    (202, b"<script>$_ts={};eval(x)</script>", WallError),
    (403, b"<p>Forbidden", StatusError),
    (403, SCRIPT, WallError),
]


@pytest.mark.parametrize(("status", "body", "expected"), WALLS)
def test_walls_and_error_pages_are_told_from_pages(status: int, body: bytes, expected: type[HeshuError] | None) -> None:
    if expected is None:
        _walls.check("x", status, body)
        return
    with pytest.raises(expected) as raised:
        _walls.check("x", status, body)
    if expected is WallError:
        assert "save the page" in raised.value.advice
