"""Title, issuer and region: what stands at the head of a document."""

from __future__ import annotations

import re
from html import unescape

from ..schemas.document import Region
from ..schemas.transcript import Told
from . import regions
from .html import Tree
from .lines import lines

_SITE_PART = re.compile(r"\s{0,9}[_|｜]{1,9}\s{0,9}|\s{1,9}[-–—]{1,9}\s{0,9}|[-–—]{1,9}\s{1,9}|—{1,2}(?=[^—]{2,20}$)")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_ORGANISATION = r"(?:委员会|办公室|人民政府|人民法院|人民检察院|管理局|总局|统计局|委|局|厅|部|署|办|院|政府|中心|集团|银行|海关|调查总队)"
_ENDS_AS_OFFICE = re.compile(_ORGANISATION + "$")
_SPEAKS_FOR = re.compile(
    rf"代表(?P<office>[^，。；、！,;!\s：:向对]{{2,30}}?{_ORGANISATION})(?=[，,、！!。向对和\s]|党组|就)"
)
_LEADING_DATE = re.compile(r"^\d{4}年(?:\d{1,2}月)?(?:\d{1,2}日)?")
_HOLDS = re.compile(
    r"[^，。：:]{2,20}?(?:委员会|人民政府|统计局|发改委|局|厅|外交部|新闻办)(?=举行|召开|发布|举办|新闻|发言人)"
)
_PRESS_OFFICE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<place>[\u4e00-\u9fff]{1,8}?[省市州县区旗盟])(?:人民)?政府新闻办(?:公室)?(?=举行|召开|举办)"
)
_OPENS = re.compile(
    rf"(?:^|[\n，。])[ \u3000]{{0,4}}(?:\d{{4}}年)?(?:\d{{1,2}}月\d{{1,2}}日)?[上下]?午?[，,]?(?P<office>[\u4e00-\u9fff]{{2,20}}?{_ORGANISATION})"
    r"(?:于|今天)?(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?[^，。\n]{0,10}(?:举行|召开|举办)[^，。\n]{0,24}(?:发布会|通气会|吹风会|记者会|见面会)"
)
_UNKNOWN_PLACE = re.compile(r"^(?!我|全|本)[\u4e00-\u9fff]{2,5}?(?:省|自治区|市|自治州|县|区)(?=[\u4e00-\u9fff]{2})")
_SITE_NAME_END = re.compile(r"(?:门户网站|政务网站|官方网站|政府网站|网站|信息网|政务网|官网|网)$")
_RELATIVE = re.compile(r"^(?:全?(?P<level>自治区|省|市|州|县|区))(?=人民政府|政府|委|[\u4e00-\u9fff]*(?:局|厅|办))")
_SENTENCE_END = re.compile(r"[。！；!;]$|[。！；]")
_KIND = re.compile(
    r"报告|发布会|通气会|实录|记者会|吹风会|见面会|讲话|答记者问|公报|通报|运行情况|推进情况|进展情况|新闻联播"
)
_LABELLED = re.compile(r"^(?:来源|发布时间|时间|日期|访问量|分享|作者|编辑|当前位置|您的位置|首页)[:：>]?")


def of_page(tree: Tree, metas: dict[str, str]) -> str | None:
    """The title: meta tag, a heading that the title tag repeats, the title tag without the site's name."""
    for name in ("articletitle", "og:title"):
        if title := _clean(metas.get(name, "")):
            return title
    tags = [_clean(_text_of(element.markup)) for element in tree.select("title")[:1]]
    whole = tags[0][:400] if tags else ""
    for element in tree.select("h1")[:4]:
        found = _clean(" ".join(line.text for line in lines(element.markup)))
        if len(_CHINESE.findall(found)) >= 4 and (not whole or _squeezed(found)[:12] in _squeezed(whole)):
            return found
    parts = [part for part in _SITE_PART.split(whole) if part]
    for part in parts:
        if len(_CHINESE.findall(part)) >= 4:
            return part
    return whole or None


