"""Data frames by protocol: pandas, polars, Arrow and what behaves like them, without importing any of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

from .table_source import TableSource

# The numbers of the interchange protocol: kinds of columns, and ways to say that an item is missing.
_BOOL, _STRING = 20, 21
_SENTINEL, _BIT_MASK, _BYTE_MASK = 2, 3, 4
_INTERCHANGE_WORDS = {0: "int", 1: "int", 2: "number", _BOOL: "bool", _STRING: "string"}
_INTERCHANGE_CODES = {
    **{(0, bits): code for bits, code in zip((8, 16, 32, 64), "bhiq", strict=True)},
    **{(1, bits): code for bits, code in zip((8, 16, 32, 64), "BHIQ", strict=True)},
    (2, 32): "f",
    (2, 64): "d",
    (_BOOL, 8): "?",
}

_PLAIN = (str, bytes, int, float, list, tuple, dict, set, frozenset, type, type(None))


def dataframe_source(value: Any) -> TableSource | None:
    """A table of a data frame or of a series, or nothing when the value is none. May raise what the library raises."""
    if isinstance(value, _PLAIN):
        return None
    for find in (_pandas, _polars, _arrow, _series, _with_records, _arrow_stream, _interchange):
        source = find(value)
        if source is not None:
            return source
    return None


def records_of(value: Any) -> list[Any] | None:
    """All rows of a data frame as dicts, or all items of a series; nothing when the value is none."""
    if isinstance(value, _PLAIN):
        return None
    if _shape(value) is not None or _has(value, "column_names", "to_pylist"):
        for name, arguments in (("to_dicts", ()), ("to_pylist", ()), ("to_dict", ("records",))):
            method = getattr(value, name, None)
            if callable(method):
                rows = method(*arguments)
                return rows if isinstance(rows, list) else None
    if _has(value, "to_list", "dtype"):
        items = value.to_list()
        return items if isinstance(items, list) else None
    source = _arrow_stream(value) or _interchange(value)
    if source is None:
        return None
    return [dict(zip(source.names, row, strict=True)) for row in source.rows(0, source.total, len(source.names))]


def _pandas(value: Any) -> TableSource | None:
    shape = _shape(value)
    if shape is None or not _has(value, "iloc", "dtypes"):
        return None
    names = [str(name) for name in value.columns]
    types = [_dtype_word(str(dtype)) for dtype in value.dtypes]
    index = getattr(value, "index", None)
    with_index = index is not None and type(index).__name__ != "RangeIndex"

    def rows(start: int, stop: int, width: int) -> list[list[Any]]:
        page = value.iloc[start:stop]
        shown = width - 1 if with_index else width
        columns = [page.iloc[:, place].tolist() for place in range(min(shown, len(names)))]
        if with_index:
            columns.insert(0, page.index.tolist())
        return [list(row) for row in zip(*columns, strict=True)]

    if with_index:
        names.insert(0, str(getattr(index, "name", None) or "index"))
        types.insert(0, _dtype_word(str(getattr(index, "dtype", "any"))))
    return TableSource(shape[0], names, types, rows, (shape[0], shape[1]))


def _polars(value: Any) -> TableSource | None:
    shape = _shape(value)
    if shape is None or not _has(value, "slice", "rows"):
        return None
    types = [_dtype_word(str(dtype)) for dtype in getattr(value, "dtypes", ())]
    return _sliced(shape, list(value.columns), types, lambda start, count: value.slice(start, count).rows())


def _arrow(value: Any) -> TableSource | None:
    if not _has(value, "column_names", "slice", "to_pylist", "num_rows"):
        return None
    names = list(value.column_names)
    types = [_dtype_word(str(kind)) for kind in getattr(getattr(value, "schema", None), "types", ())]

    def rows(start: int, count: int) -> list[tuple[Any, ...]]:
        return [tuple(row.get(name) for name in names) for row in value.slice(start, count).to_pylist()]

    return _sliced((value.num_rows, len(names)), names, types, rows)


def _series(value: Any) -> TableSource | None:
    if not _has(value, "to_frame", "dtype"):
        return None
    source = dataframe_source(value.to_frame())
    return source._replace(shape=(source.total,)) if source is not None else None


def _with_records(value: Any) -> TableSource | None:
    shape = _shape(value)
    if shape is None or not _has(value, "to_dict"):
        return None
    names = [str(name) for name in value.columns]

    def rows(start: int, count: int) -> list[tuple[Any, ...]]:
        head = getattr(value, "head", None)
        records = (head(start + count) if callable(head) else value).to_dict("records")
        return [tuple(row.get(name) for name in names) for row in records[start : start + count]]

    return _sliced(shape, names, [], rows)


def _arrow_stream(value: Any) -> TableSource | None:
    """Whatever gives its columns by the C interface of Arrow, read by pyarrow where that is imported."""
    pyarrow = sys.modules.get("pyarrow")
    if pyarrow is None or not callable(getattr(type(value), "__arrow_c_stream__", None)):
        return None
    return _arrow(pyarrow.table(value))


def _interchange(value: Any) -> TableSource | None:
    """Whatever speaks the data frame interchange protocol, read through the memory that its columns name."""
    if not callable(getattr(type(value), "__dataframe__", None)):
        return None
    frame = value.__dataframe__()
    names = [str(name) for name in frame.column_names()]
    columns = [frame.get_column(place) for place in range(len(names))]
    types = [_INTERCHANGE_WORDS.get(int(column.dtype[0]), "any") for column in columns]

    def rows(start: int, count: int) -> list[tuple[Any, ...]]:
        return list(zip(*(_interchanged(column, start, count) for column in columns), strict=True))

    return _sliced((frame.num_rows(), len(names)), names, types, rows)


def _interchanged(column: Any, start: int, count: int) -> list[Any]:
    """Some items of a column, which may consist of several pieces. A kind that is not known is None throughout."""
    items: list[Any] = []
    for chunk in column.get_chunks():
        size = int(chunk.size())
        if start < size and len(items) < count:
            items += _chunk_items(chunk, start, min(size, start + count - len(items)))
        start = max(0, start - size)
    return items


def _chunk_items(chunk: Any, start: int, stop: int) -> list[Any]:
    kind, bits = int(chunk.dtype[0]), int(chunk.dtype[1])
    buffers = chunk.get_buffers()
    places = range(start + chunk.offset, stop + chunk.offset)
    data = _memory_of(buffers["data"][0])
    items: list[Any]
    if kind == _STRING and buffers["offsets"] is not None:
        ends = _memory_of(buffers["offsets"][0]).cast("q" if int(buffers["offsets"][1][1]) == 64 else "i")
        items = [bytes(data[ends[place] : ends[place + 1]]).decode("utf-8", "replace") for place in places]
    elif kind == _BOOL and bits == 1:
        items = [bool(data[place >> 3] >> (place & 7) & 1) for place in places]
    else:
        code = _INTERCHANGE_CODES.get((kind, bits))
        if code is None:
            return [None] * len(places)
        typed: Any = data
        typed = typed.cast(code)
        items = [typed[place] for place in places]
    null, sentinel = chunk.describe_null
    if int(null) == _SENTINEL:
        return [None if item == sentinel else item for item in items]
    if int(null) in (_BIT_MASK, _BYTE_MASK) and buffers["validity"] is not None:
        mask = _memory_of(buffers["validity"][0])
        flags = [mask[place >> 3] >> (place & 7) & 1 if int(null) == _BIT_MASK else mask[place] for place in places]
        return [None if flag == sentinel else item for item, flag in zip(items, flags, strict=True)]
    return items


def _memory_of(buffer: Any) -> memoryview:
    import ctypes

    return memoryview(ctypes.string_at(buffer.ptr, buffer.bufsize))


def _sliced(
    shape: tuple[int, int], names: list[str], types: list[str], take: Callable[[int, int], Sequence[Sequence[Any]]]
) -> TableSource:
    def rows(start: int, stop: int, width: int) -> list[list[Any]]:
        return [list(row[:width]) for row in take(start, max(0, stop - start))]

    padded = types if len(types) == len(names) else ["any"] * len(names)
    return TableSource(shape[0], [str(name) for name in names], padded, rows, shape)


def _shape(value: Any) -> tuple[int, int] | None:
    """The shape of what looks like a data frame."""
    if not _has(value, "columns", "shape"):
        return None
    shape = value.shape
    if isinstance(shape, tuple) and len(shape) == 2 and all(type(size) is int for size in shape):
        return shape
    return None


def _has(value: Any, *names: str) -> bool:
    try:
        return all(hasattr(value, name) for name in names)
    except Exception:  # a property of somebody's class
        return False


def _dtype_word(dtype: str) -> str:
    """A library's name of a column type in Loom's words, where there is one."""
    word = dtype.lower().split("[")[0].split("(")[0]
    if word.startswith(("int", "uint")):
        return "int"
    if word.startswith(("float", "double", "decimal")):
        return "number"
    if word in ("str", "string", "utf8", "large_string"):
        return "string"
    if word in ("bool", "boolean"):
        return "bool"
    return "any" if word in ("object", "any") else word
