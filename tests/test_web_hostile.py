"""Hostile words in every place that is shown: none may run, not even in a browser that is told to ignore the policy."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import pytest

from heshu.pipeline import run
from heshu.pipeline.export import html as pages
from heshu.schemas.transcript import Source
from tests import browsing
from tests.payloads import payloads

_HIT = "top.hits = top.hits || []; window.hit = n => { top.hits.push(Number(n)); };"
_FIGURES = "全年开工项目200个，其中新建项目150个，续建项目60个。"
_AT_ONCE = 30


@pytest.fixture(scope="module")
def window(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Any]]:
    with browsing.served(tmp_path_factory.mktemp("r") / "review.json") as address, browsing.browser() as chromium:
        context = chromium.new_context(bypass_csp=True)
        context.add_init_script(_HIT)
        page = context.new_page()
        page.on("dialog", lambda dialog: dialog.dismiss())
        yield address, page


def ran(page: Any) -> set[int]:
    page.wait_for_timeout(80)
    return set(page.evaluate("top.hits || []"))


def executed_raw(page: Any, address: str, batch: list[tuple[int, str]]) -> set[int]:
    """The control: the same words as the source of small documents of their own."""
    page.goto(f"{address}/health")
    frames = "".join(f'<iframe srcdoc="{html.escape(f"<!DOCTYPE html><body>{words}")}"></iframe>' for _, words in batch)
    page.set_content(frames)
    page.wait_for_timeout(300)
    return ran(page)


def document(batch: list[tuple[int, str]], raw: bool) -> str:
    """A page that says the words in its title, its speakers, its body and its tables; raw, it also has them as markup."""
    said = [html.escape(words) for _, words in batch]
    turns = "".join(f"<p>{words[:18]}：{_FIGURES}{words}增长25%，{words}</p><p>{words}</p>" for words in said)
    cells = "".join(f"<tr><td>{words}</td><td>{n + 10}个</td></tr>" for n, words in enumerate(said))
    markup = "".join(words for _, words in batch) if raw else ""
    return (
        f"<html><head><title>{said[0]}</title><meta name='ContentSource' content=\"{said[-1]}\"></head><body><h1>{said[0]}</h1>"
        f"<div id='zoom'><p>{said[0][:12]}：{_FIGURES}</p>{turns}<table>{cells}</table>{markup}</div></body></html>"
    )


def shown(address: str, page: Any, batch: list[tuple[int, str]]) -> set[int]:
    """What ran of the words in document, list, search, file name, address and error line, and in the file that is exported."""
    hits = set[int]()
    words = [w for _, w in batch]
    for raw in (False, True):
        page.goto(address)
        page.fill("#text", document(batch, raw))
        page.click(".intake button[type=submit]")
        page.wait_for_selector(".transcript, .errors")
        hits |= ran(page)
        made = run.report(Source(words[0], document(batch, raw).encode()))
        page.set_content(pages.page(made, "en", {f.id: "false_alarm" for f in made.findings}).decode())
        hits |= ran(page)
    page.goto(f"{address}/?lang=en")
    page.set_input_files("#file", [{"name": w, "mimeType": "text/html", "buffer": b""} for w in words])
    page.fill("#address", " ".join(w.replace(" ", "/") for w in words))
    page.click(".intake button[type=submit]")
    page.wait_for_selector(".errors")
    hits |= ran(page)
    page.goto(address)
    page.fill("#q", words[0])
    page.press("#q", "Enter")
    page.wait_for_url("**q=*")
    hits |= ran(page)
    intruders = "[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"
    assert page.evaluate(intruders) == 0
    return hits


def held(window: tuple[str, Any], count: int) -> None:
    address, page = window
    numbered = list(enumerate(payloads(count)))
    assert len({words for _, words in numbered}) == count
    control, hits = set[int](), set[int]()
    for start in range(0, count, _AT_ONCE):
        batch = numbered[start : start + _AT_ONCE]
        control |= executed_raw(page, address, batch)
        hits |= shown(address, page, batch)
    assert len(control) >= 0.7 * count, f"the control ran only {len(control)} of {count}"
    assert hits == set()


@browsing.needs_chromium
def test_none_of_60_payloads_runs(window: tuple[str, Any]) -> None:
    held(window, 60)


@browsing.needs_chromium
@pytest.mark.slow
def test_none_of_1000_payloads_runs(window: tuple[str, Any]) -> None:
    held(window, 1000)


@browsing.needs_chromium
def test_the_policy_alone_would_hold_too(window: tuple[str, Any]) -> None:
    """Markup put into the page by hand, as if escaping had failed: the policy of the answer stops it."""
    address, other = window
    chromium = other.context.browser
    page, bare = chromium.new_page(), chromium.new_page()
    for one in (page, bare):
        one.add_init_script(_HIT)
    put = "all => all.forEach(w => { const d = document.createElement('div'); d.innerHTML = w; document.body.append(d); })"
    page.goto(address)
    bare.goto("data:text/html,<p>a</p>")
    for one in (page, bare):
        one.evaluate(put, payloads(60))
    assert ran(page) == set()
    assert len(ran(bare)) > 20
