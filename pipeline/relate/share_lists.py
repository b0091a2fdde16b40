"""Lists that shares make: members of one whole, each with its 占, and bare runs of shares.

Shares that make 100 once rounding is allowed for say that a list is complete; shares that do not say nothing.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from . import cues
from .items import Item
from .parts import Partition
from .quotient import Quotient
from .share_runs import share_runs
from .wholes import GUESSED


class ShareList(NamedTuple):
    """Item numbers of shares of one whole, the template that found them, and whether words say the list is complete."""

    claims: tuple[int, ...]
    template: str
    closed: bool


def share_lists(items: list[Item], quotients: list[Quotient], partitions: list[Partition]) -> tuple[list[ShareList], list[Partition]]:
    """The lists, and the partitions that follow from those whose shares make 100."""
    lists: list[ShareList] = []
    more: list[Partition] = []
    # Pieces of one shape may only confirm; that their shares make 100 says that they are meant to be all.
    known = {(p.host, frozenset(p.parts)) for p in partitions if p.template != "pieces of one shape"}
    for group in _groups(items, quotients):
        claims = tuple(q.claim.n for q in group)
        parts = tuple(q.numerators[0].n for q in group)
        complete = _hundred([q.claim for q in group])
        if not (complete or _nearly(group)) or len(set(parts)) != len(parts):
            continue
        lists.append(ShareList(claims, "shares of one whole, each beside its figure", False))
        if (group[0].denominator.n, frozenset(parts)) not in known:
            template = "members whose shares make 100" if complete else "members whose shares make nearly 100"
            more.append(Partition(group[0].denominator.n, parts, (1,) * len(parts), template, complete and not _hidden(group), False))
    taken = {n for x in lists for n in x.claims}
    bound = {q.claim.n for q in quotients if not q.template.startswith(GUESSED)}
    for run, template in share_runs(items, bound):
        if not taken & {i.n for i in run} and _hundred(run):
            taken |= {i.n for i in run}
            lists.append(ShareList(tuple(i.n for i in run), template, False))
    return lists, more


def _hundred(claims: list[Item]) -> bool:
    low = sum((Fraction(c.reading.low) for c in claims if c.reading.low is not None), Fraction(0))
    high = sum((Fraction(c.reading.high) for c in claims if c.reading.high is not None), Fraction(0))
    return all(c.reading.bound is None for c in claims) and low <= 100 <= high


def _hidden(group: list[Quotient]) -> bool:
    """73% + 27% leave room for one 咨询 in 13499: a member that is smaller than what rounding swallows may be left out."""
    whole = Fraction(group[0].denominator.value)
    missing = whole - sum((Fraction(q.numerators[0].value) for q in group), Fraction(0))
    room = sum((Fraction(q.claim.reading.step) / 2 for q in group), Fraction(0))
    return 0 < missing * 100 / whole <= room


def _nearly(group: list[Quotient]) -> bool:
    """Three or more that leave less than a hundredth: the list reads as if it were complete, but may not be."""
    total = sum((Fraction(q.claim.value) for q in group), Fraction(0))
    return len(group) >= 3 and abs(100 - total) <= 1


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
    return [piece for g in groups for piece in _complete(items, g) if len(piece) >= 2]


def _complete(items: list[Item], group: list[Quotient]) -> list[list[Quotient]]:
    """The group, or the sentences of it: two partitions of one whole may follow one another."""
    group = [q for k, q in enumerate(group) if not (k and cues.INNER.search(_lead(items, q))) and not cues.OTHERWISE.search(_lead(items, q))]
    if _hundred([q.claim for q in group]):
        return [group]
    sentences: dict[int, list[Quotient]] = {}
    for q in group:
        sentences.setdefault(q.claim.sentence, []).append(q)
    return list(sentences.values())


def _lead(items: list[Item], q: Quotient) -> str:
    """The words before a member, and before the class it is said of: 若按60岁及以上计算则为750.07万人."""
    part = q.numerators[0]
    before = items[part.n - 1] if part.n else part
    return (before.lead if before.reading.kind == "threshold" and before.sentence == part.sentence else "") + part.lead + q.claim.lead






