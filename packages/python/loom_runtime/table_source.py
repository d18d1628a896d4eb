"""What every kind of table offers, so that pages are cut in one place."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class TableSource(NamedTuple):
    """A table that can be read by pages."""

    total: int
    """Rows of the whole table."""

    names: list[str]
    types: list[str]

    rows: Callable[[int, int, int], list[list[Any]]]
    """`rows(start, stop, width)`: Python values of the first `width` columns."""

    shape: tuple[int, ...]
    """For people: rows and columns, or only items."""

    complete: bool = True
    """False when there may be more columns than the ones named."""
