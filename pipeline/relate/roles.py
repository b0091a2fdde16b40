"""What part a figure plays in its clause: level, plan, increment, growth, share, completion, named rate, difference.

Roles come from the words that touch the figure, read from its left; a member of a list takes the role of the first.
"""

from __future__ import annotations

import re

from ...schemas.figure import Comparison, Direction
from .items import Item

_FILL = r"(?:了|约|近|达到?|为|是|到|至|分别|均|都|也|又|仅|超过?|接近|突破|高达|共|各|只|幅度|比例|大约|多达|不足|基本|略|有|出来|保持在|稳定在|控制在|维持在|:|[“\"])*"
UP = r"增长|上升|提高|增加|提升|上涨|扩大|攀升|回升|加快|增多|走高|上扬|抬升|提速|跃升|上浮|增收|增支|增产|多增|多收|净增加?|多出|涨|升|增(?!速|幅|值|长率)|多(?!数)"
DOWN = r"下降|减少|降低|回落|下滑|收窄|缩小|放缓|减收|减支|减产|少增|少收|净减少|下跌|下调|走低|负增长|下浮|缩减|萎缩|压减|压缩|缩短|少(?!数)|(?<![起升])降|减|跌"
_GROWTH = re.compile(rf"(?:(?P<up>{UP})|(?P<down>{DOWN})){_FILL}$")
_GROWTH_NOUN = re.compile(rf"(?:(?P<down>降幅|跌幅|减幅)|(?P<up>增速|增幅|涨幅|升幅|增长率|增长速度))[^，。]{{0,6}}?{_FILL}$")
_SHARE = re.compile(r"占(?!地|用|领|据主导|位|线)|比重|份额")
_TARGET = r"(?:计划|目标|任务|预算|预期|进度安排|指标)"
_COMPLETION = re.compile(
    rf"(?:完成|实现|达到?|为|是|占|相当于|执行)[^，。]{{0,24}}?{_TARGET}[^，。]{{0,8}}?的?{_FILL}$|(?:完成|执行|达成)(?:率|比例|进度)[^，。]{{0,4}}{_FILL}$|完成(?:率|进度|比例)"
)
_CONTRIBUTION = re.compile(r"贡献率")
_NAMED = re.compile(rf"(?P<rate>[\u4e00-\u9fff]{{1,12}}?(?:率|比例|比))(?:\([^()]*\))?[^，。]{{0,2}}?{_FILL}$")
_RECOVERED = re.compile(r"恢复[到至]|相当于|(?:是|为).{0,14}(?:同期|年)的$")
_PROGRESS = re.compile(r"(?:时间|序时|时序|均衡|节点|计划|平均|进度|同期|目标)(?:计划)?(?:进度|节点)|序时|超进度|欠进度|超前进度|时序")
_GAP = re.compile(r"高于|低于|快于|慢于|高出|低出|超出?|领先|落后|好于|滞后|多于|欠|(?:比|较)[^，。]*(?:高|低|快|慢|大|小)|(?:快|慢|高|低)(?:了|约)?$")
_GAP_DOWN = re.compile(r"低于|慢于|低出|落后|滞后|欠|(?:低|慢|小)(?:了|约|近|出)*$")
_AVERAGE = re.compile(r"(?:日均|月均|年均|人均(?!可支配|消费|纯收入|住房|生产总值|地区|GDP|收入)|[户周亩案笔校所馆件班单头车店企棚床台辆均]均(?!值|为|线)|平均每|每(?:天|日|月|年|人|户|亩|公顷|件|辆|班|名|千人|万人|平方公里)|平均)")
_COMPARE = re.compile(
    r"(?P<text>(?:按可比价[格]?(?:计算)?|按不变价(?:格)?(?:计算)?|扣除价格因素|同口径)?(?:(?:与|和|同|比|较)?(?P<yoy>去年同期|上年同期|去年|上年|同期|上一年)|同比|(?P<qoq>环比|比上月|较上月|比上周|较上周|比上季度|较上季度|比上期|比一季度|较一季度|比上半年)|(?:比|较|与)(?P<year>20\d\d|19\d\d)年(?:同期)?|(?P<plan>(?:比|较|超|高于|低于|快于|慢于)[^，。]{0,6}(?:计划|目标|序时|时序|时间进度|预期))|(?P<two>两年平均|年均)|(?P<start>(?:比|较)(?:年初|上年末|去年末|去年底|上年底))))"
)
_PLAN = re.compile(
    r"(?:计划|目标|任务|(?<!公共)(?<!基金)(?<!财政)预算(?!收入|支出|总收入)|预期|拟(?:投|建|开)|规划|下达)(?![^，。]*(?:项目|企业|工程|任务|单位|户)[^，。]{0,3}(?:开工|竣工|完成|动工|投产|建成|复工|完工))|(?<!相)应(?!用|对|急|届|收|当|税)"
)
_NOT_PLAN = re.compile(r"完成|已|实际|占|达到|达成|实现|为.{0,8}(?:计划|目标)|超")
_ADJUSTED = re.compile(r"(?P<in>调入|增补)$|调出$")
_PLAN_BRACKET = re.compile(r"(?:计划|目标|任务|预算)[^，。]{0,4}\($")
_DONE = re.compile(r"完成|已|实际|占|达到|实现|截至|到位|其中|从中")
_PRIOR = re.compile(r"(?<![比较同与和])(?:去年|上年|前年)(?:同期|同月|全年|末)?(?!旧存|结转|结余|存|底)(?:[^，。]{0,12})$|同期(?:为|是|仅|只有|的)[^，。]{0,3}$|当时")
_FROM = re.compile(r"(?:^|[^原缘理来])[由从](?!而|于)[^，。]{0,24}$")
_TO = re.compile(r"(?:[增减升降涨]|提高|增加|减少|上升|下降|增长|扩大|跃升|发展|降低|提升|压减|缩短|缩小|攀升|回落|拓展)(?:到|至|为)了?$")
_LIST_GAP = re.compile(r"\s*(?:、|和|及|与|以及|，|,|或)\s*$")
_NEW_LEVEL = re.compile(r"(?:新增|净增)[\u4e00-\u9fff]{2,}$")
_PULL = re.compile(r"拉动|影响|推动|来自")


