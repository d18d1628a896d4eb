"""Names of types for people: `list[dict]`, `int`, `DataFrame`."""

from __future__ import annotations

from itertools import islice
from typing import Any

SAMPLE = 100
"""Items that are looked at to name what a container holds."""


def type_name(value: object) -> str:
    """The name of a value's type; of a list, tuple or set also that of its items when they are all of one type."""
    kind = type(value)
    if value is None:
        return "None"
    if kind in (list, tuple, set, frozenset) and value:
        item = _common(value)
        return f"{kind.__name__}[{item}]" if item else kind.__name__
    return bare_name(kind)


def bare_name(kind: type) -> str:
    """The name of a class without its module. Never raises."""
    try:
        return str(type.__getattribute__(kind, "__name__"))
    except Exception:  # a metaclass may forbid even this
        return "object"


def _common(items: Any) -> str | None:
    kinds = {type(item) for item in islice(items, SAMPLE)}
    return bare_name(kinds.pop()) if len(kinds) == 1 else None
