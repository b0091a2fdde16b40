"""What the commands share: exit codes, declaring a command, going through sources, and the lines on stderr."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn, TypeAlias, TypeVar

from ..errors import HeshuError, SettingsError

if TYPE_CHECKING:
    from ...schemas.report import Report
    from ...schemas.review import Review, Ruling
    from ...schemas.transcript import Source

FINE, DISAGREES, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
_Made = TypeVar("_Made")


class Parser(argparse.ArgumentParser):
    """A wrong call is one line, like every other problem."""

    def error(self, message: str) -> NoReturn:
        """Leaves with the code for a call that cannot be used."""
        self.exit(UNUSABLE, f"heshu: {message}; see {self.prog} --help\n")


Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


def command(commands: Commands, name: str, run: Callable[[argparse.Namespace], int], words: str) -> Parser:
    """The parser of a new command; ``words`` is its line in the help."""
    command = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    command.set_defaults(command=run)
    command.add_argument("--debug", action="store_true", help="show where an unexpected error came from")
    return command


def own_sites(parser: Parser) -> None:
    """Declares ``--sites``, the user's own families of web sites."""
    parser.add_argument("--sites", metavar="FILE", help="your own sites.toml, instead of the one in this folder")


def positive(words: str) -> int:
    """A count on the command line; raises ArgumentTypeError."""
    if not re.fullmatch(r"[0-9]{1,9}", words) or not int(words):
        raise argparse.ArgumentTypeError(f"{words!r} is not a whole number above 0")
    return int(words)


def each(options: argparse.Namespace, names: Sequence[str], make: Callable[[Source], _Made]) -> Iterator[_Made | None]:
    """What ``make`` makes of each source, in their order; None, and one line on stderr, where one cannot be used."""
    from ..fetch import sources

    if getattr(options, "sites", None):
        os.environ["HESHU_SITES"] = options.sites
    stdin = sys.stdin.buffer if "-" in names else None
    found = False
    allowed = getattr(options, "allow_private", None)
    found_by = sources(names, stdin, allow_private=allowed) if allowed else sources(names, stdin)
    for number, item in enumerate(found_by, 1):
        found = True
        if isinstance(item, HeshuError):
            complain(str(item))
            yield None
            continue
        progress(number, item.name, len(names) > 1 or number > 1)
        try:
            made = make(item)
        except SettingsError as error:
            # What is wrong with the settings is wrong for every source.
            complain(str(error))
            yield None
            return
        except HeshuError as error:
            complain(str(error))
            yield None
        except Exception as error:
            unexpected(item.name, error, options.debug)
            yield None
        else:
            progress(number, "", len(names) > 1 or number > 1)
            yield made
    if not found:
        complain(
            f"{' '.join(names)}: nothing to read there; name a file, a folder with files, or - for standard input"
        )
        yield None


def rulings(options: argparse.Namespace) -> Callable[[Report], dict[str, Ruling]]:
    """What the person ruled on the findings of a report, by the options --review and --no-review.

    Raises ReviewError where the file is none.
    """
    from .. import review

    held = reviews(options)
    return lambda report: review.rulings(report, held)


def reviews(options: argparse.Namespace) -> dict[str, Review]:
    """The rulings of the person by the options --review and --no-review; raises ReviewError where the file is none."""
    from pathlib import Path

    from .. import review

    return {} if options.no_review else review.read(Path(options.review) if options.review else review.default())


def complain(words: str) -> None:
    """One line on stderr, whatever the words hold."""
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{clear}heshu: {' '.join(words.split())}", file=sys.stderr)


def progress(number: int, name: str, several: bool) -> None:
    """A line on a terminal that the next one overwrites; nothing where stderr goes to a file."""
    if several and sys.stderr.isatty():
        print(f"\r\x1b[K{f'{number} · {name}'[:60] if name else ''}", end="", file=sys.stderr, flush=True)


def unexpected(name: str, error: Exception, debug: bool) -> None:
    """The line for a problem that has no name of its own."""
    if debug:
        import traceback

        traceback.print_exception(error)
    what = f"{type(error).__name__} {error}".strip()[:200]
    complain(f"{name}: unexpected problem ({what}); please report it, --debug shows where it came from")
