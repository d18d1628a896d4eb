"""Progress along something that is gone through."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

Report = Callable[[float, str | None], None]


class Tracked:
    """Gives the items of something, and reports after each how far it got. Works with `for` and `async for`."""

    __slots__ = ("_items", "_message", "_report", "_total")

    def __init__(self, items: Any, report: Report, message: str | None, total: int | None) -> None:
        self._items = items
        self._report = report
        self._message = message
        self._total = _length(items) if total is None else total

    def __len__(self) -> int:
        if self._total is None:
            raise TypeError("how many items there are is not known")
        return self._total

    def __iter__(self) -> Iterator[Any]:
        self._tell(0)
        done = 0
        for item in self._items:
            yield item
            done += 1
            self._tell(done)

    async def __aiter__(self) -> AsyncIterator[Any]:
        self._tell(0)
        done = 0
        async for item in self._items:
            yield item
            done += 1
            self._tell(done)

    def _tell(self, done: int) -> None:
        total = self._total
        count = str(done) if total is None else f"{done} of {total}"
        message = count if self._message is None else f"{self._message} {count}"
        self._report(0.0 if not total else min(1.0, done / total), message)


def _length(items: Any) -> int | None:
    try:
        return len(items)
    except TypeError:
        return None
