"""Precision, recall and F1 of figures and relations against annotated passages, and every difference by name.

``score`` takes the maker of reports as an argument, so that a measurement never depends on how they are made.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

import msgspec

from ..schemas.figure import Figure
from ..schemas.report import Report
from ..schemas.transcript import Source
from .gold import GoldFigure, GoldRelation, Passage, period_dates, read
from .matching import CORE, match_figures, match_relations, right, same_unit, same_value, same_words

__all__ = ["Score", "as_json", "as_text", "measures", "read", "score"]

_HOLDS = ("agrees", "within_rounding")


class Score(msgspec.Struct):
    """Counts by name: ``figure tp``, ``kind money fn``, ``field unit right``, ``template x wrong verdict``.

    ``items`` has every annotated figure and relation and every extra one: "" where it is right, else what differs.
    """

    passages: int = 0
    counts: Counter[str] = msgspec.field(default_factory=Counter)
    items: dict[str, str] = msgspec.field(default_factory=dict)


def score(passages: Iterable[Passage], report: Callable[[Source], Report]) -> Score:
    """The counts over all passages; each is given to ``report`` as a text of its own."""
    total = Score()
    for passage in passages:
        total.passages += 1
        _add(total, passage, report(Source(f"{passage.id}.txt", f"{passage.text}\n".encode())))
    return total


def _add(total: Score, passage: Passage, report: Report) -> None:
    matched = match_figures(passage, report)
    for place, (gold, found) in enumerate(matched.pairs):
        key = f"{passage.id} figure {place + 1} {gold.surface}"
        if gold.kind in CORE and not gold.optional:
            total.items[key] = _figure(total.counts, gold, found, passage.text)
        elif found:
            total.counts[f"soft {gold.kind} {'right' if right(gold, found) else 'wrong'}"] += 1
        else:
            total.counts[f"soft {gold.kind} missed"] += 1
    for figure in matched.extra:
        for name in ("found", "figure", f"kind {figure.kind}"):
            total.counts[f"{name} fp"] += 1
        total.items[f"{passage.id} extra {figure.surface} at {figure.start}"] = f"extra {figure.kind}"
    pairs, others = match_relations(passage, report, matched)
    seen: Counter[str] = Counter()
    for relation, finding in pairs:
        key = f"{passage.id} {relation.identity} {_words(passage, relation)}"
        seen[key] += 1
        key += f" ({seen[key]})" if seen[key] > 1 else ""
        if finding is None:
            total.counts.update(["relation fn", f"identity {relation.identity} fn"])
            total.items[key] = "not found"
            continue
        total.counts.update(["relation tp", f"identity {relation.identity} tp", "findings"])
        total.items[key] = _verdict(total.counts, relation, finding.verdict, finding.rule)
    for finding in others:
        total.counts.update(["findings", f"template {finding.rule} not in gold"])
        if finding.verdict == "disagrees":
            total.counts.update(["false alarms", f"template {finding.rule} false alarm"])
            total.items[f"{passage.id} alarm {finding.identity} {finding.expression}"] = "alarm outside the gold"


def _figure(counts: Counter[str], gold: GoldFigure, found: Figure | None, text: str) -> str:
    """Counts one annotated figure of a core kind; says what differs."""
    if found is None:
        counts.update(["found fn", "figure fn", f"kind {gold.kind} fn"])
        return "not found"
    good = right(gold, found)
    counts.update(["found tp", f"figure {'tp' if good else 'fn'}", f"kind {gold.kind} {'tp' if good else 'fn'}"])
    if not good:
        counts["figure fp"] += 1
    wrong = []
    for name, same in _fields(gold, found, text).items():
        counts[f"field {name} {'right' if same else 'wrong'}"] += 1
        wrong += [] if same else [name]
    if good:
        return ""
    return f"{', '.join(wrong)}: {gold.kind} {gold.value} {gold.unit} read as {found.kind} {found.value} {found.unit}"


def _fields(gold: GoldFigure, found: Figure, text: str) -> dict[str, bool]:
    """Which fields of a matched figure are right; those that the annotator left open are not asked.

    Annotators know the year of a passage from its source: a period is asked only where its years stand in the text.
    """
    fields = {
        "kind": gold.kind == found.kind,
        "value": same_value(gold, found),
        "unit": same_unit(gold, found),
        "bound": gold.bound == found.bound,
    }
    if gold.direction in ("up", "down"):
        fields["direction"] = gold.direction == found.direction
    if gold.metric_text:
        fields["metric"] = same_words(gold.metric_text, found.metric_text)
    dates = period_dates(gold.period)
    if dates and all(date[:4] in text for date in dates):
        fields["period"] = found.period is not None and dates == (found.period.start, found.period.end)
    return fields


def _verdict(counts: Counter[str], relation: GoldRelation, verdict: str, rule: str) -> str:
    wanted = relation.verdicts()
    good = verdict in wanted or (verdict in _HOLDS and any(w in _HOLDS for w in wanted))
    counts.update([f"verdict {'right' if good else 'wrong'}", f"template {rule} in gold"])
    counts[f"exact verdict {'right' if verdict in wanted else 'wrong'}"] += 1
    if good:
        return ""
    counts[f"template {rule} wrong verdict"] += 1
    if verdict == "disagrees":
        counts.update(["false alarms", f"template {rule} false alarm"])
    return f"verdict {verdict}, annotated {' or '.join(sorted(wanted))}"


def _words(passage: Passage, relation: GoldRelation) -> str:
    def surface(number: int | None) -> str:
        place = passage.index(number)
        return "–" if place is None else passage.figures[place].surface

    return f"{' '.join(surface(number) for number in relation.operands or ())} → {surface(relation.claim)}"


def precision_recall(counts: Counter[str], name: str) -> tuple[float, float, float]:
    """Precision, recall and F1 of one name; 1 where nothing was there to find."""
    right_, extra, missed = (counts[f"{name} {end}"] for end in ("tp", "fp", "fn"))
    precision = right_ / (right_ + extra) if right_ + extra else 1.0
    recall = right_ / (right_ + missed) if right_ + missed else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def share(counts: Counter[str], name: str) -> float:
    """Right ones among all that were asked; 1 where none was."""
    asked = counts[f"{name} right"] + counts[f"{name} wrong"]
    return counts[f"{name} right"] / asked if asked else 1.0


def names(counts: Counter[str], first: str) -> list[str]:
    """The names that follow ``first`` in the counts, sorted: kinds, identities, fields, templates."""
    ends = (
        " tp",
        " fp",
        " fn",
        " right",
        " wrong",
        " missed",
        " in gold",
        " not in gold",
        " wrong verdict",
        " false alarm",
    )
    found = set()
    for key in counts:
        if key.startswith(f"{first} "):
            end = max((end for end in ends if key.endswith(end)), key=len, default="")
            found.add(key.removeprefix(f"{first} ").removesuffix(end))
    return sorted(found)


def measures(total: Score) -> dict[str, float]:
    """What floors are kept on, each between 0 and 1 and better when larger, but for ``false_alarms``."""
    counts = total.counts
    return {
        "found_f1": precision_recall(counts, "found")[2],
        "figure_f1": precision_recall(counts, "figure")[2],
        "relation_recall": precision_recall(counts, "relation")[1],
        "verdict": share(counts, "verdict"),
        **{name: share(counts, f"field {name}") for name in ("bound", "direction", "metric", "period")},
        "false_alarms": float(counts["false alarms"]),
    }


def as_json(total: Score) -> str:
    """Measures, counts and items as one JSON object, keys sorted."""
    record = {"passages": total.passages, "measures": measures(total), "counts": total.counts, "items": total.items}
    return msgspec.json.format(msgspec.json.encode(record, order="sorted"), indent=2).decode() + "\n"


def as_text(total: Score, *, differences: bool = False) -> str:
    """A table for a person; with ``differences`` every item that is not right stands before it."""
    counts = total.counts
    rows = [f"{key}: {what}" for key, what in total.items.items() if what] if differences else []
    rows.append(f"{total.passages} passages")
    for name in ("figure", "found", *(f"kind {k}" for k in names(counts, "kind"))):
        precision, recall, both = precision_recall(counts, name)
        n = counts[f"{name} tp"] + counts[f"{name} fn"]
        rows.append(f"{name:<22} P {precision:.4f}  R {recall:.4f}  F1 {both:.4f}  of {n}")
    for name in ("relation", *(f"identity {i}" for i in names(counts, "identity"))):
        n = counts[f"{name} tp"] + counts[f"{name} fn"]
        rows.append(f"{name:<22} R {precision_recall(counts, name)[1]:.4f}  of {n}")
    for name in (*(f"field {f}" for f in names(counts, "field")), "verdict", "exact verdict"):
        rows.append(f"{name:<22} {share(counts, name):.4f}  of {counts[f'{name} right'] + counts[f'{name} wrong']}")
    for kind in names(counts, "soft"):
        good, asked = (
            counts[f"soft {kind} right"],
            sum(counts[f"soft {kind} {e}"] for e in ("right", "wrong", "missed")),
        )
        rows.append(f"{f'also {kind}':<22} R {good / asked:.4f}  of {asked}")
    for rule in names(counts, "template"):
        held = [
            f"{counts[f'template {rule} {e}']} {e}" for e in ("in gold", "wrong verdict", "not in gold", "false alarm")
        ]
        rows.append(f"template {rule}: {', '.join(held)}")
    rows.append(f"false alarms {counts['false alarms']} in {counts['findings']} findings")
    return "\n".join(rows) + "\n"
