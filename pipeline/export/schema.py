"""The JSON Schema (2020-12) of the report, made from the records."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from ...schemas.report import Report


def report_schema() -> dict[str, Any]:
    """The schema as a mapping; every key of every record is required and no other is allowed."""
    (reference,), components = msgspec.json.schema_components([Report], ref_template="#/$defs/{name}")
    for record in components.values():
        if record.get("type") == "object":
            record["required"] = list(record["properties"])
            record["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "heshu report",
        **reference,
        "$defs": components,
    }


def report_schema_text() -> str:
    """The schema as printed by ``heshu schema`` and kept in ``schemas/report.schema.json``."""
    return json.dumps(report_schema(), ensure_ascii=False, indent=2) + "\n"
