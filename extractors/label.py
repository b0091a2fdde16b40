"""Strings that hold a number and are no figure: ordinals, codes, slogans, outline marks, hotlines.

>>> S49, 第一批, “六个一”, 一是, 3号线, 12345热线, 〔2020〕15号
"""

from __future__ import annotations

import csv
import re
from pathlib import Path
from string import ascii_letters

from ._rule import Words, label
from ._units import LETTERS, alternation

_H = "一二三四五六七八九十百千两零〇"
_D = r"[0-9](?<![0-9.].)"  # a digit that begins a numeral
_C = r"[一二三四五六七八九十百千两零〇](?<![一二三四五六七八九十百千两零〇].)"
_HAN = r"[\u4e00-\u9fff]"
_DEED = "全会|全体会议|会议|人大|政协"


def _words(name: str, pattern: str, *before: str, need: tuple[str, ...] = (), after: str = "") -> Words:
    return Words(name, re.compile(pattern, re.VERBOSE), label(*before), need, after)


def _phrases() -> str:
    with Path(__file__).with_name("_phrases.tsv").open(encoding="utf-8", newline="") as lines:
        return alternation(w for row in csv.DictReader(lines, delimiter="\t") for w in row["words"].split())


RULES = (
    # https://www.example.gov.cn/2021/01/25.html
    _words("an address of the web", r"h(?<![A-Za-z].)ttps?://[!-~]++|w(?<![A-Za-z].)ww\.[!-~]++", need=("://", "www.")),
    # 964493a14c4ddf6b: letters and digits by turns
    _words("a code of letters and digits", r"[0-9A-Za-z](?<![0-9A-Za-z].)(?=[0-9]{0,32}[A-Za-z]{1,32}[0-9]{1,32}[A-Za-z])[0-9A-Za-z_-]{9,}+"),
    # GB 3095-2012
    _words("a standard", r"(?:GB|HJ|DB)(?:/T)?[ ]?[0-9]{1,6}(?:\.[0-9]{1,2})?-(?:19|20)[0-9]{2}(?![0-9])", need=("GB", "HJ", "DB")),
    # S49, PM2.5, COVID-19, GB/T4754-2017, G60
    _words(
        "letters and a number",
        r"[A-Za-z](?<![A-Za-z0-9].)[A-Za-z]{0,7}+[-/_]?(?:[A-Z]{1,3}[-\s]?)?[0-9]++(?:\.[0-9]++)?(?:-[0-9]{2,4}\b)?(?![0-9]|[.][0-9]|[%‰万亿])",
    ),
    _words("a stock", r"[0-9](?<![0-9.].)[0-9]{5}\.?(?:S[HZ]|BJ|HK)(?![A-Za-z])", after=".SBH"),
    _words("a serial number", r"[0-9](?<![0-9.,].)[0-9]{9,23}+(?![0-9.,万亿元%个])"),
    # 运-20, 见图1, 1110合约
    _words("a type", r"-(?<=[运歼轰直舰].)[0-9]{1,3}(?![0-9])", "运", "歼", "轰", "直", need=("运-", "歼-", "轰-", "直-")),
    _words("a picture or annex", r"[图表件栏](?:(?<=[图表])|(?<=附件)|(?<=专栏))[0-9]{1,2}(?![0-9.万亿])"),
    _words("a contract", r"[0-9](?<![0-9.].)[0-9]{3}合约", after="合"),
    _words("a counter of the page", r"[评点阅浏访输赞](?:论|击[数量]?|读[数量]?|览[数量]?|问量|入)?[(:]?[0-9]{1,9}(?![0-9.])[)字]?(?=[\s评赞]|$)"),
    # 5G, 3D, 24K; not 300km
    _words("a number and letters", rf"{_D}[0-9]{{0,3}}+(?!(?:{LETTERS})(?![A-Za-z级]))[A-Za-z]++\+?", after=ascii_letters),
    # 2.0版, 《指引1.0》
    _words("a version", rf"{_D}[0-9]?\.[0-9]{{1,2}}(?=版|时代|》|[”\"])", after="."),
    # 〔2020〕15号, (2020)15号
    _words("a document number", r"[〔\[【(](?:19|20)[0-9]{2}[〕\]】)](?:第)?[0-9]{1,5}号?"),
    _words("a footnote mark", r"[\[【〔](?:[0-9]{1,3}[\]】〕])"),
    # 第3号线, 12号泊位, 1#风电场
    _words(
        "a numbered thing",
        rf"{_D}[0-9]{{0,3}}+(?:号(?!召)|\#|路公交|楼(?!宇|市|盘)|[国省县]道|级(?=地震|以上医院|公路|航道|风|台风|大风|强风|阵风|风圈|响应|应急|预警|景区|职称|能效|文物|保护|标准|资质))"
        r"(?:线|楼|机组|泊位|文|令|公告|院|地块|井|馆|厅|门|车间|矿)?(?:[一二三四]期)?",
        "第", "No.", after="号#楼路国省县级",
    ),
    _words("a numbered thing in words", rf"{_C}[{_H}]{{0,2}}+号(?:线|楼|机组|泊位|文件|令|公告|院|地块|矿|工程|桥|台风|井|烈士)", after="号"),
    # 第一批, 第三产业, 第28次会议, 第一会议室
    _words(
        "an ordinal",
        rf"第(?:[0-9]{{1,4}}|[{_H}]{{1,6}})(?:[、和及]第?(?:[0-9]{{1,3}}|[{_H}]{{1,3}}))*+(?![{_H}0-9])"
        r"(?:个(?!百分)|次|届|批|期|号|版|条|章|款|部|轮|家|代|方|产业|季|阶段|梯队|线|书记|时间|站|位(?=的)|大|名|页|辆|台|例|座|场|项|人)?",
    ),
    _words(
        "several batches",
        rf"[0-9{_H}](?:(?<![0-9.].)[0-9]|[{_H}]{{0,2}}+)?+(?:[-至到][0-9{_H}]{{1,2}})?批(?!次|准|发|复|示|评|捕|量)",
        "前", "后", after="批-至到",
    ),
    # 一是, 二是: the outline of a speech
    _words("an outline word", rf"[{_H}](?<![^。；;，,:：、!？?”\n\t ].)[{_H}]?(?:是|要|则)(?!否)"),
    _words("an outline mark in brackets", rf"\((?:[{_H}]{{1,3}}\)|[0-9]{{1,2}}\)(?=[\u4e00-\u9fff0-9“《]))"),
    _words(
        "an outline mark at the head of a line",
        rf"[0-9{_H}①-⑳❶-❿](?:(?<=[①-⑳❶-❿])|(?<![^\n\t].)(?:(?<=[0-9])[0-9]?(?:[.、)](?![0-9])|[.](?=[0-9]{{1,4}}(?:[至-][0-9]{{1,2}})?[年月日]))|[{_H}]{{0,2}}、))",
    ),
    # “六个一”, “四套班子”, “1+5+100”, “832”平台
    _words(
        "a slogan in quotation marks",
        r"[“\"「『‘](?=[^”\"」』’]{0,9}[一二三四五六七八九十百千两双0-9])(?![^”\"」』’]{0,40}(?:[%‰元]|百分|[万亿](?!家灯火|里|众)))"
        r"[^”\"」』’。，,；;]{1,11}[”\"」』’]",
    ),
    _words("a sum as a name", r"[0-9NX](?<![0-9.].)[0-9]{0,4}+(?:\+(?:[0-9]{1,5}|[NXn]))++(?![0-9]{{0,9}}[%元])", need=("+",)),
    _words("a slogan of rates", rf"[两三四五](?<![{_H}].)个[0-9]{{1,3}}%(?!的|以上)", need=("%",)),
    # 一季一调度, 一周一调度, 每月一排名
    _words("a rhythm", rf"[一每](?:{_HAN}{{1,2}}一{_HAN}{{1,2}}|(?<=一){_HAN}{{1,3}}、一{_HAN}{{1,5}}(?:、一{_HAN}{{1,9}})++)"),
    # 一带一路, 四水同治, 三驾马车, 两不愁三保障
    _words("a set phrase", rf"[三四五六七八九十两二]{_HAN}同治", need=("同治",)),
    _words("a set phrase of the list", _phrases()),
    _words(
        "a congress",
        rf"[{_H}](?<![{_H}].)[{_H}]{{0,3}}+(?:届|(?<=十[一二三四五六七八九])大|(?<=二十)大)(?:(?:[{_H}]{{1,2}}次|[{_H}]中)?(?:{_DEED}))?",
        need=("届", "大"),
    ),
    _words("a holiday", r"七一|八一|五四|三八节|十一黄金周|五一(?=假期|劳动|期间|节|[”\"])|双十一|六一"),
    # 12345热线, 12306
    _words(
        "a hotline",
        rf"1(?<![0-9.].)[0-9]{{4}}(?![0-9.,])(?=(?:{_HAN}|[”\"]){{0,8}}(?:热线|平台|电话|网站|网|举报|服务|专线|售)|政务|市民|投诉|[”\"])",
    ),
    # 电话:0791-83986000, 400-123-4567
    _words(
        "a telephone number",
        r"[热电拨致](?:线|话|打)[::]?(?:0[0-9]{2,3}-?)?[0-9]{3,11}(?:-[0-9]{2,8})*+",
        need=("热线", "电话", "拨打", "致电"),
    ),
    _words(
        "a telephone number alone",
        r"[014](?<![0-9.].)(?:(?<=0)[0-9]{2,3}-[0-9]{7,8}|(?<=1)[3-9][0-9]{9}|(?<=4)00-?[0-9]{3,4}-?[0-9]{3,4})(?![0-9])",
    ),
    _words(
        "a size in a name",
        rf"{_D}[0-9]{{0,4}}+(?:[×xX*][0-9]{{1,5}}(?:万?千?[瓦伏]|MW)?|千伏(?!安)|[年月]期(?!间)|(?<=[0-9]{{3}})/[0-9]{{3}}(?![0-9]))",
        after="×xX*千年月期/",
    ),
    _words("a road by its number", r"[国省县]道[0-9]{2,4}(?![0-9.])", need=("国道", "省道", "县道")),
    # 三个方面, 四点建议, 7大领域
    _words(
        "a count of talk",
        rf"[0-9{_H}](?<![0-9.{_H}].)[0-9{_H}]?(?:个|大|项|方面|点|种|条)?"
        r"(?:方面|特点|层面|维度|原则|关键词|问题是|要点|建议|意见|要求(?!的)|亮点|特征|着力点|一批)|{_D}[0-9]?大(?=[\u4e00-\u9fff])",
        after="个大项方点种条特层维原关问要建意亮着一",
    ),
    # 31个省(区、市), 6国, 3县5乡, 前20强
    _words(
        "regions that make a universe",
        rf"[0-9{_H[1:]}](?<![0-9.{_H}].)(?:[0-9]{{0,2}}+|[{_H}]{{0,3}}+)(?:(?:省份|省\((?:自治)?区、(?:直辖)?市\)|省区市|设区市|地级市|直辖市)|市州|州市|市县|市\(州\)"
        r"|县\((?:市|区)[^)]{0,6}\)|县市区?|区县|县区|[省市县乡镇国州](?![级内外民有务家道中场值长域区际产债企防]))",
        after="省市县区州乡镇国",
    ),
    _words("so many of the strongest", rf"[0-9{_H}](?<![0-9.].)[0-9]{{0,3}}强(?!度|化|制|调|力|劲|大)", "前", after="强"),
    # 成立75周年, 5连增
    _words("an anniversary", rf"[0-9{_H}](?<![0-9.{_H}].)[0-9{_H}]{{0,4}}周年", after="周"),
    _words("a streak", rf"[0-9{_H}](?<![0-9.{_H}].)[0-9{_H}]?(?:连[增丰冠跌降涨胜]|连板)", after="连"),
    _words("the base of an index", r"以[^，。,；;0-9]{1,8}为100"),
    # 9.86/10万: per so many
    # 1小时最大雨强, 臭氧8小时均值, 7天逆回购: how something is measured or offered
    _words(
        "a length of time in a name",
        rf"{_D}[0-9]?(?:小时|天|分钟)(?=[^，。,；;、0-9]{{0,8}}圈|最大|均值|平均|滑动|累计雨|降[雨水]|逆回购|热线|营业|值[班守]|不间断|在线|自助|开放|无理由|全天候|动态心)",
        after="小天分",
    ),
    # 每10万人, 每100元营业收入: so much for each
    _words("a base behind 每", r"1(?<=每1)0{0,4}(?:万|亿)?(?:人口?|户|名|元|万元|平方公里|公里|个|辆|件|亩)(?![次均])", need=("每1",)),
    _words("a base of a rate", r"/1(?<=[0-9]/1)0{1,3}万(?!元)", need=("/1",)),
    _words("a round of talk", rf"[{_H}]轮(?=征求|意见|谈判|协商|磋商|疫情|降雨|检查|督查)", after="轮"),
)
