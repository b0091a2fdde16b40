"""The manifest of a run, the only truth about it: one JSON a line.

``run``: which heshu made it and how. ``source``: one for every input, in their order. ``file``: every file of the
output with its size and sha256. ``end``: the counts, and the sha256 of all lines before.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TypeAlias

import msgspec

from ..errors import HeshuError
from ..export import files
from .pieces import Entry

NAME = "manifest.jsonl"


class Head(msgspec.Struct, frozen=True, tag="run", tag_field="kind"):
    """How the run was made; nothing of the machine, the day or the number of workers."""

    heshu: str
    schema_version: str
    reader: str
    formats: tuple[str, ...]
    part: str | None
    limit: int | None


class File(msgspec.Struct, frozen=True, tag="file", tag_field="kind"):
    """A file of the output, named from its folder."""

    name: str
    bytes: int
    sha256: str


class End(msgspec.Struct, frozen=True, tag="end", tag_field="kind"):
    """In = ok + failed + skipped; ``codes`` counts why."""

    sources: int
    ok: int
    failed: int
    skipped: int
    codes: dict[str, int]
    disagree: int
    documents_that_disagree: int
    sha256: str


Record: TypeAlias = Head | Entry | File | End


class Writer:
    """Lines of a manifest as they are known."""

    def __init__(self, file: BinaryIO, head: Head) -> None:
        self._file, self._digest = file, hashlib.sha256()
        self._encode = msgspec.json.Encoder().encode
        self.status, self.codes = Counter[str](), Counter[str]()
        self.disagree = self.disagreeing = 0
        self._line(head)

    def source(self, entry: Entry) -> None:
        """The row of the next input."""
        self._line(entry)
        self.status[entry.status] += 1
        if entry.code is not None:
            self.codes[entry.code] += 1

    def finds(self, disagree: int) -> None:
        """How many findings of the last source disagree."""
        self.disagree += disagree
        self.disagreeing += disagree > 0

    def file(self, written: files.Written) -> None:
        """The row of a file of the output."""
        self._line(File(*written))

    def finish(self) -> End:
        """The last line."""
        count = self.status
        end = End(
            count.total(), count["ok"], count["failed"], count["skipped"], dict(sorted(self.codes.items())),
            self.disagree, self.disagreeing, self._digest.hexdigest(),
        )
        self._line(end)
        return end

    def _line(self, record: msgspec.Struct) -> None:
        data = self._encode(record) + b"\n"
        self._digest.update(data)
        self._file.write(data)


class ManifestError(HeshuError):
    """A folder has no manifest that can be believed."""

    code = "manifest_error"


def lines(out: Path) -> Iterator[Record]:
    """Every line of a manifest. Raises ManifestError where there is none, or where it is not as it was written."""
    advice = "run heshu run again with the same sources and --out: what is done stays done"
    digest, end, decoder = hashlib.sha256(), None, msgspec.json.Decoder(Record)
    try:
        with (out / NAME).open("rb") as stream:
            for line in stream:
                if end is not None:
                    raise ManifestError(str(out / NAME), "goes on after its end", advice)
                record = decoder.decode(line)
                if isinstance(record, End):
                    end = record
                    if end.sha256 != digest.hexdigest() or line != msgspec.json.encode(end) + b"\n":
                        raise ManifestError(str(out / NAME), "was changed", advice)
                digest.update(line)
                yield record
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ManifestError(str(out), "holds no finished run", advice) from error
    except (OSError, msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ManifestError(str(out / NAME), f"is damaged ({error})", advice) from error
    if end is None:
        raise ManifestError(str(out / NAME), "is cut short", advice)


def failures(out: str | Path) -> Iterator[Entry]:
    """The rows of the inputs that failed, in their order; raises ManifestError."""
    yield from (record for record in lines(Path(out)) if isinstance(record, Entry) and record.status == "failed")


def problems(out: Path) -> Iterator[str]:
    """One line for every file that is not as the manifest has it; raises ManifestError."""
    for record in lines(out):
        if not isinstance(record, File):
            continue
        path = out / record.name
        try:
            size, sha256 = files.digest(path)
        except FileNotFoundError:
            yield f"{record.name}: is missing"
        except OSError as error:
            yield f"{record.name}: cannot be read ({error.strerror})"
        else:
            if size != record.bytes:
                yield f"{record.name}: has {size} bytes instead of {record.bytes}"
            elif sha256 != record.sha256:
                yield f"{record.name}: was changed"
