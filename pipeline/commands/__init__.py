"""Rooms, one command of ``heshu`` each. Every module here without a leading underscore is one.

A room is named for its command and defines ``add(commands)``, which declares the options and names the function that
runs it: ``run(options) -> exit code``. Nothing heavy is imported before that function is called.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable

__all__ = ["rooms"]


def rooms() -> tuple[Callable[..., None], ...]:
    """The ``add`` of every command, by the name of its module."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_"))
    return tuple(importlib.import_module(f"{__name__}.{name}").add for name in names)
