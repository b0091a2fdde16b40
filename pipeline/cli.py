"""The command ``heshu``: one subcommand per verb of the user, each a room of ``commands``.

Nothing heavy is imported before a command is known. Exit codes: 0 nothing disagrees, 1 at least one finding
disagrees, 2 the call or a source could not be used, 130 interrupted.
"""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence

from .. import __version__
from .commands import rooms
from .commands._call import INTERRUPTED, PIPE_CLOSED, UNUSABLE, Parser, complain, unexpected
from .errors import HeshuError


def parser() -> argparse.ArgumentParser:
    """The commands that exist and their options."""
    top = Parser(
        prog="heshu",
        description="核数: reads Chinese government press conferences and tells whether their figures add up.",
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"heshu {__version__}")
    top.set_defaults(command=None)
    commands = top.add_subparsers(metavar="COMMAND", parser_class=Parser)
    for add in rooms():
        add(commands)
    return top


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
        complain(str(error))
        return UNUSABLE
    except Exception as error:
        # Python's own exit code for a traceback is 1, which here would say that something disagrees.
        unexpected("heshu itself", error, options.debug)
        return UNUSABLE
    return code
