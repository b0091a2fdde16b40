"""Figures read from the project's gold: heshu against what else reads Chinese numbers, where it is installed.

Run as ``python benchmarks/accuracy.py [--out FILE] [GOLD ...]``. A peer that cannot be imported is left out by name.
Peers: JioNLP (money), Recognizers-Text 1.0.2a2 with emoji 1.7.0 (numbers, percentages, currencies, dimensions), cn2an
behind a plain scan for numerals. Every figure of money, count, rate, points, multiple and quantity is *right* (value and
unit), *value* (the value alone), *wrong* (another value at its place) or *missed*; JioNLP is asked for money only.
Times are medians of five interleaved rounds over all passages.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import platform
import re
import statistics
import sys
import time
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
GOLD = (ROOT / "corpora" / "gold" / "development.jsonl", ROOT / "corpora" / "gold" / "held_out.jsonl")
KINDS = ("money", "count", "rate", "points", "multiple", "quantity")
ROUNDS = 5
_LENGTHS = {"Kilometer": "公里", "Meter": "米", "Hectare": "公顷", "Mu": "亩", "Ton": "吨", "Kilogram": "公斤", "Gram": "克", "Liter": "升"}
_YUAN = {"元": "CNY", "美元": "USD", "欧元": "EUR", "港元": "HKD", "日元": "JPY", "英镑": "GBP"}


class Found(NamedTuple):
    """One number as a tool reads it; ``unit`` in the words of the gold, None where the tool says none."""

    start: int
    end: int
    value: Decimal | None
    unit: str | None = None


Reader = Callable[[str], list[Found]]


def _number(said: object) -> Decimal | None:
    try:
        return Decimal(str(said).rstrip("%"))
    except InvalidOperation:
        return None


def heshu() -> Reader:
    """View and extraction only, as the peers do no more."""
    from heshu.pipeline.extract import figures
    from heshu.pipeline.view import view

    def read(text: str) -> list[Found]:
        seen = view(text)
        return [Found(*seen.span(r.start, r.end), r.value, r.unit) for r in figures(seen).readings]

    return read


def jionlp() -> Reader:
    """``jio.ner.extract_money`` with its own parsing."""
    with contextlib.redirect_stdout(io.StringIO()):
        import jionlp as jio  # type: ignore[import-not-found,import-untyped,unused-ignore]

    def read(text: str) -> list[Found]:
        found = jio.ner.extract_money(text, with_parsing=True)
        return [Found(*f["offset"], _number(f["detail"]["num"]), _YUAN.get(f["detail"]["case"])) for f in found]

    return read


def recognizers() -> Reader:
    """All four recognisers, the longest of those that overlap."""
    from recognizers_number import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        recognize_number,
        recognize_percentage,
    )
    from recognizers_number_with_unit import (  # type: ignore[import-not-found,import-untyped,unused-ignore]
        recognize_currency,
        recognize_dimension,
    )

    def unit(result: Any) -> str | None:
        said = result.resolution or {}
        if result.type_name == "percentage":
            return "percent"
        return said.get("isoCurrency") or _LENGTHS.get(said.get("unit", ""))

    def read(text: str) -> list[Found]:
        found = [r for ask in (recognize_number, recognize_percentage, recognize_currency, recognize_dimension) for r in ask(text, "zh-cn")]
        return [Found(r.start, r.end + 1, _number((r.resolution or {}).get("value")), unit(r)) for r in found]

    return read


def cn2an() -> Reader:
    """A converter and no reader: it is shown everything that looks like a numeral."""
    import cn2an as converter  # type: ignore[import-not-found,import-untyped,unused-ignore]

    numeral = re.compile(r"[0-9]+(?:\.[0-9]+)?[万亿]*|[零一二三四五六七八九十百千万亿两]+(?:点[零一二三四五六七八九]+)?")

    def read(text: str) -> list[Found]:
        found = []
        for m in numeral.finditer(text):
            with contextlib.suppress(ValueError):
                found.append(Found(m.start(), m.end(), _number(converter.cn2an(m[0], "smart"))))
        return found

    return read


# Name, distribution, how it reads, and the kinds that it is asked for.
TOOLS: tuple[tuple[str, str, Callable[[], Reader], tuple[str, ...]], ...] = (
    ("heshu", "heshu", heshu, KINDS),
    ("JioNLP", "jionlp", jionlp, ("money",)),
    ("Recognizers-Text", "recognizers-text-suite", recognizers, KINDS),
    ("cn2an", "cn2an", cn2an, KINDS),
)


def outcome(figure: dict[str, Any], found: Sequence[Found]) -> str:
    """What became of one annotated figure that is no range."""
    value, best = Decimal(figure["value"]), "missed"
    for each in found:
        if each.end <= figure["start"] or figure["end"] <= each.start:
            continue
        same = each.value is not None and abs(each.value) == abs(value)
        if same and each.unit == figure["unit"]:
            return "right"
        best = "value" if same or best == "value" else "wrong"
    return best


def measured(read: Reader, kinds: Sequence[str], passages: Sequence[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Kind → how many figures came out how."""
    tally: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for passage in passages:
        found = read(passage["text"])
        for figure in passage["figures"]:
            if figure["kind"] in tally and figure["value"] is not None:
                tally[figure["kind"]][outcome(figure, found)] += 1
    return tally


