"""``heshu html``: one file that a person opens without a server, without scripts and without a network."""

from __future__ import annotations

import html
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import msgspec
import pytest

from heshu.pipeline import cli, run
from heshu.pipeline.export import cards, charts, digest, marked, sheets, words
from heshu.pipeline.export import html as pages
from heshu.schemas.report import Report
from heshu.schemas.transcript import Source
from tests import browsing
from tests.sample import sample

LANGS: tuple[words.Lang, ...] = ("zh", "en")


def report(page: Path = browsing.PAGE, source: str = "retold.html") -> Report:
    return run.report(Source(source, page.read_bytes()))


class Tags(HTMLParser):
    """Every start tag of a page with its attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def tab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A window without scripts that shows the file of a report."""
    with browsing.browser() as chromium:
        context = chromium.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
        asked: list[str] = []
        context.on("request", lambda request: asked.append(request.url))

        def show(made: Report, lang: words.Lang = "zh", width: int = 1280) -> Any:
            path = tmp_path_factory.mktemp("file") / "report.html"
            path.write_bytes(pages.page(made, lang))
            page = context.new_page()
            page.set_viewport_size({"width": width, "height": 900})
            asked.clear()
            page.goto(path.as_uri())
            page.asked = [url for url in asked if not url.startswith(("file:", "data:"))]
            return page

        yield show


@browsing.needs_chromium
def test_the_file_opens_without_scripts_and_jumps_both_ways(tab: Any) -> None:
    page = tab(report())
    assert page.asked == []
    card = page.locator(".cards .card").first
    assert "85.9%" in card.locator("h3").inner_text()
    assert "141 ÷ 164 = 85.976%" in card.locator(".formula").inner_text()
    card.locator(".places a", has_text="141个").click()
    target = page.locator(".fig:target")
    assert "141个" in target.inner_text()
    assert target.is_visible()
    target.click()
    assert page.locator(".card:target h3").inner_text() == card.locator("h3").inner_text()


@browsing.needs_chromium
@pytest.mark.parametrize(("lang", "width"), [("zh", 320), ("en", 320), ("en", 1280)])
def test_nothing_is_wider_than_the_window(tab: Any, lang: words.Lang, width: int) -> None:
    page = tab(report(browsing.SLIP), lang, width)
    box = page.locator("body").bounding_box()
    assert box["width"] <= width
    for name in ("h1", ".counts", ".card >> nth=0", ".turn >> nth=1", ".chart >> nth=0"):
        found = page.locator(name).first.bounding_box()
        assert found["x"] >= 0, name
        assert found["x"] + found["width"] <= width, name


@pytest.mark.parametrize("lang", LANGS)
def test_the_file_holds_nothing_that_runs_or_fetches(lang: words.Lang) -> None:
    text = pages.page(report(), lang).decode()
    tags = Tags(text).tags
    assert {tag for tag, _ in tags} & {"script", "link", "iframe", "object", "embed", "form", "base"} == set()
    for _, attributes in tags:
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("src", "data:") is not None
        assert str(attributes.get("src", "data:")).startswith("data:")
    assert not re.search(r"url\(|@import", text)
    assert sum(tag == "img" for tag, _ in tags) == 2


def test_the_same_report_gives_the_same_bytes() -> None:
    assert pages.page(report()) == pages.page(report())
    assert sheets.workbook(report()) == sheets.workbook(report())


def test_every_word_of_the_transcript_is_shown_and_every_figure_once() -> None:
    for page in sorted((browsing.ROOT / "corpora" / "pages").glob("*/*.html")):
        made = run.report(Source(page.name, page.read_bytes()))
        blocks = marked.transcript(made, cards.cards(made, "zh", {}), "zh")
        pieces = [piece for block in blocks for paragraph in block.paragraphs for piece in paragraph]
        labels = "".join(block.speaker for block in blocks)
        printed, shown = (re.sub(r"[\s：:]", "", digest.visible(text)) for text in (made.document.text, "".join(p.text for p in pieces)))
        assert len(printed) - len(labels) <= len(shown) <= len(printed), page
        anchors = [id_ for piece in pieces for id_ in piece.ids]
        assert len(anchors) == len(set(anchors))
        named = {figure.id for figure in made.figures} | {ranking.id for ranking in made.rankings}
        assert {f"at-{id_}" for id_ in named} <= set(anchors), page


def test_every_link_inside_the_file_has_its_target() -> None:
    for made in (sample(), report(), report(browsing.SLIP)):
        tags = Tags(pages.page(made).decode()).tags
        ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
        assert len(ids) == len(set(ids))
        jumps = {str(attributes["href"])[1:] for _, attributes in tags if str(attributes.get("href", "")).startswith("#")}
        assert jumps <= set(ids)
        assert len(jumps) > 10


@pytest.mark.parametrize("lang", LANGS)
def test_a_card_says_what_was_asked_for(lang: words.Lang) -> None:
    made = cards.cards(sample(), lang, {})
    assert [card.verdict for card in made] == ["disagrees", "truncated", "cannot_tell", "agrees", "agrees"]
    worst, cut, open_ = made[:3]
    assert worst.formula == "210 1260 = 20%"
    assert (worst.printed, worst.possible) == ("24.5 – 25.5%", "19.9295 – 20.0705%")
    assert [place.surface for place in worst.places] == ["25%", "210公里", "1260公里"]
    assert [place.is_claim for place in worst.places] == [True, False, False]
    assert worst.repair
    assert cut.habit
    assert open_.reason == words.say(lang, "reason.hedged")
    assert ("2023-01-01 – 2023-12-31") in dict(worst.assumed).values()


