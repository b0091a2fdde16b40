"""The ledger: everything said so far, for the checks to ask by role, unit, metric, set and period."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from ...schemas.document import Document
from ...schemas.ranking import Ranking
from ...schemas.reading import Claim, NameList
from ...schemas.transcript import View
from .items import Item
from .names import clean
from .numerals import all_years, said_years
from .parts import Partition

if TYPE_CHECKING:
    from .growths import Growth
    from .moves import Move
    from .products import Product
    from .quotient import Quotient
    from .references import Gap
    from .restated import Repeat
    from .share_lists import ShareList
    from .thresholds import Bound


_OPENING = 800


@dataclass
class Ledger:
    """Items in the order of the text, their wholes and parts, and a log of every binding.

    ``guesses`` are lists that no word opens: a sum may confirm one, nothing else is built on it.
    """

    document: Document
    view: View
    items: list[Item]
    sentences: list[tuple[int, int]]
    partitions: list[Partition]
    lists: list[NameList]
    rankings: list[Ranking]
    claims: list[Claim]
    ids: list[str]
    turn_ids: list[str]
    quotients: list[Quotient] = field(default_factory=list)
    growths: list[Growth] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)
    products: list[Product] = field(default_factory=list)
    share_lists: list[ShareList] = field(default_factory=list)
    guesses: list[Partition] = field(default_factory=list)
    bounds: list[Bound] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    _units: dict[str, list[int]] = field(default_factory=dict)
    _hosts: dict[int, int] = field(default_factory=dict)
    _lists: dict[int, list[int]] = field(default_factory=dict)
    _hosted: int = 0

    def __post_init__(self) -> None:
        for item in self.items:
            self._units.setdefault(item.unit, []).append(item.n)

    @property
    def text(self) -> str:
        """The view's text."""
        return self.view.text

    def before(self, item: Item, unit: str, limit: int = 40) -> list[Item]:
        """Figures of ``unit`` printed before ``item``, the nearest first, at most ``limit``."""
        numbers = self._units.get(unit, [])
        k = bisect_left(numbers, item.n)
        return [self.items[n] for n in reversed(numbers[max(0, k - limit) : k])]

    def chain(self, item: Item) -> list[Item]:
        """The list that ``item`` stands in, its members joined by nothing but 、 and 和."""
        a = b = item.n
        while self.items[a].listed and a > 0:
            a -= 1
        while b + 1 < len(self.items) and self.items[b + 1].listed:
            b += 1
        return self.items[a : b + 1]

    def gap(self, a: Item, b: Item) -> str:
        """The words between two figures."""
        return self.text[a.end : b.start]

    def siblings(self, n: int) -> set[int]:
        """The members of the lists that a part stands in, itself among them."""
        self.host(n)
        return {m for k in self._lists.get(n, ()) for m in self.partitions[k].parts}

    def host(self, n: int) -> Item | None:
        """The whole that the structure gives a part."""
        if self._hosted != len(self.partitions):
            for k, partition in enumerate(self.partitions[self._hosted :], self._hosted):
                for part in partition.parts:
                    self._lists.setdefault(part, []).append(k)
                    self._hosts.setdefault(part, partition.host)
            self._hosted = len(self.partitions)
        whole = self._hosts.get(n)
        return None if whole is None else self.items[whole]

    @cached_property
    def measure_words(self) -> dict[str, str]:
        """Every measure word that something is counted in, with its unit."""
        return {x.reading.unit: x.unit for x in reversed(self.items) if x.reading.kind in ("count", "quantity")}

    def years_said(self, claim: Item) -> int | None:
        """五年来, said in the sentence of a figure before it."""
        return said_years(self.text, self.sentences[claim.sentence][0], claim.start)

    def years_before(self, claim: Item) -> int | None:
        """这五年, said where the turn set out; two different numbers leave it open."""
        first = self.items[bisect_left(self.items, claim.turn, key=lambda x: x.turn)]
        begin, end = self.text.rfind("\n", 0, self.sentences[first.sentence][0] + 1) + 1, self.sentences[claim.sentence][0]
        # Where a turn is long, its opening and what stands near.
        found = all_years(self.text, begin, min(begin + _OPENING, end)) | all_years(self.text, max(begin, end - 2 * _OPENING), end)
        return found.pop() if len(found) == 1 else None

    def plain(self, words: str) -> str:
        """``words`` without what leads in and what leads over to the number."""
        return clean(words)

    def note(self, line: str) -> None:
        """One line of the binding log."""
        self.log.append(line)

