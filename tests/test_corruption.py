"""The benchmark of planted errors counts what it says it counts."""

from __future__ import annotations

import importlib.util
import random
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpora" / "pages" / "ucap" / "notice.html"


@pytest.fixture(scope="module")
def corruption() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corruption", ROOT / "benchmarks" / "corruption.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corruption"] = module
    spec.loader.exec_module(module)
    return module


TEXT = "全年接收来件5208件，办结5052件，同比增长3.1%，办结率97.0%。\n"


def document(corruption: ModuleType, slips: tuple[str, ...] = ()) -> object:
    report = corruption.read(TEXT)
    figures = tuple(corruption.Target(f.start, f.end, f.kind) for f in report.figures)
    return corruption.Document("made", TEXT, figures, (), slips)


def test_every_plant_changes_one_thing(corruption: ModuleType) -> None:
    planted = list(corruption.plants(document(corruption), random.Random(1)))
    assert {"digit", "swap", "point", "unit", "sign"} == {p.sort for p in planted}
    for plant in planted:
        assert TEXT[plant.at : plant.at + len(plant.old)] == plant.old
        assert plant.new != plant.old
        changed = TEXT[: plant.at] + plant.new + TEXT[plant.at + len(plant.old) :]
        assert changed != TEXT
    # Each digit of every figure once: 4 + 4 + 2 + 3.
    assert sum(p.sort == "digit" for p in planted) == 13


def test_an_error_is_caught_by_the_finding_that_names_it(corruption: ModuleType) -> None:
    made = document(corruption)
    clean = corruption.read(TEXT)
    at = TEXT.index("97.0%")
    identity, facts = corruption.judged(made, corruption.Plant("swap", "rate", at, "97.0", "79.0", (at, at + 5)), clean)
    assert (identity, facts["caught"], facts["named"], facts["repaired"], facts["misled"]) == ("ratio", True, True, True, False)
    at = TEXT.index("3.1%")
    identity, facts = corruption.judged(made, corruption.Plant("digit", "rate", at, "3.1", "3.7", (at, at + 4)), clean)
    assert (identity, facts["caught"]) == ("", False)


def test_counts_fit_together_and_come_from_the_seed(corruption: ModuleType) -> None:
    result = corruption.measured([PAGE], 5, 12)
    assert result == corruption.measured([PAGE], 5, 12)
    counts = result["by"]["all"]["all"]
    assert counts["planted"] == 12
    assert counts["planted"] >= counts["caught"] >= counts["named"] >= counts["repaired"]
    assert sum(row["planted"] for row in result["by"]["sort"].values()) == 12
    assert result["documents"] == 1
    assert result["false_alarms"] == []
    assert any("false alarms 0" in line for line in corruption.shown(result))
