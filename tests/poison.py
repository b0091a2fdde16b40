"""A worker that some documents kill: what stands in their text says how."""

from __future__ import annotations

import os
import signal
import sys
import time

from heshu.pipeline import run
from heshu.pipeline.batch import worker
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source

_read = run.report


def report(source: Source) -> Report:
    """The report, or what the document does to its reader."""
    if b"POISON" not in source.data:
        return _read(source)
    if b"kill" in source.data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"loop" in source.data:
        while True:
            pass
    if b"bignum" in source.data:
        # No Python code runs, and so no handler of a signal either, until this is done.
        pow(7, 10**9)
    if b"sleep" in source.data:
        time.sleep(3600)
    if b"memory" in source.data:
        return _read(Source(source.name, bytes(bytearray(1 << 40))))
    if b"print" in source.data:
        sys.stdout.write("words of a library\n")
        sys.stdout.flush()
        return _read(source)
    raise RuntimeError("a bug of ours\nin two lines")


def main(seconds: float, memory: int) -> None:
    """Works as a worker does."""
    run.report = report
    worker.main(seconds, memory)
