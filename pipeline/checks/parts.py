"""The parts, with their signs, make the whole: 579 + 16 − 9 = 586."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Reason
from ..interval import of, total
from ._finding import conclude, printed
from ._slip import one_slip
from ._withhold import sum_fits

if TYPE_CHECKING:
    from ..relate.ledger import Ledger
    from ..relate.parts import Partition

IDENTITY = "sum"


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per list of two or more parts under one whole."""
    for partition in (*ledger.partitions, *ledger.guesses):
        if len(partition.parts) >= 2:
            yield _judge(ledger, partition)


def _judge(ledger: Ledger, partition: Partition) -> Finding:
    host = ledger.items[partition.host]
    parts = [ledger.items[n] for n in partition.parts]
    signed = list(zip(parts, partition.signs, strict=True))
    point = sum((Fraction(p.value) * s for p, s in signed), Fraction(0))
    span = total(of(p.reading).scaled(Fraction(s)) for p, s in signed)
    expression = "".join(
        (" + " if s > 0 else " − ") * (i > 0 or s < 0) + printed(ledger, p) + (f" × {s}" if s > 1 else "") for i, (p, s) in enumerate(signed)
    ).strip()
    rule = f"{partition.template}, {'exhaustive' if partition.closed else 'not said to be exhaustive'}"
    reason: Reason | None = None
    fits = of(host.reading).meets(span)
    if not fits and not partition.closed:
        reason = "open_list"
    if not fits and partition.open_ended:
        reason = "open_list"
    if not fits and not reason and not partition.sure and not one_slip(ledger, host, parts, partition.signs):
        reason = "open_list"
    weights = partition.signs if set(partition.signs) != {1} else None
    return conclude(
        ledger, "sum", host, parts, expression, point, span, rule, weights=weights, reason=reason,
        another=lambda: sum_fits(ledger, host, parts, partition.signs),
    )
