"""Rooms, one family of sites each. Every module here without a leading underscore is one and defines ``SITE``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re
from urllib.parse import urlsplit

from . import _own
from ._paging import Paging, pages, paging
from ._site import Hint, Layout, Site

__all__ = ["Hint", "Layout", "Paging", "Site", "families", "pages", "paging", "rooms", "selectors"]

_LAST = re.compile(r"([#.]|\[(?:class|id)\^=)([A-Za-z][\w-]*)\]?$")
# One pattern for each spelling: each then has a literal start, which makes it four times as fast as one for all.
_NAMES = {word: re.compile(word + r"\s{0,3}=\s{0,3}[\"']?([^\"'<>]+)") for word in ("class", "id", "CLASS", "ID")}


@functools.cache
def rooms() -> tuple[Site, ...]:
    """All families that heshu knows, by the name of their module."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}").SITE for name in names)


def families() -> tuple[Site, ...]:
    """The user's families and heshu's; one of the user's takes the place of the room of its name.

    Raises SettingsError where sites.toml is unusable.
    """
    return _joined(_own.sites())


@functools.lru_cache(maxsize=8)
def _joined(own: tuple[Site, ...]) -> tuple[Site, ...]:
    """The user's first, the generic family last."""
    said = {site.name for site in own}
    rest = [site for site in rooms() if site.name not in said]
    return (*own, *sorted(rest, key=lambda site: site.name == "generic"))


@functools.lru_cache(maxsize=8)
def _table(sites: tuple[Site, ...]) -> tuple[tuple[Site, str, str, bool], ...]:
    """(family, selector, the last name in the selector, whether it is only a beginning)."""
    table = []
    for site in sites:
        for layout in site.history:
            for selector in layout.body:
                match = _LAST.search(selector)
                name, begins = (match[2], match[1].startswith("[")) if match else ("", True)
                table.append((site, selector, name, begins))
    return tuple(table)


def selectors(text: str, host: str, address: str = "") -> list[Hint]:
    """The selectors worth trying on this page, best first: the user's, those of recognised families, ids, the rest.

    A selector whose last name is none of the page's classes and ids is left out, which makes many families cheap; the user's
    are tried on the pages of their own hosts, marks and addresses only.
    """
    joined = " " + " ".join(name for word, pattern in _NAMES.items() if word in text for name in pattern.findall(text))
    names = frozenset(joined.split())
    sites = families()
    known = {site.name for site in sites if _recognised(site, names, host, address)}
    found: dict[str, Hint] = {}
    for site, selector, name, begins in _table(sites):
        if site.own and site.name not in known:
            continue
        if site.own or name in names or (begins and f" {name}" in joined):
            sure = site.name in known
            if selector not in found or (sure and not found[selector].known):
                found[selector] = Hint(selector, site.name, sure, site.own)
    order = list(found.values())
    return sorted(order, key=lambda hint: (not hint.own, not hint.known, not (hint.own or hint.selector.startswith("#"))))


def _recognised(site: Site, names: frozenset[str], host: str, address: str) -> bool:
    """By the end of the host name or its beginning, by a class or id that only this family uses, or by the path."""
    if any(host == name or host.endswith("." + name) for name in site.hosts):
        return True
    if any(name[-1:] == "." and host.startswith(name) for name in site.hosts):
        return True
    if not names.isdisjoint(site.marks):
        return True
    return bool(address and site.addresses) and _of_address(site, address)


def _of_address(site: Site, address: str) -> bool:
    """Whether the path of the address is one that this family writes."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return False
    return any(re.search(pattern, path) for pattern in site.addresses)
