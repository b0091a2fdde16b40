"""What is left, said apart from what there was and what was done: 开工率92.68%，尚有3个没有动工; 剩814米，全长5140米.

The pair is that of the rate before, or the figures right beside; the words only say that something is left, so it confirms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .items import Item
from .ledger import Ledger
from .parts import Partition

OF_RATE = "what is left of what the rate before is of"
WHOLE_BEHIND = "what was done and what is left, the whole behind"
_LEFT = re.compile(
    r"(?:剩余?(?:的|下的?)?|余下的?|还剩|尚有|尚余|仍有|还有|其余的?|另有|尚未[\u4e00-\u9fff]{1,6}的?|还没有?[\u4e00-\u9fff]{1,4}的|未[\u4e00-\u9fff]{1,6}的?|"
    r"没有?[\u4e00-\u9fff]{1,3}的)(?:为|有|共|约)?$"
)
_ALL = re.compile(r"(?:全长|总长|总数|总量|总计|共计|合计|一共|总共|总面积|总里程)(?:为|是|达到?|即|约)?$")
_REACH = 2


def leftovers(ledger: Ledger) -> Iterator[Partition]:
    """One list per figure of what is left, at most two sentences behind the rate of what was done."""
    pairs = [(q.claim, q.numerators[0], q.denominator) for q in ledger.quotients if len(q.numerators) == 1 and not q.added and not q.plus_numerator]
    k = 0
    for item in ledger.items:
        while k < len(pairs) and pairs[k][0].n < item.n:
            k += 1
        if not item.is_level or not _left(item):
            continue
        for claim, part, whole in reversed(pairs[max(0, k - 4) : k]):
            # 办结率97.2%…。记者：没办完的还有多少？——还剩36件: the answer to a question about the rest.
            near = (claim.turn == item.turn and item.sentence - claim.sentence <= _REACH) or 0 < item.turn - claim.turn <= 2
            if near and whole.unit == item.unit and whole.value >= part.value and item.n not in (part.n, whole.n):
                yield Partition(item.n, (whole.n, part.n), (1, -1), OF_RATE, True, False)
                break
    yield from _other_part(ledger, pairs)
    yield from _whole_behind(ledger.items)


OTHER = "the other part, behind the rate of one"


def _other_part(ledger: Ledger, pairs: list[tuple[Item, Item, Item]]) -> Iterator[Partition]:
    """受理31.9万件…。直接答复18.7万件，直接答复率58.5%，转派承办单位13.2万件: the next figure of the unit in the sentence."""
    for claim, part, whole in pairs:
        after = next((x for x in ledger.items[claim.n + 1 : claim.n + 3] if x.unit == part.unit and x.sentence == claim.sentence), None)
        usable = after is not None and after.is_level and after.bracket == part.bracket and after.value < whole.value and whole.role != "plan"
        if usable and after is not None and whole.unit == part.unit and part.n < claim.n and after.n != whole.n:
            yield Partition(whole.n, (part.n, after.n), (1, 1), OTHER, True, False)


def _left(item: Item) -> bool:
    if _LEFT.search(item.near):
        return True
    # 31宗未开工项目, 3个因用地手续没有动工
    return not item.near.strip("，,、；;") and bool(re.match(r"[^，。；;]{0,10}(?:未|没有?)[\u4e00-\u9fff]{1,4}", item.tail))


def _whole_behind(items: list[Item]) -> Iterator[Partition]:
    for done, left, whole in zip(items, items[1:], items[2:], strict=False):
        one = done.sentence == left.sentence == whole.sentence and done.unit == left.unit == whole.unit and done.bracket == whole.bracket
        if one and all(x.is_level for x in (done, left, whole)) and _left(left) and _ALL.search(whole.near):
            yield Partition(whole.n, (done.n, left.n), (1, 1), WHOLE_BEHIND, True, False)
