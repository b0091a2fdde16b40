"""Who may speak to the page, and how much: host, origin, framing, size, time, and how many at once.

It stands before everything else, so that a refused request costs nothing. Every answer carries the headers that keep
a browser from running, framing, keeping or passing on what it shows.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import anyio
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'none'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: with it a browser sends Origin: null with our own forms.
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_EMBEDDED = {"iframe", "frame", "embed", "object", "fencedframe"}
_DRAIN_SECONDS = 10.0


class Refused(Exception):
    """A request that is not answered; ``key`` names its sentence in the catalogue."""

    def __init__(self, status: int, key: str) -> None:
        super().__init__(key)
        self.status, self.key = status, key


class Guard:
    """``say(status, key, scope)`` makes the page of a refusal; sizes in bytes, times in seconds."""

    def __init__(
        self, app: ASGIApp, say: Callable[[int, str, Scope], bytes], *, most_bytes: int, seconds: float = 30, posts: int = 8, requests: int = 64
    ) -> None:
        self.app, self.say = app, say
        self.most_bytes, self.seconds = most_bytes, seconds
        self.most = {"POST": posts, "": requests}
        self.now = {"POST": 0, "": 0}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or lets the application answer."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        slots = ("POST", "") if scope["method"] == "POST" else ("",)
        guarded = _Answer(send)
        try:
            allowed(scope, headers)
            self._enter(scope, slots, headers)
        except Refused as refusal:
            await self._refuse(refusal, scope, receive, guarded)
            return
        try:
            await self.app(scope, _Body(receive, self.most_bytes, self.seconds), guarded)
        except Refused as refusal:
            if not guarded.started:
                await self._refuse(refusal, scope, receive, guarded)
        finally:
            for slot in slots:
                self.now[slot] -= 1

    def _enter(self, scope: Scope, slots: tuple[str, ...], headers: Headers) -> None:
        """Takes a place in every queue, or none."""
        length = headers.get("content-length", "").strip()
        if length.isdecimal() and int(length) > self.most_bytes:
            raise Refused(413, "refused.large")
        # The sign of life must answer above all when the page is busy.
        if scope["path"] != "/health" and any(self.now[slot] >= self.most[slot] for slot in slots):
            raise Refused(429, "refused.busy")
        for slot in slots:
            self.now[slot] += 1

    async def _refuse(self, refusal: Refused, scope: Scope, receive: Receive, send: Send) -> None:
        body = self.say(refusal.status, refusal.key, scope)
        headers = [
            (b"content-type", b"text/html; charset=utf-8"), (b"content-length", str(len(body)).encode()), (b"connection", b"close")
        ]  # fmt: skip
        if refusal.status == 429:
            headers.append((b"retry-after", b"2"))
        await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": True})
        if refusal.status == 413:
            await _drain(receive)
        await send({"type": "http.response.body", "body": b"", "more_body": False})


def allowed(scope: Scope, headers: Headers) -> None:
    """Raises Refused unless the request is ours: right host, no frame, from this page or typed by the person."""
    host, port = headers.get("host", "").strip().lower(), (scope.get("server") or ("", 0))[1]
    if host not in {f"127.0.0.1:{port}", f"localhost:{port}"} or len(headers.getlist("host")) != 1:
        raise Refused(403, "refused.host")
    if headers.get("sec-fetch-dest", "").strip() in _EMBEDDED:
        raise Refused(403, "refused.frame")
    site, origin, writes = headers.get("sec-fetch-site", "").strip(), headers.get("origin", "").strip(), scope["method"] not in ("GET", "HEAD")
    if site and site != "same-origin" and (writes or site != "none"):
        raise Refused(403, "refused.origin")
    if origin and origin != f"http://{host}":
        raise Refused(403, "refused.origin")
    if writes and not site and not origin:
        raise Refused(403, "refused.origin")


class _Answer:
    """Sends with the headers that every answer has."""

    def __init__(self, send: Send) -> None:
        self.send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            own = {name.lower() for name, _ in message.get("headers", [])}
            more = [(n.lower().encode(), v.encode()) for n, v in SECURITY.items() if n.lower().encode() not in own]
            message = {**message, "headers": [*message.get("headers", []), *more]}
        await self.send(message)


class _Body:
    """Receives at most so many bytes within so many seconds; raises Refused beyond."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self.receive, self.left, self.ends = receive, most, anyio.current_time() + seconds
        self.whole = False

    async def __call__(self) -> Message:
        with anyio.CancelScope(deadline=math.inf if self.whole else self.ends) as scope:
            message = await self.receive()
        if scope.cancelled_caught:
            raise Refused(400, "refused.slow")
        if message["type"] == "http.request":
            self.left -= len(message.get("body", b""))
            self.whole = not message.get("more_body", False)
        if self.left < 0:
            raise Refused(413, "refused.large")
        return message


async def _drain(receive: Receive) -> None:
    """Reads on for a moment: a browser that is still sending would never see an answer that closes on it."""
    with anyio.move_on_after(_DRAIN_SECONDS):
        while (message := await receive()).get("more_body"):
            if message["type"] == "http.disconnect":
                return
