"""Rulings of a person: kept by the words of the transcript, honoured by the command line, lost by nothing."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import msgspec
import pytest

from heshu.pipeline import cli, review, run
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source
from tests import browsing


def slip(data: bytes | None = None) -> Report:
    return run.report(Source("slip.html", data or browsing.SLIP.read_bytes()))


def test_a_ruling_is_found_again_by_the_same_words(tmp_path: Path) -> None:
    path, made = tmp_path / "deep" / "review.json", slip()
    worst = [f for f in made.findings if f.verdict == "disagrees"]
    review.keep(path, made, worst[0], "false_alarm")
    review.keep(path, made, worst[1], "confirmed")
    held = review.read(path)
    assert review.rulings(made, held) == {worst[0].id: "false_alarm", worst[1].id: "confirmed"}
    again = slip(browsing.SLIP.read_bytes().replace(b"</head>", b"<meta name='visits' content='17'></head>"))
    assert again.document.id != made.document.id
    assert sorted(review.rulings(again, held).values()) == ["confirmed", "false_alarm"]
    assert review.rulings(run.report(Source("x", browsing.PAGE.read_bytes())), held) == {}
    review.keep(path, made, worst[0], None)
    assert review.rulings(made, review.read(path)) == {worst[1].id: "confirmed"}


def test_a_ruling_counts_only_for_the_verdict_it_was_made_on(tmp_path: Path) -> None:
    path, made = tmp_path / "review.json", slip()
    mild = next(f for f in made.findings if f.verdict == "cannot_tell")
    review.keep(path, made, mild, "false_alarm")
    worse = tuple(msgspec.structs.replace(f, verdict="disagrees") if f.id == mild.id else f for f in made.findings)
    assert review.rulings(made, review.read(path)) == {mild.id: "false_alarm"}
    assert review.rulings(msgspec.structs.replace(made, findings=worse), review.read(path)) == {}


def test_the_file_says_what_was_ruled_and_when(tmp_path: Path) -> None:
    path, made = tmp_path / "review.json", slip()
    review.keep(path, made, made.findings[0], "confirmed")
    (held,) = json.loads(path.read_text("utf-8"))["reviews"]
    assert held["finding"] == made.findings[0].id
    assert held["document"] == made.document.id
    assert "3186.5万人次" in held["words"]
    assert held["at"].endswith("+00:00")


def test_rulings_made_at_once_are_all_kept(tmp_path: Path) -> None:
    path, made = tmp_path / "review.json", slip()
    threads = [threading.Thread(target=review.keep, args=(path, made, finding, "confirmed")) for finding in made.findings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(review.read(path)) == len(made.findings) > 5


def test_the_command_line_honours_rulings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, made = tmp_path / "review.json", slip()
    worst = [f for f in made.findings if f.verdict == "disagrees"]
    call = ["check", str(browsing.SLIP), "--review", str(path)]
    assert cli.main(call) == 1
    assert "✖ 3 不一致" in capsys.readouterr().out
    for finding in worst[:-1]:
        review.keep(path, made, finding, "false_alarm")
    assert cli.main(call) == 1
    review.keep(path, made, worst[-1], "false_alarm")
    assert cli.main(call) == 0
    shown = capsys.readouterr().out
    assert "✖ 0 不一致" in shown
    assert "⚑ 3 处您判为误报" in shown
    assert "✖ 接待国内游客 3186.5万人次" in shown
    assert cli.main(["check", "--json", str(browsing.SLIP), "--review", str(path)]) == 0
    assert json.loads(capsys.readouterr().out)["coverage"]["disagree"] == 3
    assert cli.main([*call, "--no-review"]) == 1
    assert "⚑" not in capsys.readouterr().out
    review.keep(path, made, worst[0], "confirmed")
    assert cli.main(call) == 1
    assert "⚑ 您已确认" in capsys.readouterr().out


def test_the_default_file_is_found_where_the_system_keeps_such_things(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    made = slip()
    for finding in made.findings:
        review.keep(review.default(), made, finding, "false_alarm")
    assert list(tmp_path.rglob("review.json"))
    assert cli.main(["check", str(browsing.SLIP)]) == 0
    assert cli.main(["check", str(browsing.SLIP), "--review", str(tmp_path / "other.json")]) == 1


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"version": 2, "reviews": []}', b'{"version": 1, "reviews": [{}]}', b"\xff\xfe"])
def test_a_file_that_is_something_else_is_one_line_and_stays(
    content: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "review.json"
    path.write_bytes(content)
    assert cli.main(["check", str(browsing.SLIP), "--review", str(path)]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    assert "not a review file" in said.err
    with pytest.raises(review.ReviewError):
        review.keep(path, slip(), slip().findings[0], "confirmed")
    assert path.read_bytes() == content
