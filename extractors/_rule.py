"""What every room offers: rules. A rule looks to the right of a numeral, or scans the text for words."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from ._numerals import Numeral
