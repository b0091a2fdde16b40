"""Many sources: read in parallel by processes that may die, resumable, the same bytes whatever the number of workers.

Sources are cut into pieces; a piece is read by a worker and its result committed under the key of the piece; when all
are there, one pass over them in the order of the sources writes ``reports.jsonl``, the tables and the manifest, which
are put in place together. Running the same again finds the pieces that are done and does the rest.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TypeAlias

import msgspec

from ...schemas.transcript import Source
from ..errors import HeshuError
from .manifest import End, failures, problems
from .merge import Merge
from .pieces import Piece, cut
from .pool import KILLED, Limits, Pool, Result
from .store import OutputError, OutputLocked, Store, locked, unwritable

__all__ = ["End", "Engine", "Limits", "Options", "OutputError", "OutputLocked", "Pool", "Progress", "cores", "failures", "problems", "run"]

Engine: TypeAlias = "Callable[[Iterator[Piece], Callable[[], None]], Iterator[Result]]"
"""Makes the results of pieces, in any order, and says when a document is begun."""
KEY_BYTES = 64
"""Length of the key of a piece."""


class Options(msgspec.Struct, frozen=True):
    """How a run is made. ``part`` (2, 5) takes every fifth source from the second on."""

    formats: tuple[str, ...] = ("parquet",)
    workers: int = 0
    limit: int | None = None
    part: tuple[int, int] | None = None
    limits: Limits = Limits()
    retry: bool = False


class Progress(msgspec.Struct):
    """How far a run is: inputs seen, documents being read or read, inputs of earlier runs, and what is being done."""

    seen: int = 0
    begun: int = 0
    found: int = 0
    failed: int = 0
    merged: int = 0
    step: str = "read"


def cores() -> int:
    """Processors that this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:
        return os.cpu_count() or 1


def run(
    items: Iterable[Source | HeshuError],
    out: str | Path,
    options: Options | None = None,
    *,
    watch: Callable[[Progress], None] | None = None,
    engine: Engine | None = None,
) -> End:
    """Reads every source and writes the reports and tables; the counts.

    Raises OutputLocked where another run writes to ``out``, OutputError where it cannot be written or holds another
    part, HeshuError where no worker can be started. What was done until then stays done.
    """
    options, folder, progress = options or Options(), Path(out), Progress()
    tell = watch or (lambda progress: None)
    with locked(folder) as store, contextlib.closing(Pool(options.workers or cores(), options.limits)) as pool:
        merge = Merge(store, options.formats, pool, options.part, options.limit)
        try:
            merge.check()
            with tempfile.TemporaryFile("w+", encoding="ascii") as plan:
                _read(_chosen(items, options), store, engine or pool.results, options.retry, plan.write, progress, tell)
                plan.seek(0)
                progress.step = "write"
                keys = iter(lambda: plan.read(KEY_BYTES), "")
                return merge.write(keys, lambda: _merged(progress, tell))
        except OSError as error:
            raise unwritable(folder, error) from error


def _merged(progress: Progress, tell: Callable[[Progress], None]) -> None:
    progress.merged += 1
    tell(progress)


def _chosen(items: Iterable[Source | HeshuError], options: Options) -> Iterator[Source | HeshuError]:
    chosen: Iterable[Source | HeshuError] = items
    if options.limit is not None:
        chosen = islice(chosen, options.limit)
    if options.part is not None:
        number, of = options.part
        chosen = islice(chosen, number - 1, None, of)
    return iter(chosen)


def _read(
    items: Iterator[Source | HeshuError], store: Store, engine: Engine, retry: bool, plan: Callable[[str], int],
    progress: Progress, tell: Callable[[Progress], None],
) -> None:
    """Commits the result of every piece that is not there yet, and writes down the keys of all in their order."""

    def missing() -> Iterator[Piece]:
        for piece in cut(items):
            plan(piece.key)
            progress.seen += len(piece.sources)
            if store.has(piece.key) and not (retry and _was_killed(store, piece.key)):
                progress.found += len(piece.sources)
                tell(progress)
            else:
                yield piece

    def begun() -> None:
        progress.begun += 1
        tell(progress)

    for result in engine(missing(), begun):
        store.put(result.key, result.body)
        progress.failed += result.failed
        tell(progress)


def _was_killed(store: Store, key: str) -> bool:
    return any(read.entry.code in KILLED for read in store.get(key)[1])
