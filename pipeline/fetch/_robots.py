"""What a site asks of robots (RFC 9309), and whether we may read a page."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote_from_bytes

from ..errors import AddressError, HeshuError, RobotsError
from ._address import host
from ._hosts import Hosts

if TYPE_CHECKING:
    import httpx2
    from protego import Protego

AGENT = "heshu"
LARGEST = 500 * 1024
"""Bytes of a robots file that are read; the rest may be ignored."""

_LONGEST_PAUSE = 600.0
_ASCII = "".join(map(chr, range(128)))
_NOTHING, _EVERYTHING = "User-agent: *\nDisallow: /\n", ""


class Robots:
    """The rules of the sites visited; ``get`` reads one file: status and bytes, status 0 where it leads nowhere named."""

    def __init__(self, hosts: Hosts, get: Callable[[httpx2.URL], tuple[int, bytes]]) -> None:
        self.hosts, self.get = hosts, get
        self.rules: dict[str, Protego] = {}
        self.silent: dict[str, str] = {}

    def check(self, url: httpx2.URL) -> None:
        """Raises RobotsError where the site does not want this page to be read, or cannot be asked."""
        origin = str(url.copy_with(raw_path=b"/", fragment=None))
        if origin not in self.rules:
            self.rules[origin] = self._read(url, origin)
        rules = self.rules[origin]
        if origin in self.silent:
            raise RobotsError(
                str(url), f"its robots.txt cannot be read ({self.silent[origin]})", "try again later, or save the page"
            )
        if not rules.can_fetch(str(url), AGENT):
            raise RobotsError(str(url), "the site asks robots not to read this page", "save it in a browser and give the file")
        rate = rules.request_rate(AGENT)
        pauses = [rules.crawl_delay(AGENT) or 0.0, rate.seconds / max(rate.requests, 1) if rate else 0.0]
        pause = max(0.0, *(each for each in pauses if not math.isnan(each)))
        if pause > _LONGEST_PAUSE:
            raise RobotsError(str(url), f"the site wants {pause:.0f} s between two pages", "save the page in a browser")
        self.hosts.pause(host(url), pause)

    def _read(self, url: httpx2.URL, origin: str) -> Protego:
        """No such file: everything is allowed. A server that fails: nothing is."""
        from protego import Protego

        kept = self.hosts.robots(origin)
        if kept is not None:
            return Protego.parse(kept)
        try:
            status, data = self.get(url.copy_with(raw_path=b"/robots.txt", fragment=None))
        except HeshuError as error:
            if isinstance(error, AddressError) or error.problem.startswith("cannot be reached"):
                raise type(error)(str(url), error.problem, error.advice) from None
            self.silent[origin] = error.problem
            return Protego.parse(_NOTHING)
        if status >= 500 or status == 429:
            self.silent[origin] = f"status {status}"
            return Protego.parse(_NOTHING)
        rules = text(data) if 200 <= status < 300 else _EVERYTHING
        self.hosts.keep_robots(origin, rules)
        return Protego.parse(rules)


def text(data: bytes) -> str:
    """The file in ASCII, its other bytes as in an address: so a rule fits the page whatever encoding both are in."""
    data = data.removeprefix(b"\xef\xbb\xbf")[:LARGEST].replace(b"\0", b"")
    return quote_from_bytes(data, safe=_ASCII)
