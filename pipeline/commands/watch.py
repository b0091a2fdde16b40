"""``heshu watch``: read pages again and tell which figures have changed."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ..errors import HeshuError, StatusError
from ._call import DISAGREES, FINE, UNUSABLE, Commands, command, complain, unexpected
from ._network import needed, network, state

if TYPE_CHECKING:
    from ...schemas.transcript import Source


def add(commands: Commands) -> None:
    """Declares the command."""
    watch = command(commands, "watch", run, "read pages again and tell which figures have changed, are gone or are new")
    watch.add_argument("list", metavar="URL-LIST", help="a file with one address or path a line, # for remarks; - for stdin")
    watch.add_argument("--json", action="store_true", help="JSON Lines on stdout, one object per page that has changed")
    watch.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the answer (zh)")
    watch.add_argument("--exit-zero", action="store_true", help="exit 0 even where something has changed")
    network(watch)


def run(options: argparse.Namespace) -> int:
    """Runs it; exit code 1 where a figure has changed."""
    names = _names(options.list)
    folder = state(options, "watch" if options.list == "-" else options.list)
    kept = folder / "pages"
    kept.mkdir(exist_ok=True)
    counts: Counter[str] = Counter()
    for name, item in _read(names, folder, options):
        place = kept / f"{hashlib.sha256(name.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}.json"
        try:
            counts[_one(name, item, place, options)] += 1
        except HeshuError as error:
            complain(str(error))
            counts["unusable"] += 1
        except Exception as error:
            unexpected(name, error, options.debug)
            counts["unusable"] += 1
        sys.stdout.flush()
    if not options.json:
        _summary(counts, options)
    if counts["unusable"]:
        return UNUSABLE
    return DISAGREES if counts["changed"] + counts["gone"] and not options.exit_zero else FINE


def _names(source: str) -> list[str]:
    """The lines of the list that name something."""
    try:
        lines = (sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")).splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise HeshuError(source, f"cannot be read ({reason})", "give a file with one address a line") from None
    names = [line.strip() for line in lines if line.strip() and not line.strip().startswith("#")]
    if not names:
        raise HeshuError(source, "names no page", "give a file with one address a line")
    return list(dict.fromkeys(names))


def _read(names: list[str], folder: Path, options: argparse.Namespace) -> Iterator[tuple[str, Source | HeshuError]]:
    """Every page of the list, or why it cannot be read; addresses are visited with the register and the cache."""
    from ..fetch import sources

    visitor = None
    try:
        for name in names:
            if not name.lower().startswith(("http://", "https://")):
                yield from ((getattr(item, "name", name), item) for item in sources([name]))
                continue
            needed("watch")
            from ..fetch import crawl

            visitor = visitor or crawl.Visitor(
                (), state=folder, cache=True, allow_private=options.allow_private, gap=options.delay
            )
            try:
                visitor.named = crawl.hosts_of([name])
                yield name, visitor.get(name).source
            except HeshuError as error:
                yield name, error
    finally:
        if visitor is not None:
            visitor.close()


def _one(name: str, item: Source | HeshuError, place: Path, options: argparse.Namespace) -> str:
    """What became of one page: first, quiet, changed or gone. Raises HeshuError where it cannot be read."""
    from ..export import changes, files
    from ..run import report
    from ..watch import changes as compared

    old = _kept(place)
    if isinstance(item, HeshuError):
        if old is None or not (isinstance(item, StatusError) and item.problem.endswith(("404", "410"))):
            raise item
        _gone(name, len(report(old).figures), options)
        place.unlink()
        return "gone"
    new = report(item)
    if old is not None and old.data != item.data:
        before = report(old)
        found = compared(before, new)
    else:
        before, found = new, []
    if found and options.json:
        sys.stdout.buffer.write(changes.line(name, before, new, found))
    elif found:
        print(changes.text(name, new, found, options.lang))
    files.write(place, msgspec.json.encode(item))
    return "first" if old is None else "changed" if found else "quiet"


def _gone(name: str, figures: int, options: argparse.Namespace) -> None:
    from ..export.words import say

    if options.json:
        sys.stdout.buffer.write(msgspec.json.encode({"source": name, "gone": True, "figures": figures}) + b"\n")
    else:
        print(f"── {name}\n- {say(options.lang, 'watch.gone', n=figures)}\n")


def _kept(place: Path) -> Source | None:
    """The page as it was; None the first time, and where the copy is spoilt."""
    from ...schemas.transcript import Source

    try:
        return msgspec.json.decode(place.read_bytes(), type=Source)
    except (OSError, msgspec.MsgspecError):
        return None


def _summary(counts: Counter[str], options: argparse.Namespace) -> None:
    from ..export.words import say

    keys = {"changed": "watch.changed", "gone": None, "quiet": "watch.quiet", "first": "watch.first"}
    parts = [say(options.lang, key, n=counts[each]) for each, key in keys.items() if key and counts[each]]
    if parts:
        print(("；" if options.lang == "zh" else "; ").join(parts))
