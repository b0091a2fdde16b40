"""Things that are counted, with their measure word.

>>> 共安排项目586个 → 586 个; 接种33亿7109.6万剂次 → 3371096000 剂次
"""

from __future__ import annotations

import re

from ..schemas.reading import Reading
from ._numerals import Numeral
from ._rule import AMOUNT_BEFORE, Unit, figure
from ._units import COUNTS, alternation, firsts

_VARIANT = r"(?:\((?:次|处|套|子项|区|个|座|家|头|只|台|辆|户|名|所|人|件|组|张|册|副|株|卷|宗|间|项|期|条|片|枚|份|艘|架|批|盒|根|袋)\)|/套)?"
# 12份额, 3次级, 586位居…: the character begins another word, not a measure word.
_OTHER_WORD = (
    "个月|个多月|个半月|个小时|个工作日|个百分|个千分|个基点|个点(?!位)|人民币|人均|人才|人工|份额|份以来|期间|层面|次级|次日|位居|位列|位于|位次|件均|户均|户籍|"
    "条例|条件|处理|处于|场所|部分|台账|本(?:科|线|批次?线)|本市|本省|面积|对外|类型|首次|首批|单位(?:[面产能数GE成时]|[^，。,；;、)\n红血悬])|道路|口岸|站点|组织|节能|支持|支出|家庭|轮换|批准|批复|起步|名列|"
    "只有|方面|代表|代码|届满|届时|标准(?!箱)|标志|双方|副主|队伍|封顶|案件|案例|所有|段时|单价|列入|列车|列为|种植|种业|人次方|门诊|首位|次会议|次全会|"
    "科[室技学研普创目]|顶[层级尖住]|把[握关手]|堂[而堂]|担[任当保负]|尊[重敬]|卷[烟入]|船次级|窝点|线[上下]|目[标前的录]|股[份东权票市民指价]|群[众体]|属于|回[升落到复暖]|注[册重意]|票房|块钱|对接|台风|头部|团队|根据|宗旨|座谈|间接|项次序|平台经济|"
    "管[理控道制辖网线委护廊材教服片好用住]|包[括含装裹销揽保干车容围机扶联]|罐[头车区装]|柜[台面员]|串[联通]|扇区|茬口|频次[高低]|"
    "车位[比于]|服[务装从饰役]|帖子"
)
_COUNT = re.compile(rf"(?!{_OTHER_WORD})(?:个(?=批次|人次|家庭))?(?P<unit>(?:{alternation(COUNTS)}){_VARIANT})")
# 三个方面, 四项指数: a count of talk; a small number in words is a figure only before something that can be counted.
_CONCRETE = frozenset(
    "人 名 例 起 宗 户 家 所 座 处 台 辆 艘 架 套 件 条 支 人次 只 头 株 栋 列 场 口 本 册 幅 枚 瓶 箱 艘次 架次 班 卷 床 张 尊 匹 眼 孔 桩".split()
)
_KIND = re.compile(r"(?<=[种类])(?:设施|水果|作物|产品|商品|药品|蔬菜|农产品|机构|企业|疫苗|能源|物质)")
_COUNTED = re.compile(
    r"(?:新|重大|重点|在建|续建|国家级|省级|市级|省|市|县)?(?:项目|工程|企业|园区|机场|港口|泊位|车站|水库|医院|学校|案件|基地|平台|试点|机组|电站|变电站|码头|"
    r"博物馆|图书馆|场馆|品种|航线|口岸|矿井|煤矿|景区|网点|小区|车间|实验室|仓库|集团|机构|品牌|代表队|气田|油田|风电场|灌区)"
)
# 票价从10块涨到12块: money, not pieces.
_PRICED = re.compile(r"(?:价|费|钱|卖到?|票|涨[到至]|成本)[^，。,；;、]{0,8}$")
# 第三次, 每两户, 前五家: an ordinal, a rate or a position.
_LEFT_WORD = re.compile(r"[第每各前后这那某另哪上下同]$")


def _counted(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    unit = m["unit"]
    if numeral.bare and not AMOUNT_BEFORE.search(text, max(0, numeral.start - 3), numeral.start):
        return None
    if unit == "块" and _PRICED.search(text, max(0, numeral.start - 12), numeral.start):
        return None
    if numeral.chinese and numeral.high is None and numeral.value < 11:
        counted = unit in _CONCRETE or _COUNTED.match(text, m.end()) or _KIND.match(text, m.end())
        if numeral.value < 2 or not (counted or numeral.over) or _LEFT_WORD.search(text, max(0, numeral.start - 1), numeral.start):
            return None
    return figure(text, numeral, m.end(), "count", unit, rule, count=True)


_MEDAL = re.compile(r"金(?=[0-9]{1,3}[银铜])|银(?=[0-9]{1,3}铜|[，。,；;、)的]|$)|铜(?=[，。,；;、)的]|$)")
_MEDAL_BEFORE = re.compile(r"[0-9][金银]$")


def _medals(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """26金18银31铜: the metal is the measure word, and 金 or 银 opens the list."""
    if numeral.chinese or (m[0] != "金" and not _MEDAL_BEFORE.search(text, max(0, numeral.start - 2), numeral.start)):
        return None
    return figure(text, numeral, m.end(), "count", m[0], rule, count=True)


_HURT = re.compile(r"[死伤亡](?=[0-9]{1,4}[死伤亡失]|[，。,；;、)的]|$)")


def _hurt(text: str, numeral: Numeral, m: re.Match[str], rule: str) -> Reading | None:
    """造成3死5伤: so many persons."""
    return None if numeral.chinese or not numeral.exact else figure(text, numeral, m.end(), "count", "人", rule, count=True)


RULES = (
    Unit("dead and hurt: 3死5伤", "死伤亡", _HURT, _hurt),
    Unit("a count and its measure word", firsts(COUNTS), _COUNT, _counted),
    Unit("medals", "金银铜", _MEDAL, _medals),
)
