"""The doors for Python users: report, reports, frames, a notebook, and the spaCy component."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

import heshu
from heshu.pipeline import run
from heshu.pipeline.errors import HeshuError
from heshu.pipeline.export import frames, jsonl
from heshu.schemas.report import Coverage, Report
from heshu.schemas.transcript import Source
from tests.sample import sample

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpora" / "pages" / "trs" / "retold.html"
TEXT = "2023年，全市共安排重点项目240个，其中新建项目226个，续建项目14个。\n"


def _report(made: Report) -> heshu.Report:
    return heshu.Report(**{name: getattr(made, name) for name in made.__struct_fields__})


def test_a_path_a_name_and_bytes_give_the_same_findings() -> None:
    by_path, by_name, by_bytes = heshu.report(PAGE), heshu.report(str(PAGE)), heshu.report(PAGE.read_bytes())
    assert by_path == by_name
    assert by_path.findings == by_bytes.findings
    assert by_path.document.source == str(PAGE)
    assert len(by_path.figures) > 20


def test_reports_come_in_the_order_of_the_sources(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        (tmp_path / name).write_text(TEXT, "utf-8")
    given: list[str | Path | bytes] = [tmp_path / "b.txt", TEXT.encode(), tmp_path]
    made = [Path(report.document.source).name for report in heshu.reports(given)]
    assert made == ["b.txt", "bytes", "a.txt", "b.txt"]


def test_a_source_that_cannot_be_used_raises_with_advice(tmp_path: Path) -> None:
    with pytest.raises(HeshuError, match=r"missing\.html: .*; "):
        heshu.report(tmp_path / "missing.html")
    with pytest.raises(HeshuError):
        heshu.report(b"")


def test_the_report_of_the_door_is_the_report_of_the_command() -> None:
    door = heshu.report(PAGE)
    made = run.report(Source(str(PAGE), PAGE.read_bytes()))
    assert jsonl.line(door) == jsonl.line(made)
    assert jsonl.decode(jsonl.line(made)) == made
    assert json.loads(jsonl.line(made))["figures"][0]["value"].replace(".", "").isdigit()


def test_a_figure_s_row_has_the_exact_value_and_a_float_to_sort_by() -> None:
    frame = _report(sample()).figures_frame()
    assert len(frame) == 16
    row = frame[frame.surface == "1835.4亿元"].iloc[0]
    assert row.value == "183540000000"
    assert row.value_number == 183540000000.0
    assert row.period_start == "2023-01-01"
    assert row.scope == "全市"
    assert frame.sort_values("value_number").surface.iloc[-1] == "1835.4亿元"
    for value, number in zip(frame.value, frame.value_number, strict=True):
        assert float(Decimal(value)) == number


def test_frames_join_on_ids() -> None:
    report = _report(sample())
    findings, figures, turns = report.findings_frame(), report.figures_frame(), report.turns_frame()
    claims = findings.merge(figures, left_on="claim", right_on="id", suffixes=("", "_figure"))
    assert list(claims.claim_text) == list(claims.surface)
    assert set(findings.operands.str.split().explode().dropna()) <= set(figures.id)
    assert set(figures.turn) <= set(turns.id)
    assert turns.text.str.contains("新修农村公路").tolist() == [False, False, True]
    assert findings.set_index("identity").loc["sum", "weights"] == "1 1 -1"


def test_a_ranking_has_a_row_for_every_place_and_an_issue_one() -> None:
    report = _report(sample())
    assert report.rankings_frame()[["rank", "name"]].values.tolist() == [[1, "东县"]]
    position = msgspec.structs.replace(sample().rankings[0], form="position", entries=(), rank=2, subject="云川市")
    placed = _report(msgspec.structs.replace(sample(), rankings=(position,)))
    assert placed.rankings_frame()[["rank", "name"]].values.tolist() == [[2, "云川市"]]
    assert report.issues_frame().code.tolist() == ["unread_digits"]


@pytest.mark.parametrize("make", [frames.figures, frames.turns, frames.rankings, frames.findings, frames.issues])
def test_an_empty_report_has_frames_of_the_same_columns_and_types(make: object) -> None:
    assert callable(make)
    empty = msgspec.structs.replace(
        sample(), turns=(), figures=(), rankings=(), findings=(), issues=(), coverage=Coverage(0, 0, 0, 0, 0, ())
    )
    full, none = make(sample()), make(empty)
    assert len(full) > 0
    assert len(none) == 0
    assert none.dtypes.to_dict() == full.dtypes.to_dict()


def test_a_notebook_shows_the_findings_and_runs_nothing_of_the_page() -> None:
    report = sample()
    hostile = "<script>alert(1)</script>"
    message = msgspec.structs.replace(report.findings[0].message, zh=f"240 <b>{hostile}")
    findings = (msgspec.structs.replace(report.findings[0], message=message), *report.findings[1:])
    document = msgspec.structs.replace(report.document, title=hostile, issuer=f'"{hostile}')
    shown = _report(msgspec.structs.replace(report, document=document, findings=findings))._repr_html_()
    assert "<script" not in shown
    assert "&lt;script&gt;" in shown
    assert "✖ 1 不一致" in shown
    assert shown.count("<tr>") == 1 + len(report.findings)


def test_any_chinese_pipeline_takes_the_component_by_name() -> None:
    import spacy
    from spacy.tokens import Doc

    from heshu.pipeline import spacy_component

    assert spacy_component.KEY == "heshu"
    nlp = spacy.blank("zh")
    nlp.add_pipe("heshu_figures")
    doc = nlp("去年的情况，\n\n" + TEXT)
    spans = doc.spans["heshu"]
    assert [span._.heshu["surface"] for span in spans] == ["240个", "226个", "14个"]
    assert {span.label_ for span in spans} == {"count"}
    for span in spans:
        record = span._.heshu
        assert doc.text[record["start"] : record["end"]] == record["surface"]
        assert record["surface"] in span.text
    assert [finding["verdict"] for finding in doc._.heshu] == ["agrees"]
    again = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [span._.heshu["value"] for span in again.spans["heshu"]] == ["240", "226", "14"]
    assert len(nlp("").spans["heshu"]) == 0
