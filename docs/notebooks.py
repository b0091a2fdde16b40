"""Runs the notebooks of this folder anew and keeps their outputs: ``python docs/notebooks.py``, or ``make notebooks``.

What would differ from run to run or from machine to machine (times, versions, colours of a terminal) is left out.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def names() -> list[Path]:
    """The notebooks."""
    return sorted(HERE.glob("*.ipynb"))


def stored(path: Path) -> Any:
    """A notebook as it lies in the folder."""
    return nbformat.read(path, as_version=4)


def executed(path: Path) -> Any:
    """A notebook with the outputs of today, run from this folder; raises nbclient's CellExecutionError."""
    notebook = stored(path)
    with tempfile.TemporaryDirectory() as folder:
        # The history and the sockets of the kernel are nobody's business but this run's.
        more = {"IPYTHONDIR": folder, "JUPYTER_RUNTIME_DIR": folder, "PYTHONPATH": str(ROOT), "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        place = {"metadata": {"path": str(HERE)}}
        quiet = ["--IPKernelApp.log_level=ERROR"]
        client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources=place, record_timing=False, extra_arguments=quiet)
        client.execute(env={**os.environ, **more})
    notebook.metadata = {"kernelspec": notebook.metadata["kernelspec"], "language_info": {"name": "python"}}
    for cell in notebook.cells:
        cell.metadata = {}
    return notebook


def told(notebook: Any) -> list[list[str]]:
    """What a reader is shown by each cell of code; of a drawing its title, since widths are those of the fonts of a machine."""
    return [[words for output in cell.outputs for words in _words(output)] for cell in notebook.cells if cell.cell_type == "code"]


def _words(output: Any) -> list[str]:
    if output.output_type == "stream":
        return [output.text]
    data = output.get("data", {"text/plain": output.get("evalue", "")})
    if "image/svg+xml" in data:
        title = re.search(r'class="mark-text role-title-text".*?<text[^>]*>([^<]*)', data["image/svg+xml"], re.DOTALL)
        return [f"a drawing: {title[1] if title else ''}"]
    return [data.get("text/html") or data["text/plain"]]


if __name__ == "__main__":
    for notebook in names():
        made = executed(notebook)
        nbformat.validate(made)
        nbformat.write(made, notebook)
        print(notebook.name, file=sys.stderr)
