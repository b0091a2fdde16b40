"""The two catalogues of what a person reads: every key of ``words.tsv`` in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Literal

Lang = Literal["zh", "en"]


@cache
def catalogue(lang: Lang) -> Mapping[str, str]:
    """Key to wording; raises KeyError for a language that is not there."""
    lines = Path(__file__).with_name("words.tsv").read_text(encoding="utf-8").splitlines()
    head, *rows = [line.split("\t") for line in lines]
    column = {name: place for place, name in enumerate(head)}[lang]
    return {row[0]: row[column] for row in rows}


def say(lang: Lang, key: str, **parts: object) -> str:
    """The wording of ``key`` with its parts filled in; ``key.one`` where ``n`` is 1 and it exists."""
    words = catalogue(lang)
    if parts.get("n") == 1 and f"{key}.one" in words:
        key = f"{key}.one"
    return words[key].format(**parts) if parts else words[key]


def listed(lang: Lang, items: Iterable[str]) -> str:
    """The items as a list in a sentence of that language."""
    return {"zh": "、", "en": ", "}[lang].join(items)
