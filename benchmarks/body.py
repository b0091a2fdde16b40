"""Which part of a page each tool takes for the transcript: what it keeps, what it lets in, whether turns stay in order.

Run as ``python benchmarks/body.py [FOLDER ...] [--bodies FILE] [--quick] [--out FILE] [--each]``. Three sets of pages: the
saved pages of ``corpora/pages``, layouts that no tool knows (``material/layouts.py``), and the pages of each FOLDER. A peer
that cannot be imported is left out by name.

The body is known without any of the tools: the generator knows it, else it is the text of a container that a person named
(``material/bodies.tsv``, or FILE of the same columns for a FOLDER), read by BeautifulSoup. Only for pages that nobody told of
it is what more than half of the tools agree on. Both texts are cut at punctuation into pieces without white space, and matched in order. *kept*: the
share of characters of the body that come out; *foreign*: characters that come out and are none of it, as a share of it; *turns*:
the share of speaker labels that come out in their order; *ms*: bytes to text, the median page.
"""

from __future__ import annotations

import argparse
import contextlib
import difflib
import json
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.material import layouts  # noqa: E402

TABLE = ROOT / "benchmarks" / "material" / "bodies.tsv"
_CUT = re.compile(r"[。！？；：，、,;:!?\n\t]+")
Reader = Callable[[bytes], str]


class Case(NamedTuple):
    """A page with its body, line by line, and its speaker labels in order."""

    name: str
    data: bytes
    lines: list[str]
    labels: list[str]


# ---- the sides ---------------------------------------------------------------------------------------------------------


def heshu() -> Reader:
    from heshu.pipeline import decode, parse
    from heshu.schemas.transcript import Source

    return lambda data: parse.transcript(decode.page(Source("page.html", data))).document.text


def trafilatura() -> Reader:
    from trafilatura import extract  # type: ignore[import-not-found,unused-ignore]

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return lambda data: extract(_text(data), include_comments=False) or ""


def gne() -> Reader:
    from gne import GeneralNewsExtractor  # type: ignore[import-not-found,unused-ignore]

    extractor = GeneralNewsExtractor()
    return lambda data: extractor.extract(_text(data))["content"]


def readability() -> Reader:
    from readability import Document  # type: ignore[import-not-found,unused-ignore]

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    return lambda data: "\n".join(_visible(Document(_text(data)).summary()))


def resiliparse() -> Reader:
    from resiliparse.extract.html2text import extract_plain_text  # type: ignore[import-not-found,unused-ignore]

    return lambda data: extract_plain_text(_text(data), main_content=True)


SIDES: dict[str, Callable[[], Reader]] = {
    "heshu": heshu, "trafilatura": trafilatura, "gne": gne, "readability": readability, "resiliparse": resiliparse,
}  # fmt: skip


def installed() -> tuple[dict[str, Reader], dict[str, str]]:
    """The sides that can be had, and the reason for each that cannot."""
    sides, left_out = {}, {}
    for name, make in SIDES.items():
        try:
            sides[name] = make()
        except ImportError as error:
            left_out[name] = str(error)
    return sides, left_out


# ---- the pages ---------------------------------------------------------------------------------------------------------


