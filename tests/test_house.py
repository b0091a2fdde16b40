"""The house keeps its rules, and the rules can fail."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests import house

ROOT = Path(__file__).resolve().parent.parent


def test_imports_doors_docstrings_and_sizes() -> None:
    assert house.broken(ROOT) == []


def test_every_room_is_furnished() -> None:
    assert house.unfurnished(ROOT) == []


def test_the_rules_see_the_modules_of_every_folder() -> None:
    seen = house.modules(ROOT)
    assert {"heshu", "heshu.pipeline.language", "heshu.schemas.figure", "heshu.pipeline.export.schema"} <= set(seen)


def test_every_package_and_every_file_of_data_is_installed() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        settings = tomllib.load(file)["tool"]["setuptools"]
    folders = {path.parent for folder in house.FOLDERS for path in (ROOT / folder).rglob("__init__.py")}
    names = {str(folder.relative_to(ROOT)).replace("/", ".") for folder in folders}
    assert {name if name == "heshu" else f"heshu.{name}" for name in names} == set(settings["packages"])
    for package, folder in settings["package-dir"].items():
        data = [
            path for path in (ROOT / folder).rglob("*") if path.suffix in (".tsv", ".json", ".toml", ".html", ".css")
        ]
        matched = {path for pattern in settings["package-data"][package] for path in (ROOT / folder).glob(pattern)}
        assert set(data) <= matched


FILES = {
    "schemas/figure.py": "",
    "pipeline/errors.py": "",
    "pipeline/run.py": "from . import split, extract",
    "pipeline/split.py": "",
    "pipeline/extract.py": "from ..extractors import _units, money",
    "pipeline/relate/__init__.py": "from .._words import x",
    "pipeline/_words.py": "",
    "pipeline/html.py": "import bs4\nfrom ._soup import x",
    "pipeline/_soup.py": "import lxml",
    "pipeline/language.py": "import jieba",
    "pipeline/cli.py": "print('ok')",
    "pipeline/fetch/__init__.py": "from ._files import x",
    "pipeline/fetch/_files.py": "import socket",
    "pipeline/export/__init__.py": "def w(p): p.write_bytes(b'')",
    "pipeline/decode.py": "from ._encodings import x\ndef d(b): return b.decode()",
    "pipeline/_encodings.py": "def d(b): return b.decode('gbk', 'replace')",
    "pipeline/gold.py": "import msgspec\ndef d(decoder, b): return msgspec.json.decode(b), decoder.decode(b)",
    "pipeline/checks/sum.py": "from ..interval import x",
    "pipeline/checks/rank.py": "",
    "pipeline/interval.py": "from urllib.parse import quote",
    "extractors/money.py": "from ._units import x\nfrom ..schemas.figure import Figure",
    "extractors/rate.py": "from typing import TYPE_CHECKING",
    "extractors/_units.py": "",
}


def lay(root: Path, files: dict[str, str]) -> Path:
    for name, source in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f'"""Says what it is."""\n{source}\n' if name.endswith(".py") else source, "utf-8")
    return root


def test_a_house_in_order_has_nothing_broken(tmp_path: Path) -> None:
    assert house.broken(lay(tmp_path, FILES)) == []


@pytest.mark.parametrize(
    ("name", "source", "problem"),
    [
        ("schemas/figure.py", "from ..pipeline import errors", "schemas import nothing of ours"),
        ("pipeline/split.py", "from . import extract", "the verb split imports the verb extract"),
        ("pipeline/split.py", "def late():\n    from .fetch import x", "the verb split imports the verb fetch"),
        ("pipeline/split.py", "from .run import report", "split is below run and imports it"),
        ("pipeline/checks/sum.py", "from .rank import x", "a room imports the room heshu.pipeline.checks.rank"),
        ("pipeline/checks/sum.py", "from ..relate import x", "the verb validate imports the verb relate"),
        ("extractors/rate.py", "from . import money", "a room imports the room heshu.extractors.money"),
        ("pipeline/split.py", "from ..extractors._units import x", "heshu.extractors._units is for its own folder"),
        ("pipeline/split.py", "from .fetch import _files", "heshu.pipeline.fetch._files is for its own folder"),
        ("pipeline/split.py", "from heshu.schemas.figure import Figure", "by its absolute name"),
        ("pipeline/split.py", "import jieba.posseg", "only language may import jieba"),
        ("pipeline/split.py", "from spacy.tokens import Doc", "only language and spacy_component may import spacy"),
        ("pipeline/split.py", "from ._soup import x", "only html and sites may import lxml"),
        ("pipeline/split.py", "from urllib.request import urlopen", "only fetch may import urllib"),
        ("pipeline/html.py", "import socket", "only fetch may import socket"),
        ("pipeline/split.py", "print('x')", "only cli prints"),
        ("pipeline/split.py", "import sys\nsys.stderr.write('x')", "only cli has sys.stderr"),
        ("pipeline/split.py", "def d(b): return b.decode('utf-8')", "only decode turns bytes into text"),
        ("pipeline/split.py", "def d(b): return str(b, 'utf-8')", "only decode turns bytes into text"),
        ("pipeline/split.py", "def w(p): open(p, 'wb')", "only export and batch write files"),
        ("pipeline/split.py", "def w(p): p.write_text('x')", "only export and batch write files"),
        ("pipeline/split.py", "x = 1\n" * 300, "a file has at most 300"),
        ("extractors/rate.py", "x = 1\n" * 150, "a room has at most 150"),
        ("pipeline/split.py", "def f():\n" + "    x = 1\n" * 40, "f has 41 lines"),
        ("pipeline/utils.py", "", "a name that says nothing"),
    ],
)
def test_a_breach_is_named(name: str, source: str, problem: str, tmp_path: Path) -> None:
    lines = house.broken(lay(tmp_path, {**FILES, name: source}))
    assert any(problem in line for line in lines), lines


def test_a_module_without_a_docstring_is_named(tmp_path: Path) -> None:
    lay(tmp_path, FILES)
    (tmp_path / "pipeline" / "split.py").write_text("x = 1\n", "utf-8")
    assert house.broken(tmp_path) == ["pipeline/split.py: no module docstring"]


FURNISHED = {
    "extractors/money.py": "",
    "extractors/money.tsv": "sentence\ttext\tkind\n投资3亿元。\t3亿元\tmoney\n亿元以上项目\t\t\n",
    "extractors/_units.py": "",
    "pipeline/checks/sum.py": "",
    "pipeline/checks/sum.tsv": "sentence\ttext\toperands\n1个，2个，共3个。\t3个\t1个 | 2个\n共3个。\t\t\n",
    "pipeline/sites/trs.py": "",
    **{f"corpora/pages/trs/{name}": "" for name in ("a.html", "a.json", "b.html", "b.json")},
}


@pytest.mark.parametrize(
    ("missing", "problem"),
    [
        ("extractors/money.tsv", "extractors/money.py has no table"),
        ("extractors/money.py", "extractors/money.tsv has no room"),
        ("pipeline/checks/sum.tsv", "pipeline/checks/sum.py has no table"),
        ("corpora/pages/trs/b.html", "pipeline/sites/trs.py has not two pages"),
        ("corpora/pages/trs/b.json", "corpora/pages/trs/b.html has no reading"),
    ],
)
def test_an_unfurnished_room_is_named(missing: str, problem: str, tmp_path: Path) -> None:
    assert house.unfurnished(lay(tmp_path, FURNISHED)) == []
    (tmp_path / missing).unlink()
    assert any(problem in line for line in house.unfurnished(tmp_path))


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("sentence\ttext\n亿元以上项目\t\n", "no row with something to find"),
        ("sentence\ttext\n投资3亿元。\t3亿元\n", "no row where nothing may be found"),
    ],
)
def test_a_table_needs_both_sorts_of_rows(table: str, problem: str, tmp_path: Path) -> None:
    lay(tmp_path, {**FURNISHED, "extractors/money.tsv": table})
    assert any(problem in line for line in house.unfurnished(tmp_path))


def test_nothing_heavy_is_loaded_by_importing_the_command() -> None:
    heavy = "{'spacy', 'pandas', 'jieba', 'rjieba', 'pyarrow', 'bs4', 'lxml', 'rich', 'dask', 'starlette'}"
    code = f"import heshu, heshu.pipeline.cli, sys; print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
