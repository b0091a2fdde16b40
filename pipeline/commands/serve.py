"""``heshu serve``: the local page for journalists."""

from __future__ import annotations

import argparse
from pathlib import Path

from ._call import FINE, Commands, command


def add(commands: Commands) -> None:
    """Declares the command."""
    serve = command(commands, "serve", run, "the local page for journalists: paste a text, drop a page, give an address")
    serve.add_argument("folder", nargs="?", metavar="DIR", help="a folder that heshu run has written, to be browsed and searched")
    serve.add_argument("--port", type=int, default=8765, help="port on this machine, 0 for any (8765)")
    serve.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the page (zh)")
    serve.add_argument(
        "--allow-private", metavar="HOST", action="append", default=[], help="a host of your own network that may be read"
    )
    serve.add_argument("--review", metavar="FILE", help="where rulings are kept (a file of yours that heshu check reads too)")


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from functools import partial

    from .. import fetch, review
    from ..errors import HeshuError

    if not 0 <= options.port <= 65535:
        raise HeshuError(f"--port {options.port}", "no such port", "give a number from 0 to 65535")
    try:
        from ..web import app, serve
    except ImportError as error:
        raise HeshuError("heshu serve", f"{error.name} is not installed", "pip install 'heshu[web]'") from error
    folder = Path(options.folder) if options.folder else None
    kept = Path(options.review) if options.review else review.default()
    read = partial(fetch.sources, allow_private=options.allow_private)
    page = app.create(review=kept, folder=folder, lang=options.lang, fetch=read)
    serve.serve(page, port=options.port, ready=lambda address: _ready(address, options.lang))
    return FINE


def _ready(address: str, lang: str) -> None:
    from ..export.words import say

    print(say("en" if lang == "en" else "zh", "home.ready", address=address), flush=True)
