"""A process that judges one document after another and can be killed at any moment."""

from __future__ import annotations

import contextlib
from multiprocessing.connection import Connection
from typing import Any

import msgspec

from ...schemas.transcript import Source
from ..errors import HeshuError

_WARM = "全年开工项目200个，其中新建项目150个，续建项目50个。\n"


class Answer(msgspec.Struct, frozen=True):
    """A report as JSON, or the code and the three parts of an error's line."""

    report: bytes | None
    error: tuple[str, str, str, str] | None


def loop(pipe: Connection, megabytes: int) -> None:
    """Answers sources until the pipe closes; memory beyond ``megabytes`` is an error of that document."""
    _limit(megabytes)
    judge(Source("warm", _WARM.encode()))
    with contextlib.suppress(EOFError, KeyboardInterrupt, BrokenPipeError):
        while True:
            source = msgspec.msgpack.decode(pipe.recv_bytes(), type=Source)
            pipe.send_bytes(msgspec.msgpack.encode(judge(source)))


def judge(source: Source) -> Answer:
    """The report on a source, or why there is none; nothing is raised."""
    from .. import run
    from ..export import jsonl

    try:
        return Answer(jsonl.line(run.report(source)), None)
    except HeshuError as error:
        return Answer(None, (error.code, error.source, error.problem, error.advice))
    except MemoryError:
        return Answer(None, ("limit_error", source.name, "it needs more memory than is allowed", "give one transcript at a time"))
    except Exception as error:
        what = f"{type(error).__name__} {error}".strip()[:200]
        return Answer(None, ("error", source.name, f"unexpected problem ({what})", "please report it"))


def _limit(megabytes: int) -> None:
    resource: Any
    try:
        import resource
    except ImportError:
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (megabytes * 2**20,) * 2)
