"""The published schema is the one of the records, and it refuses what is not a report."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import jsonschema
import msgspec
import pytest

from heshu.pipeline.export.schema import report_schema, report_schema_text
from heshu.schemas.report import Report
from tests.reports import held_to_the_contract, valid_report, validator
from tests.sample import sample

REPORT = sample()
ROOT = Path(__file__).resolve().parent.parent


def test_the_published_schema_is_fresh() -> None:
    published = (ROOT / "schemas" / "report.schema.json").read_text("utf-8")
    assert published == report_schema_text(), "write it anew: heshu schema > schemas/report.schema.json"


def test_it_is_a_schema_of_2020_12_that_needs_every_key() -> None:
    schema = report_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    records = [record for record in schema["$defs"].values() if record.get("type") == "object"]
    assert len(records) > 10
    for record in records:
        assert record["required"] == list(record["properties"])
        assert record["additionalProperties"] is False


def test_a_report_is_valid() -> None:
    assert valid_report(REPORT) is REPORT


def plain() -> Any:
    return json.loads(msgspec.json.encode(REPORT))


def paths(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The place of every key in the report."""
    found = []
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        found += ([(*path, key)] if isinstance(value, dict) else []) + paths(inner, (*path, key))
    return found


def holder(report: Any, path: tuple[Any, ...]) -> Any:
    for key in path[:-1]:
        report = report[key]
    return report


def test_a_report_without_any_one_of_its_keys_is_not_valid() -> None:
    places = {tuple(key for key in path if isinstance(key, str)): path for path in paths(plain())}
    assert len(places) > 60
    for path in places.values():
        report = plain()
        del holder(report, path)[path[-1]]
        assert not validator().is_valid(report), f"valid without {path}"


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("figures", 0, "value"), 1835.4),
        (("figures", 0, "kind"), "percent"),
        (("figures", 0, "extra"), None),
        (("findings", 0, "verdict"), "wrong"),
        (("findings", 0, "reason"), "because"),
        (("document", "region"), "南昌市"),
    ],
)
def test_a_report_with_a_wrong_value_is_not_valid(path: tuple[Any, ...], value: Any) -> None:
    report = plain()
    holder(report, path)[path[-1]] = value
    assert not validator().is_valid(report)


BROKEN: dict[str, Callable[[Any], dict[str, Any]]] = {
    "surface": lambda r: {"figures": (msgspec.structs.replace(r.figures[0], surface="?"), *r.figures[1:])},
    "span": lambda r: {"issues": (msgspec.structs.replace(r.issues[0], end=10**6),)},
    "twin ids": lambda r: {"figures": (*r.figures, r.figures[0])},
    "turn": lambda r: {"figures": (msgspec.structs.replace(r.figures[0], turn="t99"), *r.figures[1:])},
    "operand": lambda r: {"findings": (msgspec.structs.replace(r.findings[0], operands=("f99",), weights=None),)},
    "interval": lambda r: {"figures": (msgspec.structs.replace(r.figures[0], low="999999999"), *r.figures[1:])},
    "count": lambda r: {"coverage": msgspec.structs.replace(r.coverage, figures=r.coverage.figures + 1)},
    "held": lambda r: {"coverage": msgspec.structs.replace(r.coverage, checked=r.coverage.checked + 1)},
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_report_that_is_not_true_to_itself_is_refused(name: str) -> None:
    broken: Report = msgspec.structs.replace(REPORT, **BROKEN[name](REPORT))
    with pytest.raises(AssertionError):
        valid_report(broken)


@pytest.mark.parametrize("name", ["report", "trace"])
def test_what_run_makes_in_a_test_is_held_to_the_contract(name: str) -> None:
    run = pytest.importorskip("heshu.pipeline.run")
    assert hasattr(getattr(run, name), "__wrapped__")


def test_a_function_held_to_the_contract_fails_for_a_broken_report() -> None:
    broken = msgspec.structs.replace(REPORT, **BROKEN["count"](REPORT))
    assert held_to_the_contract(lambda: REPORT)() is REPORT
    for made in (broken, SimpleNamespace(report=broken)):
        with pytest.raises(AssertionError):
            held_to_the_contract(lambda made=made: made)()
