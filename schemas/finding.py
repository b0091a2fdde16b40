"""A finding: the speech does, or does not, add up."""

from __future__ import annotations

from typing import Literal

import msgspec

from .document import Period

Identity = Literal[
    "sum", "ratio", "growth", "points", "product", "shares", "compound", "bound", "repeat", "rank", "direction", "previous"
]
Verdict = Literal["agrees", "within_rounding", "truncated", "disagrees", "cannot_tell"]
Reason = Literal[
    "operand_missing", "ambiguous", "hedged", "overlapping", "open_list", "other_basis", "unproven_template", "open_issue"
]


class Message(msgspec.Struct, frozen=True):
    """One sentence in Chinese and in English."""

    zh: str
    en: str


class Repair(msgspec.Struct, frozen=True):
    """A one-step change of a figure that would make the disagreement vanish; offered, never applied."""

    figure: str
    surface: str
    makes_agree: int


class Finding(msgspec.Struct, frozen=True):
    """``operands`` in the order of the expression; ``computed`` and its bounds are exact decimals or decimals cut at 12 places."""

    id: str
    identity: Identity
    claim: str | None
    operands: tuple[str, ...]
    weights: tuple[int, ...] | None
    expression: str
    computed: str | None
    computed_low: str | None
    computed_high: str | None
    stated: str | None
    verdict: Verdict
    message: Message
    rule: str
    reason: Reason | None
    repair: Repair | None
    turn: str | None


class Implied(msgspec.Struct, frozen=True, rename={"from_": "from"}):
    """A value for another period that the document implies without printing it."""

    from_: tuple[str, ...]
    value: str
    unit: str
    metric: str | None
    subject: str | None
    period: Period | None
