"""What a person gives the page: text, files, addresses, and rulings. Every form carries the token of this run."""

from __future__ import annotations

import hmac
import re
from collections.abc import AsyncIterator

import anyio
import anyio.to_thread
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...schemas.review import Ruling
from ...schemas.transcript import Source
from .. import review as reviewing
from ..errors import FetchError, HeshuError, LimitError
from ..export.digest import plain
from ..export.words import Lang, say
from .desk import MOST_FILES, Desk
from .guard import Refused

_RULINGS: dict[str, Ruling | None] = {"false_alarm": "false_alarm", "confirmed": "confirmed", "none": None}


async def check(desk: Desk, request: Request) -> Response:
    """Judges what was given; one document is shown at once, several become the list."""
    async with request.form(max_files=MOST_FILES, max_fields=10, max_part_size=desk.most_bytes) as form:
        _signed(desk, form)
        reports, errors = list[str](), list[HeshuError]()
        async for given in _given(desk, request, form):
            if isinstance(given, HeshuError):
                errors.append(given)
                continue
            try:
                reports.append(desk.shelf.add(await desk.judge.report(given)))
            except HeshuError as error:
                errors.append(error)
    lang = desk.language(request.scope)
    if not reports and not errors:
        errors = [FetchError(say(lang, "home.form"), say(lang, "home.nothing"), say(lang, "home.nothing_do"))]
    if errors:
        return desk.problem(request.scope, errors, 422 if not reports else 200)
    path = f"/d/{reports[0]}" if len(reports) == 1 else "/"
    return RedirectResponse(desk.link(lang, path), status_code=303)


def _signed(desk: Desk, form: FormData) -> None:
    if not hmac.compare_digest(_text(form, "token").encode("utf-8", "replace"), desk.token.encode()):
        raise Refused(403, "refused.token")


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


async def _given(desk: Desk, request: Request, form: FormData) -> AsyncIterator[Source | HeshuError]:
    """Pasted text, then files, then addresses."""
    lang, text = desk.language(request.scope), _text(form, "text").replace("\r\n", "\n")
    if text.strip():
        # The source of a page may name the encoding that its file had; what was pasted is text already.
        name = say(lang, "home.pasted")
        yield Source(name, text.encode("utf-8", "replace"), charset="utf-8")
    for file in form.getlist("file"):
        if isinstance(file, UploadFile) and file.filename:
            data = await file.read()
            name = plain(re.split(r"[/\\]", file.filename)[-1])[:200] or "file"
            yield Source(name, data) if data else FetchError(name, say(lang, "problem.empty"), say(lang, "advice.empty"))
    for address in _text(form, "address").split():
        async for source in _fetched(desk, address, lang):
            yield source


async def _fetched(desk: Desk, address: str, lang: Lang) -> AsyncIterator[Source | HeshuError]:
    # Other names would be files of this machine.
    if not re.match(r"(?i)https?://[^\s/]", address):
        yield FetchError(plain(address)[:200], say(lang, "problem.address"), say(lang, "advice.address"))
        return
    found: list[Source | HeshuError] | None = None
    with anyio.move_on_after(desk.seconds):
        found = await anyio.to_thread.run_sync(lambda: list(desk.fetch([address])), abandon_on_cancel=True)
    if found is None:
        yield LimitError(plain(address), say(lang, "problem.slow", n=f"{desk.seconds:g}"), say(lang, "advice.slow"))
    for source in found or ():
        yield source


async def rule(desk: Desk, request: Request) -> Response:
    """Keeps a ruling, and goes back to its card."""
    async with request.form(max_files=0, max_fields=10) as form:
        _signed(desk, form)
        name, wanted, ruling, number = (_text(form, field) for field in ("document", "finding", "ruling", "series"))
    if ruling not in _RULINGS:
        raise HTTPException(404)
    kept, lang = _RULINGS[ruling], desk.language(request.scope)
    if number:
        book = await anyio.to_thread.run_sync(desk.book)
        between = next((f for f in book.findings if f.id == wanted), None)
        if between is None or not re.fullmatch("[0-9]{1,6}", number):
            raise HTTPException(404)
        await anyio.to_thread.run_sync(lambda: reviewing.keep_series(desk.review, between, kept))
        return RedirectResponse(f"{desk.link(lang, '/series', n=number)}#card-{between.id}", status_code=303)
    report = desk.shelf.get(name)
    finding = next((f for f in report.findings if f.id == wanted), None) if report else None
    if report is None or finding is None:
        raise HTTPException(404)
    await anyio.to_thread.run_sync(lambda: reviewing.keep(desk.review, report, finding, kept))
    return RedirectResponse(f"{desk.link(lang, f'/d/{name}')}#card-{finding.id}", status_code=303)
