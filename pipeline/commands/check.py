"""``heshu check``: read, extract and cross-check; a report for a person, or JSON Lines."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from typing import TYPE_CHECKING

from ._call import DISAGREES, FINE, UNUSABLE, Commands, command, each, own_sites

if TYPE_CHECKING:
    from ...schemas.report import Report

_WIDEST = 100


def add(commands: Commands) -> None:
    """Declares the command."""
    check = command(commands, "check", run, "read, extract and cross-check; what does not add up comes first")
    check.add_argument("source", nargs="+", metavar="SOURCE", help="HTML or text file, folder, glob, web archive, address, or -")
    check.add_argument("--json", action="store_true", help="JSON Lines on stdout, one report per source")
    check.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the report (zh)")
    check.add_argument("--all", action="store_true", help="also list what agrees, with its working")
    check.add_argument("--exit-zero", action="store_true", help="exit 0 even where something disagrees")
    check.add_argument(
        "--allow-private", metavar="HOST", action="append", default=[], help="a host of your own network that may be read"
    )
    check.add_argument("--no-color", action="store_true", help="no colour, as with NO_COLOR in the environment")
    own_sites(check)


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..run import report as make

    code, done = FINE, 0
    several = len(options.source) > 1
    show = _json if options.json else _text
    for report in each(options, options.source, make):
        if report is None:
            code = UNUSABLE
            continue
        several = several or done > 0
        show(report, options, several)
        done += 1
        if report.coverage.disagree and code == FINE and not options.exit_zero:
            code = DISAGREES
    return code


def _json(report: Report, options: argparse.Namespace, several: bool) -> None:
    from ..export import jsonl

    sys.stdout.buffer.write(jsonl.line(report))
    sys.stdout.buffer.flush()


def _text(report: Report, options: argparse.Namespace, several: bool) -> None:
    from ..export import digest, terminal

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
