"""Which addresses may be visited: web pages on public machines, and those that the user allowed by name.

The address is parsed once, by the parser whose result is connected to. Where a name leads is judged at the socket.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection

import httpx2

from ..errors import AddressError

_ODD = re.compile(r"[\\\s\x00-\x20\x7f]|^[^/]*//[^/?#]*@")
_CLOSED = [
    ipaddress.ip_network(net)
    for net in (
        "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24"
        " 192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3"
        " ::/96 ::ffff:0:0:0/96 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 5f00::/16"
        " fc00::/7 fe80::/10 fec0::/10 ff00::/8"
    ).split()
]


def parsed(name: str) -> httpx2.URL:
    """The address as it will be connected to; raises AddressError where it is none that may be visited."""
    if _ODD.search(name):
        raise AddressError(name, "no plain address (blanks, a backslash or a user name in it)", "write it as in the browser")
    try:
        url = httpx2.URL(name)
        host = url.raw_host
    except (httpx2.InvalidURL, ValueError) as error:
        raise AddressError(name, f"no address ({' '.join(str(error).split())[:60]})", "check the spelling") from None
    if url.scheme not in ("http", "https"):
        raise AddressError(name, "only http and https are read", "save the page and give the file")
    if url.userinfo or not host or b"%" in host or not 0 < (url.port or 80) < 65536:
        raise AddressError(name, "no plain address of a web page", "write it as in the browser")
    return url


def host(url: httpx2.URL) -> str:
    """The name of the machine, one spelling for all: small letters, no dot at the end."""
    return url.host.lower().rstrip(".")


def closed(address: str, name: str, allowed: Collection[str]) -> bool:
    """Whether the machine at ``address``, reached by the host ``name``, must not be spoken to."""
    if name.lower().rstrip(".") in allowed:
        return False
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return True
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    return not ip.is_global or ip.is_multicast or any(ip in net for net in _CLOSED if net.version == ip.version)
