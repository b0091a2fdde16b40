"""Rates of two parts taken together, by the name of the rate: 桥隧比 = (桥梁 + 隧道) ÷ 全长. The formulas are data."""

from __future__ import annotations

import csv
import re
from functools import cache
from pathlib import Path

from .items import Item
from .ledger import Ledger
from .quotient import Quotient

TEMPLATE = "the formula of a named rate, of two parts together"
_REACH = 12


@cache
def _rows() -> tuple[tuple[re.Pattern[str], ...], ...]:
    with (Path(__file__).parent / "composed.tsv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return tuple(tuple(re.compile(cell) for cell in row) for row in rows)


def composed(ledger: Ledger, claim: Item) -> Quotient | None:
    """The rate over its denominator; each term the nearest figure of the sentence whose words or list carry its name."""
    row = next((r for r in _rows() if r[0].search(claim.near)), None)
    if row is None or claim.reading.kind != "rate":
        return None
    near = [x for x in reversed(ledger.items[max(0, claim.n - _REACH) : claim.n]) if x.sentence == claim.sentence and x.is_level]
    whole = next((x for x in near if row[3].search(x.words)), None)
    if whole is None:
        return None
    parts = [next((x for x in near if p.search(_named(ledger, x)) and x.unit == whole.unit and x is not whole), None) for p in row[1:3]]
    found = tuple(x for x in parts if x is not None)
    return Quotient(claim, found, whole, TEMPLATE) if len(found) == len({x.n for x in found}) == len(parts) else None


def _named(ledger: Ledger, item: Item) -> str:
    """桥梁126座、141.8公里: the second measure goes by the name of the first."""
    before = ledger.items[item.n - 1] if item.n else item
    return before.words + item.words if item.near in ("", "、") and before.sentence == item.sentence else item.words
