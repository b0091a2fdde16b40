"""Every format opened as its users open it: every row, every key, no digit lost, no formula run, offsets exact."""

from __future__ import annotations

import csv
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heshu.pipeline import batch
from heshu.pipeline.export import csvs, frames, jsonl, xlsx
from heshu.pipeline.export.tables import columns, number, rows
from heshu.schemas.finding import Message
from heshu.schemas.issue import Issue
from heshu.schemas.report import Report
from heshu.schemas.turn import Turn
from tests import runs
from tests.sample import sample

HOSTILE = ("=1+1", "+86", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\u00a0=1", "＝1+1", "'=1", " =HYPERLINK(\"x\")", "𠮷😀\u202e=1")
DIGITS = "123456789012345678901.50"


def hostile() -> list[Report]:
    """Reports whose words would be formulas, whose numbers have many digits, and whose text has characters outside the BMP."""
    base, made = sample(), []
    for number_, word in enumerate(HOSTILE):
        front = f"😀𠮷{word}\n"
        shift, id_ = len(front), f"sha256:{number_:064x}"
        figures = tuple(
            msgspec.structs.replace(f, start=f.start + shift, end=f.end + shift, subject=word, metric_text=word, value=DIGITS if f.value else None)
            for f in base.figures
        )
        turns = tuple(msgspec.structs.replace(t, start=t.start + shift, end=t.end + shift, title=word, speaker=word) for t in base.turns)
        rankings = tuple(msgspec.structs.replace(r, start=r.start + shift, end=r.end + shift) for r in base.rankings)
        document = msgspec.structs.replace(base.document, id=id_, text=front + base.document.text, title=word, source=word)
        issue = Issue("unread_digits", 2, 2 + len(word), word, Message(word, word))
        made.append(msgspec.structs.replace(base, document=document, figures=figures, turns=turns, rankings=rankings, issues=(issue,)))
    return made


@pytest.fixture
def written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[Iterable[Report], str], Path]:
    """A run in one format over given reports."""
    monkeypatch.setattr(batch, "Pool", runs.Here)

    def write(made: Iterable[Report], name: str) -> Path:
        from heshu.pipeline.batch.pieces import Entry, Piece, Read, body
        from heshu.pipeline.batch.pool import Result
        from heshu.schemas.transcript import Source

        listed = list(made)

        def engine(pieces: Iterable[Piece], begun: Callable[[], None]) -> Iterable[Result]:
            for piece in pieces:
                here = [listed[int(source.name)] for source in piece.sources if source]
                lines = [Read(Entry(r.document.source, "ok", None, None, r.document.id), jsonl.line(r)) for r in here]
                yield Result(piece.key, body(lines), 0)

        given = [Source(str(n), str(n).encode()) for n in range(len(listed))]
        batch.run(given, tmp_path / name, batch.Options(formats=(name,)), engine=engine)  # type: ignore[arg-type]
        return tmp_path / name

    return write


def expected(made: Iterable[Report]) -> dict[str, list[tuple[Any, ...]]]:
    found: dict[str, list[tuple[Any, ...]]] = {table: [] for table in columns()}
    for report in made:
        for table, more in rows(report).items():
            found[table] += more
    return found


Written = Callable[[Iterable[Report], str], Path]


def test_every_row_has_every_column_and_its_type() -> None:
    types = {"string": str, "integer": int, "number": float}
    for report in (sample(), *hostile()):
        for table, found in rows(report).items():
            declared = columns()[table]
            for row in found:
                assert len(row) == len(declared)
                assert row[0] == report.document.id
                for cell, column in zip(row, declared, strict=True):
                    assert cell is None or type(cell) is types[column.type], (table, column.name)


def test_a_number_that_no_float_can_hold_is_left_to_its_string() -> None:
    assert number("1e400") is None
    assert number(None) is None
    assert number("-3.20") == -3.2


def test_parquet_has_the_declared_schema_and_every_cell(written: Written) -> None:
    import pyarrow.parquet as pq

    made = hostile()
    out = written(made, "parquet")
    for table, found in expected(made).items():
        read = pq.read_table(out / f"{table}.parquet")
        assert read.schema.names == [column.name for column in columns()[table]]
        assert [tuple(row.values()) for row in read.to_pylist()] == found
        assert read.schema.field(0).metadata[b"description"]


def test_a_table_without_rows_keeps_its_schema(written: Written) -> None:
    import pandas as pd

    bare = msgspec.structs.replace(sample(), rankings=(), issues=())
    out = written([bare], "parquet")
    frame = pd.read_parquet(out / "rankings.parquet")
    assert len(frame) == 0
    assert list(frame.columns) == [column.name for column in columns()["rankings"]]


