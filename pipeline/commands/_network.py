"""What the commands that visit sites share: their options, their register, and the parts they need."""

from __future__ import annotations

import argparse
import math
from importlib.util import find_spec
from pathlib import Path

from ..errors import HeshuError
from ._call import Parser

_PARTS = ("httpx2", "hishel", "protego", "tenacity", "w3lib", "warcio")


def needed(command: str) -> None:
    """Raises HeshuError where the parts for the web are not installed."""
    if missing := [part for part in _PARTS if find_spec(part) is None]:
        raise HeshuError(command, f"parts are not installed ({', '.join(missing)})", "pip install 'heshu[fetch]'")


def network(parser: Parser) -> None:
    """The options of everything that visits sites."""
    parser.add_argument("--state", metavar="DIR", help="where it is remembered when each site was asked")
    parser.add_argument("--delay", metavar="SECONDS", type=_seconds, default=2.0, help="pause per site, 2 or more")
    parser.add_argument(
        "--allow-private", metavar="HOST", action="append", default=[], help="a host of your own network that may be read"
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds < 86400:
        raise argparse.ArgumentTypeError("a number of seconds")
    return seconds


def state(options: argparse.Namespace, beside: str) -> Path:
    """The folder of the register, made where it is missing."""
    folder = Path(options.state or f"{beside}.state")
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise HeshuError(str(folder), f"cannot be made ({error.strerror})", "name another folder with --state") from None
    return folder
