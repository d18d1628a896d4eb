"""Portable values: a JSON head and raw buffers beside it, as every executor of Loom reads and writes them.

The walk is iterative and bounded, because `json.dumps` and `json.loads` of deeply nested data end the interpreter in
WebAssembly. What has no lossless form (an open file, an object of a class) is refused with its path.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from math import isfinite
from typing import Any

from .arrays import array_from_buffer, array_parts
from .dataframes import records_of
from .exact import exact_tag, exact_value
from .faults import Fault
from .files import File, Mount, as_file, content, made_file
from .plain_json import is_nested_deeper
from .plain_text import integer_from, integer_text, is_record, record_items
from .type_names import bare_name

MAX_DEPTH = 200
MAX_ITEMS = 1_000_000
MAX_SAFE_INTEGER = 2**53 - 1
MAX_INTEGER_BITS = 400_000
"""Beyond this, writing an integer out takes longer than anyone waits."""

CODE = "value/not-portable"

_FLAT = {str, bool, type(None), int, float}
_STRING_ONLY = {str}
_TAG_KEY = '"$"'


def encode_portable(value: object) -> tuple[str, list[Any]]:
    """A value as head and buffers. Buffers are bytes or memoryviews of them, not copied where that is possible, and a
    `Mount` for a file of the host.

    Raises `Fault` with code `value/not-portable` that names the path, such as `rows[3].when`.
    """
    encoder = _Encoder()
    tree = encoder.encode(value)
    return json.dumps(tree, allow_nan=False, separators=(",", ":")), encoder.buffers


def decode_portable(head: str, buffers: Sequence[Any] = ()) -> object:
    """The value of a head and its buffers. Raises `Fault` with code `value/not-portable` for what is malformed."""
    # A tag and the pairs of a dict are levels of the text, not of the value.
    if is_nested_deeper(head, 3 * MAX_DEPTH):
        raise Fault(CODE, f"The value is nested more than {MAX_DEPTH} levels deep.")
    try:
        if _TAG_KEY not in head:
            return json.loads(head, parse_constant=_refuse_constant)
        return json.loads(head, parse_constant=_refuse_constant, object_hook=lambda item: _untagged(item, buffers))
    except Fault:
        raise
    except Exception as error:
        raise Fault(CODE, f"The value cannot be read: {error}.") from None


class _Place:
    """Where in the value the walk is: a link to the container, so that a path costs nothing until it is needed."""

    __slots__ = ("container", "depth", "key", "parent")

    def __init__(self, parent: _Place | None, key: object, container: object) -> None:
        self.parent = parent
        self.key = key
        self.container = container
        self.depth: int = 1 if parent is None else parent.depth + 1

    def keys(self, last: object) -> list[object]:
        keys: list[object] = [last]
        place: _Place | None = self
        while place is not None and place.parent is not None:
            keys.append(place.key)
            place = place.parent
        return keys[::-1]


class _Encoder:
    """One walk. Containers wait in a list until their turn, so nesting takes no stack."""

    __slots__ = ("_items", "_waiting", "buffers")

    def __init__(self) -> None:
        self.buffers: list[Any] = []
        self._items = 0
        self._waiting: list[tuple[Any, Any, _Place]] = []

    def encode(self, value: object) -> object:
        tree = self._node(value, None, None)
        waiting = self._waiting
        while waiting:
            target, pairs, place = waiting.pop()
            for key, item in pairs:
                target[key] = item if type(item) is str or item is None else self._node(item, place, key)
        return tree

    def _node(self, value: Any, place: _Place | None, key: object) -> object:
        """What stands for a value in the head; containers are filled later."""
        kind = type(value)
        if kind is str or kind is bool or value is None:
            return value
        if kind is int:
            return _integer(value, place, key)
        if kind is float:
            return _number(value)
        if kind is list:
            return self._list(value, value, place, key)
        if kind is dict:
            return self._dict(value, value, place, key)
        if isinstance(value, Enum):
            return self._node(value.value, place, key)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, int):
            return _integer(int.__int__(value), place, key)
        if isinstance(value, float):
            return _number(float.__float__(value))
        if isinstance(value, tuple):
            return {"$": "tuple", "v": self._list(value, list(tuple.__iter__(value)), place, key)}
        if isinstance(value, (bytes, bytearray)):
            return {"$": "bytes", "i": self._buffer(value)}
        if isinstance(value, (set, frozenset)):
            return {"$": "set", "v": self._list(value, list(value), place, key)}
        if isinstance(value, (list, deque, range)):
            return self._list(value, list(value), place, key)
        if isinstance(value, Mapping):
            return self._dict(value, dict(value.items()), place, key)
        if is_record(value):
            return self._dict(value, record_items(value), place, key)
        return self._foreign(value, place, key)

    def _foreign(self, value: Any, place: _Place | None, key: object) -> object:
        file = as_file(value)
        if file is not None:
            return self._file(file)
        exact = exact_tag(value)
        if exact is not None:
            # Missing times of pandas are dates by their class.
            return None if exact["v"] == "NaT" else exact
        try:
            parts = array_parts(value)
            records = records_of(value) if parts is None else None
        except Fault as fault:
            raise _refusal(fault.message, place, key) from None
        except Exception as error:
            raise _refusal(f"{bare_name(type(value))} could not be read: {error}", place, key) from None
        if parts is not None:
            if not parts.shape:
                return self._node(parts.scalar, place, key)
            return {"$": "array", "dtype": parts.dtype, "shape": list(parts.shape), "i": self._buffer(parts.raw)}
        if records is not None:
            return self._list(value, records, place, key)
        if bare_name(type(value)) == "NAType":
            return None
        raise _refusal(f"a value of type {bare_name(type(value))} cannot leave Python", place, key)

    def _file(self, file: File) -> dict[str, Any]:
        # The host has its own files already.
        raw = file.mount or content(file)
        return {"$": "file", **file.facts, "i": self._buffer(raw)}

    def _list(self, source: object, items: list[Any], place: _Place | None, key: object) -> list[Any]:
        if _is_flat(items):
            self._count(len(items), place, key)
            return items
        target: list[Any] = [None] * len(items)
        self._wait(target, enumerate(items), len(items), source, place, key)
        return target

    def _dict(self, source: object, items: dict[Any, Any], place: _Place | None, key: object) -> dict[str, Any]:
        if "$" not in items and _STRING_ONLY.issuperset(map(type, items)):
            if _is_flat(items.values()):
                self._count(len(items), place, key)
                return items
            target: dict[str, Any] = {}
            self._wait(target, items.items(), len(items), source, place, key)
            return target
        pairs: list[list[Any]] = [[None, None] for _ in items]
        inner = self._wait([None] * len(items), (), 2 * len(items), source, place, key)
        for pair, (name, item) in zip(pairs, items.items(), strict=True):
            pair[0] = self._node(name, inner, name)
            pair[1] = self._node(item, inner, name)
        return {"$": "dict", "v": pairs}

    def _wait(self, target: Any, pairs: Any, count: int, source: object, place: _Place | None, key: object) -> _Place:
        inner = _Place(place, key, source)
        self._count(count, place, key)
        outer = place
        while outer is not None:
            if outer.container is source:
                raise _refusal(f"the {bare_name(type(source))} contains itself", place, key)
            outer = outer.parent
        self._waiting.append((target, pairs, inner))
        return inner

    def _count(self, count: int, place: _Place | None, key: object) -> None:
        """Counts the items of a container at this place, and refuses too many and too deep."""
        self._items += count
        if self._items > MAX_ITEMS:
            raise _refusal(f"the value has more than {MAX_ITEMS:,} items", place, key)
        if place is not None and place.depth >= MAX_DEPTH:
            raise _refusal(f"the value is nested more than {MAX_DEPTH} levels deep", None, None)

    def _buffer(self, raw: Any) -> int:
        self.buffers.append(raw)
        return len(self.buffers) - 1


def _is_flat(items: Collection[Any]) -> bool:
    """True when the items are all plain JSON as they are: then the container stands in the head itself, uncopied."""
    kinds = set(map(type, items))
    if not kinds <= _FLAT:
        return False
    if int in kinds and not all(-MAX_SAFE_INTEGER <= item <= MAX_SAFE_INTEGER for item in items if type(item) is int):
        return False
    return float not in kinds or all(isfinite(item) for item in items if type(item) is float)


def _integer(value: int, place: _Place | None, key: object) -> object:
    if -MAX_SAFE_INTEGER <= value <= MAX_SAFE_INTEGER:
        return value
    if value.bit_length() > MAX_INTEGER_BITS:
        raise _refusal(f"an integer of {value.bit_length():,} bits is too large to move", place, key)
    return {"$": "int", "v": integer_text(value)}


def _number(value: float) -> object:
    if isfinite(value):
        return value
    return {"$": "float", "v": "nan" if value != value else "inf" if value > 0 else "-inf"}


def _refusal(reason: str, place: _Place | None, key: object) -> Fault:
    path = path_text(place.keys(key)) if place is not None else ""
    where = f" (at {path})" if path else ""
    return Fault(CODE, f"{reason[:1].upper()}{reason[1:]}{where}.")


def path_text(keys: Sequence[object]) -> str:
    """Keys and indexes as people write them: `rows[3].when`."""
    text = ""
    for key in keys:
        if isinstance(key, str) and key.isidentifier():
            text += f".{key}" if text else key
        elif isinstance(key, str):
            text += f"[{json.dumps(key)}]"
        else:
            text += f"[{key!r}]" if isinstance(key, (int, float, bool)) else f"[{bare_name(type(key))}]"
    return text


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _untagged(item: dict[str, Any], buffers: Sequence[Any]) -> object:
    tag = item.get("$")
    if tag is None:
        return item
    match tag:
        case "float":
            return {"nan": float("nan"), "inf": float("inf"), "-inf": float("-inf")}[item["v"]]
        case "int":
            return integer_from(item["v"], MAX_INTEGER_BITS // 3)
        case "bytes":
            return bytes_of(buffers[item["i"]])
        case "tuple":
            return tuple(item["v"])
        case "set":
            return set(item["v"])
        case "dict":
            return dict(item["v"])
        case "array":
            return array_from_buffer(item["dtype"], tuple(item["shape"]), bytes_of(buffers[item["i"]]))
        case "undefined":
            return None
        case "file":
            buffer = buffers[item["i"]]
            return made_file(buffer if isinstance(buffer, Mount) else bytes_of(buffer), item)
        case _:
            return exact_value(tag, item["v"])


def bytes_of(buffer: Any) -> bytes:
    """The bytes of a buffer, which in Pyodide may still be one of JavaScript."""
    return buffer.to_bytes() if hasattr(buffer, "to_bytes") else bytes(buffer)
