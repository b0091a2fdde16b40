"""The command as its user meets it: what is printed where, exit codes, bad input, the same bytes everywhere."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from heshu.pipeline import cli, commands, fetch, run
from heshu.pipeline.commands import _call
from heshu.pipeline.errors import LayoutError
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source
from tests.sample import sample

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpora" / "pages" / "trs" / "retold.html"
FINE = "2023年，全市共安排重点项目240个，其中新建项目226个，续建项目14个。\n"
NO_FIGURES = "主持人：\n\n大家好，今天的发布会现在开始。谢谢各位记者朋友，我们下次再见。\n"


class Done(NamedTuple):
    code: int
    out: bytes
    err: str

    @property
    def reports(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


@pytest.fixture
def heshu(capfdbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Runs the command in this process."""

    def call(*arguments: str | Path) -> Done:
        try:
            code = cli.main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = int(stop.code or 0)
        sys.stdout.flush()
        shown = capfdbinary.readouterr()
        return Done(code, shown.out, shown.err.decode())

    return call


def shell(*arguments: str | Path, env: Mapping[str, str] | None = None, stdin: bytes = b"") -> Done:
    """Runs the command as a process of its own."""
    call = [sys.executable, "-m", "heshu", *map(str, arguments)]
    done = subprocess.run(
        call, cwd=ROOT, env={**os.environ, **(env or {})}, input=stdin, capture_output=True, check=False
    )
    return Done(done.returncode, done.stdout, done.stderr.decode())


