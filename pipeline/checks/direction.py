"""The verb between two levels says which is larger: 由203家增加到1124家, 由2.31缩小到2.12, 由第七位升至第四位."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Message, Reason, Verdict
from ...schemas.identity import record_id
from ..interval import Interval, decimal, of
from ._finding import doubt, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "direction"
RULE = "from one to another, by the verb"
_UP = re.compile(r"(?P<verb>增加|增长|增|上升|升|提高|提升|扩大|跃升|攀升|上涨|涨|发展|拓展|上调)(?:到|至|为)了?$")
_DOWN = re.compile(r"(?P<verb>减少|减|下降|降低|降|回落|缩小|缩短|压减|压缩|收窄|下调|下跌|跌)(?:到|至|为)了?$")
_WHEN = re.compile(r"(?:(?:19|20)\d\d年(?:末|底|度)?|去年|今年|上年|目前|现在|\d{1,2}月(?:份|底|末)?)的?$")
_KINDS = ("count", "money", "quantity", "rate", "index", "duration", "rank")


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per pair of levels with 由, 从 before the first and a verb that ends in 到, 至, 为 before the second."""
    for then, now in pairwise(ledger.items):
        if then.reading.kind != now.reading.kind or then.reading.kind not in _KINDS or then.unit != now.unit:
            continue
        if not _joined(ledger, then, now):
            continue
        words = _WHEN.sub("", now.near)
        up, down = _UP.search(words), _DOWN.search(words)
        if up or down:
            yield _judge(ledger, then, now, (up or down)["verb"], up is not None)  # type: ignore[index]


def _joined(ledger: Ledger, then: Item, now: Item) -> bool:
    """由 stands before the first, both have one value and no sign of a fall, and no mark but a comma divides them."""
    plain = all(x.reading.value is not None and x.role != "growth" for x in (then, now))
    begun = bool(re.search(r"[由从][^，。；;]{0,24}$", then.near))
    gap = ledger.gap(then, now)
    return plain and begun and then.sentence == now.sentence and then.bracket == now.bracket and not re.search(r"[；;。、(]", gap)


def _judge(ledger: Ledger, then: Item, now: Item, verb: str, up: bool) -> Finding:
    """A better rank is a smaller number: 由第七位升至第四位 rises."""
    change, span = Fraction(now.value) - Fraction(then.value), of(now.reading) + -of(then.reading)
    rises = up != (now.reading.kind == "rank")
    holds = change > 0 if rises else change < 0
    verdict: Verdict = "agrees"
    reason: Reason | None = None
    if not holds:
        verdict = "within_rounding" if _may(span, rises) else "disagrees"
        reason = doubt(ledger, now, [then], RULE) if verdict == "disagrees" else None
        verdict = "cannot_tell" if reason else verdict
    a, b = printed(ledger, then), printed(ledger, now)
    ledger.note(f"direction [{RULE}] {a} → {b} {verb}: {verdict}")
    turn = ledger.turn_ids[now.turn] if 0 <= now.turn < len(ledger.turn_ids) else None
    return Finding(
        record_id(ledger.document.id, "check", then.start, now.end, "direction"), "direction", None, (ledger.ids[now.n], ledger.ids[then.n]), None,
        f"{b} {'>' if change > 0 else '<' if change < 0 else '='} {a}", decimal(change), None if span.low is None else decimal(span.low),
        None if span.high is None else decimal(span.high), None, verdict, _message(verdict, a, b, verb), RULE, reason, None, turn,
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
