"""The rules of the house, read from the imports and the calls: which way imports run, and who has which door.

``broken(root)`` and ``unfurnished(root)`` return one line for each breach; ``tests/test_house.py`` wants none.
"""

from __future__ import annotations

import ast
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

FOLDERS = ("heshu", "pipeline", "extractors", "schemas", "corpora")
VERBS = {"fetch", "decode", "parse", "split", "extract", "relate", "validate", "audit", "export"}
# The rooms belong to the module that opens them.
OPENED_BY = {"sites": "parse", "checks": "validate", "extractors": "extract", "commands": "cli"}
CALLERS = {"run", "cli", "web", "batch", "cluster", "spacy_component", "series", "explain", "evaluate", "floors"}
DOORS = {
    "jieba": {"language"},
    "rjieba": {"language"},
    "spacy": {"language", "spacy_component"},
    "bs4": {"html", "sites"},
    "lxml": {"html", "sites"},
    "selectolax": {"html", "sites"},
    "html.parser": {"html", "sites"},
    "charset_normalizer": {"decode"},
    "socket": {"fetch"},
    "ssl": {"fetch"},
    "http": {"fetch", "web"},
    "urllib": {"fetch"},
    "requests": {"fetch"},
    "httpx": {"fetch"},
    "httpx2": {"fetch"},
    "httpcore2": {"fetch"},
    "hishel": {"fetch"},
    "protego": {"fetch"},
    "starlette": {"web"},
    "uvicorn": {"web"},
    "dask": {"cluster"},
    "distributed": {"cluster"},
}
FREE = {"urllib.parse", "http.HTTPStatus"}
WRITERS = {"write_text", "write_bytes", "to_parquet", "to_csv", "to_excel", "to_json"}
LONGEST = {"room": 150, "file": 300, "function": 40}


