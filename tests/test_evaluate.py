"""Measuring: what counts as found, right, extra, a false alarm; and floors that only rise."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heshu.pipeline import evaluate, floors, gold, run
from heshu.pipeline.errors import DecodeError, FetchError
from heshu.pipeline.gold import GoldFigure, GoldRelation, Passage
from heshu.schemas.figure import Figure
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source
from tests.sample import TEXT, sample


def _gold() -> Passage:
    """The sample's own figures and findings as a person would annotate them."""
    report = sample()
    numbers = {figure.id: n for n, figure in enumerate(report.figures, 1)}
    figures = tuple(
        GoldFigure(
            i=numbers[f.id], start=f.start, end=f.end, surface=f.surface, kind=f.kind, value=f.value, unit=f.unit,
            bound=f.bound, direction=f.direction, metric_text=f.metric_text, period="2023",
        )
        for f in report.figures
    )  # fmt: skip
    relations = tuple(
        GoldRelation(
            identity=f.identity,
            verdict=f.verdict,
            operands=tuple(numbers[o] for o in f.operands),
            claim=numbers[f.claim] if f.claim else None,
        )
        for f in report.findings
        if f.operands
    )
    return Passage("sample", TEXT, figures, relations)


def _score(passage: Passage, **changes: Any) -> evaluate.Score:
    made: Report = msgspec.structs.replace(sample(), **changes)
    return evaluate.score([passage], lambda source: made)


def _differences(score: evaluate.Score) -> list[str]:
    return [key for key, what in score.items.items() if what]


def _with_figure(surface: str, **changes: Any) -> dict[str, tuple[Figure, ...]]:
    figures = sample().figures
    return {"figures": tuple(msgspec.structs.replace(f, **changes) if f.surface == surface else f for f in figures)}


def test_the_text_reaches_the_maker_of_reports() -> None:
    given: list[Source] = []

    def make(source: Source) -> Report:
        given.append(source)
        return sample()

    evaluate.score([_gold()], make)
    assert given[0].data.decode() == TEXT + "\n"


def test_a_perfect_reading_has_no_difference() -> None:
    score = _score(_gold())
    assert _differences(score) == []
    assert evaluate.measures(score) == {
        "found_f1": 1, "figure_f1": 1, "relation_recall": 1, "verdict": 1, "bound": 1, "direction": 1,
        "metric": 1, "period": 1, "false_alarms": 0,
    }  # fmt: skip
    assert score.counts["relation tp"] == 4


@pytest.mark.parametrize(
    ("surface", "changes", "wrong"),
    [
        ("82.8%", {"value": "82.9"}, "value"),
        ("82.8%", {"kind": "points", "unit": "percentage_point"}, "kind"),
        ("1835.4亿元", {"unit": "USD"}, "unit"),
    ],
)
def test_a_figure_read_otherwise_is_found_but_not_right(surface: str, changes: dict[str, str], wrong: str) -> None:
    score = _score(_gold(), **_with_figure(surface, **changes))
    assert evaluate.precision_recall(score.counts, "found") == (1, 1, 1)
    assert evaluate.precision_recall(score.counts, "figure")[:2] == (15 / 16, 15 / 16)
    assert score.counts[f"field {wrong} wrong"] == 1
    assert [key.split()[-1] for key in _differences(score)] == [surface]


@pytest.mark.parametrize(
    ("surface", "changes", "field"),
    [
        ("约30万人", {"bound": None}, "bound"),
        ("25%", {"direction": "down"}, "direction"),
        ("53项", {"metric_text": "竣工"}, "metric"),
    ],
)
def test_other_fields_are_counted_apart(surface: str, changes: dict[str, Any], field: str) -> None:
    score = _score(_gold(), **_with_figure(surface, **changes))
    worse = {name for name, value in evaluate.measures(score).items() if value < 1 and name != "false_alarms"}
    assert worse == {field}


def test_a_period_whose_year_is_not_in_the_text_is_not_asked() -> None:
    """Annotators take the year from the source: without it in the text nobody could read it."""
    assert "2023" not in TEXT
    assert _score(_gold(), **_with_figure("53项", period=None)).counts["field period wrong"] == 0
    dated = "2023年的情况。" + TEXT
    shift = len(dated) - len(TEXT)

    def moved(records: Any) -> Any:
        return tuple(msgspec.structs.replace(r, start=r.start + shift, end=r.end + shift) for r in records)

    passage = msgspec.structs.replace(_gold(), text=dated, figures=moved(_gold().figures))
    document = msgspec.structs.replace(sample().document, text=dated)
    figures = moved(_with_figure("53项", period=None)["figures"])
    counts = _score(passage, document=document, figures=figures).counts
    assert (counts["field period right"], counts["field period wrong"]) == (15, 1)


