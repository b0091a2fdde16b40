"""``heshu schema``: the JSON Schema of the report."""

from __future__ import annotations

import argparse

from ._call import FINE, Commands, command


def add(commands: Commands) -> None:
    """Declares the command."""
    command(commands, "schema", run, "the JSON Schema (2020-12) of the report")


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    from ..export.schema import report_schema_text

    print(report_schema_text(), end="")
    return FINE
