"""A running page and a browser without a network, for the tests that look at what a person sees."""

from __future__ import annotations

import contextlib
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "corpora" / "pages" / "trs" / "retold.html"
SLIP = ROOT / "corpora" / "pages" / "hanweb" / "slip.html"
CHROMIUM = shutil.which("chromium")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (.ci/run installs it)")


@contextlib.contextmanager
def browser() -> Iterator[Any]:
    """The system's Chromium; every name but this machine's is unknown to it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        try:
            yield chromium
        finally:
            chromium.close()


@contextlib.contextmanager
def served(review: Path, **more: Any) -> Iterator[str]:
    """The address of a running page, without the slash at its end."""
    from heshu.pipeline.web import app, serve

    found: list[str] = []
    server = serve.server(app.create(review=review, **{"workers": 1, **more}), port=0, ready=found.append)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not found and thread.is_alive() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert found, "the page did not start"
    try:
        yield found[0].rstrip("/")
    finally:
        server.should_exit = True
        thread.join(10)


def token(address: str) -> str:
    """The secret of the forms of a running page."""
    import re
    import urllib.request

    with urllib.request.urlopen(f"{address}/") as answer:
        found = re.search(r'name="token" value="([^"]+)"', answer.read().decode())
    assert found
    return found[1]
