"""Families of web sites: how a page is recognised, the user's own sites.toml, articles in several pages, attachments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.body import measured  # type: ignore[import-not-found]
from benchmarks.material import layouts  # type: ignore[import-not-found]
from heshu.pipeline import body, html, sites
from heshu.pipeline.errors import SettingsError
from heshu.pipeline.sites import pages, paging
from tests.ingest_pages import SPEECH, page, speech, transcript

BOX = 'div class="mybox"'
MINE = '[sites.mine]\nhosts = ["tjj.example.gov.cn"]\nmarks = ["mybox"]\nbody = [".mybox .inner", ".mybox"]\n'


@pytest.fixture(autouse=True)
def _no_settings_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "settings"))
    monkeypatch.setenv("APPDATA", str(tmp_path / "settings"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("HESHU_SITES", raising=False)


def families(host: str, address: str = "", text: str = "") -> set[str]:
    text = text or "".join(f'<div id="{name}" class="{name}"></div>' for name in ("zoom", "content", "article-content"))
    return {hint.family for hint in sites.selectors(text, host, address) if hint.known}


@pytest.mark.parametrize(
    ("host", "address", "family"),
    [
        ("www.scio.gov.cn", "", "scio"),
        ("www.gov.cn", "", "central"),
        ("notgov.cn", "", None),
        ("", "http://x.gov.cn/art/2024/4/19/art_123_456.html", "hanweb"),
        ("", "http://x.gov.cn/gkmlpt/content/3/3456/post_3456789.html", "gkmlpt"),
        ("", "http://x.gov.cn/zhengce/content_6945678.htm", "central"),
        ("", "http://x.gov.cn/Document/1098123/1098123.htm", "scio"),
        ("", "http://x.gov.cn/news/1.html", None),
        ("", "http://[bad/art/2024/4/19/art_123_456.html", None),
    ],
)
def test_a_family_is_told_by_host_or_address(host: str, address: str, family: str | None) -> None:
    assert families(host, address) == ({family} if family else set())


def test_a_host_may_be_told_by_its_beginning() -> None:
    assert "stats" in families("tjj.jiangxi.gov.cn", text='<div class="TRS_UEDITOR"></div>')
    assert "stats" not in families("www.tjj.example.cn", text='<div class="Zoom"></div>')


def test_every_family_has_a_dated_history() -> None:
    for site in sites.rooms():
        years = [layout.since for layout in site.history]
        assert years == sorted(years, reverse=True)
        assert all(year[:4].isdigit() for year in years)


# ---- sites.toml --------------------------------------------------------------------------------------------------------


def read(markup: str) -> str:
    return transcript(markup).document.text


def test_a_family_of_the_user_s_own_is_read_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = "<div class='inner'><p>要目。</p></div>"
    markup = page(inner + speech(), container=BOX)
    assert SPEECH[0] in read(markup)
    (tmp_path / "sites.toml").write_text(MINE, "utf-8")
    assert read(markup) == "要目。"
    assert transcript(markup).document.provenance.body_by == ".mybox .inner"
    other = page(speech())
    assert read(other) == "\n".join(SPEECH)
    monkeypatch.chdir(tmp_path.parent)
    assert SPEECH[0] in read(markup)


@pytest.mark.parametrize("place", ["variable", "settings"])
def test_the_file_is_found_by_name_and_among_the_settings(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "settings" / "heshu" / "sites.toml"
    if place == "variable":
        path = tmp_path / "elsewhere.toml"
        monkeypatch.setenv("HESHU_SITES", str(path))
    elif Path.home().drive or "Library" in str(sites._own._settings()):
        pytest.skip("the folder for settings is another one on this system")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MINE, "utf-8")
    assert [site.name for site in sites.families() if site.own] == ["mine"]


def test_a_room_can_be_said_anew(tmp_path: Path) -> None:
    markup = page(f"<div class='v_news_content'>{speech()}</div>", container='div class="outer"')
    assert transcript(markup).document.provenance.body_by == ".v_news_content"
    (tmp_path / "sites.toml").write_text('[sites.vsb]\nmarks = ["v_news_content"]\nbody = [".outer"]\n', "utf-8")
    assert transcript(markup).document.provenance.body_by == ".outer"
    assert sum(site.name == "vsb" for site in sites.families()) == 1


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "sites.toml"
    path.write_text(MINE, "utf-8")
    assert [site.name for site in sites.families() if site.own] == ["mine"]
    path.write_text(MINE.replace("sites.mine", "sites.yours"), "utf-8")
    assert [site.name for site in sites.families() if site.own] == ["yours"]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("[sites.mine\n", "this is not TOML"),
        ("mine = 1\n", "“mine” is not a table"),
        ("sites = 1\n", "“sites” is not a table"),
        ("[sites]\nmine = 1\n", r"\[sites\.mine\] is not a table"),
        ('[sites.mine]\nhost = ["x"]\nbody = [".a"]\n', "does not know “host”; it knows addresses, body"),
        ('[sites.mine]\nhosts = "x"\nbody = [".a"]\n', "hosts is not a list"),
        ('[sites.mine]\nhosts = ["x"]\n', "body is not a list of CSS selectors"),
        ('[sites.mine]\nhosts = ["x"]\nbody = [".1a"]\n', "“.1a” is not a CSS selector"),
        ('[sites.mine]\nbody = [".a"]\n', "neither hosts nor marks nor addresses"),
        ('[sites.mine]\naddresses = ["("]\nbody = [".a"]\n', "is not a regular expression"),
        ('[sites.mine]\nhosts = ["x"]\nhistory = [{body = [".a"], until = "2020"}]\n', "history is not a list"),
    ],
)
def test_bad_content_is_told_by_its_name(content: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "sites.toml").write_text(content, "utf-8")
    with pytest.raises(SettingsError, match=f"^sites.toml: .*{told}.*; "):
        sites.families()


def test_bytes_that_are_no_text_and_a_missing_file_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sites.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="this is not TOML"):
        sites.families()
    monkeypatch.setenv("HESHU_SITES", "nowhere.toml")
    with pytest.raises(SettingsError, match="no such file"):
        sites.families()


# ---- articles in several pages -----------------------------------------------------------------------------------------

HERE = "http://x.gov.cn/a/"


def link(href: str, words: str) -> str:
    return f'<a href="{href}">{words}</a>'


@pytest.mark.parametrize(
    ("markup", "name", "addresses"),
    [
        ('createPageHTML(3, 0,"t20210419_123","htm");', "t20210419_123.htm", ["t20210419_123_1.htm", "t20210419_123_2.htm"]),
        ('createPageHTML(3, 1,"t20210419_123","htm");', "t20210419_123_1.htm", ["t20210419_123.htm", "t20210419_123_2.htm"]),
        ("createPageHTML(3, 0);", "t20210419_123.htm", ["t20210419_123_1.htm", "t20210419_123_2.htm"]),
        ("createPageHTML(2, 1);", "t20210419_123_1.htm", ["t20210419_123.htm"]),
        ("var currentPage = 0; var countPage = 2;", "content.htm", ["content_1.htm"]),
        (link("content_9_2.htm", "2") + link("content_9_3.htm", "3") + link("content_9_2.htm", "下一页"), "content_9.htm",
         ["content_9_2.htm", "content_9_3.htm"]),
        (link("content_9.htm", "上一页") + link("content_9_3.htm", "下一页"), "content_9_2.htm", ["content_9.htm", "content_9_3.htm"]),
        (link("?id=5&page=2", "下一页"), "a.jsp?id=5&page=1", ["a.jsp?id=5&page=2"]),
        (link("t20210419_123_1.htm", "[下一页]"), "t20210419_123.htm", ["t20210419_123_1.htm"]),
        ('<link rel="next" href="b_2.html">', "b.html", ["b_2.html"]),
        # one page, or the pages of something else
        ('createPageHTML(1, 0,"t20210419_123","htm");', "t20210419_123.htm", []),
        ('<!-- createPageHTML(3, 0,"t","htm"); -->', "t.htm", []),
        ("function createPageHTML(_nPageCount, _nCurrIndex){}", "t.htm", []),
        (link("other_2.htm", "下一页"), "content_9.htm", []),
        (link("#", "下一页") + link("javascript:next()", "下一页"), "content_9.htm", []),
        (link("content_9_2.htm", "下一篇：另一条新闻"), "content_9.htm", []),
        (link("content_9_2.htm", "2"), "content_9.htm", []),
        ("下一页", "content_9.htm", []),
    ],
)  # fmt: skip
def test_the_other_pages_of_an_article(markup: str, name: str, addresses: list[str]) -> None:
    assert pages(markup, HERE + name) == [HERE + address for address in addresses]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ('<script>createPageHTML(3, 0,"t2021","htm");</script>', "第1页，共3页"),
        (link("content_9_2.htm", "下一页"), "第1页"),
        ("<p>第2页/共5页 <a href='#'>下一页</a></p>", "第2页，共5页"),
        ('<script>createPageHTML(1, 0,"t2021","htm");</script>', None),
    ],
)
def test_a_page_that_is_a_part_says_so(more: str, told: str | None) -> None:
    issues = transcript(page(speech(), around=more)).issues
    assert [issue.code for issue in issues] == (["page_truncated"] if told else [])
    assert told is None or told in issues[0].message.zh


def test_absurd_numbers_of_pages_are_none() -> None:
    assert paging("createPageHTML(999, 0)", HERE + "a.htm") is None
    assert paging("createPageHTML(3, 7)", HERE + "a.htm") is None


# ---- attachments -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body_more", "around", "named"),
    [
        ("<p>附件：<a href='./P02021.xls'>主要指标.xls</a></p>", "", [("主要指标.xls", "http://x.gov.cn/a/P02021.xls")]),
        ("<p>数据见<a href='b.pdf'>统计公报</a>第3页。</p>", "", [("统计公报", "http://x.gov.cn/a/b.pdf")]),
        ("", "<div>附件：<a href='/d/a.docx'><img src='i.gif'>名单.docx</a></div>", [("名单.docx", "http://x.gov.cn/d/a.docx")]),
        ("", "<a href='/d/a.zip'>附件1</a>", [("附件1", "http://x.gov.cn/d/a.zip")]),
        ("", "<a href='/x/download.jsp?id=7'>附件【数据.xlsx】</a>", [("附件【数据.xlsx】", "http://x.gov.cn/x/download.jsp?id=7")]),
        ("<a href='a%20b.csv'></a>", "", [("a b.csv", "http://x.gov.cn/a/a%20b.csv")]),
        ("<a href='a.rar'>甲</a><a href='a.rar'>甲</a>", "", [("甲", "http://x.gov.cn/a/a.rar")]),
        # no attachment of this page
        ("", "<a href='/help.pdf'>使用说明</a>", []),
        ("<p><a href='a.html'>附件在此</a></p>", "", []),
        ("<!-- <a href='a.pdf'>旧附件</a> -->", "", []),
        ("<p><a href='javascript:open(\"a.pdf\")'>附件</a></p>", "", []),
        ("<p><a name='x.pdf'>附件</a></p>", "", []),
    ],
)
def test_attachments_are_named(body_more: str, around: str, named: list[tuple[str, str]]) -> None:
    head = '<meta name="Url" content="http://x.gov.cn/a/t1.html">'
    document = transcript(page(speech() + body_more, head=head, around=around)).document
    assert [(file.name, file.url) for file in document.attachments] == named
    for file in document.attachments:
        assert file.start is None or document.text[file.start :].startswith(file.name)


# ---- layouts that nobody knows -----------------------------------------------------------------------------------------


def test_the_body_of_a_layout_that_no_selector_knows() -> None:
    lost: list[Any] = []
    for made in layouts.pages():
        found = transcript(made.markup)
        case = type("Case", (), {"lines": made.lines, "labels": made.labels})()
        kept, foreign, turns = measured(case, found.document.text)
        if kept < 0.995 or foreign > 0.01 or turns != 1.0:
            lost.append((made.name, kept, foreign, turns))
        assert [issue.code for issue in found.issues] == ["fallback_body"]
        assert {turn.speaker for turn in found.turns} - {None} == set(made.labels)
    assert lost == []


def test_the_way_to_the_body_is_told() -> None:
    markup = page(f"<div class='v_news_content'>{speech()}</div>", container='div class="content"')
    chosen, candidates = body.considered(html.read(markup), markup, "")
    assert chosen is not None
    assert (chosen.by, chosen.why) == (".v_news_content", "best")
    assert [(one.selector, one.family, one.known) for one in candidates] == [
        (".v_news_content", "vsb", True),
        ("[class^=con]", "generic", False),
    ]
    assert candidates[0].characters == candidates[1].characters > 60


def test_trafilatura_is_asked_last(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = "<html><body><table><tr><td><a href=x>" + "项目" * 40 + "</a></td><td>12</td></tr></table></body></html>"
    monkeypatch.setattr(html, "last_resort", lambda text: f"<p>{SPEECH[0]}{SPEECH[1]}</p>")
    found = transcript(markup)
    assert (found.document.provenance.body_by, [issue.code for issue in found.issues]) == ("trafilatura", ["fallback_body"])
    monkeypatch.setattr(html, "last_resort", lambda text: None)
    assert transcript(page(speech(), container='div class="q"')).document.provenance.body_by == "density"
