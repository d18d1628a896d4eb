"""Plain JSON out of a value that claims to be JSON, with a bound on depth and size."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import Any

MAX_DEPTH = 60
MAX_ITEMS = 200_000

_STRINGS = re.compile(r'"(?:[^"\\]|\\.)*"')
_BRACKETS = re.compile(r"[\[\]{}]")


def is_nested_deeper(text: str, depth: int) -> bool:
    """Whether JSON text is nested deeper than that. To be asked before `json.loads`, which ends the interpreter in
    WebAssembly when the text is nested very deeply."""
    if text.count("[") + text.count("{") <= depth:
        return False
    level = 0
    for bracket in _BRACKETS.findall(_STRINGS.sub("", text)):
        level += 1 if bracket in "[{" else -1
        if level > depth:
            return True
    return False


def json_from_text(text: str) -> Any:
    """JSON of somebody's text, bounded as in `plain_json`. Raises ValueError for anything else."""
    if is_nested_deeper(text, MAX_DEPTH):
        raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
    return plain_json(json.loads(text))


def plain_json(value: Any) -> Any:
    """A copy that only has what JSON has; `NaN` and infinities become null. Raises ValueError for anything else."""
    root: list[Any] = [None]
    waiting: list[tuple[Any, Any, int]] = [(root, enumerate([value]), 0)]
    count = 0
    while waiting:
        target, pairs, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise ValueError(f"nested more than {MAX_DEPTH} levels deep")
        for key, item in pairs:
            count += 1
            if count > MAX_ITEMS:
                raise ValueError(f"more than {MAX_ITEMS:,} items")
            if item is None or isinstance(item, (bool, str)):
                target[key] = item
            elif isinstance(item, int):
                target[key] = int.__int__(item)
            elif isinstance(item, float):
                target[key] = float.__float__(item) if isfinite(item) else None
            elif isinstance(item, dict):
                target[key] = {}
                waiting.append((target[key], ((str(name), inner) for name, inner in item.items()), depth + 1))
            elif isinstance(item, (list, tuple)):
                target[key] = [None] * len(item)
                waiting.append((target[key], enumerate(item), depth + 1))
            else:
                raise ValueError(f"{type(item).__name__} is not JSON")
    return root[0]
