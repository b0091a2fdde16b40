"""``heshu explain``: which rule read which words, and what was left over."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from ._call import FINE, UNUSABLE, Commands, command, each, own_sites

if TYPE_CHECKING:
    from ...schemas.transcript import Source


def add(commands: Commands) -> None:
    """Declares the command."""
    explain = command(commands, "explain", run, "which rule read which words, and what was left over")
    explain.add_argument("source", metavar="SOURCE", help="HTML or text file, or - for stdin")
    explain.add_argument("--at", metavar="TEXT", help="only the sentences that contain TEXT")
    explain.add_argument("--body", action="store_true", help="which part of the page was read, and why; its dates and places")
    explain.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the answer (zh)")
    own_sites(explain)


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..explain import explain, page
    from ..run import trace

    def told(source: Source) -> str:
        return page(source, options.lang) if options.body else explain(trace(source), options.at, options.lang)

    code = FINE
    for words in each(options, [options.source], told):
        if words is None:
            code = UNUSABLE
        else:
            print(words, end="")
    return code
