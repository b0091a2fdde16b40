"""heshu 核数: reads Chinese government press conferences and tells whether their figures add up."""

from pathlib import Path

# In a checkout the folders stand beside this one; installed, they lie inside it.
_checkout = Path(__file__).resolve().parent.parent
if (_checkout / "pyproject.toml").is_file() and (_checkout / "extractors").is_dir():
    __path__.append(str(_checkout))

__version__ = "0.1.0"
