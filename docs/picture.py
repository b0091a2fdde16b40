"""Draws ``docs/report.svg``: what ``heshu check`` shows of the bundled transcript, as it is now.

Run from the checkout as ``python docs/picture.py``.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = "corpora/pages/trs/retold.html"


def drawn() -> str:
    """The picture of the terminal report in Chinese, 80 columns wide."""
    from rich.text import Text

    from heshu.pipeline import run
    from heshu.pipeline.export import picture, terminal
    from heshu.schemas.transcript import Source

    report = run.report(Source(PAGE, (ROOT / PAGE).read_bytes()))
    return picture.svg([Text(f"$ heshu check {PAGE}", "dim"), Text(), *terminal.lines(report, width=80)], width=80)


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    (ROOT / "docs" / "report.svg").write_text(drawn(), encoding="utf-8")
