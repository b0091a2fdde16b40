"""The command ``heshu``: one subcommand per verb of the user. The only module that prints.

Nothing heavy is imported before a command is known. Exit codes: 0 nothing disagrees, 1 at least one finding
disagrees, 2 the call or a source could not be used, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn, TypeVar

from .. import __version__
from .errors import HeshuError

if TYPE_CHECKING:
    from ..schemas.report import Report
    from ..schemas.transcript import Source

FINE, DISAGREES, UNUSABLE, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 130, 141
_WIDEST = 100
_Made = TypeVar("_Made")


class _Parser(argparse.ArgumentParser):
    """A wrong call is one line, like every other problem."""

    def error(self, message: str) -> NoReturn:
        self.exit(UNUSABLE, f"heshu: {message}; see {self.prog} --help\n")


def parser() -> argparse.ArgumentParser:
    """The commands that exist and their options."""
    top = _Parser(
        prog="heshu",
        description="核数: reads Chinese government press conferences and tells whether their figures add up.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"heshu {__version__}")
    top.set_defaults(command=None)
    commands = top.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    for add in (_add_check, _add_explain, _add_evaluate, _add_schema):
        add(commands)
    return top


def _command(
    commands: argparse._SubParsersAction[_Parser], name: str, run: Callable[[argparse.Namespace], int], words: str
) -> _Parser:
    command = commands.add_parser(name, help=words, description=words, allow_abbrev=False)
    command.set_defaults(command=run)
    command.add_argument("--debug", action="store_true", help="show where an unexpected error came from")
    return command


def _add_check(commands: argparse._SubParsersAction[_Parser]) -> None:
    check = _command(commands, "check", _check, "read, extract and cross-check; what does not add up comes first")
    check.add_argument("source", nargs="+", metavar="SOURCE", help="HTML or text file, folder, glob, or - for stdin")
    check.add_argument("--json", action="store_true", help="JSON Lines on stdout, one report per source")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the report (zh)")
    check.add_argument("--all", action="store_true", help="also list what agrees, with its working")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 even where something disagrees")
    check.add_argument("--no-color", action="store_true", help="no colour, as with NO_COLOR in the environment")


def _add_explain(commands: argparse._SubParsersAction[_Parser]) -> None:
    explain = _command(commands, "explain", _explain, "which rule read which words, and what was left over")
    explain.add_argument("source", metavar="SOURCE", help="HTML or text file, or - for stdin")
    explain.add_argument("--at", metavar="TEXT", help="only the sentences that contain TEXT")
    explain.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the answer (zh)")


def _add_evaluate(commands: argparse._SubParsersAction[_Parser]) -> None:
    evaluate = _command(commands, "evaluate", _evaluate, "precision, recall and F1 against annotated passages")
    evaluate.add_argument("gold", nargs="*", metavar="GOLD", help="JSON Lines of annotated passages")
    evaluate.add_argument("--json", action="store_true", help="the figures as JSON")
    evaluate.add_argument("--differences", action="store_true", help="list every difference from the gold")
    evaluate.add_argument("--floors", metavar="FILE", help="fail (exit 1) where a figure is below its floor in FILE")
    evaluate.add_argument(
        "--raise-floors", action="store_true", help="write better figures into the floors, never worse"
    )


def _add_schema(commands: argparse._SubParsersAction[_Parser]) -> None:
    _command(commands, "schema", _schema, "the JSON Schema (2020-12) of the report")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; returns the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    options = argparse.Namespace(debug=False)
    try:
        top = parser()
        options = top.parse_args(arguments, options)
        if options.command is None:
            top.error("no command given")
        code = int(options.command(options))
        sys.stdout.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # What is still buffered would raise once more when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
    except HeshuError as error:
        _complain(str(error))
        return UNUSABLE
    except Exception as error:
        # Python's own exit code for a traceback is 1, which here would say that something disagrees.
        _unexpected("heshu itself", error, options.debug)
        return UNUSABLE
    return code


def _check(options: argparse.Namespace) -> int:
    from .run import report as make

    code, done = FINE, 0
    several = len(options.source) > 1
    show = _json if options.json else _text
    for report in _each(options, options.source, make):
        if report is None:
            code = UNUSABLE
            continue
        several = several or done > 0
        show(report, options, several)
        done += 1
        if report.coverage.disagree and code == FINE and not options.exit_zero:
            code = DISAGREES
    return code


def _each(options: argparse.Namespace, names: Sequence[str], make: Callable[[Source], _Made]) -> Iterator[_Made | None]:
    """What ``make`` makes of each source, in their order; None, and one line on stderr, where one cannot be used."""
    from .fetch import sources

    stdin = sys.stdin.buffer if "-" in names else None
    found = False
    for number, item in enumerate(sources(names, stdin), 1):
        found = True
        if isinstance(item, HeshuError):
            _complain(str(item))
            yield None
            continue
        _progress(number, item.name, len(names) > 1 or number > 1)
        try:
            made = make(item)
        except HeshuError as error:
            _complain(str(error))
            yield None
        except Exception as error:
            _unexpected(item.name, error, options.debug)
            yield None
        else:
            _progress(number, "", len(names) > 1 or number > 1)
            yield made
    if not found:
        _complain(
            f"{' '.join(names)}: nothing to read there; name a file, a folder with files, or - for standard input"
        )
        yield None


def _json(report: Report, options: argparse.Namespace, several: bool) -> None:
    from .export import jsonl

    sys.stdout.buffer.write(jsonl.line(report))
    sys.stdout.buffer.flush()


def _text(report: Report, options: argparse.Namespace, several: bool) -> None:
    from .export import digest, terminal

    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    if several:
        print(f"── {digest.plain(report.document.source)}")
    print(terminal.text(report, lang=options.lang, width=width, colour=_colour(options), everything=options.all))


def _colour(options: argparse.Namespace) -> bool:
    return (
        not options.no_color
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and sys.stdout.isatty()
    )


def _explain(options: argparse.Namespace) -> int:
    from .explain import explain
    from .run import trace

    code = FINE
    for words in _each(options, [options.source], lambda source: explain(trace(source), options.at, options.lang)):
        if words is None:
            code = UNUSABLE
        else:
            print(words, end="")
    return code


def _evaluate(options: argparse.Namespace) -> int:
    from . import evaluate, floors
    from .export import files
    from .run import report

    held = floors.read(options.floors) if options.floors else None
    names = options.gold or [str(path) for path in (held.paths() if held else ())]
    if not names:
        raise HeshuError("evaluate", "no gold given", "name annotated passages, or a floors file that has some")
    score = evaluate.score(evaluate.read(names), report)
    print(evaluate.as_json(score) if options.json else evaluate.as_text(score, differences=options.differences), end="")
    if held is None:
        return FINE
    if options.raise_floors:
        files.write(options.floors, floors.text(held.raised(names, score)).encode())
        return FINE
    below = held.below(names, score)
    for line in below:
        _complain(line)
    return DISAGREES if below else FINE


def _schema(options: argparse.Namespace) -> int:
    from .export.schema import report_schema_text

    print(report_schema_text(), end="")
    return FINE


def _complain(words: str) -> None:
    clear = "\r\x1b[K" if sys.stderr.isatty() else ""
    print(f"{clear}heshu: {' '.join(words.split())}", file=sys.stderr)


def _progress(number: int, name: str, several: bool) -> None:
    """A line on a terminal that the next one overwrites; nothing where stderr goes to a file."""
    if several and sys.stderr.isatty():
        print(f"\r\x1b[K{f'{number} · {name}'[:60] if name else ''}", end="", file=sys.stderr, flush=True)


def _unexpected(name: str, error: Exception, debug: bool) -> None:
    if debug:
        import traceback

        traceback.print_exception(error)
    what = f"{type(error).__name__} {error}".strip()[:200]
    _complain(f"{name}: unexpected problem ({what}); please report it, --debug shows where it came from")
