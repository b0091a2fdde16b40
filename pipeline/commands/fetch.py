"""``heshu fetch``: a polite crawl into a web archive."""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import HeshuError
from ._call import FINE, UNUSABLE, Commands, command, complain
from ._network import needed, network, state

if TYPE_CHECKING:
    from ..export.warc import Archive
    from ..fetch.crawl import Plan, Visitor

_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def add(commands: Commands) -> None:
    """Declares the command."""
    fetch = command(commands, "fetch", run, "a polite crawl into a web archive; a second run goes on where it stopped")
    fetch.add_argument("url", nargs="+", metavar="URL", help="page, or with --follow a page that lists pages")
    fetch.add_argument("--out", metavar="FILE", required=True, help="the archive, FILE.warc.gz or FILE.warc")
    fetch.add_argument("--follow", action="store_true", help="read the lists and fetch the articles they name")
    fetch.add_argument("--since", metavar="DATE", type=_date, help="with --follow: no article older than YYYY-MM-DD")
    fetch.add_argument("--match", metavar="WORDS", help="with --follow: only links whose title has these words, 新闻发布会")
    fetch.add_argument("--limit", metavar="N", type=_count, help="at most N pages in this run")
    network(fetch)


def run(options: argparse.Namespace) -> int:
    """Runs it; returns the exit code."""
    needed("fetch")
    from ..export.warc import Archive
    from ..fetch import crawl

    if not options.out.endswith((".warc", ".warc.gz")):
        raise HeshuError(options.out, "no name of a web archive", "end it with .warc.gz")
    if not options.follow and (options.since or options.match):
        raise HeshuError("fetch", "--since and --match choose among links", "add --follow")
    named = crawl.hosts_of(options.url)
    archive = Archive(Path(options.out), crawl.identity)
    there = len(archive.done)
    visitor = crawl.Visitor(
        named, state=state(options, options.out), allow_private=options.allow_private, gap=options.delay
    )
    try:
        code = _through(visitor, archive, options, _plan(options))
        kept = archive.finish()
    finally:
        archive.close()
        visitor.close()
    more = f", {there} address{'es' * (there > 1)} there before" if there else ""
    print(f"{archive.written} page{'s' * (archive.written != 1)}{more}: {options.out}" if kept else "no page")
    return code


def _plan(options: argparse.Namespace) -> Plan:
    from .. import decode, links
    from ..fetch.crawl import Plan

    find = (lambda source, address: links.found(decode.page(source).text, address)) if options.follow else None
    return Plan(find, options.since, options.match, options.limit)


def _through(visitor: Visitor, archive: Archive, options: argparse.Namespace, plan: Plan) -> int:
    """Every page into the archive as it comes."""
    from ..fetch import crawl

    code = FINE
    for item in crawl.pages(visitor, options.url, plan, archive.done):
        if isinstance(item, HeshuError):
            complain(str(item))
            code = UNUSABLE
            continue
        archive.write(item)
        print(f"{item.source.name}  {len(item.source.data)} bytes")
        sys.stdout.flush()
    return code


def _date(text: str) -> str:
    if not _DATE.fullmatch(text):
        raise argparse.ArgumentTypeError("a date looks like 2024-05-01")
    return text


def _count(text: str) -> int:
    if not text.isdigit() or int(text) == 0:
        raise argparse.ArgumentTypeError("a number of pages")
    return int(text)
