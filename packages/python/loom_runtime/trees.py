"""Bounded JSON trees of nested values (`application/vnd.loom.tree+json`). A cut is `{"$cut": n}`, n being how much is
missing there; among the entries of a dict it stands under the key `…`. A value that JSON does not have, such as a date
or `nan`, is `{"$text": its text}`, so that it is told from a string."""

from __future__ import annotations

from collections import deque
from enum import Enum
from itertools import islice
from types import MappingProxyType, SimpleNamespace
from typing import Any

from .cells import cell
from .plain_text import field_names, is_container, is_record, plain_text, record_items

TREE_TYPE = "application/vnd.loom.tree+json"
MAX_DEPTH = 6
MAX_ITEMS = 100
MAX_TEXT = 2_000
CUT_KEY = "…"
OTHER_KEY = "$text"


class TreeBuilder:
    """Builds one tree within a number of characters. `truncated` says afterwards whether anything was left out."""

    __slots__ = ("_room", "truncated")

    def __init__(self, room: int = 48_000) -> None:
        self._room = room
        self.truncated = False

    def build(self, value: Any, depth: int = MAX_DEPTH, inside: tuple[int, ...] = ()) -> Any:
        """The tree of a value; `depth` levels below this one are shown."""
        if not is_container(value):
            return self._leaf(value)
        size = len(vars(value)) if isinstance(value, SimpleNamespace) else _size(value)
        if depth == 0 or id(value) in inside or self._room <= 0:
            self.truncated = True
            return {"$cut": size}
        inside = (*inside, id(value))
        if isinstance(value, dict):
            return self._entries(dict.items(value), size, depth, inside)
        if isinstance(value, (MappingProxyType, SimpleNamespace)):
            pairs = vars(value) if isinstance(value, SimpleNamespace) else value
            return self._entries(pairs.items(), size, depth, inside)
        if is_record(value):
            return self._entries(record_items(value).items(), size, depth, inside)
        if isinstance(value, tuple) and hasattr(type(value), "_fields"):
            return self._entries(zip(field_names(value), value, strict=False), size, depth, inside)
        return self._items(value, size, depth, inside)

    def items(self, values: Any, total: int) -> list[Any]:
        """The tree of some items out of a list of `total`."""
        return self._items(values, total, MAX_DEPTH, ())

    def _items(self, values: Any, size: int, depth: int, inside: tuple[int, ...]) -> list[Any]:
        result: list[Any] = []
        for item in islice(values, MAX_ITEMS):
            if self._room <= 0:
                break
            result.append(self.build(item, depth - 1, inside))
            self._room -= 2
        if len(result) < size:
            self.truncated = True
            result.append({"$cut": size - len(result)})
        return result

    def _entries(self, pairs: Any, size: int, depth: int, inside: tuple[int, ...]) -> dict[str, Any]:
        result: dict[str, Any] = {}
        count = 0
        for key, item in islice(pairs, MAX_ITEMS):
            if self._room <= 0:
                break
            name = self._name(key, result)
            result[name] = self.build(item, depth - 1, inside)
            count += 1
        if count < size:
            self.truncated = True
            result[CUT_KEY] = {"$cut": size - count}
        return result

    def _name(self, key: Any, taken: dict[str, Any]) -> str:
        name = str(cell(key)) if isinstance(key, str) else plain_text(key, 200)
        while name in taken:
            name += "'"
        self._room -= len(name) + 4
        return name

    def _leaf(self, value: Any) -> Any:
        result = cell(value, max(20, min(MAX_TEXT, self._room)))
        if isinstance(result, str):
            self._room -= len(result) + 2
            if not isinstance(value, str) or isinstance(value, Enum):
                return {OTHER_KEY: result}
            if len(result) < len(value):
                self.truncated = True
        else:
            self._room -= 8
        return result


def _size(value: Any) -> int:
    if is_record(value) and not isinstance(value, (list, tuple, dict, set, frozenset, deque)):
        return len(record_items(value))
    return len(value)
