"""Visits pages: only hosts that the user named, robots asked first, redirects by hand, back-off where asked for."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import count
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_from_bytes

import httpx2
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from ... import __version__
from ...schemas.transcript import Source
from ...schemas.visit import Visit
from ..errors import AddressError, FetchError, HeshuError, StatusError
from . import _walls
from ._address import host, parsed
from ._codecs import decoded
from ._exchange import Web
from ._hosts import GAP, Hosts
from ._media import charset_of
from ._robots import Robots
from ._wire import Guard, Limits

_REDIRECTS = 5
_ATTEMPTS = 4
_LONGEST_WAIT = 300.0
_ASCII = "".join(map(chr, range(128)))
_HEADERS = {
    "User-Agent": f"heshu/{__version__} (reads press conferences and checks their figures; obeys robots.txt)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate, br, zstd",
    # Ask the server every time, but let it say that nothing has changed.
    "Cache-Control": "no-cache",
    "Connection": "close",
}


class _Answer(NamedTuple):
    url: httpx2.URL
    status: int
    headers: httpx2.Headers
    raw: bytes
    body: bytes
    guard: Guard | None
    cached: bool


class _Busy(Exception):
    """The host asks us to come back later."""

    def __init__(self, error: StatusError) -> None:
        super().__init__()
        self.error = error


class Visitor:
    """Reads pages of the hosts in ``named``, one after the other.

    With ``state``, a folder, it remembers across runs when a host was asked; with ``cache`` also what it was sent, and
    asks whether that still holds. Hosts in ``allow_private`` may be machines of an inner network.
    """

    def __init__(
        self,
        named: Iterable[str],
        *,
        state: Path | None = None,
        allow_private: Collection[str] = (),
        gap: float = GAP,
        cache: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.private = frozenset(name.lower().strip("[]").rstrip(".") for name in allow_private)
        self.hosts = Hosts(state, gap=gap, quick=self.private)
        self.named = set(named)
        transport: httpx2.BaseTransport = Web(self.hosts, self.private, limits or Limits())
        if cache and state is not None:
            transport = _cached(transport, state)
        self.transport = transport
        self.robots = Robots(self.hosts, self._robots_file)

    def close(self) -> None:
        """Closes what is open."""
        self.transport.close()
        self.hosts.close()

    def ready(self, name: str) -> float:
        """Seconds until this page may be asked for; 0 where its name will be refused anyway."""
        try:
            return max(0.0, self.hosts.ready(host(parsed(name))))
        except HeshuError:
            return 0.0

    def get(self, name: str) -> Visit:
        """The page at an address. Raises HeshuError, by name, for everything that is no whole page."""
        answer = self._followed(name, parsed(name), self.robots.check)
        _walls.check(name, answer.status, answer.body)
        if not answer.body:
            raise FetchError(name, "it is empty", "check the address in a browser")
        label = charset_of(answer.headers.get("Content-Type", ""))
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        guard = answer.guard
        return Visit(
            source=Source(name, answer.body, now, None, label),
            address=str(answer.url),
            peer=guard.peer if guard else "",
            request=bytes(guard.sent) if guard else b"",
            response=_rebuilt(answer) if answer.cached or guard is None else _final(bytes(guard.received)),
            unchanged=answer.cached,
        )

    def _followed(self, name: str, url: httpx2.URL, check: Callable[[httpx2.URL], None]) -> _Answer:
        """The first answer that is no redirect, at most five further on; every step is checked like the first."""
        seen = {str(url)}
        for _ in range(_REDIRECTS + 1):
            if host(url) not in self.named:
                raise AddressError(name, f"it leads to another host ({host(url)})", "name that address if it is meant")
            check(url)
            answer = self._patient(name, url)
            location = _location(answer.headers)
            if answer.status not in (301, 302, 303, 307, 308) or not location:
                return answer
            try:
                url = parsed(str(url.join(location)))
            except AddressError as error:
                raise AddressError(name, f"it leads to what is no page ({error.problem})", error.advice) from None
            except (httpx2.InvalidURL, ValueError):
                raise AddressError(name, "it leads to what is no address", "check the address in a browser") from None
            if str(url) in seen:
                raise StatusError(name, "it leads in a circle", "save the page in a browser and give the file")
            seen.add(str(url))
        raise StatusError(name, f"it leads on more than {_REDIRECTS} times", "give the address where it ends")

    def _patient(self, name: str, url: httpx2.URL) -> _Answer:
        """Asks again, later and later, where the host says that it is busy."""
        numbers = count(1)
        again = Retrying(stop=stop_after_attempt(_ATTEMPTS), retry=retry_if_exception_type(_Busy), reraise=True)
        try:
            return again(lambda: self._asked(name, url, next(numbers)))
        except _Busy as busy:
            raise busy.error from None

    def _asked(self, name: str, url: httpx2.URL, number: int) -> _Answer:
        """One request; the pause the host wants is booked, so that no later run forgets it."""
        answer = self._sent(name, url)
        if answer.status not in (429, 503):
            return answer
        if (wall := _walls.wall(name, answer.status, answer.body)) is not None:
            raise wall
        after = _seconds(answer.headers.get("Retry-After"))
        gap = self.hosts.gap * 2 ** (number + 1)
        self.hosts.hold(host(url), min(after if after is not None else gap, 86400.0))
        error = StatusError(name, f"the site is busy (status {answer.status})", "try again later")
        if after is not None and after > _LONGEST_WAIT:
            raise StatusError(name, f"the site wants to be asked again in {after:.0f} s", "try again then")
        raise _Busy(error)

    def _sent(self, name: str, url: httpx2.URL) -> _Answer:
        """The answer, read to its end and with its compression taken off."""
        response = self.transport.handle_request(httpx2.Request("GET", url, headers=_HEADERS))
        try:
            raw = b"".join(response.iter_raw())
        finally:
            response.close()
        body = decoded(name, raw, response.headers.get("Content-Encoding", ""))
        guard = response.extensions.get("guard")
        caching = response.extensions.get("caching")
        cached = bool(caching and caching["from_cache"])
        return _Answer(url, response.status_code, response.headers, raw, body, guard, cached)

    def _robots_file(self, url: httpx2.URL) -> tuple[int, bytes]:
        """Status and bytes; a file that leads astray counts as none."""
        try:
            answer = self._followed(str(url), url, lambda _: None)
        except AddressError as error:
            if "leads to" in error.problem:
                return 404, b""
            raise
        except StatusError as error:
            if "leads" in error.problem:
                return 404, b""
            raise
        return answer.status, answer.body


def _cached(transport: httpx2.BaseTransport, state: Path) -> httpx2.BaseTransport:
    """A cache before the network that asks whether its copy still holds."""
    from hishel import CacheOptions, SqliteStorage
    from hishel.httpx2 import CacheTransport

    storage = SqliteStorage(database_path=state / "cache.db")
    return CacheTransport(transport, storage=storage, rfc=CacheOptions(shared=False))


def _final(received: bytes) -> bytes:
    """The answer itself, without what a server says before it (100 Continue, 103 Early Hints)."""
    while re.match(rb"HTTP/\d\.\d 1\d\d", received) and b"\r\n\r\n" in received:
        received = received.partition(b"\r\n\r\n")[2]
    return received


def _rebuilt(answer: _Answer) -> bytes:
    """The response as the server sent it the first time, from the copy."""
    head = f"HTTP/1.1 {answer.status} OK\r\n".encode()
    return head + b"".join(name + b": " + value + b"\r\n" for name, value in answer.headers.raw) + b"\r\n" + answer.raw


def _location(headers: httpx2.Headers) -> str:
    """Where a redirect leads; bytes beyond ASCII stay what they are, in whatever encoding the server wrote them."""
    value = next((value for name, value in headers.raw if name.lower() == b"location"), b"")
    return quote_from_bytes(value.strip(), safe=_ASCII)


def _seconds(after: str | None) -> float | None:
    """A Retry-After header: seconds, or a date."""
    if not after:
        return None
    if after.strip().isdigit():
        return float(after.strip()[:9])
    try:
        return max(0.0, parsedate_to_datetime(after).timestamp() - time.time())
    except (ValueError, OverflowError, TypeError):
        return None


def reader(allow_private: Collection[str], printable: Callable[[str], str]) -> Callable[[str], Source | HeshuError]:
    """Reads single addresses one after the other, each for itself: its host is the only one it may lead to."""
    visitor = Visitor((), allow_private=allow_private)

    def read(name: str) -> Source | HeshuError:
        try:
            visitor.named = {host(parsed(name))}
            return visitor.get(name).source
        except HeshuError as error:
            return type(error)(printable(error.source), error.problem, error.advice)

    return read
