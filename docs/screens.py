"""Takes ``docs/page-*.png``: what ``heshu serve`` shows of a bundled transcript, wide and narrow.

Run from the checkout as ``python docs/screens.py``; needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def taken() -> None:
    """At 1280 and at 360 pixels, of a page with slips in it."""
    from tests import browsing

    shots = (("page-1280", 1280, 800), ("page-360", 360, 720))
    with tempfile.TemporaryDirectory() as folder, browsing.served(Path(folder) / "review.json") as address, browsing.browser() as chromium:
        for name, width, height in shots:
            page = chromium.new_page(viewport={"width": width, "height": height})
            page.goto(address)
            page.set_input_files("#file", str(ROOT / "corpora" / "pages" / "hanweb" / "slip.html"))
            page.click(".intake button[type=submit]")
            page.wait_for_url("**/d/*")
            page.screenshot(path=str(ROOT / "docs" / f"{name}.png"))


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    taken()
