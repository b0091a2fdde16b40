"""Well-formed markup, as a parser writes it out, to lines of text: what a reader of the page sees, each thing once."""

from __future__ import annotations

import re
from html import unescape

import msgspec

from ._tables import Grid, Row, data_tables

_TAG = re.compile(r"<(/?[a-zA-Z][^\s<>/]*)([^<>]*)>")
_COMMENT = re.compile(r"<!--.*?-->|<[!?][^<>]*>", re.DOTALL)
_RAW = re.compile(r"<(script|style|iframe|noembed|noframes|xmp|plaintext)\b[^<>]*>.*?</\1\s*>", re.DOTALL)
_INLINE = re.compile(r"</?(?:span|font|o:p|u|em|i|small|big|label|img|wbr|st1:[a-z]+)(?:\s[^<>]*)?>")
_BLOCKS = frozenset(
    "p div br li ul ol tr td th table tbody thead tfoot caption h1 h2 h3 h4 h5 h6 section article header footer dl dt dd"
    " blockquote pre hr center form fieldset figure figcaption address main nav aside body html summary details".split()
)
_HIDDEN_TAGS = frozenset(
    "script style textarea template noscript head title select button svg object audio video iframe canvas map".split()
)
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_HIDDEN_STYLE = re.compile(
    r"(?i)display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px|pt|em)?\s*(?:[;!]|$)"
)
_STYLE = re.compile(r'\sstyle="([^"]*)"')
_NAMED = re.compile(r'\s(?:class|id)="([^"]*)"')
_QUOTED = re.compile(r'"[^"]*"')
_HIDDEN_ATTRIBUTE = re.compile(r"\shidden(?=[\s=]|$)")
_AROUND = frozenset(
    "share sharebox share-box share_box bdsharebuttonbox bshare-custom jiathis_style social-share article-share related"
    " relnews xgwd xgxw xgyd qr qrcode ewm erweima breadcrumb breadcrumbs crumbs toolbar pagination footer tools".split()
)
_SPACES = re.compile(r"[ \t\n\r\f]+")
_EDGE = " \t\n\r\f\v\u3000\xa0\u200b\u200c\u200d\u2060\ufeff"


class Line(msgspec.Struct):
    """One line; ``bold`` characters at its start are bold, ``linked`` characters of it are links.

    For a table row, ``cells`` holds (start, end, row, column) within the line, and ``table`` counts the tables.
    """

    text: str
    bold: int = 0
    linked: int = 0
    table: int = -1
    cells: tuple[tuple[int, int, int, int], ...] = ()


def lines(markup: str) -> list[Line]:
    """The visible lines of a serialised element. Time is linear in the markup."""
    if "<!" in markup or "<?" in markup:
        markup = _COMMENT.sub("", markup)
    if "<script" in markup or "<style" in markup or "<iframe" in markup or "<xmp" in markup:
        markup = _RAW.sub("", markup)
    if "hidden" not in markup and "display" not in markup and "font-size:0" not in markup.replace(" ", ""):
        markup = _INLINE.sub("", markup)
    pieces = _TAG.split(markup)
    return _Walk(pieces).run()


def collapse(text: str) -> str:
    """Source line breaks beside Chinese are no text; other white space of the source is one space."""
    if "\n" in text or "\t" in text or "  " in text or "\r" in text or "\f" in text:
        text = _SPACES.sub(_space, text)
    return text


def _space(found: re.Match[str]) -> str:
    """Nothing or one space for a run of white space."""
    run, text = found.group(), found.string
    if "\n" in run:
        before = text[found.start() - 1] if found.start() else " "
        after = text[found.end()] if found.end() < len(text) else " "
        if before > "\u2e80" or after > "\u2e80":
            return ""
    return " "


def _hidden(attributes: str) -> bool:
    """Whether the tag itself hides its element."""
    if "hidden" in attributes and _HIDDEN_ATTRIBUTE.search(_QUOTED.sub('""', attributes)):
        return True
    if "style" in attributes and (style := _STYLE.search(attributes)):
        return bool(_HIDDEN_STYLE.search(style.group(1)))
    return False


def _around(attributes: str) -> bool:
    """Share bars, related lists and the like, by the exact names that the systems give them."""
    return any(not _AROUND.isdisjoint(names.lower().split()) for names in _NAMED.findall(attributes))


