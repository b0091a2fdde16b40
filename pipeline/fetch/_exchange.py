"""One request and its answer, as a transport that a cache can stand before."""

from __future__ import annotations

import re
import ssl
import time
from collections.abc import Callable, Collection, Iterator

import httpcore2
import httpx2

from ..errors import AddressError, FetchError, HeshuError, IncompleteError, LimitError, SlowError
from ._address import host
from ._hosts import Hosts
from ._wire import Guard, Limits, Refused, TooMuch, Wire

_SAVE = "save the page in a browser and give the file"
_HEAD = re.compile(rb"(?s)\A(?:HTTP/\d\.\d 1\d\d.*?\r?\n\r?\n)*.*?\r?\n\r?\n")


def _nothing() -> None:
    """What is done where nothing is asked for."""


class Web(httpx2.BaseTransport):
    """Waits for the turn of the host, connects, sends, and gives the answer out as it comes.

    Raises HeshuError by name for everything that can go wrong, also while the body is read. The extension ``guard``
    of a response holds the bytes as they went over the wire.
    """

    def __init__(self, hosts: Hosts, allowed: Collection[str], limits: Limits) -> None:
        self.hosts, self.allowed, self.limits = hosts, allowed, limits
        self.tls: ssl.SSLContext | None = None

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends one request on a connection of its own."""
        name = host(request.url)
        self.hosts.wait(name)
        guard = Guard(self.allowed, self.limits)
        if self.tls is None and request.url.scheme == "https":
            self.tls = httpx2.create_ssl_context()
        pool = httpcore2.ConnectionPool(ssl_context=self.tls, network_backend=guard, max_connections=1)
        url = request.url
        target = httpcore2.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        try:
            answer = pool.handle_request(
                httpcore2.Request(method=request.method, url=target, headers=request.headers.raw)
            )
        except Exception as error:
            pool.close()
            self.hosts.touch(name)
            raise named(str(url), error, guard, body=False) from error
        body = _Body(answer, guard, pool, str(url))
        body.done = lambda: self.hosts.touch(name)
        headers = [(bytes(name), bytes(value)) for name, value in answer.headers]
        return httpx2.Response(answer.status, headers=headers, stream=body, extensions={"guard": guard})


class _Body(httpx2.SyncByteStream):
    """The body in pieces; ends with an error unless it has arrived as a whole."""

    def __init__(self, answer: httpcore2.Response, guard: Guard, pool: httpcore2.ConnectionPool, name: str) -> None:
        self.answer, self.guard, self.pool, self.name = answer, guard, pool, name
        self.done: Callable[[], None] = _nothing

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        try:
            for piece in self.answer.iter_stream():
                size += len(piece)
                if size > self.guard.limits.largest:
                    raise TooMuch
                yield piece
            self._nothing_more(size)
        except GeneratorExit:
            raise
        except Exception as error:
            raise named(self.name, error, self.guard, body=True) from error
        finally:
            self.close()

    def _nothing_more(self, size: int) -> None:
        """A length that is too small cuts the page as surely as one that is too large."""
        lengths = [value for name, value in self.answer.headers if name.lower() == b"content-length"]
        chunked = any(name.lower() == b"transfer-encoding" for name, _ in self.answer.headers)
        head = _HEAD.match(self.guard.received)
        if not lengths or chunked or head is None or size == 0:
            return
        over = len(self.guard.received) - head.end() - size
        if over == 0:
            over = self._late()
        if over > 0:
            raise IncompleteError(self.name, "longer than its announced length", _SAVE)

    def _late(self) -> int:
        """Bytes that come after the end, if any are there at once."""
        stream = self.answer.extensions.get("network_stream")
        if not isinstance(stream, Wire):
            return 0
        try:
            return len(stream.read(1024, timeout=0.05).strip(b"\r\n"))
        except (httpcore2.TimeoutException, httpcore2.NetworkError, TooMuch):
            return 0

    def close(self) -> None:
        """Ends the connection; the next visit of the host waits from here."""
        self.answer.close()
        self.pool.close()
        self.done()


def named(name: str, error: Exception, guard: Guard, *, body: bool) -> HeshuError:
    """The error of the network as one that a user can act on; ``body``: while the body was read."""
    if isinstance(error, HeshuError):
        return error
    if isinstance(error, Refused):
        return AddressError(name, "it leads into an inner network", "only public pages are read")
    if isinstance(error, TooMuch):
        return LimitError(name, f"larger than {guard.limits.largest // 2**20} MB", "give one saved page or one text file")
    if guard.expired or isinstance(error, httpcore2.TimeoutException):
        waited = round(time.monotonic() - guard.deadline + guard.limits.total)
        return SlowError(name, f"no whole answer in {waited} s", "try again later, or save the page and give the file")
    words = " ".join(str(error).split())[:80]
    if body:
        return IncompleteError(name, f"the page did not arrive whole ({words})", "try again, or " + _SAVE)
    if isinstance(error, httpcore2.ConnectError):
        return FetchError(name, f"cannot be reached ({words})", "check the address and the connection")
    if isinstance(error, httpcore2.ProtocolError | httpcore2.NetworkError | UnicodeError | ValueError):
        return FetchError(name, f"its answer is not HTTP ({words})", _SAVE)
    return FetchError(name, f"cannot be read ({type(error).__name__} {words})", _SAVE)
