"""The progress of a run on a terminal: how many, how fast, how many failed, how long still. Elsewhere nothing."""

from __future__ import annotations

import glob
import os
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..batch import Progress


@contextmanager
def bar(names: Sequence[str], limit: int | None, part: tuple[int, int] | None) -> Iterator[Callable[[Progress], None] | None]:
    """What a run tells its progress to; None where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich import progress as rich
    from rich.console import Console

    columns = (
        rich.TextColumn("{task.description}"), rich.BarColumn(), rich.MofNCompleteColumn(), rich.TextColumn("{task.fields[rate]}"),
        rich.TextColumn("{task.fields[errors]}"), rich.TimeRemainingColumn(),
    )
    with rich.Progress(*columns, console=Console(stderr=True), transient=True, refresh_per_second=4) as shown:
        task = shown.add_task("reading", total=None, rate="", errors="")

        def total() -> None:
            found = min(count(names), limit or sys.maxsize)
            shown.update(task, total=found if part is None else len(range(part[0] - 1, found, part[1])))

        threading.Thread(target=total, daemon=True).start()

        def watch(progress: Progress) -> None:
            done = progress.found + progress.begun if progress.step == "read" else progress.merged
            words = "reading" if progress.step == "read" else "writing"
            speed = shown.tasks[0].speed
            shown.update(
                task, completed=done, description=words, rate=f"{speed:,.0f}/s" if speed else "",
                errors=f"[red]{progress.failed} failed[/]" if progress.failed else "",
            )

        yield watch


def count(names: Sequence[str]) -> int:
    """About how many files the names stand for; hidden ones are not read and not counted."""
    return sum(_below(path) for name in names for path in _paths(name))


def _paths(name: str) -> Iterator[str]:
    """A name that stands for nothing is an input too: it gets its row."""
    found = False
    for path in [] if os.path.lexists(name) else glob.iglob(name, recursive=True):
        found = True
        yield path
    if not found:
        yield name


def _below(path: str) -> int:
    if not os.path.isdir(path):
        return 1
    found = 0
    for _, folders, files in os.walk(path):
        folders[:] = [folder for folder in folders if not folder.startswith(".")]
        found += len([file for file in files if not file.startswith(".")])
    return found
