"""From markup to lines: every visible thing once, nothing hidden, tables row by row, and no depth that loses text."""

from __future__ import annotations

import re

import pytest

from heshu.pipeline import html
from heshu.pipeline.errors import LayoutError
from heshu.pipeline.lines import lines
from tests.ingest_pages import SPEECH, page, speech, text_of, transcript

MARK = "终点987654"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>总投资<span>18</span><font>24.9</font><b>亿</b>元</p>", "总投资1824.9亿元"),
        ("<p>总投资<span lang=EN-US>1824<o:p></o:p></span>.9亿元</p>", "总投资1824.9亿元"),
        ("<p>完成投\n资1824.9\n  亿元</p>", "完成投资1824.9亿元"),
        ("<p>GDP\ngrowth 5.2%</p>", "GDP growth 5.2%"),
        ("一、总体情况<br>二、分项情况<br/><br>三、问题", "一、总体情况\n二、分项情况\n三、问题"),
        ("<div>甲<div>乙</div>丙</div>", "甲\n乙\n丙"),
        ("<ul><li>甲1个</li><li>乙2个</li></ul>", "甲1个\n乙2个"),
        ("<p>　　甲&nbsp;&nbsp;乙　丙</p>", "甲\xa0\xa0乙　丙"),
        ("<pre>甲\n乙</pre>", "甲\n乙"),
        ("<p>1 &lt; 2 &amp; 3&#12290;</p>", "1 < 2 & 3。"),
        ("<P>甲<BR>乙</P>", "甲\n乙"),
        ("<p>\u200b\ufeff甲\u200b乙</p>", "甲\u200b乙"),
        ("<dl><dt>甲</dt><dd>乙</dd></dl>", "甲\n乙"),
    ],
)
def test_blocks_break_and_inline_tags_do_not(body: str, text: str) -> None:
    assert text_of(body) == text


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">99亿元</p>',
        '<p style="color:red; DISPLAY : none !important">99亿元</p>',
        '<div style="display:none"><div><p>99亿元</p></div></div>',
        '<span style="visibility:hidden">99亿元</span>',
        "<p hidden>99亿元</p>",
        '<p hidden="hidden">99亿元</p>',
        "<script>var a='99亿元';</script>",
        "<script>document.write('<p>99亿元</p>')</script>",
        "<style>p::after{content:'99亿元'}</style>",
        "<textarea>99亿元</textarea>",
        "<template><p>99亿元</p></template>",
        "<noscript>99亿元</noscript>",
        "<!-- 99亿元 -->",
        "<!--<p>99亿元</p>-->",
        "<select><option>99亿元</option></select>",
        "<button>99亿元</button>",
        '<input value="99亿元">',
        '<img alt="99亿元" src="x.png">',
        '<iframe src="x">99亿元</iframe>',
        "<svg><text>99亿元</text></svg>",
        '<object data="x">99亿元</object>',
        "<p><span style='font-size:0'>99亿元</span></p>",
        '<div class="share">99亿元</div>',
        '<div class="box related">99亿元</div>',
    ],
)
def test_hidden_things_are_no_transcript(hidden: str) -> None:
    assert text_of(f"{hidden}<p>完</p>") == "完"


@pytest.mark.parametrize(
    "shown",
    [
        '<p class="hidden-xs">99亿元</p>',
        '<p style="overflow:hidden">99亿元</p>',
        '<p aria-hidden="false" title="x hidden y">99亿元</p>',
        '<p style="font-size:0.9em">99亿元</p>',
        '<p data-display="none">99亿元</p>',
        '<p class="sharepoint">99亿元</p>',
    ],
)
def test_what_only_looks_hidden_is_shown(shown: str) -> None:
    assert text_of(shown) == "99亿元"


TABLE = (
    "<table><tr><th rowspan=2>县区</th><th colspan=2>投资</th></tr><tr><th>计划</th><th>完成</th></tr>"
    "<tr><td>东区</td><td><p>12.5</p></td><td><span>6</span>.1</td></tr><tr><td></td><td></td><td></td></tr>"
    "<tr><td>西<br>区</td><td colspan=2>合计</td></tr></table>"
)


def test_a_table_comes_row_by_row_with_the_place_of_each_cell() -> None:
    found = transcript(page(speech() + TABLE + "<p>完</p>"))
    text = found.document.text
    assert text.endswith("\n县区\t投资\n计划\t完成\n东区\t12.5\t6.1\n西区\t合计\n完")
    (table,) = found.tables
    assert text[table.start : table.end].startswith("县区\t")
    assert text[table.start : table.end].endswith("\t合计")
    assert [(text[cell.start : cell.end], cell.row, cell.column) for cell in table.cells] == [
        ("县区", 0, 0),
        ("投资", 0, 1),
        ("计划", 1, 1),
        ("完成", 1, 2),
        ("东区", 2, 0),
        ("12.5", 2, 1),
        ("6.1", 2, 2),
        ("西区", 4, 0),
        ("合计", 4, 1),
    ]


@pytest.mark.parametrize(
    "layout",
    [
        "<table><tr><td>{}</td></tr></table>",
        "<table><tr><td><table><tr><td>{}</td><td>旁</td></tr></table></td></tr></table>",
        "<table><tr><td>" + "长" * 400 + "</td><td>{}</td></tr></table>",
    ],
)
def test_a_table_that_arranges_the_page_is_no_table(layout: str) -> None:
    found = transcript(page(speech() + layout.format("<p>甲1个</p><p>乙2个</p>")))
    assert "甲1个\n乙2个" in found.document.text or found.tables


