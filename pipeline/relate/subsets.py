"""A set chosen from another is a part of it in every metric; a yearly plan is a part of the total investment.

在586个重大重点项目中，遴选出100个重点推进项目: whatever is said of the 100 is not more than what is said of the 586.
"""

from __future__ import annotations

from collections.abc import Iterator

from .items import Item
from .parts import Partition

SUBSET = "a set chosen from another"
YEARLY = "a yearly plan under its total"
# (part, whole): the part cannot be larger when both are said of one set.
_UNDER = {"investment.planned": "investment.total", "investment.completed": "investment.total"}


def subsets(items: list[Item], partitions: list[Partition]) -> Iterator[Partition]:
    """One single-part partition per figure that is bounded so."""
    inside = dict(_chosen(items, partitions))
    lists: dict[int, set[int]] = {}
    for k, partition in enumerate(partitions):
        for n in partition.parts:
            lists.setdefault(n, set()).add(k)
    latest: dict[tuple[str, str, str], Item] = {}
    for item in items:
        if not item.is_additive or item.metric is None or item.subject is None or item.role == "increment":
            continue
        whole = inside.get(item.subject)
        if whole is not None:
            host = latest.get((whole, item.metric, item.unit))
            if host is not None and host.period == item.period and not lists.get(host.n, set()) & lists.get(item.n, set()):
                yield Partition(host.n, (item.n,), (1,), SUBSET, False, False)
        upper = _UNDER.get(item.metric)
        if upper is not None:
            host = latest.get((item.subject, upper, item.unit))
            if host is not None and host.turn == item.turn and host.sentence == item.sentence:
                yield Partition(host.n, (item.n,), (1,), YEARLY, False, False)
        latest[item.subject, item.metric, item.unit] = item


def _chosen(items: list[Item], partitions: list[Partition]) -> Iterator[tuple[str, str]]:
    """(subset, set) by the counts of a frame X中 or 其中 that carry the names of two sets."""
    for partition in partitions:
        host = items[partition.host]
        for n in partition.parts:
            part = items[n]
            named = part.subject is not None and host.subject is not None and part.subject != host.subject
            if named and partition.template in ("X中", "其中") and part.reading.kind == "count" and _carries(part) and _carries(host):
                yield part.subject or "", host.subject or ""


def _carries(item: Item) -> bool:
    """The name of the set touches the count."""
    noun = (item.subject or "")[:-2]
    return bool(noun) and (noun in item.tail[: len(noun) + 3] or noun in item.near[-len(noun) - 4 :])
