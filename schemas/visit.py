"""A page as it came over the network."""

from __future__ import annotations

import msgspec

from .transcript import Source


class Visit(msgspec.Struct, frozen=True):
    """The page, the address it was found at in the end, and the bytes of the exchange as an archive keeps them.

    ``unchanged``: the server said that the copy in the cache is still the page.
    """

    source: Source
    address: str
    peer: str
    request: bytes
    response: bytes
    unchanged: bool
