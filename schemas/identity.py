"""Ids that are the same in every run: hashes of (document id, kind of record, span)."""

from __future__ import annotations

import hashlib


def document_id(data: bytes) -> str:
    """``sha256:`` and the hex digest of the raw bytes."""
    return "sha256:" + hashlib.sha256(data).hexdigest()


def record_id(document: str, kind: str, start: int, end: int, more: str = "") -> str:
    """The first letter of ``kind`` and twelve hex digits; ``more`` tells records of one span apart."""
    digest = hashlib.sha256(f"{document}|{kind}|{start}|{end}|{more}".encode()).hexdigest()
    return kind[0] + digest[:12]
