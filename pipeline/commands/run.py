"""``heshu run``: many sources at once, resumable and parallel, with tables for analysis."""

from __future__ import annotations

import argparse
import re
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from ._bar import bar
from ._call import DISAGREES, FINE, INTERRUPTED, UNUSABLE, Commands, command, complain, positive

if TYPE_CHECKING:
    from ..batch import End, Engine, Options

_SHOWN = 20
"""Failures that are shown one by one; the manifest has them all."""


def add(commands: Commands) -> None:
    """Declares the command."""
    run_ = command(commands, "run", run, "many sources: resumable, parallel, with tables for analysis")
    run_.add_argument("source", nargs="+", metavar="SOURCE", help="file, folder, glob, or - for standard input")
    run_.add_argument("--out", required=True, metavar="DIR", help="folder of the reports and tables")
    run_.add_argument("--workers", type=positive, default=0, metavar="N", help="processes (all cores)")
    run_.add_argument("--format", action="append", default=[], metavar="NAME", help=f"beside Parquet: {', '.join(_formats())}; several by commas")
    run_.add_argument("--no-parquet", action="store_true", help="do not write Parquet (where pyarrow is not installed)")
    run_.add_argument("--limit", type=positive, metavar="N", help="only the first N sources")
    run_.add_argument("--shard", type=_part, metavar="I/N", help="only every Nth source from the Ith on, for array jobs")
    run_.add_argument("--time-limit", type=float, default=10, metavar="S", help="seconds of computing for one document (10)")
    run_.add_argument("--memory-limit", type=positive, default=1024, metavar="MB", help="memory of a worker (1024)")
    run_.add_argument("--retry-failed", action="store_true", help="try again what ran into a limit in an earlier run")
    run_.add_argument("--engine", choices=("local", "dask"), default="local", help="where the workers are (local)")
    run_.add_argument("--scheduler", metavar="ADDRESS", help="address of a Dask scheduler; none starts one here")
    run_.add_argument("--exit-zero", action="store_true", help="exit 0 even where something disagrees")


def _formats() -> tuple[str, ...]:
    return ("csv", "jsonl", "duckdb", "sqlite", "xlsx", "annotations", "labelstudio", "docbin")


def _part(words: str) -> tuple[int, int]:
    match = re.fullmatch(r"([0-9]{1,6})/([0-9]{1,6})", words)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"{words!r} is not I/N with I from 1 to N")
    return int(match[1]), int(match[2])


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from .. import batch
    from ..fetch import sources

    chosen = [name for listed in options.format for name in listed.split(",") if name]
    settings = batch.Options(
        formats=tuple(dict.fromkeys([*([] if options.no_parquet else ["parquet"]), *chosen])),
        workers=options.workers, limit=options.limit, part=options.shard, retry=options.retry_failed,
        limits=batch.Limits(options.time_limit, options.memory_limit << 20),
    )
    items = sources(options.source, sys.stdin.buffer if "-" in options.source else None)
    with _engine(options, settings) as engine, bar(options.source, options.limit, options.shard) as watch:
        try:
            end = batch.run(items, options.out, settings, watch=watch, engine=engine)
        except KeyboardInterrupt:
            complain("interrupted; the same command goes on where this one stopped")
            return INTERRUPTED
    _failures(options.out, end)
    print(_summary(options.out, end))
    if end.failed or not end.sources:
        return UNUSABLE
    return DISAGREES if end.disagree and not options.exit_zero else FINE


def _engine(options: argparse.Namespace, settings: Options) -> AbstractContextManager[Engine | None]:
    """None for the workers of this machine."""
    if options.engine == "local":
        return nullcontext(None)
    from .. import cluster

    return cluster.engine(options.scheduler, settings)


def _failures(out: str, end: End) -> None:
    """A line for each of the first failures."""
    if not end.failed:
        return
    from ..batch import failures

    for number, entry in enumerate(failures(out)):
        if number == _SHOWN:
            complain(f"and {end.failed - _SHOWN} more; {out}/manifest.jsonl has every one")
            break
        complain(f"{entry.source}: {entry.problem} [{entry.code}]")


def _in_documents(end: End) -> str:
    many = end.documents_that_disagree
    return f"findings in {many:,} document{'' if many == 1 else 's'}" if many else "findings"


def _summary(out: str, end: End) -> str:
    """What became of the sources, and where the tables are."""
    rows = [("sources", end.sources), ("read", end.ok), ("failed", end.failed), ("skipped", end.skipped)]
    rows += [(f"  {code}", number) for code, number in sorted(end.codes.items(), key=lambda item: (-item[1], item[0]))]
    width = max(len(name) for name, _ in rows)
    lines = [f"{name:<{width}} {number:>9,}" for name, number in rows]
    lines.append(f"{'disagree':<{width}} {end.disagree:>9,}  {_in_documents(end)}")
    return "\n".join([*lines, f"reports, tables and manifest in {out}"])