def test_jsonl_has_every_key(written: Written) -> None:
    made = hostile()
    out = written(made, "jsonl")
    for table, found in expected(made).items():
        lines = [json.loads(line) for line in (out / f"{table}.jsonl").read_bytes().splitlines()]
        assert [tuple(line.values()) for line in lines] == found
        assert all(list(line) == [column.name for column in columns()[table]] for line in lines)


def test_csv_has_a_mark_and_no_cell_that_a_spreadsheet_runs(written: Written) -> None:
    made = hostile()
    out = written(made, "csv")
    seen = 0
    for table, found in expected(made).items():
        data = (out / f"{table}.csv").read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        read = list(csv.reader(data.decode("utf-8-sig").splitlines(keepends=True)))
        assert len(read) == 1 + len(found)
        for row, cells in zip(read[1:], found, strict=True):
            for text, cell in zip(row, cells, strict=True):
                seen += text.startswith("'")
                assert not text.lstrip(" \u00a0\t\r\n").startswith(("=", "+", "@", "＝"))
                whole = text.removeprefix("'") if str(cell) != text else text
                assert whole == ("" if cell is None else str(cell))
    assert seen > 50
    assert [csvs.safe(cell) for cell in ("-3.2", "3.2", -1, None, "第-1")] == ["-3.2", "3.2", -1, None, "第-1"]


def test_sqlite_finds_chinese_and_has_what_datasette_wants(written: Written) -> None:
    made = hostile()
    out = written(made, "sqlite")
    base = sqlite3.connect(out / "heshu.sqlite")
    for table, found in expected(made).items():
        assert base.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall() == found
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    hit = "SELECT count(*) FROM turns WHERE rowid IN (SELECT rowid FROM turns_fts WHERE turns_fts MATCH '新修农村公路')"
    assert base.execute(hit).fetchone()[0] == len(made)
    assert base.execute(hit.replace("新修农村公路", "没有这些字")).fetchone()[0] == 0
    told = json.loads((out / "datasette.json").read_bytes())["databases"]["heshu"]["tables"]
    assert set(told) == set(columns())
    assert told["figures"]["columns"]["value"]


def test_duckdb_has_the_rows_in_their_order(written: Written) -> None:
    import duckdb

    made = hostile()
    out = written(made, "duckdb")
    base = duckdb.connect(str(out / "heshu.duckdb"), read_only=True)
    for table, found in expected(made).items():
        assert base.execute(f"SELECT * FROM {table}").fetchall() == found
    assert base.execute("SELECT value FROM figures ORDER BY value_number DESC LIMIT 1").fetchone() == (DIGITS,)


