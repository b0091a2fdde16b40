"""Which rule read which words, what was claimed by dates and labels, what was left over, how operands were found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from ..schemas.figure import Figure
from ..schemas.reading import Claim
from ..schemas.transcript import Source, Transcript
from . import decode, parse
from .export.digest import MARKS, visible
from .export.words import Lang, say

if TYPE_CHECKING:
    from .body import Body, Candidate
    from .run import Trace

_DIGITS = re.compile(r"[0-9０-９]+(?:[.．,，][0-9０-９]+)*")
_OPENING = re.compile(r"<[^<>]{1,100}>?")
_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]?")
Span = tuple[int, int]


def explain(trace: Trace, at: str | None = None, lang: Lang = "zh") -> str:
    """The story of every figure as lines of text; with ``at`` only that of the sentences which contain it."""
    text = trace.report.document.text
    wanted = _sentences(text, at)
    if at and not wanted:
        return say(lang, "explain.no_place", at=visible(at)) + "\n"
    rows = [
        *_section(lang, "explain.figures", _figures(trace, wanted, lang)),
        *_section(lang, "explain.claims", _claims(trace, wanted)),
        *_section(lang, "explain.left", _left(trace, wanted)),
        *_section(lang, "explain.log", _log(trace, wanted, at)),
        *_section(lang, "explain.issues", _issues(trace, wanted, lang)),
    ]
    return "\n".join(rows) + "\n"


def page(source: Source, lang: Lang = "zh") -> str:
    """What of a page was read and why: the boxes that could be its body with their worth, its dates, issuer and region.

    Raises what :func:`run.report` raises.
    """
    read = decode.page(source)
    chosen, candidates = parse.body_of(read)
    transcript = parse.transcript(read)
    rows = [
        *_section(lang, "explain.body", _bodies(chosen, candidates, lang)),
        *_section(lang, "explain.known", _known(transcript, lang)),
    ]
    return "\n".join(rows) + "\n"


def _bodies(chosen: Body | None, candidates: Iterable[Candidate], lang: Lang) -> Iterator[str]:
    """The body with the reason, then the candidates, best first."""
    if chosen is None:
        return
    yield f"→ {visible(chosen.by)}  {say(lang, f'body_by.{chosen.why}')}"
    for one in sorted(candidates, key=lambda each: -each.score):
        family = visible(one.family) + (say(lang, "explain.body.known") if one.known else "")
        facts = say(
            lang, "explain.body.facts", score=round(one.score), characters=one.characters, linked=one.linked, speakers=one.speakers,
            boxes=len(one.elements),
        )  # fmt: skip
        yield f"{'✓' if one.markup == chosen.markup else '·'} {visible(one.selector)}  [{family}]  {facts}"
        if tag := _OPENING.match(one.markup):
            yield f"      {visible(tag[0])}"


def _known(transcript: Transcript, lang: Lang) -> Iterator[str]:
    """Dates, issuer and region, each with where it was read and the words."""
    for one in transcript.told:
        why = say(lang, f"told.{one.what}.{one.why}")
        yield f"{say(lang, f'told.{one.what}')} {visible(one.value)}  {why}: {visible(one.words[:80])}"
    told = {one.what for one in transcript.told}
    for what in ("published", "event", "reporting", "issuer", "region"):
        if what not in told:
            yield f"{say(lang, f'told.{what}')} –"
    for file in transcript.document.attachments:
        yield f"{say(lang, 'explain.attachment')} {visible(file.name)}  {visible(file.url)}"


def _sentences(text: str, at: str | None) -> list[Span]:
    """The spans of the sentences that contain ``at``; the whole text without it."""
    if not at:
        return [(0, len(text))]
    return [match.span() for match in _SENTENCE.finditer(text) if at in match[0]]


def _inside(start: int, end: int, wanted: list[Span]) -> bool:
    return any(start < stop and begin < end for begin, stop in wanted)


def _section(lang: Lang, title: str, rows: Iterable[str]) -> Iterator[str]:
    yield say(lang, title)
    found = False
    for row in rows:
        found = True
        yield f"  {row}"
    if not found:
        yield f"  {say(lang, 'explain.none')}"
    yield ""


def _figures(trace: Trace, wanted: list[Span], lang: Lang) -> Iterator[str]:
    for figure in trace.report.figures:
        if _inside(figure.start, figure.end, wanted):
            yield f"{visible(figure.surface)}  [{figure.start}, {figure.end})  {say(lang, f'kind.{figure.kind}')}"
            yield "    " + " · ".join(_facts(figure, lang))
            yield from (f"    {line}" for line in _held(trace, figure, lang))


def _facts(figure: Figure, lang: Lang) -> Iterator[str]:
    value = figure.value if figure.value is not None else f"{figure.low} … {figure.high}"
    hedge = f" ({say(lang, f'bound.{figure.bound}')})" if figure.bound else ""
    yield f"{say(lang, 'explain.value')} {value} {figure.unit}{hedge}"
    yield f"{say(lang, 'explain.rule')} {figure.rule}"
    words = f"{figure.metric_text or '–'} ({figure.metric or '–'})"
    yield f"{say(lang, 'explain.metric')} {visible(words)}"
    yield f"{say(lang, 'explain.subject')} {visible(figure.subject or '–')}"
    period = figure.period
    dates = f"{period.start or '–'}/{period.end or '–'}" if period else "–"
    yield f"{say(lang, 'explain.period')} {dates}"
    if figure.direction:
        yield f"{say(lang, 'explain.direction')} {say(lang, f'direction.{figure.direction}')}"


def _held(trace: Trace, figure: Figure, lang: Lang) -> Iterator[str]:
    """The findings that hold the figure, each with the template that chose its operands."""
    found = False
    for finding in trace.report.findings:
        if figure.id == finding.claim or figure.id in finding.operands:
            found = True
            mark, name = MARKS[finding.verdict], say(lang, f"identity.{finding.identity}")
            yield f"{mark} {name}: {visible(finding.expression)} [{finding.rule}]"
    if not found:
        yield say(lang, "explain.unheld")


def _printed(trace: Trace, claim: Claim) -> Span:
    """The span of a claim in the printed text; claims are made in the view."""
    return trace.view.span(claim.start, claim.end)


def _claims(trace: Trace, wanted: list[Span]) -> Iterator[str]:
    for claim in trace.extraction.claims:
        start, end = _printed(trace, claim)
        if _inside(start, end, wanted):
            words = visible(trace.report.document.text[start:end])
            yield f"{words}  [{start}, {end})  {claim.sort} · {claim.rule}"


def _left(trace: Trace, wanted: list[Span]) -> Iterator[str]:
    """Digits that no figure, no ranking, no date and no label holds."""
    report = trace.report
    taken = [(f.start, f.end) for f in report.figures] + [(r.start, r.end) for r in report.rankings]
    taken += [_printed(trace, claim) for claim in trace.extraction.claims]
    covered = bytearray(len(report.document.text) + 1)
    for start, end in taken:
        covered[start:end] = b"\1" * (end - start)
    for match in _DIGITS.finditer(report.document.text):
        if _inside(*match.span(), wanted) and not all(covered[match.start() : match.end()]):
            yield f"{match[0]}  [{match.start()}, {match.end()})"


def _log(trace: Trace, wanted: list[Span], at: str | None) -> Iterator[str]:
    """The binding log; with ``at`` only lines that name a figure of those sentences."""
    named = [f for f in trace.report.figures if _inside(f.start, f.end, wanted)]
    for line in trace.ledger.log:
        if not at or any(f.id in line or f.surface in line for f in named):
            yield visible(line)


def _issues(trace: Trace, wanted: list[Span], lang: Lang) -> Iterator[str]:
    for issue in trace.report.issues:
        if _inside(issue.start, max(issue.end, issue.start + 1), wanted):
            message = issue.message.zh if lang == "zh" else issue.message.en
            yield " · ".join([say(lang, f"issue.{issue.code}"), visible(issue.surface[:40]), visible(message)])
