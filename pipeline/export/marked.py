"""The transcript in turns, paragraphs and pieces: every figure, ranking and issue at its place, each linked to its card."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from ...schemas.figure import Figure
from ...schemas.issue import Issue
from ...schemas.ranking import Ranking
from ...schemas.report import Report
from ...schemas.turn import Turn
from .cards import Card
from .digest import plain, visible
from .words import Lang, say

_Record = Figure | Ranking | Issue


class Piece(NamedTuple):
    """A stretch of text with one owner.

    ``ids`` are the anchors that start here, ``card`` the id of the worst finding that uses it, ``words`` its kind and
    verdict for a person who cannot see the mark; all are empty in plain text.
    """

    text: str
    ids: tuple[str, ...] = ()
    sort: str = ""
    card: str = ""
    mark: str = ""
    verdict: str = ""
    words: str = ""


class Block(NamedTuple):
    """One turn; ``speaker`` is empty before the first one."""

    id: str
    speaker: str
    title: str
    role: str
    kind: str
    paragraphs: tuple[tuple[Piece, ...], ...]


def transcript(report: Report, cards: Iterable[Card], lang: Lang) -> list[Block]:
    """The turns in their order; text outside every turn is a block without a speaker, so that nothing is lost."""
    worst = _worst(cards)
    records = _records(report)
    blocks, end, next_ = list[Block](), 0, 0
    for turn in sorted(report.turns, key=lambda turn: (turn.start, turn.end)):
        stretches = [(end, turn.start, None), (max(end, turn.start), turn.end, turn)]
        for start, stop, who in stretches:
            if start >= stop or (who is None and not report.document.text[start:stop].strip()):
                continue
            mine = list[_Record]()
            while next_ < len(records) and records[next_].start < stop:
                mine.append(records[next_])
                next_ += 1
            blocks.append(_block(report, start, stop, who, mine, worst, lang))
        end = max(end, turn.end)
    if report.document.text[end:].strip():
        blocks.append(_block(report, end, len(report.document.text), None, records[next_:], worst, lang))
    return blocks


def _worst(cards: Iterable[Card]) -> dict[str, Card]:
    """For each record the first card that uses it; a false alarm only where there is no other."""
    found = dict[str, Card]()
    for card in sorted(cards, key=lambda card: card.ruling == "false_alarm"):
        for place in card.places:
            found.setdefault(place.id, card)
    return found


def _records(report: Report) -> list[_Record]:
    """Everything with a place, by its start, the longer one first."""
    issues = [issue for issue in report.issues if issue.surface]
    return sorted((*report.figures, *report.rankings, *issues), key=lambda record: (record.start, -record.end))


def _block(
    report: Report, start: int, stop: int, turn: Turn | None, records: list[_Record], worst: Mapping[str, Card], lang: Lang
) -> Block:
    paragraphs = tuple(_paragraphs(report, start, stop, turn.speaker if turn else None, records, worst, lang))
    if turn is None:
        return Block(f"text-{start}", "", "", "", "", paragraphs)
    role = say(lang, f"role.{turn.role}") if turn.role != "unknown" else ""
    return Block(turn.id, plain(turn.speaker or ""), plain(turn.title or ""), role, say(lang, f"turn.{turn.kind}"), paragraphs)


def _paragraphs(
    report: Report, start: int, stop: int, speaker: str | None, records: list[_Record], worst: Mapping[str, Card], lang: Lang
) -> Iterator[tuple[Piece, ...]]:
    """One for each line of the stretch; a record that runs over a line end is cut there."""
    text, next_, running = report.document.text, 0, list[_Record]()
    numbers = {id(issue): n for n, issue in enumerate(report.issues)}
    while start < stop:
        line_end = text.find("\n", start, stop)
        line_end = stop if line_end < 0 else line_end
        while next_ < len(records) and records[next_].start < max(line_end, start + 1):
            running.append(records[next_])
            next_ += 1
        running = [record for record in running if record.end > start]
        label = text[start:line_end].strip().rstrip("：:").strip()
        # A line that is only the speaker's label stands in the heading of the turn already.
        if label and (label != speaker or running):
            yield tuple(_pieces(text, start, line_end, running, numbers, worst, lang))
        start = line_end + 1


def _pieces(
    text: str, start: int, end: int, records: list[_Record], numbers: Mapping[int, int], worst: Mapping[str, Card], lang: Lang
) -> Iterator[Piece]:
    cuts = sorted({start, end, *(c for r in records for c in (r.start, r.end) if start < c < end)})
    open_, next_ = list[_Record](), 0
    for left, right in itertools.pairwise(cuts):
        while next_ < len(records) and records[next_].start <= left:
            open_.append(records[next_])
            next_ += 1
        open_ = [record for record in open_ if record.end > left]
        words = visible(text[left:right])
        if not open_:
            yield Piece(words)
            continue
        # A figure inside a ranking or an issue is what the eye looks for.
        owner = min(open_, key=lambda record: (record.end - record.start, not isinstance(record, Figure)))
        ids = tuple(_anchor(record, numbers) for record in open_ if record.start == left)
        yield _piece(words, ids, owner, owner.start >= left, worst, numbers, lang)


def _anchor(record: _Record, numbers: Mapping[int, int]) -> str:
    return f"issue-at-{numbers[id(record)]}" if isinstance(record, Issue) else f"at-{record.id}"


def _piece(
    words: str, ids: tuple[str, ...], owner: _Record, first: bool, worst: Mapping[str, Card], numbers: Mapping[int, int], lang: Lang
) -> Piece:
    if isinstance(owner, Issue):
        return Piece(words, ids, "issue", f"issue-{numbers[id(owner)]}", "!" if first else "", "", say(lang, f"issue.{owner.code}"))
    sort, kind = ("figure", owner.kind) if isinstance(owner, Figure) else ("ranking", "rank")
    card = worst.get(owner.id)
    name = say(lang, f"kind.{kind}")
    if card is None:
        return Piece(words, ids, sort, words=f"{name} · {say(lang, 'page.unheld_one')}")
    # The claim stands out; what it rests on is only tinted.
    claimed = any(place.id == owner.id and place.is_claim for place in card.places) or not card.places[0].is_claim
    loud = claimed and card.ruling != "false_alarm" and card.verdict in ("disagrees", "truncated", "cannot_tell")
    role = card.verdict if loud else f"of_{card.verdict}" if card.ruling != "false_alarm" else ""
    return Piece(words, ids, sort, f"card-{card.id}", card.mark if first and loud else "", role, f"{name} · {card.verdict_words}")
