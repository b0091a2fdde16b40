"""Judges documents in processes of their own, each for a limited time; one that overruns is killed and replaced."""

from __future__ import annotations

import contextlib
import multiprocessing
import queue
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import anyio.to_thread
import msgspec

from ...schemas.report import Report
from ...schemas.transcript import Source
from ..errors import HeshuError, LimitError
from ..export.jsonl import decode as report_of
from . import worker


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, megabytes: int) -> None:
        context = multiprocessing.get_context("spawn")
        self.pipe: Connection
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=worker.loop, args=(theirs, megabytes), daemon=True)
        self.process.start()
        theirs.close()

    def stop(self) -> None:
        self.process.kill()
        self.process.join(5)
        self.pipe.close()


class Judge:
    """A few warm workers. ``seconds`` is for one document, ``megabytes`` the address space of a worker."""

    def __init__(self, *, workers: int = 2, seconds: float = 30, megabytes: int = 2048) -> None:
        self.seconds, self.megabytes = seconds, megabytes
        self._free: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
        self._count = workers
        for _ in range(workers):
            self._free.put(None)

    def warm(self) -> None:
        """Starts the workers now, so that the first document does not wait for the dictionary."""
        for _ in range(self._count):
            self._free.put(self._free.get() or _Worker(self.megabytes))

    async def report(self, source: Source) -> Report:
        """The report on a source; raises HeshuError, LimitError where it took too long."""
        return await anyio.to_thread.run_sync(self._report, source)

    def _report(self, source: Source) -> Report:
        mine = self._free.get()
        try:
            if mine is None or not mine.process.is_alive():
                mine = _Worker(self.megabytes)
            answer = self._ask(mine, source)
            if answer is None:
                mine = None
                raise LimitError(source.name, f"it took longer than {self.seconds:g} s", "give one transcript, not a whole site")
        except (EOFError, OSError) as error:
            if mine is not None:
                mine.stop()
            mine = None
            raise LimitError(source.name, "the process that judged it ended", "give one transcript at a time") from error
        finally:
            self._free.put(mine)
        if answer.error is not None:
            code, *line = answer.error
            problem = HeshuError(*line)
            problem.code = code
            raise problem
        return report_of(answer.report or b"")

    def _ask(self, mine: _Worker, source: Source) -> worker.Answer | None:
        """The answer; None where the time was up and the process is gone."""
        mine.pipe.send_bytes(msgspec.msgpack.encode(source))
        if not mine.pipe.poll(self.seconds):
            mine.stop()
            return None
        return msgspec.msgpack.decode(mine.pipe.recv_bytes(), type=worker.Answer)

    def close(self) -> None:
        """Ends the workers that are free; those at work end with this process."""
        with contextlib.suppress(queue.Empty):
            while True:
                mine = self._free.get_nowait()
                if mine is not None:
                    mine.stop()
