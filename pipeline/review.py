"""What a person ruled on findings: a local file that the page writes and ``heshu check`` and ``heshu series`` honour.

A ruling is found again by the words of the transcript and the spans of the finding, so it outlives a page that is
saved anew or pasted instead of dropped. It counts only for the verdict it was made on.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from ..schemas.finding import Finding
from ..schemas.identity import document_id, record_id
from ..schemas.report import Report
from ..schemas.review import Review, Reviews, Ruling
from ..schemas.series import SeriesFinding
from .errors import HeshuError
from .export import digest, files


class ReviewError(HeshuError):
    """The review file cannot be used."""

    code = "review_error"


def default() -> Path:
    """Where rulings are kept unless a file is named: the folder of the system for data of programs."""
    home = Path.home()
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    return base / "heshu" / "review.json"


def read(path: Path) -> dict[str, Review]:
    """The rulings by their key; none where there is no file. Raises ReviewError where it is something else."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ReviewError(str(path), f"cannot be read ({error.strerror})", "check the permissions, or name another by --review") from error
    try:
        return {review.key: review for review in msgspec.json.decode(data, type=Reviews).reviews}
    except msgspec.MsgspecError as error:
        raise ReviewError(str(path), f"not a review file of heshu ({error})", "move it away, or name another by --review") from error


def rulings(report: Report, reviews: Mapping[str, Review]) -> dict[str, Ruling]:
    """The ruling on each finding of the report that has one, by the id of the finding."""
    if not reviews:
        return {}
    text, found = document_id(report.document.text.encode("utf-8", "surrogatepass")), dict[str, Ruling]()
    for finding in report.findings:
        review = reviews.get(_key(text, report, finding))
        if review is not None and review.verdict == finding.verdict:
            found[finding.id] = review.ruling
    return found


def series_rulings(findings: Iterable[SeriesFinding], reviews: Mapping[str, Review]) -> dict[str, Ruling]:
    """The ruling on each finding over releases that has one, by the id of the finding."""
    if not reviews:
        return {}
    held = ((finding, reviews.get(_series_key(finding))) for finding in findings)
    return {finding.id: review.ruling for finding, review in held if review is not None and review.verdict == finding.verdict}


def keep(path: Path, report: Report, finding: Finding, ruling: Ruling | None) -> None:
    """Writes one ruling, or takes it back where it is None; other rulings stay. Raises ReviewError."""
    text = document_id(report.document.text.encode("utf-8", "surrogatepass"))
    words = f"{digest.plain(finding.stated or '')} · {digest.plain(finding.message.zh)}"
    _keep(path, Review(_key(text, report, finding), finding.id, report.document.id, ruling or "confirmed", finding.verdict, words, ""), ruling)


def keep_series(path: Path, finding: SeriesFinding, ruling: Ruling | None) -> None:
    """The same for a finding over releases."""
    words = f"{digest.plain(finding.stated)} · {digest.plain(finding.message.zh)}"
    _keep(path, Review(_series_key(finding), finding.id, finding.claim.document, ruling or "confirmed", finding.verdict, words, ""), ruling)


def _keep(path: Path, made: Review, ruling: Ruling | None) -> None:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone(path):
            held = read(path)
            held.pop(made.key, None)
            if ruling is not None:
                held[made.key] = msgspec.structs.replace(made, at=now)
            data = msgspec.json.format(msgspec.json.encode(Reviews(1, tuple(sorted(held.values(), key=lambda r: r.key)))), indent=1)
            files.write(path, data + b"\n")
    except OSError as error:
        raise ReviewError(str(path), f"cannot be written ({error.strerror})", "check the permissions, or name another by --review") from error


def _series_key(finding: SeriesFinding) -> str:
    """From what the releases print and when, not from the bytes of their pages."""
    i, values = finding.indicator, (finding.claim, *finding.operands)
    place = "|".join((i.region, i.subject or "", *i.scope, i.metric, i.name, i.qualifier or "", i.unit, i.change or ""))
    said = "|".join(f"{value.date} {value.surface}" for value in values)
    return record_id(place, "series review", 0, 0, f"{finding.identity}|{finding.period.start}|{finding.period.end}|{said}")


def _key(text: str, report: Report, finding: Finding) -> str:
    """From the words and the spans, not from the bytes of the page or the names of rules."""
    known = digest.places(report)
    spans = [(known[i].start, known[i].end) if i in known else (0, 0) for i in digest.involved(finding)]
    return record_id(text, "review", *(spans[0] if spans else (0, 0)), f"{finding.identity}|{finding.claim is None}|{spans}")


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Two pages, or a page and a script, never lose each other's ruling."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    lock = os.open(path.with_name(path.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)
