"""Pages and texts to transcripts: title, issuer, region, dates, body, and nothing from around it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from heshu.pipeline import dates, decode, html, parse, regions, reporting
from heshu.pipeline.errors import LayoutError
from heshu.pipeline.export.words import catalogue
from heshu.pipeline.lines import lines
from heshu.schemas.document import Span
from heshu.schemas.transcript import Source
from tests.ingest_pages import SPEECH, page, speech, transcript

PAGES = sorted((Path(__file__).parent.parent / "corpora" / "pages").glob("*/*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_saved_pages_read_as_reviewed(path: Path) -> None:
    wanted = json.loads(path.with_suffix(".json").read_text("utf-8"))
    found = parse.transcript(decode.page(Source(name=str(path), data=path.read_bytes())))
    document = found.document
    assert {
        "title": document.title,
        "issuer": document.issuer,
        "event_date": document.event_date,
        "published": document.published,
        "turns": [turn.speaker for turn in found.turns],
    } == {key: wanted[key] for key in ("title", "issuer", "event_date", "published", "turns")}
    bare = re.sub(r"\s", "", document.text)
    assert [figure["surface"] for figure in wanted["figures"] if re.sub(r"\s", "", figure["surface"]) not in bare] == []
    assert found.issues == ()


@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_readers_see_the_same_digits_in_saved_pages(path: Path) -> None:
    read = decode.page(Source(name=str(path), data=path.read_bytes()))
    selector = parse.transcript(read).document.provenance.body_by
    digits = []
    for tree in (html.Lexbor(read.text), html.Soup(read.text)):
        kept = lines(tree.select(selector)[0].markup)
        digits.append(re.findall(r"\d+", "\n".join(line.text for line in kept)))
    assert digits[0] == digits[1] != []


CONTAINERS = [
    ('div id="zoom"', "#zoom"),
    ('div class="TRS_Editor"', ".TRS_Editor"),
    ('div class="view TRS_UEDITOR trs_paper_default"', ".TRS_UEDITOR"),
    ('div id="UCAP-CONTENT"', "#UCAP-CONTENT"),
    ("ucapcontent", "ucapcontent"),
    ('div id="vsb_content_2"', "[id^=vsb_content]"),
    ('div class="v_news_content"', ".v_news_content"),
    ('div class="bt_content"', ".bt_content"),
    ('div class="pages_content"', ".pages_content"),
    ('div id="News_Body_Txt_A"', "#News_Body_Txt_A"),
    ('div class="article-content"', ".article-content"),
    ('div class="xl_text_box"', "[class^=xl_]"),
    ('article class="whatever"', "article"),
]


@pytest.mark.parametrize(("container", "selector"), CONTAINERS)
def test_the_body_of_each_family_and_nothing_from_around_it(container: str, selector: str) -> None:
    around = (
        "<div>分享到：微信</div><div>责任编辑：李四</div><div class='list'><h3>相关新闻</h3><ul>"
        "<li><a href='/1'>去年全市完成投资777亿元</a><span>2020-01-17</span></li><li><a href='/2'>新开工58个</a></li></ul></div>"
        "<div>访问量：3185</div>"
    )
    found = transcript(page(speech(), around=around, container=container))
    assert found.document.text == "\n".join(SPEECH)
    assert found.document.provenance.body_by == selector
    assert found.issues == ()


def test_a_box_around_the_body_gives_way_to_the_box_of_the_body() -> None:
    inner = f'<h1>发布会</h1><div class="info">发布时间：2021-07-02 来源：统计局</div><div class="con_text">{speech()}</div><p>点击：99次</p>'
    found = transcript(page(inner, container='div class="content"'))
    assert found.document.text == "\n".join(SPEECH)
    assert found.document.published == "2021-07-02"


def test_a_list_beside_the_body_with_the_same_class_is_left_out() -> None:
    beside = '<div class="content"><ul><li><a href="/1">去年完成777亿元</a></li><li><a href="/2">新开工58个</a></li></ul></div>'
    found = transcript(page(speech(), around=beside, container='div class="content"'))
    assert found.document.text == "\n".join(SPEECH)


def test_a_body_in_pieces_is_read_whole() -> None:
    pieces = "".join(f'<div class="article-content"><p>{line}</p></div>' for line in SPEECH)
    assert transcript(page(pieces, container="div")).document.text == "\n".join(SPEECH)


@pytest.mark.parametrize("separator", ["</p><p>", "<br>", "</div><div>"])
def test_a_page_of_an_unknown_system_is_read_by_density_and_says_so(separator: str) -> None:
    found = transcript(page(f"<p>{separator.join(SPEECH)}</p>", container='div class="q7"'))
    assert found.document.text == "\n".join(SPEECH)
    assert [issue.code for issue in found.issues] == ["fallback_body"]


@pytest.mark.parametrize(
    "before",
    [
        "<h1>重点项目新闻发布会</h1>",
        "<p>发布时间：2021-07-02 09:12　来源：市发改委　访问量：<em>3185</em></p>",
        "<p>2021-07-02 09:12 来源：市发改委</p>",
        "<p>【字体：<a>大</a> <a>中</a> <a>小</a>】</p>",
        "<p>来源：市发改委</p><p>作者：李四</p>",
    ],
)
def test_lines_above_the_speech_are_left_out(before: str) -> None:
    assert transcript(page(before + speech())).document.text == "\n".join(SPEECH)


@pytest.mark.parametrize(
    "after",
    [
        "<p>责任编辑：李四</p>",
        "<p>（责任编辑：李四）</p>",
        "<p>附件：1.项目清单.xls</p><p>2.说明.doc</p>",
        "<p>上一篇：去年完成777亿元</p><p>下一篇：没有了</p>",
        "<p>相关链接</p><p><a href=x>去年完成777亿元</a></p>",
        "<p>【打印】【关闭】</p>",
        "<p>分享到：</p>",
        "<p>扫一扫在手机打开当前页</p>",
        "<ul><li><a href=x>去年完成777亿元</a></li><li><a href=y>前年完成666亿元</a></li></ul>",
    ],
)
def test_lines_below_the_speech_are_left_out(after: str) -> None:
    assert transcript(page(speech() + after)).document.text == "\n".join(SPEECH)


@pytest.mark.parametrize(
    "kept",
    [
        "时间：2021年7月2日上午",
        "附件一的口径与去年相同，共涉及320个项目，请各位记者留意。",
        "编辑出版方面，全年出版图书320种。",
        "来源方面，电话渠道占76.5%，网络渠道占23.5%。",
    ],
)
def test_what_only_looks_like_a_label_is_kept(kept: str) -> None:
    lines_of = ["地点：市政府新闻发布厅"] if kept.startswith("时间") else []
    body = "".join(f"<p>{line}</p>" for line in [kept, *lines_of, *SPEECH])
    assert kept in transcript(page(body)).document.text


META = '<meta name="{}" content="{}">'


def test_meta_tags_come_first_whatever_their_case() -> None:
    head = "".join(
        META.format(name, content)
        for name, content in [
            ("SITENAME", "南昌市统计局"),
            ("SiteIDCode", "3601000035"),
            ("articletitle", "上半年经济运行情况新闻发布会"),
            ("PubDate", "2021-07-20 09:12"),
        ]
    )
    document = transcript(page("<p>7月19日，南昌市统计局举行新闻发布会。</p>" + speech(), head=head)).document
    assert (document.title, document.issuer, document.published) == (
        "上半年经济运行情况新闻发布会",
        "南昌市统计局",
        "2021-07-20",
    )
    assert document.region == regions.by_code("360100")
    assert document.event_date == "2021-07-19"
    assert document.reporting_period == Span("2021-01-01", "2021-06-30")


def test_without_meta_tags_the_title_loses_the_name_of_the_site() -> None:
    assert transcript(page(speech())).document.title == "重点项目新闻发布会"


TEXT = (
    "首页\n政务公开\n\n我委召开2020年全市重大项目推进情况通气会\n\n访问量:\n\n1月25日下午,我委召开通气会,副主任何彦军主持。\n\n何彦军:\n\n"
    "大家好!我谨代表南昌市发展和改革委员会,向大家表示欢迎。2020年完成投资1824.9亿元。\n\n分享:\n"
)


def test_a_plain_text_is_its_own_body() -> None:
    found = transcript(TEXT, name="a.txt")
    document = found.document
    assert document.text == TEXT
    assert (document.media_type, document.title) == ("text/plain", "我委召开2020年全市重大项目推进情况通气会")
    assert document.issuer == "南昌市发展和改革委员会"
    assert document.region is not None
    assert document.region.code == "360100"
    assert (document.published, document.event_date) == (None, "2021-01-25")
    assert document.reporting_period == Span("2020-01-01", "2020-12-31")
    assert [turn.speaker for turn in found.turns] == [None, "何彦军"]


@pytest.mark.parametrize("text", [" \n\t ", "。。。", "——"])
def test_a_text_without_words_is_refused(text: str) -> None:
    with pytest.raises(LayoutError):
        transcript(text)


def test_the_same_bytes_give_the_same_transcript() -> None:
    assert transcript(page(speech())) == transcript(page(speech()))


def test_damage_is_told_where_it_touches_the_body() -> None:
    data = page(speech() + "<p>完成投资X亿元。</p>").encode().replace(b"X", b"\xff")
    found = transcript(data)
    (issue,) = found.issues
    assert (issue.code, found.document.text[issue.start : issue.end]) == ("replaced_characters", "\ufffd")
    assert found.document.provenance.replaced_characters == 1


@pytest.mark.parametrize(
    ("title", "head", "known", "period"),
    [
        ("2020年全市重大项目推进情况", "", None, ("2020-01-01", "2020-12-31")),
        ("2020年1-11月项目推进情况", "", None, ("2020-01-01", "2020-11-30")),
        ("２０２３年１—６月经济运行", "", "2023-07-20", ("2023-01-01", "2023-06-30")),
        ("2023年前三季度经济运行情况", "", "2023-10-20", ("2023-01-01", "2023-09-30")),
        ("2023年上半年", "", "2023-07-20", ("2023-01-01", "2023-06-30")),
        ("上半年全市经济运行情况", "", "2023-07-20", ("2023-01-01", "2023-06-30")),
        ("一季度全市经济运行情况", "", "2023-04-20", ("2023-01-01", "2023-03-31")),
        ("2024年第四季度就业情况", "", "2025-01-20", ("2024-10-01", "2024-12-31")),
        ("2024年2月份居民消费价格", "", "2024-03-09", ("2024-02-01", "2024-02-29")),
        ("1-12月份经济运行情况", "", "2024-01-20", ("2023-01-01", "2023-12-31")),
        ("2016-2020年发展成就", "", "2021-05-01", ("2016-01-01", "2020-12-31")),
        ("“十三五”发展成就新闻发布会", "", "2021-05-01", ("2016-01-01", "2020-12-31")),
        ("2025年政府工作报告", "", "2025-01-19", ("2024-01-01", "2024-12-31")),
        ("政府工作报告", "", "2026-01-27", ("2025-01-01", "2025-12-31")),
        ("二〇二〇年全市项目推进情况", "", None, ("2020-01-01", "2020-12-31")),
        ("新闻发布会", "现在介绍2023年前三季度的情况。", "2023-10-20", ("2023-01-01", "2023-09-30")),
        ("新闻发布会", "2022年，开局良好。2022年，全市完成投资12亿元。", "2023-01-20", ("2022-01-01", "2022-12-31")),
        ("2020年全市重大项目推进情况", "", "2020-12-28", ("2020-01-01", "2020-12-31")),
        ("2024年3月12日外交部例行记者会", "", "2024-03-12", None),
        ("2024年度计划发布会", "", "2024-03-12", None),
        ("下半年走势", "", "2024-07-12", None),
        ("新闻发布会", "大家好。", "2024-07-12", None),
        ("2024年13-15月", "", None, None),
        ("新闻发布会", "2009年上半年曾经下降。", "2024-07-12", None),
    ],
)
def test_reporting_periods(title: str, head: str, known: str | None, period: tuple[str, str] | None) -> None:
    found = reporting.period(title, head, known)
    assert (found and tuple(found.value.split("/"))) == period


@pytest.mark.parametrize(
    ("title", "head", "published", "period", "event"),
    [
        ("", "1月25日下午，我委召开通气会", "2021-01-26", None, "2021-01-25"),
        ("", "12月30日，我委召开通气会", "2021-01-04", None, "2020-12-30"),
        ("", "1月25日下午，我委召开通气会", None, Span("2020-01-01", "2020-12-31"), "2021-01-25"),
        ("", "7月20日，召开发布会", None, Span("2023-01-01", "2023-06-30"), "2023-07-20"),
        ("", "1月25日下午，我委召开通气会", None, None, None),
        ("2024年3月12日记者会", "3月10日，有报道称", "2024-03-12", None, "2024-03-12"),
        ("", "截至6月30日，完成12亿元。7月2日举行发布会", "2021-07-03", None, "2021-07-02"),
        ("", "国家某局于7月14日举行发布会", "2021-07-14", None, "2021-07-14"),
        ("", "二〇二一年一月二十五日，召开会议", None, None, "2021-01-25"),
        ("", "２０２１年１月２５日，召开会议", None, None, "2021-01-25"),
        ("", "今天上午，市政府召开发布会", "2021-07-14", None, "2021-07-14"),
        ("", "2月30日召开会议，3月1日再次召开", "2021-03-02", None, "2021-03-01"),
        ("", "市政府召开发布会", "2021-07-14", None, None),
    ],
)
def test_days_of_the_event(
    title: str, head: str, published: str | None, period: Span | None, event: str | None
) -> None:
    found = dates.event(title, head, published, period)
    assert (found and found.value) == event


@pytest.mark.parametrize(
    ("meta", "markup", "urls", "texts", "published"),
    [
        ({"pubdate": "2021-01-26 09:12"}, "发布时间：2020-01-01", [], [], "2021-01-26"),
        ({}, "<span>发布时间：2021-01-26 09:12</span>", [], [], "2021-01-26"),
        ({}, "<b>发布日期</b>：<em>2021年1月26日</em>", [], [], "2021-01-26"),
        ({}, "", ["http://x.gov.cn/202404/t20240419_123.html"], [], "2024-04-19"),
        ({}, "", ["http://x.gov.cn/art/2024/4/19/art_1_2.html"], [], "2024-04-19"),
        ({}, "", [], ["标题", "2021年1月26日", "正文"], "2021-01-26"),
        ({}, "", [], ["正文"] * 20 + ["二〇二一年一月二十六日"], "2021-01-26"),
        ({"pubdate": "2021-02-30"}, "", [], [], None),
        ({}, "x" * 3000 + "<div class='footer'>更新时间：2025-01-01", [], [], None),
        ({}, "", [], ["2021年1月26日，我委召开了新闻通气会，通报情况"], None),
    ],
)
def test_days_of_publication(
    meta: dict[str, str], markup: str, urls: list[str], texts: list[str], published: str | None
) -> None:
    found = dates.published(meta, markup, urls, texts)
    assert (found and found.value) == published


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [
        ("江西省南昌市发展和改革委员会", "南昌市", "360100"),
        ("南昌市西湖区统计局", "西湖区", "360103"),
        ("南昌发改委", "南昌市", "360100"),
        ("北京市统计局", "北京市", "110000"),
        ("内蒙古统计局", "内蒙古自治区", "150000"),
        ("恩施土家族苗族自治州", "恩施土家族苗族自治州", "422800"),
        ("吉林省吉林市统计局", "吉林市", "220200"),
    ],
)
def test_regions_by_name(text: str, name: str, code: str) -> None:
    found = regions.in_text(text)
    assert found is not None
    assert (found.name, found.code) == (name, code)


@pytest.mark.parametrize(
    ("code", "name"),
    [("3601000035", "南昌市"), ("3601990001", "南昌市"), ("1100000001", "北京市"), ("bm02000004", "全国")],
)
def test_regions_by_site_code(code: str, name: str) -> None:
    found = regions.by_code(code)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("code", ["9903010008", "", None, "abc", "36"])
def test_unknown_site_codes_are_no_region(code: str | None) -> None:
    assert regions.by_code(code) is None


@pytest.mark.parametrize(
    ("words", "code", "meant"),
    [
        ("比全省高0.7个百分点", "360100", "江西省"),
        ("我省排名第三", "360103", "江西省"),
        ("全市完成投资12亿元", "360103", "南昌市"),
        ("全市完成投资12亿元", "360100", "南昌市"),
        ("高于全国0.7个百分点", "360100", "全国"),
        ("全省增长5%，全国增长4%", "360100", "全国"),
        ("我县完成投资12亿元", "360100", "南昌市"),
        ("全区完成投资12亿元", "450000", "广西壮族自治区"),
        ("全自治区完成投资12亿元", "450100", "广西壮族自治区"),
        ("全市完成投资12亿元", "110101", "北京市"),
        ("安全省心、完全市场化", "360100", "南昌市"),
        ("完成投资12亿元", "360100", "南昌市"),
    ],
)
def test_what_the_text_calls_its_own(words: str, code: str, meant: str) -> None:
    found = regions.meant(words, regions.by_code(code))
    assert found is not None
    assert found.name == meant


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("南昌很好。我省的南昌与九江，江西省全省增长，江西省人民。", "江西省"),
        ("我市增长。南昌市西湖区、南昌市东湖区、江西省、江西省、江西省。", "南昌市"),
        ("安义县我县增长，安义县的水稻，南昌市，南昌市，南昌市。", "安义县"),
        ("南昌市增长，南昌市好。", "南昌市"),
        ("我国的南昌市与全国的九江市，南昌市好。", None),
        ("南昌市、九江市、赣州市、南昌市、吉安市、新余市。", None),
        ("没有地名。", None),
    ],
)
def test_the_place_of_a_text_without_an_issuer(text: str, name: str | None) -> None:
    found = regions.most_named(text)
    assert (found and found.name) == name


def test_dates_and_places_tell_why() -> None:
    head = META.format("PubDate", "2021-07-20 09:12") + META.format("SiteIDCode", "3601000035") + META.format("SiteName", "南昌市统计局")
    found = transcript(page("<p>7月19日，南昌市统计局举行新闻发布会。</p>" + speech(), head=head, title="上半年经济运行情况新闻发布会"))
    assert [(one.what, one.why, one.value, one.words) for one in found.told] == [
        ("published", "meta", "2021-07-20", "pubdate=2021-07-20 09:12"),
        ("event", "opening_by_publication", "2021-07-19", "7月19日"),
        ("reporting", "title", "2021-01-01/2021-06-30", "上半年"),
        ("issuer", "site", "南昌市统计局", "南昌市统计局"),
        ("region", "site_code", "南昌市 360100", "3601000035"),
    ]
    assert found.document.provenance.region_list == "2023"


def test_every_reason_has_its_words() -> None:
    pipeline = Path(parse.__file__).parent
    code = "".join((pipeline / name).read_text("utf-8") for name in ("dates.py", "reporting.py", "heading.py", "body.py"))
    said = {f"told.{what}.{why}" for what, why in re.findall(r'Told\("(\w+)", "(\w+)"', code)}
    said |= {f"body_by.{why}" for why in re.findall(r'(?:_of\(\w+, |True, |False, |best, |smallest, )"(\w+)"\)', code)}
    assert len(said) > 15
    for lang in ("zh", "en"):
        assert {key for key in said if key not in catalogue(lang)} == set()


def test_a_megabyte_on_one_line_is_read() -> None:
    sentence = "完成投资1824.9亿元，同比增长5.2%，"
    found = transcript(page(speech() + "<p>" + sentence * 40000 + "完</p>"))
    assert found.document.text.count("1824.9") == 40000
    assert len(found.turns) == 1
