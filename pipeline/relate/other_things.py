"""Whether the words of a change say that it is of another thing or time than the figures beside it.

失业率由5.5%降至5.2%，青年失业率下降0.8个百分点; 占比由20%提高到28%，每年提高1.6个百分点: no difference of the two.
"""

from __future__ import annotations

import re

from .items import Item
from .ledger import Ledger
from .references import Gap

OTHER_THING = "two rates beside a change that may be of another thing"
OWN = ("from one rate to another", "a reference rate in brackets")
_OF_ANOTHER = re.compile(r"[年月日]均|每年|每月|年度|当年|当天|本月|今年|去年|(?:19|20)\d\d年|其中|平均|目标|规划|计划|要求|高出|超出|高于|低于")
_CHANGED = re.compile(
    r"[，,、的]|同比|环比|比上年(?:同期)?|比重|占比|比例|增速|增幅|降幅|较[^，。；]{0,6}|比[^，。；]{0,8}|累计|净|[一两二三四五六七八九十\d]+年(?:间|来|里|累计)?|共|总体|整体"
    r"|增加|减少|提高|提升|下降|上升|降低|回落|回升|增长|扩大|缩小|收窄|缩短|压缩|加快|放缓|上涨|下跌|上调|下调|增|减|多|少|升|降|高|低|了|约|近|分别"
)
_SUBJECT = re.compile(r"(?P<n>[\u4e00-\u9fffA-Z]{2,8}?)(?:的)?(?:增速|增幅|涨幅)(?:分别)?(?:比|较|高于|低于|快于|慢于)[^，。；;]{0,8}\(?$")


def of_another(ledger: Ledger, change: Item, gap: Gap) -> bool:
    """Whether words stand before the change that are no verb of it, or a subject that the own rate does not carry."""
    if gap.template == OWN[0]:
        return bool(_OF_ANOTHER.search(change.near)) or len(_CHANGED.sub("", change.near)) > 1
    begin = ledger.sentences[change.sentence][0]
    m = _SUBJECT.search(ledger.text[begin : gap.reference.start].split("，")[-1].split(",")[-1])
    return m is not None and m["n"][:2] not in gap.own.lead and m["n"][-2:] not in gap.own.lead
