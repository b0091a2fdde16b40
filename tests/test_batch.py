"""Many sources: every one has a row, the same bytes come out however it is run, and what is done is not done again."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from heshu.pipeline import batch
from heshu.pipeline.batch import pieces, pool
from heshu.pipeline.batch.pool import Result
from heshu.pipeline.errors import HeshuError
from heshu.pipeline.export import jsonl
from heshu.pipeline.fetch import sources as fetched
from heshu.pipeline.run import report
from heshu.schemas.transcript import Source
from tests import runs
from tests.runs import ROOT, digests, in_process, published, rows, run


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few documents make several pieces."""
    monkeypatch.setattr(pieces, "MEAN", 6)
    monkeypatch.setattr(pieces, "MOST", 12)


@pytest.fixture
def src(tmp_path: Path) -> Path:
    return runs.sources(tmp_path / "src", 60)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No processes: every piece is read in this one."""
    monkeypatch.setattr(batch, "Pool", runs.Here)


def test_in_is_ok_and_failed_and_skipped_and_every_input_has_one_row(src: Path, tmp_path: Path) -> None:
    (src / "empty.txt").touch()
    (src / "noise.bin").write_bytes(b"\x00\x01\x02\x03" * 50)
    (src / "zz-twin.txt").write_bytes((src / "00003.txt").read_bytes())
    (src / "zz-wrong.txt").write_text(runs.text(900, total=1107), "utf-8")
    end = run(["missing.html", str(src)], tmp_path / "out")
    found = rows(tmp_path / "out")
    assert (end.sources, end.ok, end.failed, end.skipped) == (65, 61, 3, 1)
    assert end.ok + end.failed + end.skipped == end.sources == len(found)
    assert end.codes == {"decode_error": 1, "duplicate": 1, "fetch_error": 2}
    assert (end.disagree, end.documents_that_disagree) == (1, 1)
    by_name = {row["source"].rpartition("/")[2]: row for row in found}
    assert found[0]["source"] == "missing.html"
    assert [row["source"] for row in found[1:]] == sorted(row["source"] for row in found[1:])
    assert by_name["zz-twin.txt"]["same_as"].endswith("00003.txt")
    assert by_name["noise.bin"]["problem"]
    made = runs.reports(tmp_path / "out")
    assert [one["document"]["source"] for one in made] == [row["source"] for row in found if row["status"] == "ok"]


def test_a_report_of_a_run_is_the_report_of_the_source(src: Path, tmp_path: Path) -> None:
    run(src, tmp_path / "out", limit=20)
    expected = [jsonl.line(report(item)) for item in fetched([str(src)]) if isinstance(item, Source)][:20]
    assert (tmp_path / "out" / "reports.jsonl").read_bytes() == b"".join(expected)


def test_the_same_bytes_for_any_number_of_workers(src: Path, tmp_path: Path) -> None:
    outs = []
    for workers in (1, 2, 8):
        run(src, tmp_path / str(workers), workers=workers, formats=("parquet", "csv"))
        outs.append(digests(tmp_path / str(workers)))
    assert outs[0] == outs[1] == outs[2]
    assert len([name for name in outs[0] if name.startswith("shards/")]) > 2
    assert {"reports.jsonl", "manifest.jsonl", "figures.parquet", "datapackage.json"} <= set(outs[0])


@pytest.mark.usefixtures("here")
def test_the_order_in_which_pieces_are_done_does_not_matter(src: Path, tmp_path: Path) -> None:
    def shuffled(items: Iterator[pieces.Piece], begun: Callable[[], None]) -> Iterator[Result]:
        done = list(in_process(items, begun))
        random.Random(5).shuffle(done)
        yield from done

    run(src, tmp_path / "a", engine=in_process)
    run(src, tmp_path / "b", engine=shuffled)
    assert digests(tmp_path / "a") == digests(tmp_path / "b")


def test_hash_seed_locale_and_time_zone_change_no_byte(src: Path, tmp_path: Path) -> None:
    settings = ({"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC"}, {"PYTHONHASHSEED": "77", "LC_ALL": "C.UTF-8", "TZ": "Pacific/Kiritimati"})
    for name, setting in zip("ab", settings, strict=True):
        call = [sys.executable, "-m", "heshu", "run", str(src), "--out", str(tmp_path / name), "--workers", "1", "--format", "sqlite,xlsx", "--limit", "40"]
        subprocess.run(call, cwd=ROOT, env={**os.environ, **setting}, check=True, capture_output=True)
    assert published(tmp_path / "a") == published(tmp_path / "b") != {}


def test_what_is_done_is_not_done_again(src: Path, tmp_path: Path) -> None:
    keys: list[str] = []

    def counted(items: Iterator[pieces.Piece], begun: Callable[[], None]) -> Iterator[Result]:
        for result in in_process(items, begun):
            keys.append(result.key)
            yield result

    run(src, tmp_path / "out", engine=counted)
    first, done = digests(tmp_path / "out"), len(keys)
    assert done > 3
    run(src, tmp_path / "out", engine=counted)
    assert len(keys) == done
    assert digests(tmp_path / "out") == first
    (src / "00000a.txt").write_text(runs.text(500), "utf-8")
    (src / "00059.txt").unlink()
    end = run(src, tmp_path / "out", engine=counted)
    assert end.sources == 60
    assert len(keys) <= done + 3, "a document more changes its own piece only"
    run(src, tmp_path / "new", engine=in_process)
    assert published(tmp_path / "out") == published(tmp_path / "new")


def test_a_changed_program_reads_again(src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(src, tmp_path / "out", engine=in_process, limit=5)
    before = {name for name in digests(tmp_path / "out") if name.startswith("shards/")}
    monkeypatch.setattr(pieces, "reader", lambda: "another")
    run(src, tmp_path / "out", engine=in_process, limit=5)
    assert {name for name in digests(tmp_path / "out") if name.startswith("shards/")} > before


def test_parts_are_the_whole(src: Path, tmp_path: Path) -> None:
    run(src, tmp_path / "whole", engine=in_process)
    found = []
    for number in (1, 2, 3):
        run(src, tmp_path / str(number), engine=in_process, part=(number, 3))
        found += (tmp_path / str(number) / "reports.jsonl").read_bytes().splitlines()
    assert sorted(found) == sorted((tmp_path / "whole" / "reports.jsonl").read_bytes().splitlines())
    with pytest.raises(HeshuError, match="holds part 1/3"):
        run(src, tmp_path / "1", engine=in_process, part=(2, 3))


def test_tables_of_an_earlier_format_do_not_stay_behind(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(src, out, engine=in_process, formats=("jsonl", "csv", "docbin"))
    (out / "mine.csv").write_text("notes of the user", "utf-8")
    assert (out / "docbin" / "000001.spacy").exists()
    run(src, out, engine=in_process, formats=("jsonl",))
    left = set(published(out))
    assert "figures.jsonl" in left
    assert not {"figures.csv", "docbin/000001.spacy"} & left
    assert "mine.csv" in left


def poison(folder: Path, name: str, word: str) -> None:
    (folder / name).write_text(f"POISON {word} {name}\n{runs.text(1)}", "utf-8")


def test_poison_is_set_aside_by_name_and_the_rest_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    src = runs.sources(tmp_path / "src", 35)
    for name, word in {"00010a": "kill", "00010b": "bug", "00020a": "memory", "00030a": "print", "00030b": "bignum"}.items():
        poison(src, f"{name}.txt", word)
    with monkeypatch.context() as patch:
        patch.setattr(pool, "command", runs.poisoned)
        end = run(src, tmp_path / "out", workers=2, limits=batch.Limits(0.3, 700 << 20))
    codes = {row["source"].rpartition("/")[2]: row["code"] for row in rows(tmp_path / "out") if row["code"]}
    expected = {"00010a": "worker_died", "00010b": "unexpected_error", "00020a": "memory_limit", "00030b": "time_limit"}
    assert codes == {f"{name}.txt": code for name, code in expected.items()}
    assert end.ok == 36
    problems = {row["code"]: row["problem"] for row in rows(tmp_path / "out") if row["code"]}
    assert "SIGKILL" in problems["worker_died"]
    assert "tried 3 times" in problems["time_limit"]
    assert "\n" not in problems["unexpected_error"]
    # Without the poison in the reader the same command leaves them, and --retry-failed reads them.
    assert run(src, tmp_path / "out").failed == 4
    assert run(src, tmp_path / "out", retry=True).failed == 0


def test_a_document_that_only_waits_is_ended_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    src = runs.sources(tmp_path / "src", 3)
    poison(src, "00001a.txt", "sleep")
    monkeypatch.setattr(pool, "command", runs.poisoned)
    assert run(src, tmp_path / "out", limits=batch.Limits(0.1)).codes == {"time_limit": 1}


def test_workers_that_cannot_start_are_an_error_and_no_loop(src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "command", lambda limits: [sys.executable, "-c", "raise SystemExit(5)"])
    with pytest.raises(HeshuError, match=r"end before they read anything \(exit code 5\)"):
        run(src, tmp_path / "out", workers=2)


def test_the_progress_ends_at_the_number_of_inputs(src: Path, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run(src, tmp_path / "out", watch=lambda p: seen.append((p.step, p.begun + p.found, p.merged)), workers=2)
    assert max(begun for _, begun, _ in seen) == 60
    assert seen[-1] == ("write", 60, 60)
    seen.clear()
    run(src, tmp_path / "out", watch=lambda p: seen.append((p.step, p.begun, p.found)))
    assert max(found for _, _, found in seen if found) == 60


def test_sources_are_not_held_in_memory(tmp_path: Path) -> None:
    """A stream far longer than what is in work is asked for bit by bit."""
    asked = 0

    def stream() -> Iterator[Source]:
        nonlocal asked
        for number in range(900):
            asked += 1
            yield Source(f"{number}.txt", runs.text(number).encode())

    ahead = 0

    def engine(items: Iterator[pieces.Piece], begun: Callable[[], None]) -> Iterator[Result]:
        nonlocal ahead
        done = 0
        for result in in_process(items, begun):
            ahead = max(ahead, asked - done)
            done = asked
            yield result

    batch.run(stream(), tmp_path / "out", batch.Options(formats=(), limit=300), engine=engine)
    assert asked == 300
    assert ahead <= pieces.MOST


def shell(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "heshu", "run", *map(str, arguments)]
    return subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_says_what_became_of_the_sources(tmp_path: Path) -> None:
    src = runs.sources(tmp_path / "src", 5)
    fine = shell(src, "--out", tmp_path / "out", "--no-parquet", "--workers", "1")
    assert (fine.returncode, fine.stderr) == (0, "")
    assert f"reports, tables and manifest in {tmp_path / 'out'}" in fine.stdout
    (src / "wrong.txt").write_text(runs.text(900, total=1107), "utf-8")
    wrong = shell(src, "--out", tmp_path / "out", "--no-parquet", "--workers", "1")
    assert wrong.returncode == 1
    assert "1  findings in 1 document\n" in wrong.stdout
    for number in range(30):
        (src / f"x{number:02}.txt").touch()
    failed = shell(src, "missing.html", "--out", tmp_path / "out", "--no-parquet", "--workers", "1")
    assert failed.returncode == 2
    lines = failed.stderr.splitlines()
    assert len(lines) == 21
    assert lines[0] == f"heshu: {src}/x00.txt: it is empty; save the page again [fetch_error]"
    assert lines[-1].startswith("heshu: and 11 more; ")
    assert "fetch_error        31" in failed.stdout.replace("  ", " " * 2)


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (["--shard", "3/2"], "is not I/N"), (["--workers", "0"], "is not a whole number above 0"), (["--format", "nonsense"], "is no format"),
        (["--limit", "x"], "is not a whole number"), (["--engine", "dask", "--scheduler", "nonsense://x"], "no scheduler answers"),
    ],
)
def test_a_wrong_call_is_one_line(words: list[str], problem: str, tmp_path: Path) -> None:
    done = shell(runs.sources(tmp_path / "src", 1), "--out", tmp_path / "out", *words)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert problem in done.stderr
    assert not (tmp_path / "out" / "manifest.jsonl").exists()
