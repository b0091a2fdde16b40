"""Page → Transcript: title, issuer, region, dates, body, turns and tables."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from ..schemas.document import Attachment, Document, Provenance, Region, Span
from ..schemas.finding import Message
from ..schemas.identity import document_id
from ..schemas.issue import Issue, IssueCode
from ..schemas.transcript import Cell, Page, Table, Told, Transcript
from ..schemas.turn import Turn
from . import body, dates, heading, html, regions, reporting, sites
from ._mojibake import wrongly_read
from .attachments import attachments
from .errors import LayoutError
from .lines import Line, lines
from .speakers import Printed, turns
from .trim import transcript_lines

_HEAD = 1500
"""Characters of the body that may tell the event and the period."""
_CLOSED = re.compile(r"(?i)</\s?(?:html|body)")
_OPENED = re.compile(r"(?i)<(?:html|body)\b")
_CONTENT = re.compile(r"[\w]")


def transcript(page: Page) -> Transcript:
    """The transcript of a page or text. Raises LayoutError where there is no body."""
    return _of_html(page) if page.is_html else _of_text(page)


def body_of(page: Page) -> tuple[body.Body | None, tuple[body.Candidate, ...]]:
    """The part of a page that is its transcript, and every box that could have been; nothing for a plain text."""
    if not page.is_html:
        return None, ()
    tree = html.read(page.text)
    metas = tree.metas()
    return body.considered(tree, page.text, _host(page, metas), _address(page, metas))


def _of_text(page: Page) -> Transcript:
    """A plain text is its own body, as printed."""
    text = page.text
    if not _CONTENT.search(text):
        raise LayoutError(page.source.name, "there is no text in it", "give a file that holds the transcript")
    printed, at = [], 0
    for line in text.split("\n"):
        stripped = line.lstrip(" \t\u3000\xa0\ufeff")
        printed.append(Printed(at + len(line) - len(stripped), stripped))
        at += len(line) + 1
    title = heading.of_text([one.text for one in printed])
    return _built(page, text, printed, (), title, {}, "text", ())


def _of_html(page: Page) -> Transcript:
    """The body of a page, without what stands around it."""
    tree = html.read(page.text)
    metas = tree.metas()
    title = heading.of_page(tree, metas)
    address = _address(page, metas)
    chosen = body.choose(tree, page.text, _host(page, metas), address)
    kept = transcript_lines(lines(chosen.markup), title, by_density=chosen.fallback) if chosen else []
    title = title or heading.of_text([line.text for line in kept])
    if chosen is None or not any(_CONTENT.search(line.text) for line in kept):
        raise LayoutError(
            page.source.name, "the page has no body text", "save the page after it has loaded, or give its text"
        )
    text, printed, tables = _assembled(kept)
    issues = []
    if chosen.fallback:
        issues.append(
            _issue(
                "fallback_body",
                0,
                0,
                "",
                "未找到已知的正文区域，按文字密度取正文",
                "no known container; the densest part was read",
            )
        )
    if told := _incomplete(page.text, address):
        issues.append(_issue("page_truncated", len(text), len(text), "", *told))
    files = attachments(chosen.markup, page.text, address, text)
    return _built(page, text, printed, tables, title, metas, chosen.by, tuple(issues), files)


def _incomplete(markup: str, address: str) -> tuple[str, str] | None:
    """Why a page is not the whole article: it goes on at other addresses, is never closed, or ends in a comment or script."""
    if (paging := sites.paging(markup, address)) is not None:
        at, total = paging.current, paging.total
        of = (f"共{total}页", f" of {total}") if total else ("后面或前面还有", "")
        return f"这是文章的第{at}页，{of[0]}，其余各页不在此文件中", f"this is page {at}{of[1]} of the article, the others are not here"
    # The end of a whole page closes it: the rest need not be read.
    unclosed = _OPENED.search(markup[:65536]) and not (_CLOSED.search(markup[-200:]) or _CLOSED.search(markup))
    if unclosed or markup.rfind("<!--") > markup.rfind("-->") or html.ends_inside_hidden(markup):
        return "页面可能不完整", "the page may be incomplete"
    return None


def _address(page: Page, metas: dict[str, str]) -> str:
    """The address of the page: that of the source, else what its meta tags say; empty where neither tells."""
    named = (page.source.name, metas.get("url", ""), metas.get("og:url", ""))
    return next((one for one in named if one.startswith(("http://", "https://"))), "")


def _host(page: Page, metas: dict[str, str]) -> str:
    """The host name, from the page's own address or its site's domain."""
    for name in ("url", "og:url"):
        if host := urlsplit_host(metas.get(name, "")):
            return host
    return metas.get("sitedomain", "").lower() or urlsplit_host(page.source.name)


def urlsplit_host(address: str) -> str:
    """The host of an address, empty where there is none."""
    try:
        return (urlsplit(address).hostname or "") if "://" in address else ""
    except ValueError:
        return ""


def _assembled(kept: list[Line]) -> tuple[str, list[Printed], tuple[Table, ...]]:
    """The lines one below the other, where each starts, and the tables among them."""
    printed, at = [], 0
    rows: dict[int, list[tuple[int, Line]]] = {}
    for line in kept:
        printed.append(Printed(at, line.text, line.bold))
        if line.table >= 0:
            rows.setdefault(line.table, []).append((at, line))
        at += len(line.text) + 1
    tables = tuple(
        Table(
            start=group[0][0],
            end=group[-1][0] + len(group[-1][1].text),
            cells=tuple(
                Cell(start=start + first, end=start + last, row=row, column=column)
                for start, line in group
                for first, last, row, column in line.cells
            ),
        )
        for group in rows.values()
    )
    return "\n".join(line.text for line in kept), printed, tables


def _built(
    page: Page,
    text: str,
    printed: list[Printed],
    tables: tuple[Table, ...],
    title: str | None,
    metas: dict[str, str],
    by: str,
    issues: tuple[Issue, ...],
    files: tuple[Attachment, ...] = (),
) -> Transcript:
    """Everything that is known of the document, in one record."""
    source = page.source
    texts = [line.text for line in printed if line.text.strip()]
    identity = document_id(source.data)
    found = turns(text, printed, title or "", identity)
    told = _times(page, metas, title or "", texts, _before_questions(text, found))
    issuer = heading.issuer(metas, title or "", text)
    region, why, words = heading.region(metas, issuer.value if issuer else "", title or "", text)
    told += [issuer] if issuer else []
    told += [Told("region", why, f"{region.name} {region.code or ''}".strip(), words)] if region else []
    known = {one.what: one.value for one in told}
    period = known.get("reporting", "").split("/")
    document = Document(
        id=identity,
        source=source.name,
        media_type="text/html" if page.is_html else "text/plain",
        encoding=page.encoding,
        title=title,
        issuer=heading.with_region(known.get("issuer"), region),
        region=region,
        event_date=known.get("event"),
        published=known.get("published"),
        reporting_period=Span(*period) if len(period) == 2 else None,
        text=text,
        provenance=_provenance(page, by, region),
        attachments=files,
    )
    return Transcript(document, found, tables, (*issues, *_damage(page, text)), tuple(told))


def _provenance(page: Page, by: str, region: Region | None) -> Provenance:
    """Where the bytes and the code of the region come from."""
    source, list_year = page.source, regions.LIST if region is not None and region.code else None
    return Provenance(source.retrieved_at, page.reason, page.replaced, by, source.warc_record, list_year)


def _times(page: Page, metas: dict[str, str], title: str, texts: list[str], head: str) -> list[Told]:
    """Publication, event and reporting period, as far as they are told; each may help to find the next."""
    urls = [metas.get("url", ""), metas.get("og:url", ""), page.source.name]
    published = dates.published(metas, page.text if page.is_html else "", urls, texts)
    publication = published.value if published else None
    opening = _first_paragraphs(texts)
    event = dates.event(title, opening, publication, None)
    period = reporting.period(title, head, event.value if event else publication)
    if event is None and period is not None:
        event = dates.event(title, opening, publication, Span(*period.value.split("/")))
    return [one for one in (published, event, period) if one is not None]


def _before_questions(text: str, found: tuple[Turn, ...]) -> str:
    """The opening; what is asked and answered later may be about any time."""
    first = next((turn.start for turn in found if turn.kind == "question"), _HEAD)
    return text[: min(first, _HEAD)]


def _first_paragraphs(texts: list[str]) -> str:
    """The first lines up to the end of the first long one, where the event is told."""
    kept: list[str] = []
    for text in texts[:30]:
        if dates.date_line(text) is None:
            kept.append(text[:400])
        if len(text) > 60:
            break
    return "\n".join(kept)


def _damage(page: Page, text: str) -> list[Issue]:
    """The issues of decoding, where they touch the body."""
    issues = []
    if page.is_html and not page.issues and (place := wrongly_read(text)) is not None:
        issues.append(
            _issue("mojibake", *place, text[slice(*place)], "文字似以错误的编码保存", "saved in a wrong encoding")
        )
    for issue in page.issues:
        if issue.code == "replaced_characters":
            for found in list(re.finditer("\ufffd+", text))[:100]:
                issues.append(Issue(issue.code, found.start(), found.end(), found.group(), issue.message))
        elif (at := text.find(issue.surface)) >= 0:
            issues.append(Issue(issue.code, at, at + len(issue.surface), issue.surface, issue.message))
    return issues


def _issue(code: IssueCode, start: int, end: int, surface: str, zh: str, en: str) -> Issue:
    """An issue with its two messages."""
    return Issue(code, start, end, surface, Message(zh=zh, en=en))
