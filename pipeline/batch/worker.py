"""A worker: a process of its own that reads pieces from its standard input and gives their results back.

The limits of time and memory are the kernel's: a timer whose signal ends the process whatever it is doing, and
RLIMIT_AS. So a document can cost a worker its life, and nothing else. Frames on both pipes are four bytes of length,
then as many bytes; no pickle. It ends when its standard input does.
"""

from __future__ import annotations

import contextlib
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from typing import IO

import msgspec

from ...schemas.identity import document_id
from ...schemas.report import Report
from ...schemas.transcript import Source
from ..errors import HeshuError
from .pieces import Entry, Piece, Read, Tables, body, failed

OUT_OF_MEMORY = 75
BEGUN, DONE = b"b", b"d"
_LENGTH = struct.Struct(">I")
# Waiting counts too, so that a document cannot sleep for ever; a machine under load is given time.
_WALL = 4
_WARM_UP = "2023年，全市安排重点项目240个，其中新建项目226个，续建项目14个，增长3.5%，居全省第2位。"


def main(time_limit: float, memory_limit: int) -> None:
    """Works until there is no more; ``time_limit`` in seconds of computing a document, ``memory_limit`` in bytes."""
    from ..run import report

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for ends in (signal.SIGPROF, signal.SIGALRM):
        signal.signal(ends, signal.SIG_DFL)
    _limit_memory(memory_limit)
    stdin, stdout = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    # What a library prints must not get between the frames.
    os.dup2(2, 1)
    decoder = msgspec.msgpack.Decoder(Piece | Tables)
    # Tables and patterns are loaded before a document's time is counted.
    report(Source("warm-up", _WARM_UP.encode()))
    try:
        while (frame := receive(stdin)) is not None:
            piece = decoder.decode(frame)
            del frame
            if isinstance(piece, Tables):
                send(stdout, DONE + _LENGTH.pack(0) + _tables(piece))
                continue
            done = list(read(piece, report, lambda n: send(stdout, BEGUN + _LENGTH.pack(n)), time_limit))
            failures = sum(item.entry.status == "failed" for item in done)
            send(stdout, DONE + _LENGTH.pack(failures) + body(done))
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except BrokenPipeError:
        os._exit(0)


def _tables(wanted: Tables) -> bytes:
    from ..export import jsonl, parquet

    return msgspec.msgpack.encode(parquet.streams(map(jsonl.decode, wanted.lines)))


def read(
    piece: Piece, report: Callable[[Source], Report], begun: Callable[[int], None], time_limit: float | None = None
) -> Iterator[Read]:
    """The row of every input of a piece and the reports; raises MemoryError, never anything else."""
    from ..export import jsonl

    for n, source in enumerate(piece.sources):
        if source is None or n in piece.settled:
            yield Read(piece.settled[n], None)
            continue
        begun(n)
        with _timer(time_limit):
            done = _one(source, report, jsonl.line)
        yield done


def _one(source: Source, report: Callable[[Source], Report], line: Callable[[Report], bytes]) -> Read:
    try:
        made = report(source)
        return Read(Entry(source.name, "ok", None, None, made.document.id, None, made.coverage.disagree), line(made))
    except HeshuError as error:
        return Read(_failed(source, error.code, f"{error.problem}; {error.advice}"), None)
    except MemoryError:
        raise
    except Exception as error:
        what = f"unexpected problem ({type(error).__name__} {error})"
        return Read(_failed(source, "unexpected_error", " ".join(what.split())[:300]), None)


def _failed(source: Source, code: str, problem: str) -> Entry:
    return failed(source.name, code, problem, document_id(source.data))


@contextlib.contextmanager
def _timer(seconds: float | None) -> Iterator[None]:
    if not seconds:
        yield
        return
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, _WALL * seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)


def _limit_memory(size: int) -> None:
    import resource

    # Some systems know the limit and do not let it be set.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (size, size))
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def send(stream: IO[bytes], data: bytes) -> None:
    """One frame; raises BrokenPipeError where nobody reads it."""
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """One frame; None at the end of the stream, or where it ends within a frame."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (size,) = _LENGTH.unpack(head)
    data = stream.read(size)
    return data if len(data) == size else None


def split(buffer: bytearray) -> Iterator[bytes]:
    """Takes the whole frames off the front of a buffer."""
    while len(buffer) >= _LENGTH.size:
        (size,) = _LENGTH.unpack_from(buffer)
        if len(buffer) < _LENGTH.size + size:
            return
        yield bytes(buffer[_LENGTH.size : _LENGTH.size + size])
        del buffer[: _LENGTH.size + size]


def number(frame: bytes) -> int:
    """Which document of the piece a frame says was begun, or how many of a piece failed."""
    return int(_LENGTH.unpack_from(frame, 1)[0])


def result(frame: bytes) -> bytes:
    """The result of a piece in a frame that says it is done."""
    return frame[1 + _LENGTH.size :]
