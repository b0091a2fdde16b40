"""Rooms, one family of sites each. Every module here without a leading underscore is one and defines ``SITE``."""

from __future__ import annotations

import functools
import importlib
import pkgutil
import re

from ._site import Layout, Site

__all__ = ["Layout", "Site", "rooms", "selectors"]

_LAST = re.compile(r"([#.]|\[(?:class|id)\^=)([A-Za-z][\w-]*)\]?$")
# One pattern for each spelling: each then has a literal start, which makes it four times as fast as one for all.
_NAMES = {word: re.compile(word + r"\s{0,3}=\s{0,3}[\"']?([^\"'<>]+)") for word in ("class", "id", "CLASS", "ID")}


@functools.cache
def rooms() -> tuple[Site, ...]:
    """All families, by the name of their module."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}").SITE for name in names)


@functools.cache
def _table() -> tuple[tuple[str, str, str, bool], ...]:
    """(family, selector, the last name in the selector, whether it is only a beginning), the generic family last."""
    table = []
    for site in sorted(rooms(), key=lambda site: site.name == "generic"):
        for layout in site.history:
            for selector in layout.body:
                match = _LAST.search(selector)
                name, begins = (match[2], match[1].startswith("[")) if match else ("", True)
                table.append((site.name, selector, name, begins))
    return tuple(table)


def selectors(text: str, host: str) -> list[tuple[str, bool]]:
    """The selectors worth trying on this page, each with whether its family was recognised, best first.

    A selector whose last name is none of the page's classes and ids is left out, which makes many families cheap.
    """
    joined = " " + " ".join(name for word, pattern in _NAMES.items() if word in text for name in pattern.findall(text))
    names = frozenset(joined.split())
    known = {site.name for site in rooms() if _recognised(site, names, host)}
    seen: dict[str, bool] = {}
    for family, selector, name, begins in _table():
        if name in names or (begins and f" {name}" in joined):
            seen[selector] = seen.get(selector, False) or family in known
    return sorted(seen.items(), key=lambda item: (not item[1], not item[0].startswith("#")))


def _recognised(site: Site, names: frozenset[str], host: str) -> bool:
    """By the end of the host name, or by a class or id that only this family uses."""
    if any(host == name or host.endswith("." + name) for name in site.hosts):
        return True
    return not names.isdisjoint(site.marks)
