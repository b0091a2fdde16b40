"""Readings → statements: the ledger, and the figures and rankings of the report."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from decimal import Decimal

from ...schemas.document import Period
from ...schemas.figure import Figure
from ...schemas.identity import record_id
from ...schemas.ranking import Entry, Ranking
from ...schemas.reading import Claim, NameList, Reading
from ...schemas.transcript import Transcript, View
from ..regions import meant
from .alike import alike
from .averages import products
from .beside import FRAME as FRAMED
from .beside import TEMPLATE as BESIDE
from .changes import changes
from .columns import columns
from .compared import compared, compared_by_name
from .day_shares import day_shares
from .differences import counterparts, differences, named_sums
from .filled import filled
from .flows import flows
from .gaps import gaps
from .growths import growths
from .items import Item, items
from .ledger import Ledger
from .leftover import leftovers
from .moves import moves
from .names import clean, name, subjects
from .parts import Partition, Parts
from .periods import attach
from .population import population
from .pulls import pulls
from .quotients import quotients
from .restated import restated
from .roles import assign
from .share_lists import share_lists
from .subsets import subsets
from .thresholds import lines
from .within import within


def statements(
    transcript: Transcript, view: View, spans: Sequence[tuple[int, int]], readings: list[Reading], lists: list[NameList], claims: list[Claim]
) -> Ledger:
    """The ledger of one document; ``spans`` are its sentences in the view."""
    text = view.text
    starts = _turn_starts(transcript, view)
    found = items(text, readings, spans, starts)
    assign(found)
    attach(text, found, claims, transcript.document, starts)
    name(found)
    subjects(text, found, starts)
    structure = Parts(text, found).found
    partitions = [*structure, *subsets(found, structure), *differences(found, _inner(structure)), *named_sums(found)]
    partitions.extend(compared(found, text, structure))
    ids = [record_id(transcript.document.id, "figure", *view.span(i.start, i.end)) for i in found]
    turn_ids = [t.id for t in transcript.turns]
    ledger = Ledger(transcript.document, view, found, list(spans), partitions, lists, [], claims, ids, turn_ids)
    ledger.guesses.extend((*filled(found, partitions), *pulls(found), *compared_by_name(found), *columns(found, partitions), *flows(found), *population(found)))
    ledger.guesses.extend(counterparts(found, partitions))
    ledger.guesses.extend(alike(found, [*partitions, *ledger.guesses]))
    ledger.guesses.extend(changes(found, [*partitions, *ledger.guesses]))
    ledger.rankings.extend(rankings(ledger))
    ledger.quotients.extend(quotients(ledger))
    ledger.guesses.extend(leftovers(ledger))
    ledger.growths.extend(growths(ledger))
    ledger.gaps.extend(gaps(ledger))
    ledger.moves.extend(moves(ledger))
    ledger.repeats.extend(restated(ledger))
    ledger.bounds.extend((*lines(ledger), *within(ledger)))
    ledger.products.extend((*products(ledger), *day_shares(found)))
    lists_, more = share_lists(found, [q for q in ledger.quotients if q.template not in (BESIDE, FRAMED)], partitions)
    ledger.share_lists.extend(lists_)
    ledger.partitions.extend(more)
    return ledger


def _inner(partitions: list[Partition]) -> set[int]:
    """Members of a list that does not split its whole for good: 其中财政补贴收入 is no term of 收入 − 支出."""
    return {n for p in partitions if p.template == "其中" and not p.closed for n in p.parts}


def _turn_starts(transcript: Transcript, view: View) -> list[int]:
    if view.at is None:
        return [t.start for t in transcript.turns]
    return [bisect_left(view.at, t.start) for t in transcript.turns]


def plain(value: Decimal | None) -> str | None:
    """A decimal without exponent and without idle zeros behind the point."""
    if value is None:
        return None
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def figures(ledger: Ledger) -> tuple[Figure, ...]:
    """The figures of the report, in the order of the text."""
    region = ledger.document.region
    made: list[Figure] = []
    for item, id_ in zip(ledger.items, ledger.ids, strict=True):
        start, end = ledger.view.span(item.start, item.end)
        r = item.reading
        place = meant(item.near, region)
        scope = ((place.name,) if place else ()) + item.scope
        turn = ledger.turn_ids[item.turn] if 0 <= item.turn < len(ledger.turn_ids) else None
        made.append(
            Figure(
                id_, start, end, ledger.document.text[start:end], r.kind, plain(r.value), r.unit, plain(r.low), plain(r.high), r.bound,
                item.metric, item.metric_text, item.subject, scope, item.period, item.direction, item.comparison, turn, r.rule,
            )
        )
    return tuple(made)


_METRIC_AND = ("、", "和", "及", "以及")


def rankings(ledger: Ledger) -> list[Ranking]:
    """Lists in order and positions, with the metric and the universe of the sentence they close."""
    made = [_list(ledger, item) for item in ledger.lists]
    heads = sorted(x.head for x in ledger.lists)
    starts = [a for a, _ in heads]
    for item in ledger.items:
        position = item.reading.kind == "rank" and item.reading.value is not None and item.reading.unit == "rank"
        if position and not _inside(heads, starts, item.start):
            made.extend(_positions(ledger, item))
    made.sort(key=lambda r: (r.start, r.metric_text or ""))
    return made


def _inside(spans: list[tuple[int, int]], starts: list[int], offset: int) -> bool:
    """Whether one of the spans, which do not overlap, holds ``offset``."""
    k = bisect_right(starts, offset) - 1
    return k >= 0 and offset < spans[k][1]


def _clause_before(ledger: Ledger, offset: int) -> tuple[int, str]:
    start = offset
    while start and ledger.text[start - 1] not in "。；;\n!！?？,，:":
        start -= 1
    return start, ledger.text[start:offset]


def _list(ledger: Ledger, item: NameList) -> Ranking:
    names = [ledger.text[a:b] for a, b in item.names]
    start, end = ledger.view.span(item.start, item.end)
    _, before = _clause_before(ledger, item.start)
    scope, metric = _scope_and_metric(before)
    entries = tuple(Entry(item.first + i, n) for i, n in enumerate(names))
    turn, period = _place(ledger, item.start)
    return Ranking(
        record_id(ledger.document.id, "ranking", start, end), start, end, ledger.document.text[start:end], "list", None, metric, scope,
        entries, item.first if item.first == item.last else None, None, period, turn,
    )


def _positions(ledger: Ledger, item: Item) -> list[Ranking]:
    """项目数量、总投资及年度计划投资均位列第一 gives one position for each of the metrics."""
    clause, before = _clause_before(ledger, item.start)
    start, end = ledger.view.span(clause, item.end)
    scope = None
    for verb in ("排名", "位居", "位列", "排在", "居", "列", "排"):
        at = before.rfind(verb)
        if at >= 0:
            scope = before[at + len(verb) :] or None
            before = before[:at]
            break
    metrics: list[str | None] = [*_split(before.rstrip("均都也又在分别并"))] or [None]
    turn, period = _place(ledger, item.start)
    surface = ledger.document.text[start:end]
    return [
        Ranking(
            record_id(ledger.document.id, "ranking", start, end, metric or ""), start, end, surface, "position", None, metric, scope,
            (), int(item.value), item.subject, period, turn,
        )
        for metric in metrics
    ]


def _split(words: str) -> list[str]:
    for joint in _METRIC_AND[1:]:
        words = words.replace(joint, "、")
    return [m for m in (clean(w) for w in words.split("、")) if m]


def _scope_and_metric(words: str) -> tuple[str | None, str | None]:
    words = clean(words)
    for cut in range(len(words) - 1, 0, -1):
        if words[cut:].startswith(("投资完成率", "完成率", "增速", "总量", "得分", "总分", "开工率")):
            return words[:cut] or None, words[cut:]
    return None, words or None


def _place(ledger: Ledger, offset: int) -> tuple[str | None, Period | None]:
    """Turn and period of the figure nearest before ``offset``."""
    k = bisect_left(ledger.items, offset, key=lambda i: i.reading.start)
    if not k:
        return (ledger.turn_ids[0] if ledger.turn_ids else None), None
    item = ledger.items[k - 1]
    return (ledger.turn_ids[item.turn] if 0 <= item.turn < len(ledger.turn_ids) else None), item.period
