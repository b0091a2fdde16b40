"""A report as one line of JSON: the keys in the order of the contract, the same bytes in every run."""

from __future__ import annotations

import msgspec

from ...schemas.report import Report

_encoder = msgspec.json.Encoder()


def line(report: Report) -> bytes:
    """UTF-8 JSON and a line feed.

    Figures are strings of exact decimals, so no float, and no NaN or infinity, can occur.
    """
    return _encoder.encode(report) + b"\n"


def decode(data: bytes | str) -> Report:
    """The report that a line holds; raises ``msgspec.ValidationError`` for anything else."""
    return msgspec.json.decode(data, type=Report)
