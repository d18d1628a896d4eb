"""Arrays by protocol: whatever lends its memory (numpy, `array.array`, `memoryview`), without importing numpy."""

from __future__ import annotations

import sys
from array import array
from math import prod
from typing import Any, NamedTuple

from .faults import Fault
from .type_names import bare_name

_NATIVE = "<" if sys.byteorder == "little" else ">"
_KINDS = {
    **dict.fromkeys("bhilqn", "i"),
    **dict.fromkeys("BHILQN", "u"),
    **dict.fromkeys("efd", "f"),
    "?": "b",
    "c": "S",
    "Zf": "c",
    "Zd": "c",
}
_MEMORY_CODES = {
    **{("i", array(code).itemsize): code for code in "bhiq"},
    **{("u", array(code).itemsize): code for code in "BHIQ"},
    ("f", 2): "e",
    ("f", 4): "f",
    ("f", 8): "d",
    ("b", 1): "?",
}
_DTYPE_NAMES = {"i": "int", "u": "uint", "f": "float", "c": "complex"}


class ArrayParts(NamedTuple):
    """What is needed to move an array: its description in numpy's words, and its bytes in C order."""

    dtype: str
    shape: tuple[int, ...]
    raw: Any
    scalar: object


class ArrayView(NamedTuple):
    """What is needed to show an array. `source` can be indexed."""

    dtype: str
    shape: tuple[int, ...]
    source: Any


def array_view(value: Any) -> ArrayView | None:
    """The description of an array, or nothing when the value is none. Text and bytes are no arrays here."""
    if isinstance(value, (str, bytes, bytearray, type)):
        return None
    interface = _interface(value)
    if interface is not None:
        return ArrayView(interface["typestr"], tuple(interface["shape"]), value)
    view = _memory(value)
    if view is None:
        return None
    return ArrayView(_dtype_of(view), tuple(view.shape or ()), view)


def array_parts(value: Any) -> ArrayParts | None:
    """An array ready to move, or nothing when the value is none. Arrays of objects are refused: they hold addresses."""
    described = array_view(value)
    if described is None:
        return None
    dtype, shape, _ = described
    if dtype[1:2] in ("O", "V", ""):
        raise Fault("value/not-portable", f"an array of {dtype_name(dtype)} cannot leave Python")
    if not shape:
        return ArrayParts(dtype, shape, b"", _scalar(value))
    view = _memory(value)
    if view is None and dtype[1:2] in ("M", "m"):
        # numpy lends the memory of dates only as integers.
        view = _memory(value.view("i8"))
    if view is None:
        raise Fault("value/not-portable", f"{bare_name(type(value))} does not give access to its memory")
    return ArrayParts(dtype, shape, _raw(view), None)


def array_from_buffer(dtype: str, shape: tuple[int, ...], raw: bytes) -> object:
    """An array of numpy when it is imported; else `array.array`, and a `memoryview` for more dimensions."""
    numpy = sys.modules.get("numpy")
    if numpy is not None:
        return numpy.frombuffer(bytearray(raw), dtype=numpy.dtype(dtype)).reshape(shape)
    order, kind, size = dtype[:1], dtype[1:2], int(dtype[2:] or 0)
    code = _MEMORY_CODES.get((kind, size))
    if code is None:
        raise ValueError(f"an array of {dtype_name(dtype)} needs numpy, which is not imported")
    if prod(shape) * size != len(raw):
        raise ValueError(f"an array of shape {list(shape)} does not have {len(raw):,} bytes")
    data = bytearray(raw)
    if order == {"<": ">", ">": "<"}[_NATIVE] and size > 1:
        data = _swapped(data, size)
    if len(shape) == 1 and code in "bBhHiIqQfd":
        return array(code, data)
    if prod(shape) == 0:
        return array(code if code in "bBhHiIqQfd" else "B")
    view: Any = memoryview(data)
    return view.cast(code, shape)


def dtype_name(dtype: str) -> str:
    """`<f8` as people say it: `float64`."""
    kind, size = dtype[1:2], dtype[2:]
    if kind in _DTYPE_NAMES and size.isdigit():
        return f"{_DTYPE_NAMES[kind]}{int(size) * 8}"
    return {"b": "bool", "O": "object", "U": "str", "S": "bytes", "M": "datetime64", "m": "timedelta64"}.get(
        kind, dtype
    )


def _interface(value: Any) -> dict[str, Any] | None:
    try:
        interface = getattr(value, "__array_interface__", None)
    except Exception:  # a property of somebody's class
        return None
    if isinstance(interface, dict) and isinstance(interface.get("typestr"), str) and "shape" in interface:
        return interface
    return None


def _memory(value: Any) -> memoryview | None:
    try:
        return memoryview(value)
    except Exception:  # TypeError for most values, anything from a __buffer__ of somebody's class
        return None


def _dtype_of(view: memoryview) -> str:
    text = view.format or "B"
    order = {"<": "<", ">": ">", "!": ">"}.get(text[:1], _NATIVE)
    code = text.lstrip("@=<>!")
    if code.endswith("w"):
        return f"{order}U{view.itemsize // 4}"
    if code.endswith("s"):
        return f"|S{view.itemsize}"
    kind = _KINDS.get(code)
    if kind is None:
        return "|O" if code == "O" else f"|V{view.itemsize}"
    return f"{'|' if view.itemsize == 1 else order}{kind}{view.itemsize}"


def _scalar(value: Any) -> object:
    item = getattr(value, "item", None)
    return item() if callable(item) else memoryview(value)[()]


def _raw(view: memoryview) -> Any:
    if view.nbytes == 0:
        return b""
    if view.c_contiguous:
        try:
            return view.cast("B")
        except (TypeError, ValueError):
            pass  # Formats that are not native cannot be cast.
    return view.tobytes("C")


def _swapped(data: bytearray, size: int) -> bytearray:
    result = bytearray(len(data))
    for offset in range(size):
        result[offset::size] = data[size - 1 - offset :: size]
    return result
