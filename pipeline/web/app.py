"""The application: the routes of the page, each a few lines over the desk that holds the documents."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Iterable
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from ...schemas.transcript import Source
from ..errors import HeshuError
from ..export.words import Lang
from . import intake
from .desk import Desk
from .guard import Guard, Refused

Fetch = Callable[[Iterable[str]], Iterable[Source | HeshuError]]
MOST_BYTES = 32 * 2**20


def create(
    *, review: Path, folder: Path | None = None, lang: Lang = "zh", fetch: Fetch | None = None, seconds: float = 30,
    most_bytes: int = MOST_BYTES, posts: int = 8, requests: int = 64, workers: int = 2,
) -> ASGIApp:  # fmt: skip
    """The page as an application for one person on this machine.

    ``fetch`` reads an address (``fetch.sources`` by default), ``seconds`` is the time for one document, ``posts`` and
    ``requests`` how many may be under way at once, ``workers`` how many documents are judged at a time. Raises HeshuError where ``folder`` is no run folder.
    """
    desk = Desk(review=review, folder=folder, lang=lang, fetch=fetch, seconds=seconds, most_bytes=most_bytes, workers=workers)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        desk.judge.warm()
        try:
            yield
        finally:
            desk.judge.close()

    inner = Starlette(
        routes=_routes(desk),
        lifespan=lifespan,
        exception_handlers={Refused: _said(desk), HTTPException: _said(desk), HeshuError: _problem(desk), Exception: _said(desk)},
    )
    return Guard(inner, desk.refusal, most_bytes=most_bytes, posts=posts, requests=requests)


def _routes(desk: Desk) -> list[Route]:
    async def health(_: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def icon(_: Request) -> Response:
        return Response(status_code=204)

    async def never(_: Request) -> Response:
        raise Refused(403, "refused.get")

    async def check(request: Request) -> Response:
        return await intake.check(desk, request)

    async def rule(request: Request) -> Response:
        return await intake.rule(desk, request)

    return [
        Route("/", desk.home),
        Route("/health", health),
        Route("/favicon.ico", icon),
        Route("/check", check, methods=["POST"]),
        Route("/review", rule, methods=["POST"]),
        # What changes something is never done by following a link.
        Route("/check", never),
        Route("/review", never),
        Route("/series", desk.series),
        Route("/series/{number:int}.svg", desk.series_chart),
        Route("/d/{name}", desk.document),
        Route("/d/{name}/chart/{chart}.svg", desk.chart),
        Route("/d/{name}/export/{file}", desk.export),
        Route("/static/{file}", desk.static),
    ]


def _said(desk: Desk) -> Callable[[Request, Exception], Response]:
    """Every problem of a request as a page of one sentence."""
    keys = {400: "refused.malformed", 404: "refused.nothing", 405: "refused.get"}

    def answer(request: Request, error: Exception) -> Response:
        status = error.status if isinstance(error, Refused) else error.status_code if isinstance(error, HTTPException) else 500
        key = error.key if isinstance(error, Refused) else keys.get(status, "refused.broken")
        if status == 500:
            # The person sees a sentence; whoever mends it needs the place.
            logging.getLogger("heshu.web").error("unexpected problem at %s", request.url.path, exc_info=error)
        if isinstance(error, HTTPException) and error.detail.startswith("Too many files"):
            key = "refused.many"
        return _page(desk.refusal(status, key, request.scope), status)

    return answer


def _problem(desk: Desk) -> Callable[[Request, Exception], Response]:
    """An error that has its own line."""

    def answer(request: Request, error: Exception) -> Response:
        if not isinstance(error, HeshuError):
            raise error
        return desk.problem(request.scope, [error])

    return answer


def _page(body: bytes, status: int) -> Response:
    return Response(body, status_code=status, media_type="text/html")


__all__ = ["MOST_BYTES", "Fetch", "create"]
