"""Bytes to text: every encoding under every label, damage that is counted, binaries that are refused."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heshu.pipeline import decode
from heshu.pipeline.errors import DecodeError
from heshu.schemas.transcript import Source
from tests.ingest_pages import SPEECH, page, read, speech

# 堃 and 镕 lie outside GB2312; all of it lies inside GBK.
SIMPLIFIED = speech() + "<p>沈堃、周文镕到会。</p>"
TRADITIONAL = (
    "<p>各位記者朋友，大家好。今年上半年，全市共安排重點項目320個，總投資4512.6億元，其中續建210個。</p>"
    "<p>這是我們的主要工作，時間過半，任務也過半，對於發展的問題，還要進一步實現新的目標，來自各個方面的意見都要聽。</p>"
)
ENCODINGS = {
    "utf-8": "utf-8",
    "gbk": "gbk",
    "gb18030": "gb18030",
    "big5": "big5",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
LABELS = {
    "none": "",
    "utf-8": '<meta charset="utf-8">',
    "gb2312": '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
    "gbk": "<META CHARSET=GBK>",
    "big5": '<meta charset="big5">',
    "latin": '<meta charset="iso-8859-1">',
    "shift_jis": '<meta charset="shift_jis">',
    "unknown": '<meta charset="x-nonsense">',
    "codec, no encoding": '<meta charset="rot13">',
    "in a comment": '<!-- <meta charset="big5"> -->',
    "late": "<style>" + "a{color:red}" * 600 + '</style><meta charset="gb2312">',
    "xml": "<?xml version='1.0' encoding='gb2312'?>",
}


def made(encoding: str, label: str) -> str:
    if encoding == "big5":
        return page(TRADITIONAL, head=LABELS[label], title="重點項目")
    return page(SIMPLIFIED, head=LABELS[label])


@pytest.mark.parametrize(("encoding", "label"), list(itertools.product(ENCODINGS, LABELS)))
def test_clean_bytes_come_out_whole_whatever_the_label_says(encoding: str, label: str) -> None:
    text = made(encoding, label)
    found = read(text.encode(ENCODINGS[encoding]))
    assert found.text == text
    assert (found.replaced, found.is_html, found.issues) == (0, True, ())


@pytest.mark.parametrize(("encoding", "label"), list(itertools.product(["utf-8", "gb18030", "big5"], LABELS)))
def test_one_bad_byte_costs_a_character_and_is_counted(encoding: str, label: str) -> None:
    text = made(encoding, label)
    data = text.encode(encoding)
    place = len(text[: text.index("。")].encode(encoding))
    found = read(data[:place] + b"\xff" + data[place:])
    assert found.replaced >= 1
    assert [issue.code for issue in found.issues] == ["replaced_characters"]
    lost = [piece for piece in text.split("。") if piece not in found.text]
    assert len(lost) <= 1


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
@pytest.mark.parametrize("cut", range(1, 4))
def test_a_cut_file_loses_only_its_end(encoding: str, cut: int) -> None:
    text = SIMPLIFIED.replace("<p>", "\n").replace("</p>", "\n").rstrip()
    found = read(text.encode(encoding)[:-cut])
    assert found.text[: len(text) - 3] == text[: len(text) - 3]


@pytest.mark.parametrize("mark", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_byte_order_mark_decides_and_is_not_text(mark: str) -> None:
    found = read(made("utf-8", "big5").encode(mark))
    assert found.reason == "bom"
    assert found.text.startswith("<!DOCTYPE")


@pytest.mark.parametrize(
    ("encoding", "label", "charset", "reason"),
    [
        ("utf-8", "gb2312", None, "utf-8"),
        ("gbk", "gb2312", None, "meta"),
        ("gbk", "none", None, "gb18030"),
        ("gbk", "none", "gb2312", "argument"),
        ("gbk", "latin", None, "gb18030"),
        ("big5", "big5", None, "meta"),
        ("big5", "none", None, "scored"),
        ("utf-16-le", "none", None, "nul"),
    ],
)
def test_the_reason_is_told(encoding: str, label: str, charset: str | None, reason: str) -> None:
    assert read(made(encoding, label).encode(encoding), charset=charset).reason == reason


@pytest.mark.parametrize("label", ["none", "hz", "gb2312"])
def test_hz_is_seen_in_plain_ascii(label: str) -> None:
    # HZ has no characters outside GB2312.
    text = page(speech(), head="" if label == "none" else f'<meta charset="{label}">')
    found = read(text.encode("hz"))
    assert found.encoding == "hz"
    assert "总投资4512.6亿元" in found.text


def test_ascii_with_a_tilde_and_a_brace_is_no_hz() -> None:
    assert read(b"<p>x = ~{aa~} and more text</p><p>y</p>").encoding == "utf-8"


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.4 ...",
        b"PK\x03\x04rest",
        b"\x89PNG\r\n\x1a\n",
        b"GIF89a",
        b"\xff\xd8\xff\xe0",
        b"\x1f\x8b\x08",
        b"\xd0\xcf\x11\xe0",
        bytes(range(256)) * 40,
    ],
)
def test_binary_data_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(DecodeError, match=r"^some\.bin: .+; .+"):
        decode.page(Source(name="some.bin", data=data))


def test_carriage_returns_become_line_feeds() -> None:
    assert read("甲\r\n乙\r丙\n丁").text == "甲\n乙\n丙\n丁"


def test_a_nul_inside_a_number_is_damage() -> None:
    found = read("完成投资1\x0024亿元，" * 5)
    assert "\0" not in found.text
    assert found.replaced == 5
    assert [issue.code for issue in found.issues] == ["replaced_characters"]


@pytest.mark.parametrize(
    ("text", "is_html"),
    [
        ("<!DOCTYPE html><p>x", True),
        ("<div>总投资</div>", True),
        ("<p>一</p><p>二</p>", True),
        ("总投资 < 100亿元，增速 > 5%", False),
        ("# 标题\n\n正文", False),
        ("", False),
    ],
)
def test_html_is_told_by_content(text: str, is_html: bool) -> None:
    assert read(text or " ").is_html is is_html


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("utf-8", "gb18030"), ("gb18030", "latin-1"), ("utf-8", "cp1252"), ("utf-8", "latin-1")],
)
def test_mojibake_is_flagged_and_left_as_it_is(right: str, wrong: str) -> None:
    spoiled = "".join(SPEECH).encode(right).decode(wrong, "ignore")
    found = read(spoiled)
    assert found.text == spoiled.replace("\r", "\n")
    assert "mojibake" in [issue.code for issue in found.issues]


@pytest.mark.parametrize(
    "text", ["".join(SPEECH), TRADITIONAL, "Café au lait, naïve façade, 100 €", "锛这个字很少见，但全文是正常的中文。"]
)
def test_sound_text_is_no_mojibake(text: str) -> None:
    assert read(text).issues == ()


@given(st.binary(min_size=1, max_size=400))
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_page_or_a_named_error(data: bytes) -> None:
    try:
        found = decode.page(Source(name="x", data=data))
    except DecodeError:
        return
    assert "\r" not in found.text
    assert "\0" not in found.text
    assert found.replaced >= 0
    for issue in found.issues:
        assert found.text[issue.start : issue.end] == issue.surface


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\r\0\ufeff"), min_size=1))
@settings(max_examples=200, deadline=None)
def test_utf8_comes_out_as_it_went_in(text: str) -> None:
    try:
        found = read(text)
    except DecodeError:
        assert sum(c < " " for c in text) > 0 or text.startswith(("%PDF", "GIF8", "PK", "{\\rtf"))
        return
    if found.encoding == "utf-8" and found.reason == "utf-8":
        assert found.text == text
