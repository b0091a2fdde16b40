"""Files, directories and globs of the local disk."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator

from ...schemas.transcript import Source
from ..errors import FetchError, HeshuError
from ._media import is_asset
from ._open import opened


def printable(name: str) -> str:
    """A name that fits on one line of a terminal, whatever bytes the disk has."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else repr(c)[1:-1] for c in name)


def from_file(name: str) -> Iterator[Source | HeshuError]:
    """What one regular file holds, under the name it was reached by."""
    shown = printable(name)
    try:
        if not stat.S_ISREG(os.stat(name).st_mode):
            yield FetchError(shown, "not a regular file", "give a file, a directory or -")
            return
        with open(name, "rb") as stream:
            yield from opened(shown, stream)
    except FileNotFoundError:
        yield FetchError(shown, "no such file", "check the path")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield FetchError(shown, f"cannot be read ({reason})", "check the path and the permissions")


def from_part(name: str) -> Iterator[Source | HeshuError]:
    """One page of an archive: ``pages.warc.gz#address`` or ``pages.zip#name``."""
    path, _, part = name.partition("#")
    problems = []
    for item in from_file(path):
        if isinstance(item, Source) and (item.name == name or item.warc_record == part):
            yield item
            return
        if isinstance(item, HeshuError):
            if item.source == name:
                yield item
                return
            problems.append(item)
    yield from problems[:1] or [FetchError(printable(name), "no such page in this archive", "check the name after #")]


def is_directory(name: str) -> bool:
    """Whether the name is a directory, also through a link; no name that the system refuses is one."""
    try:
        return os.path.isdir(name)
    except ValueError:
        return False


def matches(name: str) -> Iterator[str]:
    """The paths of a glob in sorted order; nothing where the name is no pattern."""
    if glob.has_magic(name) and "\0" not in name:
        yield from sorted(glob.iglob(name, recursive=True))


def from_directory(name: str) -> Iterator[Source | HeshuError]:
    """Every file below a directory in the order of the names; hidden ones, pictures and styles are left out, loops end."""
    found = False
    for item in _walk(name, ()):
        found = True
        yield from from_file(item) if isinstance(item, str) else (item,)
    if not found:
        yield FetchError(printable(name), "no files in this directory", "give a directory with saved pages")


def _walk(top: str, above: tuple[tuple[int, int], ...]) -> Iterator[str | HeshuError]:
    """Paths of the files below; ``above`` holds device and inode of the directories we are in."""
    try:
        here = os.stat(top)
        names = sorted(os.listdir(top))
    except OSError as error:
        yield FetchError(printable(top), f"cannot be read ({error.strerror})", "check the permissions")
        return
    mark = (here.st_dev, here.st_ino)
    if mark in above:
        return
    for name in names:
        path = os.path.join(top, name)
        if name.startswith("."):
            continue
        if os.path.isdir(path):
            yield from _walk(path, (*above, mark))
        else:
            if not is_asset(name):
                yield path
