"""The licence check refuses what it must refuse."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import licences

GPL = {
    "classifier": "Classifier: License :: OSI Approved :: GNU Affero General Public License v3",
    "expression": "License-Expression: MIT AND LGPL-2.1-or-later",
    "old field": "License: GPLv3",
    "nothing": "Summary: says nothing of its licence",
}


@pytest.mark.parametrize("line", GPL.values(), ids=GPL)
def test_a_refused_part_in_the_tree_is_named(
    line: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    info = tmp_path / "viral_part-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.4\nName: viral-part\nVersion: 1.0\n{line}\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(licences, "declared", lambda project: ["viral-part>=1", "packaging"])
    assert licences.main() == 1
    assert "refused: viral-part 1.0" in capsys.readouterr().err


def test_the_runtime_tree_is_followed_and_dev_is_not() -> None:
    project = {"project": {"dependencies": ["rich>=13"], "optional-dependencies": {"dev": ["pytest"], "x": ["jieba"]}}}
    found = licences.tree(licences.declared(project))
    assert {"rich", "pygments", "markdown-it-py", "jieba"} <= found
    assert "pytest" not in found


def test_licences_that_are_welcome() -> None:
    stated = ["MIT", "BSD-3-Clause AND Zlib", "Apache Software License", "Mozilla Public License 2.0 (MPL 2.0)"]
    assert licences.refused([{"Name": "part", "Version": "1", "License-Metadata": text} for text in stated]) == []
