"""Pages made for the tests of reading: a speech of our own, and the page around it."""

from __future__ import annotations

from heshu.pipeline import decode, parse
from heshu.schemas.transcript import Page, Source, Transcript

TITLE = "重点项目新闻发布会_某市人民政府"
SPEECH = (
    "各位记者朋友，大家好。今年上半年，全市共安排重点项目320个，其中续建210个，新开工110个，总投资4512.6亿元。",
    "截至6月底，完成投资389.7亿元，占年度计划的52.3%，比时间进度快2.3个百分点。",
    "下一步，我们将围绕全年目标，加快推进项目建设，确保按时完成各项任务，谢谢大家。",
)


def read(data: bytes | str, name: str = "page.html", charset: str | None = None) -> Page:
    """The page of some bytes or text."""
    raw = data.encode() if isinstance(data, str) else data
    return decode.page(Source(name=name, data=raw, charset=charset))


def transcript(data: bytes | str, name: str = "page.html") -> Transcript:
    """The transcript of some bytes or text."""
    return parse.transcript(read(data, name))


def page(body: str, head: str = "", around: str = "", container: str = 'div id="zoom"', title: str = TITLE) -> str:
    """A whole page with ``body`` in its container."""
    tag = container.split()[0]
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>"
        f'<div class="nav"><a href="/">首</a><a href="/b/">公告</a></div>'
        f"<{container}>{body}</{tag}>{around}<div class='footer'>Tel 010-12345678</div></body></html>"
    )


def speech() -> str:
    """The speech as paragraphs."""
    return "".join(f"<p>{line}</p>" for line in SPEECH)


def text_of(body: str) -> str:
    """The transcript text of a page with the speech and ``body`` after it, without the speech."""
    text = transcript(page(speech() + body)).document.text
    start = "\n".join(SPEECH)
    if not text.startswith(start):
        raise AssertionError(text)
    return text[len(start) :].strip("\n")
