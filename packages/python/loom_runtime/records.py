"""Tables of plain Python: lists of dicts, of tuples and of dataclass instances; arrays of one or two dimensions."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import fields
from itertools import islice
from typing import Any

from .arrays import ArrayView, dtype_name
from .plain_text import is_record
from .table_source import TableSource
from .type_names import bare_name

SAMPLE = 1_000
"""Rows that are looked at to find the columns and their types."""

MAX_ROW_WIDTH = 100
"""Lists longer than this are data of their own, not rows."""

_SCALARS = (str, int, float, bool, type(None))


def records_source(value: list[Any] | tuple[Any, ...]) -> TableSource | None:
    """A table of a list of equal records, or nothing when the items are something else."""
    if not value:
        return None
    sample = list(islice(value, SAMPLE))
    first = type(sample[0])
    if any(type(item) is not first for item in sample):
        return None
    if first is dict:
        return _of_dicts(value, sample)
    if is_record(sample[0]):
        return _of_objects(value, sample, [item.name for item in fields(sample[0])])
    if issubclass(first, tuple) and hasattr(first, "_fields"):
        return _of_objects(value, sample, [str(name) for name in first._fields])
    if first in (tuple, list):
        return _of_sequences(value, sample)
    return None


def items_source(value: list[Any] | tuple[Any, ...]) -> TableSource:
    """A table of one column, for paging through a list of anything."""

    def rows(start: int, stop: int, _width: int) -> list[list[Any]]:
        return [[item] for item in value[start:stop]]

    return TableSource(len(value), ["value"], [column_type(value[:SAMPLE])], rows, (len(value),))


def array_source(array: ArrayView) -> TableSource | None:
    """A table of an array of one or two dimensions."""
    if len(array.shape) not in (1, 2):
        return None
    total = array.shape[0]
    word = {"i": "int", "u": "int", "f": "number", "b": "bool", "U": "string"}.get(
        array.dtype[1:2], dtype_name(array.dtype)
    )
    names = ["value"] if len(array.shape) == 1 else [str(place) for place in range(min(array.shape[1], SAMPLE))]

    def rows(start: int, stop: int, width: int) -> list[list[Any]]:
        stop = min(stop, total)
        if isinstance(array.source, memoryview):
            if len(array.shape) == 1:
                return [[array.source[row]] for row in range(start, stop)]
            return [
                [array.source[row, column] for column in range(min(width, len(names)))] for row in range(start, stop)
            ]
        page = array.source[start:stop] if len(array.shape) == 1 else array.source[start:stop, :width]
        items = page.tolist()
        return [[item] for item in items] if len(array.shape) == 1 else items

    return TableSource(
        total, names, [word] * len(names), rows, array.shape, len(array.shape) == 1 or array.shape[1] <= SAMPLE
    )


def column_type(values: Iterable[Any]) -> str:
    """The type of a column in the words of port types, from a sample; `None` fits every type."""
    found = {_type_word(value) for value in values if value is not None}
    if found == {"int", "number"}:
        return "number"
    return found.pop() if len(found) == 1 else "any" if found else "none"


def _of_dicts(value: Any, sample: list[dict[Any, Any]]) -> TableSource | None:
    keys: dict[Any, None] = {}
    for row in sample:
        if row.keys() - keys.keys():
            keys.update(dict.fromkeys(row))
    if not keys:
        return None
    order = list(keys)

    def rows(start: int, stop: int, width: int) -> list[list[Any]]:
        shown = order[:width]
        return [[row.get(key) for key in shown] if isinstance(row, dict) else [row] for row in value[start:stop]]

    types = [column_type(row.get(key) for row in sample[:100]) for key in order[:200]]
    types += ["any"] * (len(order) - len(types))
    names = [
        key if isinstance(key, str) else str(key) if isinstance(key, _SCALARS) else bare_name(type(key))
        for key in order
    ]
    return TableSource(len(value), names, types, rows, (len(value), len(order)), len(value) <= SAMPLE)


def _of_objects(value: Any, sample: list[Any], names: list[str]) -> TableSource | None:
    if not names:
        return None

    def rows(start: int, stop: int, width: int) -> list[list[Any]]:
        return [[getattr(row, name, None) for name in names[:width]] for row in value[start:stop]]

    types = [column_type(getattr(row, name, None) for row in sample[:100]) for name in names]
    return TableSource(len(value), list(names), types, rows, (len(value), len(names)))


def _of_sequences(value: Any, sample: list[Any]) -> TableSource | None:
    width = len(sample[0])
    if not 2 <= width <= MAX_ROW_WIDTH or len(sample) < 2:
        return None
    for row in sample:
        if len(row) != width or not all(isinstance(cell, _SCALARS) for cell in row):
            return None

    def rows(start: int, stop: int, shown: int) -> list[list[Any]]:
        return [list(row[:shown]) if isinstance(row, (list, tuple)) else [row] for row in value[start:stop]]

    types = [column_type(row[place] for row in sample[:100]) for place in range(width)]
    return TableSource(len(value), [str(place) for place in range(width)], types, rows, (len(value), width))


def _type_word(value: Any) -> str:
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int):
        return "int"
    if isinstance(value, float):
        return "number"
    if isinstance(value, str):
        return "string"
    if isinstance(value, (bytes, bytearray)):
        return "bytes"
    datetime = sys.modules.get("datetime")
    if datetime is not None and isinstance(value, datetime.date):
        return "datetime" if isinstance(value, datetime.datetime) else "date"
    return bare_name(type(value))
