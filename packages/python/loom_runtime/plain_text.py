"""A short text for any value.

`repr` of a deeply nested container ends the interpreter in WebAssembly, and `repr` of a large one takes all memory. So
containers are walked here, to a bounded depth and length, and only what is no container is asked for its own text.
"""

from __future__ import annotations

import sys
from collections import deque
from dataclasses import fields
from enum import Enum
from itertools import islice
from types import MappingProxyType, SimpleNamespace
from typing import Any

from .faults import shortened

MAX_DEPTH = 6
MAX_ITEMS = 100
LARGE_BITS = 4_000
"""Larger integers are not written out: their digits take quadratic time, and Python refuses above 4,300 digits."""

_BRACKETS = {
    list: ("[", "]"),
    tuple: ("(", ")"),
    set: ("{", "}"),
    frozenset: ("frozenset({", "})"),
    deque: ("deque([", "])"),
}


def plain_text(value: object, limit: int) -> str:
    """One bounded text for people, much like `repr`. Never raises, except `KeyboardInterrupt` from user code."""
    parts: list[str] = []
    _Writer(parts, limit).write(value, MAX_DEPTH, ())
    return shortened("".join(parts), limit)


def leaf_text(value: object, limit: int) -> str:
    """The text of a value that holds no others, from its own `__repr__`."""
    if isinstance(value, str):
        text = repr(str.__getitem__(value, slice(0, limit)))
        return text if str.__len__(value) <= limit else text + "…"
    if isinstance(value, (bytes, bytearray)):
        text = repr(bytes(value[:limit]))
        return text if len(value) <= limit else text + "…"
    if isinstance(value, int) and int.bit_length(value) > LARGE_BITS:
        return f"<int of {int.bit_length(value):,} bits>"
    try:
        text = repr(value)
        # A subclass of str may bring its own slicing.
        return shortened(str.__getitem__(text, slice(0, limit + 1)), limit)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # whatever a __repr__ does, it is only a label
        return f"<{type(value).__name__}: repr failed: {type(error).__name__}>"


def is_container(value: object) -> bool:
    """True for what holds other values and is shown by walking it."""
    return isinstance(
        value, (list, tuple, dict, set, frozenset, deque, MappingProxyType, SimpleNamespace)
    ) or is_record(value)


def is_record(value: object) -> bool:
    """True for an instance of a dataclass."""
    return hasattr(type(value), "__dataclass_fields__") and not isinstance(value, type)


def field_names(value: Any) -> tuple[str, ...]:
    """The names of a named tuple's items."""
    return tuple(str(name) for name in type(value)._fields)


def record_items(value: Any) -> dict[str, Any]:
    """The fields of a dataclass instance that have a value."""
    missing = object()
    pairs = ((item.name, getattr(value, item.name, missing)) for item in fields(value))
    return {name: item for name, item in pairs if item is not missing}


def integer_text(value: int) -> str:
    """All the digits of an integer, also where Python's guard against long conversions is on."""
    if int.bit_length(value) <= LARGE_BITS:
        return int.__repr__(value)
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return int.__repr__(value)
    finally:
        sys.set_int_max_str_digits(kept)


def integer_from(text: str, max_digits: int) -> int:
    """The integer of a text of digits, also beyond Python's guard; ValueError when there are more than `max_digits`."""
    if len(text) > max_digits:
        raise ValueError("an integer is too large")
    kept = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    try:
        return int(text)
    finally:
        sys.set_int_max_str_digits(kept)


class _Writer:
    """Writes into a list of parts until the room is used up."""

    __slots__ = ("_parts", "_room")

    def __init__(self, parts: list[str], room: int) -> None:
        self._parts = parts
        self._room = room

    def write(self, value: object, depth: int, inside: tuple[int, ...]) -> None:
        if not is_container(value) or isinstance(value, Enum):
            self._put(leaf_text(value, max(self._room, 1)))
            return
        if id(value) in inside or depth == 0:
            self._put("…")
            return
        inside = (*inside, id(value))
        if isinstance(value, (dict, MappingProxyType)):
            self._pairs("{", value, "}", ": ", depth, inside, as_names=False)
        elif isinstance(value, SimpleNamespace):
            self._pairs("namespace(", vars(value), ")", "=", depth, inside, as_names=True)
        elif is_record(value):
            self._pairs(f"{type(value).__qualname__}(", record_items(value), ")", "=", depth, inside, as_names=True)
        elif isinstance(value, tuple) and hasattr(type(value), "_fields"):
            named = dict(zip(field_names(value), tuple.__iter__(value), strict=False))
            self._pairs(f"{type(value).__qualname__}(", named, ")", "=", depth, inside, as_names=True)
        else:
            self._items(value, depth, inside)

    def _items(self, value: Any, depth: int, inside: tuple[int, ...]) -> None:
        base: Any = next(kind for kind in _BRACKETS if isinstance(value, kind))
        opening, closing = _BRACKETS[base]
        if base in (set, frozenset) and not base.__len__(value):
            self._put(f"{base.__name__}()")
            return
        self._put(opening)
        count = 0
        for item in islice(base.__iter__(value), MAX_ITEMS):
            if count:
                self._put(", ")
            if self._room <= 0:
                break
            self.write(item, depth - 1, inside)
            count += 1
        if count < base.__len__(value):
            self._put(", …" if count and self._room > 0 else "…")
        elif base is tuple and count == 1:
            self._put(",")
        self._put(closing)

    def _pairs(
        self,
        opening: str,
        value: Any,
        closing: str,
        between: str,
        depth: int,
        inside: tuple[int, ...],
        *,
        as_names: bool,
    ) -> None:
        self._put(opening)
        pairs = dict.items(value) if isinstance(value, dict) else value.items()
        count = 0
        for key, item in islice(pairs, MAX_ITEMS):
            if count:
                self._put(", ")
            if self._room <= 0:
                break
            if as_names:
                self._put(key)
            else:
                self.write(key, depth - 1, inside)
            self._put(between)
            self.write(item, depth - 1, inside)
            count += 1
        if count < len(value):
            self._put(", …" if count and self._room > 0 else "…")
        self._put(closing)

    def _put(self, text: str) -> None:
        self._parts.append(text)
        self._room -= len(text)
