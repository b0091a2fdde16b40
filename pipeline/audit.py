"""What we failed to read: digits that nobody claimed, units that are no units."""

from __future__ import annotations

import re
from bisect import bisect_right

from ..schemas.finding import Message
from ..schemas.issue import Issue
from ..schemas.reading import Claim, NameList, Reading
from ..schemas.transcript import View

_DIGITS = re.compile(r"\d[\d,.]*")


def issues(text: str, view: View, readings: list[Reading], claims: list[Claim], lists: list[NameList]) -> list[Issue]:
    """One ``unread_digits`` per run of digits of the view that is neither read nor claimed by name."""
    spans = sorted([(r.start, r.end) for r in readings] + [(c.start, c.end) for c in claims] + [x.head for x in lists])
    merged: list[list[int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1][1] = max(end, merged[-1][1])
        else:
            merged.append([start, end])
    starts = [s for s, _ in merged]
    found: list[Issue] = []
    for m in _DIGITS.finditer(view.text):
        i = bisect_right(starts, m.start()) - 1
        if i >= 0 and merged[i][1] > m.start():
            continue
        start, end = view.span(m.start(), m.end())
        surface = text[start:end]
        message = Message(f"没有读懂“{surface[:40]}”这几个数字。", f"The digits {surface[:40]} were not read.")
        found.append(Issue("unread_digits", start, end, surface, message))
    return found
