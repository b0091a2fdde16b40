"""The chain of the verbs: one report per source, the same bytes every time, whatever the machine is set to."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest

from heshu.pipeline import run
from heshu.pipeline.errors import HeshuError
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted((ROOT / "corpora" / "pages").glob("*/*.html"))
TEXT = (
    "2023年上半年，全县共实施重点项目96个，其中续建58个，新建38个，总投资412.6亿元，年度计划投资86.4亿元。\n"
    "张三：\n截至6月底，累计完成投资47.2亿元，占年度计划投资的54.6%；计划新开工项目38个，已开工31个，开工率81.6%。\n"
)


def report(text: str, name: str = "made.txt") -> Report:
    return run.report(Source(name=name, data=text.encode()))


def test_a_report_holds_all_there_is_to_say() -> None:
    made = report(TEXT)
    assert made.tool.name == "heshu"
    assert made.document.id == "sha256:" + hashlib.sha256(TEXT.encode()).hexdigest()
    assert [f.surface for f in made.figures] == [
        "96个", "58个", "38个", "412.6亿元", "86.4亿元", "47.2亿元", "54.6%", "38个", "31个", "81.6%",
    ]  # fmt: skip
    said = {f.stated: (f.identity, f.verdict) for f in made.findings}
    assert said["54.6%"] == ("ratio", "agrees")
    assert said["81.6%"] == ("ratio", "agrees")


def test_a_report_is_what_the_trace_made() -> None:
    source = Source(name="made.txt", data=TEXT.encode())
    traced = run.trace(source)
    assert traced.report == run.report(source)
    assert len(traced.ledger.items) == len(traced.report.figures)
    assert traced.transcript.document == traced.report.document


def test_coverage_counts_what_findings_hold() -> None:
    made = report(TEXT)
    held = {id_ for f in made.findings if f.verdict != "cannot_tell" for id_ in (f.claim, *f.operands)} - {None}
    assert made.coverage.figures == len(made.figures)
    assert made.coverage.checked == len(held)
    assert set(made.coverage.unheld) == {f.id for f in made.figures} - held
    assert made.coverage.disagree == 0


def test_a_changed_digit_is_called_wrong_by_name() -> None:
    made = report(TEXT.replace("47.2", "42.7"))
    wrong = [f for f in made.findings if f.verdict == "disagrees"]
    surfaces = {f.id: f.surface for f in made.figures}
    assert [surfaces[f.operands[0]] for f in wrong] == ["42.7亿元"]
    assert made.coverage.disagree == 1


def test_a_finding_on_figures_beside_what_was_not_read_cannot_tell() -> None:
    plain = "张三：\n截至6月底，累计完成投资42.7亿元，占年度计划投资86.4亿元的54.6%。\n"
    assert [f.verdict for f in report(plain).findings] == ["disagrees"]
    unread = report(plain.replace("，占年度", "，〓3〓，占年度"))
    assert "unread_digits" in {issue.code for issue in unread.issues}
    assert {(f.verdict, f.reason, f.repair) for f in unread.findings} == {("cannot_tell", "open_issue", None)}


def test_texts_without_figures_have_reports() -> None:
    made = report("今天天气很好，大家到现场来了。\n")
    assert (made.figures, made.findings, made.issues) == ((), (), ())
    assert made.coverage.figures == 0


def test_white_space_inside_figures_changes_nothing() -> None:
    spaced = report(TEXT.replace("47.2亿元", "47.2 亿元").replace("54.6%", "54.6 %"))
    assert [f.value for f in spaced.figures] == [f.value for f in report(TEXT).figures]
    assert [f.verdict for f in spaced.findings] == [f.verdict for f in report(TEXT).findings]


@pytest.mark.parametrize("data", [b"\x00\x01\x02\x03" * 50, b""], ids=["no text", "nothing"])
def test_what_holds_no_transcript_has_a_name(data: bytes) -> None:
    with pytest.raises(HeshuError) as caught:
        run.report(Source(name="x.bin", data=data))
    assert caught.value.code


@pytest.mark.parametrize("path", PAGES, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_printed_digits_lie_in_their_intervals_and_spans_in_the_text(path: Path) -> None:
    made = run.report(Source(name=path.name, data=path.read_bytes()))
    last = 0
    for figure in made.figures:
        assert made.document.text[figure.start : figure.end] == figure.surface
        assert figure.start >= last, "figures overlap or are out of order"
        last = figure.end
        if figure.value is not None and figure.low is not None and figure.high is not None:
            assert Decimal(figure.low) <= Decimal(figure.value) <= Decimal(figure.high)
    places = {f.id: f.start for f in made.figures}
    for finding in made.findings:
        if finding.repair is not None:
            assert finding.verdict in ("disagrees", "truncated")
            assert finding.repair.figure in (finding.claim, *finding.operands)
            assert finding.repair.figure in places
            assert finding.repair.makes_agree >= 1


def digest(**environment: str) -> str:
    """The hash of all reports of the saved pages, made by a fresh interpreter in another setting."""
    code = (
        "import sys, hashlib, pathlib, msgspec\n"
        "from heshu.pipeline import run\n"
        "from heshu.schemas.transcript import Source\n"
        "h = hashlib.sha256()\n"
        "for p in sys.argv[1:]:\n"
        "    h.update(msgspec.json.encode(run.report(Source(p[-20:], pathlib.Path(p).read_bytes()))))\n"
        "print(h.hexdigest())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, PAGES)], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_two_runs_give_the_same_bytes() -> None:
    source = Source(name=PAGES[0].name, data=PAGES[0].read_bytes())
    assert msgspec.json.encode(run.report(source)) == msgspec.json.encode(run.report(source))


def test_hash_seed_locale_and_time_zone_change_no_byte() -> None:
    one = digest(PYTHONHASHSEED="0", LC_ALL="C", TZ="UTC")
    other = digest(PYTHONHASHSEED="4242", LC_ALL="C.UTF-8", TZ="Pacific/Kiritimati", PYTHONUTF8="0")
    assert one == other != ""


def test_a_change_since_last_year_is_one_of_now() -> None:
    text = "2023年发送旅客412.6万人次，比上年同期增加96.8万人次，增长30.7%，去年同期为315.8万人次。\n"
    figures = run.report(Source("a", text.encode())).figures
    assert [f.period and f.period.start for f in figures] == ["2023-01-01", "2023-01-01", "2023-01-01", "2022-01-01"]
