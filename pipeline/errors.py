"""Errors that a user sees: each has a code, the source, the problem, and what to do."""

from __future__ import annotations


class HeshuError(Exception):
    """The base of all; ``str()`` is one line for a person."""

    code = "error"

    def __init__(self, source: str, problem: str, advice: str) -> None:
        super().__init__(f"{source}: {problem}; {advice}")
        self.source, self.problem, self.advice = source, problem, advice


class FetchError(HeshuError):
    """A source could not be read."""

    code = "fetch_error"


class DecodeError(HeshuError):
    """The bytes are not text."""

    code = "decode_error"


class LayoutError(HeshuError):
    """A page has no body."""

    code = "layout_error"


class LimitError(HeshuError):
    """A source is larger or slower than the limits allow."""

    code = "limit_error"


class SettingsError(HeshuError):
    """The user's own settings cannot be used."""

    code = "settings_error"
