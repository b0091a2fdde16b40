"""``heshu fetch`` and ``heshu watch`` as their users meet them, against a server on loopback."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from heshu.pipeline import cli, fetch
from heshu.pipeline.fetch._visit import Visitor
from heshu.schemas.transcript import Source
from tests.archives import ROOT, corpus
from tests.server import PAGE, Answer, Server, ok, raw, serving

HERE = "127.0.0.1"
QUICK = ["--delay", "0.01", "--allow-private", HERE]


def site(count: int = 6, per_page: int = 3) -> dict[str, Answer]:
    """A TRS column: a list on several pages, its articles, one of them elsewhere."""
    answers: dict[str, Answer] = {"/robots.txt": ok(b"User-agent: *\nDisallow: /secret\n")}
    pages = -(-count // per_page)
    for number in range(pages):
        rows = "".join(
            f'<li><a href="t202405{20 - each:02}_{each}.html">第{each}场{"新闻发布会" if each % 2 else "吹风会"}</a>'
            f"<span>2024-05-{20 - each:02}</span></li>"
            for each in range(number * per_page, min(count, (number + 1) * per_page))
        )
        script = f'<script>createPageHTML({pages}, {number}, "index", "html");</script>'
        other = "<a href='http://other.example/x.html'>新闻发布会</a><a href='/secret.html'>内部新闻发布会</a>"
        body = f"<a href='/menu.html'>机构概况</a><ul>{rows}</ul>{other}{script}"
        answers[f"/l/index{f'_{number}' if number else ''}.html"] = ok(body.encode())
    for each in range(count):
        answers[f"/l/t202405{20 - each:02}_{each}.html"] = ok(PAGE.replace(b"200", b"%d" % (200 + each)))
    return answers


def heshu(*arguments: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = cli.main(arguments)
    done = capsys.readouterr()
    return code, done.out, done.err


def stored(path: Path) -> list[str]:
    """The paths of the pages in an archive, in their order."""
    items = list(fetch.sources([str(path)]))
    assert all(isinstance(item, Source) for item in items), items
    return [item.name.partition("#")[2].partition("/l/")[2] for item in items if isinstance(item, Source)]


def test_a_list_is_followed_to_its_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(site()) as server:
        code, said, complaints = heshu(
            "fetch", server.url("/l/index.html"), "--follow", "--out", str(out), *QUICK, capsys=capsys
        )
        assert stored(out) == [f"t202405{20 - each:02}_{each}.html" for each in range(6)]
        assert (code, complaints) == (0, "")
        assert len(server.paths()) == 2 + 6
        code, _, complaints = heshu(
            "fetch", server.url("/l/index.html"), "--follow", "--match", "内部", "--out", str(out), *QUICK, capsys=capsys
        )
        assert code == 2
        assert complaints.count("\n") == 1
        assert "robots" in complaints
        assert not {"/secret.html", "/menu.html"} & set(server.paths())
    assert said.splitlines()[-1] == f"6 pages: {out}"
    assert not list(tmp_path.glob("*.part"))


def test_what_is_followed_can_be_narrowed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serving(site(20)) as server:
        start = server.url("/l/index.html")
        for number, (options, expected) in enumerate(
            [
                (["--match", "第3场"], ["t20240517_3.html"]),
                (["--since", "2024-05-18"], [f"t202405{20 - each}_{each}.html" for each in range(3)]),
                (["--limit", "2"], ["t20240520_0.html", "t20240519_1.html"]),
                (["--since", "2024-05-17", "--match", "第1场"], ["t20240519_1.html"]),
            ]
        ):
            out = tmp_path / f"{number}.warc.gz"
            before = len(server.paths())
            heshu("fetch", start, "--follow", "--out", str(out), *QUICK, *options, capsys=capsys)
            assert stored(out) == expected
            if "--since" in options:
                # The pages of the list behind the date are not read.
                assert len(server.paths()) - before <= len(expected) + 4


def test_the_archive_is_as_the_standard_wants_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pages.warc.gz"
    answers = {"/a": ok(b"", "302 Found", Location="/b"), "/b": ok(), "/robots.txt": ok(b"", "404 Not Found")}
    with serving(answers) as server:
        code, _, complaints = heshu("fetch", server.url("/a"), "--out", str(out), *QUICK, capsys=capsys)
        address = server.url("/b")
    assert (code, complaints) == (0, "")
    with out.open("rb") as stream:
        records = []
        for record in ArchiveIterator(stream, check_digests="raise"):
            record.content_stream().read()
            records.append((record.rec_type, record.rec_headers))
    assert [kind for kind, _ in records] == ["warcinfo", "response", "request", "metadata"]
    heads = records[1][1]
    assert heads.get_header("WARC-Target-URI") == address
    assert heads.get_header("WARC-Payload-Digest")
    assert heads.get_header("WARC-Block-Digest")
    assert heads.get_header("WARC-IP-Address") == HERE
    assert records[2][1].get_header("WARC-Concurrent-To") == heads.get_header("WARC-Record-ID")
    checked = subprocess.run(
        [sys.executable, "-m", "warcio.cli", "check", "-v", str(out)], capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    assert "digest pass" in checked.stdout


def test_a_second_run_fetches_only_what_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(site()) as server:
        start = [server.url("/l/index.html"), "--follow", "--match", "场"]
        heshu("fetch", *start, "--limit", "2", "--out", str(out), *QUICK, capsys=capsys)
        heshu("fetch", *start, "--out", str(out), *QUICK, capsys=capsys)
        articles = [path for path in server.paths() if "/l/t" in path]
        assert sorted(articles) == sorted(set(articles))
        assert sorted(stored(out)) == sorted(f"t202405{20 - each:02}_{each}.html" for each in range(6))
        before = out.read_bytes()
        code, said, _ = heshu("fetch", *start, "--out", str(out), *QUICK, capsys=capsys)
    assert code == 0
    assert said.startswith("0 pages, 6 addresses there before")
    assert out.read_bytes() == before


@pytest.mark.parametrize("cut", [0, 20, *(pytest.param(cut, marks=pytest.mark.slow) for cut in (1, 400))])
def test_a_run_that_was_killed_goes_on(cut: int, tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    part = tmp_path / "pages.warc.gz.part"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with serving(site(12)) as server:
        command = [sys.executable, "-m", "heshu", "fetch", server.url("/l/index.html"), "--follow", "--match", "场", "--out", str(out)]
        command += ["--delay", "0.15", "--allow-private", HERE]
        running = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=env)
        assert running.stdout is not None
        for _ in range(3):
            running.stdout.readline()
        running.kill()
        running.wait()
        running.stdout.close()
        assert part.exists()
        assert not out.exists()
        if cut:
            part.write_bytes(part.read_bytes()[:-cut])
        command[command.index("0.15")] = "0.01"
        done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert sorted(stored(out)) == sorted(f"t202405{20 - each:02}_{each}.html" for each in range(12))
        articles = [path for path in server.paths() if "/l/t" in path]
        # The page that was being written, and the one that was under way, may be asked for again; no other.
        assert len(articles) <= 12 + 2


@pytest.mark.parametrize("place", ["pages.warc.gz", "pages.warc.gz.part"])
def test_what_is_no_archive_is_not_written_over(place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pages.warc.gz"
    _, data = corpus(4, gzip=True)
    middle = len(data) // 2
    spoilt = data[:middle] + b"spoilt" + data[middle + 6 :]
    contents = [spoilt] if place.endswith(".part") else [spoilt, b"my notes", data[:-9]]
    with serving({"/a": ok()}) as server:
        for content in contents:
            (tmp_path / place).write_bytes(content)
            code, _, complaints = heshu("fetch", server.url("/a"), "--out", str(out), *QUICK, capsys=capsys)
            assert code == 2
            assert "no sound web archive" in complaints
            assert (tmp_path / place).read_bytes() == content
            assert len(list(tmp_path.iterdir())) == 1
        assert not server.arrived


def test_ctrl_c_leaves_nothing_half_written(tmp_path: Path) -> None:
    out = tmp_path / "pages.warc.gz"
    with serving(site(12)) as server:
        command = [sys.executable, "-m", "heshu", "fetch", server.url("/l/index.html"), "--follow", "--out", str(out)]
        running = subprocess.Popen(
            [*command, "--delay", "0.3", "--allow-private", HERE],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert running.stdout is not None
        running.stdout.readline()
        running.send_signal(signal.SIGINT)
        _, complaints = running.communicate(timeout=20)
    assert running.returncode == 130
    assert not complaints
    assert not out.exists()


def test_an_incomplete_page_is_not_in_the_archive(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "pages.warc.gz"
    short = raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9000\r\n\r\n" + PAGE)
    with serving({"/good": ok(), "/short": short}) as server:
        code, _, complaints = heshu("fetch", server.url("/short"), server.url("/good"), "--out", str(out), *QUICK, capsys=capsys)
        names = [item.name for item in fetch.sources([str(out)]) if isinstance(item, Source)]
        assert names == [f"{out}#{server.url('/good')}"]
    assert code == 2
    assert "did not arrive whole" in complaints
    with serving({"/short": short}) as server:
        code, said, _ = heshu("fetch", server.url("/short"), "--out", str(tmp_path / "b.warc.gz"), *QUICK, capsys=capsys)
    assert (code, said) == (2, "no page\n")
    assert not (tmp_path / "b.warc.gz").exists()


def test_an_archive_fetched_is_an_archive_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(Visitor.__init__.__kwdefaults__ or {}, "gap", 0.01)
    out = tmp_path / "pages.warc.gz"
    with serving({"/a.html": ok()}) as server:
        heshu("fetch", server.url("/a.html"), "--out", str(out), *QUICK, capsys=capsys)
        code, live, _ = heshu("check", "--json", server.url("/a.html"), "--allow-private", HERE, capsys=capsys)
        assert code == 0
    _, read, _ = heshu("check", "--json", str(out), capsys=capsys)
    one, other = json.loads(live)["document"], json.loads(read)["document"]
    assert one["id"] == other["id"]
    assert one["text"] == other["text"]
    assert other["provenance"]["warc_record"].startswith("<urn:uuid:")
    assert other["provenance"]["retrieved_at"]


@pytest.mark.parametrize(
    "arguments",
    [
        ["http://a.cn/", "--out", "pages.html"],
        ["http://a.cn/", "--out", "/nowhere/x.warc.gz"],
        ["file:///etc/passwd", "--out", "x.warc.gz"],
        ["http://a@b.cn/", "--out", "x.warc.gz"],
        ["http://a.cn/", "--out", "x.warc.gz", "--since", "2024-01-01"],
        ["http://127.0.0.1:1/", "--out", "x.warc.gz"],
        *(["http://a.cn/", "--out", "x.warc.gz", "--delay", delay] for delay in ("nan", "-1", "inf", "two")),
    ],
)
def test_a_wrong_call_is_one_line(arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code, _, complaints = heshu("fetch", *arguments, capsys=capsys)
    except SystemExit as left:
        code, complaints = int(str(left.code)), capsys.readouterr().err
    assert code == 2
    assert complaints.startswith("heshu: ")
    assert complaints.count("\n") == 1
    assert not list(tmp_path.glob("*.warc.gz"))


# watch

SENTENCE = "截至6月底，全市已开工重大重点项目{count}个，完成投资{money}亿元，开工率{rate}%。"


def transcript(count: int = 325, money: str = "812.5", rate: str = "85.9", more: str = "") -> bytes:
    body = f"<p>主持人：</p><p>大家好，欢迎参加新闻发布会。</p><p>何某某：</p><p>{SENTENCE.format(count=count, money=money, rate=rate)}{more}</p>"
    return f"<html><head><title>发布会</title></head><body><div class='TRS_Editor'>{body}</div></body></html>".encode()


class Watched:
    """A list with one page on a server, and the page as it is now."""

    def __init__(self, server: Server, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.list, self.capsys = folder / "list.txt", capsys
        self.list.write_text(f"# 发布会\n{server.url('/a.html')}\n", "utf-8")

    def look(self, *options: str) -> tuple[int, str, str]:
        return heshu("watch", str(self.list), *QUICK, *options, capsys=self.capsys)


def test_watch_tells_what_has_changed_and_is_quiet_otherwise(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, Answer] = {"/a.html": ok(transcript(), ETag='"1"')}
    with serving(answers) as server:
        watched = Watched(server, tmp_path, capsys)
        assert watched.look() == (0, "1 个页面首次记录\n", "")
        assert watched.look() == (0, "1 个页面数字未变\n", "")
        # Markup, a menu and other words around the same figures.
        answers["/a.html"] = ok(transcript().replace(b"<p>", b"<p class='x'>").replace("欢迎参加".encode(), "欢迎出席".encode()))
        assert watched.look() == (0, "1 个页面数字未变\n", "")
        answers["/a.html"] = ok(transcript(count=352))
        code, said, complaints = watched.look()
        assert (code, complaints) == (1, "")
        assert "325个 → 352个" in said
        assert said.count("→") == 1
        assert watched.look() == (0, "1 个页面数字未变\n", "")
        answers["/a.html"] = ok(transcript(count=352, more="新增就业3.2万人。").replace("，开工率85.9%".encode(), b""))
        code, said, _ = watched.look("--json")
        (record,) = [json.loads(line) for line in said.splitlines()]
        assert code == 1
        assert [(change["kind"], (change["new"] or change["old"])["surface"]) for change in record["changes"]] == [
            ("vanished", "85.9%"),
            ("new", "3.2万人"),
        ]
        answers["/a.html"] = ok(b"<p>gone", "404 Not Found")
        code, said, _ = watched.look("--lang", "en")
        assert code == 1
        assert "the page is gone: it had 3 figures" in said
        code, _, complaints = watched.look()
        assert code == 2
        assert "404" in complaints


def test_watch_keeps_what_it_has_while_a_server_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers: dict[str, Answer] = {"/a.html": ok(transcript())}
    with serving(answers) as server:
        watched = Watched(server, tmp_path, capsys)
        watched.look()
        answers["/a.html"] = ok(b"", "500 Internal Server Error")
        assert watched.look()[0] == 2
        answers["/a.html"] = ok(transcript(money="821.5"))
        code, said, _ = watched.look()
        assert code == 1
        assert "812.5亿元 → 821.5亿元" in said
        answers["/a.html"] = ok(transcript())
        assert watched.look("--exit-zero")[0] == 0


def test_watch_reads_files_and_pipes(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.html"
    page.write_bytes(transcript())
    monkeypatch.chdir(tmp_path)
    for number, expected in enumerate(("1 page seen for the first time", "1 page whose figures have changed")):
        monkeypatch.setattr(sys, "stdin", io.StringIO("a.html\n\n# nothing\n"))
        code, said, _ = heshu("watch", "-", "--lang", "en", capsys=capsys)
        assert code == number
        assert said.splitlines()[-1] == expected
        page.write_bytes(transcript(rate="89.5"))
    code, _, complaints = heshu("watch", "missing.txt", capsys=capsys)
    assert code == 2
    assert complaints.count("\n") == 1


def test_time_is_not_spent_on_waiting_for_other_hosts(tmp_path: Path) -> None:
    from heshu.pipeline.fetch import crawl

    hosts = ("127.0.0.1", "127.0.0.2", "127.0.0.3")
    with serving(lambda path: ok(), hosts) as server:
        urls = [server.url(f"/{number}", host) for host in hosts for number in range(4)]
        visitor = crawl.Visitor(hosts, allow_private=hosts, gap=0.1)
        begun = time.monotonic()
        assert len(list(crawl.pages(visitor, urls))) == 12
        took = time.monotonic() - begun
        visitor.close()
        order = [asked.host for asked in sorted(server.log, key=lambda each: each.begun) if asked.path != "/robots.txt"]
    assert took > 0
    assert len(set(order[:3])) > 1