def test_white_space_and_the_unit_within_the_unit_do_not_matter() -> None:
    passage = _gold()
    spaced = msgspec.structs.replace(passage, text=passage.text.replace("\n", "\n\n  "))
    shifted = tuple(
        msgspec.structs.replace(
            f, start=spaced.text.index(f.surface), end=spaced.text.index(f.surface) + len(f.surface)
        )
        for f in passage.figures
    )
    score = _score(msgspec.structs.replace(spaced, figures=shifted), **_with_figure("64项", unit="项工程"))
    assert _differences(score) == []


def test_a_missed_figure_takes_its_relations_with_it() -> None:
    figures = tuple(f for f in sample().figures if f.surface != "53项")
    score = _score(_gold(), figures=figures)
    assert score.counts["found fn"] == 1
    assert score.counts["identity ratio fn"] == 1


def test_an_extra_figure_costs_precision_and_soft_kinds_do_not() -> None:
    passage = _gold()
    figures = tuple(f for f in passage.figures if f.surface not in ("1260公里", "210公里", "25%"))
    relations = tuple(r for r in passage.relations if r.identity != "growth")
    score = _score(msgspec.structs.replace(passage, figures=figures, relations=relations))
    assert score.counts["found fp"] == 3
    assert score.counts["kind quantity fp"] == 2


def test_words_without_digits_count_only_where_the_gold_names_them() -> None:
    text = "经过两轮征求意见。" + TEXT
    two = msgspec.structs.replace(sample().figures[0], id="f0", start=2, end=4, surface="两轮", value="2", unit="轮")
    moved = tuple(msgspec.structs.replace(f, start=f.start + 9, end=f.end + 9) for f in sample().figures)
    document = msgspec.structs.replace(sample().document, text=text)
    passage = _gold()
    passage = msgspec.structs.replace(
        passage,
        text=text,
        figures=tuple(msgspec.structs.replace(f, start=f.start + 9, end=f.end + 9) for f in passage.figures),
    )
    made = {"document": document, "figures": (two, *moved)}
    assert _score(passage, **made).counts["found fp"] == 0
    named = msgspec.structs.replace(passage, not_figures=("两轮",))
    assert _score(named, **made).counts["found fp"] == 1


def _verdicts(identity: str, verdict: str) -> dict[str, Any]:
    findings = sample().findings
    return {
        "findings": tuple(
            msgspec.structs.replace(f, verdict=verdict) if f.identity == identity else f for f in findings
        )
    }


def test_agreeing_within_rounding_is_agreeing_but_not_exactly() -> None:
    score = _score(_gold(), **_verdicts("sum", "within_rounding"))
    assert evaluate.measures(score)["verdict"] == 1
    assert score.counts["exact verdict wrong"] == 1


def test_a_disagreement_that_the_gold_does_not_have_is_a_false_alarm() -> None:
    score = _score(_gold(), **_verdicts("sum", "disagrees"))
    assert score.counts["false alarms"] == 1
    assert score.counts["template made by hand false alarm"] == 1
    assert score.counts["template made by hand wrong verdict"] == 1
    passage = _gold()
    without = tuple(r for r in passage.relations if r.identity != "growth")
    outside = _score(msgspec.structs.replace(passage, relations=without))
    assert outside.counts["false alarms"] == 1
    assert outside.counts["template made by hand not in gold"] == 2


def test_either_of_two_verdicts_is_right_and_old_words_mean_cannot_tell() -> None:
    passage = _gold()
    either = tuple(
        msgspec.structs.replace(r, verdict="overlapping_parts", alt_verdict=r.verdict) for r in passage.relations
    )
    assert evaluate.measures(_score(msgspec.structs.replace(passage, relations=either)))["verdict"] == 1
    old = tuple(msgspec.structs.replace(r, verdict="overlapping_parts") for r in passage.relations)
    assert evaluate.measures(_score(msgspec.structs.replace(passage, relations=old)))["verdict"] == 0


def test_a_relation_is_found_whatever_the_order_of_its_operands() -> None:
    passage = _gold()
    turned = tuple(
        msgspec.structs.replace(r, operands=tuple(-o for o in reversed(r.operands or ()))) for r in passage.relations
    )
    score = _score(msgspec.structs.replace(passage, relations=turned))
    assert score.counts["relation fn"] == 0


def test_an_optional_relation_that_is_not_found_costs_nothing() -> None:
    passage = _gold()
    for optional, missed in ((True, 0), (False, 1)):
        more = GoldRelation(identity="ratio", verdict="agrees", operands=(2, 1), claim=3, optional=optional)
        score = _score(msgspec.structs.replace(passage, relations=(*passage.relations, more)))
        assert score.counts["relation fn"] == missed


