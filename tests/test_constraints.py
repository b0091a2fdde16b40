"""The pinned tree holds everything that is declared, each part with hashes, and no address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
PINNED = (ROOT / "constraints.txt").read_text("utf-8")
PIN = re.compile(r"([a-z0-9-]+)==(\S+)( ; .+)? \\")
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")


def test_everything_declared_is_pinned_to_a_version_that_will_do() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        tables = tomllib.load(file)
    project = tables["project"]
    declared = [*tables["build-system"]["requires"], *project["dependencies"]]
    declared += [line for lines in project["optional-dependencies"].values() for line in lines]
    pins = {match[1]: match[2] for match in PIN.finditer(PINNED)}
    for requirement in map(Requirement, declared):
        assert requirement.specifier.contains(pins[canonicalize_name(requirement.name)]), requirement


def test_the_file_holds_names_versions_and_hashes_only() -> None:
    lines = PINNED.splitlines()
    assert [line for line in lines if not (PIN.fullmatch(line) or HASH.fullmatch(line))] == []
    starts = [number for number, line in enumerate(lines) if PIN.fullmatch(line)]
    assert all(HASH.fullmatch(lines[number + 1]) for number in starts)
