"""The output folder of a run: one lock, and the results of pieces under the names of their keys.

A result is there whole or not at all; that it is there is all that says a piece is done.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from ..errors import HeshuError
from ..export import files
from .pieces import Damaged, Read, reads

FOLDER = "shards"
LOCK = ".lock"


class OutputLocked(HeshuError):
    """Another run writes to the same output."""

    code = "output_locked"


class OutputError(HeshuError):
    """The output cannot be written or is not what was written."""

    code = "output_error"


class Store:
    """The results in one output folder."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def name(self, key: str) -> str:
        """The file of a piece, from the output folder."""
        return f"{FOLDER}/{key[:2]}/{key}.jsonl.z"

    def has(self, key: str) -> bool:
        """Whether the piece is done."""
        return (self.out / self.name(key)).is_file()

    def put(self, key: str, body: bytes) -> None:
        """Commits a result; the same result twice is the same file. Raises OSError."""
        path = self.out / self.name(key)
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
            files.sync_folder(path.parent.parent)
        files.write(path, body)

    def get(self, key: str) -> tuple[bytes, list[Read]]:
        """The bytes of a result and what they hold. Raises OutputError, and forgets it, where it is damaged."""
        path = self.out / self.name(key)
        try:
            data = path.read_bytes()
            return data, list(reads(data))
        except (Damaged, ValueError) as error:
            path.unlink(missing_ok=True)
            raise OutputError(str(path), f"is damaged ({error}) and was removed", "run the same command again") from error
        except FileNotFoundError as error:
            raise OutputError(str(path), "was removed while the run was under way", "run the same command again") from error

    def sweep(self) -> None:
        """Removes what runs left that were stopped; only for the holder of the lock."""
        for folder in (self.out, *(self.out / FOLDER).glob("*"), *(self.out / name for name in files.FOLDERS)):
            if folder.is_dir() and not folder.is_symlink():
                for mark in (files.MARK, files.OLD):
                    for path in folder.glob(f"{mark}*"):
                        path.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(out: Path) -> Iterator[Store]:
    """The store of an output folder, made where it is missing, for this run alone.

    Raises OutputLocked where another run has it, OutputError where it cannot be written to.
    """
    import fcntl

    try:
        out.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(out / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
    except OSError as error:
        raise unwritable(out, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise OutputLocked(str(out), "another run writes to it", "wait for it, or name another folder") from error
        store = Store(out)
        try:
            store.sweep()
        except OSError as error:
            raise unwritable(out, error) from error
        yield store
    finally:
        os.close(descriptor)


def unwritable(out: Path, error: OSError) -> OutputError:
    """The error for a disk that is full, broken or not ours."""
    where = error.filename if isinstance(error.filename, str) else str(out)
    why = error.strerror or str(error)
    return OutputError(where, f"cannot be written ({why})", "mend that and run the same command again: what is done stays done")
