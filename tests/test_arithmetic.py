"""The interval's verdicts on published figures: facts of real releases, as printed, with what becomes of them.

``data/arithmetic.tsv``: ``expression`` in a, b, c … for the ``operands``; ``whole`` says that they are counts printed in
full; ``claim`` is the printed result. Where the shared collection is at hand all of it is judged as well.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from heshu.pipeline import equations
from heshu.pipeline.expressions import parsed
from heshu.pipeline.interval import decimal
from heshu.schemas.figure import Kind
from heshu.schemas.finding import Finding, Identity, Message, Verdict
from heshu.schemas.reading import Reading

TABLE = Path(__file__).parent / "data" / "arithmetic.tsv"
SHARED = Path(__file__).resolve().parents[2] / "shared" / "gold" / "arithmetic.jsonl"
FACTORS = {"ratio": 100, "growth": 100}


class Fact(NamedTuple):
    """One printed result and the figures that it follows from, or does not."""

    name: str
    identity: Identity
    expression: str
    operands: tuple[str, ...]
    whole: bool
    claim: str
    verdict: str


def reading(number: str, whole: bool, kind: Kind) -> Reading:
    value = Decimal(number)
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(0) if whole and exponent >= 0 else Decimal(1).scaleb(exponent)
    return Reading(0, 1, kind, value, value - step / 2, value + step / 2, step, "x", None, "made", (0, 1))


def judged(fact: Fact) -> Verdict | None:
    """The verdict by the same path as a repair is judged: the expression over intervals."""
    names = [chr(ord("a") + n) for n in range(len(fact.operands))]
    tree = parsed(fact.expression, names)
    assert tree is not None, fact
    kind: Kind = "rate" if fact.identity in ("ratio", "growth", "points") else "money"
    stated = None if fact.identity == "shares" else reading(fact.claim, fact.whole and kind == "money", kind)
    operands = tuple(reading(o, fact.whole, "count") for o in fact.operands)
    shell = Finding(
        "c", fact.identity, "claim", tuple(names), None, fact.expression, None, None, None, fact.claim, "agrees",
        Message("", ""), "made", None, None, None,
    )
    factor = Fraction(FACTORS.get(fact.identity, 1))
    return equations.verdict(equations.Equation(shell, operands, stated, tree, factor, (1,) * len(operands)))


def own() -> Iterator[Fact]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            operands = tuple(row["operands"].split(" | "))
            yield Fact(row["id"], row["identity"], row["expression"], operands, row["whole"] == "yes", row["claim"], row["verdict"])  # type: ignore[arg-type]


OWN = list(own())


@pytest.mark.parametrize("fact", OWN, ids=lambda fact: str(fact.name))
def test_published_facts(fact: Fact) -> None:
    assert judged(fact) == fact.verdict


def test_the_table_shows_every_verdict_of_every_identity() -> None:
    seen = {(fact.identity, fact.verdict) for fact in OWN}
    for identity in ("sum", "ratio", "growth", "points", "product", "shares"):
        assert {("agrees"), ("disagrees")} <= {verdict for name, verdict in seen if name == identity}, identity
    assert ("ratio", "truncated") in seen
    assert len({fact.name for fact in OWN}) == len(OWN) > 150


WORDS = {
    **dict.fromkeys(("half_up", "exact", "exact_half_up", "ok", "exact100", "ok_from_printed"), "agrees"),
    **dict.fromkeys(
        ("operand_rounding", "rounding", "exact_at_total_precision", "ulp1", "within_rounding", "ok_from_unrounded_rate_only"),
        "within_rounding",
    ),
    **dict.fromkeys(("truncated", "headline-trunc"), "truncated"),
    **dict.fromkeys(("inconsistent", "mismatch", "violation", "infeasible", "not100", "pp-vs-percent"), "disagrees"),
}


def shared(row: dict[str, Any]) -> Fact | None:
    """An instance of the shared collection as a fact; None for forms that are no plain arithmetic or are only approximate."""
    operands: tuple[str, ...]
    kind, whole = row["type"], bool(row.get("counts"))
    if kind == "ratio":
        identity, expression, operands, claim = "ratio", "a ÷ b", (row["a"], row["b"]), row["pub"]
    elif kind == "growth_inc":
        identity, expression, operands, claim = "growth", "b ÷ (a − b)", (row["level"], row["inc"]), row["pub"]
    elif kind == "growth_2lev":
        identity, expression, operands, claim = "growth", "a ÷ b − 1", (row["cur"], row["prev"]), row["pub"]
    elif kind == "progress":
        identity, expression, operands, claim = "points", f"a − {100 * row['months']}/12", (row["rate"],), row["pub"]
    elif kind == "progress_base":
        identity, expression, operands, claim = "points", f"a − {row['base']}", (row["rate"],), row["pub"]
    elif kind == "pp_diff":
        identity, expression, operands, claim = "points", "a − b", (row["a"], row["b"]), row["pub"]
    elif kind == "sum":
        operands, claim, identity = tuple(p.lstrip("-") for p in row["parts"]), row["total"], "sum"
        whole = not any("." in p for p in (*operands, claim))
        letters = [(chr(ord("a") + n), p.startswith("-")) for n, p in enumerate(row["parts"])]
        expression = "".join((" − " if minus else " + ") + letter for letter, minus in letters).removeprefix(" + ").strip()
    elif kind == "shares100":
        operands, claim, identity = tuple(row["ps"]), "100", "shares"
        expression = " + ".join(chr(ord("a") + n) for n in range(len(operands)))
    elif kind == "unit_conv":
        identity, expression, operands, claim = "product", f"a × {Fraction(row['factor'])}", (row["a"],), row["b"]
    elif kind in ("average", "per_capita") and not row.get("approx"):
        total, number = (row["total"], row["n"]) if kind == "average" else (row["a"], row["b"])
        identity, expression, operands, claim = "product", f"a ÷ {decimal(Fraction(number))}", (total,), row["pub"]
        whole = "." not in total
    else:
        return None
    return Fact(row["id"], identity, expression, operands, whole, claim, WORDS.get(row["verdict"], row["verdict"]))  # type: ignore[arg-type]


# Where the model and the collection differ, and why the model stays. Sums "exact at the total's precision" round half up
# to the print, which is agreement by the order of the verdicts. i0291: a total off by one among whole numbers that were
# rounded before printing. i0888: 2.76亿 written out as 27600万. In neither do the figures as given show their rounding.
KNOWN = {"i0291": "disagrees", "i0888": "disagrees"}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared collection is not at hand")
def test_the_shared_collection() -> None:
    differing = {}
    with SHARED.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            fact = shared(row)
            if fact is None:
                continue
            found = judged(fact)
            if found != fact.verdict and not (row["verdict"] == "exact_at_total_precision" and found == "agrees"):
                differing[fact.name] = found
    assert differing == KNOWN
