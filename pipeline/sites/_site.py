"""What a room of this folder says about one family of sites."""

from __future__ import annotations

import msgspec


class Layout(msgspec.Struct, frozen=True):
    """How the pages looked from ``since`` (ISO 8601, a year or a month) on; ``body`` lists selectors, best first."""

    since: str
    body: tuple[str, ...]


class Site(msgspec.Struct, frozen=True):
    """A CMS family or one site.

    ``hosts`` are ends of host names, or beginnings where a point stands behind them (``tjj.``); ``marks`` are classes and ids
    that give the family away, ``addresses`` are patterns of the paths of its articles. ``history`` is dated, newest first; all
    layouts are tried, since old pages stay on line in their old dress. ``own`` is true of what a user's sites.toml says.
    """

    name: str
    hosts: tuple[str, ...]
    marks: tuple[str, ...]
    history: tuple[Layout, ...]
    addresses: tuple[str, ...] = ()
    own: bool = False


class Hint(msgspec.Struct, frozen=True):
    """A selector worth trying, the family it comes from, whether the page is known to be of it, whether it is the user's."""

    selector: str
    family: str
    known: bool
    own: bool
