"""Writes files whole or not at all: temporary file in the same folder → fsync → rename → fsync of the folder.

Every call of the operating system that can fail on a full or broken disk goes through this module.
"""

from __future__ import annotations

import errno
import hashlib
import io
import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, NamedTuple

MARK = ".tmp-"
"""Names of unfinished files begin with it; whoever holds the lock of a folder may remove them."""
OLD = ".old-"
FOLDERS = ("docbin",)
"""Folders below an output that files are staged in."""
_BLOCK = 1 << 20
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)


class Written(NamedTuple):
    """A file that was written: its name, its size in bytes and its sha256 in hex."""

    name: str
    bytes: int
    sha256: str


class _Raw(io.RawIOBase):
    """A file under way that knows the digest of what went into it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.size, self.digest = path, 0, hashlib.sha256()
        self.descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o644)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self.descriptor

    def write(self, data: object) -> int:
        view = memoryview(data)  # type: ignore[arg-type]
        done = os.write(self.descriptor, view)
        self.digest.update(view[:done])
        self.size += done
        return done

    def close(self) -> None:
        if not self.closed:
            super().close()
            os.close(self.descriptor)


def write(path: str | Path, data: bytes) -> None:
    """Replaces the file in one step, so that no reader and no crash sees half of it; raises OSError."""
    target = Path(path)
    under_way = target.with_name(f"{MARK}{secrets.token_hex(4)}-{target.name}"[:200])
    try:
        raw = _Raw(under_way)
        try:
            with io.BufferedWriter(raw, _BLOCK) as file:
                file.write(data)
                file.flush()
                os.fsync(raw.descriptor)
        finally:
            raw.close()
        os.replace(under_way, target)
    except BaseException:
        under_way.unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: str | Path) -> None:
    """Makes the names in a folder last; raises OSError."""
    descriptor = os.open(folder, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def digest(path: str | Path) -> tuple[int, str]:
    """Bytes and sha256 of a file on the disk; raises OSError."""
    found, size = hashlib.sha256(), 0
    with open(path, "rb", buffering=0) as file:
        while block := file.read(_BLOCK):
            found.update(block)
            size += len(block)
    return size, found.hexdigest()


class Staging:
    """The files of one output, written beside their places and put there together.

    Where putting one of them fails, those that were put before it are taken back: the old output stays whole.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self._open: dict[str, tuple[_Raw, BinaryIO]] = {}
        self._staged: dict[str, Written] = {}
        self._begun: set[str] = set()

    def path(self, name: str) -> Path:
        """Where a file is written before it is put at ``name``, for libraries that want a path."""
        self._begun.add(name)
        place = self.folder / name
        return place.with_name(MARK + place.name)

    def open(self, name: str) -> BinaryIO:
        """A file to write to from start to end; its digest is taken on the way. Raises OSError."""
        path = self.path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        raw = _Raw(path)
        file = io.BufferedWriter(raw, _BLOCK)
        self._open[name] = (raw, file)
        return file

    def seal(self, name: str) -> None:
        """Closes a file and makes it last; raises OSError."""
        raw, file = self._open[name]
        file.flush()
        os.fsync(raw.descriptor)
        file.close()
        del self._open[name]
        self._staged[name] = Written(name, raw.size, raw.digest.hexdigest())

    def finish(self, names: Iterable[str] = (), but: str | None = None) -> list[Written]:
        """Closes what is open, ``but`` that one, and makes it and the files of ``names`` last; raises OSError.

        All that was finished so far, by name.
        """
        for name in [name for name in self._open if name != but]:
            self.seal(name)
        for name in names:
            descriptor = os.open(self.path(name), os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
            self._staged[name] = Written(name, *digest(self.path(name)))
        return [self._staged[name] for name in sorted(self._staged)]

    def publish(self, last: str, gone: Iterable[str] = ()) -> None:
        """Puts every finished file at its place, ``last`` after all others, and removes ``gone``; raises OSError."""
        names = sorted(self._staged, key=lambda name: (name == last, name))
        put: list[str] = []
        try:
            for name in names:
                self._keep(name)
                os.replace(self.path(name), self.folder / name)
                put.append(name)
            self._sync(names)
        except BaseException:
            for name in put:
                self._take_back(name)
            raise
        finally:
            for name in names:
                self._old(name).unlink(missing_ok=True)
        for name in gone:
            (self.folder / name).unlink(missing_ok=True)

    def drop(self) -> None:
        """Closes and removes what was not published."""
        for raw, _ in self._open.values():
            raw.close()
        for name in tuple(self._begun):
            self.path(name).unlink(missing_ok=True)
        self._open.clear()
        self._staged.clear()

    def _old(self, name: str) -> Path:
        place = self.folder / name
        return place.with_name(OLD + place.name)

    def _keep(self, name: str) -> None:
        self._old(name).unlink(missing_ok=True)
        if (self.folder / name).exists():
            try:
                os.link(self.folder / name, self._old(name))
            except OSError as error:
                # Some disks have no second name for a file: there nothing can be taken back.
                if error.errno not in _NO_LINKS:
                    raise

    def _take_back(self, name: str) -> None:
        old = self._old(name)
        if old.exists():
            old.rename(self.folder / name)
        else:
            (self.folder / name).unlink(missing_ok=True)

    def _sync(self, names: Iterable[str]) -> None:
        for folder in sorted({(self.folder / name).parent for name in names}):
            sync_folder(folder)
