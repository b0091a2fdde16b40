"""An article that goes on at other addresses: createPageHTML(3, 0, "t2021", "htm"), content_2.htm, 下一页.

Nothing is fetched here: from the markup and the address of one page follow the addresses of the others.
"""

from __future__ import annotations

import re
from typing import NamedTuple, TypeAlias
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser

_CALL = re.compile(
    r"createPageHTML\w{0,8}\(\s{0,3}[\"']?(?P<total>\d{1,3})[\"']?\s{0,3},\s{0,3}[\"']?(?P<current>\d{1,3})[\"']?"
    r"(?:\s{0,3},\s{0,3}[\"'](?P<stem>[\w.-]{0,80})[\"']\s{0,3},\s{0,3}[\"'](?P<ending>\w{0,8})[\"'])?"
)
_COUNTED = re.compile(r"var\s{1,3}countPage\s{0,3}=\s{0,3}(\d{1,3})")
_AT = re.compile(r"var\s{1,3}currentPage\s{0,3}=\s{0,3}(\d{1,3})")
_SAID = re.compile(r"第\s{0,3}(\d{1,3})\s{0,3}页\s{0,3}[/／,，|共(（]{1,3}\s{0,3}(?:共\s{0,3})?(\d{1,3})\s{0,3}页")
_NEXT = re.compile(r"[\[【<«‹（(]?\s{0,3}(?:下一页|下页|后一页|尾页|末页|余下全文|阅读全文|Next)\s{0,3}[>»›\]】）)]{0,2}")
_BEFORE = re.compile(r"[\[【<«‹（(]{0,2}\s{0,3}(?:上一页|上页|前一页|首页)\s{0,3}[>»›\]】）)]?")
_NUMBER = re.compile(r"[\[【（(]?\s{0,3}(\d{1,3})\s{0,3}[\]】）)]?")
_FILE = re.compile(r"(?P<stem>.*?)(?:[_-](?P<number>\d{1,3}))?(?P<ending>\.(?:s?html?|jsp|php|aspx?))")
_QUERY = re.compile(r"(?:^|&)(?:page|p|pn|pageNo|pageno|pageNum|currentPage|curPage)=(\d{1,3})(?=&|$)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_CUES = ("createPageHTML", "countPage", "下一页", "下页", "后一页", "余下全文", "阅读全文", "上一页", "rel=\"next\"", "rel=next", "第1页")
_MOST = 200
"""No article has more pages."""


_Place: TypeAlias = tuple[str, int]


class Paging(NamedTuple):
    """Which page of how many this is, from 1, and the addresses of the others, as far as they can be told."""

    current: int
    total: int | None
    addresses: tuple[str, ...]


def pages(text: str, url: str) -> list[str]:
    """The addresses of the other pages of the article, in their order; none where it stands on this page alone."""
    found = paging(text, url)
    return list(found.addresses) if found is not None else []


def paging(text: str, url: str = "") -> Paging | None:
    """How an article is cut into pages; None where this page is all of it."""
    if not any(cue in text for cue in _CUES):
        return None
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    if found := _called(text, url):
        return found if found.total != 1 else None
    linked = _linked(text, url)
    if (match := _SAID.search(text)) and 1 <= int(match[1]) <= int(match[2]) <= _MOST:
        current, total = int(match[1]), int(match[2])
        return Paging(current, total, linked.addresses if linked else ()) if total > 1 else None
    return linked


def _called(text: str, url: str) -> Paging | None:
    """By the script that writes the page numbers: its arguments, or the variables it reads."""
    match = _CALL.search(text)
    if match is not None:
        total, current = int(match["total"]), int(match["current"]) + 1
        stem, ending = match["stem"] or "", match["ending"] or ""
    elif counted := _COUNTED.search(text):
        at = _AT.search(text)
        total, current, stem, ending = int(counted[1]), int(at[1]) + 1 if at else 1, "", ""
    else:
        return None
    if not 1 <= current <= total <= _MOST:
        return None
    if not (stem and ending):
        stem, ending = _named(url, current - 1)
    names = [stem + (f"_{number - 1}" if number > 1 else "") + f".{ending}" for number in range(1, total + 1) if number != current]
    return Paging(current, total, tuple(urljoin(url, name) for name in names) if stem and total > 1 else ())


def _named(url: str, index: int) -> tuple[str, str]:
    """Stem and ending of the file that the address names; the first page bears no number, the second _1."""
    stem, _, ending = _path(url).rpartition("/")[2].rpartition(".")
    return (stem.removesuffix(f"_{index}") if index else stem), ending


def _linked(text: str, url: str) -> Paging | None:
    """By links: 下一页 or a number, to an address that is this one with another number."""
    here = _places(url) if "://" in url else []
    found: dict[int, str] = {}
    told, at = False, 0
    for node in LexborHTMLParser(text).css("a[href], link[rel=next][href]"):
        words = " ".join(node.text().split())
        href = (node.attributes.get("href") or "").strip()
        turning = node.tag == "link" or bool(_NEXT.fullmatch(words) or _BEFORE.fullmatch(words))
        if not href or href.startswith(("#", "javascript:")) or not (turning or _NUMBER.fullmatch(words)):
            continue
        place = _other(_places(urljoin(url, href)), here)
        if place is not None:
            told |= turning
            found.setdefault(place[0], urljoin(url, href))
            at = place[1]
    if not told:
        return None
    return Paging(1 + sum(number < at for number in found), None, tuple(found[number] for number in sorted(found)))


def _other(there: list[_Place], here: list[_Place]) -> tuple[int, int] | None:
    """The numbers of another page of the article that is read here, and of this one; None where it is none.

    Where the address of this page is not known, any numbered address is another page.
    """
    if not here:
        return next(((number, 0) for _, number in there if number), None)
    for common, number in there:
        for own, at in here:
            if common == own and number != at:
                return number, at
    return None


def _places(url: str) -> list[_Place]:
    """What the pages of one article have in common in their address, and the number that tells them apart, 0 for none.

    A number at the end may also be that of the article: t20210419_123.htm.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return []
    if query := _QUERY.search(parts.query):
        rest = parts.query[: query.start()] + parts.query[query.end() :]
        return [(f"{parts.netloc}{parts.path}?{rest.strip('&')}", int(query[1]))]
    folder, _, name = parts.path.rpartition("/")
    match = _FILE.fullmatch(name)
    if match is None:
        return []
    before, after = f"{parts.netloc}{folder}/", f"{match['ending']}?{parts.query.strip('&')}"
    whole = (before + name.removesuffix(match["ending"]) + after, 0)
    return [(before + match["stem"] + after, int(match["number"])), whole] if match["number"] else [whole]


def _path(url: str) -> str:
    """The path of an address, empty where it is none."""
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
