"""Pages for timing, made from the bundled one by a fixed seed: about 90 KB of HTML around 11 KB of transcript."""

from __future__ import annotations

import random
import re
from pathlib import Path

MODEL = Path(__file__).resolve().parent.parent.parent / "corpora" / "pages" / "trs" / "retold.html"
SEED = 20210125
PAGE_BYTES, TEXT_BYTES = 90_000, 11_000
CITIES = "南昌 九江 赣州 吉安 宜春 抚州 上饶 萍乡 新余 鹰潭".split()
PEOPLE = "何彦军 陈瑛 索志鹏 李毅".split()
SURNAMES, GIVEN = "王李张刘陈杨黄赵吴周徐孙马朱胡郭林高罗郑", "文军伟强国华志明建平海波晓东立新春雷永刚"


def of_city(paragraphs: str, number: int) -> str:
    """The same conference of another city, year and people, so that no fact of it is that of another copy."""
    back, city = number // len(CITIES), CITIES[number % len(CITIES)]
    moved = re.sub(r"(?<!\d)20(?:1[5-9]|2[0-5])(?!\d)", lambda m: str(int(m[0]) - back), paragraphs)
    for person in PEOPLE if number else ():
        moved = moved.replace(person, _person(random.Random(f"{SEED} {number} {person}")))
    return moved.replace("南昌", city)


def _person(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, 2))


def page(number: int = 0, times: int = 1, *, same: bool = False) -> bytes:
    """A page of about 90 KB (more where the transcript is longer) with ``times`` × 11 KB of transcript.

    ``same`` tells one conference over and over: every fact is repeated by all copies.
    """
    model = MODEL.read_text("utf-8")
    start = model.index("<p", model.index('<div class="view'))
    end = model.index("</div>", start)
    paragraphs = re.findall(r"<p\b.*?</p>\n?", model[start:end], re.DOTALL)
    told, size, copy = [], 0, 0
    while size < times * TEXT_BYTES:
        for paragraph in paragraphs:
            told.append(paragraph if same else of_city(paragraph, number + copy))
            size += len(re.sub(r"<[^<>]*>", "", paragraph).encode())
            if size >= times * TEXT_BYTES:
                break
        copy += 1
    body = "".join(told)
    around = PAGE_BYTES - len(model[:start].encode()) - len(model[end:].encode()) - len("".join(told[: len(told) // times]).encode())
    before, after = surroundings(random.Random(SEED + number), around)
    head, rest = model[:start].split("<body>", 1)
    return f"{head}<body>{before}{rest}{body}{model[end:].replace('</body>', after + '</body>')}".encode()


def surroundings(dice: random.Random, size: int) -> tuple[str, str]:
    """Menus, link lists, styles and scripts, as they stand before and behind the body of such pages."""
    letters = "政务公开服务互动数据机构职能规划计划财政预算决算人事招考重大项目新闻动态通知公告政策解读专题专栏信息指南"
    words = ["".join(dice.choices(letters, k=dice.randint(4, 9))) for _ in range(200)]
    parts, made = [], 0
    while made < size:
        kind = dice.random()
        if kind < 0.6:
            links = "".join(
                f'<li class="item{dice.randint(1, 9)}"><a href="../../{dice.randrange(10**6)}/t{dice.randrange(10**8)}.html" '
                f'target="_blank" title="{word}">{word}</a><span>{dice.randint(2019, 2021)}-{dice.randint(10, 12)}-{dice.randint(10, 28)}</span></li>\n'
                for word in dice.choices(words, k=12)
            )
            part = f'<div class="menu"><h3>{dice.choice(words)}</h3><ul class="list">\n{links}</ul></div>\n'
        elif kind < 0.8:
            rules = "".join(f".m{dice.randrange(10**4)}{{width:{dice.randint(1, 999)}px;color:#{dice.randrange(16**6):06x}}}\n" for _ in range(20))
            part = f'<style type="text/css">\n{rules}</style>\n'
        else:
            calls = "".join(f'  if (a[{dice.randrange(99)}] < b) {{ push("{dice.choice(words)}", {dice.randrange(10**5)}); }}\n' for _ in range(15))
            part = f"<script>\n(function (a, b) {{\n{calls}}})([], 1);\n</script>\n"
        parts.append(part)
        made += len(part.encode())
    cut = len(parts) // 3
    return "".join(parts[:cut]), "".join(parts[cut:])
