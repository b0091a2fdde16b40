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
_ONE = alternation(_WORDS["per"])
# 6元每人, 3次每年: 年, 天 and the like end the clause, else 每 begins the next one (投入6亿元每年新增…).
_SPOKEN = (
    r"公顷|亩|人(?![均口])|吨|平方米|立方米|千瓦时|秒|小时|分钟?|升|公斤|千克|斤|公里|平方公里|"
    r"(?:年|月|天|日|周|户|件|次|套|台|辆|车|生|班)(?=[，。,；;、)和以的]|左右|$)"
)
PER_COUNT = rf"(?:/(?:{_ONE})(?:[/·](?:{_ONE}))?|每(?:秒|小时|分钟?|公顷|亩|人(?![均口])|吨|平方米|立方米|千瓦时))"
PER = rf"(?:/(?:{_ONE})(?:[/·](?:{_ONE}))?|每(?:{_SPOKEN}))(?!(?<=[A-Za-z])[A-Za-z])"
LETTERS = alternation(word for word in QUANTITIES if re.fullmatch(r"[A-Za-z]+[²³23]?", word))
