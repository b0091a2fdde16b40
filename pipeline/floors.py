"""Accuracy floors that only rise, each with the digest of the gold it was measured on.

``{"gold": {"gold/development.jsonl": "sha256:…"}, "floors": {"figure_f1": 0.97, …}, "ceilings": {"false_alarms": 0}}``;
paths count from the folder of the file.
"""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from .errors import DecodeError, FetchError
from .evaluate import Score, measures

_PLACES = 10_000


class Floors(msgspec.Struct, frozen=True):
    """``folder`` is where the gold paths count from; ``ceilings`` are better when smaller."""

    folder: str
    gold: dict[str, str]
    floors: dict[str, float]
    ceilings: dict[str, float]

    def paths(self) -> list[Path]:
        """The gold files that the floors were measured on."""
        return [Path(self.folder, name) for name in self.gold]

    def below(self, names: Sequence[str], score: Score) -> list[str]:
        """One line for every measure that is worse than it was, and for gold that is not the gold of the floors."""
        lines = [
            f"{name}: its digest is not the one in the floors; measure again and raise them"
            for name, digest in self._digests(names).items()
            if self.gold.get(name) != digest
        ]
        got = measures(score)
        lines += [
            f"{n}: {got.get(n, 0):.4f} is below its floor {f:.4f}" for n, f in self.floors.items() if got.get(n, 0) < f
        ]
        return lines + [f"{n}: {got[n]:g} is above its ceiling {c:g}" for n, c in self.ceilings.items() if got[n] > c]

    def raised(self, names: Sequence[str], score: Score) -> Floors:
        """The floors where they are better than measured, the measured ones where those are; digests as the files are.

        Raises DecodeError where the gold has changed and a measure is below its floor: then a person decides.
        """
        digests = self._digests(names)
        got = {name: math.floor(value * _PLACES) / _PLACES for name, value in measures(score).items()}
        alarms = got.pop("false_alarms")
        worse = [name for name, floor in self.floors.items() if got.get(name, 0) < floor]
        if digests != self.gold and worse:
            problem = f"the gold has changed and {', '.join(worse)} would fall"
            raise DecodeError(
                f"{self.folder}/floors", problem, "mend the fall, or write the new floors by hand and say why"
            )
        floors = {name: max(value, self.floors.get(name, 0)) for name, value in got.items()}
        return Floors(
            self.folder, digests, floors, {"false_alarms": min(alarms, self.ceilings.get("false_alarms", alarms))}
        )

    def _digests(self, names: Sequence[str]) -> dict[str, str]:
        digests = {}
        for name in names:
            place = Path(os.path.relpath(name, self.folder)).as_posix()
            digests[place] = "sha256:" + hashlib.sha256(Path(name).read_bytes()).hexdigest()
        return digests


def read(path: str) -> Floors:
    """The floors of a file; an empty set where there is none yet. Raises DecodeError for anything else."""
    record: dict[str, Any] = {"gold": {}, "floors": {}, "ceilings": {}}
    try:
        record |= json.loads(Path(path).read_text(encoding="utf-8"))
        return msgspec.convert({**record, "folder": str(Path(path).parent)}, Floors)
    except FileNotFoundError:
        return Floors(str(Path(path).parent), {}, {}, {})
    except OSError as error:
        raise FetchError(path, error.strerror or "not readable", "name the floors file") from error
    except (ValueError, msgspec.ValidationError, TypeError) as error:
        raise DecodeError(path, f"no floors ({error})", "see pipeline/floors.py for the form") from error


def text(floors: Floors) -> str:
    """The floors as they are kept: indented JSON, keys sorted."""
    record = {"gold": floors.gold, "floors": floors.floors, "ceilings": floors.ceilings}
    return json.dumps(record, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
