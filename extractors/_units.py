"""Units: what may stand to the right of a numeral, and its name in the report. The words lie in ``_units.tsv``."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from pathlib import Path


def _read() -> dict[str, dict[str, str]]:
    """Sort → word → note of its line."""
    found: dict[str, dict[str, str]] = {}
    with Path(__file__).with_name("_units.tsv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            found.setdefault(row["sort"], {}).update(dict.fromkeys(row["words"].split(), row["note"]))
    return found


def alternation(words: Iterable[str]) -> str:
    """A pattern for any of ``words``, the longest first, branching character by character."""
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        rests.setdefault(word[0], []).append(word[1:])
    branches = []
    for first, tails in rests.items():
        longer = [tail for tail in tails if tail]
        rest = f"(?:{alternation(longer)}){'?' if '' in tails else ''}" if longer else ""
        branches.append(re.escape(first) + rest)
    return "|".join(branches)


def firsts(words: Iterable[str]) -> str:
    """Every character that one of ``words`` begins with."""
    return "".join(sorted({word[0] for word in words}))


_WORDS = _read()
COUNTS = tuple(_WORDS["count"])
QUANTITIES = tuple(_WORDS["quantity"])
CURRENCIES = _WORDS["currency"]
PER = rf"(?:/(?:{alternation(_WORDS['per'])})|每(?:公顷|亩|人|吨|平方米|立方米|千瓦时))"
