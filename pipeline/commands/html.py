"""``heshu html``: one self-contained page without scripts, to read and to send."""

from __future__ import annotations

import argparse
from itertools import islice
from pathlib import Path

from ..errors import HeshuError
from ._call import FINE, UNUSABLE, Commands, command, each, own_sites, rulings


def add(commands: Commands) -> None:
    """Declares the command."""
    html = command(commands, "html", run, "one self-contained page: the transcript with its figures marked, the findings beside it")
    html.add_argument("source", metavar="SOURCE", help="HTML or text file, address, or - for stdin")
    html.add_argument("--out", metavar="FILE", required=True, help="the page to write")
    html.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the page (zh)")
    html.add_argument(
        "--allow-private", metavar="HOST", action="append", default=[], help="a host of your own network that may be read"
    )
    html.add_argument("--review", metavar="FILE", help="rulings made on the page of heshu serve (those of yours)")
    html.add_argument("--no-review", action="store_true", help="pay no heed to rulings")
    own_sites(html)


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..export import files, html
    from ..run import report as make

    html.templates()
    ruled = rulings(options)
    made = list(islice(each(options, [options.source], make), 2))
    if len(made) > 1:
        raise HeshuError(options.source, "more than one document", "name one; heshu serve shows several")
    if made[0] is None:
        return UNUSABLE
    page = html.page(made[0], options.lang, ruled(made[0]))
    try:
        files.write(Path(options.out), page)
    except OSError as error:
        raise HeshuError(options.out, f"cannot be written ({error.strerror})", "check the folder and its permissions") from error
    print(options.out)
    return FINE
