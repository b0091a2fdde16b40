"""How long heshu takes, held against the same work done plainly and against trafilatura: only ratios carry over.

Run as ``python benchmarks/speed.py [--quick] [--out FILE]``. The pages grow from the bundled one by a fixed seed: about
90 KB of HTML around 11 KB of transcript, each of another city, year and people. The sides take turns, a figure is the median of
its rounds, a ratio that of the medians. A peer that cannot be imported is left out by name.

*plain*: the named packages as a first script would use them, BeautifulSoup on lxml over the page, jieba.posseg over the
text, one alternation of forty patterns in regex, json; it checks nothing. *trafilatura*: its ``extract`` alone.
*heshu*: bytes of HTML to the JSON of a complete report, with the fast segmenter and with plain jieba.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import json
import multiprocessing
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.material.pages import MODEL, page  # noqa: E402
from benchmarks.material.plain import plain  # noqa: E402

NAMED = ("heshu", "rjieba", "jieba", "beautifulsoup4", "lxml", "selectolax", "regex", "msgspec", "trafilatura")
# Verb of the path → the modules of `run` and the doors in them that do it.
DOORS = {
    "decode": (("decode", "page"),), "parse": (("parse", "transcript"),), "view": (("", "view"), ("split", "sentences")),
    "extract": (("extract", "figures"),), "relate": (("relate", "statements"), ("relate", "figures"), ("", "implied")),
    "validate": (("validate", "findings"), ("doubts", "settled")), "repair": (("repair", "offered"),), "audit": (("audit", "issues"),),
}


def trafilatura() -> Callable[[bytes], Any]:
    """Text of the body and nothing else."""
    from trafilatura import extract  # type: ignore[import-not-found,unused-ignore]

    return lambda data: extract(data.decode("utf-8"))


def heshu(fast: bool) -> Callable[[bytes], bytes]:
    """HTML in, JSON out. ImportError where the fast segmenter is asked for and missing."""
    from heshu.pipeline import language, run
    from heshu.pipeline.export import jsonl
    from heshu.schemas.transcript import Source

    language.words("热身", engine="fast" if fast else "jieba")

    def read(data: bytes) -> bytes:
        language._fast_installed = lambda: fast  # type: ignore[assignment,unused-ignore]
        return jsonl.line(run.report(Source("page.html", data)))

    return read


SIDES: dict[str, Callable[[], Callable[[bytes], Any]]] = {
    "heshu": lambda: heshu(True), "heshu, plain jieba": lambda: heshu(False), "plain": plain, "trafilatura": trafilatura,
}


def installed() -> tuple[dict[str, Callable[[bytes], Any]], dict[str, str]]:
    """The sides that can be had, and the reason for each that cannot."""
    sides, left_out = {}, {}
    for name, make in SIDES.items():
        try:
            sides[name] = make()
        except ImportError as error:
            left_out[name] = str(error)
    return sides, left_out


# ---- tables ------------------------------------------------------------------------------------------------------------


def taking_turns(sides: dict[str, Callable[[], Any]], rounds: int) -> dict[str, float]:
    """Median seconds of each side, which run one after the other in every round."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            gc.collect()
            began = time.perf_counter()
            side()
            taken[name].append(time.perf_counter() - began)
    return {name: statistics.median(times) for name, times in taken.items()}


def one_page(rounds: int) -> dict[str, Any]:
    """Milliseconds a page, warm, and how many times heshu each side takes."""
    sides, left_out = installed()
    pages = [page(number) for number in range(10)]
    for read in sides.values():
        read(pages[-1])
    seconds = taking_turns({name: lambda read=read: [read(data) for data in pages] for name, read in sides.items()}, rounds)
    rows = {
        name: {"ms": round(taken * 1e3 / len(pages), 2), "times_heshu": _ratio(taken, seconds.get("heshu"))}
        for name, taken in seconds.items()
    }
    sizes = {"html_bytes": len(pages[0]), "pages": len(pages)}
    others = {f"plain / {name}": _ratio(seconds["plain"], seconds.get(name)) for name in seconds if "heshu" in name}
    return {**sizes, "sides": rows, "ratios": others, "left_out": left_out}


def verbs(rounds: int) -> dict[str, Any]:
    """Milliseconds of each verb of the path."""
    read, pages = heshu(False), [page(number) for number in range(10)]
    medians: dict[str, list[float]] = {}
    for _ in range(rounds):
        with stopwatch() as taken:
            began = time.perf_counter()
            for data in pages:
                read(data)
            taken["all, with JSON"] = time.perf_counter() - began
        for name, seconds in taken.items():
            medians.setdefault(name, []).append(seconds)
    return {name: round(statistics.median(times) * 1e3 / len(pages), 3) for name, times in medians.items()}