def of_text(texts: list[str]) -> str | None:
    """The first headline among the first lines of a plain text: long enough, and no sentence."""
    first = [clean for text in texts[:60] if (clean := text.strip("#* \t\u3000\xa0\ufeff"))][:25]
    long = next((index for index, text in enumerate(first) if len(text) > 200), len(first))
    lines = [text for text in first[:long] if _may_head(text)]
    for wanted in (lambda text: _KIND.search(text), lambda text: len(_CHINESE.findall(text)) >= 9, lambda text: True):
        for text in lines:
            if wanted(text):
                return text
    return first[0][:80] if first else None


def _may_head(text: str) -> bool:
    """Short, no sentence, no label of a field."""
    return (
        len(text) <= 80
        and len(_CHINESE.findall(text)) >= 4
        and text[0] not in "—―-–(（[【>"
        and text[-1] not in ":：，,；;"
        and not _SENTENCE_END.search(text)
        and not _LABELLED.match(text)
    )


def issuer(metas: dict[str, str], title: str, text: str) -> Told | None:
    """Who held the conference: the site when it is an office's own, whom the opening speaks for, the source, the site."""
    site = metas.get("sitename", "").strip()
    general = site.endswith("政府")
    if site and _ENDS_AS_OFFICE.search(site) and not general:
        return Told("issuer", "site", site, site)
    if match := _SPEAKS_FOR.search(text[:20000]):
        return Told("issuer", "speaks_for", match["office"], match.group())
    if match := _PRESS_OFFICE.search(f"{title}\n{text[:600]}"):
        return Told("issuer", "press_office", f"{match['place']}人民政府新闻办公室", match.group())
    if general:
        return Told("issuer", "site", site, site)
    for name in ("contentsource", "source"):
        found = metas.get(name, "").strip()
        if found and _ENDS_AS_OFFICE.search(found):
            return Told("issuer", "source", found, found)
    if site and (short := _SITE_NAME_END.sub("", site)) and _ENDS_AS_OFFICE.search(short):
        return Told("issuer", "site", short, site)
    if match := _HOLDS.match(_LEADING_DATE.sub("", title)):
        return Told("issuer", "title", match.group(), match.group())
    if match := _OPENS.search(text[:600]):
        return Told("issuer", "opening", match["office"], match.group())
    # The author is mostly the web desk: better than nothing, no better than the title.
    author = metas.get("author", "").strip()
    found = site or (author if _ENDS_AS_OFFICE.search(author) else "")
    return Told("issuer", "site" if site else "author", found, found) if found else None


def region(metas: dict[str, str], issuer_name: str, title: str, text: str) -> tuple[Region | None, str, str]:
    """The division that 全市 and 我省 mean, where that was read, and the words: site code, issuer, title, opening, the place
    that the text names most often."""
    code = metas.get("siteidcode") or ""
    if found := regions.by_code(code):
        return found, "site_code", code
    for why, words in (("issuer", issuer_name), ("title", title)):
        if found := regions.in_text(words):
            return found, why, words
        if words and regions.of_nation(words):
            return regions.NATION, why, words
    if match := _UNKNOWN_PLACE.match(issuer_name):
        return Region(name=match.group(), code=None), "issuer", issuer_name
    found = regions.most_named(text[:6000])
    return found, "most_named", found.name if found else ""


def with_region(name: str | None, place: Region | None) -> str | None:
    """省人民政府 as 江西省人民政府 where the region is known."""
    if name is None or place is None or place.code is None or not _RELATIVE.match(name):
        return name
    level = _RELATIVE.match(name)
    word = level["level"] if level else ""
    return place.name + name[len(word) :] if place.name.endswith(word) else name


def _text_of(markup: str) -> str:
    """The text of an element that holds no other."""
    return unescape(re.sub(r"<[^<>]*>", "", markup))


def _clean(text: str) -> str:
    """On one line, without odd spaces."""
    return " ".join(text.replace("\u200b", "").replace("\ufeff", "").split())


def _squeezed(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
