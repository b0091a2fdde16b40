"""One report as a page: the view that the templates fill, and the self-contained file without scripts."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...schemas.report import Report
from ...schemas.review import Ruling
from ..errors import HeshuError
from . import charts, phrases
from .cards import Card, cards
from .digest import MARKS, WORST_FIRST, amount, implied_by_period, places, plain, shorten
from .marked import transcript
from .words import Lang, say

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).with_name("templates")


def page(report: Report, lang: Lang = "zh", rulings: Mapping[str, Ruling] | None = None) -> bytes:
    """The self-contained file: style inside, charts as data, nothing fetched and nothing run. UTF-8.

    Raises HeshuError without the extra ``web``.
    """
    environment = templates()
    seen = view(report, lang, rulings or {})
    try:
        drawn = [(chart, _data(charts.svg(chart))) for chart in seen["charts"]]
    except ImportError as error:
        raise _missing(error) from error
    from markupsafe import Markup

    # Ours, and the only string that is not escaped.
    style = Markup((TEMPLATES / "sheet.css").read_text(encoding="utf-8"))
    template = environment.get_template("file.html")
    return template.render(**seen, drawn=drawn, style=style, t=speaker(lang)).encode("utf-8", "replace")


@cache
def templates(more: Path | None = None) -> jinja2.Environment:
    """The templates, every value escaped; ``more`` is a folder that is looked at first. Raises HeshuError."""
    try:
        import jinja2
    except ImportError as error:
        raise _missing(error) from error
    folders = [str(folder) for folder in (more, TEMPLATES) if folder]
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, auto_reload=False,
    )  # fmt: skip


def _missing(error: ImportError) -> HeshuError:
    return HeshuError("the page", f"{error.name} is not installed", "pip install 'heshu[web]'")


def speaker(lang: Lang) -> Callable[..., str]:
    """``say`` in one language, for the templates."""
    return lambda key, **parts: say(lang, key, **parts)


def view(report: Report, lang: Lang, rulings: Mapping[str, Ruling]) -> dict[str, Any]:
    """What the templates show of a report; nothing in it is markup."""
    made = cards(report, lang, rulings)
    standing = [card for card in made if card.ruling != "false_alarm"]
    document, known = report.document, places(report)
    facts = (document.issuer, document.region.name if document.region and not document.issuer else None, document.event_date)
    return {
        "lang": lang,
        "document": document,
        "title": plain(document.title or "") or say(lang, "report.untitled"),
        "facts": [plain(fact) for fact in facts if fact],
        "source": shorten(plain(document.source), 200),
        "original": document.source if document.source.startswith(("http://", "https://")) else "",
        "counts": [_count(standing, verdict, lang) for verdict in WORST_FIRST],
        "cards": [card for card in standing if card.verdict in WORST_FIRST[:4]],
        "agreeing": [card for card in standing if card.verdict == "agrees"],
        "dismissed": [card for card in made if card.ruling == "false_alarm"],
        "nothing": _nothing(report, standing, lang),
        "blocks": transcript(report, made, lang),
        "issues": _issues(report, lang),
        "unheld": [(id_, shorten(plain(known[id_].surface), 30)) for id_ in report.coverage.unheld if id_ in known],
        "implied": _implied(report, lang),
        "coverage": report.coverage,
        "charts": charts.of(report, made, lang),
        "version": report.tool.version,
    }


def _count(made: list[Card], verdict: str, lang: Lang) -> dict[str, Any]:
    number = sum(card.verdict == verdict for card in made)
    return {"verdict": verdict, "mark": MARKS[verdict], "n": number, "words": say(lang, f"verdict.{verdict}", n=number)}  # type: ignore[index]


def _nothing(report: Report, standing: list[Card], lang: Lang) -> str:
    """The sentence for a report that has nothing to complain of."""
    if not report.coverage.figures:
        return say(lang, "report.no_figures")
    if not report.findings:
        return say(lang, "report.no_findings")
    if not any(card.verdict in ("disagrees", "truncated") for card in standing):
        return say(lang, "report.nothing_wrong")
    return ""


def _issues(report: Report, lang: Lang) -> list[tuple[str, bool, str]]:
    """Anchor, whether it has a place in the text, and the words of each issue."""
    return [(f"issue-{n}", bool(issue.surface), phrases.issue(report, issue, lang)) for n, issue in enumerate(report.issues)]


def _implied(report: Report, lang: Lang) -> list[tuple[str, list[tuple[str, str, str]]]]:
    rows = []
    for period, values in implied_by_period(report).items():
        when = say(lang, "report.year", n=period) if period.isdigit() else period or say(lang, "report.implied.unknown")
        shown = [(plain(name), amount(i.value, i.unit), i.from_[0] if i.from_ else "") for name, i in values]
        rows.append((plain(when), shown))
    return rows


def _data(svg: str) -> str:
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")
