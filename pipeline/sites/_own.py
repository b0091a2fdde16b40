"""The user's own sites.toml: families added, or said anew.

Looked for at ``HESHU_SITES``, then in the current folder, then in the folder for settings; the first that exists counts.
"""

from __future__ import annotations

import functools
import os
import re
import sys
import tomllib
from pathlib import Path
from typing import Any

from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from ..errors import SettingsError
from ._site import Layout, Site

VARIABLE = "HESHU_SITES"
_FIELDS = {"hosts", "marks", "body", "history", "addresses"}
_ADVICE = "correct it or take it away; the README shows an example"


def place() -> Path | None:
    """The file that counts; None where there is none. Raises SettingsError where HESHU_SITES names none."""
    if named := os.environ.get(VARIABLE):
        if not Path(named).is_file():
            raise SettingsError(named, f"there is no such file, but {VARIABLE} or --sites names it", "correct the name")
        return Path(named)
    return next((path for path in (Path("sites.toml"), _settings() / "sites.toml") if path.is_file()), None)


def _settings() -> Path:
    """Where this platform keeps settings."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / "heshu"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / "heshu"
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "heshu"


def sites() -> tuple[Site, ...]:
    """The families of the user's file, none without one. Raises SettingsError on bad content."""
    path = place()
    return _read(str(path), path.stat().st_mtime_ns) if path is not None else ()


@functools.lru_cache(maxsize=8)
def _read(name: str, changed: int) -> tuple[Site, ...]:
    """Read again only when the file has changed."""
    try:
        with Path(name).open("rb") as file:
            table = tomllib.load(file)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(name, f"this is not TOML ({error})", _ADVICE) from None
    except OSError as error:
        raise SettingsError(name, f"it cannot be read ({error.strerror})", "look at its permissions") from None
    if set(table) - {"sites"} or not isinstance(table.get("sites", {}), dict):
        odd = next(iter(set(table) - {"sites"}), "sites")
        raise SettingsError(name, f"“{odd}” is not a table [sites.NAME]", _ADVICE)
    return tuple(_site(name, family, entry) for family, entry in table.get("sites", {}).items())


def _site(name: str, family: str, entry: Any) -> Site:
    """One table [sites.NAME]."""
    where = f"[sites.{family}]"
    if not isinstance(entry, dict) or (odd := sorted(set(entry) - _FIELDS)):
        said = f"does not know “{odd[0]}”" if isinstance(entry, dict) else "is not a table"
        raise SettingsError(name, f"{where} {said}; it knows {', '.join(sorted(_FIELDS))}", _ADVICE)
    layouts = entry.get("history", [])
    if not isinstance(layouts, list) or not all(isinstance(one, dict) and set(one) <= {"since", "body"} for one in layouts):
        raise SettingsError(name, f"{where} history is not a list of tables with since and body", _ADVICE)
    history = [Layout(str(one.get("since", "")), _selectors(name, where, one.get("body"))) for one in layouts]
    if "body" in entry or not history:
        history.insert(0, Layout("", _selectors(name, where, entry.get("body"))))
    hosts, marks = _words(name, where, "hosts", entry), _words(name, where, "marks", entry)
    addresses = _patterns(name, where, entry)
    if not (hosts or marks or addresses):
        raise SettingsError(name, f"{where} has neither hosts nor marks nor addresses, so no page would be of it", _ADVICE)
    return Site(family, tuple(host.lower() for host in hosts), marks, tuple(history), addresses, own=True)


def _words(name: str, where: str, field: str, entry: dict[str, Any]) -> tuple[str, ...]:
    """A list of words."""
    found = entry.get(field, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise SettingsError(name, f"{where} {field} is not a list of words", _ADVICE)
    return tuple(found)


def _patterns(name: str, where: str, entry: dict[str, Any]) -> tuple[str, ...]:
    """Patterns of the paths of addresses."""
    found = _words(name, where, "addresses", entry)
    for pattern in found:
        try:
            re.compile(pattern)
        except re.error as error:
            raise SettingsError(name, f"{where} “{pattern}” is not a regular expression ({error})", _ADVICE) from None
    return found


def _selectors(name: str, where: str, found: Any) -> tuple[str, ...]:
    """The CSS selectors of a layout, tried once so that a slip of the pen is told by its name."""
    if not isinstance(found, list) or not found or not all(isinstance(one, str) for one in found):
        raise SettingsError(name, f"{where} body is not a list of CSS selectors", _ADVICE)
    page = LexborHTMLParser("<p></p>")
    for selector in found:
        try:
            page.css(selector)
        except SelectolaxError:
            raise SettingsError(name, f"{where} “{selector}” is not a CSS selector", _ADVICE) from None
    return tuple(found)
