"""Figures of another place or time than the one they are set beside."""

from __future__ import annotations

import re

from .items import Item

_PLACED = re.compile(r"(?:全|我|本)(?P<p>[国省市县区州])|(?P<w>全球|世界)")


def elsewhen(whole: Item, part: Item) -> bool:
    """全省机动车2000万辆。全市新能源汽车30万辆，占机动车的12.1%: the figure that is printed is of another place, or of last year."""
    a, b = _PLACED.search(whole.lead), _PLACED.search(part.lead)
    if a is not None and b is not None and (a["p"] or a["w"]) != (b["p"] or b["w"]):
        return True
    one, two = whole.period, part.period
    if one is None or two is None:
        return False
    said = [(x.start, x.end, x.text if x.start is None else None) for x in (one, two)]
    return said[0] != said[1]
