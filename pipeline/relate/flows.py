"""Stock and flow: what was carried over, what came in, what went out, what is left; and rates over what there was to do.

旧存 + 新收 − 审结 = 未结; 结案率 = 审结 ÷ (旧存 + 新收).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .items import Item
from .ledger import Ledger
from .parts import Partition
from .quotient import Quotient

TEMPLATE = "stock and flow"
# Interest and adjustments enter a balance without being named.
OF_MONEY = "stock and flow of money"
RATE = "the formula of a named rate, with what was carried over"
# What was carried over may enter the rate unprinted.
NEW = "the formula of a named rate, over what came in new"
CARRIED = re.compile(
    r"(?<!连同)旧存|结转|上年存|遗留|上期|期初|年初[^，。]{0,4}(?:结存|余额|存栏|在册)|"
    r"上年结存|上年末?[^，。]{0,6}余额|(?:19|20)\d\d年末[^，。]{0,10}余额|年初[^，。]{0,4}(?:未结|在办)|(?:上年|往年|历年)[^，。]{0,4}(?:存量|积存|未[办结整])"
)
# The surer word first: 新收 of all cases before the 收案 of each court.
_IN = tuple(map(re.compile, (r"新收|新受理|新增受理|当年新增|新发行|发行", r"收案|(?<!未)受理|当年收入|收入|新增|新设|新建|举借")))
_OUT = tuple(map(re.compile, (
    r"(?<!未)(?<!尚未)审执?结|(?<!未)(?<!尚未)(?<!阶段性)办结|(?<!未)结案|当年支出|偿还|还本", r"支出|注销|退出|减少|化解|核销")))
_LEFT = re.compile(r"未结|尚未审结|尚未办结|未办结|期末|年末结存|累计结存|结存|年末[^，。]{0,6}余额|余额为?$")
_REACH = 4


def flows(items: list[Item]) -> Iterator[Partition]:
    """One list with signs (1, 1, −1) per figure of what is left whose three terms are printed, each by one figure only."""
    for item in items:
        if not item.is_level or not _LEFT.search(item.near):
            continue
        terms = [_only(items, item, (CARRIED,)), _only(items, item, _IN), _only(items, item, _OUT)]
        found = [t for t in terms if t is not None]
        if len(found) == len(terms) == len({t.n for t in found}):
            template = TEMPLATE if item.reading.kind == "count" else OF_MONEY
            numbers = {t.n for t in found}
            # 另有移送30件: another way out.
            others = any(x.unit == item.unit and x.is_level and x.n not in numbers for x in items[min(numbers) : item.n] if x.sentence == item.sentence)
            yield Partition(item.n, tuple(t.n for t in found), (1, 1, -1), template, True, others)


def _only(items: list[Item], item: Item, cues: tuple[re.Pattern[str], ...]) -> Item | None:
    """The one figure in the paragraph before that the cue names; none where the nearest sentence has two."""
    alike = [x for x in items[max(0, item.n - 20) : item.n] if x.paragraph == item.paragraph and x.unit == item.unit and x.bracket == item.bracket]
    for cue in cues:
        near = [x for x in alike if x.is_level and cue.search(x.near) and (cue is CARRIED or not _LEFT.search(x.near))]
        if cue is not CARRIED:
            near = [x for x in near if not CARRIED.search(x.near)]
        last = [x for x in near if x.sentence == near[-1].sentence] if near else []
        if len(last) == 1 and item.sentence - last[0].sentence <= _REACH:
            return last[0]
    return None


def _says(cues: tuple[re.Pattern[str], ...], item: Item) -> bool:
    return any(cue.search(item.near) for cue in cues)


def with_carried(ledger: Ledger, q: Quotient) -> Quotient:
    """A rate of settlement over what came in and what was carried over, where the text prints both."""
    part, whole = q.numerators[0], q.denominator
    if len(q.numerators) != 1 or re.search(r"共|总|合计|累计", whole.near) or CARRIED.search(whole.near):
        return q
    carried = [x for x in ledger.before(part, whole.unit, 8) if x.turn == q.claim.turn and x.paragraph == whole.paragraph and CARRIED.search(x.near)]
    if "新" not in whole.near or not _says(_IN, whole) or not _says(_OUT, part):
        # 上年结转100件，受理1000件，办结1050件: what was carried over is printed, so the rate may be over both.
        return q._replace(template=NEW) if carried else q
    said = carried[0] if carried else None
    return q._replace(added=(said,), template=RATE) if said is not None and said.is_level else q._replace(template=NEW)
