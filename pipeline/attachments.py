"""Files that a page hands out beside its text: links to tables, documents and archives, by name."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

from ..schemas.document import Attachment

_KINDS = "pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|csv|txt|rtf|zip|rar|7z"
_FILE = re.compile(rf"(?i)\.(?:{_KINDS})(?:$|(?=[?&#\s】)）]))")
_MAYBE = re.compile(rf"(?i)\.(?:{_KINDS})\b|download")
_LINK = re.compile(r"(?i)<a\s([^<>]{0,3000})>((?:[^<]|<(?!/?a\b)){0,1000})")
_HREF = re.compile(r"(?i)\bhref\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_TITLE = re.compile(r"(?i)\btitle\s{0,3}=\s{0,3}(?:\"([^\"]*)\"|'([^']*)')")
_TAG = re.compile(r"<[^<>]*>")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DOWNLOAD = re.compile(r"(?i)download|downfile|attach|fileid")
_SAID = re.compile(r"附件|附表|附图|下载")
_REACH = 200
"""Characters of markup before a link outside the body in which 附件 may stand."""
_MOST = 200


def attachments(body: str, page: str, address: str, text: str) -> tuple[Attachment, ...]:
    """The files that the body links to, and those that the rest of the page calls 附件, each once and in their order.

    ``start`` is where the name stands in ``text``, None where it does not.
    """
    found: dict[str, Attachment] = {}
    at = 0
    for markup, outside in ((body, False), (page, True)):
        if not _MAYBE.search(markup):
            continue
        markup = _COMMENT.sub("", markup) if "<!--" in markup else markup
        for link in _LINK.finditer(markup):
            made = _attachment(link, address)
            if made is None or made[1] in found or len(found) == _MOST:
                continue
            name, url = made
            if outside and not (_SAID.search(name) or _SAID.search(_TAG.sub("", markup[max(0, link.start() - _REACH) : link.start()]))):
                continue
            start = text.find(name, at)
            at = start + len(name) if start >= 0 else at
            found[url] = Attachment(name, url, start if start >= 0 else None)
    return tuple(found.values())


def _attachment(link: re.Match[str], address: str) -> tuple[str, str] | None:
    """Name and address of the file, None where the link leads to a page."""
    href = _HREF.search(link[1])
    target = unescape(next(part for part in href.groups() if part is not None)).strip() if href else ""
    if not target or target.startswith(("#", "javascript:", "mailto:")):
        return None
    title = _TITLE.search(link[1])
    words = " ".join(unescape(_TAG.sub("", link[2])).split()) or " ".join(unescape((title[1] or title[2] or "") if title else "").split())
    try:
        path = urlsplit(target).path
        url = urljoin(address, target)
    except ValueError:
        return None
    if not _FILE.search(path) and not (_DOWNLOAD.search(target) and (_FILE.search(target) or _FILE.search(words) or _SAID.search(words))):
        return None
    return words or unquote(path.rpartition("/")[2]), url
