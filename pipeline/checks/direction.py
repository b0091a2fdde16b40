"""The verb between two levels says which is larger: 由203家增加到1124家, 由2.31缩小到2.12, 由第七位升至第四位."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Message, Reason, Verdict
from ...schemas.identity import record_id
from ..interval import Interval, decimal, of
from ._finding import doubt, printed

if TYPE_CHECKING:
    from ..relate.ledger import Ledger
    from ..relate.moves import Move

IDENTITY = "direction"


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per movement that the words tell."""
    for move in ledger.moves:
        yield _judge(ledger, move)


def _judge(ledger: Ledger, move: Move) -> Finding:
    """A better rank is a smaller number: 由第七位升至第四位 rises."""
    then, now, verb, up, rule = move
    change, span = Fraction(now.value) - Fraction(then.value), of(now.reading) + -of(then.reading)
    rises = up != (now.reading.kind == "rank")
    holds = change > 0 if rises else change < 0
    verdict: Verdict = "agrees"
    reason: Reason | None = None
    if not holds:
        verdict = "within_rounding" if _may(span, rises) else "disagrees"
        reason = doubt(ledger, now, [then], rule) if verdict == "disagrees" else None
        verdict = "cannot_tell" if reason else verdict
    a, b = printed(ledger, then), printed(ledger, now)
    ledger.note(f"direction [{rule}] {a} → {b} {verb}: {verdict}")
    turn = ledger.turn_ids[now.turn] if 0 <= now.turn < len(ledger.turn_ids) else None
    return Finding(
        record_id(ledger.document.id, "check", then.start, now.end, "direction"), "direction", None, (ledger.ids[now.n], ledger.ids[then.n]), None,
        f"{b} {'>' if change > 0 else '<' if change < 0 else '='} {a}", decimal(change), None if span.low is None else decimal(span.low),
        None if span.high is None else decimal(span.high), None, verdict, _message(verdict, a, b, verb), rule, reason, None, turn,
    )


def _may(span: Interval, rises: bool) -> bool:
    """Whether the printed places hide a change in the direction of the verb."""
    end = span.high if rises else span.low
    return end is None or (end > 0 if rises else end < 0)


def _message(verdict: Verdict, a: str, b: str, verb: str) -> Message:
    words = {
        "agrees": (f"从{a}到{b}，与“{verb}”一致。", f"From {a} to {b}: {verb} agrees."),
        "within_rounding": (f"从{a}到{b}，考虑舍入，与“{verb}”相符。", f"From {a} to {b}: {verb} holds once rounding is allowed for."),
        "disagrees": (f"从{a}到{b}，与“{verb}”不一致。", f"From {a} to {b}: {verb} does not agree."),
        "cannot_tell": (f"从{a}到{b}，文中说“{verb}”；无法判断。", f"From {a} to {b}, the text says {verb}: cannot tell."),
    }
    return Message(*words[verdict])
