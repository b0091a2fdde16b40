"""Runs for tests: small sources, digests of an output, workers that can be poisoned, and a run without processes."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from heshu.pipeline import batch, fetch
from heshu.pipeline.batch import worker
from heshu.pipeline.batch.pieces import Piece, Tables, body
from heshu.pipeline.batch.pool import Limits, Result
from heshu.pipeline.export import jsonl, parquet
from heshu.pipeline.run import report

ROOT = Path(__file__).resolve().parent.parent
ALL = ("parquet", "csv", "jsonl", "duckdb", "sqlite", "xlsx", "annotations", "labelstudio", "docbin")


def text(number: int, total: int | None = None) -> str:
    """A short conference; its total is the sum of its parts unless another is given."""
    new, more = 100 + number, 7 + number % 5
    whole = new + more if total is None else total
    return f"2023年，全市共安排重点项目{whole}个，其中新建项目{new}个，续建项目{more}个，总投资{number + 3}.5亿元。\n"


def sources(folder: Path, count: int, start: int = 0) -> Path:
    """A folder with that many documents."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(start, start + count):
        (folder / f"{number:05}.txt").write_text(text(number), "utf-8")
    return folder


def run(source: str | Path | list[str], out: Path, **options: Any) -> batch.End:
    """A run in this process with its own workers."""
    names = source if isinstance(source, list) else [str(source)]
    rest = {name: options.pop(name) for name in ("watch", "engine") if name in options}
    return batch.run(fetch.sources(names), out, batch.Options(**{"workers": 1, "formats": ("jsonl",), **options}), **rest)


def digests(out: Path) -> dict[str, str]:
    """The sha256 of every file of an output but the lock, by its name from the folder."""
    return {
        str(path.relative_to(out)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def published(out: Path) -> dict[str, str]:
    """The digests of the reports, the tables and the manifest: the output without the results of pieces."""
    return {name: digest for name, digest in digests(out).items() if not name.startswith("shards/")}


def rows(out: Path, kind: str = "source") -> list[dict[str, Any]]:
    """The lines of the manifest of that kind."""
    lines = [json.loads(line) for line in (out / "manifest.jsonl").read_bytes().splitlines()]
    return [line for line in lines if line["kind"] == kind]


def reports(out: Path) -> list[dict[str, Any]]:
    """The reports of a run."""
    return [json.loads(line) for line in (out / "reports.jsonl").read_bytes().splitlines()]


def in_process(pieces: Iterator[Piece], begun: Callable[[], None]) -> Iterator[Result]:
    """An engine that reads here and now."""
    for piece in pieces:
        done = list(worker.read(piece, report, lambda n: begun()))
        yield Result(piece.key, body(done), sum(read.entry.status == "failed" for read in done))


class Here:
    """In the place of a pool of processes."""

    def __init__(self, count: int, limits: Limits | None = None) -> None:
        self.count = count

    def close(self) -> None:
        pass

    def results(self, work: Iterator[Piece | Tables | None], begun: Callable[[], None] | None = None) -> Iterator[Result]:
        for one in work:
            if isinstance(one, Piece):
                yield from in_process(iter([one]), begun or (lambda: None))
            elif one is not None:
                yield Result(one.key, msgspec.msgpack.encode(parquet.streams(map(jsonl.decode, one.lines))), 0)


def poisoned(limits: Limits) -> list[str]:
    """A worker for which some documents are poison; see ``tests/poison.py``."""
    paths = json.dumps([str(ROOT), *sys.path])
    code = f"import sys; sys.path[:] = {paths}; from tests import poison; poison.main({limits.seconds!r}, {limits.memory!r})"
    return [sys.executable, "-P", "-c", code]
