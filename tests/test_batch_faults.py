"""Runs that are killed, disks that are full, twins, rot: nothing is lost, doubled or torn, and everything has a name.

Every zero stands beside a control that is not zero: a naive writer, or a folder that was not guarded.
"""

from __future__ import annotations

import errno
import fcntl
import os
import random
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from heshu.pipeline import batch
from heshu.pipeline.batch import pieces, store
from heshu.pipeline.errors import HeshuError
from heshu.pipeline.export import files
from tests import runs
from tests.runs import ROOT, digests, in_process, run

FORMATS = ("csv", "parquet", "sqlite")


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few documents make several pieces."""
    monkeypatch.setattr(pieces, "MEAN", 6)
    monkeypatch.setattr(pieces, "MOST", 12)


@pytest.fixture
def src(tmp_path: Path) -> Path:
    return runs.sources(tmp_path / "src", 40)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """No processes: every piece is read in this one."""
    monkeypatch.setattr(batch, "Pool", runs.Here)


# ---- C1: killed at any moment -------------------------------------------------------------------------------------------


def killed_until_done(start: Callable[[], object], longest: float, dice: random.Random) -> int:
    """Starts a run in a child, kills it at a random moment, starts it again until it is done; how often it was killed."""
    kills = 0
    while True:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                start()
                code = 0
            finally:
                os._exit(code)
        # A machine that is slow today must get through in the end.
        deadline = time.monotonic() + dice.uniform(0, longest * 1.2**kills)
        while time.monotonic() < deadline and not (ended := os.waitpid(child, os.WNOHANG))[0]:
            time.sleep(0.002)
        if ended[0]:
            assert os.waitstatus_to_exitcode(ended[1]) == 0
            return kills
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        kills += 1


def kill_and_resume(tmp_path: Path, workers: int, rounds: int) -> None:
    """``workers`` 0 reads in the run itself."""
    src = runs.sources(tmp_path / "src", 40)
    options: dict[str, Any] = {"engine": in_process} if not workers else {"workers": workers}
    # The first run loads what it needs, so only the second tells how long a child has.
    for name in ("first", "calm"):
        began = time.monotonic()
        run(src, tmp_path / name, formats=("jsonl", "csv", "sqlite"), **options)
        longest = time.monotonic() - began
    calm, kills, dice, number = digests(tmp_path / "calm"), 0, random.Random(workers), 0
    while kills < rounds:
        out = tmp_path / f"out{number}"
        kills += killed_until_done(lambda out=out: run(src, out, formats=("jsonl", "csv", "sqlite"), **options), longest, dice)  # type: ignore[misc]
        assert digests(out) == calm, "lost, doubled, torn, or something left behind"
        shutil.rmtree(out)
        number += 1


@pytest.mark.parametrize("workers", [0, 2], ids=["serial", "parallel"])
def test_a_run_that_is_killed_and_resumed_gives_the_same_bytes(workers: int, tmp_path: Path) -> None:
    kill_and_resume(tmp_path, workers, rounds=3 if workers else 5)


@pytest.mark.slow
@pytest.mark.parametrize("workers", [0, 2], ids=["serial", "parallel"])
def test_five_hundred_kills(workers: int, tmp_path: Path) -> None:
    kill_and_resume(tmp_path, workers, rounds=500)


def children(process: int) -> list[int]:
    """The processes that a process started."""
    return [int(word) for task in Path(f"/proc/{process}/task").glob("*/children") for word in task.read_text().split()]


def test_a_worker_that_is_killed_costs_nothing(src: Path, tmp_path: Path) -> None:
    """Any worker, any time, from outside: the documents are read by another."""
    run(src, tmp_path / "calm", workers=2)
    killed = 0

    def kill(progress: batch.Progress) -> None:
        nonlocal killed
        if progress.step == "read" and progress.begun in (5, 25):
            os.kill(children(os.getpid())[0], signal.SIGKILL)
            killed += 1

    run(src, tmp_path / "out", workers=2, watch=kill)
    assert killed
    assert digests(tmp_path / "out") == digests(tmp_path / "calm")


def test_workers_end_when_the_run_is_killed(tmp_path: Path) -> None:
    src = runs.sources(tmp_path / "src", 300)
    one = subprocess.Popen([sys.executable, "-m", "heshu", "run", str(src), "--out", str(tmp_path / "out"), "--workers", "2"], cwd=ROOT)
    workers: list[int] = []
    while len(workers) < 2 and one.poll() is None:
        workers = children(one.pid)
        time.sleep(0.02)
    one.kill()
    one.wait()
    assert len(workers) == 2
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{worker}").exists() for worker in workers):
        assert time.monotonic() < deadline, "a worker outlived its run"
        time.sleep(0.05)


def test_ctrl_c_leaves_nothing_half_written_and_exits_130(tmp_path: Path) -> None:
    src, out = runs.sources(tmp_path / "src", 400), tmp_path / "out"
    call = [sys.executable, "-m", "heshu", "run", str(src), "--out", str(out), "--workers", "2"]
    one = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
    while not list(out.glob("shards/*/*.z")) and one.poll() is None:
        time.sleep(0.01)
    # As a terminal does: to the run and to all its workers.
    os.killpg(one.pid, signal.SIGINT)
    shown = one.communicate()
    assert one.returncode == 130, shown
    assert shown[0] == b""
    assert shown[1].count(b"\n") == 1
    assert b"same command" in shown[1]
    assert set(os.listdir(out)) == {".lock", "shards"}
    assert not list(out.rglob(".tmp-*"))


# ---- C2, C3: calls that fail, and their order ---------------------------------------------------------------------------


class Disk:
    """The operating system with a call that fails: the ``nth`` of those that write, make last or rename."""

    CALLS = ("open", "write", "fsync", "replace", "link")

    def __init__(self, nth: int, code: int) -> None:
        self.nth, self.code, self.count = nth, code, 0
        self.calls: list[tuple[str, str]] = []
        self._names: dict[int, str] = {}

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in self.CALLS:
            return real

        def call(*given: Any, **named: Any) -> Any:
            self.count += 1
            if self.count == self.nth:
                raise OSError(self.code, os.strerror(self.code), str(given[0]))
            done = real(*given, **named)
            if name == "open":
                self._names[done] = str(given[0])
            place = self._names.get(given[0], str(given[0])) if isinstance(given[0], int) else str(given[0])
            self.calls.append((name, place if name != "replace" else f"{place} → {given[1]}"))
            return done

        return call


def under(monkeypatch: pytest.MonkeyPatch, disk: Disk) -> None:
    monkeypatch.setattr(files, "os", disk)
    monkeypatch.setattr(store, "os", disk)


def failing(code: int, stride: int, src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets every ``stride``th call of a run fail, one in each run."""
    out = tmp_path / "out"
    few = runs.sources(tmp_path / "few", 10)
    run(few, out, engine=in_process, formats=FORMATS)
    old = runs.published(out)
    run(src, tmp_path / "calm", engine=in_process, formats=FORMATS)
    new, failures, nth = runs.published(tmp_path / "calm"), 0, 1 - stride
    while True:
        nth += stride
        disk = Disk(nth, code)
        words = ""
        with monkeypatch.context() as patch:
            under(patch, disk)
            try:
                run(src, out, engine=in_process, formats=FORMATS)
            except HeshuError as error:
                words = f"{error.code} {error}"
        if disk.count < nth:
            break
        failures += 1
        assert words.startswith("output_error "), f"call {nth} failed and nobody noticed: {disk.calls[nth - 2 :]}"
        assert os.strerror(code) in words
        assert "\n" not in words
        assert runs.published(out) == old, f"call {nth}, {disk.calls[-1:]}"
        assert not list(batch.problems(out))
    assert failures > 60 // stride
    assert runs.published(out) == new


