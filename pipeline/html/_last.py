"""The last resort for the body: trafilatura, where it is installed. It drops repeated lines, so it is asked last and marked."""

from __future__ import annotations

from html import escape


def extracted(text: str) -> str | None:
    """Its reading of a page as paragraphs of markup; None where it is not installed or finds nothing."""
    try:
        from trafilatura import extract
    except ImportError:
        return None
    found = extract(text, include_comments=False, favor_recall=True, deduplicate=False)
    return "".join(f"<p>{escape(line)}</p>" for line in found.splitlines() if line.strip()) if found else None
