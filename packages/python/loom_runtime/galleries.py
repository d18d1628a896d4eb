"""Lists of things that have looks of their own, such as figures: each item as it looks, in its order."""

from __future__ import annotations

import json
from typing import Any

from .displays import Displays
from .plain_text import plain_text

GALLERY_TYPE = "application/vnd.loom.gallery+json"
"""`{"items": [...], "total": n}`: the forms of the first items by MIME type, each with `text/plain`; n counts all items."""

MAX_ITEMS = 12
MAX_SIZE = 4_000_000
"""Characters of all looks together. Of items beyond it only the text is shown."""

MAX_TEXT = 200
_WITHOUT_LOOKS = (str, int, float, bool, bytes, type(None), dict, list, tuple, set, frozenset, type)


def gallery_of(value: list[Any] | tuple[Any, ...]) -> dict[str, Any] | None:
    """The looks of the first items; nothing when none of them has any."""
    shown = value[:MAX_ITEMS]
    if all(type(item) in _WITHOUT_LOOKS for item in shown):
        return None
    left = MAX_SIZE
    items: list[dict[str, Any]] = []
    for item in shown:
        looks = _looks_of(item)
        size = sum(len(form) if isinstance(form, str) else len(json.dumps(form)) for form in looks.values())
        if size > left:
            looks = {}
        else:
            left -= size
        if "text/plain" not in looks:
            looks["text/plain"] = plain_text(item, MAX_TEXT)
        items.append(looks)
    if all(len(looks) == 1 for looks in items):
        return None
    return {"items": items, "total": len(value)}


def _looks_of(item: Any) -> dict[str, Any]:
    kind = type(item)
    # The parts of a figure look like the figure: it would be drawn once for each line in it.
    is_part = kind.__module__.partition(".")[0] == "matplotlib" and not hasattr(kind, "savefig")
    if kind in _WITHOUT_LOOKS or is_part:
        return {}
    displays = Displays()
    displays.collect(item)
    return displays.data