def test_the_answers_can_be_read_by_people_and_programs() -> None:
    score = _score(_gold(), **_verdicts("sum", "disagrees"))
    shown = evaluate.as_text(score, differences=True)
    assert "verdict disagrees, annotated agrees" in shown
    assert "template made by hand: 4 in gold, 1 wrong verdict, 1 not in gold, 1 false alarm" in shown
    assert "false alarms 1 in 5 findings" in shown
    assert "annotated" not in evaluate.as_text(score)
    record = json.loads(evaluate.as_json(score))
    assert record["measures"]["false_alarms"] == 1
    assert sum(1 for what in record["items"].values() if what) == 1


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-H2", ("2020-07-01", "2020-12-31")),
        ("2013-Q1", ("2013-01-01", "2013-03-31")),
        ("2024-02", ("2024-02-01", "2024-02-29")),
        ("2020-01/2020-11", ("2020-01-01", "2020-11-30")),
        ("2020-12-20", ("2020-12-20", "2020-12-20")),
        ("2016/2020", ("2016-01-01", "2020-12-31")),
        ("/2020-11", None),
        ("上半年", None),
        ("", None),
        (None, None),
    ],
)
def test_the_annotator_s_periods(text: str | None, dates: tuple[str, str] | None) -> None:
    assert gold.period_dates(text) == dates


def test_gold_that_cannot_be_read_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(msgspec.json.encode(_gold()) + b'\n\n{"id": 3}\n')
    with pytest.raises(DecodeError, match=r"gold\.jsonl:3"):
        gold.read([path])
    with pytest.raises(FetchError, match="nowhere"):
        gold.read([tmp_path / "nowhere.jsonl"])


class TestFloors:
    @pytest.fixture
    def files(self, tmp_path: Path) -> tuple[str, list[str]]:
        path = tmp_path / "gold.jsonl"
        path.write_bytes(msgspec.json.encode(_gold()) + b"\n")
        return str(tmp_path / "floors.json"), [str(path)]

    @staticmethod
    def _raise(file: str, names: list[str], score: evaluate.Score) -> floors.Floors:
        Path(file).write_text(floors.text(floors.read(file).raised(names, score)), "utf-8")
        return floors.read(file)

    def test_rise_and_never_fall(self, files: tuple[str, list[str]]) -> None:
        file, names = files
        worse, better = _score(_gold(), **_with_figure("82.8%", value="1")), _score(_gold())
        first = self._raise(file, names, worse)
        assert first.floors["figure_f1"] == 0.9375
        assert first.below(names, worse) == []
        second = self._raise(file, names, better)
        assert second.floors["figure_f1"] == 1
        assert self._raise(file, names, worse) == second
        assert second.below(names, better) == []
        assert second.below(names, worse) == ["figure_f1: 0.9375 is below its floor 1.0000"]
        assert [path.name for path in second.paths()] == ["gold.jsonl"]

    def test_false_alarms_have_a_ceiling_that_only_falls(self, files: tuple[str, list[str]]) -> None:
        file, names = files
        alarm, none = _score(_gold(), **_verdicts("sum", "disagrees")), _score(_gold())
        assert self._raise(file, names, alarm).ceilings == {"false_alarms": 1}
        assert self._raise(file, names, none).ceilings == {"false_alarms": 0}
        assert self._raise(file, names, alarm).ceilings == {"false_alarms": 0}
        assert any("ceiling" in line for line in floors.read(file).below(names, alarm))

    def test_other_gold_is_not_the_gold_of_the_floors(self, files: tuple[str, list[str]]) -> None:
        file, names = files
        perfect, worse = _score(_gold()), _score(_gold(), **_with_figure("82.8%", value="1"))
        held = self._raise(file, names, perfect)
        Path(names[0]).write_bytes(Path(names[0]).read_bytes() + b"\n")
        assert any("digest" in line for line in held.below(names, perfect))
        with pytest.raises(DecodeError, match="figure_f1"):
            held.raised(names, worse)
        assert held.raised(names, perfect).below(names, perfect) == []

    def test_a_file_that_is_none(self, tmp_path: Path) -> None:
        (tmp_path / "floors.json").write_text('{"floors": []}', "utf-8")
        with pytest.raises(DecodeError, match="no floors"):
            floors.read(str(tmp_path / "floors.json"))
        assert floors.read(str(tmp_path / "new.json")).floors == {}


def test_accuracy_is_not_below_the_floors() -> None:
    held = floors.read(str(Path(__file__).resolve().parent.parent / "corpora" / "floors.json"))
    names = [str(path) for path in held.paths()]
    assert held.below(names, evaluate.score(gold.read(names), run.report)) == []
