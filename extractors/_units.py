"""Units: what may stand to the right of a numeral, and its name in the report."""

from __future__ import annotations

import re

CURRENCIES = {
    "元": "CNY", "块钱": "CNY", "元人民币": "CNY", "人民币": "CNY", "元钱": "CNY",
    "美元": "USD", "美金": "USD", "欧元": "EUR", "港元": "HKD", "港币": "HKD", "日元": "JPY", "英镑": "GBP",
    "韩元": "KRW", "卢布": "RUB", "澳元": "AUD", "加元": "CAD", "新台币": "TWD", "澳门元": "MOP", "新加坡元": "SGD",
    "瑞士法郎": "CHF", "卢比": "INR", "泰铢": "THB",
}
COUNTS = tuple(
    "个 人 件 例 户 起 项 人次 宗 家 所 套 批次 班 张 架次 名 种 剂次 条 册 场 标箱 标准箱 台 份 位 座 处 支 只 头 匹 辆 艘 架 列 根 块 片 颗 株 棵 "
    "幅 部 篇 轮 批 类 门 款 间 栋 幢 对 双 盏 眼 口 孔 组 队 站 桶 箱 袋 瓶 盒 枚 笔 单 票 封 页 案 床 张床位 席 学时 课时 人份 剂 头次 车次 "
    "班次 航班 台次 台套 户次 家次 件次 场次 项次 例次 票次 车辆 次 宗次 人份 班列 张次 单元 标段 宗地 平台 口人 条次 篇次 站次 艘次 "
    "列次 辆次 只次 羽 尾 粒 吨次 套次 宗数 桩 节 粒 箱次 滴 枝 束 标 TEU 期 桌 网点 棵次 针 针次 对次 组次 副 面 则 首 段 辆份 道 "
    "盘 户人家 床位 团 队次 碗 杯 本 杆 颗次 代 层 届 厘 村次 点位 架飞机 万".split()
)
QUANTITIES = tuple(
    "公里 千米 米 厘米 毫米 海里 里 平方公里 平方千米 平方米 平米 立方米 立方公里 方 亩 公顷 顷 吨 公斤 千克 克 斤 两 毫克 微克 升 毫升 "
    "千瓦 千瓦时 度 度电 瓦 瓦时 兆瓦 兆瓦时 吉瓦 吉瓦时 吨标准煤 吨标煤 吨公里 人公里 箱公里 车公里 吨二氧化碳 吨二氧化碳当量 ℃ 摄氏度 "
    "分贝 标准立方米 标方 亩次 亩地 岁 卡 大卡 千卡 焦 兆焦 吉焦 兆 比特 字节 像素 英寸 英里 公升 公分 加仑 盎司 平方英尺 TB GB MB PB EB km m kg t kW kWh MW GW GWh MWh "
    "载重吨 总吨 标煤 飞行小时 机时 人天 人年 工日 人日 立方 倍工作量 纬度 经度 PFlops P EFLOPS E Gbps Mbps kW·h ㎡ km² m² m³ m2 km2 m3 亿吨公里".split()
)
_PER = "公顷|亩|人|立方米|吨|千人|万人|年|天|日|小时|平方米|平方公里|户|公里|月|公斤|斤|次|件|百公里|升|万元|秒|千瓦时|度|箱|头|只|套|台|桶|股|间|kWh|L|m³|m3|㎡"


def alternation(words: tuple[str, ...]) -> str:
    """A pattern for any of ``words``, the longest first."""
    return "|".join(sorted((re.escape(w) for w in set(words)), key=len, reverse=True))


def firsts(words: tuple[str, ...]) -> str:
    """Every character that one of ``words`` begins with."""
    return "".join(sorted({w[0] for w in words}))


PER = rf"(?:/(?:{_PER})|每(?:公顷|亩|人|吨|平方米|立方米|千瓦时))"
