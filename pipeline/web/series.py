"""Many documents on the page: what contradicts between releases, as cards, and the indicators that several of them print."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from ...schemas.review import Ruling
from ...schemas.series import Book, Series, SeriesFinding
from ..export.digest import plain
from ..export.series import MARKS, SHOWN, title
from ..export.words import Lang, say
from .shelf import short

_MOST = 200


class Card(NamedTuple):
    """One finding over releases; ``documents`` are title and short id, ``number`` the place of its indicator among those shown."""

    id: str
    mark: str
    verdict: str
    words: str
    sentence: str
    documents: tuple[tuple[str, str], ...]
    ruling: Ruling | None
    number: int | None


def indicators(book: Book) -> list[tuple[str, Series, int]]:
    """Name, series and number of documents of those printed in at least two documents, the ones with most first."""
    counted = ((one, len({value.document for printed in one.periods for value in printed.values})) for one in book.series)
    listed = [(title(one.indicator), one, count) for one, count in counted if count > 1]
    return sorted(listed, key=lambda item: (-item[2], item[0]))


def cards(book: Book, shown: list[tuple[str, Series, int]], rulings: Mapping[str, Ruling], lang: Lang) -> list[Card]:
    """What contradicts and what was revised, worst first; what a person dismissed comes last."""
    numbers = {series.indicator: number for number, (_, series, _) in enumerate(shown[:_MOST])}
    told = [_card(finding, rulings.get(finding.id), numbers.get(finding.indicator), lang) for finding in book.findings if finding.verdict in SHOWN]
    return sorted(told, key=lambda card: card.ruling == "false_alarm")[:_MOST]


def _card(finding: SeriesFinding, ruling: Ruling | None, number: int | None, lang: Lang) -> Card:
    values = {value.document: plain(value.title or value.source) for value in (*finding.operands, finding.claim)}
    sentence = plain(finding.message.zh if lang == "zh" else finding.message.en)
    documents = tuple((words, short(document)) for document, words in values.items())
    return Card(finding.id, MARKS[finding.verdict], finding.verdict, say(lang, f"series.{finding.verdict}"), sentence, documents, ruling, number)
