"""A report made by hand with findings of four verdicts: what shows reports is tested without what makes them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from heshu.schemas.document import Document, Period, Provenance, Region, Span
from heshu.schemas.figure import Comparison, Figure, Kind
from heshu.schemas.finding import Finding, Identity, Implied, Message, Repair, Verdict
from heshu.schemas.identity import document_id, record_id
from heshu.schemas.issue import Issue
from heshu.schemas.ranking import Entry, Ranking
from heshu.schemas.report import SCHEMA_VERSION, Coverage, Report, Tool
from heshu.schemas.turn import Turn

TEXT = (
    "各位记者朋友，上午好！\n"
    "去年全市共排出重点工程240项（首批226项，年中追加21项，退出7项），总盘子1835.4亿元，当年打算投入412.6亿元。\n"
    "一年下来，实际投入455.5亿元，占当年打算投入的110.4%，比前年高出6.2个百分点；"
    "其中64项新开工工程已动工53项，动工率82.8%。惠及群众约30万人。\n"
    "请问农村公路修得怎么样？\n"
    "新修农村公路1260公里，比前年多修210公里，增长25%。各县均超过全市平均水平。另有12▇里在建。\n"
)
DOCUMENT = document_id(TEXT.encode())
YEAR = Period("2023-01-01", "2023-12-31", "去年")


def _at(surface: str) -> tuple[int, int]:
    start = TEXT.index(surface)
    return start, start + len(surface)


def _figure(surface: str, kind: Kind, value: str, unit: str, words: str | None = None, **more: Any) -> Figure:
    start, end = _at(surface)
    half = Decimal(str(more.pop("half", 0)))
    turn = "t3" if start >= _at("新修农村")[0] else "t1"
    fields: dict[str, Any] = {
        "bound": None,
        "metric": None,
        "subject": None,
        "direction": None,
        "comparison": None,
        **more,
    }
    return Figure(
        id=record_id(DOCUMENT, "figure", start, end),
        start=start,
        end=end,
        surface=surface,
        kind=kind,
        value=value,
        unit=unit,
        low=str(Decimal(value) - half),
        high=str(Decimal(value) + half),
        metric_text=words,
        scope=("全市",),
        period=YEAR,
        turn=turn,
        rule="made by hand",
        **fields,
    )


FIGURES = (
    _figure("240项", "count", "240", "项", "重点工程"),
    _figure("226项", "count", "226", "项"),
    _figure("21项", "count", "21", "项"),
    _figure("7项", "count", "7", "项"),
    _figure("1835.4亿元", "money", "183540000000", "CNY", "总盘子", half=5000000),
    _figure("412.6亿元", "money", "41260000000", "CNY", "打算投入", half=5000000),
    _figure("455.5亿元", "money", "45550000000", "CNY", "实际投入", half=5000000),
    _figure("110.4%", "rate", "110.4", "percent", "占当年打算投入", metric="rate.completion", half="0.05"),
    _figure(
        "6.2个百分点",
        "points",
        "6.2",
        "percentage_point",
        direction="up",
        comparison=Comparison("previous_year", "比前年"),
    ),
    _figure("64项", "count", "64", "项", "新开工工程"),
    _figure("53项", "count", "53", "项", "已动工"),
    _figure("82.8%", "rate", "82.8", "percent", "动工率", half="0.05"),
    _figure("约30万人", "count", "300000", "人", "惠及群众", bound="about"),
    _figure("1260公里", "quantity", "1260", "公里", "新修农村公路", half="0.5"),
    _figure("210公里", "quantity", "210", "公里", "多修", direction="up", half="0.5"),
    _figure("25%", "rate", "25", "percent", "增长", direction="up", half="0.5"),
)


def _id(surface: str) -> str:
    return next(figure.id for figure in FIGURES if figure.surface == surface)


def _finding(
    identity: Identity, claim: str | None, operands: tuple[str, ...], verdict: Verdict, zh: str, en: str, **more: Any
) -> Finding:
    ids = tuple(_id(operand) for operand in operands)
    fields: dict[str, Any] = {
        "weights": None,
        "computed": None,
        "stated": claim,
        "reason": None,
        "repair": None,
        **more,
    }
    return Finding(
        id=record_id(DOCUMENT, "check", 0, 0, identity + (claim or "") + "".join(ids)),
        identity=identity,
        claim=_id(claim) if claim else None,
        operands=ids,
        expression=" ".join(operands),
        computed_low=str(fields.pop("low", None) or fields["computed"] or "") or None,
        computed_high=str(fields.pop("high", None) or fields["computed"] or "") or None,
        verdict=verdict,
        message=Message(zh, en),
        rule="made by hand",
        turn="t3" if claim == "25%" else "t1",
        **fields,
    )


FINDINGS = (
    _finding(
        "sum",
        "240项",
        ("226项", "21项", "7项"),
        "agrees",
        "226 项 + 21 项 − 7 项 = 240 项，与文中的 240 项一致",
        "226 + 21 − 7 = 240, as printed",
        weights=(1, 1, -1),
        computed="240",
    ),
    _finding(
        "ratio",
        "110.4%",
        ("455.5亿元", "412.6亿元"),
        "agrees",
        "455.5 亿元 ÷ 412.6 亿元 = 110.397…%，四舍五入为 110.4%，与文中一致",
        "455.5 ÷ 412.6 = 110.397…%, rounded 110.4%, as printed",
        computed="110.397479",
    ),
    _finding(
        "ratio",
        "82.8%",
        ("53项", "64项"),
        "truncated",
        "53 项 ÷ 64 项 = 82.8125%，只有截尾才得到文中的 82.8%",
        "53 ÷ 64 = 82.8125%, which gives the printed 82.8% only when cut off",
        computed="82.8125",
    ),
    _finding(
        "growth",
        "25%",
        ("210公里", "1260公里"),
        "disagrees",
        "210 公里 ÷（1260 公里 − 210 公里）= 20%，与文中的 25% 不一致",
        "210 ÷ (1260 − 210) = 20%, which does not agree with the printed 25%",
        computed="20",
        low="19.9295",
        high="20.0705",
        repair=Repair(_id("25%"), "20%", 1),
    ),
    _finding(
        "product",
        "约30万人",
        (),
        "cannot_tell",
        "“约30万人”是概数，没有可供核对的基数",
        "“约30万人” is hedged and no base is given",
        reason="hedged",
    ),
)


def sample() -> Report:
    """Sixteen figures, five findings, a ranking, an issue, an implied figure."""
    turns = (
        Turn("t1", "林岚", "市发展改革委副主任", "speaker", "statement", None, 0, TEXT.index("请问")),
        Turn("t2", "晚报记者", None, "journalist", "question", None, TEXT.index("请问"), TEXT.index("新修")),
        Turn("t3", "周柏", "市交通局副局长", "speaker", "answer", "t2", TEXT.index("新修"), len(TEXT)),
    )
    start, end = _at("12▇里")
    issue = Issue("unread_digits", start, end, "12▇里", Message("数字 12 没有读懂", "12 was not read"))
    ranked = _at("各县均超过全市平均水平")
    ranking = Ranking(
        record_id(DOCUMENT, "ranking", *ranked),
        *ranked,
        TEXT[slice(*ranked)],
        "list",
        None,
        "动工率",
        "各县",
        (Entry(1, "东县"),),
        None,
        None,
        None,
        "t3",
    )
    held = {i for finding in FINDINGS if finding.verdict != "cannot_tell" for i in (finding.claim, *finding.operands)}
    before = Period("2022-01-01", "2022-12-31", "前年")
    return Report(
        schema_version=SCHEMA_VERSION,
        tool=Tool("heshu", "0.1.0"),
        document=Document(
            DOCUMENT,
            "sample.txt",
            "text/plain",
            "utf-8",
            "去年重点工程推进情况新闻通气会",
            "云川市发展和改革委员会",
            Region("云川市", None),
            "2024-01-18",
            None,
            Span("2023-01-01", "2023-12-31"),
            TEXT,
            Provenance(None, "utf-8", 0, "text", None),
        ),
        turns=turns,
        figures=FIGURES,
        rankings=(ranking,),
        findings=FINDINGS,
        implied=(Implied((_id("110.4%"), _id("6.2个百分点")), "104.2", "percent", "rate.completion", None, before),),
        issues=(issue,),
        coverage=Coverage(
            len(FIGURES), len(held), len(FINDINGS), 1, 1, tuple(f.id for f in FIGURES if f.id not in held)
        ),
    )
