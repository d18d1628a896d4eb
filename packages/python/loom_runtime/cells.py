"""Single values as JSON: the cells of tables and the leaves of trees."""

from __future__ import annotations

import sys
from enum import Enum
from math import isfinite
from typing import Any

from .faults import shortened
from .plain_text import leaf_text, plain_text

MAX_CELL = 200
"""Characters of a cell."""

_SAFE = 2**53 - 1

Cell = str | int | float | bool | None


def cell(value: Any, limit: int = MAX_CELL) -> Cell:
    """A value as a JSON scalar. Numbers that JSON or JavaScript cannot hold become text; so does everything else."""
    kind = type(value)
    if value is None or kind is bool:
        shown: Cell = value
    elif kind is str:
        shown = shortened(value, limit)
    elif kind is int:
        shown = value if -_SAFE <= value <= _SAFE else leaf_text(value, limit)
    elif kind is float:
        shown = value if isfinite(value) else repr(value)
    else:
        shown = _other(value, limit)
    return shown


def _other(value: Any, limit: int) -> Cell:
    if isinstance(value, Enum):
        return shortened(f"{type(value).__name__}.{value.name}", limit)
    if isinstance(value, str):
        return shortened(str.__str__(value), limit)
    if isinstance(value, int):
        return cell(int.__int__(value), limit)
    if isinstance(value, float):
        return cell(float.__float__(value), limit)
    if _prints_well(value):
        return leaf_text(_Shown(value), limit)
    item = getattr(type(value), "__array_interface__", None) and getattr(value, "shape", None) == ()
    if item:
        return cell(value.item(), limit)
    return plain_text(value, limit)


def _prints_well(value: Any) -> bool:
    """True for types of the standard library whose `str` says it better than `repr`: dates, decimals, paths."""
    for module, names in _PRINTED.items():
        loaded = sys.modules.get(module)
        if loaded is not None and isinstance(value, tuple(getattr(loaded, name) for name in names)):
            return True
    return False


_PRINTED = {
    "datetime": ("date", "time", "timedelta"),
    "decimal": ("Decimal",),
    "fractions": ("Fraction",),
    "uuid": ("UUID",),
    "pathlib": ("PurePath",),
}


class _Shown:
    """Gives `str` of a value where `repr` is asked for."""

    __slots__ = ("_value",)

    def __init__(self, value: object) -> None:
        self._value = value

    def __repr__(self) -> str:
        return str(self._value)
