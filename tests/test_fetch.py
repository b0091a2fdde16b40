"""Sources from the disk and the pipe: all of them in order, and every one that fails by name."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from heshu.pipeline import fetch
from heshu.pipeline.errors import FetchError, HeshuError, LimitError
from heshu.pipeline.fetch import _codecs
from heshu.schemas.transcript import Source

ROOT = Path(__file__).resolve().parent.parent


def names(given: list[str], stdin: io.BytesIO | None = None) -> list[str]:
    """The names of the sources, or the codes of the errors."""
    return [item.name if isinstance(item, Source) else item.code for item in fetch.sources(given, stdin)]


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for path in ("b/2.html", "b/1.html", "a.txt", "c.txt", ".hidden/x.txt", "b/.DS_Store"):
        file = tmp_path / path
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(path.encode())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_files_keep_the_order_and_the_name_given(tree: Path) -> None:
    assert names(["c.txt", "a.txt", "./a.txt"]) == ["c.txt", "a.txt", "./a.txt"]


def test_a_directory_is_read_by_name_without_hidden_files(tree: Path) -> None:
    assert names(["."]) == ["./a.txt", "./b/1.html", "./b/2.html", "./c.txt"]


def test_globs_match_files_and_directories(tree: Path) -> None:
    assert names(["*.txt"]) == ["a.txt", "c.txt"]
    assert names(["**/*.html"]) == ["b/1.html", "b/2.html"]
    assert names(["?"]) == ["b/1.html", "b/2.html"]


def test_a_file_with_a_bracket_in_its_name_is_no_pattern(tree: Path) -> None:
    (tree / "[1].txt").write_bytes(b"x")
    assert names(["[1].txt"]) == ["[1].txt"]


def test_standard_input_is_a_source() -> None:
    (item,) = fetch.sources(["-"], io.BytesIO("总投资".encode()))
    assert isinstance(item, Source)
    assert (item.name, item.data) == ("-", "总投资".encode())


@pytest.mark.parametrize(
    "name",
    [
        "missing.html",
        "*.none",
        "https://www.example.gov.cn/a.html",
        "HTTP://x.cn/",
        "file:///etc/passwd",
        "a.warc.gz",
        "nul\0byte",
        "x" * 5000,
        "",
    ],
)
def test_what_cannot_be_read_is_named_and_the_rest_still_comes(tree: Path, name: str) -> None:
    first, second = fetch.sources([name, "a.txt"])
    assert isinstance(first, FetchError)
    assert "\n" not in str(first)
    assert first.advice
    assert isinstance(second, Source)


def test_an_empty_file_an_empty_directory_and_no_source_are_errors(tree: Path) -> None:
    (tree / "empty.txt").touch()
    (tree / "folder").mkdir()
    assert names(["empty.txt", "folder"]) == ["fetch_error", "fetch_error"]
    assert names([]) == ["fetch_error"]
    assert names(["-"], io.BytesIO()) == ["fetch_error"]


def test_size_is_limited(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_codecs, "MAX_BYTES", 10)
    (tree / "long.txt").write_bytes(b"x" * 11)
    (tree / "fits.txt").write_bytes(b"x" * 10)
    long, fits, piped = fetch.sources(["long.txt", "fits.txt", "-"], io.BytesIO(b"x" * 11))
    assert isinstance(long, LimitError)
    assert isinstance(fits, Source)
    assert isinstance(piped, LimitError)


def test_links_in_a_circle_end_and_links_to_files_are_followed(tree: Path) -> None:
    os.symlink("..", tree / "b" / "up")
    os.symlink("loop", tree / "loop")
    os.symlink("a.txt", tree / "link.txt")
    found = names(["b", "link.txt", "loop"])
    assert found[:2] == ["b/1.html", "b/2.html"]
    assert found[-2:] == ["link.txt", "fetch_error"]
    assert len(found) < 20


def test_a_pipe_with_no_end_is_not_opened(tree: Path) -> None:
    os.mkfifo(tree / "pipe")
    (item,) = fetch.sources(["pipe"])
    assert isinstance(item, FetchError)


def test_sources_are_streamed(tree: Path) -> None:
    stream = fetch.sources(["a.txt", "gone.txt"])
    first = next(stream)
    (tree / "gone.txt").write_bytes(b"here now")
    assert isinstance(first, Source)
    assert isinstance(next(stream), Source)


def test_odd_names_stay_on_one_line(tree: Path) -> None:
    (error,) = fetch.sources(["a\nb\u202e.html"])
    assert isinstance(error, HeshuError)
    assert "\n" not in str(error)
    assert "\u202e" not in str(error)


def walked(top: Path) -> list[int]:
    """Resident kilobytes of a process that goes through a folder, at each tenth of the way after the first."""
    script = (
        "import sys, resource\n"
        "from heshu.pipeline import fetch\n"
        "def resident():\n"
        "    return int(open('/proc/self/statm').read().split()[1]) * resource.getpagesize() // 1024\n"
        "count = int(sys.argv[2])\n"
        "for number, item in enumerate(fetch.sources([sys.argv[1]]), 1):\n"
        "    assert len(item.data) > 10\n"
        "    if number % (count // 10) == 0:\n"
        "        print(resident())\n"
        "assert number == count\n"
    )
    count = sum(len(files) for _, _, files in os.walk(top))
    done = subprocess.run(
        [sys.executable, "-c", script, str(top), str(count)],
        capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return [int(line) for line in done.stdout.split()]


@pytest.mark.parametrize(
    ("folders", "files"), [(20, 100), pytest.param(300, 1000, marks=pytest.mark.slow), pytest.param(1, 100_000, marks=pytest.mark.slow)]
)
def test_memory_is_flat_over_many_files(folders: int, files: int, tmp_path: Path) -> None:
    for folder in range(folders):
        (tmp_path / f"{folder:04}").mkdir()
        for number in range(files):
            with open(tmp_path / f"{folder:04}" / f"{number:06}.html", "wb") as out:
                out.write(b"<p>" + b"x" * 20)
    sizes = walked(tmp_path)
    assert len(sizes) == 10
    assert max(sizes) <= min(sizes) * 1.1


def test_what_a_browser_saves_beside_a_page_is_no_document(tree: Path) -> None:
    for name in ("b/p_files/logo.PNG", "b/p_files/style.css", "b/p_files/frame.html"):
        (tree / name).parent.mkdir(exist_ok=True)
        (tree / name).write_bytes(b"x")
    assert names(["b"]) == ["b/1.html", "b/2.html", "b/p_files/frame.html"]
    assert names(["b/p_files/style.css"]) == ["b/p_files/style.css"]


def test_parts_that_are_not_installed_are_named(tree: Path) -> None:
    """A base install reads files, and says what is missing for the rest."""
    script = (
        "import sys\n"
        "for part in ('httpx2', 'hishel', 'warcio', 'protego', 'tenacity', 'w3lib', 'brotli', 'zstandard', 'httpcore2'):\n"
        "    sys.modules[part] = None\n"
        "from heshu.pipeline.cli import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    (tree / "x.warc").write_bytes(b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    (tree / "fine.txt").write_text("全市新建项目325个。", "utf-8")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    for call in (["check", "http://a.cn/"], ["check", "x.warc"], ["fetch", "http://a.cn/", "--out", "y.warc.gz"]):
        done = subprocess.run([sys.executable, "-c", script, *call], capture_output=True, text=True, check=False, env=env)
        assert done.returncode == 2
        assert "heshu[fetch]" in done.stderr
        assert done.stderr.count("\n") == 1
    done = subprocess.run(
        [sys.executable, "-c", script, "check", "fine.txt"], capture_output=True, text=True, check=False, env=env
    )
    assert (done.returncode, done.stderr) == (0, "")
