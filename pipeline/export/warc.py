"""Visited pages into a web archive that is whole or not there; an interrupted one goes on where it stopped."""

from __future__ import annotations

import io
import os
import shutil
import uuid
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from ... import __version__
from ...schemas.visit import Visit
from .. import warc
from ..errors import HeshuError

_REQUESTED = "requested"


class Archive:
    """An archive in the making: ``path`` with ``.part`` behind it until :meth:`finish`.

    ``done`` holds the addresses, spelt by ``spelling``, of the pages that are in it already: from an earlier run that was
    interrupted, or from the finished file, which then grows.
    """

    def __init__(self, path: Path, spelling: Callable[[str], str] = str) -> None:
        self.path, self.part, self.spelling = path, path.with_name(path.name + ".part"), spelling
        self.done: set[str] = set()
        self.written = 0
        try:
            self.out = self._opened()
        except OSError as error:
            reason = error.strerror or str(error)
            raise HeshuError(str(path), f"cannot be written ({reason})", "name a place where you may write") from None
        from warcio.warcwriter import WARCWriter

        self.writer = WARCWriter(self.out, gzip=path.name.endswith(".gz"), warc_version="1.1")
        if self.out.tell() == 0:
            info = {"software": f"heshu/{__version__}", "format": "WARC File Format 1.1", "robots": "obey"}
            self.writer.write_record(self.writer.create_warcinfo_record(path.name, info))

    def _opened(self) -> BinaryIO:
        """At the end of the last whole record of what is there."""
        resumed = self.part.exists()
        if not resumed and self.path.exists():
            shutil.copyfile(self.path, self.part)
        out = open(self.part, "a+b")  # noqa: SIM115 - closed by finish or close
        _locked(out, self.path)
        out.seek(0)
        end = 0
        damage: warc.Damage | None = None
        for item in warc.records(out):
            if isinstance(item, warc.Damage):
                damage = damage or item
            if damage is not None and (isinstance(item, warc.Record) or not resumed):
                self._refuse(out, damage, keep=resumed)
            if isinstance(item, warc.Damage):
                continue
            end = item.end
            self._note(item)
        out.truncate(end)
        out.seek(end)
        return out

    def _refuse(self, out: BinaryIO, item: warc.Item, *, keep: bool) -> NoReturn:
        """Only the cut tail of an interrupted run may be taken away; whatever else is there belongs to somebody."""
        out.close()
        where = self.part if keep else self.path
        if not keep:
            self.part.unlink()
        raise HeshuError(str(where), f"no sound web archive from byte {item.offset} on", "move it away, or name another file")

    def _note(self, item: warc.Record) -> None:
        """Remembers the address of a page, and the one that led to it."""
        from warcio.archiveiterator import ArchiveIterator

        record = next(iter(ArchiveIterator(io.BytesIO(item.head + (item.block or b"") + b"\r\n\r\n"))))
        if record.rec_type == "response":
            self.done.add(self.spelling(record.rec_headers.get_header("WARC-Target-URI")))
        elif record.rec_type == "metadata":
            fields = record.raw_stream.read().split(b"\r\n")
            self.done |= {self.spelling(os.fsdecode(line.partition(b": ")[2])) for line in fields if line.startswith(_REQUESTED.encode())}

    def write(self, visit: Visit) -> None:
        """Adds the response, the request, and the address that led there."""
        identity = self._identity(visit, "response")
        fields = {"WARC-Record-ID": identity, "WARC-Date": visit.source.retrieved_at or ""}
        if visit.peer:
            fields["WARC-IP-Address"] = visit.peer
        self._record(visit.address, "response", visit.response, fields)
        with_it = {"WARC-Concurrent-To": identity, "WARC-Date": fields["WARC-Date"]}
        if visit.request:
            self._record(visit.address, "request", visit.request, {**with_it, "WARC-Record-ID": self._identity(visit, "request")})
        if visit.source.name != visit.address:
            words = f"{_REQUESTED}: {visit.source.name}\r\n".encode()
            self._record(visit.address, "metadata", words, {**with_it, "WARC-Record-ID": self._identity(visit, "metadata")})
        self.out.flush()
        self.done |= {self.spelling(visit.address), self.spelling(visit.source.name)}
        self.written += 1

    def _record(self, address: str, kind: str, data: bytes, fields: dict[str, str]) -> None:
        made: Any = self.writer.create_warc_record(
            address, kind, payload=io.BytesIO(data), length=len(data), warc_headers_dict=fields
        )
        self.writer.write_record(made)

    @staticmethod
    def _identity(visit: Visit, kind: str) -> str:
        """The same for the same page fetched at the same time."""
        text = f"{kind} {visit.address} {visit.source.retrieved_at} {sha256(visit.response).hexdigest()}"
        return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, text)}>"

    def finish(self) -> bool:
        """The archive under its name, in one step; False, and nothing left behind, where no page is in it."""
        self.out.flush()
        os.fsync(self.out.fileno())
        self.out.close()
        if not self.done:
            self.part.unlink()
            return False
        self.part.replace(self.path)
        return True

    def close(self) -> None:
        """Leaves what there is for the next run."""
        self.out.close()


def _locked(out: BinaryIO, path: Path) -> None:
    """Two runs into one archive would spoil it."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        out.close()
        raise HeshuError(str(path), "another run is writing it", "wait for it, or name another file") from None
