"""Lines of a terminal as an SVG that fetches nothing: every run of one style is fitted to its columns.

A Chinese character takes two columns whatever font the reader has, so that the picture keeps its right margin.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from rich.cells import cell_len
from rich.console import Console
from rich.style import Style
from rich.text import Text

COLUMN, LINE, SIZE, EDGE = 8.4, 21, 14, 14
_INK = {
    "red": "#b3261e",
    "yellow": "#8a5a00",
    "cyan": "#006a7a",
    "blue": "#1f4fa3",
    "green": "#2e6b1f",
    "magenta": "#8b2f8b",
}
_FONTS = "'Noto Sans Mono CJK SC','Sarasa Mono SC','WenQuanYi Micro Hei Mono','DejaVu Sans Mono',monospace"


def svg(lines: Sequence[Text], *, width: int = 80) -> str:
    """The lines as a picture of ``width`` columns; contrast is at least 4.5 to 1."""
    console = Console(width=width, force_terminal=False)
    across, down = round(width * COLUMN + 2 * EDGE), len(lines) * LINE + 2 * EDGE
    rows = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {across} {down}" width="{across}" height="{down}">',
        f'<rect width="{across}" height="{down}" rx="8" fill="#fbfaf6"/>',
        f'<g font-family="{_FONTS}" font-size="{SIZE}" fill="#1d1d1b" xml:space="preserve">',
    ]
    for number, line in enumerate(lines):
        column = 0
        for segment in line.render(console):
            size = cell_len(segment.text)
            if segment.text.strip():
                rows.append(_run(segment.text, segment.style or Style(), column, number))
            column += size
    return "\n".join([*rows, "</g>", "</svg>"]) + "\n"


def _run(text: str, style: Style, column: int, line: int) -> str:
    lead = cell_len(text) - cell_len(text.lstrip())
    text, column, size = text.strip(), column + lead, cell_len(text.strip())
    x, y = EDGE + column * COLUMN, EDGE + line * LINE + SIZE
    marks = ""
    if style.color is not None:
        marks += f' fill="{_INK.get(style.color.name, "#1d1d1b")}"'
    elif style.dim:
        marks += ' fill="#5f5e5a"'
    if style.bold:
        marks += ' font-weight="bold"'
    if style.underline:
        marks += ' text-decoration="underline"'
    fit = f'textLength="{size * COLUMN:g}" lengthAdjust="spacingAndGlyphs"'
    return f'<text x="{x:g}" y="{y}" {fit}{marks}>{escape(text)}</text>'