def assign(items: list[Item]) -> None:
    """Give every item its role, direction and comparison."""
    for item in items:
        before = items[item.n - 1] if item.n else None
        _role(item, before)
        _compare(item, before)


def _role(item: Item, before: Item | None) -> None:
    kind = item.reading.kind
    if _joins(item, before):
        assert_role = before.role if before is not None else "level"
        item.role, item.listed = assert_role, True
        if item.direction is None and before is not None:
            item.direction = before.direction
        return
    near = item.near
    if before is not None and _restated(item, before):
        item.role, item.direction = before.role, before.direction
    elif kind == "rate":
        item.role = _rate_role(item, near)
    elif kind == "points":
        item.role = _points_role(item, near, before)
    elif kind == "multiple":
        growth = _GROWTH.search(near)
        item.role = "growth" if growth else "multiple"
        if growth:
            item.direction = _way(growth)
    elif kind in ("count", "money", "quantity", "index", "duration"):
        item.role = _level_role(item, near, before)
    else:
        item.role = kind
    if item.role == "bare" and (behind := _BEHIND.match(item.tail)):
        item.role, item.direction = "growth", _way(behind)
    if item.role == "growth" and item.reading.value is not None and item.reading.value < 0:
        # 增长-8.92%: the printed minus turns the verb round.
        item.direction = "down" if item.direction == "up" else "up"


_BEHIND = re.compile(r"的?[^，。]{0,6}?(?:(?P<down>降幅|跌幅)|(?P<up>涨幅|增幅|增速|增长))")


def _joins(item: Item, before: Item | None) -> bool:
    """A member of a list: nothing but 、 or 和 between it and the figure before, of the same kind."""
    if before is None or before.sentence != item.sentence or before.bracket != item.bracket:
        return False
    same = before.reading.kind == item.reading.kind or {before.reading.kind, item.reading.kind} == {"rate", "multiple"}
    return same and bool(_LIST_GAP.fullmatch(item.lead)) and "," not in item.lead and "，" not in item.lead


def _restated(item: Item, before: Item) -> bool:
    """增加782.7千公顷(1174.1万亩): a bracket right behind a figure says it again in another unit."""
    return item.bracket >= 0 and before.bracket != item.bracket and item.lead in ("(", "(约", "(合", "(折合") and item.unit != before.unit


_THAN = re.compile(r"(?:(?<![占同环之对相])比|较|与|和|同)(?!重|例|率|值|价)[^，。,；;]{0,16}的$|(?:(?<![占同环之对相])比|较)(?!重|例|率|值|价|快|大|好|高|低|强|为)[^，。,；;]{2,14}$")


def _rate_role(item: Item, near: str) -> str:
    if item.reading.direction == "flat":
        return "growth"
    if _FROM.search(near) and not _TO.search(near):
        verb = _GROWTH_ANY.search(near)
        item.direction = _way(verb) if verb else None
        return "from"
    if _TO.search(near) and not _SHARE.search(near[-6:]):
        return "to"
    if _THAN.search(near) and not _GROWTH.search(near):
        noun = _GROWTH_ANY.search(near)
        item.direction = _way(noun) if noun and noun[0].endswith("幅") else None
        return "reference"
    if _CONTRIBUTION.search(near):
        return "contribution"
    if _AVERAGED.search(near):
        item.direction = "up"
        return "growth"
    growth = _GROWTH_NOUN.search(near) or _GROWTH.search(near) or _OVER_RATE.search(near)
    if _COMPLETION.search(near) and not growth:
        return "completion"
    if growth and not re.search(r"占.{0,8}$", near[: growth.start()] if growth.start() else ""):
        item.direction = _way(growth)
        return "growth"
    if growth and _GROWTH.search(near):
        item.direction = _way(growth)
        return "growth"
    if _SHARE.search(near) or item.tail.startswith("份额"):
        return "share"
    if item.bracket >= 0 and _REFERENCE.search(item.lead[-20:]):
        item.direction = "up" if item.value >= 0 else "down"
        return "reference"
    if _RECOVERED.search(near):
        return "recovered"
    if _NAMED.search(near):
        return "rate"
    return "bare"


