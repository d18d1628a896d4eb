"""Tables in another order, and with some of their rows: what a reader of a large table asks for."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from math import isnan
from typing import Any, NamedTuple

from .cells import cell
from .faults import Fault
from .table_source import TableSource

MAX_ROWS = 2_000_000
"""Rows of a table up to which it is sorted and filtered."""

_CHUNK = 20_000
"""Rows that are held at once while a table is gone through."""

Key = tuple[int, float | str]
"""Numbers before texts, and nothing at all last."""

_MISSING: Key = (2, 0)


class Filter(NamedTuple):
    """The cells of a column that a row must have: `>5`, `<=5`, `=x`, `!=x`, or a part of their text."""

    column: int
    text: str


class Arrangement:
    """One wish for an order. It remembers the rows that it found, so that the next page costs nothing."""

    def __init__(self, sort: tuple[int, bool] | None, filters: Sequence[Filter]) -> None:
        self.sort = sort
        self.filters = [(found.column, _test(found.text)) for found in filters if found.text.strip()]
        self._order: array[int] | None = None

    def apply(self, source: TableSource) -> TableSource:
        """The table as it is wished for. A fault `preview/too-many-rows` when it is too large for that."""
        order = self._order
        if order is None:
            order = self._order = self._find(source)

        def rows(start: int, stop: int, width: int) -> list[list[Any]]:
            return [source.rows(row, row + 1, width)[0] for row in order[start:stop]]

        return source._replace(total=len(order), rows=rows)

    def _find(self, source: TableSource) -> array[int]:
        if source.total > MAX_ROWS:
            reason = f"A table of {source.total:,} rows is not sorted or filtered: {MAX_ROWS:,} are the most."
            raise Fault("preview/too-many-rows", reason)
        columns = [column for column, _ in self.filters] + ([self.sort[0]] if self.sort else [])
        width = max(columns, default=-1) + 1
        kept = array("q")
        keys: list[Key] = []
        for start in range(0, source.total, _CHUNK):
            for place, row in enumerate(source.rows(start, min(start + _CHUNK, source.total), width)):
                if all(column < len(row) and test(row[column]) for column, test in self.filters):
                    kept.append(start + place)
                    if self.sort:
                        keys.append(_key(row[self.sort[0]]) if self.sort[0] < len(row) else _MISSING)
        return array("q", (kept[at] for at in _sorted(keys, self.sort[1]))) if self.sort else kept


def _sorted(keys: list[Key], descending: bool) -> list[int]:
    there = [at for at, key in enumerate(keys) if key is not _MISSING]
    missing = [at for at, key in enumerate(keys) if key is _MISSING]
    # Python keeps the order of equal rows also when it sorts downwards.
    there.sort(key=keys.__getitem__, reverse=descending)
    return there + missing


def _key(value: Any) -> Key:
    shown = cell(value)
    if shown is None:
        return _MISSING
    if isinstance(shown, (bool, int, float)):
        return (0, float(shown))
    if isinstance(value, float):
        return _MISSING if isnan(value) else (0, value)
    if isinstance(value, int):
        return (0, float("inf") if value > 0 else float("-inf"))
    return (1, shown)


def _test(text: str) -> Callable[[Any], bool]:
    wanted = text.strip()
    for sign in (">=", "<=", "!=", ">", "<", "="):
        if wanted.startswith(sign):
            return _compared(sign, wanted[len(sign) :].strip())
    part = wanted.lower()
    return lambda value: part in _text(value).lower()


def _compared(sign: str, operand: str) -> Callable[[Any], bool]:
    number = _number(operand)
    if sign in ("=", "!="):
        same = sign == "="
        if number is None:
            return lambda value: (_text(value) == operand) is same
        return lambda value: (_key(value) == (0, number)) is same
    if number is None:
        return lambda _: False

    def test(value: Any) -> bool:
        kind, key = _key(value)
        if kind != 0 or isinstance(key, str):
            return False
        return {">": key > number, ">=": key >= number, "<": key < number, "<=": key <= number}[sign]

    return test


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _text(value: Any) -> str:
    shown = cell(value)
    if shown is None:
        return ""
    return {True: "true", False: "false"}[shown] if isinstance(shown, bool) else str(shown)
