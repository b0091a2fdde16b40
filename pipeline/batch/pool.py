"""Worker processes that may die: a piece goes to another one, and a document that ends three of them is set aside."""

from __future__ import annotations

import json
import os
import selectors
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterator
from typing import IO, NamedTuple, TypeAlias

import msgspec

from ...schemas.identity import document_id
from ..errors import HeshuError
from . import worker
from .pieces import Piece, Tables, failed

Work: TypeAlias = Piece | Tables

ATTEMPTS = 3
"""Workers that a document may end before it is set aside."""
KILLED = ("time_limit", "memory_limit", "worker_died")
_BLOCK = 1 << 20


class Limits(NamedTuple):
    """What a worker may use: seconds of computing for one document, bytes of memory in all."""

    seconds: float = 10
    memory: int = 1 << 30


class Result(NamedTuple):
    """The key of a piece, the bytes of its result, and how many of its inputs failed."""

    key: str
    body: bytes
    failed: int


class _Task:
    """A piece on its way, and how often each of its documents ended a worker."""

    def __init__(self, piece: Work) -> None:
        self.piece, self.ended = piece, dict[int, int]()


def command(limits: Limits) -> list[str]:
    """How a worker is started: this Python, the same paths to modules, nothing of the current folder by chance."""
    code = (
        f"import sys; sys.path[:] = {json.dumps(sys.path)}; "
        f"from heshu.pipeline.batch import worker; worker.main({limits.seconds!r}, {limits.memory!r})"
    )
    return [sys.executable, "-P", "-c", code]


class _Worker:
    """One process, the piece it has, and the document it is at."""

    def __init__(self, words: list[str]) -> None:
        # Arrow's own allocators reserve more addresses than a worker may have.
        environment = {**os.environ, "ARROW_DEFAULT_MEMORY_POOL": "system"}
        self.process = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0, env=environment)
        self.task: _Task | None = None
        self.at: int | None = None
        self.buffer = bytearray()

    @property
    def out(self) -> IO[bytes]:
        if self.process.stdout is None:
            raise ValueError("no pipe")
        return self.process.stdout

    def give(self, task: _Task) -> None:
        """Hands over a piece; a worker that is gone is noticed when its pipe ends."""
        self.task, self.at = task, None
        try:
            with open(os.dup(self.process.stdin.fileno()), "wb") as pipe:  # type: ignore[union-attr]
                worker.send(pipe, msgspec.msgpack.encode(task.piece))
        except BrokenPipeError:
            return

    def end(self) -> int:
        """Makes sure that it is gone; how it went."""
        self.process.kill()
        code = self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        return code


class Pool:
    """``count`` workers, started when there is work."""

    def __init__(self, count: int, limits: Limits | None = None, words: list[str] | None = None) -> None:
        self.count, self.limits = count, limits or Limits()
        self.words = words or command(self.limits)
        self._workers: list[_Worker] = []
        self._selector = selectors.DefaultSelector()
        self._unstarted = 0

    def results(self, pieces: Iterator[Work | None] | Iterator[Work], begun: Callable[[], None] | None = None) -> Iterator[Result]:
        """The result of every piece as it is ready, in no order; ``begun`` is called for every document.

        None in the place of a piece says that there is none just now; it must not come before the first.

        Raises HeshuError where workers cannot be started. The workers stay until :meth:`close`.
        """
        yield from self._run(pieces, begun)

    def one(self, piece: Piece) -> Result:
        """The result of one piece; the workers stay for the next. Raises HeshuError as :meth:`results`."""
        (result,) = self._run(iter([piece]), None)
        return result

    def _run(self, pieces: Iterator[Work | None] | Iterator[Work], begun: Callable[[], None] | None) -> Iterator[Result]:
        again: deque[_Task] = deque()

        def following() -> _Task | None:
            if again:
                return again.popleft()
            piece = next(pieces, None)
            return None if piece is None else _Task(piece)

        self._fill(following)
        while any(one.task for one in self._workers):
            for key, _ in self._selector.select():
                yield from self._hear(key.data, following, again, begun)
            self._fill(following)

    def close(self) -> None:
        """Ends every worker at once."""
        for one in self._workers:
            one.end()
        self._workers.clear()
        self._selector.close()
        self._selector = selectors.DefaultSelector()

    def _fill(self, following: Callable[[], _Task | None]) -> None:
        """Work for every worker that has none, and new workers while there is work."""
        for one in self._workers:
            if one.task is None and not self._give(one, following):
                return
        while len(self._workers) < self.count:
            task = following()
            if task is None:
                return
            one = _Worker(self.words)
            self._workers.append(one)
            self._selector.register(one.out, selectors.EVENT_READ, one)
            one.give(task)

    @staticmethod
    def _give(one: _Worker, following: Callable[[], _Task | None]) -> bool:
        task = following()
        if task is not None:
            one.give(task)
        return task is not None

    def _hear(
        self, one: _Worker, following: Callable[[], _Task | None], again: deque[_Task], begun: Callable[[], None] | None
    ) -> Iterator[Result]:
        data = os.read(one.out.fileno(), _BLOCK)
        if not data:
            self._bury(one, again)
            return
        one.buffer += data
        for frame in worker.split(one.buffer):
            self._unstarted = 0
            if frame[:1] == worker.BEGUN:
                one.at = worker.number(frame)
                if begun is not None:
                    begun()
            elif one.task is not None:
                task, one.task = one.task, None
                # The worker goes on before anything is done with what it gave.
                self._give(one, following)
                yield Result(task.piece.key, worker.result(frame), worker.number(frame))

    def _bury(self, one: _Worker, again: deque[_Task]) -> None:
        """A worker died: its piece goes back to the front, without the document that ended three."""
        self._selector.unregister(one.out)
        self._workers.remove(one)
        code, task, at = one.end(), one.task, one.at
        if task is None:
            return
        if at is None:
            self._unstarted += 1
            if self._unstarted > ATTEMPTS * self.count:
                raise HeshuError("worker processes", f"end before they read anything ({_how(code)})", "give them more memory")
        else:
            task.ended[at] = task.ended.get(at, 0) + 1
            if task.ended[at] >= ATTEMPTS and isinstance(task.piece, Piece):
                task.piece = _without(task.piece, at, *self._reason(code))
        again.appendleft(task)

    def _reason(self, code: int) -> tuple[str, str]:
        if code in (-signal.SIGPROF, -signal.SIGALRM):
            return "time_limit", f"takes longer than {self.limits.seconds:g} s; give it more time or leave it out"
        if code == worker.OUT_OF_MEMORY:
            return "memory_limit", f"needs more than {self.limits.memory >> 20} MB; give it more memory or leave it out"
        return "worker_died", f"ends the process that reads it ({_how(code)}); please report it, and leave it out"


def _how(code: int) -> str:
    if code >= 0:
        return f"exit code {code}"
    try:
        return signal.Signals(-code).name
    except ValueError:
        return f"signal {-code}"


def _without(piece: Piece, at: int, code: str, problem: str) -> Piece:
    source = piece.sources[at]
    if source is None:
        return piece
    row = failed(source.name, code, f"{problem} (tried {ATTEMPTS} times)", document_id(source.data))
    return msgspec.structs.replace(piece, settled={**piece.settled, at: row})
