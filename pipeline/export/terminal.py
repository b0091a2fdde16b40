"""The report for a person at a terminal: what does not agree first, each with its working, then what is left.

A finding says that the text does not add up; an issue says that we did not understand it. They stand apart.
"""

from __future__ import annotations

import io
import shlex
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec
from rich.console import Console
from rich.text import Text

from ...schemas.finding import Finding, Verdict
from ...schemas.report import Report
from ...schemas.review import Ruling
from . import phrases
from .digest import (
    MARKS,
    WORST_FIRST,
    Quote,
    amount,
    by_verdict,
    implied_by_period,
    places,
    plain,
    quotes,
    rounding_habit,
    visible,
)
from .words import Lang, listed, say
from .wrapping import fold, two_ends

STYLES: dict[Verdict, str] = {
    "disagrees": "bold red",
    "truncated": "yellow",
    "cannot_tell": "cyan",
    "within_rounding": "blue",
    "agrees": "green",
}
_SHOWN = _MOST_UNTOLD = 12


def text(
    report: Report, *, lang: Lang = "zh", width: int = 80, colour: bool = False, everything: bool = False,
    rulings: Mapping[str, Ruling] | None = None,
) -> str:  # fmt: skip
    """The report as lines of at most ``width`` columns; escape codes only with ``colour``."""
    rows = lines(report, lang=lang, width=width, everything=everything, rulings=rulings)
    if not colour:
        return "".join(row.plain.rstrip() + "\n" for row in rows)
    console = Console(
        file=io.StringIO(), force_terminal=True, color_system="standard", width=width, legacy_windows=False
    )
    for row in rows:
        console.print(row, no_wrap=True, crop=False, overflow="ignore", highlight=False, soft_wrap=True)
    return str(console.file.getvalue())  # type: ignore[attr-defined]


def lines(
    report: Report, *, lang: Lang = "zh", width: int = 80, everything: bool = False, rulings: Mapping[str, Ruling] | None = None
) -> list[Text]:
    """The report as styled lines; ``everything`` adds what agrees. No terminal is narrower than 32 columns here.

    ``rulings`` are those of a person, by finding: a false alarm is named at the end and counted with nothing else.
    """
    ruled = rulings or {}
    dismissed = [finding for finding in report.findings if ruled.get(finding.id) == "false_alarm"]
    standing = tuple(finding for finding in report.findings if finding not in dismissed)
    left = msgspec.structs.replace(report, findings=standing) if dismissed else report
    width = max(width, 32)
    return [*_rows(left, lang, width, everything, ruled), *_dismissed(report, dismissed, lang, width)]


def _dismissed(report: Report, findings: list[Finding], lang: Lang, width: int) -> Iterator[Text]:
    if findings:
        yield Text()
        yield from fold(Text(f"⚑ {say(lang, 'page.dismissed', n=len(findings))}", "bold"), width)
    for finding in findings:
        yield from fold(Text(f"{MARKS[finding.verdict]} {phrases.heading(report, finding, lang)}", "dim"), width, 2)


def _rows(report: Report, lang: Lang, width: int, everything: bool, rulings: Mapping[str, Ruling]) -> Iterator[Text]:
    yield from _head(report, lang, width)
    findings = by_verdict(report)
    for verdict in WORST_FIRST[:3]:
        most = None if everything or verdict != "cannot_tell" else _MOST_UNTOLD
        for finding in findings[verdict][:most]:
            yield Text()
            yield from _card(report, finding, lang, width, rulings)
    if not everything and len(findings["cannot_tell"]) > _MOST_UNTOLD:
        yield Text()
        left = len(findings["cannot_tell"]) - _MOST_UNTOLD
        yield from fold(Text(say(lang, "report.untold", n=left), STYLES["cannot_tell"]), width)
    yield from _habit(report, lang, width)
    if everything:
        yield from _agreeing([*findings["within_rounding"], *findings["agrees"]], lang, width)
    yield from _rest(report, lang, width)
    yield from _issues(report, lang, width)


def _head(report: Report, lang: Lang, width: int) -> Iterator[Text]:
    document, coverage = report.document, report.coverage
    title = plain(document.title or "") or say(lang, "report.untitled")
    yield from fold(Text(title, "bold"), width)
    facts = [plain(fact) for fact in (document.issuer, document.event_date) if fact]
    facts.append(say(lang, "report.turns", n=len(report.turns)))
    counted = [say(lang, "report.figures", n=coverage.figures), say(lang, "report.checked", n=coverage.checked)]
    facts.append({"zh": "，", "en": ", "}[lang].join(counted))
    yield from fold(Text(" · ".join(facts), "dim"), width)
    yield Text()
    if not coverage.figures:
        yield from fold(Text(say(lang, "report.no_figures")), width)
        return
    if not report.findings:
        yield from fold(Text(say(lang, "report.no_findings")), width)
        return
    yield from _counts(report, lang, width)
    if not any(f.verdict in ("disagrees", "truncated") for f in report.findings):
        yield Text()
        yield from fold(Text(say(lang, "report.nothing_wrong")), width)


