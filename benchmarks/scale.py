"""Many pages: one worker against two, memory from few pages to ten times as many, bytes on the disk, and ten million.

Run as ``python benchmarks/scale.py [--pages 2000] [--many 20000] [--rounds 3] [--out FILE]``. The pages are those of
``benchmarks/speed.py``: 90 KB of HTML around 11 KB of transcript, each of another city, year and people. One and two
workers take turns, each run into an empty folder with its tables; a figure is the median of its rounds. Memory is the most
that the run itself and any of its workers held. The table for ten million pages multiplies measured parts: nothing in it was run.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.material.pages import page  # noqa: E402

MANY = 10_000_000


def pages(folder: Path, count: int) -> Path:
    """A folder of that many different pages, a thousand to a folder below."""
    for number in range(count):
        path = folder / f"{number // 1000:03}" / f"{number:06}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page(number))
    return folder


def run(source: Path, out: Path, workers: int, *more: str) -> dict[str, float]:
    """Seconds, and the most megabytes of the run and of a worker."""
    shutil.rmtree(out, ignore_errors=True)
    code = (
        "import json, resource, sys, time; from heshu.pipeline import cli; began = time.perf_counter(); code = cli.main(sys.argv[1:]);"
        "me, them = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN));"
        "print(json.dumps({'code': code, 'seconds': time.perf_counter() - began, 'run_mb': me.ru_maxrss / 1024, 'worker_mb': them.ru_maxrss / 1024,"
        "'run_cpu': me.ru_utime + me.ru_stime, 'workers_cpu': them.ru_utime + them.ru_stime}), file=sys.stderr)"
    )
    call = [sys.executable, "-c", code, "run", str(source), "--out", str(out), "--workers", str(workers), "--exit-zero", *more]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stderr.splitlines()[-1])
    if found.pop("code"):
        raise RuntimeError(done.stderr)
    return found


def taking_turns(source: Path, out: Path, rounds: int) -> dict[str, Any]:
    """One worker, two workers, and again."""
    taken: dict[int, list[dict[str, float]]] = {1: [], 2: []}
    for _ in range(rounds):
        for workers, found in taken.items():
            found.append(run(source, out, workers))
    rows = {str(w): {key: round(statistics.median(r[key] for r in found), 2) for key in found[0]} for w, found in taken.items()}
    return {**rows, "ratio": round(rows["1"]["seconds"] / rows["2"]["seconds"], 2)}


def sizes(out: Path) -> dict[str, int]:
    """Bytes of the parts of an output."""
    groups = {"results": "shards", "reports": "reports.jsonl", "tables": ".parquet", "manifest": "manifest.jsonl"}
    files = [path for path in out.rglob("*") if path.is_file()]
    return {
        name: sum(path.stat().st_size for path in files if (sign in path.parts if sign == "shards" else path.name.endswith(sign)))
        for name, sign in groups.items()
    }


def ten_million(few: dict[str, Any], pages_: int, bytes_: dict[str, int]) -> dict[str, Any]:
    """What the measured parts make of ten million pages."""
    one = few["1"]
    read, own = one["workers_cpu"] / pages_, one["run_cpu"] / pages_
    hours = MANY * read / 3600
    return {
        "core_hours_of_workers": round(hours), "hours_of_the_run_itself": round(MANY * own / 3600, 1),
        "hours": {str(cores): round(max(hours / cores, MANY * own / 3600), 1) for cores in (2, 16, 64, 256)},
        "gigabytes": {name: round(MANY * size / pages_ / 1e9) for name, size in bytes_.items()},
    }


def main(argv: Sequence[str] | None = None) -> None:
    """Prints the figures and writes them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=2000)
    parser.add_argument("--many", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "scale.json")
    asked = parser.parse_args(argv)
    answer: dict[str, Any] = {"python": platform.python_version(), "cores": os.cpu_count(), "load_before": os.getloadavg()[0]}
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        source = pages(Path(folder) / "few", asked.pages)
        answer["workers"] = taking_turns(source, out, asked.rounds)
        answer["bytes"] = sizes(out)
        answer["again"] = _resumed(source, out)
        answer["ten_million"] = ten_million(answer["workers"], asked.pages, answer["bytes"])
        print(json.dumps(answer, indent=1), flush=True)
        if asked.many:
            answer["many"] = {"pages": asked.many, **run(pages(Path(folder) / "many", asked.many), out, 2)}
            print(json.dumps(answer["many"], indent=1))
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(answer, indent=1) + "\n", "utf-8")


def _resumed(source: Path, out: Path) -> float:
    """Seconds of the same command over an output that is done."""
    began = time.perf_counter()
    call = [sys.executable, "-m", "heshu", "run", str(source), "--out", str(out), "--workers", "2", "--exit-zero"]
    subprocess.run(call, cwd=ROOT, capture_output=True, check=True)
    return round(time.perf_counter() - began, 2)


if __name__ == "__main__":
    main()
