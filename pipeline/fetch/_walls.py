"""Answers that are no page: challenges for browsers, and error pages that say that all is well."""

from __future__ import annotations

import re

from ..errors import HeshuError, StatusError, WallError

_HIDDEN = re.compile(rb"(?is)<(script|style|noscript|title)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|<[^>]*>")
_SCRIPT = re.compile(rb"(?i)<script\b")
_CHALLENGE = re.compile(
    rb"(?i)document\.cookie|__jsl_clearance|acw_sc__v2|\$_ts\b|_\$\w{2}\s*=|challenge-platform|cf[-_]chl|location\.(?:href|replace|reload)"
    rb"|eval\s*\(|arg1\s*=|WZWS|yunsuo|safedog|captcha"
)
_TITLE = re.compile(rb"(?is)<title[^>]*>(.{0,300}?)</title")
_GONE = (
    "页面不存在 网页不存在 页面未找到 找不到页面 无法访问 访问出错 页面没有找到 访问的页面 系统错误 服务器错误 禁止访问"
    " 已被删除 not&found server&error forbidden"
).split()
_GONE_BYTES = re.compile(
    rb"\A\s*(?:http\S*\s*)?[45]\d\d(?:\s*\Z|[\s_|:,.!-])|"
    + b"|".join(re.escape(word.replace("&", " ").encode(label)) for word in _GONE for label in ("utf-8", "gbk")),
    re.IGNORECASE,
)
_ADVICE = "open it in a browser, save the page (Ctrl-S) and give the file"
_LARGEST = 400 * 1024


def check(name: str, status: int, body: bytes) -> None:
    """Raises WallError or StatusError where the answer is no page; ``body`` is without its compression."""
    if (error := wall(name, status, body)) is not None:
        raise error
    if status != 200 and status != 203:
        raise StatusError(name, f"the server answers with status {status}", _advice(status))
    title = _TITLE.search(body) if len(body) < 16 * 1024 else None
    if title and _GONE_BYTES.search(title[1]) and len(visible(body)) < 600:
        raise StatusError(name, "an error page, though its status says that all is well", "check the address in a browser")


def visible(body: bytes) -> bytes:
    """Roughly what a reader would see, without blanks."""
    return b"".join(_HIDDEN.sub(b"", body[:_LARGEST]).split())


def wall(name: str, status: int, body: bytes) -> HeshuError | None:
    """412 and 521 are used for nothing else; other challenges are a script and hardly a word."""
    if status in (412, 521):
        return WallError(name, f"the site shows a challenge to programs (status {status})", _ADVICE)
    if status not in (200, 202, 203, 403, 405, 429, 468, 503) or len(body) > _LARGEST:
        return None
    if _SCRIPT.search(body) and _CHALLENGE.search(body) and len(visible(body)) < 150:
        return WallError(name, "the site shows a script instead of the page", _ADVICE)
    return None


def _advice(status: int) -> str:
    if status in (404, 410):
        return "check the address"
    if status in (401, 403, 407, 451):
        return _ADVICE
    return "try again later, or save the page in a browser and give the file"