CODES = [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EMFILE]


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("code", "stride"), list(zip(CODES, (7, 17, 19, 23), strict=True)))
def test_a_call_that_fails_leaves_the_old_output_whole_and_the_run_resumes(
    code: int, stride: int, src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(code, stride, src, tmp_path, monkeypatch)


@pytest.mark.slow
@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("code", CODES, ids=errno.errorcode.get)
def test_whichever_call_fails_the_old_output_is_whole_and_the_run_resumes(
    code: int, src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing(code, 1, src, tmp_path, monkeypatch)


@pytest.mark.usefixtures("here")
def test_every_file_is_made_last_before_it_is_renamed_and_its_folder_after(
    src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(-1, 0)
    under(monkeypatch, disk)
    run(src, tmp_path / "out", engine=in_process, formats=(*FORMATS, "xlsx", "duckdb", "docbin"))
    renames = [(at, place.split(" → ")[0], place.split(" → ")[1]) for at, (name, place) in enumerate(disk.calls) if name == "replace"]
    assert len(renames) > 20
    for at, source, target in renames:
        assert ("fsync", source) in disk.calls[:at], f"{target} is renamed before it is last"
        written = [n for n, (name, place) in enumerate(disk.calls) if name == "write" and place == source and n < at]
        synced = max(n for n, call in enumerate(disk.calls[:at]) if call == ("fsync", source))
        assert not written or max(written) < synced
        assert ("fsync", str(Path(target).parent)) in disk.calls[at:], f"the name of {target} may be lost"
    assert renames[-1][2].endswith("manifest.jsonl")


def test_a_naive_writer_is_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same order of calls, without fsync, is a violation."""
    disk = Disk(-1, 0)
    descriptor = disk.open(tmp_path / "a.tmp", os.O_WRONLY | os.O_CREAT)
    disk.write(descriptor, b"x")
    disk.replace(tmp_path / "a.tmp", tmp_path / "a")
    assert ("fsync", str(tmp_path / "a.tmp")) not in disk.calls


def test_a_full_disk_is_named_whichever_library_writes(src: Path, tmp_path: Path) -> None:
    """A limit on the size of files, kept by the kernel: SQLite, DuckDB and XLSX write past our hands."""
    for name in ("sqlite", "xlsx", "duckdb", "csv"):
        out = tmp_path / name
        code = (
            "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (20000, 20000));"
            "from heshu.pipeline import cli; sys.exit(cli.main(sys.argv[1:]))"
        )
        call = [sys.executable, "-c", code, "run", str(src), "--out", str(out), "--format", name, "--no-parquet", "--workers", "1"]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 2, name
        assert done.stderr.count("\n") == 1, done.stderr
        assert "cannot be written" in done.stderr, done.stderr
        assert not list(out.glob(".tmp-*")), name
        assert not (out / "manifest.jsonl").exists()


# ---- C4, C5: twins ------------------------------------------------------------------------------------------------------


def test_a_result_that_is_committed_twice_is_there_once(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    body = pieces.body([])
    key = "ab" * 32
    for _ in range(200):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        twins = [threading.Thread(target=store.Store(folder).put, args=(key, body)) for _ in range(2)]
        for twin in twins:
            twin.start()
        for twin in twins:
            twin.join()
        assert [path.name for path in folder.rglob("*") if path.is_file()] == [f"{key}.jsonl.z"]


@pytest.mark.usefixtures("here")
def test_a_run_that_dies_between_commit_and_answer_does_the_piece_once(src: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(src, tmp_path / "calm", engine=in_process)
    put, committed = store.Store.put, 0

    def dies(self: store.Store, key: str, body: bytes) -> None:
        nonlocal committed
        put(self, key, body)
        committed += 1
        raise KeyboardInterrupt

    monkeypatch.setattr(store.Store, "put", dies)
    while True:
        try:
            run(src, tmp_path / "out", engine=in_process)
        except KeyboardInterrupt:
            continue
        break
    assert committed == len(list((tmp_path / "calm").rglob("*.z")))
    assert digests(tmp_path / "out") == digests(tmp_path / "calm")


def two_at_once(src: Path, out: Path) -> list[tuple[int, str]]:
    call = [sys.executable, "-m", "heshu", "run", str(src), "--out", str(out), "--no-parquet", "--workers", "1"]
    pair = [subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    return sorted((one.wait(), one.communicate()[1]) for one in pair)


def test_of_two_runs_on_one_output_the_second_says_so(src: Path, tmp_path: Path) -> None:
    done, refused = two_at_once(src, tmp_path / "out")
    assert done == (0, "")
    assert refused[0] == 2
    assert "another run writes to it" in refused[1]
    assert not list(batch.problems(tmp_path / "out"))


@pytest.mark.slow
def test_a_hundred_pairs_of_runs(src: Path, tmp_path: Path) -> None:
    for number in range(100):
        done, refused = two_at_once(src, tmp_path / str(number))
        assert (done[0], refused[0]) == (0, 2)
        assert "another run writes to it" in refused[1]


def test_the_lock_has_a_code_and_is_let_go(src: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with (tmp_path / "out" / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(HeshuError) as caught:
            run(src, tmp_path / "out", engine=in_process)
        assert caught.value.code == "output_locked"
    run(src, tmp_path / "out", engine=in_process, limit=3)
    run(src, tmp_path / "out", engine=in_process, limit=3)


# ---- C6, C7 -------------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_one_poison_document_in_ten_thousand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    src = runs.sources(tmp_path / "src", 9_999)
    (src / "05000a.txt").write_text("POISON kill", "utf-8")
    monkeypatch.setattr(batch.pool, "command", runs.poisoned)
    end = run(src, tmp_path / "out", workers=2)
    assert (end.ok, end.codes) == (9_999, {"worker_died": 1})
    assert next(batch.failures(tmp_path / "out")).source.endswith("05000a.txt")


def rot(out: Path, dice: random.Random) -> Iterator[str]:
    """Damages one file of an output, says which, and mends it when asked to go on."""
    names = sorted(digests(out))
    name = dice.choice(names)
    path = out / name
    whole = path.read_bytes()
    way = dice.choice(("byte", "cut", "gone", "more"))
    if way == "gone":
        path.unlink()
    elif way == "cut":
        path.write_bytes(whole[: dice.randrange(len(whole))])
    elif way == "more":
        path.write_bytes(whole + b"\0")
    else:
        at = dice.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
    yield name
    path.write_bytes(whole)


def found_rot(out: Path) -> str:
    """What verify names."""
    try:
        return "\n".join(batch.problems(out))
    except HeshuError as error:
        return str(error)


def rotten(src: Path, out: Path, rounds: int) -> None:
    run(src, out, engine=in_process, formats=(*FORMATS, "docbin"))
    dice = random.Random(7)
    assert found_rot(out) == ""
    for _ in range(rounds):
        damage = rot(out, dice)
        name = next(damage)
        # Where the manifest itself is gone the folder is named.
        named = found_rot(out)
        assert name in named or (name == "manifest.jsonl" and str(out) in named), (name, named)
        assert next(damage, None) is None
        assert found_rot(out) == ""


@pytest.mark.usefixtures("here")
def test_rot_is_named(src: Path, tmp_path: Path) -> None:
    rotten(src, tmp_path / "out", 40)


@pytest.mark.slow
@pytest.mark.usefixtures("here")
def test_a_thousand_times_rot(src: Path, tmp_path: Path) -> None:
    rotten(src, tmp_path / "out", 1000)


@pytest.mark.usefixtures("here")
def test_a_damaged_result_is_forgotten_and_made_again(src: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(src, out, engine=in_process)
    whole = digests(out)
    path = sorted(out.rglob("*.z"))[0]
    path.write_bytes(path.read_bytes()[:-3] + b"abc")
    with pytest.raises(HeshuError, match="is damaged"):
        run(src, out, engine=in_process)
    run(src, out, engine=in_process)
    assert digests(out) == whole


def test_verify_has_exit_codes_of_its_own(src: Path, tmp_path: Path) -> None:
    run(src, tmp_path / "out", engine=in_process, limit=5)
    for change, code in ((None, 0), ("figures.jsonl", 1), ("manifest.jsonl", 2)):
        if change:
            (tmp_path / "out" / change).write_bytes(b"{}\n")
        done = subprocess.run([sys.executable, "-m", "heshu", "verify", str(tmp_path / "out")], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == code, done
        assert (change or "as it was written") in done.stdout + done.stderr
