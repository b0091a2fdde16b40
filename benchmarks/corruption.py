"""How many planted errors are caught: one known error per copy of a document, over all of its figures, read or not.

Run as ``python benchmarks/corruption.py [PATH ...] [--most N] [--seed N] [--json FILE]``. A path is a page with its reading
beside it (``X.html`` and ``X.json``), a gold file (``.jsonl``), or any other text or page, of which the figures that
heshu itself reads are taken; without paths the pages of ``corpora/pages``. Errors are planted in the body as text.

- caught: a ``disagrees`` that the clean document does not have; named: it holds the changed figure or list.
- repaired: the repair of such a finding is what was printed before; misled: it is something else.
- held: errors in figures that a finding of the clean document holds, the most that could be caught there.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from heshu.pipeline import run  # noqa: E402
from heshu.schemas.finding import Finding  # noqa: E402
from heshu.schemas.report import Report  # noqa: E402
from heshu.schemas.transcript import Source  # noqa: E402

WORDS = (("增长", "下降"), ("增加", "减少"), ("上升", "回落"), ("提高", "降低"), ("高于", "低于"), ("快于", "慢于"), ("调入", "调出"))
OPPOSITE = {**dict(WORDS), **{b: a for a, b in WORDS}}
SIGN = re.compile("|".join(OPPOSITE))
MULTIPLIERS = {"万亿": "亿", "亿": "万", "万": "亿"}
MULTIPLIER = re.compile("万亿|亿|万")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


class Target(NamedTuple):
    """A figure of a document: its span in the text and its kind."""

    start: int
    end: int
    kind: str


class Document(NamedTuple):
    """``slips`` are the results, as printed, that are known to be wrong in it."""

    name: str
    text: str
    figures: tuple[Target, ...]
    lists: tuple[tuple[int, int], ...]
    slips: tuple[str, ...]


class Plant(NamedTuple):
    """``old`` at ``at`` becomes ``new``; the changed figure or list stands at ``target``."""

    sort: str
    kind: str
    at: int
    old: str
    new: str
    target: tuple[int, int]


def read(text: str) -> Report:
    """The report on a text."""
    return run.report(Source("planted.txt", text.encode()))


def documents(path: Path) -> Iterator[Document]:
    """The documents of a path."""
    if path.suffix == ".jsonl":
        for line in path.read_text("utf-8").splitlines():
            gold = json.loads(line)
            figures = tuple(Target(f["start"], f["end"], f["kind"]) for f in gold["figures"])
            claims = {f["i"]: f["surface"] for f in gold["figures"]}
            wrong = [r for r in gold["relations"] if r["verdict"] in ("disagrees", "truncated")]
            yield Document(gold["id"], gold["text"], figures, (), tuple(claims.get(r.get("claim") or 0, "") for r in wrong))
        return
    text = run.report(Source(path.name, path.read_bytes())).document.text
    reading = path.with_suffix(".json")
    clean = read(text)
    lists = tuple((r.start, r.end) for r in clean.rankings if r.form == "list")
    if path.suffix == ".json" or not reading.exists():
        yield Document(path.name, text, tuple(Target(f.start, f.end, f.kind) for f in clean.figures), lists, ())
        return
    wanted = json.loads(reading.read_text("utf-8"))
    surfaces = [f["surface"] for f in wanted["figures"]]
    slips = [surfaces[r["claim"]] for r in wanted["relations"] if r["verdict"] in ("disagrees", "truncated")]
    yield Document(f"{path.parent.name}/{path.stem}", text, tuple(_placed(text, wanted["figures"])), lists, tuple(slips))


def _placed(text: str, figures: Sequence[dict[str, Any]]) -> Iterator[Target]:
    """Surfaces found one after the other in the text, white space left out."""
    at = 0
    for figure in figures:
        found = re.compile(r"\s*".join(map(re.escape, figure["surface"]))).search(text, at)
        if found is None:
            raise SystemExit(f"{figure['surface']} of the reading is not in the text")
        at = found.end()
        yield Target(found.start(), found.end(), figure["kind"])


def plants(document: Document, rng: random.Random) -> Iterator[Plant]:
    """The errors of every kind for every figure and list."""
    for figure in document.figures:
        surface = document.text[figure.start : figure.end]
        number = NUMBER.search(surface)
        if number is not None:
            for sort, old, new in _misprinted(number[0], rng):
                yield _plant(sort, figure, figure.start + number.start(), old, new)
        multiplier = MULTIPLIER.search(surface)
        if multiplier is not None:
            yield _plant("unit", figure, figure.start + multiplier.start(), multiplier[0], MULTIPLIERS[multiplier[0]])
            yield _plant("unit", figure, figure.start + multiplier.start(), multiplier[0], "")
        elif number is not None and figure.kind in ("count", "money", "quantity"):
            yield _plant("unit", figure, figure.start + number.end(), "", "万")
        yield from _turned(document.text, figure)
    for start, end in document.lists:
        names = [m.start() for m in re.finditer("、", document.text[start:end])]
        if names:
            at = start + names[-1]
            yield Plant("list", "ranking", at, "、", "、某某区、", (start, end))
            rest = re.match(r"、[^、和及与以，。；]+", document.text[at:end])
            if rest is not None:
                yield Plant("list", "ranking", at, rest[0], "", (start, end))


def _misprinted(number: str, rng: random.Random) -> Iterator[tuple[str, str, str]]:
    places = [i for i, c in enumerate(number) if c.isdigit()]
    for n, i in enumerate(places):
        other = rng.choice([c for c in "0123456789" if c != number[i] and (n or c != "0")])
        yield "digit", number, number[:i] + other + number[i + 1 :]
    pairs = [(i, k) for i, k in pairwise(places) if number[i] != number[k] and (i or number[k] != "0")]
    if pairs:
        i, k = rng.choice(pairs)
        yield "swap", number, number[:i] + number[k] + number[i + 1 : k] + number[i] + number[k + 1 :]
    head, _, tail = number.partition(".")
    if tail and "," not in number:
        yield "point", number, f"{head}{tail}" if len(tail) == 1 else f"{head}{tail[0]}.{tail[1:]}"


def _plant(sort: str, figure: Target, at: int, old: str, new: str) -> Plant:
    return Plant(sort, figure.kind, at, old, new, (figure.start, figure.end + len(new) - len(old)))


def _turned(text: str, figure: Target) -> Iterator[Plant]:
    """增长 before the figure becomes 下降."""
    start = max(0, figure.start - 4)
    for m in SIGN.finditer(text, start, figure.start):
        yield Plant("sign", figure.kind, m.start(), m[0], OPPOSITE[m[0]], (figure.start, figure.end))


def keys(report: Report) -> Counter[tuple[str, str, str | None]]:
    """Disagreements by what they say, for the comparison of two documents."""
    return Counter((f.identity, f.expression, f.stated) for f in report.findings if f.verdict == "disagrees")


def judged(document: Document, plant: Plant, clean: Report) -> tuple[str, dict[str, bool]]:
    """The identity of the finding that caught the error, empty where none did, and what else is true of it."""
    text = document.text[: plant.at] + plant.new + document.text[plant.at + len(plant.old) :]
    report = read(text)
    known = keys(clean)
    new = [f for f in report.findings if f.verdict == "disagrees" and (f.identity, f.expression, f.stated) not in known]
    spans = {r.id: (r.start, r.end) for r in (*report.figures, *report.rankings)}

    def holds(finding: Finding) -> bool:
        return any(_meets(spans[id_], plant.target) for id_ in (finding.claim, *finding.operands) if id_ in spans)

    right = [f for f in new if holds(f)]
    offered = [f.repair for f in new if f.repair is not None]
    before = "".join(_original(document, plant).split())
    mended = any(_meets(spans[r.figure], plant.target) and _same("".join(r.surface.split()), before) for r in offered)
    facts = {
        "caught": bool(new),
        "named": bool(right),
        "repaired": mended,
        "misled": bool(offered) and not mended,
        "truncated": not new and _cut(report) > _cut(clean),
    }
    return (right or new)[0].identity if new else "", facts


def _same(one: str, other: str) -> bool:
    """Spans may differ by a bound word in front or a unit behind."""
    return one == other or one.endswith(other) or one.startswith(other) or other.endswith(one) or other.startswith(one)


def _cut(report: Report) -> int:
    return sum(f.verdict == "truncated" for f in report.findings)


def _original(document: Document, plant: Plant) -> str:
    start, end = plant.target
    return document.text[start : end + len(plant.old) - len(plant.new)] if plant.sort not in ("sign", "list") else "\0"


def _meets(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def measured(paths: Sequence[Path], seed: int, most: int | None) -> dict[str, Any]:
    """Counts over all documents, by sort of error, by kind of figure, by identity, and the false alarms on clean ones."""
    table: dict[str, dict[str, Counter[str]]] = {k: defaultdict(Counter) for k in ("all", "sort", "kind", "identity")}
    alarms: list[str] = []
    number = slips = 0
    for document in (d for path in paths for d in documents(path)):
        rng = random.Random(f"{seed} {document.name}")
        clean = read(document.text)
        if clean.document.text != document.text:
            document = _same_text(document, clean)
        number += 1
        false = [f for f in clean.findings if f.verdict == "disagrees" and f.stated not in document.slips]
        alarms += [f"{document.name}: {f.identity}, {f.expression} → {f.stated} ({f.rule})" for f in false]
        slips += sum(f.verdict == "disagrees" for f in clean.findings) - len(false)
        held = {id_ for f in clean.findings if f.verdict != "cannot_tell" for id_ in (f.claim, *f.operands)}
        firm = [(f.start, f.end) for f in (*clean.figures, *clean.rankings) if f.id in held]
        planted = list(plants(document, rng))
        if most is not None and len(planted) > most:
            planted = rng.sample(planted, most)
        for plant in planted:
            identity, facts = judged(document, plant, clean)
            facts["held"] = any(_meets(span, plant.target) for span in firm)
            count = Counter({"planted": 1, **{k: int(v) for k, v in facts.items()}})
            table["all"]["all"].update(count)
            table["sort"][plant.sort].update(count)
            table["kind"][plant.kind].update(count)
            if identity:
                table["identity"][identity].update(count)
    by = {name: {k: dict(v) for k, v in sorted(rows.items())} for name, rows in table.items()}
    return {"seed": seed, "documents": number, "known_slips_found": slips, "false_alarms": alarms, "by": by}


def _same_text(document: Document, clean: Report) -> Document:
    """Reading may take idle lines from the ends: the same figures in what is left."""
    text = clean.document.text
    shift = document.text.find(text)
    if shift < 0:
        raise SystemExit(f"{document.name} is not read as the text it is")
    figures = tuple(Target(f.start - shift, f.end - shift, f.kind) for f in document.figures)
    return document._replace(text=text, figures=figures, lists=tuple((a - shift, b - shift) for a, b in document.lists))


COLUMNS = ("planted", "held", "caught", "named", "repaired", "misled", "truncated")


def shown(result: dict[str, Any]) -> Iterator[str]:
    """The table for people, one line at a time."""
    yield f"{'':<22}" + "".join(f"{c:>10}" for c in COLUMNS) + f"{'share':>8}"
    for name, rows in result["by"].items():
        for row, counts in rows.items():
            label = row if name == "all" else f"{name} {row}"
            share = counts.get("named", 0) / counts["planted"]
            yield f"{label:<22}" + "".join(f"{counts.get(c, 0):>10}" for c in COLUMNS) + f"{share:>8.1%}"
    yield f"clean documents {result['documents']}, known slips found {result['known_slips_found']}, false alarms {len(result['false_alarms'])}"
    yield from (f"  {alarm}" for alarm in result["false_alarms"])


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the table; the result goes to ``--json`` as well."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--most", type=int, help="plant at most so many errors in a document")
    parser.add_argument("--seed", type=int, default=80216)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args(arguments)
    paths = options.paths or sorted((ROOT / "corpora" / "pages").glob("*/*.html"))
    started = time.perf_counter()
    result = measured(paths, options.seed, options.most)
    print("\n".join(shown(result)))
    print(f"{time.perf_counter() - started:.0f} s")
    if options.json:
        options.json.write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
