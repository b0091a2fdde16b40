"""Promises of reading, each with a control that is not zero: encodings, parser cliffs, hidden text, tricks of Unicode, stalls.

The full counts run with ``make slow``; every run takes a share of each.
"""

from __future__ import annotations

import itertools
import json
import random
import re
import subprocess
import sys
from collections.abc import Iterator

import pytest

from benchmarks.material.layouts import Dice  # type: ignore[import-not-found]
from heshu.pipeline import html, run
from heshu.pipeline.lines import lines
from heshu.schemas.transcript import Source
from tests.ingest_pages import SPEECH, page, read, speech, text_of, transcript
from tests.test_decode import LABELS, TRADITIONAL

FULL = pytest.mark.slow
MARK = "终点987654"
ENCODINGS = ("utf-8", "gbk", "gb18030", "big5", "hz", "utf-16-le", "utf-16-be")
DAMAGE = ("clean", "bad byte", "cut", "mark")

# ---- A1: encodings × labels × damage -----------------------------------------------------------------------------------


def encoded(encoding: str, label: str, damage: str, seed: int) -> tuple[str, bytes]:
    """A page and its bytes."""
    dice = Dice(seed)
    told = "".join(f"<p>{dice.paragraph()}</p>" for _ in range(6))
    text = page(TRADITIONAL * 2 if encoding == "big5" else speech() + told, head=LABELS[label], title="重點" if encoding == "big5" else "发布会")
    data = text.encode(encoding)
    # HZ has no byte that is out of place: there a shift into Chinese is cut off.
    place = len(text[: text.index("。") + seed % 40].encode(encoding))
    if damage == "bad byte":
        data = data[:place] + (b"~{\x20" if encoding == "hz" else b"\xff") + data[place:]
    elif damage == "cut":
        data = data[: -1 - seed % 3]
    elif damage == "mark":
        mark = {"utf-8": b"\xef\xbb\xbf", "utf-16-le": b"\xff\xfe", "utf-16-be": b"\xfe\xff", "gb18030": b"\x84\x31\x95\x33"}
        data = mark.get(encoding, b"") + data
    return text, data


def lacking(text: str, found: str) -> int:
    """How many characters of ``text`` stand neither in the part before the damage nor in the part behind it."""
    before = same(text, found)
    return len(text) - before - same(text[before:][::-1], found[before:][::-1])


