"""The same bytes in every file of every format: any number of workers, a cluster that loses one, a run that is killed, a wrong clock."""

from __future__ import annotations

import importlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from heshu.pipeline import batch, cluster, fetch
from tests import runs
from tests.runs import ALL, ROOT, digests, published, run

# The clock of the machine, and with it every way of asking for the day, a day off.
SHIM = r"""
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/time.h>
#include <time.h>
static long off(void) { const char *words = getenv("CLOCK_OFF"); return words ? atol(words) : 0; }
int clock_gettime(clockid_t id, struct timespec *at) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real) real = (int (*)(clockid_t, struct timespec *)) dlsym(RTLD_NEXT, "clock_gettime");
  int code = real(id, at);
  if (id == CLOCK_REALTIME) at->tv_sec += off();
  return code;
}
time_t time(time_t *at) { struct timespec now; clock_gettime(CLOCK_REALTIME, &now); if (at) *at = now.tv_sec; return now.tv_sec; }
int gettimeofday(struct timeval *at, void *zone) {
  struct timespec now; clock_gettime(CLOCK_REALTIME, &now); at->tv_sec = now.tv_sec; at->tv_usec = now.tv_nsec / 1000; return 0;
}
"""
DAY = 86_400
page = importlib.import_module("benchmarks.material.pages").page


@pytest.fixture
def many_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that some hundreds of pages make many pieces."""
    from heshu.pipeline.batch import pieces

    monkeypatch.setattr(pieces, "MEAN", 4)
    monkeypatch.setattr(pieces, "MOST", 8)


def pages(folder: Path, count: int) -> Path:
    """The pages and releases of the corpora, what cannot be read, a twin, and that many long pages."""
    shutil.copytree(ROOT / "corpora" / "pages", folder / "pages")
    shutil.copytree(ROOT / "corpora" / "releases", folder / "releases")
    for number in range(count):
        (folder / f"{number:05}.html").write_bytes(page(number))
    (folder / "empty.txt").touch()
    (folder / "noise.bin").write_bytes(b"\x00\x01\x02\x03" * 50)
    (folder / "zz-twin.html").write_bytes(page(0))
    return folder


def on_a_cluster_that_loses_a_worker(src: Path, out: Path) -> None:
    from distributed import Client, LocalCluster

    killed: list[int] = []
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50) as there, Client(there) as client:

        def kill(progress: batch.Progress) -> None:
            if progress.step == "read" and progress.begun >= 20 and not killed:
                killed.append(next(iter(client.run(os.getpid).values())))
                os.kill(killed[0], signal.SIGKILL)

        options = batch.Options(formats=ALL, workers=2)
        with cluster.engine(there.scheduler_address, options) as engine:
            batch.run(fetch.sources([str(src)]), out, options, engine=engine, watch=kill)
    assert killed


def killed_and_resumed(src: Path, out: Path) -> None:
    """Three times, further on each time."""
    for number in (1, 2, 3):
        child = os.fork()
        if child == 0:
            try:
                run(src, out, formats=ALL, workers=2)
            finally:
                os._exit(0)
        while len(list(out.glob("shards/*/*.z"))) < 5 * number:
            assert os.waitpid(child, os.WNOHANG)[0] == 0, "done before it was killed"
            time.sleep(0.005)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert not (out / "manifest.jsonl").exists()
    run(src, out, formats=ALL, workers=2)


def _with(workers: int) -> Callable[[Path, Path], Any]:
    return lambda src, out: run(src, out, formats=ALL, workers=workers)


WAYS: dict[str, Callable[[Path, Path], Any]] = {
    "2": _with(2), "8": _with(8), "16": _with(16), "dask": on_a_cluster_that_loses_a_worker, "killed": killed_and_resumed,
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.usefixtures("many_pieces")
def test_every_way_of_running_gives_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    src = pages(tmp_path / "src", 200)
    end = run(src, tmp_path / "1", formats=ALL, workers=1)
    calm = digests(tmp_path / "1")
    assert (end.ok, end.failed, end.skipped) == (235, 2, 1)
    assert len({Path(name).suffix for name in calm}) >= 9
    for name, way in WAYS.items():
        way(src, tmp_path / name)
        assert digests(tmp_path / name) == calm, name


@pytest.fixture(scope="module")
def wrong_clock(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that moves the clock of what is started with it."""
    compiler = shutil.which("cc")
    if compiler is None or sys.platform != "linux":
        pytest.skip("no compiler for the library that moves the clock")
    folder = tmp_path_factory.mktemp("clock")
    (folder / "clock.c").write_text(SHIM, "utf-8")
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(folder / "clock.so"), str(folder / "clock.c"), "-ldl"], check=True)
    return folder / "clock.so"


def test_a_clock_that_is_a_day_off_changes_no_byte(wrong_clock: Path, tmp_path: Path) -> None:
    src = runs.sources(tmp_path / "src", 12)
    (src / "page.html").write_bytes((ROOT / "corpora" / "pages" / "trs" / "retold.html").read_bytes())
    made, seen = [], []
    for off in (0, -DAY, DAY):
        out = tmp_path / str(off)
        env = {**os.environ, "LD_PRELOAD": str(wrong_clock), "CLOCK_OFF": str(off)}
        told = subprocess.run([sys.executable, "-c", "import time; print(int(time.time()))"], env=env, check=True, capture_output=True, text=True)
        seen.append(int(told.stdout) - time.time())
        formats = ",".join(name for name in ALL if name != "parquet")
        call = [sys.executable, "-m", "heshu", "run", str(src), "--out", str(out), "--workers", "1", "--format", formats]
        subprocess.run(call, cwd=ROOT, env=env, check=True, capture_output=True)
        made.append(published(out))
    assert [round(moved / DAY) for moved in seen] == [0, -1, 1], "the control: the clock was moved"
    assert made[0] == made[1] == made[2]
    assert len(made[0]) > 20
