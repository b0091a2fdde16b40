"""Every command and every line of Python of the README works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"(?ms)^```{language}\n(.*?)^```$", README)


COMMANDS = [line.removeprefix("$ ") for block in blocks("console") for line in block.splitlines()]


@pytest.fixture
def desk(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with the corpora in it and ``heshu`` on the path, so that commands leave nothing in the checkout."""
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    command = tmp_path / "bin" / "heshu"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m heshu "$@"\n', "utf-8")
    command.chmod(0o755)
    path = os.pathsep.join([str(command.parent), os.environ["PATH"]])
    return tmp_path, {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_works(command: str, desk: tuple[Path, dict[str, str]]) -> None:
    folder, env = desk
    # The make targets install and run this very test: here it is enough that they exist.
    words = command.replace("make ", f"make -C '{ROOT}' --dry-run ", 1) if command.startswith("make ") else command
    done = subprocess.run(["bash", "-c", words], cwd=folder, env=env, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert done.stderr == ""
    assert done.stdout or ">" in command


def test_the_readme_shows_every_command_there_is() -> None:
    assert len(COMMANDS) >= 8
    for command in sorted(path.stem for path in (ROOT / "pipeline" / "commands").glob("[a-z]*.py")):
        assert any(f"heshu {command}" in line for line in COMMANDS)
        assert f"| `heshu {command}" in README


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_of_the_readme_works(code: str, desk: tuple[Path, dict[str, str]]) -> None:
    folder, env = desk
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_picture_is_what_the_command_shows_today() -> None:
    from importlib.util import module_from_spec, spec_from_file_location

    spec = spec_from_file_location("picture", ROOT / "docs" / "picture.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    drawn = (ROOT / "docs" / "report.svg").read_text("utf-8")
    assert drawn == module.drawn(), "draw it anew: python docs/picture.py"


def test_every_file_that_the_readme_names_is_there() -> None:
    for name in re.findall(r"`((?:corpora|docs|extractors|pipeline|schemas|tests)/[\w./]*)`", README):
        assert (ROOT / name).exists(), name
