"""The printed expression of a finding read back into a tree: 5件 ÷ (20件 − 5件)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

# A number, the place of an operand, or an operator with its two sides.
Node = Fraction | int | tuple[str, "Node", "Node"]
_NUMBER = re.compile(r"\d+(?:\.\d+)?(?:/\d+)?")


def parsed(expression: str, surfaces: Sequence[str]) -> Node | None:
    """The tree of an expression over figures as printed; None where it is not plain arithmetic on all of them."""
    reader = _Reader(expression.replace(" ", ""), surfaces)
    try:
        tree = reader.sum()
    except ValueError:
        return None
    return tree if reader.at == len(reader.text) and len(reader.seen) == len(surfaces) else None


class _Reader:
    """Descends through sums, products and brackets. A surface met again is the first operand not yet seen, else the same."""

    def __init__(self, text: str, surfaces: Sequence[str]) -> None:
        self.text, self.at = text, 0
        self.seen: set[int] = set()
        self._places: dict[str, list[int]] = {}
        for n, surface in enumerate(surfaces):
            self._places.setdefault(surface, []).append(n)
        self._longest = sorted(self._places, key=len, reverse=True)

    def sum(self) -> Node:
        node: Node = ("−", Fraction(0), self._product()) if self._take("−") else self._product()
        while True:
            sign = "+" if self._take("+") else "−" if self._take("−") else None
            if sign is None:
                return node
            node = (sign, node, self._product())

    def _product(self) -> Node:
        node = self._atom()
        while True:
            sign = "×" if self._take("×") else "÷" if self._take("÷") else None
            if sign is None:
                return node
            node = (sign, node, self._atom())

    def _atom(self) -> Node:
        for surface in self._longest:
            if surface and self.text.startswith(surface, self.at):
                self.at += len(surface)
                places = self._places[surface]
                place = next((n for n in places if n not in self.seen), places[0])
                self.seen.add(place)
                return place
        if self._take("("):
            node = self.sum()
            if not self._take(")"):
                raise ValueError("a bracket is not closed")
            return node
        m = _NUMBER.match(self.text, self.at)
        if m is None:
            raise ValueError("neither a figure nor a number")
        self.at = m.end()
        # Twelfths of a year stand beside rates in per cent.
        return Fraction(m[0]) * (100 if m[0].endswith("/12") and any("%" in s for s in self._places) else 1)

    def _take(self, sign: str) -> bool:
        if self.text.startswith(sign, self.at):
            self.at += 1
            return True
        return False
