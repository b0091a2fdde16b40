"""How a check says what it found: the verdict, one sentence of working in two languages, the licence of its template."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Identity, Message, Reason, Verdict
from ...schemas.identity import record_id
from ..interval import Interval, decimal, judge, rounded
from ._qualified import other_basis

_SCALES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

@cache
def _licence_rows() -> dict[str, str]:
    with (Path(__file__).parent / "_licences.tsv").open(encoding="utf-8", newline="") as lines:
        return {r["template"]: r["accuses"] for r in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}


@cache
def licences() -> dict[str, bool]:
    """Binding template → whether it may accuse; the counts behind it stand in the table."""
    return {template: accuses == "yes" for template, accuses in _licence_rows().items()}


def confirms_only(finding: Finding) -> bool:
    """Whether the template may only confirm, and this finding does not: its binding was none.

    What the place alone binds (``exactly``) must agree to the last digit, the other templates within rounding; a headline
    and a ratio may also be cut off.
    """
    licence = _licence_rows().get(finding.rule)
    if licence == "exactly":
        return finding.verdict != "agrees"
    bound = finding.identity == "ratio" and "last larger" not in finding.rule
    cut = finding.verdict == "truncated" and (bound or finding.rule == "a headline and its text")
    return licence == "confirms" and finding.verdict not in ("agrees", "within_rounding") and not cut


def printed(ledger: Ledger, item: Item) -> str:
    """The figure as printed."""
    start, end = ledger.view.span(item.start, item.end)
    return _squeezed(ledger.text[item.start : item.end]) if end > start else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())


def scale(item: Item, text: str) -> tuple[Fraction, str]:
    """The printed multiplier of a figure and its name: 1559.8亿元 → 10⁸, 亿."""
    words = text[item.reading.number[0] : item.reading.number[1]].rstrip("余多")
    for factor, word in _SCALES:
        if words.endswith(word) and item.reading.kind not in ("rate", "points"):
            return Fraction(factor), word
    return Fraction(1), ""


def conclude(
    ledger: Ledger,
    identity: Identity,
    claim: Item,
    operands: Sequence[Item],
    expression: str,
    point: Fraction,
    span: Interval,
    rule: str,
    *,
    weights: tuple[int, ...] | None = None,
    cuts: bool = False,
    reason: Reason | None = None,
    assumed: tuple[str, str] | None = None,
    another: Callable[[], bool] | None = None,
) -> Finding:
    """A finding on ``claim``: ``point`` is the value recomputed from the printed operands, ``span`` what it may be.

    ``reason`` forces cannot_tell. ``another`` is asked before an accusation whether another reading would fit.
    A disagreement of a template without licence becomes cannot_tell, unproven_template.
    """
    verdict: Verdict = "cannot_tell" if reason else judge(point, span, claim.reading, cuts=cuts)
    if verdict == "disagrees":
        reason = doubt(ledger, claim, operands, rule) or ("ambiguous" if another is not None and another() else None)
        if reason:
            verdict = "cannot_tell"
    message, stated = _said(ledger, claim, verdict, reason, expression, point, assumed)
    ledger.note(f"{identity} [{rule}] {expression} → {stated}: {verdict}" + (f" ({reason})" if reason else ""))
    more = identity + "|" + "|".join(str(o.n) for o in operands) + rule
    low, high = (None if v is None else decimal(v) for v in span)
    turn = ledger.turn_ids[claim.turn] if 0 <= claim.turn < len(ledger.turn_ids) else None
    return Finding(
        record_id(ledger.document.id, "check", claim.start, claim.end, more), identity, ledger.ids[claim.n], tuple(ledger.ids[o.n] for o in operands),
        weights, expression, decimal(point), low, high, stated, verdict, message, rule, reason, None, turn,
    )


def _said(
    ledger: Ledger, claim: Item, verdict: Verdict, reason: Reason | None, expression: str, point: Fraction, assumed: tuple[str, str] | None
) -> tuple[Message, str]:
    """The sentence of working, and the claim as printed."""
    factor, word = scale(claim, ledger.text)
    unit = unit_word(claim, word)
    short = decimal(point / factor, 4)
    shown = short + ("…" if short != decimal(point / factor, 14) else "")
    near = rounded(point / factor, claim.reading.step / int(factor)) if claim.reading.step else short
    stated = printed(ledger, claim)
    return _message(verdict, reason, expression, shown + unit, near + unit, stated, assumed), stated


def unit_word(claim: Item, scale_word: str) -> str:
    """The unit behind a recomputed number."""
    kind = claim.reading.kind
    if kind == "rate":
        return "%"
    if kind == "points":
        return "个百分点"
    if kind == "multiple":
        return "倍"
    if kind == "money":
        return scale_word + {"CNY": "元", "USD": "美元", "EUR": "欧元", "HKD": "港元", "JPY": "日元"}.get(claim.reading.unit, claim.reading.unit)
    return scale_word + claim.reading.unit


def doubt(ledger: Ledger, claim: Item, operands: Sequence[Item], rule: str) -> Reason | None:
    """Why a disagreement must not be called one: a template that has not proven itself, a hedged figure."""
    if not licences().get(rule, False):
        return "unproven_template"
    if any(o.reading.bound is not None for o in operands):
        return "hedged"
    if any("open_issue" in o.flags for o in (claim, *operands)):
        return "open_issue"
    if operands and other_basis(ledger, claim, operands, rule):
        return "other_basis"
    return None


_REASONS: dict[Reason, tuple[str, str]] = {
    "operand_missing": ("文中没有要用的数字", "a figure it needs is not printed"),
    "ambiguous": ("可用的数字不止一个", "more than one figure could be meant"),
    "hedged": ("有的数字只是约数或界限", "a figure is only approximate or a bound"),
    "overlapping": ("各部分之间可能有交叉", "the parts may overlap"),
    "open_list": ("所列部分可能不全", "the list may not be complete"),
    "other_basis": ("口径可能不同", "the figures may be on another basis"),
    "unproven_template": ("这种读法还没有足够的把握", "this way of reading has not proven itself"),
    "open_issue": ("句中有没有读懂的地方", "the sentence holds something that was not understood"),
}


def _message(
    verdict: Verdict, reason: Reason | None, expression: str, shown: str, near: str, stated: str, assumed: tuple[str, str] | None
) -> Message:
    zh_more, en_more = (f"（{assumed[0]}）", f" ({assumed[1]})") if assumed else ("", "")
    if verdict == "agrees":
        return Message(f"{expression} = {shown}，与文中的{stated}一致{zh_more}。", f"{expression} = {shown}, as printed: {stated}{en_more}.")
    if verdict == "within_rounding":
        return Message(
            f"{expression} = {shown}，考虑各数字自身的舍入，与文中的{stated}相符{zh_more}。",
            f"{expression} = {shown}, which fits the printed {stated} once the rounding of the figures is allowed for{en_more}.",
        )
    if verdict == "truncated":
        return Message(
            f"{expression} = {shown}，四舍五入为{near}，文中写{stated}，只有截去尾数才成立{zh_more}。",
            f"{expression} = {shown}, rounded {near}; {stated} is printed, which holds only if it was cut off{en_more}.",
        )
    if verdict == "disagrees":
        return Message(
            f"{expression} = {shown}，应为{near}，与文中的{stated}不一致{zh_more}。",
            f"{expression} = {shown}, that is {near}, which does not agree with the printed {stated}{en_more}.",
        )
    zh, en = _REASONS[reason or "ambiguous"]
    return Message(
        f"{expression} = {shown}，文中写{stated}；无法判断：{zh}{zh_more}。",
        f"{expression} = {shown}, {stated} is printed; cannot tell: {en}{en_more}.",
    )