def write(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def one_line(err: str, *words: str) -> bool:
    return err.startswith("heshu: ") and err.count("\n") == 1 and all(word in err for word in words)


@pytest.fixture
def slip(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source whose report has a disagreement, whatever the checks think of it today."""
    make = run.report
    monkeypatch.setattr(run, "report", lambda source: sample() if "slip" in source.name else make(source))
    return write(tmp_path, "slip.txt", FINE)


def test_nothing_disagrees_is_0_and_something_is_1(heshu: Any, slip: Path, tmp_path: Path) -> None:
    fine = write(tmp_path, "fine.txt", FINE)
    assert heshu("check", fine).code == 0
    shown = heshu("check", slip)
    assert shown.code == 1
    assert "✖ 增长 25%" in shown.out.decode()
    assert heshu("check", "--exit-zero", slip).code == 0
    assert heshu("check", fine, slip, fine).code == 1
    assert heshu("check", slip, tmp_path / "missing.txt").code == 2


def test_json_is_one_report_a_source_in_their_order_and_nothing_else(heshu: Any, tmp_path: Path) -> None:
    names = [write(tmp_path, name, FINE) for name in ("c.txt", "a.txt", "b.txt")]
    done = heshu("check", "--json", *names)
    assert [r["document"]["source"] for r in done.reports] == [str(name) for name in names]
    assert done.err == ""
    assert [f["surface"] for f in done.reports[0]["figures"]] == ["240个", "226个", "14个"]


def test_json_is_what_the_schema_says(heshu: Any) -> None:
    schema = json.loads(heshu("schema").out)
    (report,) = heshu("check", "--json", PAGE).reports
    jsonschema.Draft202012Validator(schema).validate(report)


def test_a_bad_source_is_one_line_and_the_others_are_done(heshu: Any, tmp_path: Path) -> None:
    fine, missing = write(tmp_path, "fine.txt", FINE), tmp_path / "missing.html"
    done = heshu("check", "--json", fine, missing, fine)
    assert done.code == 2
    assert len(done.reports) == 2
    assert one_line(done.err, "missing.html", "no such file", "; ")
    assert heshu("check", "--exit-zero", missing).code == 2


BAD: dict[str, tuple[bytes, int | None]] = {
    "empty.txt": (b"", 2),
    "blank.txt": (b" \n\n\t\n", 2),
    "binary.bin": (bytes(range(256)) * 64, 2),
    "picture.png": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(i * i % 251 for i in range(4096)), 2),
    "bodyless.html": ("<!DOCTYPE html><html><head><title>标题</title></head><body></body></html>".encode(), 2),
    "no-figures.txt": (NO_FIGURES.encode(), 0),
    "dots.txt": ("全年投资1.2.3亿元，开工率85.9%。\n".encode(), 0),
    "digits.txt": (("全年投资" + "9" * 10**6 + "亿元。\n").encode(), None),
    "one-line.txt": (("全市上下共同努力，扎实推进各项工作，" * 95_000).encode(), None),
    "unclosed.html": (b"<div>" * 20_000 + "全年投资12亿元。".encode(), None),
    "nul.txt": (b"\0" * 1000, 2),
    "exponent.txt": ("投资1e400亿元，增长∞%，共NaN个。\n".encode(), None),
    "divided.txt": ("共0个项目，其中开工0个，开工率100%，占0个。\n".encode(), None),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_and_never_a_traceback(name: str, heshu: Any, tmp_path: Path) -> None:
    content, code = BAD[name]
    done = heshu("check", "--json", write(tmp_path, name, content))
    assert "Traceback" not in done.err
    assert "unexpected" not in done.err
    if code is not None:
        assert done.code == code
    if done.code == 2:
        assert one_line(done.err, name)
        assert done.out == b""
    else:
        assert len(done.reports) == 1
        assert not re.search(rb"\b(NaN|Infinity)\b,", done.out)


def test_a_text_without_figures_gets_an_honest_report(heshu: Any, tmp_path: Path) -> None:
    shown = heshu("check", write(tmp_path, "none.txt", NO_FIGURES))
    assert shown.code == 0
    assert "没有读到数字" in shown.out.decode()


def test_digits_that_make_no_number_are_our_issue_not_a_finding(heshu: Any, tmp_path: Path) -> None:
    (report,) = heshu("check", "--json", write(tmp_path, "dots.txt", "全年投资1.2.3亿元。\n")).reports
    assert [issue["surface"] for issue in report["issues"] if issue["code"] == "ambiguous_figure"]
    assert report["coverage"]["disagree"] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), ("no command",)),
        (("check",), ("SOURCE",)),
        (("frobnicate",), ("frobnicate", "check")),
        (("check", "--wrong", "x"), ("--wrong",)),
        (("check", "--lang", "de", "x"), ("de",)),
        (("evaluate",), ("no gold",)),
        (("evaluate", "nowhere.jsonl"), ("nowhere.jsonl",)),
        (("check", "nowhere.html"), ("nowhere.html", "no such file")),
        (("explain", "nowhere.html"), ("nowhere.html", "no such file")),
    ],
)
def test_a_wrong_call_is_one_line_and_2(arguments: tuple[str, ...], words: tuple[str, ...], heshu: Any) -> None:
    done = heshu(*arguments)
    assert done.code == 2
    assert one_line(done.err, *words)
    assert done.out == b""


def test_only_commands_that_exist_are_offered(heshu: Any) -> None:
    shown = heshu("--help")
    assert shown.code == 0
    rooms = sorted(path.stem for path in Path(commands.__file__).parent.glob("[a-z]*.py"))
    assert {"check", "explain", "evaluate", "schema"} <= set(rooms)
    assert re.findall(r"(?m)^    (\w+) ", shown.out.decode()) == rooms
    assert heshu("--version").out.decode().startswith("heshu ")


def test_an_unexpected_error_costs_one_document(heshu: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make = run.report

    def fragile(source: Source) -> Report:
        if "bad" in source.name:
            raise ZeroDivisionError("twice\nover")
        if "empty" in source.name:
            raise LayoutError(source.name, "no body", "save the page anew")
        return make(source)

    monkeypatch.setattr(run, "report", fragile)
    bad, empty, fine = (write(tmp_path, name, FINE) for name in ("bad.txt", "empty.txt", "fine.txt"))
    done = heshu("check", "--json", bad, fine, empty)
    assert done.code == 2
    assert len(done.reports) == 1
    first, second = done.err.splitlines()
    assert "bad.txt" in first
    assert "ZeroDivisionError twice over" in first
    assert second == f"heshu: {empty}: no body; save the page anew"
    assert "Traceback" in heshu("check", "--debug", bad).err


def test_a_failure_outside_any_document_is_2_and_not_a_disagreement(
    heshu: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(names: list[str], stdin: object) -> Iterator[Source]:
        raise ImportError("half installed")

    monkeypatch.setattr(fetch, "sources", broken)
    fine = write(tmp_path, "fine.txt", FINE)
    done = heshu("check", fine)
    assert done.code == 2
    assert one_line(done.err, "ImportError half installed")
    assert "Traceback" in heshu("check", "--debug", fine).err


def test_an_interrupt_is_130_without_a_traceback(heshu: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(source: Source) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "report", interrupted)
    done = heshu("check", write(tmp_path, "fine.txt", FINE))
    assert (done.code, done.err) == (130, "")


WAITING = """
import sys
from heshu.pipeline import cli, fetch
sources = fetch.sources
def announced(*given):
    print("up", flush=True)
    yield from sources(*given)
fetch.sources = announced
sys.exit(cli.main(["check", "-"]))
"""


def test_ctrl_c_while_waiting_for_input() -> None:
    call = [sys.executable, "-c", WAITING]
    with subprocess.Popen(
        call, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"up\n"
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert err == b""


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    fine = write(tmp_path, "fine.txt", FINE)
    call = [sys.executable, "-m", "heshu", "check", "--json", *[str(fine)] * 400]
    with subprocess.Popen(call, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith(b"{")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == _call.PIPE_CLOSED


def test_the_same_bytes_whatever_the_surroundings() -> None:
    first = shell("check", "--json", PAGE.relative_to(ROOT), env={"PYTHONHASHSEED": "1", "TZ": "UTC"})
    more = {"PYTHONHASHSEED": "77", "TZ": "Asia/Shanghai", "LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii"}
    second = shell("check", "--json", PAGE.relative_to(ROOT), env=more)
    assert first == second
    assert len(first.reports) == 1


def test_chinese_comes_out_under_any_locale() -> None:
    plain = {"LANG": "C", "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = shell("check", "-", env=plain, stdin=FINE.encode())
    assert done.err == ""
    assert "个数字" in done.out.decode("utf-8")


def test_colour_and_progress_stay_out_of_files(heshu: Any, tmp_path: Path) -> None:
    names = [write(tmp_path, name, FINE) for name in ("a.txt", "b.txt")]
    done = heshu("check", *names)
    assert b"\x1b" not in done.out
    assert done.err == ""
    assert [line for line in done.out.decode().splitlines() if line.startswith("──")] == [
        f"── {name}" for name in names
    ]


@pytest.mark.parametrize(("terminal", "env", "coloured"), [(True, "", True), (True, "1", False), (False, "", False)])
def test_colour_is_for_terminals_that_want_it(
    terminal: bool, env: str, coloured: bool, heshu: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", env)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    fine = write(tmp_path, "fine.txt", FINE)
    assert (b"\x1b[" in heshu("check", fine).out) is coloured
    assert b"\x1b[" not in heshu("check", "--no-color", fine).out


def test_english_and_everything(heshu: Any, tmp_path: Path) -> None:
    shown = heshu("check", "--lang", "en", "--all", write(tmp_path, "fine.txt", FINE)).out.decode()
    assert "What agrees" in shown
    assert "No figure was found that does not agree" in shown


def test_explain_tells_the_rule_of_every_figure(heshu: Any) -> None:
    whole = heshu("explain", PAGE)
    assert whole.code == 0
    (report,) = heshu("check", "--json", PAGE).reports
    text = whole.out.decode()
    for figure in report["figures"]:
        assert f"{figure['surface']}  [{figure['start']}, {figure['end']})" in text
    figure = report["figures"][0]
    part = heshu("explain", PAGE, "--at", figure["surface"], "--lang", "en").out.decode()
    assert f"rule {figure['rule']}" in part
    assert len(part) < len(text)
    assert "没有“没有这样的话”" in heshu("explain", PAGE, "--at", "没有这样的话").out.decode()


def test_evaluate_against_floors(heshu: Any, tmp_path: Path) -> None:
    figures = [
        {
            "start": FINE.index(s),
            "end": FINE.index(s) + len(s),
            "surface": s,
            "kind": "count",
            "value": s[:-1],
            "unit": "个",
        }
        for s in ("240个", "226个", "14个")
    ]
    relation = {"identity": "sum", "operands": [1, 2], "claim": 0, "verdict": "agrees"}
    for number, figure in enumerate(figures):
        figure["i"] = number
    gold = write(
        tmp_path, "gold.jsonl", json.dumps({"id": "x", "text": FINE, "figures": figures, "relations": [relation]})
    )
    floors = tmp_path / "floors.json"
    assert heshu("evaluate", gold, "--floors", floors, "--raise-floors").code == 0
    assert json.loads(floors.read_text("utf-8"))["floors"]["figure_f1"] == 1
    assert heshu("evaluate", "--floors", floors).code == 0
    assert json.loads(heshu("evaluate", "--json", gold).out)["measures"]["found_f1"] == 1
    higher = json.loads(floors.read_text("utf-8"))
    higher["floors"]["figure_f1"] = 1.1
    floors.write_text(json.dumps(higher), "utf-8")
    below = heshu("evaluate", "--floors", floors)
    assert below.code == 1
    assert "figure_f1" in below.err


def test_a_user_s_own_sites_are_read_and_their_mistakes_told(heshu: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Restored behind the test, since --sites is handed on to the processes of a run.
    monkeypatch.setenv("HESHU_SITES", "")
    own = tmp_path / "own.toml"
    own.write_text('[sites.mine]\nmarks = ["xl_main"]\nbody = [".xl_main"]\n', "utf-8")
    assert "→ .xl_main  sites.toml" in heshu("explain", PAGE, "--body", "--sites", own).out.decode()
    own.write_text('[sites.mine]\nmarks = ["xl_main"]\nbody = ["!"]\n', "utf-8")
    done = heshu("check", PAGE, PAGE, "--sites", own)
    assert done.code == 2
    assert done.err.count("is not a CSS selector") == 1


def test_explain_body_tells_the_candidates_and_the_reasons(heshu: Any) -> None:
    shown = heshu("explain", PAGE, "--body", "--lang", "en").out.decode()
    assert "✓ .TRS_UEDITOR  [trs, recognised]  score" in shown
    assert "· #zoom" in shown
    assert "published 2021-01-27  meta tag: pubdate=2021-01-27 10:36" in shown
    assert "region 南昌市 360100  the code of the site: 3601000035" in shown
