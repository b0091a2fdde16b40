"""Fails when a part that heshu needs at run time (base or extra, not ``dev``) is under GPL, AGPL or LGPL.

Run by ``make licences``; prints one line per part that is refused and leaves with 1, else one line and 0.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
COPYLEFT = re.compile(r"GPL|general public licen[cs]e|affero", re.IGNORECASE)
UNKNOWN = {"", "UNKNOWN", "None"}


def declared(project: Mapping[str, object]) -> list[str]:
    """The requirements of the base and of every extra but ``dev``, from the tables of pyproject.toml."""
    table = project["project"]
    assert isinstance(table, dict)
    extras = table.get("optional-dependencies", {})
    return [*table["dependencies"], *(line for name, lines in extras.items() if name != "dev" for line in lines)]


def tree(requirements: Iterable[str]) -> set[str]:
    """The names of everything installed that these requirements bring; what is not installed is left out."""
    found: set[str] = set()
    waiting = [Requirement(line) for line in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        extras = requirement.extras or {""}
        if requirement.marker and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            lines = requires(name) or []
        except PackageNotFoundError:
            continue
        found.add(name)
        for line in lines:
            needed = Requirement(line)
            if needed.marker is None or any(needed.marker.evaluate({"extra": extra}) for extra in extras | {""}):
                needed.marker = None
                if needed.extras or canonicalize_name(needed.name) not in found:
                    waiting.append(needed)
    return found


def rows(names: Iterable[str]) -> list[dict[str, str]]:
    """What pip-licenses says of these distributions."""
    command = [sys.executable, "-m", "piplicenses", "--format=json", "--from=all", "--with-system", "--packages"]
    done = subprocess.run([*command, *sorted(names)], capture_output=True, text=True, check=True)
    found: list[dict[str, str]] = json.loads(done.stdout)
    return found


def refused(table: Sequence[Mapping[str, str]]) -> list[str]:
    """One line for each part whose licence is copyleft or not stated."""
    lines = []
    for row in table:
        stated = {key: value for key, value in row.items() if key.startswith("License") and value not in UNKNOWN}
        # A text of many lines in the old field is the licence itself, which may mention others.
        short = [value for value in stated.values() if "\n" not in value and len(value) < 300]
        if not stated:
            lines.append(f"{row['Name']} {row['Version']}: no licence stated")
        elif any(COPYLEFT.search(value) for value in short or stated.values()):
            lines.append(f"{row['Name']} {row['Version']}: {'; '.join(short) or 'copyleft text'}")
    return lines


def main() -> int:
    """The exit code."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        names = tree(declared(tomllib.load(file)))
    table = rows(names)
    lines = refused(table)
    unseen = names - {canonicalize_name(row["Name"]) for row in table}
    lines += [f"{name}: pip-licenses does not list it" for name in sorted(unseen)]
    for line in lines:
        print(f"refused: {line}", file=sys.stderr)
    if not lines:
        print(f"licences: {len(names)} parts of the runtime tree, none under GPL, AGPL or LGPL")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
