"""Errors that a user sees: each has a code, the source, the problem, and what to do."""

from __future__ import annotations


class HeshuError(Exception):
    """The base of all; ``str()`` is one line for a person."""

    code = "error"

    def __init__(self, source: str, problem: str, advice: str) -> None:
        super().__init__(f"{source}: {problem}; {advice}")
        self.source, self.problem, self.advice = source, problem, advice

    def __reduce__(self) -> tuple[type[HeshuError], tuple[str, str, str]]:
        """So that it arrives from another process as it was raised there."""
        return type(self), (self.source, self.problem, self.advice)


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


class ArchiveError(FetchError):
    """A web archive is cut or damaged at a known byte; its whole records are still read."""

    code = "warc_truncated"


class AddressError(FetchError):
    """An address that must not be visited: no web page, or a machine of an inner network."""

    code = "address_refused"


class RobotsError(FetchError):
    """The site asks robots not to read this page."""

    code = "robots_refused"


class WallError(FetchError):
    """The site shows a challenge instead of the page."""

    code = "bot_wall"


class IncompleteError(FetchError):
    """A page that did not arrive as a whole."""

    code = "incomplete_page"


class SlowError(LimitError):
    """A server that takes longer than the limits allow."""

    code = "time_limit"


class StatusError(FetchError):
    """A server that answers, but not with the page."""

    code = "http_status"


class SettingsError(HeshuError):
    """The user's own settings cannot be used."""

    code = "settings_error"
