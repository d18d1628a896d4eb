"""Data frames by protocol: pandas, polars, Arrow and what behaves like them, without importing any of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from .table_source import TableSource

_PLAIN = (str, bytes, int, float, list, tuple, dict, set, frozenset, type, type(None))


def dataframe_source(value: Any) -> TableSource | None:
    """A table of a data frame or of a series, or nothing when the value is none. May raise what the library raises."""
    if isinstance(value, _PLAIN):
        return None
    for find in (_pandas, _polars, _arrow, _series, _with_records):
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
    return None


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
    except Exception:  # noqa: BLE001 - a property of somebody's class
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
