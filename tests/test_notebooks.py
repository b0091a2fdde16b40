"""The notebooks show what the tool says today, name no machine, and would be noticed if they did not."""

from __future__ import annotations

import copy
import re
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
BOOKS = sorted((ROOT / "docs").glob("*.ipynb"))


def runner() -> Any:
    """``docs/notebooks.py``."""
    spec = spec_from_file_location("notebooks", ROOT / "docs" / "notebooks.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_the_outputs_are_those_of_today(path: Path) -> None:
    notebooks = runner()
    kept, fresh = notebooks.stored(path), notebooks.executed(path)
    assert notebooks.told(fresh) == notebooks.told(kept), "run them anew: make notebooks"
    assert sum(map(len, notebooks.told(kept))) >= 8
    changed = copy.deepcopy(kept)
    output = next(output for cell in changed.cells for output in cell.get("outputs", ()) if "text/html" in output.get("data", {}))
    output["data"]["text/html"] = output["data"]["text/html"].replace("1", "2", 1)
    assert notebooks.told(changed) != notebooks.told(fresh)


def test_there_are_two_and_they_name_no_machine() -> None:
    assert [path.stem for path in BOOKS] == ["one-city", "slips"]
    for path in BOOKS:
        words = path.read_text("utf-8")
        assert not re.search(r"/(?:home|root|tmp|work|Users|usr|opt)/|[A-Z]:\\\\", words)
        assert "image/svg+xml" in words
        assert "invented" in words
        assert "Traceback" not in words
