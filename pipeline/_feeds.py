"""List pages that are data: the JSON that UCAP searches and Guangdong's gkmlpt columns answer with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

_URLS = ("url", "link", "href", "puburl", "docpuburl", "post_url", "linkurl")
_TITLES = ("title", "doctitle", "title_no_tag", "titleo", "name", "subject")
_DATES = ("publish_time", "display_publish_time", "pubdate", "publishedtime", "pubtime", "docreltime", "date", "time", "created_at", "displaydate")
_TAG = re.compile(r"<[^>]*>")
_PAGE = re.compile(r"(?i)(?<=[?&])(page|pageno|pagenum|currpage|curpage|pageindex|p)=(\d{1,5})(?=&|$)")
_CHINA = timedelta(hours=8)
_DEEPEST = 12


def records(text: str) -> list[tuple[str, str, str]] | None:
    """Address, title and date, as written, of every article in the data; None where the text is no JSON."""
    if not text.lstrip("\ufeff \r\n\t").startswith(("{", "[")):
        return None
    try:
        data = msgspec.json.decode(text.lstrip("\ufeff").encode())
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
    return list(_walk(data, 0))


def next_page(address: str) -> str | None:
    """The address with the next number of the page; None where it has none."""
    if (match := _PAGE.search(address)) is None:
        return None
    return f"{address[: match.start()]}{match[1]}={int(match[2]) + 1}{address[match.end() :]}"


def _walk(data: Any, depth: int) -> Iterator[tuple[str, str, str]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _walk(item, depth + 1)
    elif isinstance(data, dict):
        fields = {str(name).lower(): value for name, value in data.items()}
        url, title = _first(fields, _URLS), _first(fields, _TITLES)
        if url and title:
            yield url, " ".join(_TAG.sub("", title).split()), _first(fields, _DATES)
            return
        for value in data.values():
            yield from _walk(value, depth + 1)


def _first(fields: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of these fields that says something; a number of seconds or milliseconds is a day in China."""
    for name in names:
        value = fields.get(name)
        digits = str(value or "").strip()
        if isinstance(value, str) and value.strip() and not value.strip().isdigit():
            return value.strip()
        if names is _DATES and digits.isdigit() and 9 < len(digits) < 14:
            seconds = int(digits) / (1000 if len(digits) == 13 else 1)
            return (datetime.fromtimestamp(seconds, UTC) + _CHINA).strftime("%Y-%m-%d")
    return ""