_REFERENCE = re.compile(r"(?:[高低快慢]于|[比较和与及、])[^，。,；;]{1,14}\($")


def _way(m: re.Match[str]) -> Direction:
    return "down" if m.groupdict().get("down") else "up"


_GROWTH_ANY = re.compile(r"(?P<down>降幅|跌幅|减幅|下降|下跌|减少)|(?P<up>涨幅|增幅|增速|升幅|增长|上升|上涨)")
_AVERAGED = re.compile(rf"(?:年均|年平均|两年平均){_FILL}$")
_OVER_RATE = re.compile(r"(?P<up>高出)[^，。,；;]{1,8}$|(?P<down>低出)[^，。,；;]{1,8}$")


def _points_role(item: Item, near: str, before: Item | None) -> str:
    if item.reading.direction == "flat":
        return "change"
    whole = re.split(r"[；;。，,]", item.lead)[-1]
    if before is not None and before.n == item.n - 1 and before.sentence == item.sentence and not re.search("[，,；;。]", item.lead):
        # 降幅比前9个月的6.8%收窄2.6个百分点: the verb of the clause stands before the figure it is compared with.
        whole = before.near + "·" + whole
    if re.search(r"(?:降幅|跌幅|减幅|负增长)[^，]{0,20}(?:收窄|缩小)", whole):
        item.direction = "up"
        return "change"
    if re.search(r"(?:降幅|跌幅|减幅)[^，]{0,20}扩大", whole):
        item.direction = "down"
        return "change"
    if _PULL.search(near):
        growth = _GROWTH.search(near)
        item.direction = _way(growth) if growth else "up" if "拉动" in near else None
        return "pull"
    if _PROGRESS.search(near):
        item.direction = "down" if _GAP_DOWN.search(near) else "up"
        return "progress"
    growth = _GROWTH.search(near)
    if _GAP.search(near) and not (growth and not re.search(r"[高低快慢](?:了|约|近|出)*$|高于|低于|快于|慢于|高出", near)):
        item.direction = "down" if _GAP_DOWN.search(near) else "up"
        return "gap"
    if growth:
        item.direction = _way(growth)
    return "change"


def _level_role(item: Item, near: str, before: Item | None) -> str:
    moved = _ADJUSTED.search(near)
    if moved:
        item.direction = "up" if moved["in"] else "down"
        return "level"
    if _FROM.search(near) and not _TO.search(near):
        return "from"
    if _TO.search(near):
        return "to"
    if _THAN.search(near) and not _GROWTH.search(near):
        return "prior"
    change = _GROWTH.search(near)
    if change and not _NEW_LEVEL.search(near) and not near.endswith("新增"):
        item.direction = _way(change)
        return "increment"
    if _AVERAGE.search(near):
        return "average"
    if _PRIOR.search(near):
        return "prior"
    if _PLAN.search(near) and (not _NOT_PLAN.search(near) or item.tail.startswith("的") or _PLAN_BRACKET.search(item.lead)):
        return "plan"
    if (item.bracket >= 0 and _PLAN_BRACKET.search(item.lead)) or re.match(r"(?:的)?(?:年度|全年)?(?:目标|任务|计划(?!新|开|竣|投)|预算)", item.tail):
        return "plan"
    if before is not None and before.role == "plan" and before.sentence == item.sentence and before.bracket == item.bracket:
        if not _DONE.search(item.lead) and before.unit != item.unit and item.reading.kind == "count":
            return "plan"
        if before.unit == item.unit and re.fullmatch(r"[，,、]?(?:基本建成|竣工|新建|改造|续建|开工)", item.lead):
            return "plan"
    return "level"


def _compare(item: Item, before: Item | None) -> None:
    if item.role not in ("growth", "increment", "change", "gap", "progress"):
        return
    m = None
    for m in _COMPARE.finditer(item.lead):
        pass
    if m is None:
        if before is not None and before.comparison is not None and before.sentence == item.sentence:
            item.comparison = before.comparison
        return
    if m["qoq"]:
        with_ = "previous_period"
    elif m["year"]:
        with_ = m["year"]
    elif m["plan"]:
        with_ = "plan"
    elif m["two"]:
        with_ = "average"
    elif m["start"]:
        with_ = "year_start"
    else:
        with_ = "previous_year"
    item.comparison = Comparison(with_, m["text"])
