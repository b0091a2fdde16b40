"""``heshu verify``: every file of a run against its manifest."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..errors import HeshuError
from ._call import DISAGREES, FINE, UNUSABLE, Commands, command, complain


def add(commands: Commands) -> None:
    """Declares the command."""
    verify = command(commands, "verify", run, "every file of a run against its manifest")
    verify.add_argument("folder", nargs="+", metavar="DIR", help="output of heshu run")


def run(options: argparse.Namespace) -> int:
    """Runs it: 1 where a file is not as it was written, 2 where there is no manifest to be believed."""
    from ..batch import problems

    code = FINE
    for folder in options.folder:
        found = 0
        try:
            for line in problems(Path(folder)):
                found += 1
                print(f"✖ {folder}/{line}")
        except HeshuError as error:
            complain(str(error))
            code = UNUSABLE
            continue
        if found:
            code = max(code, DISAGREES)
        else:
            print(f"✓ {folder}: every file is as it was written")
    return code
