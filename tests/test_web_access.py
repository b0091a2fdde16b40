"""The page for a keyboard, a screen reader, weak eyes and small windows.

The rules that matter most are checked here by hand on every run; axe-core (MPL, so no part of the project) is fetched
through npm by the slow test and finds nothing serious.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from heshu.pipeline import run
from heshu.pipeline.export import html as pages
from heshu.schemas.transcript import Source
from tests import browsing

_RULES = r"""() => {
  const out = [], seen = element => element.getClientRects().length && getComputedStyle(element).visibility !== 'hidden';
  const name = e => (e.getAttribute('aria-label') || e.innerText
    || e.alt || e.title || (e.labels && [...e.labels].map(l => l.innerText).join('')) || '').trim();
  if (document.querySelectorAll('h1').length !== 1) out.push('not one h1');
  let level = 0;
  for (const h of document.querySelectorAll('h1,h2,h3,h4')) {
    if (!seen(h)) continue;
    const now = Number(h.tagName[1]);
    if (now > level + 1) out.push(`heading ${h.innerText} jumps from ${level} to ${now}`);
    level = now;
  }
  for (const e of document.querySelectorAll('a[href],button,input:not([type=hidden]),textarea,select,summary'))
    if (seen(e) && !name(e)) out.push(`no name: ${e.outerHTML.slice(0, 90)}`);
  for (const e of document.querySelectorAll('img')) if (!e.alt) out.push('an image without words');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  if (new Set(ids).size !== ids.length) out.push('an id twice');
  for (const e of document.querySelectorAll('[aria-labelledby]'))
    if (!document.getElementById(e.getAttribute('aria-labelledby'))) out.push('a label that is not there');
  if (!document.documentElement.lang || !document.title || !document.querySelector('main')) out.push('no lang, title or main');
  if (document.documentElement.scrollWidth > innerWidth) out.push(`wider than the window: ${document.documentElement.scrollWidth}`);
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const paint = (under, colour) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = `rgb(${under})`; canvas.fillRect(0, 0, 1, 1);
    canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = rgb => {
    const [r, g, b] = rgb.map(v => (v /= 255, v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  let texts = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const e = walk.currentNode.parentElement;
    if (!walk.currentNode.data.trim() || !seen(e) || e.closest('.hidden,script,style,.skip')) continue;
    const chain = []; for (let p = e; p; p = p.parentElement) chain.unshift(p);
    const back = chain.reduce((under, p) => paint(under, getComputedStyle(p).backgroundColor), [255, 255, 255]);
    const style = getComputedStyle(e), ink = paint(back, style.color);
    const [a, b] = [light(ink), light(back)].sort((x, y) => y - x), ratio = (a + .05) / (b + .05);
    const large = parseFloat(style.fontSize) >= 24 || (parseFloat(style.fontSize) >= 18.66 && Number(style.fontWeight) >= 700);
    texts += 1;
    if (ratio < (large ? 3 : 4.5)) out.push(`contrast ${ratio.toFixed(2)}: ${walk.currentNode.data.trim().slice(0, 30)} in ${e.className || e.tagName}`);
  }
  return {out, texts};
}"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    with browsing.served(tmp_path_factory.mktemp("r") / "review.json") as address, browsing.browser() as chromium:
        yield address, chromium


def document(desk: tuple[str, Any], **more: Any) -> Any:
    """The page of one document."""
    return next(page for name, page in screens(desk, "zh", **more) if name == "document")


def screens(desk: tuple[str, Any], lang: str, **more: Any) -> Iterator[tuple[str, Any]]:
    """Every kind of page, one after the other in one window."""
    address, chromium = desk
    page = chromium.new_context(reduced_motion="reduce", **more).new_page()
    page.goto(f"{address}/?lang={lang}")
    page.fill("#address", "ftp://example.cn")
    page.set_input_files("#file", [str(browsing.SLIP), str(browsing.PAGE)])
    page.click(".intake button[type=submit]")
    page.wait_for_selector(".errors")
    yield "home", page
    page.click(".documents a.name >> nth=0")
    page.wait_for_url("**/d/*")
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    yield "document", page
    page.goto(f"{address}/d/none?lang={lang}")
    yield "message", page
    page.goto(f"{address}/series?lang={lang}")
    yield "series", page
    made = run.report(Source("slip.html", browsing.SLIP.read_bytes()))
    # A page of its own: the policy of the server would forbid the style that is inside the file.
    page.goto("about:blank")
    page.set_content(pages.page(made, "en" if lang == "en" else "zh").decode())
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    yield "file", page


SCREENS = [("zh", "light", 1280), ("en", "dark", 320)]
MORE_SCREENS = [("zh", "dark", 320), ("en", "light", 320), ("en", "dark", 1280), ("zh", "light", 768)]


@browsing.needs_chromium
@pytest.mark.parametrize(
    ("lang", "scheme", "width"), [*SCREENS, *(pytest.param(*screen, marks=pytest.mark.slow) for screen in MORE_SCREENS)]
)
def test_names_headings_contrast_and_width(desk: tuple[str, Any], lang: str, scheme: str, width: int) -> None:
    seen = {}
    for name, page in screens(desk, lang, color_scheme=scheme, viewport={"width": width, "height": 800}):
        found = page.evaluate(_RULES)
        assert found["out"] == [], name
        seen[name] = found["texts"]
    assert seen["document"] > 100
    assert min(seen.values()) >= 3


@browsing.needs_chromium
def test_the_rules_find_what_is_amiss(desk: tuple[str, Any]) -> None:
    page = desk[1].new_page()
    page.set_content("<h1>a</h1><h3 style='color:#aaa'>b</h3><button></button><img src='data:,'><i id=x></i><i id=x></i>")
    assert len(page.evaluate(_RULES)["out"]) == 6


@browsing.needs_chromium
def test_a_keyboard_is_enough_and_paper_shows_every_card(desk: tuple[str, Any]) -> None:
    page = document(desk, viewport={"width": 1280, "height": 800})
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    inside = "!!document.activeElement.closest('.findings') && getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(inside) == "solid"
    page.keyboard.press("Enter")
    expect(page.locator(".fig:target")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.locator(".actions:visible, .bar:visible")).to_have_count(0)
    assert page.locator(".findings").evaluate("e => getComputedStyle(e).position") == "static"
    assert page.locator(".card").count() == page.locator(".card:visible").count()
    page.emulate_media(media="screen", forced_colors="active")
    assert page.locator(".fig.disagrees .mark").first.inner_text() == "✖"
    assert page.locator(".card").first.evaluate("e => getComputedStyle(e).borderStyle") == "solid"


@browsing.needs_chromium
@pytest.mark.slow
def test_axe_finds_nothing_serious(desk: tuple[str, Any], tmp_path: Path) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("npm is not installed, and axe-core comes through it")
    got = subprocess.run([npm, "pack", "axe-core@4.11.0"], cwd=tmp_path, capture_output=True, text=True, check=False)
    archives = list(tmp_path.glob("*.tgz"))
    if not archives:
        pytest.skip(f"axe-core could not be had: {got.stderr.strip()[-100:]}")
    with tarfile.open(archives[0]) as archive:
        member = archive.extractfile("package/axe.min.js")
        assert member is not None
        axe = member.read().decode()
    passed = 0
    for lang, scheme, width in (("zh", "light", 1280), ("en", "dark", 360)):
        for name, page in screens(desk, lang, color_scheme=scheme, viewport={"width": width, "height": 800}, bypass_csp=True):
            page.evaluate(axe)
            found = page.evaluate("axe.run()")
            bad = [(v["id"], v["nodes"][0]["html"]) for v in found["violations"] if v["impact"] in ("serious", "critical", "moderate")]
            assert bad == [], f"{name}: {json.dumps(bad, ensure_ascii=False)}"
            passed += len(found["passes"])
    assert passed > 100
