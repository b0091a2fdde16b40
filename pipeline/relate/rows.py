"""A list of figures as a table: pieces between strong marks are its rows, one metric or one place in them a column."""

from __future__ import annotations

from itertools import pairwise

from . import cues
from .hosts import head
from .items import Item


def columns_of(text: str, group: list[Item], cut: set[int]) -> list[list[Item]]:
    """Columns of a table: items with one metric each; a plan and what was done are two columns.

    ``cut`` takes the first member of every list that a stronger mark closed.
    """
    pieces = _pieces(text, group)
    if len(pieces) < 2 or max(map(len, pieces)) < 2:
        return [_plain(text, group, cut)]
    if all(len(p) >= 2 and cues.contrast([x.near for x in p]) for p in pieces):
        return pieces
    if len(set(map(len, pieces))) > 1 and not any(head(x) for x in group):
        # 产业类83个、412.9亿元；城建类27个、128.4亿元，社会类16个、42.4亿元: the marks differ, the column is one.
        return [_plain(text, group, cut)]
    columns: dict[str, list[Item]] = {}
    for piece in pieces:
        for k, item in enumerate(piece):
            key = "plan" if item.role == "plan" else head(item) or f"column {k}"
            columns.setdefault(key, []).append(item)
    wide = [c for c in columns.values() if len(c) >= 2]
    return [_plain(text, c, cut) for c in wide] if wide else [_plain(text, group, cut)]


def _pieces(text: str, group: list[Item]) -> list[list[Item]]:
    pieces: list[list[Item]] = [[group[0]]]
    for before, item in pairwise(group):
        if cues.strength(text, before.end, item.start) >= 3:
            pieces.append([])
        pieces[-1].append(item)
    return pieces


def _plain(text: str, group: list[Item], cut: set[int]) -> list[Item]:
    """The first gap fixes the delimiter of the list, a stronger one closes it."""
    kept = [group[0]]
    limit: int | None = None
    for item in group[1:]:
        mark = cues.strength(text, kept[-1].end, item.start)
        if limit is None or (mark > limit and limit == 1 and (cues.OTHER.search(item.lead) or item.near.endswith("各"))):
            limit = max(mark, 1)
        elif mark > limit:
            cut.add(kept[0].n)
            break
        kept.append(item)
    return kept