def same(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def wrongly_decoded(seeds: range) -> tuple[int, list[str]]:
    """How many pages, and which of them are not as they were."""
    wrong, count = list[str](), 0
    for encoding, label, damage, seed in itertools.product(ENCODINGS, LABELS, DAMAGE, seeds):
        if encoding.startswith("utf-16") and damage == "bad byte":
            continue  # every character behind the byte is another one
        text, data = encoded(encoding, label, damage, seed)
        found = read(data)
        count += 1
        whole = found.text == text and found.replaced == 0
        # Of 200 characters that the bytes still hold one may be lost; of a page of a few hundred, two.
        held = data.decode(encoding, "ignore") if damage == "cut" else text
        near = lacking(held, found.text) <= max(2, len(held) // 200)
        if not (whole if damage in ("clean", "mark") else near) or not found.reason:
            wrong.append(f"{encoding}, {label}, {damage}, {seed}: {found.encoding}")
    return count, wrong


def test_pages_come_out_as_they_were() -> None:
    count, wrong = wrongly_decoded(range(1))
    assert count > 250
    assert wrong == []


@FULL
def test_two_thousand_pages_come_out_as_they_were() -> None:
    count, wrong = wrongly_decoded(range(8))
    assert count >= 2000
    assert wrong == []
    # The control: the label taken at its word spoils a page in each encoding.
    text, data = encoded("gbk", "latin", "clean", 0)
    assert lacking(text, data.decode("latin-1")) > len(text) // 200


# ---- A2: the parser cliff ----------------------------------------------------------------------------------------------


def cliffs(count: int) -> Iterator[str]:
    """Pages whose last words stand behind something that parsers stumble over."""
    dice = random.Random(3)
    tags = ("div", "span", "font", "b", "section", "table><tr><td", "ul><li", "blockquote", "center", "i")
    for number in range(count):
        depth = int(10 ** dice.uniform(2, 4.3)) if number % 25 else 100_000
        tag = dice.choice(tags)
        kind = number % 5
        before = (
            f"<{tag}>" * depth,
            "<!-- x -->" * depth,
            "<p " + " ".join(f"a{i}='1'" for i in range(depth)) + ">x</p>",
            "</body></html>" + f"<{tag}>" * (depth // 10),
            "".join(f"<{dice.choice(tags)}>" for _ in range(depth // 4)) + "\0",
        )[kind]
        yield page(speech() + before + f"<p>{MARK}</p>")


def lost(count: int) -> list[int]:
    """The pages whose end is gone without a word."""
    found = []
    for number, markup in enumerate(cliffs(count)):
        made = transcript(markup)
        if MARK not in made.document.text and "page_truncated" not in [issue.code for issue in made.issues]:
            found.append(number)
    return found


def test_no_end_is_lost_in_silence() -> None:
    assert lost(10) == []


@FULL
def test_no_end_of_five_hundred_is_lost_in_silence() -> None:
    assert lost(500) == []
    from lxml.html import document_fromstring

    naive = ["".join(map(str, document_fromstring(markup.replace("\0", "")).itertext())) for markup in itertools.islice(cliffs(500), 40)]
    assert sum(MARK not in text for text in naive) > 0, "the control: a plain parser loses some"


# ---- A3: two parsers ---------------------------------------------------------------------------------------------------


def soup(seed: int) -> str:
    """A body with odd nesting."""
    dice = random.Random(seed)
    tags = "p b span font table tr td ul li div a i h3 center".split()
    parts = []
    for _ in range(60):
        tag = dice.choice(tags)
        parts.append(dice.choice((f"<{tag}>", f"</{tag}>", f"完成{dice.randint(1, 9999)}个，", "<br>", "&nbsp;", f"<{tag} class='x'>")))
    return "".join(parts)


def unequal(count: int) -> tuple[int, list[int]]:
    """How many digits were compared, and the pages on which the two readers see other ones."""
    seen, found = 0, []
    for seed in range(count):
        markup = page(f"<div>{soup(seed)}</div>")
        digits = []
        for tree in (html.Lexbor(markup), html.Soup(markup)):
            text = "\n".join(line.text for element in tree.select("body") for line in lines(element.markup))
            digits.append(sorted(re.findall(r"\d+", text)))
        seen += len(digits[0])
        if digits[0] != digits[1]:
            found.append(seed)
    return seen, found


@pytest.mark.parametrize("count", [30, pytest.param(1000, marks=FULL)])
def test_two_parsers_see_the_same_digits(count: int) -> None:
    seen, found = unequal(count)
    assert seen > 8 * count
    assert found == []


# ---- A4: hidden or doubled text ----------------------------------------------------------------------------------------

X = "共99亿元。"
HIDDEN = [
    *(f"<{tag}>{X}</{tag}>" for tag in "script style textarea template noscript select button svg object iframe audio canvas".split()),
    *(f'<p style="{style}">{X}</p>' for style in ("display:none", "DISPLAY: NONE", "visibility:hidden", "font-size:0", "font-size: 0px;color:red")),
    *(f'<div class="{name}"><p>{X}</p></div>' for name in ("share", "bdsharebuttonbox", "relnews", "qrcode", "breadcrumb", "footer", "xgxw")),
    f"<p hidden>{X}</p>", f"<!-- {X} -->", f"<!--<p>{X}</p>-->", f'<img alt="{X}">', f'<input value="{X}">', f'<p title="{X}"></p>',
    f"<div style='display:none'><table><tr><td>{X}</td><td>{X}</td></tr></table></div>",
    f"<ul><li><a href=1>{X}</a></li><li><a href=2>{X}</a></li></ul>",
    f"<p>相关新闻</p><p><a href=1>{X}</a></p><p><a href=2>{X}</a></p>",
]  # fmt: skip
ONCE = [
    f"<p>{X}</p>", f"<table><tr><td><table><tr><td>{X}</td></tr></table></td></tr></table>", f"<p class='hidden-xs'>{X}</p>",
    f"<div><div><p>{X}</p></div></div>", f"<b><p>{X}</b></p>", f"<p>{X}<!-- {X} --></p>", f"<p><a href=1>{X}</a>见此。</p>",
]  # fmt: skip


def test_each_figure_comes_once_and_hidden_ones_never() -> None:
    assert len(HIDDEN) + len(ONCE) == 40
    counts = {markup: text_of(f"{markup}<p>完。</p>").count("99亿元") for markup in [*HIDDEN, *ONCE]}
    assert {markup: count for markup, count in counts.items() if count != (markup in ONCE)} == {}
    # The control: the raw page holds all of them.
    assert all("99亿元" in markup for markup in counts)


# ---- A5: tricks of Unicode ---------------------------------------------------------------------------------------------

SHIFTS = {"full width": 0xFF10, "Arabic-Indic": 0x660, "Persian": 0x6F0, "Devanagari": 0x966, "bold": 0x1D7CE, "circled": 0x2460 - 1}
INSIDE = {"zero width": "\u200b", "joiner": "\u2060", "soft hyphen": "\xad", "left to right": "\u200e", "isolate": "\u2067", "acute": "\u0301"}
POINTS = {"middle dot": "·", "leader": "․", "full stop": "。", "Arabic point": "٫", "full width point": "．"}
COMMAS = {"full width comma": "，", "Arabic comma": "،", "low mark": "‚"}


def tricked(dice: random.Random) -> tuple[str, str, str]:
    """The trick, a number, and the number as the trick prints it."""
    number = f"{dice.randint(1, 9999)}.{dice.randint(1, 99)}" if dice.random() < 0.5 else str(dice.randint(1, 999_999))
    kind = dice.choice([*SHIFTS, *INSIDE, *POINTS, *COMMAS, "marks around"])
    if kind in SHIFTS:
        number = number.replace("0", "1") if kind == "circled" else number
        return kind, number, "".join(chr(SHIFTS[kind] + int(c)) if c.isdigit() else c for c in number)
    if kind in INSIDE:
        at = dice.randrange(1, len(number)) if len(number) > 1 else 0
        return kind, number, number[:at] + INSIDE[kind] + number[at:]
    if kind in POINTS:
        return kind, number, number.replace(".", POINTS[kind])
    if kind in COMMAS:
        plain = f"{dice.randint(1, 999)},{dice.randint(100, 999)}"
        return kind, plain, plain.replace(",", COMMAS[kind])
    return kind, number, f"\u202e{number}\u202c"


def changed(count: int) -> tuple[int, list[tuple[str, str, str]]]:
    """How many come out as the plain number, and those that come out as another one with no word about it."""
    dice, same, wrong = random.Random(5), 0, []
    for _ in range(count):
        kind, number, printed = tricked(dice)
        made = run.report(Source("x.txt", f"2023年，全市完成投资{printed}亿元，为多年来最好。".encode()))
        plain = run.report(Source("x.txt", f"2023年，全市完成投资{number}亿元，为多年来最好。".encode()))
        text = made.document.text
        values = [figure.value for figure in made.figures]
        if values == [figure.value for figure in plain.figures]:
            same += 1
        elif not made.issues:
            wrong.append((kind, number, str(values)))
        spans = [*((f.start, f.end, f.surface) for f in made.figures), *((i.start, i.end, i.surface) for i in made.issues)]
        if any(text[start:end] != surface for start, end, surface in spans):
            wrong.append((kind, number, "offsets"))
    return same, wrong


@pytest.mark.parametrize("count", [80, pytest.param(10_000, marks=FULL)])
def test_no_trick_changes_a_value_in_silence(count: int) -> None:
    same, wrong = changed(count)
    assert wrong == []
    assert count * 0.4 < same < count


# ---- A6: mojibake ------------------------------------------------------------------------------------------------------

SPOILT = (("utf-8", "gb18030"), ("gb18030", "latin-1"), ("utf-8", "latin-1"), ("utf-8", "cp1252"), ("gb18030", "cp1252"))


@pytest.mark.parametrize("count", [60, pytest.param(1000, marks=FULL)])
def test_mojibake_is_flagged_and_clean_text_is_not(count: int) -> None:
    missed, false = [], []
    for seed in range(count):
        text = "\n".join(Dice(seed).paragraph() for _ in range(3))
        right, wrong = SPOILT[seed % len(SPOILT)]
        spoilt = read(text.encode(right).decode(wrong, "ignore"))
        missed += [] if "mojibake" in [issue.code for issue in spoilt.issues] else [(seed, right, wrong)]
        false += [seed] if read(text).issues else []
    assert (missed, false) == ([], [])


# ---- B1: stalls --------------------------------------------------------------------------------------------------------

STALLS = {
    "open comments": "<!--", "comments": "<!---->", "open anchors": "<a ", "anchors": "<a href=x>", "brackets": "<", "fonts": "<font>",
    "bold": "<b>", "deep": "<div>", "tables": "<table><tr><td>", "entities": "&amp", "quotes": "<p title=\"'", "script": "<script>",
    "server code": "<%", "names": "张三：", "paging": "<a href='x_1.htm'>下一页</a>", "boxes": "<div class='content'>", "bold p": "<b><p>",
    "select": "<select>", "attributes": "", "full width": "１，", "files": "<a href='a.pdf' ", "times": "10:00:0",
}  # fmt: skip
ALONE = """
import json, resource, sys, time
from heshu.pipeline import run
from heshu.schemas.transcript import Source
resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
began = time.process_time()
report = run.report(Source("x.html", sys.stdin.buffer.read()))
taken, after = time.process_time() - began, run.report(Source("y.txt", "完成投资12亿元。".encode()))
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
print(json.dumps([taken, memory, len(after.figures), [issue.code for issue in report.issues][:9], report.document.text[:20]]))
"""


@pytest.mark.parametrize(
    ("name", "size"),
    [pytest.param(name, 1_000_000, marks=FULL, id=name) for name in STALLS] + [(name, 20_000) for name in ("attributes", "boxes")],
)
def test_a_stall_is_no_stall(name: str, size: int) -> None:
    one = STALLS[name]
    filled = one * (size // len(one.encode())) if one else "<p " + " ".join(f"a{i}=1" for i in range(size // 8)) + ">x</p>"
    done = subprocess.run([sys.executable, "-c", ALONE], input=page(speech() + filled).encode(), capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()[-300:]
    taken, memory, figures, issues, text = json.loads(done.stdout)
    assert memory < 1024
    assert figures == 1
    assert text == SPEECH[0][:20]
    assert taken < 10 or "time_limit" in issues