def _text(data: bytes) -> str:
    """As every tool gets it: the encodings of these pages are known."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _visible(markup: str) -> list[str]:
    """Lines of a piece of markup by BeautifulSoup: blocks and <br> break, a row of a table is a line."""
    from bs4 import BeautifulSoup, Comment

    soup = BeautifulSoup(markup, "lxml")
    hidden = soup.select("script, style, textarea, template, noscript, select, [hidden], [style*='display:none'], [style*='display: none']")
    for tag in hidden:
        tag.decompose()
    for comment in soup.find_all(string=lambda one: isinstance(one, Comment)):
        comment.extract()
    for tag in soup.find_all(["p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "section", "dt", "dd"]):
        tag.insert_before("\x02")
        tag.append("\x02")
    text = re.sub(r"\s*\n\s*", "", soup.get_text())
    return [line.strip() for line in text.split("\x02") if line.strip()]


def told(table: Path) -> dict[str, tuple[str, str, str, str]]:
    """Of pages in files: name → selector of the body, selectors to drop from it, its first and its last words."""
    rows = [line.split("\t") for line in table.read_text("utf-8").splitlines()[1:]]
    return {name: (body, drop, first, last) for name, body, drop, first, last in rows}


def of_file(path: Path, row: tuple[str, str, str, str]) -> Case:
    """The page with its body; raises ValueError where the first or last words are not found."""
    from bs4 import BeautifulSoup

    selector, drop, first, last = row
    data = path.read_bytes()
    soup = BeautifulSoup(_text(data), "lxml")
    boxes = soup.select(selector)
    for box in boxes:
        for tag in box.select(drop) if drop else ():
            tag.decompose()
    lines = [line for box in boxes for line in _visible(str(box))]
    if first:
        lines = lines[next((i for i, line in enumerate(lines) if line.startswith(first)), -1) :]
    if last:
        lines = lines[: next((len(lines) - i for i, line in enumerate(lines[::-1]) if line.startswith(last)), 0)]
    if not lines:
        raise ValueError(f"{path.name}: no body by {row}")
    reading = path.with_suffix(".json")
    labels = [label for label in json.loads(reading.read_text("utf-8"))["turns"] if label] if reading.exists() else []
    return Case(f"{path.parent.name}/{path.stem}", data, lines, labels)


def agreed(path: Path, sides: dict[str, Reader]) -> Case:
    """The page with the pieces that more than half of the sides give, in the order of the side that gives most of them."""
    data = path.read_bytes()
    given = []
    for read in sides.values():
        with contextlib.suppress(Exception):
            given.append(pieces(read(data)))
    votes = Counter(piece for one in given for piece in set(one))
    shared = [[piece for piece in one if 2 * votes[piece] > len(sides)] for one in given]
    return Case(path.name, data, max(shared, key=len, default=[]), [])


def sets(options: argparse.Namespace, sides: dict[str, Reader]) -> Iterator[tuple[str, list[Case]]]:
    """The name of each set and its pages."""
    table = told(TABLE)
    own = sorted((ROOT / "corpora" / "pages").glob("*/*.html"))
    yield "project pages", [of_file(path, table[f"{path.parent.name}/{path.name}"]) for path in own]
    made = layouts.pages(1 if options.quick else 4)
    yield "unknown layouts", [Case(page.name, page.markup.encode(), page.lines, page.labels) for page in made]
    more = told(options.bodies) if options.bodies else {}
    for folder in options.folders:
        paths = sorted(folder.rglob("*.html"))
        if known := [of_file(path, more[path.name]) for path in paths if path.name in more]:
            yield folder.name, known
        if others := [case for path in paths if path.name not in more and (case := agreed(path, sides)).lines]:
            yield f"{folder.name}, as most tools agree", others


# ---- the measures ------------------------------------------------------------------------------------------------------


def pieces(text: str) -> list[str]:
    """Cut at punctuation, without white space."""
    return [bare for piece in _CUT.split(text) if (bare := "".join(piece.split()).replace("\u200b", ""))]


def measured(case: Case, text: str) -> tuple[float, float, float | None]:
    """Kept, foreign and turns of one page."""
    wanted, found = pieces("\n".join(case.lines)), pieces(text)
    blocks = difflib.SequenceMatcher(None, wanted, found, autojunk=False).get_matching_blocks()
    kept = sum(len(piece) for block in blocks for piece in wanted[block.a : block.a + block.size])
    size = sum(map(len, wanted))
    labels = None
    if case.labels:
        names = ["".join(label.split()) for label in case.labels]
        # An office may stand before the name, a bracket behind it.
        seen = [name for piece in found if (name := next((one for one in names if piece.rstrip("]】）)").endswith(one)), ""))]
        match = difflib.SequenceMatcher(None, names, seen, autojunk=False)
        labels = sum(block.size for block in match.get_matching_blocks()) / len(case.labels)
    return kept / size, (sum(map(len, found)) - kept) / size, labels


def rows(cases: Sequence[Case], sides: dict[str, Reader], rounds: int) -> dict[str, dict[str, Any]]:
    """The measures of each side over the pages; a side that fails on a page keeps nothing of it."""
    table: dict[str, dict[str, Any]] = {}
    for name, read in sides.items():
        taken, seen, pages = [], [], {}
        for case in cases:
            text, times = "", []
            for _ in range(rounds):
                began = time.perf_counter()
                with contextlib.suppress(Exception):
                    text = read(case.data)
                times.append(time.perf_counter() - began)
            taken.append(min(times))
            seen.append(measured(case, text))
            pages[case.name] = [round(kept, 4) if kept is not None else None for kept in seen[-1]]
        turns = [one[2] for one in seen if one[2] is not None]
        table[name] = {
            "kept": round(statistics.mean(one[0] for one in seen), 4),
            "foreign": round(statistics.mean(one[1] for one in seen), 4),
            "turns": round(statistics.mean(turns), 4) if turns else None,
            "ms": round(statistics.median(taken) * 1e3, 2),
            "pages": pages,
        }
    return table


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a table for each set; with ``--out`` writes everything as JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, help="folders with saved pages")
    parser.add_argument("--bodies", type=Path, help="where the bodies of their pages are, as in material/bodies.tsv")
    parser.add_argument("--quick", action="store_true", help="one round, 24 made pages")
    parser.add_argument("--each", action="store_true", help="the figures of every page")
    parser.add_argument("--out", type=Path, help="write everything as JSON")
    options = parser.parse_args(arguments)
    sides, left_out = installed()
    result: dict[str, Any] = {"left_out": left_out}
    for name, cases in sets(options, sides):
        table = result[name] = rows(cases, sides, 1 if options.quick else 3) if cases else {}
        print(f"\n{name} ({len(cases)} pages)\n{'':14}{'kept':>9}{'foreign':>9}{'turns':>9}{'ms':>9}")
        for side, row in table.items():
            turns = f"{row['turns']:9.2%}" if row["turns"] is not None else f"{'–':>9}"
            print(f"{side:14}{row['kept']:9.2%}{row['foreign']:9.2%}{turns}{row['ms']:9.2f}")
            for page, figures in row["pages"].items() if options.each else ():
                print(f"    {page:40}" + "".join(f"{figure:9.2%}" for figure in figures if figure is not None))
    for side, reason in left_out.items():
        print(f"left out: {side} ({reason})")
    if options.out:
        options.out.write_text(json.dumps(result, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
