"""What we did not understand goes before what we found: findings on figures that touch an open issue cannot tell."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..schemas.finding import Finding
from ..schemas.issue import Issue
from .remarks import noted

if TYPE_CHECKING:
    from .relate.ledger import Ledger

# Issues that leave open which figure is printed; a % for 百分点 or a missing speaker does not.
OPEN = ("unread_digits", "unknown_unit", "ambiguous_figure", "mojibake", "replaced_characters")


def settled(ledger: Ledger, findings: tuple[Finding, ...], issues: Iterable[Issue]) -> tuple[Finding, ...]:
    """The findings; one that touches an open issue, or that accuses in a sentence with one, is made ``cannot_tell``."""
    spans = sorted((i.start, i.end) for i in issues if i.code in OPEN)
    if not spans or not findings:
        return findings
    starts = [s for s, _ in spans]
    places = {id_: n for n, id_ in enumerate(ledger.ids)}

    def meets(start: int, end: int) -> bool:
        k = bisect_right(starts, end)
        return k > bisect_left(starts, start) or (k > 0 and spans[k - 1][1] >= start)

    def doubtful(finding: Finding) -> bool:
        for id_ in (finding.claim, *finding.operands):
            item = ledger.items[places[id_]] if id_ in places else None
            if item is None:
                continue
            wide = ledger.sentences[item.sentence] if finding.verdict in ("disagrees", "truncated") else (item.start, item.end)
            if meets(*ledger.view.span(*wide)):
                return True
        return False

    return tuple(_open(f) if f.verdict != "cannot_tell" and doubtful(f) else f for f in findings)


def _open(finding: Finding) -> Finding:
    zh, en = "句中有没有读懂的地方，无法判断", "the sentence holds something that was not understood: cannot tell"
    return noted(finding, zh, en, verdict="cannot_tell", reason="open_issue", repair=None)
