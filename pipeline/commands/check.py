"""``heshu check``: read, extract and cross-check; a report for a person, or JSON Lines."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from typing import TYPE_CHECKING

from ._call import DISAGREES, FINE, UNUSABLE, Commands, command, each, own_sites, rulings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ...schemas.report import Report
    from ...schemas.review import Ruling

    Rulings = Mapping[str, Ruling]

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
    check.add_argument("--review", metavar="FILE", help="rulings made on the page of heshu serve (those of yours)")
    check.add_argument("--no-review", action="store_true", help="pay no heed to rulings")
    check.add_argument("--no-color", action="store_true", help="no colour, as with NO_COLOR in the environment")
    own_sites(check)


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..run import report as make

    code, done, ruled = FINE, 0, rulings(options)
    several = len(options.source) > 1
    show = _json if options.json else _text
    for report in each(options, options.source, make):
        if report is None:
            code = UNUSABLE
            continue
        several = several or done > 0
        said = ruled(report)
        show(report, options, said, several)
        done += 1
        if _disagrees(report, said) and code == FINE and not options.exit_zero:
            code = DISAGREES
    return code


def _disagrees(report: Report, said: Rulings) -> bool:
    """Whether something disagrees that the person has not ruled a false alarm."""
    return any(f.verdict == "disagrees" and said.get(f.id) != "false_alarm" for f in report.findings)


def _json(report: Report, options: argparse.Namespace, said: Rulings, several: bool) -> None:
    from ..export import jsonl

    sys.stdout.buffer.write(jsonl.line(report))
    sys.stdout.buffer.flush()


def _text(report: Report, options: argparse.Namespace, said: Rulings, several: bool) -> None:
    from ..export import digest, terminal

    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    if several:
        print(f"── {digest.plain(report.document.source)}")
    colour = _colour(options)
    print(terminal.text(report, lang=options.lang, width=width, colour=colour, everything=options.all, rulings=said))


def _colour(options: argparse.Namespace) -> bool:
    return (
        not options.no_color
        and not os.environ.get("NO_COLOR")
        and os.environ.get("TERM") != "dumb"
        and sys.stdout.isatty()
    )
