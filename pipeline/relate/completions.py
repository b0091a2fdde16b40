"""How much of a plan was done: 占年度计划投资117%, 比2500户的任务多出340户，完成率113.6%, 占全年计划新开工数的56.0%."""

from __future__ import annotations

import re

from .compared import COMPARED
from .items import Item
from .ledger import Ledger
from .quotient import Quotient
from .wholes import numerator

EARLIER = "completed over the one plan that another speaker names"
AIMED = "completed over the aim it is compared with"
MORE = "completed over a plan that may be of more"
INSIDE = "completed over the plan in brackets behind it"
_AIMED = re.compile(r"原定|既定|原计划|目标|任务|计划")
# 比2500户的任务多出340户
_AIM = re.compile(r"的?(?:年度|全年)?(?:任务|目标|计划)")


def completion(ledger: Ledger, claim: Item) -> Quotient | None:
    """占年度计划投资117%: completed over planned of the same set."""
    part = numerator(ledger, claim, plan=False) or _of_the_plan(ledger, claim)
    if part is not None and part.role == "prior" and _AIM.match(part.tail):
        # 2840户，比2500户的任务多出340户，完成率113.6%
        done = next((x for x in ledger.before(part, part.unit, 3) if x.sentence == part.sentence and x.is_level), None)
        return Quotient(claim, (done,), part, AIMED) if done is not None else None
    if part is None:
        return None
    inside = ledger.items[part.n + 1]
    bracketed = inside.bracket >= 0 and inside.bracket != part.bracket and inside.n < claim.n
    if bracketed and inside.role == "plan" and inside.unit == part.unit and inside.value > 0:
        return Quotient(claim, (part,), inside, INSIDE)
    aims = [p for p in ledger.partitions if p.template == COMPARED and ledger.items[p.host].sentence == claim.sentence and p.parts[0] < claim.n]
    if aims and re.search("目标|任务|计划", claim.near) and _AIMED.search(ledger.items[aims[-1].parts[0]].near):
        # 6.74万个，…，比原定的6.2万个多出5400个，完成目标的108.7%
        return Quotient(claim, (ledger.items[aims[-1].host],), ledger.items[aims[-1].parts[0]], AIMED)
    plans = [p for p in ledger.before(claim, part.unit, 60) if p.n != part.n and p.role == "plan" and p.value > 0]
    near = [p for p in plans if p.sentence == claim.sentence and p.bracket == part.bracket]
    if near:
        own = re.sub(r"完成|实现|累计|实际|投资|已|全[市省县区国]|其中|项目|\d+|[上下]半年|[月年季度至—\-]|的|为|共|收入|支出", "", part.near)
        narrower = len(own) >= 2 and not any(own[k : k + 2] in near[0].words for k in range(len(own) - 1))
        return Quotient(claim, (part,), near[0], MORE if narrower else "completed over the plan in the sentence")
    behind = [x for x in ledger.items[claim.n + 1 : claim.n + 5] if x.role == "plan" and x.unit == part.unit and x.turn == part.turn and x.value > 0]
    if not plans and behind and behind[0].sentence - claim.sentence <= 1:
        return Quotient(claim, (part,), behind[0], "completed over the plan named behind")
    told = [p for p in plans if p.subject == part.subject and p.subject is not None]
    if told:
        return Quotient(claim, (part,), told[0], "completed over the plan of the same set")
    if len(plans) == 1 and plans[0].turn == part.turn and (plans[0].subject is None or part.subject is None):
        return Quotient(claim, (part,), plans[0], "completed over the only plan")
    earlier = [p for p in plans if p.turn < part.turn]
    if earlier and len(earlier) == len(plans) == len({p.value for p in plans}) == 1:
        return Quotient(claim, (part,), earlier[0], EARLIER)
    if plans and plans[0].turn == part.turn:
        return Quotient(claim, (part,), plans[0], "completed over the nearest of several plans", "ambiguous")
    return None


def _of_the_plan(ledger: Ledger, claim: Item) -> Item | None:
    """对照全年850亿元的到位资金目标，已完成85.8%: the plan stands in the sentence, what was done in the one before."""
    plan = next((x for x in reversed(ledger.items[max(0, claim.n - 3) : claim.n]) if x.sentence == claim.sentence and x.role == "plan"), None)
    if plan is None:
        return None
    near = [x for x in ledger.before(plan, plan.unit, 12) if x.turn == claim.turn and claim.sentence - x.sentence <= 4 and x.is_level and x.role != "plan"]
    done = [x for x in near if "完成" in x.near]
    return next(iter(done or near), None)


PLANNED = "over the number that is said to be planned"


def planned_number(ledger: Ledger, claim: Item, part: Item | None, words: str) -> Quotient | None:
    """占全年计划新开工数的56.0%, behind 新开工109个: the number goes by the name without 计划."""
    if part is None:
        return None
    name = re.sub(r"全年|年度|今年|本年|计划|目标|任务|总|数|量|额|的", "", words)
    near = [x for x in ledger.before(part, part.unit, 24) if x.turn == claim.turn and x.is_level and x.value >= part.value]
    whole = next((x for x in near if len(name) >= 2 and name in x.words), None)
    return Quotient(claim, (part,), whole, PLANNED) if whole is not None else None