@contextlib.contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Seconds spent behind each door of the verbs while the block runs."""
    from heshu.pipeline import run

    taken: dict[str, float] = dict.fromkeys(DOORS, 0.0)

    def timed(name: str, door: Callable[..., Any]) -> Callable[..., Any]:
        def through(*given: Any, **named: Any) -> Any:
            began = time.perf_counter()
            try:
                return door(*given, **named)
            finally:
                taken[name] += time.perf_counter() - began

        return through

    places = [(name, getattr(run, module) if module else run, door) for name, doors in DOORS.items() for module, door in doors]
    before = [getattr(module, door) for _, module, door in places]
    for name, module, door in places:
        setattr(module, door, timed(name, getattr(module, door)))
    try:
        yield taken
    finally:
        for (_, module, door), own in zip(places, before, strict=True):
            setattr(module, door, own)


def growth(rounds: int, longest: int) -> dict[str, Any]:
    """Seconds by length of the transcript in times 11 KB; what each doubling multiplies them by, at most 2.0 wanted."""
    read = heshu(False)
    lengths = [2**n for n in range(longest.bit_length())]
    rows: dict[str, Any] = {}
    for name, same in (("each copy another city and year", False), ("one conference over and over", True)):
        pages = {times: page(0, times, same=same) for times in lengths}
        seconds = taking_turns({str(times): lambda data=data: read(data) for times, data in pages.items()}, rounds)
        rows[name] = {
            "ms": {times: round(taken * 1e3, 1) for times, taken in seconds.items()},
            "doubling": [_ratio(seconds[str(2 * times)], seconds[str(times)]) for times in lengths[:-1]],
        }
    return rows


_reader: Callable[[bytes], bytes]
_pages: list[bytes]


def _read(number: int) -> int:
    return len(_reader(_pages[number % len(_pages)]))


def two_processes(rounds: int, pages: int) -> dict[str, Any]:
    """One process against a fork pool of two over the same pages, chunks of 25, starting the pool included."""
    global _reader, _pages
    _reader, _pages = heshu(False), [page(number) for number in range(min(pages, 100))]
    _read(0)
    gc.freeze()

    def pooled() -> list[int]:
        with multiprocessing.get_context("fork").Pool(2) as pool:
            return list(pool.imap(_read, range(pages), chunksize=25))

    seconds = taking_turns({"one": lambda: [_read(n) for n in range(pages)], "two": pooled}, rounds)
    gc.unfreeze()
    return {"pages": pages, **{name: round(taken, 2) for name, taken in seconds.items()}, "ratio": _ratio(seconds["one"], seconds["two"])}


def cold(rounds: int, pages: int) -> dict[str, Any]:
    """Seconds of a command from start to end, and the most memory it held, for a few pages and for many."""
    with tempfile.TemporaryDirectory() as folder:
        for number in range(pages):
            path = Path(folder) / ("few" if number < pages // 8 else "more") / f"{number:04}.html"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(page(number % 100))
        calls = {"python": ["-c", "pass"], "--help": ["--help"], "check": ["check", "--exit-zero", str(MODEL)]}
        seconds = taking_turns({name: lambda call=call: _peak(call) for name, call in calls.items()}, rounds)
        few, many = (_peak(["check", "--exit-zero", "--json", *names]) for names in ([f"{folder}/few"], [folder]))
    return {
        "seconds": {name: round(taken, 3) for name, taken in seconds.items()},
        "peak_mb": {f"{pages // 8} pages": round(few), f"{pages} pages": round(many)},
    }


def _peak(call: Sequence[str]) -> float:
    """Runs heshu (or plain Python) to its end; the most megabytes it held."""
    command = [sys.executable, *call] if call[0] == "-c" else [sys.executable, "-m", "heshu", *call]
    nowhere = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    os.chdir(ROOT)
    _, status, used = os.wait4(os.posix_spawn(sys.executable, command, os.environ, file_actions=nowhere), 0)
    if status:
        raise RuntimeError(f"{' '.join(command)} ended with {os.waitstatus_to_exitcode(status)}")
    return used.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)


def _ratio(one: float, other: float | None) -> float | None:
    return None if other is None else round(one / other, 2)


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def main(argv: Sequence[str] | None = None) -> None:
    """Prints each table as it is done and writes all of them as JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "speed.json")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--quick", action="store_true", help="shorter transcripts and fewer pages: for a look in between")
    asked = parser.parse_args(argv)
    rounds = max(asked.rounds, 5)
    answer: dict[str, Any] = {
        "python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count(), "rounds": rounds,
        "versions": {name: _version(name) for name in NAMED},
    }
    tables: dict[str, Callable[[], dict[str, Any]]] = {
        "cold": lambda: cold(rounds, 40 if asked.quick else 240),
        "growth": lambda: growth(rounds, 8 if asked.quick else 128),
        "two_processes": lambda: two_processes(rounds, 100 if asked.quick else 400),
        "verbs": lambda: verbs(rounds),
        "one_page": lambda: one_page(2 * rounds),
    }
    print(json.dumps(answer, ensure_ascii=False))
    for name, table in tables.items():
        answer[name] = table()
        print(f"{name}: {json.dumps(answer[name], ensure_ascii=False, indent=1)}", flush=True)
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(answer, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
