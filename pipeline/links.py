"""What a list page leads to: its articles with their titles and dates, and the further pages of the list.

The families of sites page their lists in a few ways: ``createPageHTML(n, …)`` of TRS and UCAP, the groups of Hanweb's
``dataproxy.jsp``, numbered links (``index_1.html``, ``list_2.htm``), a link named 下一页, and JSON with a page number.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from . import _feeds, html


class Link(NamedTuple):
    """An article: its address, the words of the link (the longer of text and title), its ISO date or None."""

    url: str
    title: str
    date: str | None


class Found(NamedTuple):
    """The articles of a list page in their order, and the addresses of other pages of the list."""

    articles: tuple[Link, ...]
    lists: tuple[str, ...]


_HREF = re.compile(r"""(?is)^<a\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ANCHOR = re.compile(r"(?is)<a\b[^>]*>.*?</a\s*>")
_TITLE = re.compile(r"""(?is)^<a\b[^>]*?\stitle\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_TAG = re.compile(r"<[^>]*>")
_DATE = re.compile(r"(?<!\d)(20\d\d)\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?!\d)")
_URL_DATES = (
    re.compile(r"/t(20\d\d)(\d\d)(\d\d)_"),
    re.compile(r"/(20\d\d)/(\d{1,2})/(\d{1,2})/"),
    re.compile(r"/(20\d\d)-?(\d\d)[-/](\d\d)/"),
    re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)"),
)
_RECORD = re.compile(r"(?s)<!\[CDATA\[(.*?)\]\]>")
_PAGED = re.compile(
    r"""createPageHTML\w*\s*\(\s*(?:(?P<box>['"][\w-]*['"])\s*,\s*)?(?P<count>\d{1,5})\s*,\s*\d{1,5}\s*,"""
    r"""\s*['"](?P<name>[\w-]{1,40})['"]\s*,\s*['"](?P<end>\w{2,6})['"]"""
)
_PROXY = re.compile(r"""(?i)["'=]([^"'<>\s=]{0,200}dataproxy\.jsp\?[^"'<>\s]{1,600})""")
_NEXT = re.compile(r"^(?:下一?页|后一页|后页|下一頁|next(?: page)?|[>›»]{1,2})\W{0,3}$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?i)/(?:index|list|node|col\w*)?[_-]?\d{1,4}(?:[_-]\d{1,4})?\.(?:s?html?|jhtml)$|[?&](?:page|p|pageno|pn|curpage)=\d+")
_NO_PAGE = re.compile(r"(?i)\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|gif|mp4|mp3|ofd|wps|apk|exe)$")
_MOST_PAGES = 2000


def found(text: str, address: str) -> Found:
    """The links of the page ``text`` found at ``address``; none is repeated, and none leads to the page itself."""
    if (records := _feeds.records(text)) is not None:
        return _fed(records, address)
    tree = html.read(text)
    base = next((_attribute(_HREF_OF, each.markup) for each in tree.select("base[href]")), None)
    here = urljoin(address, base) if base else address
    anchors = [each.markup for each in tree.select("a[href]")]
    boxes = [each.markup for each in tree.select("li, tr, dd, dl, p")]
    if "<![CDATA[" in text:
        hidden = [piece for piece in _RECORD.findall(text) if "<a" in piece]
        anchors += [anchor for piece in hidden for anchor in _ANCHOR.findall(piece)]
        boxes += hidden
    dates = dict(_dated(boxes))
    articles: dict[str, Link] = {}
    lists = dict.fromkeys(_further(text, here))
    for markup in anchors:
        href = _attribute(_HREF, markup)
        url = _joined(here, href)
        if url is None or url == address.partition("#")[0] or url in lists:
            continue
        words = _words(markup)
        if _NEXT.match(words) or (words.isdigit() and _NUMBERED.search(url)):
            lists[url] = None
        elif words and not _NO_PAGE.search(urlsplit(url).path):
            date = dates.get(href) or _url_date(url)
            known = articles.get(url)
            if known is None or len(words) > len(known.title):
                articles[url] = Link(url, words, date or (known.date if known else None))
    return Found(tuple(link for url, link in articles.items() if url not in lists), tuple(lists))


def _fed(records: list[tuple[str, str, str]], address: str) -> Found:
    """The same of a list that came as data; it goes on while it has articles."""
    articles: dict[str, Link] = {}
    for href, title, day in records:
        if (url := _joined(address, href)) is not None and not _NO_PAGE.search(urlsplit(url).path):
            date = _DATE.search(day)
            articles.setdefault(url, Link(url, title, _iso(date) if date else _url_date(url)))
    further = _feeds.next_page(address) if articles else None
    return Found(tuple(articles.values()), (further,) if further else ())


_HREF_OF = re.compile(r"""(?is)^<base\b[^>]*?\shref\s*=\s*(?:"([^"]*)"|'([^']*)')""")


def _attribute(pattern: re.Pattern[str], markup: str) -> str:
    match = pattern.match(markup)
    return entities.unescape(match[1] or match[2] or "").strip() if match else ""


def _joined(base: str, href: str) -> str | None:
    """The address that a link leads to, without its fragment; None where it is no page of the web."""
    if not href or href.startswith("#"):
        return None
    try:
        url = urljoin(base, href).partition("#")[0]
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).hostname else None
    except ValueError:
        return None


def _words(markup: str) -> str:
    """What the link says; its title attribute where the text is cut short."""
    text = " ".join(entities.unescape(_TAG.sub("", markup)).split())
    title = " ".join(_attribute(_TITLE, markup).split())
    return title if len(title) > len(text) else text


def _dated(boxes: list[str]) -> Iterator[tuple[str, str]]:
    """Link and date of every line of the list: a box with one date and few links."""
    for markup in sorted(boxes, key=len, reverse=True):
        anchors = _ANCHOR.findall(markup)
        if 0 < len(anchors) < 4 and (date := _DATE.search(_TAG.sub(" ", markup))):
            for anchor in anchors:
                yield _attribute(_HREF, anchor), _iso(date)


def _url_date(url: str) -> str | None:
    for pattern in _URL_DATES:
        if (match := pattern.search(url)) and 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) <= 31:
            return _iso(match)
    return None


def _iso(date: re.Match[str]) -> str:
    return f"{date[1]}-{int(date[2]):02}-{int(date[3]):02}"


def _further(text: str, here: str) -> Iterator[str]:
    """Pages of the list that only a script names."""
    if paged := _PAGED.search(text):
        first = 2 if paged["box"] else 1
        last = min(int(paged["count"]), _MOST_PAGES) + (1 if paged["box"] else 0)
        for number in range(first, last):
            yield urljoin(here, f"{paged['name']}_{number}.{paged['end']}")
    for match in _PROXY.finditer(text):
        if (url := _joined(here, entities.unescape(match[1]))) is not None:
            yield url