def _counts(report: Report, lang: Lang, width: int) -> Iterator[Text]:
    line = Text()
    for verdict, findings in by_verdict(report).items():
        part = Text(f"{MARKS[verdict]} {len(findings)} {say(lang, f'verdict.{verdict}', n=len(findings))}")
        part.stylize(STYLES[verdict] if findings else "dim")
        if line and line.cell_len + 3 + part.cell_len > width - 2:
            yield from fold(line, width, 2)
            line = Text()
        line = Text.assemble(line, "   ", part) if line else part
    yield from fold(line, width, 2)


def _card(report: Report, finding: Finding, lang: Lang, width: int, rulings: Mapping[str, Ruling]) -> Iterator[Text]:
    style = STYLES[finding.verdict]
    name = Text.assemble((f"{MARKS[finding.verdict]} ", style), (phrases.heading(report, finding, lang), "bold"))
    yield from two_ends(name, Text(phrases.turn(report, finding.turn, lang), "dim"), width)
    if rulings.get(finding.id) == "confirmed":
        yield Text(f"  ⚑ {say(lang, 'card.ruled_confirmed')}")
    message = plain(phrases.message(finding, lang))
    yield from fold(Text(message), width, 2)
    if finding.reason and say(lang, "report.cannot_tell") not in message:
        yield from fold(Text(say(lang, "report.reason", why=say(lang, f"reason.{finding.reason}")), style), width, 2)
    if finding.verdict == "disagrees":
        between = {"zh": "；", "en": "; "}[lang].join(phrases.intervals(report, finding, lang))
        yield from fold(Text(between, "dim"), width, 2) if between else ()
    for quote in quotes(report, finding):
        yield from fold(_quoted(quote, style, lang), width, 2)
    repair = phrases.repair(report, finding, lang)
    yield from fold(Text(repair), width, 2) if repair else ()


def _quoted(quote: Quote, style: str, lang: Lang) -> Text:
    """The quote with its figures marked; one for one, so that the marks stay where they are."""
    words = Text(visible(quote.text))
    for start, end in quote.marks:
        words.stylize(f"{style} underline", start, end)
    before, after = say(lang, "report.quote").split("{text}")
    return Text.assemble(before, words, after)


def _habit(report: Report, lang: Lang, width: int) -> Iterator[Text]:
    habit = rounding_habit(report)
    if not habit.rounded or not habit.cut:
        return
    yield Text()
    yield from fold(Text(say(lang, "report.habit", examples=listed(lang, habit.rounded[:5]))), width, 2)


def _agreeing(findings: list[Finding], lang: Lang, width: int) -> Iterator[Text]:
    if findings:
        yield Text()
        yield Text(say(lang, "report.agreeing"), "bold")
    for finding in findings:
        mark = Text(f"{MARKS[finding.verdict]} ", STYLES[finding.verdict])
        yield from fold(Text.assemble(mark, plain(phrases.message(finding, lang))), width, 2)


def _rest(report: Report, lang: Lang, width: int) -> Iterator[Text]:
    """Figures of other periods that follow from this text, and figures that nothing holds."""
    rows = []
    for period, values in implied_by_period(report).items():
        shown = listed(lang, [f"{name} {amount(i.value, i.unit)}".strip() for name, i in values[:_SHOWN]])
        when = say(lang, "report.year", n=period) if period.isdigit() else period or say(lang, "report.implied.unknown")
        rows.append(Text(plain(say(lang, "report.implied", period=when, values=shown))))
    unheld = [places(report)[i].surface for i in report.coverage.unheld if i in places(report)]
    if unheld:
        shown = listed(lang, [plain(surface) for surface in unheld[:_SHOWN]])
        more = " " + say(lang, "report.more", n=len(unheld)) if len(unheld) > _SHOWN else ""
        rows.append(Text(say(lang, "report.unheld", figures=shown + more)))
    if files := report.document.attachments:
        names = listed(lang, [plain(file.name) for file in files[:_SHOWN]])
        rows.append(Text(say(lang, "report.attachments", n=len(files), names=names)))
    if report.coverage.figures:
        rows.append(Text(say(lang, "report.explain", source=_quoted_name(report)), "dim"))
    if rows:
        yield Text()
    for row in rows:
        yield from fold(row, width)


def _quoted_name(report: Report) -> str:
    name = plain(report.document.source)
    return shlex.quote(name) if any(c in " \t'\"\\$&;|<>()*?[" for c in name) else name


def _issues(report: Report, lang: Lang, width: int) -> Iterator[Text]:
    if not report.issues:
        return
    yield Text()
    yield from fold(Text(say(lang, "report.issues"), "bold"), width)
    for line, times in Counter(phrases.issue(report, issue, lang) for issue in report.issues).items():
        again = f" ×{times}" if times > 1 else ""
        yield from fold(Text.assemble(("! ", "magenta"), line + again), width, 2)
