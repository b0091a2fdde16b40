"""Bytes in: files, directories, globs and standard input, streamed one source at a time."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from ...schemas.transcript import Source
from ..errors import FetchError, HeshuError
from ._files import from_directory, from_file, is_directory, matches, printable, read_limited

__all__ = ["sources"]

_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")
_WARC = re.compile(r"(?i)\.warc(?:\.gz)?$")


def sources(names: Iterable[str], stdin: BinaryIO | None = None) -> Iterator[Source | HeshuError]:
    """The sources that the names stand for, in the order given.

    A name is a file, a directory (all files below it, by name), a glob, or ``-`` for ``stdin``. What cannot be read
    comes as an error value in its place, so that one bad source never stops the others. Nothing is raised.
    """
    empty = True
    for name in names:
        empty = False
        yield from _of(name, stdin)
    if empty:
        yield FetchError("(nothing)", "no source was given", "name a file, a directory, or - for standard input")


def _of(name: str, stdin: BinaryIO | None) -> Iterator[Source | HeshuError]:
    """All sources of one name."""
    if name == "-":
        yield _standard_input(stdin)
    elif _URL.match(name):
        yield FetchError(printable(name), "addresses cannot be read yet", "save the page and give the file")
    elif _WARC.search(name):
        yield FetchError(printable(name), "web archives cannot be read yet", "save the page and give the file")
    elif is_directory(name):
        yield from from_directory(name)
    else:
        yield from _file_or_glob(name)


def _file_or_glob(name: str) -> Iterator[Source | HeshuError]:
    """A file whose name holds a bracket or a star comes before what the pattern would match."""
    if "\0" not in name and os.path.lexists(name):
        yield from_file(name)
        return
    found = False
    for path in matches(name):
        found = True
        yield from from_directory(path) if is_directory(path) else (from_file(path),)
    if not found:
        yield from_file(name)


def _standard_input(stdin: BinaryIO | None) -> Source | HeshuError:
    """What comes down the pipe, under the name ``-``."""
    try:
        return read_limited("-", sys.stdin.buffer if stdin is None else stdin)
    except (OSError, ValueError) as error:
        return FetchError("-", f"cannot be read ({error})", "check what is piped in")
