"""Drivers and workers of a cluster that are killed at any moment: the run goes on or is resumed, and the bytes are the same.

``python -m tests.test_cluster_kills 500`` kills five hundred of each.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from heshu.pipeline import batch, cluster, fetch
from tests import runs
from tests.runs import ROOT, digests, run

FORMATS = ("jsonl", "csv", "sqlite")
# Small pieces here and in the driver, which is a process of its own.
SMALL = "from heshu.pipeline.batch import pieces; pieces.MEAN, pieces.MOST = 6, 12\n"
DRIVER = SMALL + "import sys; from heshu.pipeline import cli; sys.exit(cli.main(sys.argv[1:]))"
SCHEDULER = (
    "from distributed import LocalCluster; import time\n"
    "if __name__ == '__main__':\n"
    "    c = LocalCluster(n_workers=2, threads_per_worker=1, host='127.0.0.1', dashboard_address='127.0.0.1:0', silence_logs=50)\n"
    "    print(c.scheduler_address, flush=True); time.sleep(36000)\n"
)


@pytest.fixture(autouse=True)
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a few documents make several pieces."""
    from heshu.pipeline.batch import pieces

    monkeypatch.setattr(pieces, "MEAN", 6)
    monkeypatch.setattr(pieces, "MOST", 12)


@contextmanager
def scheduler(folder: Path) -> Iterator[str]:
    """A scheduler and two workers, in processes of their own."""
    script = folder / "scheduler.py"
    script.write_text(SCHEDULER, "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, str(script)], cwd=ROOT, env=env, stdout=subprocess.PIPE, start_new_session=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().decode().strip()
        finally:
            # Its own session: nothing else is in it.
            os.killpg(process.pid, signal.SIGKILL)


def drivers_killed(folder: Path, rounds: int) -> int:
    """Kills drivers until there were so many, each run resumed until it is done; how many runs that made."""
    src = runs.sources(folder / "src", 120)
    run(src, folder / "calm", formats=FORMATS)
    calm, dice, kills, number = digests(folder / "calm"), random.Random(11), 0, 0
    with scheduler(folder) as address:
        words = ["run", str(src), "--out", str(folder / "first"), "--no-parquet", "--format", ",".join(FORMATS), "--engine", "dask", "--scheduler", address]
        call = [sys.executable, "-c", DRIVER, *words]
        # The first run loads what it needs, so only the second tells how long a driver has.
        for name in ("first", "second"):
            call[call.index("--out") + 1], began = str(folder / name), time.monotonic()
            subprocess.run(call, cwd=ROOT, check=True, capture_output=True)
            longest = time.monotonic() - began
        while kills < rounds:
            out, tries = folder / f"out{number}", 0
            call[call.index("--out") + 1] = str(out)
            while True:
                driver = subprocess.Popen(call, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
                try:
                    # Most of a driver's life is its start; the kill shall fall into what comes after.
                    driver.communicate(timeout=longest * dice.uniform(0.4, 0.95) * 1.1**tries)
                except subprocess.TimeoutExpired:
                    driver.kill()
                    driver.communicate()
                    kills, tries = kills + 1, tries + 1
                    continue
                assert driver.returncode == 0
                break
            assert digests(out) == calm, "lost, doubled, torn, or something left behind"
            shutil.rmtree(out)
            number += 1
    return number


def workers_killed(folder: Path, rounds: int) -> int:
    """Kills a worker of the cluster in every run, at a random document; how many runs that made."""
    from distributed import Client

    src = runs.sources(folder / "src", 120)
    run(src, folder / "calm", formats=FORMATS)
    calm, dice, number, kills = digests(folder / "calm"), random.Random(12), 0, 0
    options = batch.Options(formats=FORMATS)
    with scheduler(folder) as address, Client(address, set_as_default=False) as client:
        while kills < rounds:
            at, out, done = dice.randrange(1, 100), folder / f"out{number}", False
            client.wait_for_workers(2)

            def kill(progress: batch.Progress, at: int = at) -> None:
                nonlocal kills, done
                if progress.step == "read" and progress.begun >= at and not done:
                    done = True
                    process = dice.choice(list(client.run(os.getpid).values()))
                    os.kill(process, signal.SIGKILL)
                    kills += 1

            with cluster.engine(address, options) as engine:
                batch.run(fetch.sources([str(src)]), out, options, engine=engine, watch=kill)
            assert done
            assert digests(out) == calm, "lost, doubled, torn, or something left behind"
            shutil.rmtree(out)
            number += 1
    return number


@pytest.mark.slow
def test_drivers_that_are_killed(tmp_path: Path) -> None:
    assert drivers_killed(tmp_path, 8) >= 1


@pytest.mark.slow
def test_workers_that_are_killed(tmp_path: Path) -> None:
    assert workers_killed(tmp_path, 8) == 8


def main(rounds: int) -> None:
    """Both, so many times, with a line for each."""
    from heshu.pipeline.batch import pieces

    pieces.MEAN, pieces.MOST = 6, 12
    for name, kill in (("workers", workers_killed), ("drivers", drivers_killed)):
        with tempfile.TemporaryDirectory() as folder:
            began = time.monotonic()
            number = kill(Path(folder), rounds)
            sys.stdout.write(f"{name}: {rounds} killed in {number} runs, {time.monotonic() - began:.0f} s, the same bytes each time\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]))
