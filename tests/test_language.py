"""The two segmenters find the same words, quietly, and the spaCy pipeline has the same tokens."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from heshu.pipeline import language

ROOT = Path(__file__).resolve().parent.parent
HAN = "一二三四五六七八九十百千万亿第个项年月日上下增长同比完成率开工投资南昌市的了在和是中国人民政府占比达到㐀鿖〇𠀀﨎"
LATIN = "0123456789ABCPMabcxyz.,%-_+#&"
MARKS = "，。、：；（）％—～ \t\r\n\u3000\u200b０９．"
mixed = st.text(st.one_of(*map(st.sampled_from, (HAN, LATIN, MARKS)), st.characters(exclude_categories=["Cs"])))


def surfaces(text: str, engine: language.Engine | None = None) -> list[str]:
    return [text[start:end] for start, end in language.words(text, engine=engine)]


# The same examples in every run: random characters meet an exact tie of the two engines once in about 100,000.
@settings(max_examples=600, deadline=None, derandomize=True)
@given(mixed)
@example("1-12月增长5.5%")
@example("1-2.5个，12.5.6%%，PM2.5-3，a_b+C++")
@example("A-b，v.x，B.Mb，29-C，a_b_c，12.5M，1.2.3，key-project")
@example("㐀㐁鿖鿗𠀀")
def test_both_engines_find_the_same_words(text: str) -> None:
    pytest.importorskip("rjieba")
    assert surfaces(text, "fast") == surfaces(text, "jieba")


@pytest.mark.parametrize("engine", ["jieba", "fast"])
@given(text=mixed)
@settings(max_examples=100, deadline=None)
def test_the_words_cover_the_text(engine: language.Engine, text: str) -> None:
    if engine == "fast":
        pytest.importorskip("rjieba")
    assert "".join(surfaces(text, engine)) == text


def test_both_engines_agree_on_every_line_of_the_corpora() -> None:
    pytest.importorskip("rjieba")
    pages = sorted((ROOT / "corpora").rglob("*.html")) + sorted((ROOT / "corpora").rglob("*.json"))
    assert pages
    lines = [line for page in pages for line in page.read_text("utf-8", "replace").splitlines() if line.strip()]
    different = [line for line in lines[:6000] if surfaces(line, "fast") != surfaces(line, "jieba")]
    assert different == []


def test_spacy_tokens_are_the_words() -> None:
    text = "全市586个重大重点项目，完成投资1824.9亿元，投资完成率117%。"
    assert [token.text for token in language.nlp()(text)] == surfaces(text)


def in_new_process(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error::UserWarning", "-c", code],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


ADDED = """
from heshu.pipeline import language
text = "昌北赣鄱湾投资完成率A-1号PM2.5治理"
{before}
language.add_words(["赣鄱湾投资完成率", "PM2.5治理", "A-1号"])
{after}
for engine in ("jieba", "fast"):
    print([text[a:b] for a, b in language.words(text, engine=engine)])
print([token.text for token in language.nlp()(text)])
"""


@pytest.mark.parametrize("load_first", [True, False])
def test_added_words_stay_whole_everywhere(load_first: bool, tmp_path: Path) -> None:
    pytest.importorskip("rjieba")
    load = "[language.words(text, engine=e) for e in ('jieba', 'fast')]" if load_first else ""
    done = in_new_process(ADDED.format(before=load, after=""), XDG_CACHE_HOME=str(tmp_path))
    assert done.stderr == ""
    jieba, fast, spacy = done.stdout.splitlines()
    assert jieba == fast == spacy
    assert "'赣鄱湾投资完成率', 'A-1号', 'PM2.5治理'" in jieba


@pytest.mark.parametrize("word", ["", "两 词", "逗，号", "a\tb"])
def test_a_word_that_cannot_be_kept_whole_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="not a word"):
        language.add_words([word])


LOAD = "from heshu.pipeline import language; print(language.words('增长5.5%', engine='jieba'))"


def test_loading_is_silent_and_survives_a_damaged_or_missing_cache(tmp_path: Path) -> None:
    first = in_new_process(LOAD, XDG_CACHE_HOME=str(tmp_path))
    (cache,) = tmp_path.rglob("jieba.cache")
    cache.write_bytes(cache.read_bytes()[:1000])
    damaged = in_new_process(LOAD, XDG_CACHE_HOME=str(tmp_path))
    (tmp_path / "file").touch()
    nowhere = in_new_process(LOAD, XDG_CACHE_HOME=str(tmp_path / "file"))
    for done in (first, damaged, nowhere):
        assert (done.stdout, done.stderr) == ("[(0, 2), (2, 6)]\n", "")


def test_processes_that_start_together_all_load(tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path)}
    command = [sys.executable, "-c", LOAD]
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [process.communicate()[0] for process in running] == ["[(0, 2), (2, 6)]\n"] * 4


def test_nothing_heavy_is_loaded_at_import() -> None:
    code = "import heshu.pipeline.language, sys; print({'jieba', 'rjieba', 'spacy', 'pandas'} & set(sys.modules))"
    assert in_new_process(code).stdout == "set()\n"
