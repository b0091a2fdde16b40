"""The shares of one whole make 100%: 0.7 + 50.7 + 48.6."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Message, Reason, Verdict
from ...schemas.identity import record_id
from ..interval import Interval, decimal, of, total
from ._finding import doubt, printed

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

IDENTITY = "shares"
_WIDER = re.compile(r"占(?P<where>全[国球省市区县州]|世界)")


def check(ledger: Ledger) -> Iterator[Finding]:
    """Shares beside the members of a complete list, lists that shares make, structures with colons."""
    seen: set[int] = set()
    for partition in ledger.partitions:
        if len(partition.parts) < 2 or partition.open_ended or not partition.closed or partition.template == "members whose shares make 100":
            continue
        shares = _beside(ledger, [ledger.items[n] for n in partition.parts])
        if shares and not seen & {s.n for s in shares} and not _of_wider(ledger, shares, ledger.items[partition.host]):
            seen |= {s.n for s in shares}
            yield _judge(ledger, shares, f"shares beside the members of a list, {partition.template}", True)
    for run in _structures(ledger):
        yield _judge(ledger, run, "a structure with colons", True)
    for item in ledger.share_lists:
        if not seen & set(item.claims):
            seen |= set(item.claims)
            yield _judge(ledger, [ledger.items[n] for n in item.claims], item.template, item.closed)


def _of_wider(ledger: Ledger, shares: list[Item], host: Item) -> bool:
    """全市…，其中出口800亿元，占全省出口的5.1%: each share is of the same thing of a wider place."""
    told = ledger.text[ledger.sentences[host.sentence][0] : host.end]
    return any(m["where"] not in told for share in shares for m in _WIDER.finditer(ledger.chain(share)[0].near))


def _beside(ledger: Ledger, parts: list[Item]) -> list[Item]:
    """The share printed behind each part, before the next; or a list of as many shares behind the last."""
    shares: list[Item] = []
    for i, part in enumerate(parts):
        stop = parts[i + 1].n if i + 1 < len(parts) else part.n + 4
        found = [
            x for x in ledger.items[part.n + 1 : min(stop, part.n + 5)]
            if x.role in ("share", "bare") and x.reading.kind == "rate" and x.reading.value is not None and x.sentence == part.sentence
        ]
        if len(found) > 1 and i + 1 == len(parts):
            found = found[:1]
        if len(found) != 1:
            return _behind(ledger, parts)
        shares.append(found[0])
    return shares


def _behind(ledger: Ledger, parts: list[Item]) -> list[Item]:
    last = parts[-1]
    run = [x for x in ledger.items[last.n + 1 : last.n + 1 + len(parts)] if x.role == "share" and x.sentence == last.sentence]
    joined = len(run) == len(parts) and all(x.listed for x in run[1:])
    return run if joined else []


def _structures(ledger: Ledger) -> Iterator[list[Item]]:
    run: list[Item] = []
    for item in ledger.items:
        colon = item.reading.rule == "a structure: shares with colons"
        if colon and run and ledger.gap(run[-1], item) == ":":
            run.append(item)
            continue
        if len(run) >= 3:
            yield run
        run = [item] if colon else []
    if len(run) >= 3:
        yield run


def _judge(ledger: Ledger, shares: list[Item], rule: str, closed: bool) -> Finding:
    point = sum((Fraction(s.value) for s in shares), Fraction(0))
    span = total(of(s.reading) for s in shares)
    expression = " + ".join(printed(ledger, s) for s in shares)
    verdict, reason = _verdict(ledger, shares, rule, closed, point, span)
    shown = decimal(point)
    words = {
        "agrees": (f"{expression} = {shown}%，正好是100%。", f"{expression} = {shown}%, exactly 100%."),
        "within_rounding": (f"{expression} = {shown}%，考虑舍入为100%。", f"{expression} = {shown}%, 100% once rounding is allowed for."),
        "disagrees": (f"{expression} = {shown}%，与100%不一致。", f"{expression} = {shown}%, which is not 100%."),
        "cannot_tell": (f"{expression} = {shown}%；所列部分可能不全，无法判断。", f"{expression} = {shown}%; the list may not be complete, cannot tell."),
    }[verdict]
    ledger.note(f"shares [{rule}] {expression} = {shown}: {verdict}")
    last = shares[-1]
    return Finding(
        record_id(ledger.document.id, "check", shares[0].start, last.end, "shares"), "shares", None, tuple(ledger.ids[s.n] for s in shares), None,
        expression, shown, None if span.low is None else decimal(span.low), None if span.high is None else decimal(span.high), None,
        verdict, Message(*words), rule, reason, None, ledger.turn_ids[last.turn] if 0 <= last.turn < len(ledger.turn_ids) else None,
    )


def _verdict(ledger: Ledger, shares: list[Item], rule: str, closed: bool, point: Fraction, span: Interval) -> tuple[Verdict, Reason | None]:
    if point == 100:
        return "agrees", None
    if span.meets(Interval(Fraction(100), Fraction(100))):
        return "within_rounding", None
    reason: Reason | None = (doubt(ledger, shares[-1], shares, rule) if closed else None) or (None if closed else "open_list")
    return ("cannot_tell", reason) if reason else ("disagrees", None)
