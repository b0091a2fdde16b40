"""``heshu explain``: which rule read which words, and what was left over."""

from __future__ import annotations

import argparse

from ._call import FINE, UNUSABLE, Commands, command, each


def add(commands: Commands) -> None:
    """Declares the command."""
    explain = command(commands, "explain", run, "which rule read which words, and what was left over")
    explain.add_argument("source", metavar="SOURCE", help="HTML or text file, or - for stdin")
    explain.add_argument("--at", metavar="TEXT", help="only the sentences that contain TEXT")
    explain.add_argument("--lang", choices=("zh", "en"), default="zh", help="language of the answer (zh)")


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..explain import explain
    from ..run import trace

    code = FINE
    for words in each(options, [options.source], lambda source: explain(trace(source), options.at, options.lang)):
        if words is None:
            code = UNUSABLE
        else:
            print(words, end="")
    return code
