"""The page of ``heshu serve`` as a journalist meets it, in a real browser that knows no other machine."""

from __future__ import annotations

import csv
import io
import json
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import expect

from heshu.pipeline import cli, fetch, run
from heshu.pipeline.errors import FetchError, HeshuError
from heshu.pipeline.export import html, jsonl
from heshu.schemas.transcript import Source
from tests import browsing, runs

SUBMIT = ".intake button[type=submit]"
CARD = ".cards .card >> nth=0"


class Desk(NamedTuple):
    address: str
    review: Path
    site: str
    browser: Any

    def window(self, width: int = 1280, **more: Any) -> Any:
        context = self.browser.new_context(viewport={"width": width, "height": 900}, reduced_motion="reduce", **more)
        page = context.new_page()
        page.troubles = []
        page.on("console", lambda message: page.troubles.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        page.on("request", lambda r: page.troubles.append(r.url) if not r.url.startswith((self.address, "data:")) else None)
        return page


def read(names: Iterable[str]) -> Iterator[Source | HeshuError]:
    """An address reader for the site of the test: this machine is allowed here, and only here."""
    for name in names:
        try:
            with urllib.request.urlopen(name, timeout=5) as answer:
                yield Source(name, answer.read())
        except OSError as error:
            yield FetchError(name, f"no answer ({error})", "check the address")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("site")
    shutil.copy(browsing.PAGE, folder / "retold.html")

    class Quiet(SimpleHTTPRequestHandler):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments, directory=str(folder))

        def log_message(self, *_: Any) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Quiet)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    review = tmp_path_factory.mktemp("rulings") / "review.json"
    with browsing.served(review, fetch=read) as address, browsing.browser() as chromium:
        yield Desk(address, review, f"http://127.0.0.1:{site.server_port}", chromium)
    site.shutdown()


def drop(page: Any, name: str, text: str) -> None:
    """A file dropped anywhere on the page."""
    script = """([name, text]) => {
      const held = new DataTransfer();
      held.items.add(new File([text], name, {type: 'text/html'}));
      for (const kind of ['dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: held, bubbles: true, cancelable: true}));
    }"""
    page.evaluate(script, [name, text])


def press(page: Any, selector: str, words: str) -> None:
    """A button of a form, and the page that answers it."""
    with page.expect_navigation():
        page.locator(selector, has_text=words).first.click()


def shows_the_slip_first(page: Any) -> None:
    page.wait_for_url("**/d/*")
    card = page.locator(CARD)
    assert "85.9%" in card.locator("h3").inner_text()
    assert "141 ÷ 164 = 85.976%" in card.locator(".formula").inner_text()
    card.locator(".places a", has_text="164个").click()
    target = page.locator(".fig:target")
    assert "164个" in target.inner_text()
    assert target.is_visible()
    target.click()
    assert "85.9%" in page.locator(".card:target h3").inner_text()
    assert page.troubles == []


