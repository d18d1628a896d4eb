"""About how many bytes a value takes. Containers are looked at in part, so a huge list costs no more than a small one."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection
from itertools import islice
from sys import getsizeof
from types import NoneType
from typing import Any

from .files import as_file

MAX_VISITS = 2_000
"""Containers and objects that are looked into for one estimate; what lies beyond is guessed from these."""

MAX_DEPTH = 16
SAMPLE = 64
"""Parts of one container that are looked at, spread over it where it has positions."""

_FLAT = frozenset({NoneType, bool, int, float, str, bytes, bytearray})
"""What holds no other values: most of what flows carry."""

_FRAME_SIZES = ("estimated_size", "memory_usage")
"""How table libraries tell the size of a frame: polars in a number, pandas by column."""


def size_of(value: Any) -> int:
    """The estimate. Raises nothing but `KeyboardInterrupt`, from user code that it asks."""
    if type(value) in _FLAT:
        return getsizeof(value)
    try:
        return int(_size(value, MAX_DEPTH, set()))
    except KeyboardInterrupt:
        raise
    except BaseException:  # properties and methods of a value may raise anything
        return object.__sizeof__(value)


def _size(value: Any, depth: int, seen: set[int]) -> float:
    """The size of what may hold other values. Each is counted once."""
    if id(value) in seen:
        return 0
    seen.add(id(value))
    size: float = getsizeof(value)
    if depth == 0 or len(seen) > MAX_VISITS:
        return size
    kind = type(value)
    if kind is list or kind is tuple:
        length = len(value)
        parts = value if length <= SAMPLE else value[: length // SAMPLE * SAMPLE : length // SAMPLE]
        return size + _parts(parts, length, depth, seen)
    if kind is dict:
        length = len(value)
        return size + _parts(_first(value), length, depth, seen) + _parts(_first(value.values()), length, depth, seen)
    if kind in (set, frozenset, deque):
        return size + _parts(_first(value), len(value), depth, seen)
    return _other(value, kind, size, depth, seen)


def _parts(parts: Collection[Any], length: int, depth: int, seen: set[int]) -> float:
    """What all parts of a container take, guessed from some."""
    count = len(parts)
    if _FLAT.issuperset(map(type, parts)):
        total: float = sum(map(getsizeof, parts))
    else:
        total = 0
        for part in parts:
            total += getsizeof(part) if type(part) in _FLAT else _size(part, depth - 1, seen)
    return total if count == length else total / count * length


def _first(values: Collection[Any]) -> Collection[Any]:
    return values if len(values) <= SAMPLE else list(islice(values, SAMPLE))


def _other(value: Any, kind: type, size: float, depth: int, seen: set[int]) -> float:
    file = as_file(value)
    if file is not None:
        # What moves with it, and where somebody else has it nothing does.
        return size if file.mount else size + file.size
    memory = getattr(value, "nbytes", None)
    if isinstance(memory, int):
        return object.__sizeof__(value) + memory
    if hasattr(kind, "columns"):
        for name in _FRAME_SIZES:
            method = getattr(value, name, None)
            if callable(method):
                told: Any = method()
                return float(told if isinstance(told, (int, float)) else told.sum())
    fields = getattr(value, "__dict__", None)
    return size + _size(fields, depth - 1, seen) if type(fields) is dict else size
