"""Pages of systems that nobody has seen, by a fixed seed: a conference in 24 layouts whose class names mean nothing.

``pages()`` gives for each the name of its layout, the markup, the lines of its transcript and its speaker labels. What
stands around the transcript is prose too: abstracts of other news with figures, comments of readers, notices of rights.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

SEED = 20240419
HOSTS, GUESTS = "黎晓 周正平 孙立群".split(), "陈瑛 索志鹏 付明远 高建华 罗文涛 许静".split()
OUTLETS = "江城日报记者 新华社记者 湖滨晚报记者 大江网记者 省广播电视台记者 经济时报记者".split()
THINGS = "重点项目 保障性住房 农村公路 充电设施 养老服务中心 产业园区 高标准农田 污水处理厂 职业学校 冷链仓库".split()
VERBS = "开工建设 建成投用 完成改造 通过验收 启动实施".split()
PLACES = "东区 西区 滨江新区 北山县 南湖县 高新区 临港开发区".split()


class Made(NamedTuple):
    """A page and what is to be read from it."""

    name: str
    markup: str
    lines: list[str]
    labels: list[str]


class Dice(random.Random):
    """Chance with words."""

    def number(self, low: int, high: int) -> str:
        """A count, an amount with one place, or a rate."""
        return self.choice((str(self.randint(low, high)), f"{self.uniform(low, high):.1f}", f"{self.randint(low, high) / 100:.2f}"))

    def statement(self) -> str:
        """One sentence with figures."""
        thing, verb, place = self.choice(THINGS), self.choice(VERBS), self.choice(PLACES)
        forms = (
            f"今年上半年，全市{thing}{verb}{self.randint(20, 900)}个，完成投资{self.number(10, 900)}亿元，同比增长{self.uniform(1, 30):.1f}%。",
            f"其中{place}{self.randint(3, 60)}个，占全市的{self.uniform(5, 60):.1f}%，比上年同期提高{self.uniform(0.1, 9):.1f}个百分点。",
            f"截至6月底，{thing}累计达到{self.randint(100, 9000)}处，服务群众{self.number(2, 90)}万人次，群众满意度不断提高。",
            f"下一步，我们将围绕{thing}继续发力，力争年底前再{verb}{self.randint(10, 90)}个，确保完成全年目标任务。",
            f"在{place}，我们还推出了{self.randint(3, 30)}条措施，办理时间由{self.randint(10, 30)}天压缩到{self.randint(2, 9)}个工作日。",
        )
        return self.choice(forms)

    def paragraph(self) -> str:
        """Two to five sentences."""
        return "".join(self.statement() for _ in range(self.randint(2, 5)))

    def word(self) -> str:
        """A name that no system uses for anything."""
        return "".join(self.choice("bdfgjkmqrvwz") + self.choice("aeiou") for _ in range(3)) + str(self.randint(1, 99))

    def abstract(self) -> str:
        """What stands under the headline of other news."""
        money, homes = self.number(1, 50), self.randint(1, 90)
        return f"本报讯 {self.choice(PLACES)}日前发布{self.choice(THINGS)}情况，全年共安排资金{money}亿元，惠及居民{homes}万户，受到欢迎。"

    def headline(self) -> str:
        """Of other news."""
        return f"{self.choice(PLACES)}{self.choice(THINGS)}{self.choice(VERBS)}{self.randint(10, 500)}个"


def conference(dice: Dice) -> tuple[list[tuple[str | None, list[str]]], str]:
    """The turns of a conference, (label, paragraphs), and its title."""
    host, guests = dice.choice(HOSTS), dice.sample(GUESTS, 3)
    title = f"全市{dice.choice(THINGS)}推进情况新闻发布会"
    told: list[tuple[str | None, list[str]]] = [
        (None, [f"7月{dice.randint(5, 28)}日上午，市政府新闻办召开{title}，{'、'.join(guests)}出席并回答提问，由{host}主持。"]),
        (host, ["各位记者朋友，大家上午好，欢迎参加今天的新闻发布会。", f"首先请{guests[0]}介绍有关情况。"]),
        (guests[0], [dice.paragraph() for _ in range(dice.randint(3, 7))] + ["谢谢大家。"]),
        (host, ["谢谢。下面进入提问环节，提问前请通报所在的新闻机构。"]),
    ]
    for outlet in dice.sample(OUTLETS, dice.randint(2, 5)):
        told.append((outlet, [f"请问{dice.choice(THINGS)}方面，下半年还有哪些安排？谢谢。"]))
        told.append((dice.choice(guests), [dice.paragraph() for _ in range(dice.randint(1, 3))] + ["谢谢。"]))
    told.append((host, ["由于时间关系，今天的新闻发布会到此结束，谢谢大家。"]))
    return told, title


Turns = list[tuple[str | None, list[str]]]


def flat(turns: Turns) -> list[str]:
    """The lines of a transcript, each label on a line of its own."""
    return [line for label, lines in turns for line in ([f"{label}：", *lines] if label else lines)]


# ---- bodies: the same turns as different markup ------------------------------------------------------------------------


def paragraphs(turns: Turns, dice: Dice) -> str:
    return "".join(f"<p>　　{line}</p>\n" for line in flat(turns))


def bold_names(turns: Turns, dice: Dice) -> str:
    return "".join(f"<p><strong>{x}</strong></p>" if x.endswith("：") else f"<p>{x}</p>" for x in flat(turns))


def breaks(turns: Turns, dice: Dice) -> str:
    return "<br/><br/>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" for line in flat(turns))


def blocks(turns: Turns, dice: Dice) -> str:
    name = dice.word()
    return "".join(f'<div class="{name}">{line}</div>' for line in flat(turns))


def wrapped(turns: Turns, dice: Dice) -> str:
    return "".join(f'<div><div class="{dice.word()}"><span>{line}</span></div></div>' for line in flat(turns))


def spans(turns: Turns, dice: Dice) -> str:
    return "".join(f'<p><span style="font-size:16px"><span lang="EN-US">{line}</span></span></p>' for line in flat(turns))


def messages(turns: Turns, dice: Dice) -> str:
    """One box for each turn, as live reports have it."""
    box, who, said = dice.word(), dice.word(), dice.word()
    return "".join(
        f'<div class="{box}"><div class="{who}">{f"{label}：" if label else ""}</div><div class="{said}">'
        + "".join(f"<p>{x}</p>" for x in lines) + "</div></div>" for label, lines in turns
    )  # fmt: skip


def sections(turns: Turns, dice: Dice) -> str:
    return "".join(f"<section><p>{'</p><p>'.join([f'{label}：'] * bool(label) + lines)}</p></section>" for label, lines in turns)


def items(turns: Turns, dice: Dice) -> str:
    return "<dl>" + "".join(f"<dt>{label or ''}{'：' * bool(label)}</dt><dd>{'<br>'.join(lines)}</dd>" for label, lines in turns) + "</dl>"


def rows(turns: Turns, dice: Dice) -> str:
    return "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in flat(turns)) + "</table>"


def fonts(turns: Turns, dice: Dice) -> str:
    return "".join(f'<P><FONT face="宋体" size=3>{line}</FONT></P>' for line in flat(turns))


def pieces(turns: Turns, dice: Dice) -> str:
    """The body in several boxes, an advertisement between them."""
    half = len(turns) // 2
    advert = f'<div class="{dice.word()}"><a href="/ad">{dice.headline()}</a></div>'
    return f"<div>{paragraphs(turns[:half], dice)}</div>{advert}<div>{paragraphs(turns[half:], dice)}</div>"


BODIES: tuple[Callable[[Turns, Dice], str], ...] = (
    paragraphs, bold_names, breaks, blocks, wrapped, spans, messages, sections, items, rows, fonts, pieces,
)  # fmt: skip


# ---- what stands around ------------------------------------------------------------------------------------------------


def menu(dice: Dice) -> str:
    links = "".join(f'<li><a href="/{dice.word()}/">{dice.choice(THINGS)}</a></li>' for _ in range(dice.randint(8, 30)))
    return f'<div class="{dice.word()}"><ul>{links}</ul></div>'


def news(dice: Dice) -> str:
    """Headlines with abstracts."""
    told = "".join(
        f'<div class="{dice.word()}"><h4><a href="/{dice.word()}.html">{dice.headline()}</a></h4><p>{dice.abstract()}</p></div>'
        for _ in range(dice.randint(3, 6))
    )
    return f'<div class="{dice.word()}"><h3>推荐</h3>{told}</div>'


def headlines(dice: Dice) -> str:
    told = "".join(f'<li><a href="/{dice.word()}.html">{dice.headline()}</a><em>06-{dice.randint(10, 28)}</em></li>' for _ in range(8))
    return f'<div class="{dice.word()}"><h3>相关新闻</h3><ul>{told}</ul></div>'


def comments(dice: Dice) -> str:
    said = "".join(
        f'<div class="{dice.word()}"><b>网友{i}</b><p>家门口的{dice.choice(THINGS)}什么时候能用上？</p><i>赞({dice.randint(1, 99)})</i></div>'
        for i in range(4)
    )
    return f'<div class="{dice.word()}">{said}</div>'


def footer(dice: Dice) -> str:
    return (
        f'<div class="{dice.word()}"><p>版权所有：市政府办公室 网站标识码：99000000{dice.randint(10, 99)} 备案号{dice.randint(10**7, 10**8)}</p>'
        f"<p>本网站所刊登的各类信息，版权均归本网站所有，未经许可不得转载，电话0999-{dice.randint(10**6, 10**7)}。</p></div>"
    )


def info(dice: Dice) -> str:
    when, seen = f"2024-07-{dice.randint(20, 28)} 09:{dice.randint(10, 59)}", dice.randint(100, 9999)
    return f'<div class="{dice.word()}"><span>{when}</span><span>来源：市政府新闻办</span><span>浏览：{seen}次</span></div>'


def columns(dice: Dice, title: str, body: str) -> str:
    """Two columns, the body on the left."""
    left = f'<div class="{dice.word()}"><h1>{title}</h1>{info(dice)}<div class="{dice.word()}">{body}</div></div>'
    return f'{menu(dice)}<div class="{dice.word()}">{left}<div class="{dice.word()}">{headlines(dice)}{news(dice)}</div></div>{comments(dice)}{footer(dice)}'


def tables(dice: Dice, title: str, body: str) -> str:
    """A page arranged by tables."""
    head = f"<table width=1000><tr><td>{menu(dice)}</td></tr></table>"
    inner = f"<table><tr><td align=center><b>{title}</b></td></tr><tr><td>{body}</td></tr></table>"
    main = f"<table><tr><td width=200>{headlines(dice)}</td><td>{inner}</td></tr></table>"
    return f"{head}{main}<table><tr><td>{footer(dice)}</td></tr></table>"


def bare(dice: Dice, title: str, body: str) -> str:
    """The body stands in <body> itself, between menus."""
    return f"{menu(dice)}<h2>{title}</h2>{info(dice)}{body}{headlines(dice)}{footer(dice)}"


def deep(dice: Dice, title: str, body: str) -> str:
    """Boxes in boxes, the news list within the box of the body."""
    inner = f'<div class="{dice.word()}">{body}</div>{headlines(dice)}'
    for _ in range(6):
        inner = f'<div class="{dice.word()}">{inner}</div>'
    return f"{menu(dice)}{news(dice)}<h1>{title}</h1>{inner}{footer(dice)}"


FRAMES: tuple[Callable[[Dice, str, str], str], ...] = (columns, tables, bare, deep)


def pages(each: int = 1) -> Iterator[Made]:
    """Two frames for each of the twelve bodies, ``each`` times: 24 × ``each`` pages."""
    for number in range(24 * each):
        dice = Dice(SEED + number)
        body = BODIES[number % 12]
        frame = FRAMES[(number + number // 12) % 4]
        turns, title = conference(dice)
        whole = frame(dice, title, body(turns, dice))
        head = f'<meta charset="utf-8"><title>{title}_市政府</title>'
        markup = f"<!DOCTYPE html><html><head>{head}</head><body>{whole}</body></html>"
        yield Made(f"{body.__name__} in {frame.__name__}", markup, flat(turns), [label for label, _ in turns if label])
