"""Rooms, one family of sites each. Every module here without a leading underscore is one and defines ``SITE``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re

from ._site import Layout, Site

__all__ = ["Layout", "Site", "rooms", "selectors"]

_WORD = re.compile(r"[#.=\"]([A-Za-z][\w-]*)")


@functools.cache
def rooms() -> tuple[Site, ...]:
    """All families, by the name of their module."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}").SITE for name in names)


@functools.cache
def _table() -> tuple[tuple[str, str, str], ...]:
    """(family, selector, the last name in the selector), the generic family last."""
    ordered = sorted(rooms(), key=lambda site: site.name == "generic")
    return tuple(
        (site.name, selector, _WORD.findall(selector)[-1] if _WORD.search(selector) else "")
        for site in ordered
        for layout in site.history
        for selector in layout.body
    )


def selectors(text: str, host: str) -> list[tuple[str, bool]]:
    """The selectors worth trying on this page, each with whether its family was recognised, best first.

    A selector whose last name does not occur in the page is left out, which is what makes many families cheap.
    """
    known = {site.name for site in rooms() if _recognised(site, text, host)}
    seen: dict[str, bool] = {}
    for family, selector, word in _table():
        if word in text:
            seen[selector] = seen.get(selector, False) or family in known
    return sorted(seen.items(), key=lambda item: (not item[1], not item[0].startswith("#")))


def _recognised(site: Site, text: str, host: str) -> bool:
    """By the end of the host name, or by a mark in the source."""
    if any(host == name or host.endswith("." + name) for name in site.hosts):
        return True
    return any(mark in text for mark in site.marks)
