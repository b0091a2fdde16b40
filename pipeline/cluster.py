"""A run and a ledger on a cluster of Dask: the same pieces, read by the same workers, committed by the same hand.

Every task of a run is one piece. On a machine of the cluster it goes to a worker process of :mod:`.batch.pool`, so that the limits
and the rule of three hold there as at home; what Dask adds is where the work goes, and that it goes elsewhere when
a machine is lost. Only the driver writes, so no shared disk is needed and a task done twice is harmless.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from ..schemas.series import Book
from . import series
from .batch import Engine, Limits, Options, Pool, cores
from .batch.pieces import Piece, reader
from .batch.pool import Result
from .errors import HeshuError
from .series import ledger
from .series.ledger import Judged, bound

AHEAD = 3
"""Pieces for each thread of the cluster that are on their way at a time: the driver holds no more."""
BLOCK = 16 << 20
"""Bytes of reports that are keyed as one task."""
_MOST_PARTS = 512
# A cluster of this machine listens to this machine only, on whatever port is free.
_HERE = "127.0.0.1"
_mine = threading.local()


class ClusterError(HeshuError):
    """The cluster cannot be used or was lost."""

    code = "cluster_error"


@contextlib.contextmanager
def engine(scheduler: str | None, options: Options) -> Iterator[Engine]:
    """Reads pieces on the cluster at ``scheduler``; None starts one on this machine.

    Raises ClusterError where it cannot be reached, reads with another heshu, or is lost.
    """
    with _connected(scheduler, options.workers) as client:

        def results(pieces: Iterator[Piece], begun: Callable[[], None]) -> Iterator[Result]:
            yield from _results(client, pieces, begun, options.limits)

        yield results


def book(folders: Sequence[Path], scheduler: str | None, workers: int = 0) -> Book:
    """The book of the reports in the folders of runs: keyed block by block, shuffled by family, judged family by family.

    Raises SeriesError for a folder without reports, ClusterError as :func:`engine`, and where a machine does not see the folders.
    """
    blocks = series.blocks([folder.absolute() for folder in folders], BLOCK)
    with _connected(scheduler, workers) as client, _held(client):
        from dask.bag import from_sequence
        from distributed import as_completed

        parts = max(1, min(len(blocks), _MOST_PARTS))
        given = from_sequence([(block, parts, reader()) for block in blocks], partition_size=1)
        grouped = given.map(_keyed).flatten().groupby(_number, npartitions=parts, shuffle="tasks")
        futures = client.compute(grouped.map(_judged).to_delayed())
        done = [msgspec.msgpack.decode(body, type=Judged) for _, bodies in as_completed(futures, loop=client.loop, with_results=True) for body in bodies]
    return bound(done)


def _keyed(given: tuple[tuple[str, int, int, int], int, str]) -> list[tuple[int, bytes]]:
    """What the reports of a block give to each part of the ledger; runs on a machine of the cluster."""
    block, parts, expected = series.Block(*given[0]), *given[1:]
    if reader() != expected:
        raise _other()
    path = Path(block.path)
    if not path.is_file() or path.stat().st_size != block.size:
        why = f"does not see {path} as it is here"
        raise ClusterError("a machine of the cluster", why, "put the folder on a disk that all machines share, under the same name")
    kept = ledger.parted(ledger.gather(series.reports(block)), parts)
    return [(number, ledger.packed(one)) for number, one in kept.items()]


def _number(part: tuple[int, bytes]) -> int:
    return part[0]


def _judged(part: tuple[int, list[tuple[int, bytes]]]) -> bytes:
    """The series and findings of one part of the ledger; runs on a machine of the cluster."""
    return msgspec.msgpack.encode(ledger.judged(ledger.unpacked(body for _, body in part[1])))


@contextlib.contextmanager
def _connected(scheduler: str | None, workers: int) -> Iterator[Any]:
    """A client of the scheduler; None starts one on this machine. Raises ClusterError where none answers."""
    try:
        from distributed import Client
        from distributed.comm.addressing import parse_address, parse_host_port
        from distributed.comm.registry import get_backend
    except ImportError as error:
        raise ClusterError("--engine dask", "needs Dask, which is not installed", 'pip install "heshu[cluster]"') from error
    # What is lost is said once, by the error.
    for name in ("distributed", "distributed.client"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with contextlib.ExitStack() as stack:
        try:
            if scheduler is None:
                client = stack.enter_context(_local(workers))
            else:
                # What is no address is better known before there is a client that waits for it.
                kind, place = parse_address(scheduler)
                get_backend(kind)
                if kind in ("tcp", "tls"):
                    parse_host_port(place)
                client = stack.enter_context(Client(scheduler, timeout=10, set_as_default=False))
        except (OSError, TimeoutError, ValueError) as error:
            # One that never met its scheduler would wait for it once more when Python ends.
            for unmet in Client._instances:
                if unmet.status not in ("running", "closed"):
                    unmet.status = "closed"
            raise ClusterError(str(scheduler), f"no scheduler answers ({error})", "check the address") from error
        yield client


@contextlib.contextmanager
def _local(workers: int) -> Iterator[Any]:
    from distributed import Client, LocalCluster

    count = workers or cores()
    with (
        LocalCluster(
            n_workers=count, threads_per_worker=1, host=_HERE, silence_logs=50, dashboard_address=f"{_HERE}:0",
            worker_dashboard_address=f"{_HERE}:0", scheduler_kwargs={"dashboard": False},
        ) as cluster,  # fmt: skip
        Client(cluster, set_as_default=False) as client,
    ):
        yield client


def read(data: bytes, seconds: float, memory: int, expected: str) -> tuple[bytes, int]:
    """The result of one piece and how many of its inputs failed; runs on a machine of the cluster.

    Raises ClusterError where this machine would read with other rules than the driver's.
    """
    if reader() != expected:
        raise _other()
    piece = msgspec.msgpack.decode(data, type=Piece)
    # One worker process for each thread of Dask, kept for the next piece.
    pool: Pool | None = getattr(_mine, "pool", None)
    if pool is None or pool.limits != (seconds, memory):
        if pool is not None:
            pool.close()
        pool = _mine.pool = Pool(1, Limits(seconds, memory))
    done = pool.one(piece)
    return done.body, done.failed


def _other() -> ClusterError:
    return ClusterError("a machine of the cluster", "has another version of heshu", "install the same one everywhere")


def _results(client: Any, pieces: Iterator[Piece], begun: Callable[[], None], limits: Limits) -> Iterator[Result]:
    from distributed import as_completed

    under_way: dict[str, int] = {}
    done = as_completed(loop=client.loop, raise_errors=False)

    def fill() -> None:
        room = AHEAD * max(1, sum(client.nthreads().values()))
        while len(under_way) < room and (piece := next(pieces, None)) is not None:
            if piece.key not in under_way:
                under_way[piece.key] = len(piece.sources)
                given = (msgspec.msgpack.encode(piece), limits.seconds, limits.memory, reader())
                done.add(client.submit(read, *given, key=piece.key, pure=False))

    with _held(client):
        fill()
    while under_way:
        with _held(client):
            future = next(done)
            key = future.key
            body, failed = future.result(timeout=60)
            future.release()
        for _ in range(under_way.pop(key)):
            begun()
        with _held(client):
            fill()
        yield Result(key, body, failed)


@contextlib.contextmanager
def _held(client: Any) -> Iterator[None]:
    """Whatever goes wrong between us and the cluster is one error with a name."""
    import asyncio

    try:
        yield
    except HeshuError:
        raise
    except (Exception, asyncio.CancelledError) as error:
        where = client.scheduler.address if client.scheduler else "the cluster"
        why = " ".join(f"{type(error).__name__} {error}".split())[:200]
        raise ClusterError(where, f"was lost ({why})", "run the same command again: what is done stays done") from error