@browsing.needs_chromium
@pytest.mark.parametrize(
    ("lang", "width"),
    [("zh", 360), ("en", 1280), pytest.param("zh", 1280, marks=pytest.mark.slow), pytest.param("en", 360, marks=pytest.mark.slow)],
)
def test_pasted_source_is_shown(desk: Desk, lang: str, width: int) -> None:
    page = desk.window(width)
    page.goto(f"{desk.address}/?lang={lang}")
    page.fill("#text", browsing.PAGE.read_text("utf-8"))
    page.click(SUBMIT)
    shows_the_slip_first(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("html").get_attribute("lang") == {"zh": "zh-CN", "en": "en"}[lang]


@browsing.needs_chromium
def test_a_dropped_file_and_an_address_are_shown(desk: Desk) -> None:
    page = desk.window()
    page.goto(desk.address)
    drop(page, "saved.html", browsing.PAGE.read_text("utf-8"))
    shows_the_slip_first(page)
    page.goto(desk.address)
    page.fill("#address", f"{desk.site}/retold.html")
    page.click(SUBMIT)
    shows_the_slip_first(page)
    assert page.locator(".source a").get_attribute("href") == f"{desk.site}/retold.html"
    assert "#:~:text=" in str(page.locator(f"{CARD} >> .original a").get_attribute("href"))


@browsing.needs_chromium
def test_what_cannot_be_used_is_said_and_the_rest_is_done(desk: Desk) -> None:
    page = desk.window()
    page.goto(f"{desk.address}/?lang=en")
    page.click(SUBMIT)
    assert "nothing was given" in page.locator("[role=alert]").first.inner_text()
    page.fill("#text", "全年开工项目200个，其中新建项目150个，续建项目60个。")
    page.fill("#address", f"{desk.site}/none.html file:///etc/passwd /etc/passwd")
    page.click(SUBMIT)
    page.wait_for_selector(".errors li >> nth=2")
    said = page.locator(".errors").inner_text()
    assert "no answer" in said
    assert said.count("not a web address") == 2
    assert page.locator(".documents a.name").count() >= 1


@browsing.needs_chromium
def test_several_documents_become_a_list_worst_first(desk: Desk) -> None:
    page = desk.window()
    page.goto(desk.address)
    page.set_input_files("#file", [str(browsing.PAGE), str(browsing.SLIP), str(browsing.ROOT / "corpora/pages/trs/budget.html")])
    page.click(SUBMIT)
    page.wait_for_selector(".documents > li >> nth=2")
    names = page.locator(".documents > li").all_inner_texts()
    places = [next(n for n, name in enumerate(names) if words in name) for words in ("slip.html", "retold.html", "budget.html")]
    assert places == sorted(places)
    page.fill("#q", "开工率")
    page.press("#q", "Enter")
    page.wait_for_selector("mark")
    assert page.locator("mark").first.inner_text() == "开工率"
    page.fill("#q", "没有这样的字")
    page.press("#q", "Enter")
    page.wait_for_url("**q=*")
    expect(page.locator(".documents > li")).to_have_count(0)


@browsing.needs_chromium
def test_a_false_alarm_survives_a_reload_and_heshu_check(desk: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    page = desk.window()
    page.goto(desk.address)
    page.set_input_files("#file", str(browsing.SLIP))
    page.click(SUBMIT)
    page.wait_for_url("**/d/*")
    check = ["check", str(browsing.SLIP), "--review", str(desk.review)]
    assert cli.main(check) == 1
    for left in (2, 1, 0):
        press(page, ".card.disagrees:not(.false_alarm) button", "误报")
        assert page.locator(".card.disagrees:not(.false_alarm)").count() == left
    page.reload()
    expect(page.locator("#dismissed .card")).to_have_count(3)
    assert page.locator(".counts .disagrees b").inner_text() == "0"
    assert cli.main(check) == 0
    page.evaluate("document.querySelector('#dismissed').open = true")
    press(page, "#dismissed button", "撤回判定")
    press(page, ".card.disagrees:not(.false_alarm) button", "确认")
    assert page.locator(".card.confirmed .ruled").inner_text().endswith("您已确认")
    assert cli.main(check) == 1
    capsys.readouterr()


@browsing.needs_chromium
def test_the_language_switch_keeps_the_place(desk: Desk) -> None:
    page = desk.window()
    page.goto(desk.address)
    page.set_input_files("#file", str(browsing.PAGE))
    page.click(SUBMIT)
    page.wait_for_url("**/d/*")
    page.click("text=English")
    page.wait_for_url("**lang=en")
    assert "cut off, not rounded" in page.locator(CARD).inner_text()
    page.click("text=中文")
    page.wait_for_selector("text=截尾才成立")
    assert "/d/" in page.url


@browsing.needs_chromium
def test_a_card_is_copied_and_charts_are_drawn(desk: Desk) -> None:
    page = desk.window(permissions=["clipboard-read", "clipboard-write"])
    page.goto(desk.address)
    page.set_input_files("#file", str(browsing.PAGE))
    page.click(SUBMIT)
    page.wait_for_url("**/d/*")
    page.locator(f"{CARD} >> button.copy").click()
    page.wait_for_selector("text=已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "85.9%" in copied
    assert "有141个已经开工" in copied
    page.locator(".chart img").first.scroll_into_view_if_needed()
    loaded = "Promise.all([...document.querySelectorAll('.chart img')].map(i => (i.loading = 'eager', i.decode().then(() => i.naturalWidth))))"
    widths = page.evaluate(loaded)
    assert len(widths) == 2
    assert min(widths) > 100
    assert page.troubles == []


@browsing.needs_chromium
def test_exports_are_files_to_keep(desk: Desk, tmp_path: Path) -> None:
    page = desk.window(360)
    page.goto(desk.address)
    page.set_input_files("#file", str(browsing.PAGE))
    page.click(SUBMIT)
    page.wait_for_url("**/d/*")
    page.click(".menu summary")
    kept = {}
    for name in ("report.html", "report.json", "findings.csv", "figures.csv", "report.xlsx"):
        with page.expect_download() as waiting:
            page.locator(f".menu a[href*='{name}']").click()
        waiting.value.save_as(tmp_path / name)
        kept[name] = (tmp_path / name).read_bytes()
    made = run.report(Source("retold.html", browsing.PAGE.read_bytes()))
    assert jsonl.decode(kept["report.json"]) == made
    assert json.loads(kept["report.json"])["coverage"]["figures"] == 60
    for name, count in (("findings.csv", len(made.findings)), ("figures.csv", 60)):
        assert kept[name].startswith(b"\xef\xbb\xbf")
        assert len(list(csv.reader(io.StringIO(kept[name].decode("utf-8-sig"))))) == count + 1
    assert kept["report.xlsx"].startswith(b"PK")
    assert kept["report.html"] == html.page(made)


@browsing.needs_chromium
def test_every_flow_works_without_scripts(desk: Desk) -> None:
    page = desk.browser.new_context(java_script_enabled=False).new_page()
    page.goto(desk.address)
    page.set_input_files("#file", str(browsing.PAGE))
    page.click(SUBMIT)
    assert "85.9%" in page.locator(f"{CARD} >> h3").inner_text()
    page.locator(f"{CARD} >> button", has_text="确认").click()
    expect(page.locator(".card:target .ruled")).to_be_visible()
    page.locator(f"{CARD} >> button", has_text="撤回").click()
    expect(page.locator(".card.confirmed")).to_have_count(0)


@browsing.needs_chromium
def test_a_run_folder_is_browsed_searched_and_compared(desk: Desk, tmp_path: Path) -> None:
    texts = {
        f"{year}.txt": f"{year}年全市经济运行情况新闻发布会\n{year + 1}年1月20日，云屏市人民政府新闻办公室举行新闻发布会。\n"
        f"发言人：{year}年，全市社会消费品零售总额{value}亿元，开工项目20个，其中新建15个，续建6个。\n"
        for year, value in ((2020, 5310), (2021, 5428), (2022, 5401))
    }
    reports = [run.report(Source(name, text.encode())) for name, text in texts.items()]
    (tmp_path / "reports.jsonl").write_bytes(b"".join(jsonl.line(report) for report in reports))
    with browsing.served(tmp_path / "review.json", folder=tmp_path) as address:
        page = desk.browser.new_page()
        page.goto(f"{address}/?q=5428")
        expect(page.locator(".documents > li")).to_have_count(1)
        page.goto(f"{address}/?q=零售")
        expect(page.locator(".documents > li")).to_have_count(3)
        page.click(".documents a.name >> nth=0")
        page.locator(".card").first.wait_for()
        page.goto(f"{address}/series")
        value = page.locator("option", has_text="零售").get_attribute("value")
        page.select_option("#n", value=value)
        page.click("main button")
        page.wait_for_url("**/series?n=*")
        expect(page.locator("table tbody tr")).to_have_count(3)
        assert "5428亿元" in page.locator("table").inner_text()


@browsing.needs_chromium
def test_what_contradicts_between_releases_is_shown_and_ruled_on(desk: Desk, tmp_path: Path) -> None:
    items = [source for source in fetch.sources([str(runs.ROOT / "corpora" / "releases")]) if isinstance(source, Source)]
    (tmp_path / "reports.jsonl").write_bytes(b"".join(jsonl.line(run.report(source)) for source in items))
    with browsing.served(tmp_path / "review.json", folder=tmp_path) as address:
        page = desk.browser.new_page()
        page.goto(f"{address}/series?lang=en")
        expect(page.locator(".card")).to_have_count(5)
        expect(page.locator(".card.disagrees")).to_have_count(4)
        card = page.locator(".card").first
        assert "contradict" in card.inner_text()
        card.locator("button", has_text="False alarm").click()
        expect(page.locator(".card:target .ruled")).to_be_visible()
        page.goto(f"{address}/series?lang=en")
        expect(page.locator(".card.false_alarm")).to_have_count(1)
        expect(page.locator(".card").last).to_contain_text("false alarm")
        page.locator(".card").first.locator("a", has_text="Show this indicator").click()
        page.wait_for_url("**/series?n=*")
        assert "✖" in page.locator("table").inner_text()
        assert cli.main(["series", str(tmp_path), "--review", str(tmp_path / "review.json")]) == 1
        page.locator(".card").first.locator("ul a").first.click()
        page.wait_for_url("**/d/*")


def test_a_folder_without_a_run_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serve", str(tmp_path), "--port", "0"]) == 2
    (tmp_path / "reports.jsonl").write_text('{"a": 1}\n', "utf-8")
    assert cli.main(["serve", str(tmp_path), "--port", "0"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert len(said) == 2
    assert "heshu run" in said[0]
    assert "line 1 is no report" in said[1]


def test_a_port_that_cannot_be_had_is_one_line(tmp_path: Path) -> None:
    with browsing.served(tmp_path / "r.json") as address:
        for port in (address.rpartition(":")[2], "70000"):
            call = [sys.executable, "-m", "heshu", "serve", "--port", port, "--review", str(tmp_path / "r.json")]
            done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=60)
            assert done.returncode == 2
            assert done.stderr.count("\n") == 1
            assert f"{port}: " in done.stderr


def test_every_error_has_words_on_the_page() -> None:
    from heshu.pipeline import errors, review
    from heshu.pipeline.export.words import catalogue

    codes = {kind.code for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, HeshuError)}
    assert len(codes) > 5
    assert {f"error.{code}" for code in (*codes, review.ReviewError.code)} <= set(catalogue("zh"))


def test_ctrl_c_ends_the_server(tmp_path: Path) -> None:
    call = [sys.executable, "-m", "heshu", "serve", "--port", "0", "--review", str(tmp_path / "r.json"), "--lang", "en"]
    with subprocess.Popen(call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err == ""
