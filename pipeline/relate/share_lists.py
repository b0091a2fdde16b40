"""Lists that shares make: members of one whole, each with its 占, and bare runs of shares.

Shares that make 100 once rounding is allowed for say that a list is complete; shares that do not say nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from .items import Item
from .parts import Partition
from .quotients import Quotient

_SHARE = ("share", "contribution")


class ShareList(NamedTuple):
    """Item numbers of shares of one whole, the template that found them, and whether words say the list is complete."""

    claims: tuple[int, ...]
    template: str
    closed: bool


def share_lists(items: list[Item], quotients: list[Quotient], partitions: list[Partition]) -> tuple[list[ShareList], list[Partition]]:
    """The lists, and the partitions that follow from those whose shares make 100."""
    lists: list[ShareList] = []
    more: list[Partition] = []
    known = {frozenset(p.parts) for p in partitions}
    for group in _groups(items, quotients):
        claims = tuple(q.claim.n for q in group)
        parts = tuple(q.numerators[0].n for q in group)
        if not _hundred([q.claim for q in group]) or len(set(parts)) != len(parts):
            continue
        lists.append(ShareList(claims, "shares of one whole, each beside its figure", False))
        if frozenset(parts) not in known:
            more.append(Partition(group[0].denominator.n, parts, (1,) * len(parts), "members whose shares make 100", True, False))
    taken = {n for x in lists for n in x.claims}
    for run in _runs(items):
        if not taken & {i.n for i in run} and _hundred(run):
            lists.append(ShareList(tuple(i.n for i in run), "a run of shares", False))
    return lists, more


def _hundred(claims: list[Item]) -> bool:
    low = sum((Fraction(c.reading.low) for c in claims if c.reading.low is not None), Fraction(0))
    high = sum((Fraction(c.reading.high) for c in claims if c.reading.high is not None), Fraction(0))
    return all(c.reading.bound is None for c in claims) and low <= 100 <= high


def _groups(items: list[Item], quotients: list[Quotient]) -> list[list[Quotient]]:
    """Quotients with one denominator that follow one another, in one sentence or in sentences side by side."""
    groups: list[list[Quotient]] = []
    for q in quotients:
        if q.claim.role not in ("share", "bare") or len(q.numerators) != 1:
            continue
        last = groups[-1][-1] if groups else None
        joined = last is not None and last.denominator is q.denominator and q.claim.sentence - last.claim.sentence <= 1
        if joined and last is not None and q.claim.turn == last.claim.turn:
            groups[-1].append(q)
        else:
            groups.append([q])
    return [piece for g in groups for piece in _complete(g) if len(piece) >= 2]


def _complete(group: list[Quotient]) -> list[list[Quotient]]:
    """The group, or the sentences of it: two partitions of one whole may follow one another."""
    if _hundred([q.claim for q in group]):
        return [group]
    sentences: dict[int, list[Quotient]] = {}
    for q in group:
        sentences.setdefault(q.claim.sentence, []).append(q)
    return list(sentences.values())


def _runs(items: list[Item]) -> list[list[Item]]:
    """Shares in one sentence with no other figure between: 东部占35.7%，西部占30.2%，…; 比重分别为72.6%、18.6%和8.8%."""
    runs: list[list[Item]] = []
    for item in items:
        if item.reading.kind != "rate" or item.reading.value is None:
            runs.append([])
            continue
        run = runs[-1] if runs else None
        goes_on = run and run[-1].sentence == item.sentence and run[-1].bracket == item.bracket and run[-1].n == item.n - 1
        if run and goes_on and (item.role in _SHARE or (item.role == "bare" and len(item.near) <= 12)) and (item.role == run[0].role or item.role == "bare"):
            run.append(item)
        elif item.role in _SHARE or (item.role == "bare" and item.near.endswith(("比为", "为"))):
            runs.append([item])
        else:
            runs.append([])
    return [r for r in runs if len(r) >= 2]
