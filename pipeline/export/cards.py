"""One finding as a person reads it: a sentence, the formula, both intervals, the quoted figures, what was assumed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple
from urllib.parse import quote as percent

from ...schemas.figure import Figure
from ...schemas.finding import Finding, Verdict
from ...schemas.ranking import Ranking
from ...schemas.report import Report
from ...schemas.review import Ruling
from . import phrases
from .digest import MARKS, Quote, amount, by_verdict, places, plain, quotes, rounding_habit, shorten, visible
from .words import Lang, listed, say

# What these identities recompute is no value that the claim could be held against.
_COMPARED = ("bound", "direction", "rank", "repeat")
_OPERAND = re.compile(r"([0-9][0-9,.]*)([^\s0-9+−×÷=()≤≥<>,.]*)")
_MEASURES = ("count", "quantity", "duration", "threshold")


class Place(NamedTuple):
    """A figure or ranking that a finding uses: ``words`` name it, ``where`` is its turn."""

    id: str
    surface: str
    words: str
    where: str
    is_claim: bool


class Card(NamedTuple):
    """Everything that is shown of a finding; empty strings and tuples where there is nothing to say."""

    id: str
    verdict: Verdict
    mark: str
    verdict_words: str
    heading: str
    where: str
    sentence: str
    reason: str
    formula: str
    printed: str
    possible: str
    places: tuple[Place, ...]
    quotes: tuple[tuple[tuple[str, bool], ...], ...]
    assumed: tuple[tuple[str, str], ...]
    rule: str
    identity: str
    repair: str
    habit: str
    original: str
    ruling: Ruling | None


class _Frame(NamedTuple):
    """What all cards of one report share."""

    report: Report
    known: Mapping[str, Figure | Ranking]
    turns: Mapping[str, str]
    habit: str
    lang: Lang


def cards(report: Report, lang: Lang, rulings: Mapping[str, Ruling]) -> list[Card]:
    """All findings, worst first; those that a person ruled a false alarm stand last among their verdict."""
    frame = _Frame(report, places(report), phrases.turns(report, lang), _habit(report, lang), lang)
    ordered = [finding for findings in by_verdict(report).values() for finding in findings]
    made = [_card(frame, finding, rulings.get(finding.id)) for finding in ordered]
    rank = {verdict: number for number, verdict in enumerate(MARKS)}
    return sorted(made, key=lambda card: (rank[card.verdict], card.ruling == "false_alarm"))


def _card(frame: _Frame, finding: Finding, ruling: Ruling | None) -> Card:
    report, known, lang = frame.report, frame.known, frame.lang
    claim = known.get(finding.claim or "")
    printed, possible = _intervals(finding, claim)
    sentence = plain(phrases.message(finding, lang))
    reason = ""
    if finding.reason and say(lang, f"reason.{finding.reason}") not in sentence:
        reason = say(lang, f"reason.{finding.reason}")
    # What agrees is shown in two lines, without its words.
    said = [] if finding.verdict == "agrees" else quotes(report, finding, known)
    return Card(
        finding.id, finding.verdict, MARKS[finding.verdict], say(lang, f"verdict.{finding.verdict}", n=1),
        phrases.headed(claim, finding, lang), frame.turns.get(finding.turn or "", ""), sentence, reason,
        formula(finding, claim), printed, possible, tuple(_places(frame, finding)),
        tuple(_pieces(quote) for quote in said), tuple(_assumed(known, finding, lang)), finding.rule,
        say(lang, f"identity.{finding.identity}"), phrases.repair(report, finding, lang, known),
        frame.habit if finding.verdict == "truncated" else "", _original(report, said), ruling,
    )  # fmt: skip


def formula(finding: Finding, claim: Figure | Ranking | None) -> str:
    """``141 ÷ 164 = 85.976%``: the expression, and its value to two places more than the claim prints."""
    expression = plain(finding.expression)
    if finding.identity in _COMPARED or not finding.computed or not expression:
        return expression
    if finding.identity in ("ratio", "growth"):
        suffixes = {suffix for _, suffix in _OPERAND.findall(expression)}
        if len(suffixes) == 1:
            expression = _OPERAND.sub(r"\1", expression)
    if not isinstance(claim, Figure):
        unit = "%" if finding.identity == "shares" else ""
        return f"{expression} = {_short(finding.computed, 2)}{unit}"
    if claim.unit in ("percent", "percentage_point"):
        decimals = len(m[1]) if (m := re.search(r"[.．](\d+)", claim.surface)) else 0
        return f"{expression} = {_short(finding.computed, decimals + 2)}{_unit(claim)}"
    return f"{expression} = {amount(finding.computed, claim.unit)}{_unit(claim)}"


def _short(value: str, decimals: int) -> str:
    text = str(Decimal(value).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unit(figure: Figure) -> str:
    if figure.kind in _MEASURES:
        return "元" if figure.unit == "CNY" else plain(figure.unit)
    words = {"percent": "%", "percentage_point": "个百分点", "times": "倍", "CNY": "元", "rank": "", "index": ""}
    return words.get(figure.unit, f" {plain(figure.unit)}")


def between(low: str, high: str, figure: Figure) -> str:
    """``85.85 – 85.95%``, in the large units of a person; one value where both ends are the same."""
    ends = list(dict.fromkeys(amount(end, figure.unit).removesuffix("%") for end in (low, high)))
    word = next((word for word in ("亿", "万") if all(end.endswith(word) for end in ends)), "")
    ends = [end.removesuffix(word) for end in ends]
    return " – ".join(ends) + word + _unit(figure)


def _intervals(finding: Finding, claim: Figure | Ranking | None) -> tuple[str, str]:
    if not isinstance(claim, Figure) or finding.identity in _COMPARED:
        return "", ""
    printed = between(claim.low, claim.high, claim) if claim.low and claim.high else ""
    low, high = finding.computed_low, finding.computed_high
    return printed, between(low, high, claim) if low and high else ""


def _places(frame: _Frame, finding: Finding) -> Iterator[Place]:
    for id_ in dict.fromkeys((*((finding.claim,) if finding.claim else ()), *finding.operands)):
        found = frame.known.get(id_)
        if found is not None:
            words = found.metric_text or (found.subject if isinstance(found, Figure) else found.scope_text) or ""
            where = frame.turns.get(found.turn or "", "")
            yield Place(id_, shorten(plain(found.surface), 40), shorten(plain(words), 30), where, id_ == finding.claim)


def _pieces(quote: Quote) -> tuple[tuple[str, bool], ...]:
    """The quote in stretches, each with whether it is a figure of the finding."""
    pieces, end = list[tuple[str, bool]](), 0
    for start, stop in quote.marks:
        if start < end:
            continue
        pieces += [(quote.text[end:start], False), (quote.text[start:stop], True)]
        end = stop
    pieces.append((quote.text[end:], False))
    return tuple((visible(text), marked) for text, marked in pieces if text)


def _assumed(known: Mapping[str, Figure | Ranking], finding: Finding, lang: Lang) -> Iterator[tuple[str, str]]:
    """Period, set, denominator and what a change is compared with: what the judgement rests on."""
    claim = known.get(finding.claim or "") or next((known[i] for i in finding.operands if i in known), None)
    if claim is not None and claim.period:
        dates = " – ".join(dict.fromkeys(date for date in (claim.period.start, claim.period.end) if date))
        words = dates or plain(claim.period.text or "")
        if words:
            yield say(lang, "card.period"), words
    if isinstance(claim, Figure):
        scope = " › ".join(dict.fromkeys(plain(name) for name in claim.scope if name))
        if scope:
            yield say(lang, "card.scope"), scope
        if claim.comparison:
            yield say(lang, "card.comparison"), plain(claim.comparison.text) or claim.comparison.with_
    if finding.identity == "ratio" and len(finding.operands) == 2:
        whole = known.get(finding.operands[1])
        if isinstance(whole, Figure):
            named = plain(whole.metric_text or whole.subject or "")
            yield say(lang, "card.denominator"), f"{named} {plain(whole.surface)}".strip()


def _habit(report: Report, lang: Lang) -> str:
    """How the rates of the text that tell it were printed, for a finding that holds only by cutting off."""
    habit = rounding_habit(report)
    return say(lang, "report.habit", examples=listed(lang, [plain(rate) for rate in habit.rounded[:5]])) if habit.rounded else ""


def _original(report: Report, said: list[Quote]) -> str:
    """The link to the very words on the page the document came from; empty where it is no web address."""
    source = report.document.source
    if not re.match(r"https?://[^\s/]", source):
        return ""
    words = next((quote.text for quote in said if "…" not in quote.text and "\n" not in quote.text), "")
    address = source.partition("#")[0]
    # A hyphen, comma or ampersand would be read as part of the syntax of the fragment.
    return f"{address}#:~:text={percent(words, safe='').replace('-', '%2D')}" if words else address
