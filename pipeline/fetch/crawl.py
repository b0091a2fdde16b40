"""Many pages: the addresses that the user gave, or the articles of the lists that stand there, each once."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from typing import NamedTuple, Protocol

from w3lib.url import canonicalize_url, url_query_cleaner

from ...schemas.transcript import Source
from ...schemas.visit import Visit
from ..errors import HeshuError
from ._address import host, parsed
from ._visit import Visitor

__all__ = ["Plan", "Visitor", "hosts_of", "identity", "pages"]

_TRACKERS = (
    "utm_source utm_medium utm_campaign utm_term utm_content utm_id from isappinstalled nsukey spm scene share_token shareid"
    " wd eqid bd_vid fbclid gclid yclid msclkid _t _ga jsessionid phpsessid"
).split()


class Link(Protocol):
    """An article named on a list page."""

    @property
    def url(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def date(self) -> str | None: ...


class Found(Protocol):
    """What a list page leads to."""

    @property
    def articles(self) -> Iterable[Link]: ...
    @property
    def lists(self) -> Iterable[str]: ...


class Plan(NamedTuple):
    """What is wanted: ``find`` reads a list page (None: every address is an article), ``since`` is an ISO date."""

    find: Callable[[Source, str], Found] | None = None
    since: str | None = None
    match: str | None = None
    limit: int | None = None


def identity(url: str) -> str:
    """One spelling for all addresses of a page: arguments in order, no fragment, nothing that only tracks readers."""
    try:
        cleaned = url_query_cleaner(url, _TRACKERS, remove=True, unique=False) if "?" in url else url
        return str(canonicalize_url(cleaned))
    except ValueError:
        return url


def hosts_of(urls: Iterable[str]) -> set[str]:
    """The hosts that the user named; raises AddressError for what is no address."""
    return {host(parsed(url)) for url in urls}


def pages(
    visitor: Visitor, starts: Iterable[str], plan: Plan | None = None, done: Container[str] = frozenset()
) -> Iterator[Visit | HeshuError]:
    """The pages in the order in which their hosts may be asked; nothing twice, nothing whose identity is in ``done``.

    Errors come as values in their place. The list pages themselves are not given out.
    """
    return _Crawl(visitor, plan or Plan(), done).run(list(starts))


class _Page(NamedTuple):
    """A page to be read; ``root`` is the list it was found by, None for one that the user named."""

    url: str
    is_list: bool
    root: str | None


class _Crawl:
    def __init__(self, visitor: Visitor, plan: Plan, done: Container[str]) -> None:
        self.visitor, self.plan, self.done = visitor, plan, done
        self.seen: set[str] = set()
        self.waiting: dict[str, deque[_Page]] = {}
        self.ended: set[str] = set()
        self.count = 0

    def run(self, starts: list[str]) -> Iterator[Visit | HeshuError]:
        for url in starts:
            self._add(_Page(url, self.plan.find is not None, url))
        while not self._full() and (page := self._next()) is not None:
            try:
                visit = self.visitor.get(page.url)
                if page.is_list:
                    self._follow(visit, page)
                    continue
            except HeshuError as error:
                yield error
                continue
            self.count += 1
            yield visit

    def _full(self) -> bool:
        return self.plan.limit is not None and self.count >= self.plan.limit

    def _add(self, page: _Page) -> None:
        """A new page waits with the others of its host: articles before further lists."""
        mark = identity(page.url)
        if mark in self.seen or (not page.is_list and mark in self.done):
            return
        self.seen.add(mark)
        self.waiting.setdefault(_host(page.url), deque()).append(page)

    def _next(self) -> _Page | None:
        """A page of the host that can be asked first; lists that have come to their end are left out."""
        while self.waiting:
            name = min(self.waiting, key=lambda each: self.visitor.ready(self.waiting[each][0].url))
            queue = self.waiting[name]
            page = queue.popleft()
            if not queue:
                del self.waiting[name]
            if not page.is_list or page.root == page.url or page.root not in self.ended:
                return page
        return None

    def _follow(self, visit: Visit, page: _Page) -> None:
        """Takes the wanted articles; the list ends where all that it names is too old."""
        if self.plan.find is None:
            return
        found = self.plan.find(visit.source, visit.address)
        older = newer = 0
        wanted = []
        articles = [link for link in found.articles if _host(link.url) in self.visitor.named]
        # Where the lines of a list are dated, a link without a date belongs to a menu.
        menu = self.plan.match is None and sum(link.date is not None for link in articles) >= 3
        for link in articles:
            if menu and link.date is None:
                continue
            if self.plan.since and link.date:
                old = link.date < self.plan.since
                older, newer = older + old, newer + (not old)
                if old:
                    continue
            if self.plan.match is None or self.plan.match in link.title:
                wanted.append(_Page(link.url, False, page.root))
        later = self.waiting.pop(_host(page.url), deque())
        for each in wanted:
            self._add(each)
        for each in later:
            self.waiting.setdefault(_host(page.url), deque()).append(each)
        if older and not newer:
            self.ended.add(page.root or page.url)
            return
        for url in found.lists:
            if _host(url) in self.visitor.named:
                self._add(_Page(url, True, page.root))


def _host(url: str) -> str:
    """The host of an address, empty where it is none."""
    try:
        return host(parsed(url))
    except HeshuError:
        return ""