@dataclass
class Module:
    """One file: ``name`` as imported, ``part`` its verb, folder or module below ``heshu.pipeline``."""

    path: Path
    name: str
    source: str
    used_by: set[str] = field(default_factory=set)

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.source)

    @property
    def package(self) -> str:
        return self.name if self.path.name == "__init__.py" else self.name.rpartition(".")[0]

    @property
    def part(self) -> str:
        return part(self.name)

    @property
    def is_room(self) -> bool:
        return self.path.parent.name in OPENED_BY and not self.path.name.startswith("_")

    def imports(self) -> Iterator[tuple[str, bool]]:
        """Absolute names of what is imported, and whether only for the type checker."""
        for_types = {id(inner) for node in ast.walk(self.tree) if _is_type_checking(node) for inner in ast.walk(node)}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((alias.name, id(node) in for_types) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                base = self.package.split(".")[: len(self.package.split(".")) - node.level + 1] if node.level else []
                start = ".".join([*base, *([node.module] if node.module else [])])
                yield from ((f"{start}.{alias.name}", id(node) in for_types) for alias in node.names)


def part(name: str) -> str:
    """``heshu.pipeline.fetch._files`` → fetch, ``heshu.extractors.money`` → extractors, ``heshu`` → heshu."""
    pieces = name.split(".")
    if len(pieces) > 2 and pieces[1] == "pipeline":
        return pieces[2]
    return pieces[1] if len(pieces) > 1 else pieces[0]


def modules(root: Path) -> dict[str, Module]:
    """Every module of the checkout by its installed name, each knowing who imports it."""
    found = {}
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            pieces = path.relative_to(root).with_suffix("").parts
            pieces = pieces if folder == "heshu" else ("heshu", *pieces)
            name = ".".join(pieces[:-1] if pieces[-1] == "__init__" else pieces)
            found[name] = Module(path, name, path.read_text("utf-8"))
    for module in found.values():
        for name, _ in module.imports():
            target = _ours(name, found)
            if target:
                found[target].used_by.add(module.name)
    return found


def broken(root: Path) -> list[str]:
    """One line for every breach of the arrows, the doors, the docstrings and the sizes."""
    house = modules(root)
    lines = []
    for module in house.values():
        for problem in (*_arrows(module, house), *_doors(module, house), *_calls(module, house), *_shape(module)):
            lines.append(f"{module.path.relative_to(root)}: {problem}")
    return list(dict.fromkeys(lines))


def _arrows(module: Module, house: dict[str, Module]) -> Iterator[str]:
    mine = OPENED_BY.get(module.part, module.part)
    for name, for_types in module.imports():
        if module.name != "heshu" and name.split(".")[0] == "heshu" and _written_absolute(module, name):
            yield f"imports {name} by its absolute name"
        target = _ours(name, house)
        if target is None or target == module.name:
            continue
        other = part(target)
        theirs = OPENED_BY.get(other, other)
        if module.part == "schemas" and other != "schemas":
            yield f"schemas import nothing of ours, but {target}"
        if module.is_room and house[target].is_room:
            yield f"a room imports the room {target}"
        if mine in VERBS and theirs in VERBS and mine != theirs and not for_types:
            yield f"the verb {mine} imports the verb {theirs}"
        if (mine in VERBS or module.part in ("language", "html")) and theirs in CALLERS:
            yield f"{mine} is below {other} and imports it"
        last = target.rpartition(".")[2]
        if last.startswith("_") and not last.startswith("__") and not _inside(module, house[target]):
            yield f"{target} is for its own folder only"


def _doors(module: Module, house: dict[str, Module]) -> Iterator[str]:
    for name, _ in module.imports():
        for library, keepers in DOORS.items():
            if name in FREE or any(name.startswith(free + ".") for free in FREE):
                continue
            if (name == library or name.startswith(library + ".")) and not _is_or_serves(module, keepers, house):
                yield f"only {' and '.join(sorted(keepers))} may import {library}"


def _calls(module: Module, house: dict[str, Module]) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if (
            isinstance(node, ast.Attribute)
            and ast.unparse(node) in ("sys.stdout", "sys.stderr")
            and OPENED_BY.get(module.part, module.part) != "cli"
        ):
            yield f"line {node.lineno}: only cli has {ast.unparse(node)}"
        if not isinstance(node, ast.Call):
            continue
        called = ast.unparse(node.func)
        if called == "print" and OPENED_BY.get(module.part, module.part) != "cli":
            yield f"line {node.lineno}: only cli prints"
        if _decodes(node, called) and not _is_or_serves(module, {"decode"}, house):
            yield f"line {node.lineno}: only decode turns bytes into text"
        if _writes(node, called) and module.part not in ("export", "batch"):
            yield f"line {node.lineno}: only export and batch write files"


def _shape(module: Module) -> Iterator[str]:
    if not (ast.get_docstring(module.tree) or "").strip() and module.source.strip():
        yield "no module docstring"
    if module.path.stem in ("helpers", "utils", "util", "misc", "common"):
        yield "a name that says nothing"
    size = module.source.count("\n")
    kind = "room" if module.is_room else "file"
    if size > LONGEST[kind]:
        yield f"{size} lines, a {kind} has at most {LONGEST[kind]}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST["function"]:
                yield f"{node.name} has {length} lines, a function has at most {LONGEST['function']}"


def _ours(name: str, house: dict[str, Module]) -> str | None:
    """The module that an imported name lies in: the name itself, or what it is an attribute of."""
    while name and name not in house:
        name = name.rpartition(".")[0]
    return name if name and name != "heshu" else None


def _written_absolute(module: Module, name: str) -> bool:
    nodes = (node for node in ast.walk(module.tree) if isinstance(node, ast.Import | ast.ImportFrom))
    for node in nodes:
        if isinstance(node, ast.Import) and any(alias.name == name for alias in node.names):
            return True
        if isinstance(node, ast.ImportFrom) and not node.level and name.startswith(f"{node.module}."):
            return True
    return False


def _inside(module: Module, private: Module) -> bool:
    # The verb that opens the rooms of a folder shares what the rooms share.
    opener = OPENED_BY.get(private.path.parent.name)
    return module.path.is_relative_to(private.path.parent) or (opener is not None and module.part == opener)


def _is_or_serves(
    module: Module, keepers: set[str], house: dict[str, Module], seen: frozenset[str] = frozenset()
) -> bool:
    """A private module belongs to those that use it: it has their doors when all of them have."""
    if module.part in keepers:
        return True
    if not module.path.name.startswith("_") or not module.used_by or module.name in seen:
        return False
    seen = seen | {module.name}
    return all(user in seen or _is_or_serves(house[user], keepers, house, seen) for user in module.used_by)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and ast.unparse(node.test) in ("TYPE_CHECKING", "typing.TYPE_CHECKING")


def _decodes(node: ast.Call, called: str) -> bool:
    keywords = {keyword.arg for keyword in node.keywords}
    if called == "str":
        return len(node.args) > 1 or "encoding" in keywords
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "decode" or keywords - {"encoding", "errors"}:
        return False
    # Records are decoded from JSON by msgspec; text that was encoded a moment ago is no input.
    receiver = ast.unparse(node.func.value)
    return not (receiver.startswith("msgspec.") or receiver.endswith("decoder") or ".encode(" in receiver)


def _writes(node: ast.Call, called: str) -> bool:
    if called.rpartition(".")[2] in WRITERS:
        # frame.to_csv() and the like without a place to write to return the text
        return called.rpartition(".")[2].startswith("write") or bool(node.args)
    if called.rpartition(".")[2] not in ("open", "fdopen"):
        return False
    modes = [*node.args[:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    texts = [mode.value for mode in modes if isinstance(mode, ast.Constant) and isinstance(mode.value, str)]
    return any(set(text) & set("wax+") and set(text) <= set("rwaxbt+") for text in texts)


def rows(table: Path) -> list[dict[str, str]]:
    """The rows of a table of examples, by column."""
    with table.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def unfurnished(root: Path) -> list[str]:
    """One line for every room without its furniture, and for furniture without a room."""
    lines = []
    for folder in ("extractors", "pipeline/checks"):
        rooms = {path.stem for path in (root / folder).glob("*.py") if not path.stem.startswith("_")}
        tables = {path.stem for path in (root / folder).glob("*.tsv") if not path.stem.startswith("_")}
        lines += [f"{folder}/{name}.py has no table beside it" for name in sorted(rooms - tables)]
        lines += [f"{folder}/{name}.tsv has no room beside it" for name in sorted(tables - rooms)]
        for name in sorted(rooms & tables):
            table = rows(root / folder / f"{name}.tsv")
            if not any(row.get("text") for row in table):
                lines.append(f"{folder}/{name}.tsv has no row with something to find")
            if not any(row.get("sentence") and not row.get("text") for row in table):
                lines.append(f"{folder}/{name}.tsv has no row where nothing may be found")
    for room in sorted((root / "pipeline" / "sites").glob("*.py")):
        pages = root / "corpora" / "pages" / room.stem
        if (
            not room.stem.startswith("_")
            and sum(page.with_suffix(".json").exists() for page in pages.glob("*.html")) < 2
        ):
            lines.append(f"pipeline/sites/{room.name} has not two pages with readings in corpora/pages/{room.stem}")
    unread = [page for page in (root / "corpora" / "pages").rglob("*.html") if not page.with_suffix(".json").exists()]
    lines += [f"{page.relative_to(root)} has no reading beside it" for page in sorted(unread)]
    return lines
