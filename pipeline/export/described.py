"""What describes an output for other programs: ``datapackage.json`` (Data Package) and ``croissant.json`` (Croissant)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ... import __version__
from .files import Written
from .tables import Column, columns

_MEDIA = {
    "parquet": "application/vnd.apache.parquet", "csv": "text/csv", "jsonl": "application/jsonl", "json": "application/json",
    "sqlite": "application/vnd.sqlite3", "duckdb": "application/vnd.duckdb", "spacy": "application/octet-stream",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xml": "application/xml",
}
_MEANINGS = {
    "documents": "one row a document", "turns": "one row a turn", "figures": "one row a figure", "rankings": "one row a ranking",
    "findings": "one row a finding: the speech does or does not add up", "issues": "one row for each thing that was not understood",
    "reports": "the reports, one JSON object a document",
}
_TYPES = {"string": "sc:Text", "integer": "sc:Integer", "number": "sc:Float"}
_APOSTROPHE = "A text that would start a formula in a spreadsheet has an apostrophe before it."


def files(written: Sequence[Written], formats: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of the descriptions of the files that were written."""
    yield "datapackage.json", _json(_package(written))
    if "parquet" in formats:
        yield "croissant.json", _json(_croissant(written))


def _json(value: object) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()


def _package(written: Iterable[Written]) -> dict[str, Any]:
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "heshu-run",
        "title": "heshu 核数",
        "version": __version__,
        "resources": [_resource(item) for item in written],
    }


def _resource(item: Written) -> dict[str, Any]:
    stem, _, ending = item.name.rpartition("/")[2].rpartition(".")
    declared = columns().get(stem)
    about: dict[str, Any] = {
        "name": item.name.lower().replace("/", "-").replace(".", "-"), "path": item.name, "format": ending,
        "mediatype": _MEDIA.get(ending, "application/octet-stream"), "bytes": item.bytes, "hash": f"sha256:{item.sha256}",
    }
    if stem in _MEANINGS:
        about["description"] = _MEANINGS[stem] + (f". {_APOSTROPHE}" if ending == "csv" else "")
    if declared is not None:
        about["schema"] = {"fields": [{"name": c.name, "type": c.type, "description": c.meaning} for c in declared], **_keys(stem)}
        about["type"] = "table"
        if ending == "csv":
            about["encoding"] = "utf-8"
    return about


def _keys(table: str) -> dict[str, Any]:
    if table == "documents":
        return {"primaryKey": ["document"]}
    to_document = {"fields": ["document"], "reference": {"resource": "documents-parquet", "fields": ["document"]}}
    return {"foreignKeys": [to_document]}


def _croissant(written: Sequence[Written]) -> dict[str, Any]:
    parquet = [item for item in written if item.name.endswith(".parquet")]
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "heshu-run",
        "description": "Figures, findings and turns of press conferences as heshu read them.",
        "version": __version__,
        "distribution": [
            {
                "@type": "cr:FileObject", "@id": item.name, "name": item.name, "contentUrl": item.name, "sha256": item.sha256,
                "contentSize": f"{item.bytes} B", "encodingFormat": "application/x-parquet",
            }
            for item in parquet
        ],
        "recordSet": [_record_set(item.name.removesuffix(".parquet"), item.name) for item in parquet],
    }


def _record_set(table: str, file: str) -> dict[str, Any]:
    return {"@type": "cr:RecordSet", "@id": table, "name": table, "field": [_field(table, file, c) for c in columns()[table]]}


def _field(table: str, file: str, column: Column) -> dict[str, Any]:
    return {
        "@type": "cr:Field", "@id": f"{table}/{column.name}", "name": column.name, "description": column.meaning,
        "dataType": _TYPES[column.type], "source": {"fileObject": {"@id": file}, "extract": {"column": column.name}},
    }


_CONTEXT = {
    "@language": "en", "@vocab": "https://schema.org/", "sc": "https://schema.org/", "cr": "http://mlcommons.org/croissant/",
    "dct": "http://purl.org/dc/terms/", "column": "cr:column", "conformsTo": "dct:conformsTo",
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"}, "extract": "cr:extract", "field": "cr:field", "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty", "recordSet": "cr:recordSet", "source": "cr:source",
}