def test_what_a_person_ruled_moves_the_card_and_the_count() -> None:
    made = sample()
    worst = next(f.id for f in made.findings if f.verdict == "disagrees")
    text = pages.page(made, "zh", {worst: "false_alarm"}).decode()
    assert re.search(r"✖</span> <b>0</b> 不一致", text)
    assert "1 处您判为误报" in text
    assert "您已判为误报" in text
    assert "您已确认" in pages.page(made, "zh", {worst: "confirmed"}).decode()


def test_issues_are_ours_and_cannot_tell_has_its_reason() -> None:
    text = html.unescape(pages.page(sample()).decode())
    assert "我们没有读懂的（不是文中的差错）" in text
    assert "数字 12 没有读懂" in text
    assert words.say("zh", "reason.hedged") in text


def test_the_original_is_linked_by_its_very_words() -> None:
    made = report(source="http://www.example.cn/a.html?x=1#top")
    (card,) = [card for card in cards.cards(made, "zh", {}) if card.verdict == "truncated"]
    address, _, fragment = card.original.partition("#:~:text=")
    assert address == "http://www.example.cn/a.html?x=1"
    from urllib.parse import unquote

    assert unquote(fragment) in made.document.text
    assert "85.9%" in unquote(fragment)
    assert not set("-,&") & set(fragment)
    assert all(not card.original for card in cards.cards(report(source="javascript:alert(1)//http://x.cn"), "zh", {}))


def test_charts_have_their_tables() -> None:
    made = report(browsing.SLIP)
    drawn = charts.of(made, cards.cards(made, "zh", {}), "zh")
    assert [chart.name for chart in drawn] == ["stated", "parts"]
    for chart in drawn:
        assert chart.rows
        assert {len(row) for row in chart.rows} == {len(chart.head)}
        picture = charts.svg(chart)
        assert picture.startswith("<svg")
        assert not re.search(r"<script|href=\"|on\w+=\"", picture)
    assert drawn[0].rows[0][:3] == ("✖ 接待国内游客 3186.5万人次", "3186.45 – 3186.55万人次", "3168.4 – 3168.6万人次")


def test_the_command_writes_the_file_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "report.html"
    assert cli.main(["html", str(browsing.PAGE), "--out", str(out), "--lang", "en"]) == 0
    assert "cut off, not rounded" in out.read_text("utf-8")
    assert cli.main(["html", str(tmp_path / "none.html"), "--out", str(out)]) == 2
    assert cli.main(["html", str(browsing.PAGE), "--out", str(tmp_path / "no" / "report.html")]) == 2
    assert cli.main(["html", str(browsing.PAGE.parent), "--out", str(out)]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 3
    assert "no such file" in said
    assert "cannot be written" in said
    assert "more than one document" in said


@pytest.mark.parametrize(("missing", "call"), [("jinja2", "html"), ("vl_convert", "html"), ("starlette", "serve")])
def test_a_missing_part_is_one_line(missing: str, call: str, tmp_path: Path) -> None:
    arguments = ["html", str(browsing.PAGE), "--out", str(tmp_path / "a.html")] if call == "html" else ["serve", "--port", "0"]
    code = f"import sys; sys.modules[{missing!r}] = None\nfrom heshu.pipeline.cli import main\nsys.exit(main({arguments!r}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "pip install 'heshu[web]'" in done.stderr


def test_sheets_hold_words_as_words() -> None:
    made = report()
    findings = sheets.csv(sheets.tables(made)["findings"])
    assert findings.startswith(b"\xef\xbb\xbf")
    assert findings.count(b"\r\n") == len(made.findings) + 1
    for start in ("=1+1", "+1a", "-a", "@x", "\t=1", "\r=1", "＝1", "\u00a0=1"):
        turned = msgspec.structs.replace(made.figures[0], subject=start)
        frame = sheets.tables(msgspec.structs.replace(made, figures=(turned,)))["figures"]
        assert f"'{start}" in sheets.csv(frame).decode("utf-8-sig")
    lone = msgspec.structs.replace(made.figures[0], subject="-3.2")
    assert "'-3.2" not in sheets.csv(sheets.tables(msgspec.structs.replace(made, figures=(lone,)))["figures"]).decode("utf-8-sig")


def test_a_workbook_has_no_formula_in_it(tmp_path: Path) -> None:
    import io
    import zipfile

    made = report()
    sly = msgspec.structs.replace(made.figures[0], subject='=HYPERLINK("http://x")', metric_text="http://x.cn")
    book = zipfile.ZipFile(io.BytesIO(sheets.workbook(msgspec.structs.replace(made, figures=(sly, *made.figures[1:])))))
    tables = [book.read(name) for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(tables) == 5
    assert not any(b"<f>" in table or b"<hyperlink" in table for table in tables)
    assert b"HYPERLINK" in book.read("xl/sharedStrings.xml")
