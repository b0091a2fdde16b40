"""Bytes in: files, directories, globs, archives, standard input and addresses, streamed one source at a time."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import BinaryIO

from ...schemas.transcript import Source
from ..errors import FetchError, HeshuError
from ._codecs import missing
from ._files import from_directory, from_file, from_part, is_directory, matches, printable
from ._open import opened

__all__ = ["sources"]

_URL = re.compile(r"(?i)[a-z][a-z0-9+.-]*://")


def sources(
    names: Iterable[str], stdin: BinaryIO | None = None, *, allow_private: Collection[str] = ()
) -> Iterator[Source | HeshuError]:
    """The sources that the names stand for, in the order given.

    A name is a file, a directory (all files below it, by name), a glob, an archive (WARC, zip), one page of an archive
    (``archive#page``), an http(s) address, or ``-`` for ``stdin``. What cannot be read comes as an error value in its
    place, so that one bad source never stops the others. Nothing is raised. Addresses of inner networks are refused
    unless their host is in ``allow_private``.
    """
    empty = True
    web: list[Callable[[str], Source | HeshuError]] = []
    for name in names:
        empty = False
        if _URL.match(name):
            if not web:
                web.append(_visitor(allow_private))
            yield web[0](name)
        else:
            yield from _of(name, stdin)
    if empty:
        yield FetchError("(nothing)", "no source was given", "name a file, a directory, or - for standard input")


def _of(name: str, stdin: BinaryIO | None) -> Iterator[Source | HeshuError]:
    """All sources of one name that is no address."""
    if name == "-":
        yield from _standard_input(stdin)
    elif is_directory(name):
        yield from from_directory(name)
    else:
        yield from _file_or_glob(name)


def _file_or_glob(name: str) -> Iterator[Source | HeshuError]:
    """A file whose name holds a bracket or a star comes before what the pattern would match."""
    if "\0" not in name and os.path.lexists(name):
        yield from from_file(name)
        return
    if "#" in name and "\0" not in name and os.path.isfile(name.partition("#")[0]):
        yield from from_part(name)
        return
    found = False
    for path in matches(name):
        found = True
        yield from from_directory(path) if is_directory(path) else from_file(path)
    if not found:
        yield from from_file(name)


def _standard_input(stdin: BinaryIO | None) -> Iterator[Source | HeshuError]:
    """What comes down the pipe, under the name ``-``."""
    try:
        yield from opened("-", sys.stdin.buffer if stdin is None else stdin)
    except (OSError, ValueError) as error:
        yield FetchError("-", f"cannot be read ({error})", "check what is piped in")


def _visitor(allow_private: Collection[str]) -> Callable[[str], Source | HeshuError]:
    """Reads addresses one after the other, politely; loaded only where an address is given."""
    try:
        from ._visit import reader
    except ImportError:
        return lambda name: missing(printable(name))
    return reader(allow_private, printable)
