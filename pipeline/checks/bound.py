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
    from ..relate.thresholds import Bound

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
    for bound in ledger.bounds:
        yield _held(ledger, bound)


def _held(ledger: Ledger, bound: Bound) -> Finding:
    """A figure and the line it is held against, or what it is part of by its name."""
    smaller, larger, claim = bound.smaller, bound.larger, bound.claim
    own = smaller if claim is larger else larger
    apart = smaller.reading.low is not None and larger.reading.high is not None and smaller.reading.low > larger.reading.high
    ranged = larger.reading.value is None or smaller.reading.value is None
    apart = apart or (not ranged and smaller.value > larger.value and smaller.reading.step == larger.reading.step)
    reason = doubt(ledger, claim, [own], bound.template) if apart else None
    verdict: Verdict = "agrees" if not apart else "cannot_tell" if reason else "disagrees"
    a, b = printed(ledger, own), printed(ledger, claim)
    sign = "≤" if own is smaller else "≥"
    zh, en = ("不大于", "is not larger than") if own is smaller else ("不小于", "is not smaller than")
    words = {
        "agrees": (f"{a}{zh}{b}，与文中的说法一致。", f"{a} {en} {b}, as the text says."),
        "disagrees": (f"{a}并非{zh}{b}，与文中的说法不一致。", f"The text says that {a} {en} {b}; it is not so."),
        "cannot_tell": (
            f"文中似说{a}{zh}{b}，并非如此；是否指这两个数没有足够的把握，无法判断。",
            f"That {a} {en} {b} does not hold; whether the two are meant is not certain.",
        ),
    }[verdict]
    ledger.note(f"bound [{bound.template}] {a} {sign} {b}: {verdict}")
    span = of(own.reading)
    return Finding(
        record_id(ledger.document.id, "check", own.start, own.end, f"bound|{claim.n}|{bound.template}"),
        "bound", ledger.ids[claim.n], (ledger.ids[own.n],), None, f"{a} {sign} {b}", decimal(Fraction(own.value)),
        None if span.low is None else decimal(span.low), None if span.high is None else decimal(span.high),
        b, verdict, Message(*words), bound.template, reason, None, ledger.turn_ids[own.turn] if 0 <= own.turn < len(ledger.turn_ids) else None,
    )


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
