"""Letting go of deeply nested values. Freeing one in one go can end the interpreter in WebAssembly: every level takes
some of a stack that is small there."""

from __future__ import annotations

import sys
from typing import Any

SAFE_DEPTH = 1_000
"""Nesting that is freed without care; trouble begins beyond 10,000."""


def dismantle(box: list[Any]) -> None:
    """Empties the box. A value in it that is nested very deeply is freed level by level.

    Nothing is changed, so a value that somebody else holds stays whole: children are held here until their container is
    gone, and freeing a container whose children live on takes no stack.

    Only the first and the last item of each container is followed to find the depth: that finds chains, which is what
    deep values are, and costs nothing for wide ones.
    """
    if not any(_is_deep(value) for value in box):
        box.clear()
        return
    while box:
        value = box.pop()
        # `value` and the argument of getrefcount; with one more the container outlives this, and so do its children.
        if sys.getrefcount(value) > 2:
            continue
        if type(value) in (list, tuple):
            box.extend(value)
        elif type(value) is dict:
            box.extend(value.values())


def _is_deep(value: Any) -> bool:
    return any(_chain(value, end) > SAFE_DEPTH for end in (0, -1))


def _chain(value: Any, end: int) -> int:
    length = 0
    while length <= SAFE_DEPTH:
        if type(value) in (list, tuple) and value:
            value = value[end]
        elif type(value) is dict and value:
            value = next(iter(value.values()) if end == 0 else reversed(value.values()))
        else:
            return length
        length += 1
    return length
