"""What the page shows: the list, one document, its charts and its exports. Nothing here changes anything."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import anyio.to_thread
from starlette.datastructures import QueryParams
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from ... import __version__
from ...schemas.report import Report
from ...schemas.review import Review
from ...schemas.series import Book, Series
from ...schemas.transcript import Source
from .. import fetch as fetching
from .. import review as reviewing
from .. import series as ledger
from ..errors import HeshuError
from ..export import charts, html, jsonl, series_chart, sheets
from ..export.digest import WORST_FIRST, plain
from ..export.words import Lang, catalogue, say
from .judge import Judge
from .series import cards, indicators
from .shelf import Entry, Shelf

_HERE = Path(__file__).parent
_FILES = {
    "sheet.css": (html.TEMPLATES / "sheet.css", "text/css"),
    "page.css": (_HERE / "static" / "page.css", "text/css"),
    "page.js": (_HERE / "static" / "page.js", "text/javascript"),
}
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SVG_POLICY = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
MOST_FILES = 50
MOST_COMPARED = 2000
_LINES, _INDICATORS = 50, 200


class Desk:
    """The documents at hand, the judge, the review file and the secret of the forms."""

    def __init__(
        self, *, review: Path, folder: Path | None, lang: Lang, fetch: Callable[[Iterable[str]], Iterable[Source | HeshuError]] | None,
        seconds: float, most_bytes: int, workers: int,
    ) -> None:  # fmt: skip
        self.review, self.lang, self.most_bytes = review, lang, most_bytes
        self.fetch = fetch or fetching.sources
        self.seconds = seconds
        self.judge = Judge(workers=workers, seconds=seconds)
        self.shelf = Shelf(folder)
        self.token = secrets.token_urlsafe(32)
        self._pages = html.templates(_HERE / "templates")
        self._book: tuple[int, Book] | None = None
        reviewing.read(review)

    def language(self, scope: Scope) -> Lang:
        """The language of a request."""
        asked = QueryParams(scope.get("query_string", b"")).get("lang")
        return "zh" if asked == "zh" else "en" if asked == "en" else self.lang

    def link(self, lang: Lang, path: str, **query: str) -> str:
        """An address of the page that keeps the language."""
        pairs = {**query, **({"lang": lang} if lang != self.lang else {})}
        words = "&".join(f"{name}={quote(value, safe='')}" for name, value in pairs.items() if value)
        return f"{path}?{words}" if words else path

    def render(self, scope: Scope, template: str, **values: Any) -> bytes:
        """A page in the language of the request; every value is escaped."""
        lang = self.language(scope)
        other: Lang = "en" if lang == "zh" else "zh"
        query = {name: value for name, value in QueryParams(scope.get("query_string", b"")).items() if name in ("q", "n")}
        path = scope["path"] if scope["method"] == "GET" else "/"
        shown = {
            "lang": lang, "t": html.speaker(lang), "token": self.token, "version": __version__, "most": self.most_bytes // 2**20,
            "link": lambda path, **query: self.link(lang, path, **query),
            "switch": self.link(other, quote(path), **query), "other": other, "folder": self.shelf.folder, **values,
        }  # fmt: skip
        return self._pages.get_template(template).render(shown).encode("utf-8", "replace")

    def refusal(self, status: int, key: str, scope: Scope) -> bytes:
        """The page of a request that is not answered."""
        words = say(self.language(scope), key, most=self.most_bytes // 2**20, files=MOST_FILES)
        return self.render({**scope, "path": "/"}, "message.html", status=status, words=words)

    def problem(self, scope: Scope, errors: Sequence[HeshuError], status: int = 422) -> Response:
        """The list with what could not be used above it."""
        lang = self.language(scope)
        told = []
        for error in errors:
            detail = f"{plain(error.problem)}; {plain(error.advice)}"
            told.append((_named(error, lang), plain(error.source), detail, "en" if detail.isascii() else "zh-CN"))
        entries, total = self.entries()
        body = self.render(scope, "home.html", errors=told, entries=entries, total=total, query="", skip=0, lines=_LINES)
        return Response(body, status_code=status, media_type="text/html")

    async def home(self, request: Request) -> Response:
        """The three ways in, and the documents at hand, worst first."""
        query, skip = plain(request.query_params.get("q", ""))[:200], _number(request.query_params.get("n", ""))
        entries, total = await anyio.to_thread.run_sync(lambda: self.entries(query, skip))
        body = self.render(request.scope, "home.html", errors=[], entries=entries, total=total, query=query, skip=skip, lines=_LINES)
        return Response(body, media_type="text/html")

    def entries(self, query: str = "", skip: int = 0) -> tuple[list[Entry], int]:
        """A part of the list; what the person ruled a false alarm is not counted."""
        entries, total = self.shelf.entries(query, most=_LINES, skip=skip)
        reviews = reviewing.read(self.review)
        return [self._counted(entry, reviews) for entry in entries] if reviews else entries, total

    def _counted(self, entry: Entry, reviews: Mapping[str, Review]) -> Entry:
        report = self.shelf.get(entry.id)
        ruled = reviewing.rulings(report, reviews) if report else {}
        if report is None or "false_alarm" not in ruled.values():
            return entry
        standing = [f.verdict for f in report.findings if ruled.get(f.id) != "false_alarm"]
        return entry._replace(counts=tuple(standing.count(verdict) for verdict in WORST_FIRST))

    def found(self, request: Request) -> Report:
        """The report that an address names; raises HTTPException."""
        report = self.shelf.get(request.path_params["name"])
        if report is None:
            raise HTTPException(404)
        return report

    async def document(self, request: Request) -> Response:
        """One report."""
        body = await anyio.to_thread.run_sync(lambda: self._document(request))
        return Response(body, media_type="text/html")

    def _document(self, request: Request) -> bytes:
        report, lang = self.found(request), self.language(request.scope)
        name = request.path_params["name"]
        view = html.view(report, lang, self.rulings(report))
        drawn = [(chart, self.link(lang, f"/d/{name}/chart/{chart.name}.svg")) for chart in view["charts"]]
        return self.render(request.scope, "document.html", **{**view, "drawn": drawn, "name": name})

    def rulings(self, report: Report) -> Mapping[str, Any]:
        """What the person ruled on the findings of a report."""
        return reviewing.rulings(report, reviewing.read(self.review))

    async def chart(self, request: Request) -> Response:
        """One chart of a document, drawn when a browser asks for it."""
        report, lang = self.found(request), self.language(request.scope)
        view = html.view(report, lang, self.rulings(report))
        return await _drawn([chart for chart in view["charts"] if chart.name == request.path_params["chart"]])

    async def export(self, request: Request) -> Response:
        """The report as a file to keep."""
        report, lang = self.found(request), self.language(request.scope)
        makers: dict[str, tuple[Callable[[], bytes], str]] = {
            "report.html": (lambda: html.page(report, lang, self.rulings(report)), "text/html"),
            "report.json": (lambda: jsonl.line(report), "application/json"),
            "findings.csv": (lambda: sheets.csv(sheets.tables(report)["findings"]), "text/csv"),
            "figures.csv": (lambda: sheets.csv(sheets.tables(report)["figures"]), "text/csv"),
            "report.xlsx": (lambda: sheets.workbook(report), _SHEET),
        }
        make = makers.get(request.path_params["file"])
        if make is None:
            raise HTTPException(404)
        body = await anyio.to_thread.run_sync(make[0])
        name = f"heshu-{request.path_params['name'][:8]}-{request.path_params['file']}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(body, media_type=make[1], headers=headers)

    async def series(self, request: Request) -> Response:
        """What contradicts between releases, and the indicators that several documents print, one of them drawn."""
        body = await anyio.to_thread.run_sync(lambda: self._series(request))
        return Response(body, media_type="text/html")

    def _series(self, request: Request) -> bytes:
        lang, book = self.language(request.scope), self.book()
        found = indicators(book)[:_INDICATORS]
        number = min(_number(request.query_params.get("n", "")), max(len(found) - 1, 0))
        ruled = reviewing.series_rulings(book.findings, reviewing.read(self.review))
        return self.render(
            request.scope, "series.html", indicators=found, number=number, cards=cards(book, found, ruled, lang),
            chart=self._drawing(found[number][1], book, lang) if found else None, src=self.link(lang, f"/series/{number}.svg"),
            more=MOST_COMPARED if book.documents >= MOST_COMPARED else 0,
        )  # fmt: skip

    async def series_chart(self, request: Request) -> Response:
        """The chart of one indicator."""
        lang, number = self.language(request.scope), request.path_params["number"]
        book = await anyio.to_thread.run_sync(self.book)
        return await _drawn([self._drawing(one, book, lang) for _, one, _ in indicators(book)[:_INDICATORS][number : number + 1]])

    def _drawing(self, one: Series, book: Book, lang: Lang) -> charts.Chart:
        ruled = reviewing.series_rulings(book.findings, reviewing.read(self.review))
        dismissed = {id_ for id_, ruling in ruled.items() if ruling == "false_alarm"}
        return series_chart.chart(one, series_chart.contradicted(book, dismissed), lang)

    def book(self) -> Book:
        """The ledger of the documents at hand, kept until there is another one."""
        changes = self.shelf.changes
        if self._book is None or self._book[0] != changes:
            self._book = changes, ledger.book(self.shelf.reports(MOST_COMPARED))
        return self._book[1]

    async def static(self, request: Request) -> Response:
        """Style and script of the page."""
        if request.path_params["file"] not in _FILES:
            raise HTTPException(404)
        path, media = _FILES[request.path_params["file"]]
        return Response(path.read_bytes(), media_type=media)


async def _drawn(found: Sequence[charts.Chart]) -> Response:
    if not found:
        raise HTTPException(404)
    try:
        body = await anyio.to_thread.run_sync(charts.svg, found[0])
    except ImportError:
        raise HTTPException(404) from None
    return Response(body, media_type="image/svg+xml", headers=_SVG_POLICY)


def _named(error: HeshuError, lang: Lang) -> str:
    """The words for an error, or for what it is a kind of."""
    codes = (error.code, *(kind.code for kind in type(error).__mro__ if issubclass(kind, HeshuError)))
    return say(lang, next(f"error.{code}" for code in codes if f"error.{code}" in catalogue(lang)))


def _number(words: str) -> int:
    return int(words) if words.isascii() and words.isdigit() and len(words) < 7 else 0
