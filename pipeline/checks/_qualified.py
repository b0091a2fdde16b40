"""An accusation is withheld where the claim is about something narrower or other than its figures: 按时办结率, 对美顺差.

Every word that narrows the claim must be on its figures too; a comparison must be that of the figures. Asked only
before an accusation: a binding that agrees stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ..relate.items import Item
    from ..relate.ledger import Ledger

_RATE = re.compile(r"(?P<own>[\u4e00-\u9fff]*?)(?P<stem>[\u4e00-\u9fff]{2})率")
_PLAIN = re.compile(r"^(?:全[市省县区州国]|我[市省县区]|本[市省]|总体|综合|平均|整体|总|资金|财政|采购|项目|投资|案件|群众|资产|其|率|的|了|等)*$")
_OF_CLAIM = re.compile(
    r"其中|单|同比|环比|比上年(?:同期)?|较上年(?:同期)?|比去年(?:同期)?|分别|平均|增长|下降|增幅|降幅|上升|减少|增加|提高|升幅|实际|名义|首次|也|又|还|则|均|都|将|大幅|小幅|逆势|快速|达|约"
)
_SPAN = re.compile(r"前[一二三四两]季度|第?[一二三四]季度|[上下]半年|当[月季年]|\d{1,2}月|年初|年末|[比较]\d{1,2}月末")
_AGAINST = re.compile(r"同比|环比|[比较](?:上年|去年|上月|上季|年初|20\d\d年|[一二三四五六七八九十\d]+年前)")
_OTHER_YEAR = re.compile(r"环比|累计|年均|[比较](?:20\d\d年|[一二三四五六七八九十\d]+年前|上月|上季)|以来")
_LAST_YEAR = re.compile(r"同比|上年|去年|同期")
_NOT_LAST_YEAR = re.compile(r"年初|年末|20\d\d年|上月|上季|季度|\d月")
_REFERENCE = re.compile(r"[比较]|[高低快慢]于")
_STAGES = ("开工", "建成", "竣工", "投产", "签约", "完成", "入库", "交付")
_LEVELS = re.compile(r"国家级|省级|市级|县级|区级|乡级|省本级|市本级")
_NUMBER_OF = re.compile(r"(?:案件|件|户|人|企业|项目|[个户件])(?:总)?数|总数")
_MONEY_OF = re.compile(r"金额|投资|总额|货值|产值|收入|支出")
_RESULT = re.compile(
    r"(?:贸易)?[顺逆]差|收支(?:结余|相抵)|结余|所有者权益|净资产|节约|节支|节省|核减|尚未|未|在办|结案|办结|结|自然|净|增加|增长|增|流入|"
    r"开工|相差|二者之差|两者之差|剩余|尚有|还剩|资金|形成|实现"
)
_PLANNED = ("completed over", "respective lists, each over its plan", "respective list, each over the plan")


def other_basis(ledger: Ledger, claim: Item, operands: Sequence[Item], rule: str) -> bool:
    """Whether the words around the figures speak of different sets, periods or references."""
    if rule.startswith("the formula of a named rate"):
        return _named_rate(ledger, claim, operands)
    if rule.startswith("the formula of a named difference"):
        return _named_difference(ledger, claim, operands)
    if rule.startswith(_PLANNED):
        return _plan(ledger, claim, operands)
    if "increment" in rule and "exhaustive" not in rule:
        return _increment(ledger, claim, *operands)
    if rule in ("a level and that of the year before", "from one level to another"):
        yearly = rule.startswith("a level") and (bool(_OTHER_YEAR.search(claim.near)) or _other_reference(claim, operands[-1]))
        between = ledger.items[max(o.n for o in operands) + 1 : claim.n]
        return yearly or any(x.is_level for x in between) or _foreign(ledger, claim.near, _said(ledger, operands))
    if rule in ("from one rate to another", "a rate and the one it is compared with", "the earlier rate in brackets behind"):
        return _moved(claim, operands)
    if rule == "a reference rate in brackets":
        return _bracketed(ledger, claim, operands)
    return _share(ledger, claim, operands, rule)


def _said(ledger: Ledger, operands: Sequence[Item]) -> str:
    """The text from the sentence of the first operand to the last one and its clause."""
    first, last = min(operands, key=lambda o: o.n), max(operands, key=lambda o: o.n)
    return ledger.text[ledger.sentences[first.sentence][0] : last.end] + last.tail


def _foreign(ledger: Ledger, words: str, said: str) -> bool:
    """Whether ``words`` hold a name of two or more characters that ``said`` does not."""
    own = _OF_CLAIM.sub("", ledger.plain(words))
    own = re.sub(r"[^\u4e00-\u9fff]", "", own)
    return len(own) >= 2 and own not in said and not _PLAIN.match(own)


def _other_reference(claim: Item, prior: Item) -> bool:
    """较年初的7920亿元增加450亿元，同比增长9.8%: the rate is not against the start of the year."""
    own = bool(_LAST_YEAR.search(claim.near))
    return own and not _LAST_YEAR.search(prior.near) and bool(_NOT_LAST_YEAR.search(prior.near))


def _named_rate(ledger: Ledger, claim: Item, operands: Sequence[Item]) -> bool:
    """按时办结率 is not that of all that were closed, 协调化解率 not the share of those heard."""
    m = next(iter(_RATE.finditer(claim.near)), None)
    if m is None:
        return False
    said = _said(ledger, operands)
    period = _SPAN.search(claim.near)
    if period is not None and period[0] not in said:
        return True
    own = re.sub(r"[^\u4e00-\u9fff]", "", ledger.plain(_OF_CLAIM.sub("", claim.near[: m.start("stem")])))
    return (bool(own) and own not in said and not _PLAIN.match(own)) or not any(c in operands[0].words for c in m["stem"])


def _named_difference(ledger: Ledger, claim: Item, operands: Sequence[Item]) -> bool:
    """对美顺差, 重大隐患, 净增企业: what narrows the result must narrow both terms."""
    said = _said(ledger, operands)
    period = _SPAN.search(claim.near)
    if (period is not None and period[0] not in said) or "其中" in claim.lead:
        return True
    own = _RESULT.sub("、", claim.near)
    return any(_foreign(ledger, piece, said) for piece in own.split("、"))


def _plan(ledger: Ledger, claim: Item, operands: Sequence[Item]) -> bool:
    """市级项目 over the plan of 省级项目, 其中开工类 over the plan of all, 建成 over what was to be started."""
    part, whole = operands[0], operands[-1]
    between = ledger.text[whole.end : part.start] if whole.n < part.n and whole.sentence == part.sentence else ""
    levels = set(_LEVELS.findall(whole.words)), set(_LEVELS.findall(part.words))
    stages = [{s for s in _STAGES if s in x.words} - {"完成"} for x in (whole, part)]
    apart = bool(levels[0] and levels[1] and not levels[0] & levels[1]) or bool(stages[0] and stages[1] and not stages[0] & stages[1])
    yearly = "年度" in claim.near and "总投资" in whole.near and "年度" not in whole.near
    again = any(q.denominator is whole and q.claim.n < claim.n and q.claim.turn == claim.turn for q in ledger.quotients)
    said = _said(ledger, [whole])
    own = re.sub(r"占|完成|达到?|为|年度?|计划|目标|任务|投资|总|全|预期|预算|的|数|量|额", "、", ledger.plain(claim.near))
    foreign = any(_foreign(ledger, piece, said) for piece in own.split("、"))
    return apart or yearly or foreign or again or bool(re.search(r"其中|类(?:来)?看", between))


def _increment(ledger: Ledger, claim: Item, base: Item, change: Item) -> bool:
    """较3月末增加…，同比增长…: two comparisons; 住院支出增加 beside the level of all spending: two names."""
    compared = _AGAINST.search(claim.near)
    first = ledger.chain(change)[0]
    span = _SPAN.search(first.near)
    against = _AGAINST.search(first.near)
    if compared is not None and span is not None and span[0] not in base.near and (against is None or against[0] not in ("同比",)):
        return True
    if compared is not None and against is not None and compared[0][-2:] != against[0][-2:] and "环比" in compared[0] + against[0]:
        return True
    said = ledger.text[ledger.sentences[base.sentence][0] : base.end] + base.tail
    return _foreign(ledger, first.near, said) or _foreign(ledger, ledger.chain(claim)[0].near, said + first.near)


def _moved(claim: Item, operands: Sequence[Item]) -> bool:
    """由a%回落至b%，比上年同期回落…: the points name a reference of their own."""
    last = max(operands, key=lambda o: o.n)
    if last.n > claim.n:
        return bool(re.search("上月|环比", claim.near)) and not re.search("上月|环比", last.near)
    return bool(_REFERENCE.search(claim.near))


def _bracketed(ledger: Ledger, claim: Item, operands: Sequence[Item]) -> bool:
    """比全国(3.8%)高2.7个百分点，比全省高1.2个: the second has no bracket of its own."""
    first = ledger.chain(claim)[0]
    between = ledger.items[max(o.n for o in operands) + 1 : first.n]
    return any(x.reading.kind == "points" for x in between)


def _share(ledger: Ledger, claim: Item, operands: Sequence[Item], rule: str) -> bool:
    """案件总数 is no sum of money; a sibling with a share of its own is no whole; a flat list has no one share."""
    part, whole = operands[0], operands[-1]
    if "占" not in rule and "denominator stands" not in rule:
        return False
    if "其中" in claim.lead or any(x.role == "growth" and _foreign(ledger, x.near, part.words) for x in ledger.items[part.n + 1 : claim.n]):
        # 高新技术企业300家，主营收入增长12%，占45%: the share is that of the revenue.
        return True
    words = claim.near.rpartition("占")[2]
    if (part.reading.kind == "money" and _NUMBER_OF.search(words)) or (part.reading.kind != "money" and _MONEY_OF.search(words)):
        return True
    if "the whole of its siblings" in rule and any(whole in q.numerators and q.claim.sentence == claim.sentence for q in ledger.quotients):
        return True
    if len(operands) == 2 and whole in ledger.chain(part):
        return True
    if rule == "the denominator stands in the phrase":
        listed = part.lead.startswith("、") and len(operands) == 2
        return listed or ("目标" in claim.near + whole.words and part.value > whole.value * 10)
    return False
