"""About how many bytes a value takes. Containers are looked at in part, so a huge list costs no more than a small one."""

from __future__ import annotations

from collections import deque
from itertools import islice
from sys import getsizeof
from typing import Any

MAX_VISITS = 2_000
"""Values that are looked into for one estimate; what lies beyond is guessed from these."""

MAX_DEPTH = 16
SAMPLE = 64
"""Parts of one container that are looked at, spread over it where it has positions."""

_FRAME_SIZES = ("estimated_size", "memory_usage")
"""How table libraries tell the size of a frame: polars in a number, pandas by column."""


def size_of(value: Any) -> int:
    """The estimate. Raises nothing but `KeyboardInterrupt`, from user code that it asks."""
    try:
        return int(_Estimate().of(value, 0))
    except KeyboardInterrupt:
        raise
    except BaseException:  # properties and methods of a value may raise anything
        return object.__sizeof__(value)


class _Estimate:
    """One walk through a value: each object is counted once."""

    __slots__ = ("_left", "_seen")

    def __init__(self) -> None:
        self._left = MAX_VISITS
        self._seen: set[int] = set()

    def of(self, value: Any, depth: int) -> float:
        kind = type(value)
        if value is None or kind in (bool, int, float, str, bytes, bytearray):
            return getsizeof(value)
        if id(value) in self._seen:
            return 8
        self._seen.add(id(value))
        self._left -= 1
        if self._left <= 0 or depth > MAX_DEPTH:
            return 64
        if kind in (list, tuple):
            step = max(1, len(value) // SAMPLE)
            return getsizeof(value) + self._parts(value[: step * SAMPLE : step], len(value), depth)
        if kind in (set, frozenset, deque):
            return getsizeof(value) + self._parts(islice(value, SAMPLE), len(value), depth)
        if kind is dict:
            pairs = (part for pair in islice(value.items(), SAMPLE) for part in pair)
            return getsizeof(value) + self._parts(pairs, 2 * len(value), depth)
        return self._other(value, kind, depth)

    def _parts(self, parts: Any, size: int, depth: int) -> float:
        """What all parts take, guessed from some."""
        total = 0.0
        count = 0
        for part in parts:
            total += self.of(part, depth + 1)
            count += 1
        return total / count * size if count else 0.0

    def _other(self, value: Any, kind: type, depth: int) -> float:
        memory = getattr(value, "nbytes", None)
        if isinstance(memory, int):
            return getsizeof(object()) + memory
        for name in _FRAME_SIZES:
            method = getattr(value, name, None) if hasattr(kind, "columns") else None
            if callable(method):
                told = method()
                return float(told if isinstance(told, (int, float)) else told.sum())
        size: float = getsizeof(value)
        fields = getattr(value, "__dict__", None)
        return size + self.of(fields, depth + 1) if type(fields) is dict else size
