"""A part is not larger than its whole: 164 ≤ 472."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Message, Verdict
from ...schemas.identity import record_id
from ..interval import decimal, of
from ._finding import doubt, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "bound"
_FORMULAS = (
    "the formula of a named difference", "the formula of a named sum", "the earlier level and the increment",
    "a level, what it is compared with, and the difference", "members whose shares make 100",
)


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per part that stands alone under its whole, and per part of a list that is larger than the whole."""
    for partition in ledger.partitions:
        host = ledger.items[partition.host]
        if host.role == "increment":
            continue
        for n in partition.parts:
            part = ledger.items[n]
            larger = part.reading.low is not None and host.reading.high is not None and part.reading.low > host.reading.high
            if partition.template not in _FORMULAS and (len(partition.parts) == 1 or larger):
                yield _judge(ledger, part, host, larger, f"one part: {partition.template}")


def _judge(ledger: Ledger, part: Item, host: Item, larger: bool, rule: str) -> Finding:
    reason = doubt(ledger, host, [part], rule) if larger else None
    verdict: Verdict = "agrees" if not larger else "cannot_tell" if reason else "disagrees"
    a, b = printed(ledger, part), printed(ledger, host)
    words = {
        "agrees": (f"部分{a}不大于总体{b}。", f"The part {a} is not larger than the whole {b}."),
        "disagrees": (f"部分{a}大于总体{b}，不一致。", f"The part {a} is larger than the whole {b}."),
        "cannot_tell": (
            f"{a}大于{b}，但它是不是其中的一部分没有足够的把握，无法判断。",
            f"{a} is larger than {b}, but whether it is a part of it is not certain: cannot tell.",
        ),
    }[verdict]
    ledger.note(f"bound [{rule}] {a} ≤ {b}: {verdict}")
    span = of(part.reading)
    return Finding(
        record_id(ledger.document.id, "check", part.start, part.end, f"bound|{host.n}"), "bound", ledger.ids[host.n], (ledger.ids[part.n],), None,
        f"{a} ≤ {b}", decimal(Fraction(part.value)), None if span.low is None else decimal(span.low), None if span.high is None else decimal(span.high),
        b, verdict, Message(*words), rule, reason, None, ledger.turn_ids[part.turn] if 0 <= part.turn < len(ledger.turn_ids) else None,
    )