def test_nested_data_comes_once() -> None:
    inner = "<table><tr><td>甲</td><td>11</td></tr><tr><td>乙</td><td>22</td></tr></table>"
    text = text_of(f"<table><tr><td>{inner}</td></tr></table>")
    assert text == "甲\t11\n乙\t22"


def test_absurd_spans_are_cut() -> None:
    found = transcript(
        page(speech() + "<table><tr><td colspan=9999 rowspan=9999>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>")
    )
    assert [cell.column for cell in found.tables[0].cells] == [0, 200, 200]


HOSTILE = {
    "premature end": "</body></html>{}",
    "300 unclosed fonts": "<font>" * 300 + "{}",
    "unclosed bold": "<b>" * 2000 + "{}",
    "depth 255": "<div>" * 255 + "{}" + "</div>" * 255,
    "depth 2047": "<div>" * 2047 + "{}" + "</div>" * 2047,
    "depth 30000": "<div>" * 30000 + "{}" + "</div>" * 30000,
    "deep spans": "<span>" * 30000 + "{}" + "</span>" * 30000,
    "nested tables": "<table><tr><td>" * 500 + "{}",
    "attributes": "<p " + " ".join(f"a{i}=1" for i in range(3000)) + ">x</p>{}",
    "comments": "<!---->" * 20000 + "{}",
    "odd comments": "<!--> --><!---> --><!-- a -- b -->{}",
    "lone brackets": "<" * 20000 + "{}",
    "open anchors": "<a " * 5000 + ">{}",
    "nul": "\0{}",
    "bad entities": "&#xFFFFFFFF;&#0;&;&nosuch;{}",
    "quotes": "<p title=\"a>b\" class='c>d'>x</p>{}",
    "processing": "<?xml version='1.0'?><?php echo '>' ?>{}",
    "cdata": "<![CDATA[x]]>{}",
    "server code": "<%@ include file='x' %>{}",
    "unclosed server code": "<%" * 2000 + "{}",
    # what swallows the rest of the page, in a browser too
    "open comment": "<!-- {}",
    "open script": "<script>{}",
    "open textarea": "<textarea>{}",
    "open template": "<template>{}",
    "open select": "<select>{}",
    "open style": "<STYLE>{}",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_the_end_of_a_hostile_page_is_there_or_the_page_is_said_to_be_cut(name: str) -> None:
    found = transcript(page(speech() + HOSTILE[name].format(f"<p>{MARK}</p>")))
    assert SPEECH[0] in found.document.text
    assert MARK in found.document.text or "page_truncated" in [issue.code for issue in found.issues]


@pytest.mark.parametrize("end", [60, 120, 180])
def test_a_page_that_was_cut_off_is_said_to_be(end: int) -> None:
    whole = page(speech())
    start = whole.index("<p>")
    found = transcript(whole[: start + end])
    assert [issue.code for issue in found.issues] == ["page_truncated"]
    assert found.issues[0].start == found.issues[0].end == len(found.document.text)


def test_a_speech_that_goes_on_at_another_address_is_said_to_be_cut() -> None:
    paged = page(speech() + '<script>createPageHTML(3, 0,"t2021","htm");</script>')
    assert [issue.code for issue in transcript(paged).issues] == ["page_truncated"]
    single = page(speech() + '<script>createPageHTML(1, 0,"t2021","htm");</script>')
    assert transcript(single).issues == ()


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>",
        "<html><body><div id='zoom'> &nbsp; </div></body></html>",
        "<html><body><ul>" + "<li><a href='/x'>栏目</a></li>" * 30 + "</ul></body></html>",
        "<html><head><title>标题</title></head><body><script>load()</script></body></html>",
        "<!-- nothing --><div></div>",
    ],
)
def test_a_page_without_a_body_is_refused(markup: str) -> None:
    with pytest.raises(LayoutError):
        transcript(markup)


BODIES = [
    speech(),
    speech() + TABLE,
    "<div>" + "".join(f"<span>{line}</span><br>" for line in SPEECH) + "</div>",
    speech() + "<b><p>一1</b>二2</p>" * 40,
    speech() + "<table>外3<tr><td>内4<td>内5</table>",
    speech() + "<p>6<p>7<ul><li>8<li>9</ul>10",
    speech() + "<a href=x>11</a>。<i>12",
]


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("container", ['div id="zoom"', 'div class="TRS_Editor"', 'td class="content"'])
def test_two_readers_see_the_same_figures(body: str, container: str) -> None:
    markup = page(body, container=container)
    if container.startswith("td"):
        markup = markup.replace("<td ", "<table><tr><td ").replace("</td><div", "</td></tr></table><div")
    selector = "#zoom" if "zoom" in container else "." + container.split('"')[1]
    digits = []
    for tree in (html.Lexbor(markup), html.Soup(markup)):
        text = "\n".join(line.text for element in tree.select(selector)[:1] for line in lines(element.markup))
        digits.append(sorted(re.findall(r"\d+", text)))
    assert digits[0] == digits[1]
    assert len(digits[0]) > 5
