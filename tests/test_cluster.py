"""The same run on Dask: the same bytes, also where a worker is killed, a document is poison, or the scheduler is lost."""

from __future__ import annotations

import hashlib
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from heshu.pipeline import batch, cli, cluster, fetch, series
from heshu.pipeline.batch import pieces, pool
from heshu.pipeline.batch.pieces import reader
from heshu.pipeline.errors import HeshuError
from tests import runs
from tests.runs import ROOT, digests, run

OPTIONS: dict[str, Any] = {"workers": 2, "formats": ("jsonl", "csv")}


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few documents make several pieces."""
    monkeypatch.setattr(pieces, "MEAN", 6)
    monkeypatch.setattr(pieces, "MOST", 12)


def on_cluster(src: Path, out: Path, scheduler: str | None, **more: Any) -> batch.End:
    watch = more.pop("watch", None)
    options = batch.Options(**{**OPTIONS, **more})
    with cluster.engine(scheduler, options) as engine:
        return batch.run(fetch.sources([str(src)]), out, options, engine=engine, watch=watch)


def test_the_cluster_gives_the_bytes_of_the_machine_and_a_killed_worker_changes_none(tmp_path: Path) -> None:
    from distributed import Client, LocalCluster

    src = runs.sources(tmp_path / "src", 60)
    run(src, tmp_path / "here", **OPTIONS)
    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as there, Client(there) as client:

        def kill(progress: batch.Progress) -> None:
            if progress.step == "read" and progress.begun >= 10 and not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        end = on_cluster(src, tmp_path / "there", there.scheduler_address, watch=kill)
    assert killed
    assert end.ok == 60
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


def test_the_ledger_of_a_cluster_is_that_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blocks of a few reports, two workers as processes of their own; a folder that they do not see is named."""
    run(ROOT / "corpora" / "releases", tmp_path / "out", **OPTIONS)
    monkeypatch.setattr(cluster, "BLOCK", 20_000)
    here = digest_of(["series", str(tmp_path / "out"), "--json"], capsys)
    there = digest_of(["series", str(tmp_path / "out"), "--json", "--engine", "dask", "--workers", "2"], capsys)
    assert here == there
    assert here[0] == 1


def digest_of(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    code = cli.main(words)
    shown = capsys.readouterr().out
    assert shown
    return code, hashlib.sha256(shown.encode()).hexdigest()


def test_a_machine_that_does_not_see_the_folder_or_has_other_rules_is_named(tmp_path: Path) -> None:
    run(ROOT / "corpora" / "releases", tmp_path / "out", **OPTIONS)
    (block,) = series.blocks([tmp_path / "out"], 1 << 30)
    assert sum(len(body) for _, body in cluster._keyed((block, 3, reader()))) > 1000
    with pytest.raises(HeshuError, match="another version"):
        cluster._keyed((block, 3, "not this one"))
    with pytest.raises(HeshuError, match="all machines share"):
        cluster._keyed((block._replace(size=block.size + 1), 3, reader()))
    with pytest.raises(HeshuError, match="all machines share") as caught:
        cluster._keyed((block._replace(path="/nowhere/reports.jsonl"), 3, reader()))
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)  # noqa: S301


@pytest.mark.slow
def test_a_ledger_that_loses_a_worker_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from distributed import Client, LocalCluster

    from tests.test_series import written

    folder = written(tmp_path, 1000, 50)
    monkeypatch.setattr(cluster, "BLOCK", 1 << 20)
    whole = series.book(series.read(folder))
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as there, Client(there) as client:
        pids = list(client.run(os.getpid).values())
        timer = threading.Timer(2, os.kill, (pids[0], signal.SIGKILL))
        timer.start()
        found = cluster.book([folder], there.scheduler_address)
        timer.cancel()
        assert pids[0] not in client.run(os.getpid).values(), "done before a worker was lost"
    assert found == whole


def test_a_cluster_of_this_machine_listens_to_this_machine_only() -> None:
    import psutil  # type: ignore[import-untyped]

    with cluster._connected(None, 1) as client:
        processes = [psutil.Process(pid) for pid in (os.getpid(), *client.run(os.getpid).values())]
        heard = [one.laddr.ip for process in processes for one in process.net_connections("inet") if one.status == psutil.CONN_LISTEN]
    assert len(heard) >= 3
    assert set(heard) == {"127.0.0.1"}


@pytest.mark.parametrize("address", ["nonsense://x", "head", "tcp://head", "tcp://head:port"])
def test_what_is_no_scheduler_is_one_line(address: str, tmp_path: Path) -> None:
    call = [sys.executable, "-m", "heshu", "series", str(tmp_path), "--engine", "dask", "--scheduler", address]
    (tmp_path / "reports.jsonl").touch()
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no scheduler answers" in done.stderr


def test_no_scheduler_is_named(tmp_path: Path) -> None:
    with pytest.raises(HeshuError, match=r"no scheduler answers") as caught:
        on_cluster(tmp_path, tmp_path / "out", "nonsense://x")
    assert caught.value.code == "cluster_error"


def test_a_machine_with_other_rules_is_refused() -> None:
    with pytest.raises(HeshuError, match="another version of heshu"):
        cluster.read(b"", 10, 1 << 30, "not this one")


@pytest.mark.slow
def test_poison_on_a_cluster_is_set_aside_as_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    src = runs.sources(tmp_path / "src", 30)
    (src / "00010a.txt").write_text("POISON kill\n" + runs.text(1), "utf-8")
    monkeypatch.setattr(pool, "command", runs.poisoned)
    run(src, tmp_path / "here", **OPTIONS)
    from distributed import Client, LocalCluster

    # Workers in this process see the poisoned command, as those of a cluster would see their own.
    with LocalCluster(n_workers=2, threads_per_worker=1, processes=False, dashboard_address="127.0.0.1:0") as there, Client(there):
        end = on_cluster(src, tmp_path / "there", there.scheduler_address)
    assert end.codes == {"worker_died": 1}
    assert digests(tmp_path / "there") == digests(tmp_path / "here")


@pytest.fixture
def lonely() -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """A scheduler and a worker as processes of their own."""
    code = (
        "from distributed import LocalCluster; import time\n"
        "if __name__ == '__main__':\n"
        "    c = LocalCluster(n_workers=1, threads_per_worker=1, processes=False, host='127.0.0.1', protocol='tcp://', dashboard_address='127.0.0.1:0')\n"
        "    print(c.scheduler_address, flush=True); time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    address = process.stdout.readline().decode().strip()
    yield process, address
    process.kill()
    process.communicate()


@pytest.mark.slow
def test_a_lost_scheduler_is_named_and_the_run_resumes(tmp_path: Path, lonely: tuple[subprocess.Popen[bytes], str]) -> None:
    process, address = lonely
    src = runs.sources(tmp_path / "src", 200)
    run(src, tmp_path / "here", **OPTIONS)

    def kill(progress: batch.Progress) -> None:
        if progress.begun >= 20:
            process.kill()

    began = time.monotonic()
    with pytest.raises(HeshuError) as caught:
        on_cluster(src, tmp_path / "there", address, watch=kill)
    assert caught.value.code == "cluster_error"
    assert time.monotonic() - began < 120
    run(src, tmp_path / "there", **OPTIONS)
    assert digests(tmp_path / "there") == digests(tmp_path / "here")