def timed(readers: dict[str, Reader], texts: Sequence[str]) -> dict[str, float]:
    """Median seconds over all texts, the tools taking turns."""
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for _ in range(ROUNDS):
        for name, read in readers.items():
            began = time.perf_counter()
            for text in texts:
                read(text)
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def installed() -> tuple[dict[str, Reader], dict[str, str]]:
    """The readers that can be had, and of every tool its version or why it is left out."""
    readers, versions = {}, {}
    for name, distribution, make, _ in TOOLS:
        try:
            readers[name] = make()
        except ImportError as error:
            versions[name] = f"left out: {error}"
            continue
        try:
            versions[name] = version(distribution)
        except PackageNotFoundError:
            versions[name] = "checkout"
    return readers, versions


def main(argv: Sequence[str] | None = None) -> None:
    """Prints the table and writes it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=GOLD)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "accuracy.json")
    asked = parser.parse_args(argv)
    warnings.simplefilter("ignore")
    passages = [json.loads(line) for path in asked.gold for line in path.read_text("utf-8").splitlines()]
    readers, versions = installed()
    kinds = {name: kinds for name, _, _, kinds in TOOLS}
    tallies = {name: measured(read, kinds[name], passages) for name, read in readers.items()}
    seconds = timed(readers, [passage["text"] for passage in passages])
    rows = {name: _row(tallies[name], seconds[name], seconds["heshu"], passages) for name in readers}
    for name in versions:
        print(_line(name, rows[name]) if name in rows else f"{name}: {versions[name]}")
    answer = {"python": platform.python_version(), "passages": len(passages), "versions": versions, "tools": rows}
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


def _row(tally: dict[str, Counter[str]], seconds: float, ours: float, passages: Sequence[dict[str, Any]]) -> dict[str, Any]:
    total = sum(tally.values(), Counter())
    figures, characters = sum(total.values()), sum(len(passage["text"]) for passage in passages)
    return {
        "figures": figures, **{how: total[how] for how in ("right", "value", "wrong", "missed")},
        "right_share": round(total["right"] / figures, 4), "kinds": {kind: dict(counts) for kind, counts in tally.items()},
        "ms_per_1000_characters": round(seconds * 1e6 / characters, 3), "times_heshu": round(seconds / ours, 1),
    }


def _line(name: str, row: dict[str, Any]) -> str:
    counts = "  ".join(f"{how} {row[how]:4}" for how in ("right", "value", "wrong", "missed"))
    return f"{name:17} of {row['figures']:4}: {counts}  right {row['right_share']:.1%}  time × {row['times_heshu']}"


if __name__ == "__main__":
    main()
