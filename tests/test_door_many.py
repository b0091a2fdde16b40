"""Many documents from Python: a run and its frames, frames over many reports, texts of a frame, spaCy in bulk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import heshu
from heshu.pipeline import batch
from heshu.pipeline.errors import HeshuError
from tests import runs

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpora" / "pages" / "trs" / "retold.html"


def test_a_run_gives_the_frames_of_its_reports(tmp_path: Path) -> None:
    src = runs.sources(tmp_path / "src", 12)
    (src / "noise.bin").write_bytes(b"\x00\x01\x02\x03" * 50)
    made = heshu.run([src, PAGE, b"\x00\x01" * 90], tmp_path / "out", workers=1)
    assert (made.end.ok, made.end.failed) == (13, 2)
    assert [name.rpartition("/")[2] for name in made.failed()] == ["noise.bin", "bytes"]
    listed = list(heshu.reports([str(path) for path in sorted(src.glob("*.txt"))] + [str(PAGE)]))
    for table in ("documents", "turns", "figures", "findings", "issues"):
        one, other = getattr(made, table)(), getattr(heshu, table)(listed)
        pd.testing.assert_frame_equal(one, other)
    assert len(made.rankings()) == sum(len(report.rankings) for report in listed)
    assert len(heshu.rankings(listed)) == sum(len(report.rankings_frame()) for report in listed) > 0
    assert listed[0].documents_frame().source.tolist() == [str(src / "00000.txt")]


def test_an_unknown_option_and_an_unknown_format_are_refused(tmp_path: Path) -> None:
    with pytest.raises(HeshuError, match=r"--format nonsense: is no format; choose from parquet"):
        heshu.run(PAGE, tmp_path / "out", formats=("nonsense",))
    with pytest.raises(TypeError):
        heshu.run(PAGE, tmp_path / "out", nonsense=1)


def test_figures_of_the_texts_of_a_frame() -> None:
    given = pd.DataFrame(
        {"url": ["a", "b", "c", "d"], "body": ["全年开工项目200个，增长3.5%。", "", None, "总投资12亿元。"]}, index=[10, 20, 30, 40]
    )
    found = heshu.extract_frame(given, text="body", id="url")
    assert found[["url", "surface", "value", "unit"]].values.tolist() == [
        ["a", "200个", "200", "个"], ["a", "3.5%", "3.5", "percent"], ["d", "12亿元", "1200000000", "CNY"],
    ]
    assert heshu.extract_frame(given, text="body").iloc[:, 0].tolist() == [10, 10, 40]
    assert given.columns.tolist() == ["url", "body"], "the frame given is not changed"
    joined = given.merge(found, on="url")
    assert set(joined.url) == {"a", "d"}
    assert len(heshu.extract_frame(given.iloc[1:3], text="body")) == 0
    with pytest.raises(KeyError):
        heshu.extract_frame(given, text="nothing")


@pytest.fixture(scope="module")
def nlp() -> Any:
    import spacy

    made = spacy.blank("zh")
    made.add_pipe("heshu_figures")
    return made


TEXTS = ["全年开工项目200个。", "", "总投资12亿元，😀增长3.5%。"]


def surfaces(doc: Any) -> list[str]:
    return [span._.heshu["surface"] for span in doc.spans["heshu"]]


def test_spacy_reads_in_bulk(nlp: Any) -> None:
    docs = list(nlp.pipe(TEXTS))
    assert [surfaces(doc) for doc in docs] == [["200个"], [], ["12亿元", "3.5%"]]
    for doc in docs:
        for span in doc.spans["heshu"]:
            record = span._.heshu
            assert doc.text[record["start"] : record["end"]] == record["surface"]


def test_a_spacy_pipeline_is_stored_and_loaded(nlp: Any, tmp_path: Path) -> None:
    import spacy

    nlp.to_disk(tmp_path / "model")
    assert surfaces(spacy.load(tmp_path / "model")(TEXTS[2])) == ["12亿元", "3.5%"]
    again = spacy.blank("zh")
    again.add_pipe("heshu_figures")
    again.from_bytes(nlp.to_bytes())
    assert surfaces(again(TEXTS[0])) == ["200个"]


def test_docs_are_stored_with_their_records(nlp: Any, tmp_path: Path) -> None:
    from spacy.tokens import DocBin

    store = DocBin(store_user_data=True)
    for doc in nlp.pipe(TEXTS):
        store.add(doc)
    store.to_disk(tmp_path / "docs.spacy")
    docs = list(DocBin().from_disk(tmp_path / "docs.spacy").get_docs(nlp.vocab))
    assert [surfaces(doc) for doc in docs] == [["200个"], [], ["12亿元", "3.5%"]]


@pytest.mark.parametrize(
    "name", ["-rf", "a\nb", "\u202etxt.exe", "名" * 80, "$(touch x)", "'; rm", "a b", ".hidden", "con", "A.txt", "a.txt", "%2e%2e", "\udcff"]
)
def test_no_name_of_a_file_leads_out_of_the_output(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "Pool", runs.Here)
    src, out = tmp_path / "in" / "src", tmp_path / "in" / "out"
    src.mkdir(parents=True)
    (src / name).write_text(runs.text(1), "utf-8")
    (src / "up").symlink_to("..")
    (src / "loop").symlink_to("loop")
    before = {path for path in tmp_path.rglob("*") if out not in path.parents}
    end = runs.run(src, out, engine=runs.in_process, formats=("csv", "sqlite"))
    assert {path for path in tmp_path.rglob("*") if out not in path.parents} == before | {out}
    assert end.sources == end.ok + end.failed + end.skipped
    assert end.ok == (0 if name.startswith(".") else 1)
    shown = [row["source"] for row in runs.rows(out)]
    assert all("\n" not in words and "\u202e" not in words for words in shown)


@pytest.mark.parametrize("name", ["../escape.txt", "a/../../b.txt", "nul\0byte", "x" * 300])
def test_a_name_that_is_given_leads_nowhere_else_either(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "Pool", runs.Here)
    monkeypatch.chdir(runs.sources(tmp_path / "src", 1))
    end = runs.run([name, "00000.txt"], tmp_path / "out", engine=runs.in_process)
    assert (end.ok, end.failed) == (1, 1)
    assert {path.name for path in tmp_path.iterdir()} == {"src", "out"}


def test_an_output_that_is_a_link_or_a_file_is_named(tmp_path: Path) -> None:
    src = runs.sources(tmp_path / "src", 1)
    (tmp_path / "file").touch()
    with pytest.raises(HeshuError, match="cannot be written"):
        runs.run(src, tmp_path / "file", engine=runs.in_process)
    (tmp_path / "out").mkdir()
    (tmp_path / "precious").write_text("mine", "utf-8")
    (tmp_path / "out" / ".lock").symlink_to(tmp_path / "precious")
    with pytest.raises(HeshuError, match="cannot be written"):
        runs.run(src, tmp_path / "out", engine=runs.in_process)
    assert (tmp_path / "precious").read_text("utf-8") == "mine"
