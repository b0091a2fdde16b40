"""Every pattern is linear in the length of the text."""

from __future__ import annotations

import re
import statistics
import time
from collections import deque
from collections.abc import Callable

import pytest

from heshu.pipeline import audit, extract
from heshu.pipeline.view import view
from tests import patterns

PATTERNS = dict(patterns.registry())
# What twice the text may take: twice, and what caches and the allocator add.
MOST = 2.6


@pytest.mark.parametrize("name", PATTERNS)
def test_nothing_is_repeated_without_end(name: str) -> None:
    assert patterns.endless(PATTERNS[name]) == []


@pytest.mark.parametrize(("name", "pattern"), list(patterns.searched()))
def test_a_pattern_that_runs_over_the_text_begins_with_a_character(name: str, pattern: re.Pattern[str]) -> None:
    assert patterns.begins_with_a_character(pattern)


@pytest.mark.parametrize(
    ("pattern", "linear"),
    [(r"a+b", False), (r"(?:a|b)*?c", False), (r"x(?=\d+y)", False), (r"a++b", True), (r"a{1,9}b", True), (r"(?<=a)b{2}", True)],
)
def test_the_walk_sees_an_endless_repetition(pattern: str, linear: bool) -> None:
    assert (patterns.endless(re.compile(pattern)) == []) is linear


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [(r"(?<!a)b", False), (r"(?:ab|[cd])", False), (r"a?b", False), (r"(?P<x>[ab])c", True), (r"ab|cd", True), (r"[0-9](?<!a.)", True)],
)
def test_the_walk_sees_how_a_pattern_begins(pattern: str, begins: bool) -> None:
    assert patterns.begins_with_a_character(re.compile(pattern)) is begins


def _seconds(work: Callable[[str], object], text: str) -> float:
    """The least processor time of three: what else the machine does is not counted."""
    times = []
    for _ in range(3):
        began = time.process_time()
        work(text)
        times.append(time.process_time() - began)
    return min(times)


def _growth(work: Callable[[str], object], text: str) -> float:
    """How many times as long twice the text takes; a ratio that looks bad is measured five times more, and their median counts."""

    def ratio() -> float:
        return _seconds(work, text * 2) / _seconds(work, text)

    return once if (once := ratio()) <= MOST else statistics.median(ratio() for _ in range(5))


def _search(pattern: re.Pattern[str]) -> Callable[[str], object]:
    return lambda text: deque(pattern.finditer(text), maxlen=0)


def _read(text: str) -> None:
    seen = view(text)
    found = extract.figures(seen)
    audit.issues(text, seen, found.readings, found.claims, found.lists)


@pytest.mark.slow
@pytest.mark.parametrize("filler", patterns.FILLERS)
def test_twice_the_text_takes_at_most_2_6_times_as_long(filler: str) -> None:
    text = filler * (100_000 // len(filler))
    slow = []
    for name, pattern in PATTERNS.items():
        # Shorter times than these are noise on a busy machine.
        if _seconds(_search(pattern), text) > 0.005 and (growth := _growth(_search(pattern), text)) > MOST:
            slow.append(f"{name}: {growth:.1f}")
    assert slow == []


@pytest.mark.slow
@pytest.mark.parametrize("filler", patterns.FILLERS)
def test_reading_twice_the_text_takes_at_most_2_6_times_as_long(filler: str) -> None:
    text = filler * (50_000 // len(filler))
    assert _seconds(_read, text * 2) < 0.2 or _growth(_read, text) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "linear"), [(r"a[^b]*c", False), (r"a[^b]{0,9}c", True)])
def test_growth_tells_twice_from_four_times(pattern: str, linear: bool) -> None:
    assert (_growth(_search(re.compile(pattern)), "a" * 4000) <= MOST) is linear
