"""Lines inside the box of the body that are no transcript: the title again, dates and sources, share bars, related lists."""

from __future__ import annotations

import re

from .lines import Line

_LABELS = (
    "发布时间|发布日期|发稿时间|发文日期|成文日期|更新时间|最后更新|时间|日期|来源|信息来源|文章来源|本文来源|稿件来源|原标题|作者|编辑|责任编辑|责编|审核|初审|复审|终审|校对|"
    "供稿|摄影|浏览次数|浏览量|浏览|访问量|阅读量|阅读次数|阅读|点击数|点击率|点击|点击量|字号|字体|字体大小|视力保护色|分享到|分享|打印|"
    "文章录入|录入|发布人|发布者|发布机构|信息类别|索引号|文号|关键词|标签|声明"
)
_INFO = re.compile(rf"^[\[【(（]?(?:{_LABELS})\s*[\]】]?\s*[:：]")
_INFO_PART = re.compile(rf"(?:{_LABELS})\s*[:：]")
_BARE = re.compile(
    r"^(?:[\[【(（]?\s*(?:大|中|小|打印|打印本页|打印此页|关闭|关闭窗口|关闭本页|收藏|返回顶部|返回列表|返回|纠错|TOP|分享|分享到|"
    r"扫一扫在手机打开当前页|扫一扫|微信|微博|QQ空间|复制链接|无障碍|朗读|字体大小)\s*[\]】)）]?\s*[|｜]?\s*)+[:：]?$"
)
_DATED = re.compile(
    r"(?:19|20)\d\d[-年/.]\d{1,2}[-月/.]\d{1,2}日?\s{0,3}(?:\d{1,2}:\d\d(?::\d\d)?)?\s{0,3}(?:$|字|来源|作者|浏览|阅读|点击|[|｜])"
)
_AFTER = re.compile(
    r"^[\[【(（]?\s*(?:相关链接|相关新闻|相关阅读|相关报道|相关文章|相关信息|相关附件|延伸阅读|推荐阅读|热点推荐|附件下载|上一篇|下一篇|上一条|下一条|"
    r"责任编辑|责编|主办单位|承办单位|网站标识码|版权所有|网站地图|扫一扫|分享到|打印本页|关闭窗口|编辑|附件)\s*[\]】)）]?"
    r"(?=\s*(?:[:：\d一二三四五六七八九十、]|$))"
)
_FOOTER = re.compile(
    r"\W{0,4}(?:版权所有|版权声明|网站声明|免责声明|网站标识码|主办单位|主办|承办单位|技术支持|网站地图|联系我们|Copyright|©|[\u4e00-\u9fff]?ICP备|[\u4e00-\u9fff]{0,3}公网安备|备案号)",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"[\[【]?(?:地点|发布人|发布嘉宾|主持人|出席|嘉宾|参加人员|主题)\s{0,3}[\]】]?\s{0,3}[:：]")
_TIME = re.compile(r"[\[【]?(?:时间|日期)\s{0,3}[\]】]?\s{0,3}[:：]")
_SENTENCE = re.compile(r"[。！？；;!?]|[，,].*[，,]")
_LINKED = 0.6


def transcript_lines(lines: list[Line], title: str | None, *, by_density: bool = False) -> list[Line]:
    """The lines without what systems print around a speech. Nothing between two lines of the speech is touched but
    lists made of links."""
    lines = _without_link_lists(lines, lone=by_density)
    first = _start(lines, title)
    end = _end(lines, first)
    return lines[first : _before_footer(lines, first, end) if by_density else end]


def _before_footer(lines: list[Line], first: int, end: int) -> int:
    """Where the notice of rights and its site begin, in a box that no selector told apart from the foot of the page."""
    size = sum(len(line.text) for line in lines[first:end])
    left = 0
    for index in range(end - 1, first, -1):
        left += len(lines[index].text)
        if left > 0.25 * size + 100:
            break
        if _FOOTER.match(lines[index].text):
            end = index
    return end


def _start(lines: list[Line], title: str | None) -> int:
    """The first line of the speech: after the title, the line of date and source, and the buttons."""
    wanted = _plain(title) if title else ""
    first = 0
    for index, line in enumerate(lines[:8]):
        if _PROGRAMME.match(line.text) or (_TIME.match(line.text) and _programme_follows(lines, index)):
            break
        if index > first + 2 or _SENTENCE.search(line.text) or line.table >= 0:
            break
        if (wanted and _plain(line.text) == wanted) or _is_info(line.text):
            first = index + 1
    return first if first < len(lines) else 0


def _programme_follows(lines: list[Line], index: int) -> bool:
    """Whether the next lines tell place and people: then 时间 is that of the conference, and all of it belongs to it."""
    return any(_PROGRAMME.match(line.text) for line in lines[index + 1 : index + 4])


def _end(lines: list[Line], first: int) -> int:
    """One past the last line of the speech."""
    end = len(lines)
    for index in range(max(first, end - 40), end):
        rest = lines[index:]
        if _AFTER.match(rest[0].text) and not any(_is_prose(one) for one in rest):
            end = index
            break
    while end > first and (_is_info(lines[end - 1].text) or _BARE.match(lines[end - 1].text)):
        end -= 1
    return end


def _is_prose(line: Line) -> bool:
    """A line that belongs to a speech, wherever it stands."""
    return line.table >= 0 or len(line.text) >= 80 or (len(line.text) >= 25 and "。" in line.text)


def _is_info(text: str) -> bool:
    """Date, source and counter lines, and buttons."""
    if len(text) > 120 or "。" in text:
        return False
    if _BARE.match(text):
        return True
    inner = text.strip("()（）[]【】 \u3000")
    if _DATED.match(inner) and len(inner) < 60 and not _SENTENCE.search(inner):
        return True
    return bool(_INFO.match(inner)) and (len(inner) < 60 or len(_INFO_PART.findall(inner)) >= 2)


def _without_link_lists(lines: list[Line], *, lone: bool) -> list[Line]:
    """Two or more lines in a row that are nearly all link, or one under a heading such as 相关新闻, are a list."""
    if not any(line.linked for line in lines):
        return lines
    linked = [line.linked > _LINKED * len(line.text) and len(line.text) < 120 for line in lines]
    kept = []
    for index, line in enumerate(lines):
        before = index > 0 and linked[index - 1]
        after = index + 1 < len(lines) and linked[index + 1]
        heading = bool(_AFTER.match(line.text)) and after
        if heading or (linked[index] and (lone or before or after or (index and _AFTER.match(lines[index - 1].text)))):
            continue
        kept.append(line)
    return kept


def _plain(text: str) -> str:
    """Without white space."""
    return "".join(text.split())
