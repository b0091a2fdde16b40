"""Files, directories and globs of the local disk."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from ...schemas.transcript import Source
from ..errors import FetchError, HeshuError, LimitError

MAX_BYTES = 32 * 1024 * 1024
"""No document of one press conference comes near this; a larger file is something else."""


def printable(name: str) -> str:
    """A name that fits on one line of a terminal, whatever bytes the disk has."""
    return "".join(c if c.isprintable() and not "\ud800" <= c <= "\udfff" else repr(c)[1:-1] for c in name)


def read_limited(name: str, stream: BinaryIO) -> Source | HeshuError:
    """At most ``MAX_BYTES`` of a stream; empty and oversized streams are errors."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return LimitError(name, f"larger than {MAX_BYTES // 2**20} MB", "give one saved page or one text file")
    if not data:
        return FetchError(name, "it is empty", "save the page again")
    return Source(name=name, data=data)


def from_file(name: str) -> Source | HeshuError:
    """The bytes of one regular file under the name it was reached by."""
    shown = printable(name)
    try:
        if not stat.S_ISREG(os.stat(name).st_mode):
            return FetchError(shown, "not a regular file", "give a file, a directory or -")
        with open(name, "rb") as stream:
            return read_limited(shown, stream)
    except FileNotFoundError:
        return FetchError(shown, "no such file", "check the path")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return FetchError(shown, f"cannot be read ({reason})", "check the path and the permissions")


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
    """Every file below a directory in the order of the names; hidden ones are left out, loops of links end."""
    found = False
    for item in _walk(name, ()):
        found = True
        yield from_file(item) if isinstance(item, str) else item
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
            yield path
