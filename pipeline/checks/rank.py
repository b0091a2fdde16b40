"""A ranking list is as long as its heading says, and names nobody twice."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...schemas.finding import Finding, Message, Verdict
from ...schemas.identity import record_id
from ...schemas.reading import NameList

if TYPE_CHECKING:
    from ..relate.ledger import Ledger

IDENTITY = "rank"
RULE = "a list against its heading"


def check(ledger: Ledger) -> Iterator[Finding]:
    """One finding per list whose heading says how long it is, or that names somebody twice."""
    lists = [r for r in ledger.rankings if r.form == "list"]
    for item, ranking in zip(ledger.lists, sorted(lists, key=lambda r: r.start), strict=True):
        names = [e.name for e in ranking.entries]
        twice = sorted({n for n in names if names.count(n) > 1}, key=names.index)
        wanted = None if item.last is None else item.last - item.first + 1
        if wanted is None and not twice:
            continue
        verdict: Verdict = "agrees"
        reason = None
        if twice:
            verdict = "disagrees"
            zh, en = f"名单中{'、'.join(twice)}出现了两次，不一致。", f"The list names {', '.join(twice)} twice."
        elif item.open_ended and wanted is not None and len(names) < wanted:
            verdict, reason = "cannot_tell", "open_list"
            zh = f"标题说{wanted}个，列出{len(names)}个后以“等”结束，无法判断。"
            en = f"The heading says {wanted}; the list stops after {len(names)} with 等: cannot tell."
        elif wanted is not None and len(names) > wanted and _may_be_fewer(ledger, item, names):
            verdict, reason = "cannot_tell", "ambiguous"
            zh = f"标题说{wanted}个，名单可读作{len(names)}个；名称中可能含有顿号，或有并列，无法判断。"
            en = f"The heading says {wanted}, the list may be read as {len(names)}; a name may hold a mark of its own, or some are tied: cannot tell."
        elif len(names) != wanted:
            verdict = "disagrees"
            zh, en = f"标题说{wanted}个，名单列了{len(names)}个，不一致。", f"The heading says {wanted}, the list names {len(names)}."
        else:
            zh, en = f"标题说{wanted}个，名单列了{len(names)}个，一致。", f"The heading says {wanted}, the list names {len(names)}."
        ledger.note(f"rank [{RULE}] {ranking.surface}: {verdict}")
        stated = None if wanted is None else str(wanted)
        yield Finding(
            record_id(ledger.document.id, "check", ranking.start, ranking.end, "rank"), "rank", _claim(ledger, item.head), (ranking.id,), None,
            "、".join(names), str(len(names)), str(len(names)), str(len(names)), stated, verdict, Message(zh, en), RULE, reason, None, ranking.turn,  # type: ignore[arg-type]
        )


_KINDS = re.compile(r"(?:业|类|品|费|款|案件|纠纷)$")


def _may_be_fewer(ledger: Ledger, item: NameList, names: list[str]) -> bool:
    """计算机、通信和其他电子设备制造业 is one name; 厦门、黄山（后三市并列） share one place."""
    if "并列" in ledger.text[item.head[0] : item.head[1] + 160].split("\n")[0]:
        return True
    kinds = [m[0] if (m := _KINDS.search(n)) else "" for n in names]
    return "" in kinds and any(kinds)


def _claim(ledger: Ledger, head: tuple[int, int]) -> str | None:
    """The figure in the heading: 前三."""
    k = bisect_left(ledger.items, head[0], key=lambda item: item.start)
    for item in ledger.items[k : k + 3]:
        if item.start < head[1] and item.reading.kind == "rank":
            return ledger.ids[item.n]
    return None
