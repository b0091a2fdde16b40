"""List pages of each family: their articles with dates, and where the list goes on."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heshu.pipeline import links
from heshu.pipeline.fetch import crawl

HERE = "http://www.example.gov.cn/xwfb/index.html"
ROW = '<li><a href="{href}" title="{title}">{text}</a><span>{date}</span></li>'


def page(*rows: str, more: str = "") -> str:
    return f"<html><head><title>新闻发布</title></head><body><ul>{''.join(rows)}</ul>{more}</body></html>"


def test_articles_have_title_and_date() -> None:
    rows = [
        ROW.format(href="./202405/t20240520_1.html", title="一季度经济运行新闻发布会实录", text="一季度经济运行新闻…", date="2024-05-21"),
        ROW.format(href="/art/2024/4/19/art_1_2.html", title="", text="答记者问", date=""),
        ROW.format(href="../a.jsp?infoid=5&x=1", title="", text="无日期", date="[2024年3月1日]"),
        ROW.format(href="https://other.example.gov.cn/x.html", title="", text="别处", date="2024/03/02"),
    ]
    found = links.found(page(*rows), HERE)
    assert [(link.url, link.title, link.date) for link in found.articles] == [
        ("http://www.example.gov.cn/xwfb/202405/t20240520_1.html", "一季度经济运行新闻发布会实录", "2024-05-21"),
        ("http://www.example.gov.cn/art/2024/4/19/art_1_2.html", "答记者问", "2024-04-19"),
        ("http://www.example.gov.cn/a.jsp?infoid=5&x=1", "无日期", "2024-03-01"),
        ("https://other.example.gov.cn/x.html", "别处", "2024-03-02"),
    ]
    assert found.lists == ()


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ('<script>createPageHTML(4, 0, "index", "html");</script>', ["index_1.html", "index_2.html", "index_3.html"]),
        ("<script>createPageHTML(3,1,'list','shtml',55)</script>", ["list_1.shtml", "list_2.shtml"]),
        ("<script>createPageHTML('page_div',3, 1,'index','htm',60);</script>", ["index_2.htm", "index_3.htm"]),
        ("<script>createPageHTML(1, 0, 'index', 'html');</script>", []),
        ('<a href="list_2.htm">2</a><a href="list_3.htm">3</a><a href="list_2.htm">下一页</a>', ["list_2.htm", "list_3.htm"]),
        ('<a href="index/12.htm">下页</a>', ["index/12.htm"]),
        ('<a href="?page=2">下一页 &gt;</a>', ["index.html?page=2"]),
        ('<a href="javascript:void(0)">下一页</a><a href="#">2</a><a href="mailto:a@b">3</a>', []),
    ],
)
def test_the_list_goes_on(more: str, expected: list[str]) -> None:
    row = ROW.format(href="a.html", title="", text="发布会", date="2024-05-20")
    found = links.found(page(row, more=more), HERE)
    assert list(found.lists) == [f"http://www.example.gov.cn/xwfb/{name}" for name in expected]
    assert [link.title for link in found.articles] == ["发布会"]


def test_hanweb_hides_its_records_in_data() -> None:
    record = '<record><![CDATA[<li><a href="/art/2024/4/19/art_12_3.html">第二场发布会</a><span>2024-04-19</span></li>]]></record>'
    proxy = "/module/web/jpage/dataproxy.jsp?page=2&amp;webid=1&amp;columnid=12&amp;unitid=34"
    group = f'<nextgroup><![CDATA[<a href="{proxy}"></a>]]></nextgroup>'
    html = page(more=f'<script type="text/xml"><datastore>{group}<recordset>{record}</recordset></datastore></script>')
    for text in (html, f"<?xml version='1.0'?><datastore>{group}<recordset>{record}</recordset></datastore>"):
        found = links.found(text, HERE)
        assert [(link.title, link.date) for link in found.articles] == [("第二场发布会", "2024-04-19")]
        assert list(found.lists) == [
            "http://www.example.gov.cn/module/web/jpage/dataproxy.jsp?page=2&webid=1&columnid=12&unitid=34"
        ]


def test_a_list_may_be_data() -> None:
    data = {
        "articles": [
            {"title": "<em>新闻</em>发布会", "url": "/content/1/post_1.html", "publish_time": 1714521600},
            {"title": "附件", "url": "/a.pdf"},
        ],
        "result": {"list": [{"titleO": "吹风会", "puburl": "http://www.example.gov.cn/c/2.shtml", "pubtime": "2024-04-30 09:00"}]},
    }
    here = "http://www.example.gov.cn/gkmlpt/api/all/5?page=1&sid=2"
    found = links.found(json.dumps(data), here)
    assert [(link.url, link.title, link.date) for link in found.articles] == [
        ("http://www.example.gov.cn/content/1/post_1.html", "新闻发布会", "2024-05-01"),
        ("http://www.example.gov.cn/c/2.shtml", "吹风会", "2024-04-30"),
    ]
    assert found.lists == ("http://www.example.gov.cn/gkmlpt/api/all/5?page=2&sid=2",)
    assert links.found('{"articles": []}', here) == links.Found((), ())
    assert links.found("[" * 5000, here) == links.Found((), ())


def test_a_menu_has_no_dates_and_a_base_moves_every_link() -> None:
    menu = "<li>2024-05-01 " + "".join(f'<a href="{n}.html">栏目{n}</a>' for n in range(6)) + "</li>"
    html = page(menu).replace("<head>", '<head><base href="http://a.gov.cn/b/">')
    found = links.found(html, HERE)
    assert {link.date for link in found.articles} == {None}
    assert found.articles[0].url == "http://a.gov.cn/b/0.html"


@pytest.mark.parametrize("text", ["", "<a", "<a href='http://[::'>x</a>", "<a href=' '>x</a>", "<![CDATA[<a", "plain text", "<base href='::'>"])
def test_odd_lists_are_empty(text: str) -> None:
    assert links.found(text, HERE) == links.Found((), ())


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("http://a.cn/x?b=1&a=2", "http://a.cn/x?a=2&b=1", True),
        ("http://a.cn/x#top", "http://a.cn/x", True),
        ("http://a.cn/x?utm_source=wx&id=5", "http://a.cn/x?id=5", True),
        ("HTTP://A.cn/x", "http://a.cn/x", True),
        ("http://a.cn/新闻", "http://a.cn/%E6%96%B0%E9%97%BB", True),
        ("http://a.cn/a.jsp?infoid=5", "http://a.cn/a.jsp?infoid=6", False),
        ("http://a.cn/a.jsp?infoid=5", "http://a.cn/a.jsp", False),
        ("http://a.cn/x/", "http://a.cn/x", False),
        ("http://a.cn/X", "http://a.cn/x", False),
    ],
)
def test_the_identity_of_an_address(one: str, other: str, same: bool) -> None:
    assert (crawl.identity(one) == crawl.identity(other)) is same
    assert crawl.identity(crawl.identity(one)) == crawl.identity(one)


@given(st.text(alphabet="<>a href='\"=/:?#&;[]!CDATA.\n第页2024-0", max_size=200))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_the_links(text: str) -> None:
    found = links.found(text, HERE)
    assert all(link.url.startswith("http") for link in found.articles)
