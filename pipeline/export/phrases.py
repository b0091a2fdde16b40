"""Short pieces of wording that the terminal, the page and the notebook share: headings, places, intervals, issues."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...schemas.figure import Figure
from ...schemas.finding import Finding
from ...schemas.issue import Issue
from ...schemas.ranking import Ranking
from ...schemas.report import Report
from .digest import amount, places, plain, shorten
from .words import Lang, say


def message(finding: Finding, lang: Lang) -> str:
    """The sentence with the working."""
    return finding.message.zh if lang == "zh" else finding.message.en


def heading(report: Report, finding: Finding, lang: Lang) -> str:
    """What the claim names and its printed figure; the identity where nothing is claimed."""
    return headed(places(report).get(finding.claim or ""), finding, lang)


def headed(claim: Figure | Ranking | None, finding: Finding, lang: Lang) -> str:
    """The heading where the claim is at hand."""
    if claim is None:
        return say(lang, f"identity.{finding.identity}")
    subject = claim.metric_text or claim.subject
    if not subject and not isinstance(claim, Figure):
        subject = say(lang, "identity.rank")
    surface = shorten(plain(claim.surface), 30)
    return f"{shorten(plain(subject), 30)} {surface}" if subject else surface


def turn(report: Report, id_: str | None, lang: Lang) -> str:
    """Who said it and in which turn; empty where the turn is unknown."""
    return turns(report, lang).get(id_ or "", "")


def turns(report: Report, lang: Lang) -> dict[str, str]:
    """The speaker and number of every turn, by its id."""
    named = dict[str, str]()
    for number, turn in enumerate(report.turns, 1):
        if turn.speaker:
            named[turn.id] = say(lang, "report.turn", speaker=plain(turn.speaker), n=number)
        else:
            named[turn.id] = say(lang, "report.turn_only", n=number)
    return named


def intervals(report: Report, finding: Finding, lang: Lang) -> Iterator[str]:
    """What the printed claim may stand for, and what its operands allow; nothing where either is unknown."""
    claim = places(report).get(finding.claim or "")
    if not isinstance(claim, Figure) or not finding.computed_low or not finding.computed_high:
        return
    if claim.low and claim.high:
        yield f"{say(lang, 'report.printed')} {_between(claim.low, claim.high, claim.unit)}"
    yield f"{say(lang, 'report.possible')} {_between(finding.computed_low, finding.computed_high, claim.unit)}"


def _between(low: str, high: str, unit: str) -> str:
    return f"[{amount(low, unit)}, {amount(high, unit)}]"


def issue(report: Report, found: Issue, lang: Lang) -> str:
    """What was not understood, its words, its turn."""
    turns = [n for n, turn in enumerate(report.turns, 1) if turn.start <= found.start < turn.end]
    surface = say(lang, "report.quote", text=shorten(plain(found.surface), 40)) if found.surface else ""
    where = say(lang, "report.issue_at", n=turns[0]) if turns else ""
    words = plain(found.message.zh if lang == "zh" else found.message.en)
    name = say(lang, f"issue.{found.code}")
    return " · ".join(dict.fromkeys(part for part in (name, surface, where, words) if part))


def repair(report: Report, finding: Finding, lang: Lang, known: Mapping[str, Figure | Ranking] | None = None) -> str:
    """The change of one figure that would make it agree; empty where there is none."""
    if finding.repair is None:
        return ""
    changed = (places(report) if known is None else known).get(finding.repair.figure)
    if changed is None:
        return ""
    return say(
        lang, "report.repair", **{"from": plain(changed.surface)}, to=plain(finding.repair.surface), n=finding.repair.makes_agree
    )
