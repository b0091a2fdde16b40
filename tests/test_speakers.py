"""Who speaks: every way of printing a speaker, and what only looks like one."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heshu.pipeline.speakers import Printed, turns
from heshu.schemas.turn import Turn
from tests.ingest_pages import page, transcript

OPENING = "1月25日，市统计局举行新闻发布会，市统计局副局长陈瑛、综合科科长索志鹏出席，由办公室主任何彦军主持。"


def of(text: str, title: str = "", bold: dict[str, int] | None = None) -> tuple[Turn, ...]:
    """The turns of a plain text; ``bold`` gives the bold characters of lines by their text."""
    printed, at = [], 0
    for line in text.split("\n"):
        printed.append(Printed(at, line, (bold or {}).get(line, 0)))
        at += len(line) + 1
    return turns(text, printed, title, "sha256:0")


@pytest.mark.parametrize(
    ("line", "speaker", "title", "role"),
    [
        ("陈瑛:", "陈瑛", "市统计局副局长", "speaker"),
        ("陈瑛：", "陈瑛", "市统计局副局长", "speaker"),
        ("陈瑛：上半年完成投资12亿元。", "陈瑛", "市统计局副局长", "speaker"),
        ("[陈瑛]", "陈瑛", "市统计局副局长", "speaker"),
        ("【陈瑛】上半年完成投资12亿元。", "陈瑛", "市统计局副局长", "speaker"),
        ("[陈瑛]：", "陈瑛", "市统计局副局长", "speaker"),
        ("**陈瑛：**上半年完成投资12亿元。", "陈瑛", "市统计局副局长", "speaker"),
        ("10:05 陈瑛：", "陈瑛", "市统计局副局长", "speaker"),
        ("[2021-01-25 10:05:31] 陈瑛：", "陈瑛", "市统计局副局长", "speaker"),
        ("[陈瑛] 10:05:31", "陈瑛", "市统计局副局长", "speaker"),
        ("陈瑛女士：", "陈瑛", "市统计局副局长", "speaker"),
        ("陈　瑛：", "陈　瑛", "市统计局副局长", "speaker"),
        ("国家统计局新闻发言人 付凌晖：", "付凌晖", "国家统计局新闻发言人", "speaker"),
        ("国家统计局新闻发言人付凌晖：各位好。", "付凌晖", "国家统计局新闻发言人", "speaker"),
        ("市发改委党组成员、副主任欧阳明：", "欧阳明", "市发改委党组成员、副主任", "speaker"),
        ("自治区财政厅厅长 买买提·艾山：", "买买提·艾山", "自治区财政厅厅长", "speaker"),
        ("付凌晖（国家统计局新闻发言人）：", "付凌晖", "国家统计局新闻发言人", "speaker"),
        ("规划投资科 李毅：", "李毅", "规划投资科", "speaker"),
        ("市发改委负责人：", "市发改委负责人", None, "speaker"),
        ("答：", "答", None, "speaker"),
        ("答（陈瑛）：", "答", None, "speaker"),
        ("A：好的。", "A", None, "speaker"),
        ("主持人：", "主持人", None, "host"),
        ("主持人:大家好。", "主持人", None, "host"),
        ("[主持人]", "主持人", None, "host"),
        ("[主持人 何彦军]", "何彦军", "办公室主任", "host"),
        ("主持人何彦军：", "何彦军", "办公室主任", "host"),
        ("主持人（市委宣传部新闻科科长 黎晓）：", "黎晓", "市委宣传部新闻科科长", "host"),
        ("省政府新闻办新闻发布处处长、主持人 程以南：", "程以南", "省政府新闻办新闻发布处处长", "host"),
        ("何彦军：", "何彦军", "办公室主任", "host"),
        ("记者：", "记者", None, "journalist"),
        ("[记者]", "记者", None, "journalist"),
        ("南昌日报社记者:", "南昌日报社记者", None, "journalist"),
        ("《环球时报》记者：增速多少？", "《环球时报》记者", None, "journalist"),
        ("[新华社记者]", "新华社记者", None, "journalist"),
        ("新华社记者 王五：", "新华社记者 王五", None, "journalist"),
        ("有记者问：增速多少？", "有记者问", None, "journalist"),
        ("记者追问：增速多少？", "记者追问", None, "journalist"),
        ("问：", "问", None, "journalist"),
        ("问1：增速多少？", "问1", None, "journalist"),
        ("Q：增速多少？", "Q", None, "journalist"),
        ("网友“青石板”：", "网友“青石板”", None, "unknown"),
        ("▲新华社记者：", "新华社记者", None, "journalist"),
        ("● 陈瑛：", "陈瑛", "市统计局副局长", "speaker"),
        ("10:00:23 国家统计局新闻发言人 付凌晖：", "付凌晖", "国家统计局新闻发言人", "speaker"),
        ("（10:00:23）付凌晖：", "付凌晖", None, "speaker"),
        ("付凌晖 10:00:23", "付凌晖", None, "speaker"),
        ("主持人 寿小丽 2024-01-17 10:00:23", "寿小丽", "主持人", "host"),
        ("主 持 人：", "主 持 人", None, "host"),
        ("记  者：", "记  者", None, "journalist"),
        ("〔主持人〕", "主持人", None, "host"),
        ("主持人·寿小丽：", "寿小丽", "主持人", "host"),
        ("主持人 省政府新闻办副主任 李明：", "李明", "省政府新闻办副主任", "host"),
        ("主持人（李明，市政府新闻办主任）：", "李明", "市政府新闻办主任", "host"),
        ("司仪：", "司仪", None, "host"),
        ("国务院新闻办新闻局副局长、新闻发言人 寿小丽：", "寿小丽", "国务院新闻办新闻局副局长、新闻发言人", "speaker"),
        ("李明副主任：", "李明", "副主任", "speaker"),
        ("王局长：", "王局长", None, "speaker"),
        ("张女士：", "张女士", None, "speaker"),
        ("嘉宾：", "嘉宾", None, "speaker"),
        ("嘉宾李明：", "李明", None, "speaker"),
        ("[嘉宾 李明]：", "李明", None, "speaker"),
        ("新闻发言人：", "新闻发言人", None, "speaker"),
        ("陈瑛答：", "陈瑛", "市统计局副局长", "speaker"),
        ("李明回答：", "李明", None, "speaker"),
        ("翻译：", "翻译", None, "unknown"),
        ("[口译]", "口译", None, "unknown"),
        ("英国路透社记者（翻译）：", "英国路透社记者（翻译）", None, "journalist"),
        ("记者（新华社）：", "记者（新华社）", None, "journalist"),
        ("记者 李明（人民日报）：", "记者 李明（人民日报）", None, "journalist"),
        ("记者1：", "记者1", None, "journalist"),
        ("NHK记者：", "NHK记者", None, "journalist"),
        ("21世纪经济报道记者：", "21世纪经济报道记者", None, "journalist"),
        ("有媒体问：", "有媒体问", None, "journalist"),
        ("会后有记者问及：增速多少？", "会后有记者问及", None, "journalist"),
        ("提问一：", "提问一", None, "journalist"),
        ("答一：", "答一", None, "speaker"),
    ],
)
def test_speaker_lines(line: str, speaker: str, title: str | None, role: str) -> None:
    found = of(f"{OPENING}\n{line}\n下面介绍上半年情况，完成投资12亿元，同比增长5%，好于预期。\n索志鹏：\n我来补充。")
    second = found[1]
    assert (second.speaker, second.title, second.role) == (speaker, title, role)
    assert [turn.speaker for turn in found] == [None, speaker, "索志鹏"]


@pytest.mark.parametrize(
    "line",
    [
        "第一：稳投资。",
        "第一：",
        "其中：",
        "其中：续建210个。",
        "具体来看：",
        "数据显示：上半年增长5%。",
        "会议指出：要稳投资。",
        "省委书记张三强调：要稳投资。",
        "国家统计局局长康义表示：经济向好。",
        "时间：1月25日",
        "地点：市政府新闻发布厅",
        "发布人：市统计局副局长陈瑛",
        "主持人：市统计局办公室主任 何彦军",
        "单位：亿元",
        "项目：586个",
        "项目：",
        "方法：",
        "金额：12亿元",
        "目标：",
        "原标题：上半年经济",
        "来源：南昌日报",
        "访问量:",
        "分享:",
        "附件：",
        "责任编辑：李四",
        "各位代表：",
        "各位记者朋友：",
        "女士们、先生们：",
        "同志们：",
        "答记者问：",
        "安义县：完成投资3亿元。",
        "高新区：完成投资3亿元。",
        "南昌市：",
        "增速：5%",
        "（一）总体情况：",
        "一是稳投资：加快开工。",
        "比例为3:5",
        "10:05",
        "http://www.example.cn/a",
        "图为发布会现场：",
        "王军说：我家收入增加了。",
        "他说：",
        "据新华社记者：",
        "路透社：经济向好。",
        "：",
        "[1]",
        "发言人：市统计局副局长陈瑛",
        "嘉宾：市统计局副局长陈瑛",
        "GDP：12亿元",
        "问题一：进度偏慢。",
        "车间主任：",
        "寿命：12年",
        "截至10:00",
        "上半年 10:00:23",
        "常务副市长：",
        "【字体：大 中 小】",
    ],
)
def test_lines_that_are_no_speaker(line: str) -> None:
    found = of(f"{OPENING}\n陈瑛：\n上半年完成投资12亿元。\n{line}\n同比增长5%，好于预期。\n")
    assert [turn.speaker for turn in found] == [None, "陈瑛"]


def test_a_text_without_speakers_is_one_turn() -> None:
    text = "上半年完成投资12亿元。\n其中：续建210个。\n"
    (turn,) = of(text)
    assert (turn.speaker, turn.role, turn.kind, turn.start, turn.end) == (
        None,
        "unknown",
        "statement",
        0,
        len(text) - 1,
    )


def test_bold_names_need_no_colon() -> None:
    text = f"{OPENING}\n陈瑛\n上半年完成投资12亿元。\n南昌日报记者\n增速多少？\n稳中有进\n小标题不是人。"
    found = of(text, bold={"陈瑛": 2, "南昌日报记者": 6, "稳中有进": 4})
    assert [turn.speaker for turn in found] == [None, "陈瑛", "南昌日报记者"]
    assert [turn.speaker for turn in of(text)] == [None]


def test_an_outlet_alone_is_a_speaker_where_a_question_follows() -> None:
    for outlet in ("路透社", "CNN", "江西卫视"):
        text = f"{OPENING}\n陈瑛：\n介绍完毕。\n{outlet}：\n请问增速是多少？\n陈瑛：\n增速5%。"
        assert [turn.speaker for turn in of(text)] == [None, "陈瑛", outlet, "陈瑛"]


CONFERENCE = (
    f"{OPENING}\n何彦军：\n大家好，欢迎参加今天的发布会。下面请陈瑛副局长介绍情况。\n陈瑛：\n上半年完成投资12亿元。\n"
    "何彦军：\n谢谢。下面进入提问环节。\n南昌日报记者：\n增速多少？\n何彦军：\n这个问题请索志鹏回答。\n索志鹏：\n增速5%。\n陈瑛：\n我补充一点。\n"
    "大江网记者：\n下半年呢？\n陈瑛：\n继续努力。\n何彦军：\n今天的发布会到此结束，谢谢大家！"
)


def test_roles_kinds_and_answers_of_a_conference() -> None:
    found = of(CONFERENCE)
    assert [turn.kind for turn in found] == [
        "opening",
        "opening",
        "statement",
        "statement",
        "question",
        "statement",
        "answer",
        "answer",
        "question",
        "answer",
        "closing",
    ]
    assert {turn.speaker: turn.role for turn in found} == {
        None: "unknown",
        "何彦军": "host",
        "陈瑛": "speaker",
        "索志鹏": "speaker",
        "南昌日报记者": "journalist",
        "大江网记者": "journalist",
    }
    questions = [turn.id for turn in found if turn.kind == "question"]
    assert [turn.answers for turn in found if turn.answers] == [questions[0], questions[0], questions[1]]
    assert len({turn.id for turn in found}) == len(found)


def test_the_only_official_of_a_briefing_answers_and_does_not_preside() -> None:
    text = "新华社记者：增速多少？\n毛伟：增速5%。\n彭博社记者：明年呢？\n毛伟：继续努力。"
    found = of(text, title="2024年3月12日外交部发言人毛伟主持例行记者会")
    assert [(turn.speaker, turn.role, turn.kind) for turn in found][1] == ("毛伟", "speaker", "answer")
    assert found[1].title == "外交部发言人"
    assert found[3].answers == found[2].id


def test_an_interpreter_leaves_question_and_answer_together() -> None:
    text = f"{OPENING}\n陈瑛：\n介绍完毕。\n路透社记者：\nWhat about growth?\n翻译：\n请问增速是多少？\n陈瑛：\n增速5%。\n翻译：\n5%."
    found = of(text)
    assert [turn.kind for turn in found][2:] == ["question", "statement", "answer", "statement"]
    assert found[4].answers == found[2].id


def test_a_picture_and_its_caption_do_not_break_a_turn() -> None:
    text = f"{OPENING}\n陈瑛：\n图为陈瑛介绍情况。张三 摄\n上半年完成投资12亿元。\n（摄影：李四）\n谢谢。\n索志鹏：\n我来补充。\n图为现场：记者提问。"
    assert [turn.speaker for turn in of(text)] == [None, "陈瑛", "索志鹏"]


def test_two_names_alone_on_their_lines_are_speakers_in_a_conference() -> None:
    talk = "高建华：\n物价稳定。\n孙立群：\n就业也稳定。"
    assert [turn.speaker for turn in of(talk, title="全市经济运行新闻发布会")] == ["高建华", "孙立群"]
    assert [turn.speaker for turn in of(talk, title="一首诗")] == [None]


def test_names_in_the_line_of_the_answer_need_other_signs_of_a_conference() -> None:
    talk = "李四：物价稳定。\n王五：就业也稳定。\n李四：谢谢。"
    assert [turn.speaker for turn in of(talk, title="新闻发布会实录")] == ["李四", "王五", "李四"]


@given(
    st.lists(
        st.sampled_from([*CONFERENCE.split("\n"), "", "　", "其中：", "正文12亿元。", "问：", "[主持人 何彦军]", "**"]),
        max_size=30,
    )
)
@settings(max_examples=150, deadline=None)
def test_turns_cover_the_text_without_gap_or_overlap(picked: list[str]) -> None:
    text = "\n".join(picked)
    at = 0
    for turn in of(text):
        assert text[at : turn.start].strip() == ""
        assert turn.start < turn.end
        assert not text[turn.start].isspace()
        assert not text[turn.end - 1].isspace()
        at = turn.end
    assert text[at:].strip() == ""


def test_the_label_belongs_to_its_turn_on_a_page_too() -> None:
    body = "".join(f"<p>{line}</p>" for line in CONFERENCE.split("\n"))
    found = transcript(page(body))
    text = found.document.text
    assert [text[turn.start : turn.end].split("\n")[0] for turn in found.turns][1:4] == [
        "何彦军：",
        "陈瑛：",
        "何彦军：",
    ]