class _Walk:
    """One pass over the pieces text, tag, attributes, text, …"""

    def __init__(self, pieces: list[str]) -> None:
        self.pieces = pieces
        self.lines: list[Line] = []
        self.parts: list[str] = []
        self.bold = self.link = self.pre = 0
        self.lead = self.linked = 0
        self.only_bold = True
        self.row: Row | None = None
        self.rows = Grid()
        self.table = -1
        self.open_tables: list[bool] = []
        self.data = data_tables(pieces)

    def run(self) -> list[Line]:
        """All lines."""
        pieces, index, size = self.pieces, 1, len(self.pieces)
        self.text(pieces[0])
        while index < size:
            tag = pieces[index].lower()
            if tag[0] != "/" and self.skipped(tag, pieces[index + 1]):
                index = self.after(index, tag)
            else:
                self.tag(tag, pieces[index + 1], index)
            if index + 2 < size and pieces[index + 2]:
                self.text(pieces[index + 2])
            index += 3
        self.end_row()
        self.flush()
        return self.lines

    def skipped(self, tag: str, attributes: str) -> bool:
        """Whether nothing of this element is transcript."""
        if tag in _VOID:
            return False
        return tag in _HIDDEN_TAGS or (bool(attributes) and (_hidden(attributes) or _around(attributes)))

    def after(self, index: int, tag: str) -> int:
        """The piece that closes the element opened at ``index``."""
        depth, closing = 1, "/" + tag
        while depth and index + 3 < len(self.pieces):
            index += 3
            name = self.pieces[index].lower()
            depth += (name == tag) - (name == closing)
        if tag in _BLOCKS:
            self.flush()
        return index

    def tag(self, tag: str, attributes: str, index: int) -> None:
        """Breaks, boldness, links and tables."""
        closing = tag[0] == "/"
        name = tag[1:] if closing else tag
        if name in ("b", "strong"):
            self.bold = max(0, self.bold + (-1 if closing else 1))
        elif name == "a":
            self.link = max(0, self.link - 1) if closing else self.link + 1
        elif name in _BLOCKS:
            if name == "pre":
                self.pre = max(0, self.pre + (-1 if closing else 1))
            if self.row is None or name in ("table", "tr"):
                self.flush()
            else:
                self.parts.append("\n")
            if name in ("table", "tr", "td", "th"):
                self.structure(name, attributes, closing, index)

    def structure(self, name: str, attributes: str, closing: bool, index: int) -> None:
        """Rows and cells of a table that holds data; in a table that only arranges the page a cell is a block."""
        if name == "table":
            self.end_row()
            if closing:
                if self.open_tables:
                    self.open_tables.pop()
            else:
                self.open_tables.append(index in self.data)
                if index in self.data:
                    self.table += 1
                    self.rows = Grid()
        elif self.open_tables and self.open_tables[-1]:
            if name == "tr":
                self.end_row()
                if not closing:
                    self.row = self.rows.start()
            elif self.row is not None:
                self.end_cell()
                if not closing:
                    self.row.open(attributes)

    def text(self, chunk: str) -> None:
        """Characters between two tags."""
        if not chunk:
            return
        if "&" in chunk:
            chunk = unescape(chunk)
        if self.pre and self.row is None and "\n" in chunk:
            for part in chunk.split("\n")[:-1]:
                self.add(part)
                self.flush()
            chunk = chunk.rpartition("\n")[2]
        self.add(chunk)

    def add(self, chunk: str) -> None:
        """One stretch of the current line."""
        self.parts.append(chunk)
        if self.link:
            self.linked += len(chunk.strip())
        if self.only_bold and (self.bold or not chunk.strip(_EDGE)):
            self.lead = len(self.parts)
        else:
            self.only_bold = False

    def flush(self) -> None:
        """End the line; an empty one is none."""
        if self.parts:
            text = collapse("".join(self.parts)).strip(_EDGE)
            if text:
                bold = len(collapse("".join(self.parts[: self.lead])).strip(_EDGE)) if self.lead else 0
                self.lines.append(Line(text, bold, self.linked))
            self.parts = []
        self.lead = self.linked = 0
        self.only_bold = True

    def end_cell(self) -> None:
        """Put what was read since the last cell border into the cell."""
        if self.row is not None:
            text = collapse("".join(self.parts)).replace("\t", " ").strip(_EDGE)
            self.row.put(text)
            self.parts = []
            self.lead = self.linked = 0
            self.only_bold = True

    def end_row(self) -> None:
        """A row is a line, its cells separated by tabs; a row of empty cells is none."""
        if self.row is None:
            return
        self.end_cell()
        text, cells = self.row.line()
        if text.strip():
            self.lines.append(Line(text, table=self.table, cells=cells))
        self.row = None