def workbook(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    import openpyxl

    book = openpyxl.load_workbook(path)
    for sheet in book:
        assert not [cell.coordinate for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book}


def test_xlsx_has_text_cells_and_no_formula(written: Written) -> None:
    made = hostile()
    sheets = workbook(written(made, "xlsx") / "heshu.xlsx")
    for table, found in expected(made).items():
        kept = [n for n, column in enumerate(columns()[table]) if (table, column.name) != ("documents", "text")]
        assert len(sheets[table]) == 1 + len(found)
        for line, cells in zip(sheets[table][1:], found, strict=True):
            for shown, cell in zip(line, [cells[n] for n in kept], strict=True):
                    if isinstance(cell, float):
                        # The format keeps 16 digits of a float; the exact string stands beside it.
                        assert shown == pytest.approx(cell, rel=1e-15)
                        continue
                    # The reader turns a carriage return into its escape; an empty text is an empty cell.
                    read = shown.replace("_x000D_", "\r") if isinstance(shown, str) else shown
                    assert (None if read == "" else read) == (None if cell == "" else cell)


def test_what_a_sheet_cannot_hold_is_noted(written: Written, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 10)
    report = sample()
    long = "长" * 40_000
    document = msgspec.structs.replace(report.document, text=long + report.document.text)
    turn = Turn("t1", None, None, "unknown", "statement", None, 0, 40_000)
    sheets = workbook(written([msgspec.structs.replace(report, document=document, turns=(turn,))], "xlsx") / "heshu.xlsx")
    assert [name for name in sheets if name.startswith("figures")] == ["figures", "figures 2"]
    assert len(sheets["figures"]) + len(sheets["figures 2"]) == 2 + len(report.figures)
    assert ("turns", 2, "text", "cut: 40000 characters, a cell holds 32767") in sheets["notes"]
    assert sheets["turns"][1][-1].endswith("长…")
    assert len(sheets["turns"][1][-1]) == 32_767


@pytest.mark.slow
def test_libreoffice_runs_no_formula_and_loses_no_digit(written: Written, tmp_path: Path) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    made = hostile()
    for name, file in (("xlsx", "heshu.xlsx"), ("csv", "figures.csv")):
        out = written(made, name)
        call = [office, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "fods", "--outdir", str(tmp_path), str(out / file)]
        subprocess.run(call, check=True, capture_output=True, timeout=180)
        opened = (tmp_path / Path(file).with_suffix(".fods").name).read_text("utf-8")
        assert "table:formula" not in opened
        assert name == "csv" or DIGITS in opened


def test_annotations_quote_what_stands_at_their_place(written: Written) -> None:
    made = hostile()
    out = written(made, "annotations")
    texts = {report.document.id.removeprefix("sha256:"): report.document.text for report in made}
    lines = [json.loads(line) for line in (out / "annotations.jsonl").read_bytes().splitlines()]
    assert len(lines) == sum(len(report.figures) for report in made)
    assert len({line["id"] for line in lines}) == len(lines)
    for line in lines:
        text = texts[line["target"]["source"].removeprefix("urn:sha256:")]
        place, quote = line["target"]["selector"]
        assert text[place["start"] : place["end"]] == quote["exact"]
        assert text.count(quote["prefix"] + quote["exact"] + quote["suffix"]) >= 1


def test_label_studio_offsets_count_code_points(written: Written) -> None:
    made = hostile()
    out = written(made, "labelstudio")
    tasks = json.loads((out / "label-studio.json").read_bytes())
    assert len(tasks) == len(made)
    labels = (out / "label-studio.xml").read_text("utf-8")
    for task in tasks:
        for result in task["predictions"][0]["result"]:
            value = result["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]
            assert f'<Label value="{value["labels"][0]}"/>' in labels


def test_docbin_is_ready_for_training(written: Written) -> None:
    import spacy
    from spacy.tokens import DocBin

    made = hostile()
    out = written(made, "docbin")
    nlp = spacy.blank("zh")
    docs = list(DocBin().from_disk(out / "docbin" / "000001.spacy").get_docs(nlp.vocab))
    assert [doc.text for doc in docs] == [report.document.text for report in made]
    for doc, report in zip(docs, made, strict=True):
        assert [span._.heshu["value"] for span in doc.spans["heshu"]] == [figure.value for figure in report.figures]
        for span in doc.spans["heshu"]:
            record = span._.heshu
            assert doc.text[record["start"] : record["end"]] == record["surface"]
            assert span.label_ == record["kind"]
        assert len(doc._.heshu) == len(report.findings)


def test_every_format_is_the_same_bytes_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "Pool", runs.Here)
    src = runs.sources(tmp_path / "src", 30)
    for name in "ab":
        runs.run(src, tmp_path / name, engine=runs.in_process, formats=runs.ALL)
    assert runs.digests(tmp_path / "a") == runs.digests(tmp_path / "b")
    assert {"heshu.duckdb", "heshu.sqlite", "heshu.xlsx", "docbin/000001.spacy"} <= set(runs.digests(tmp_path / "a"))


def test_the_data_package_and_croissant_describe_every_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "Pool", runs.Here)
    runs.run(runs.sources(tmp_path / "src", 8), tmp_path / "out", engine=runs.in_process, formats=("parquet", "csv", "sqlite"))
    digests = runs.digests(tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_bytes())
    assert {item["path"] for item in package["resources"]} == {
        name for name in digests if not name.startswith("shards/") and name not in ("manifest.jsonl", "datapackage.json", "croissant.json")
    }
    assert all(item["hash"] == f"sha256:{digests[item['path']]}" for item in package["resources"])
    names = [item["name"] for item in package["resources"]]
    assert len(set(names)) == len(names)
    for item in package["resources"]:
        if item["path"].endswith(".csv"):
            header = (tmp_path / "out" / item["path"]).read_text("utf-8-sig").splitlines()[0]
            assert header.split(",") == [field["name"] for field in item["schema"]["fields"]]
    croissant = json.loads((tmp_path / "out" / "croissant.json").read_bytes())
    files = {item["@id"]: item["sha256"] for item in croissant["distribution"]}
    assert files == {name: digest for name, digest in digests.items() if name.endswith(".parquet")}
    assert {found["@id"] for found in croissant["recordSet"]} == set(columns())


def test_frames_over_many_reports_are_the_tables() -> None:
    made = hostile()
    found = expected(made)
    for table, make in (("documents", frames.documents), ("turns", frames.turns), ("figures", frames.figures), ("findings", frames.findings)):
        frame = make(made)
        assert len(frame) == len(found[table])
        assert list(frame.columns) == [column.name for column in columns()[table]]
    assert list(frames.figures(made).value.dropna().unique()) == [DIGITS]
