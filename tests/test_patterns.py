"""Every pattern is linear in the length of the text."""

from __future__ import annotations

import re
import time

import pytest

from heshu.pipeline import audit, extract
from heshu.pipeline.view import view
from tests import patterns

PATTERNS = dict(patterns.registry())


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


def _seconds(pattern: re.Pattern[str], text: str) -> float:
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        for _ in pattern.finditer(text):
            pass
        best = min(best, time.perf_counter() - began)
    return best


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
        once = _seconds(pattern, text)
        # Shorter times than these are noise on a busy machine.
        if once > 0.005 and (ratio := _seconds(pattern, text * 2) / once) > 2.6:
            slow.append(f"{name}: {ratio:.1f}")
    assert slow == []


@pytest.mark.slow
@pytest.mark.parametrize("filler", patterns.FILLERS)
def test_reading_twice_the_text_takes_at_most_2_6_times_as_long(filler: str) -> None:
    text = filler * (50_000 // len(filler))
    times = []
    for each in (text, text * 2):
        best = float("inf")
        for _ in range(3):
            began = time.perf_counter()
            _read(each)
            best = min(best, time.perf_counter() - began)
        times.append(best)
    assert times[1] < 0.2 or times[1] / times[0] <= 2.6
