"""``heshu series``: the same indicator over years and releases, implied against published."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import HeshuError
from ._call import DISAGREES, FINE, Commands, command, positive, reviews

if TYPE_CHECKING:
    from ...schemas.series import Book

_WIDEST = 100


def add(commands: Commands) -> None:
    """Declares the command."""
    series = command(commands, "series", run, "many documents: the same indicator over years and releases, implied against published")
    series.add_argument("folder", nargs="+", metavar="DIR", help="output of heshu run, or of its parts")
    series.add_argument("--json", action="store_true", help="JSON Lines on stdout: findings, worst first, then series")
    series.add_argument("--csv", metavar="FILE", help="also write one row a printed value")
    series.add_argument("--svg", metavar="DIR", help="also draw one chart a series into this folder")
    series.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the table (zh)")
    series.add_argument("--all", action="store_true", help="also list what agrees and every series")
    series.add_argument("--review", metavar="FILE", help="rulings made on the page of heshu serve (those of yours)")
    series.add_argument("--no-review", action="store_true", help="pay no heed to rulings")
    series.add_argument("--engine", choices=("local", "dask"), default="local", help="where the ledger is kept (local)")
    series.add_argument("--scheduler", metavar="ADDRESS", help="address of a Dask scheduler; none starts one here")
    series.add_argument("--workers", type=positive, default=0, metavar="N", help="workers of a Dask that is started here (all cores)")
    series.add_argument("--exit-zero", action="store_true", help="exit 0 even where something contradicts")


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..export import series as shown
    from ..review import series_rulings

    held = reviews(options)
    book = _book(options)
    dismissed = {id_ for id_, ruling in series_rulings(book.findings, held).items() if ruling == "false_alarm"}
    if options.csv:
        path = Path(options.csv)
        _write(path.parent, {path.name: shown.sheet(book, dismissed)})
    if options.svg:
        from ..export import series_chart

        _write(Path(options.svg), series_chart.drawings(book, dismissed))
    if options.json:
        for line in shown.lines(book):
            sys.stdout.buffer.write(line)
        sys.stdout.buffer.flush()
    else:
        width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
        print(shown.text(book, lang=options.lang, width=width, everything=options.all, dismissed=dismissed))
    contradicts = any(finding.verdict == "disagrees" and finding.id not in dismissed for finding in book.findings)
    return DISAGREES if contradicts and not options.exit_zero else FINE


def _book(options: argparse.Namespace) -> Book:
    """Of all the folders, here or on a cluster; the same either way."""
    folders = [Path(folder) for folder in options.folder]
    if options.engine == "dask":
        from .. import cluster

        return cluster.book(folders, options.scheduler, options.workers)
    from .. import series

    return series.book(report for folder in folders for report in series.read(folder))


def _write(folder: Path, made: Mapping[str, bytes]) -> None:
    """Every file whole or not at all; raises HeshuError."""
    from ..export import files

    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in made.items():
            files.write(folder / name, data)
    except OSError as error:
        raise HeshuError(str(folder), f"cannot be written ({error.strerror})", "check the folder and its permissions") from error
