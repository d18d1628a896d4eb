"""Values that stay where they were made, by handle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import NoneType

from .dismantling import dismantle
from .faults import Fault
from .streams import Stream

_FLAT = frozenset({NoneType, bool, int, float, str, bytes})
"""What is let go without care: it holds nothing, and most values are of these."""


class Values:
    """Keeps values until they are released. A handle is never used twice, so an old one can only be unknown."""

    __slots__ = ("_count", "_held")

    def __init__(self) -> None:
        self._held: dict[str, object] = {}
        self._count = 0

    def keep(self, value: object) -> str:
        """Holds a value and gives its new handle."""
        self._count += 1
        handle = f"v{self._count}"
        self._held[handle] = value
        if isinstance(value, Stream):
            value.handles += 1
        return handle

    def keep_all(self, values: Sequence[object]) -> int:
        """Holds values that are no streams; gives the number in the handle of the first, those of the others follow."""
        first = self._count + 1
        self._count += len(values)
        self._held.update(zip([f"v{number}" for number in range(first, self._count + 1)], values, strict=True))
        return first

    def get(self, handle: str) -> object:
        """The value of a handle; a fault `value/lost` when it was released or never existed."""
        try:
            return self._held[handle]
        except KeyError:
            raise Fault("value/lost", f"The value {handle} is gone: run the node that makes it again.") from None

    def release(self, handles: Iterable[str]) -> None:
        """Lets values go; unknown handles are ignored. A stream is closed with the last of its handles."""
        for handle in handles:
            if handle not in self._held:
                continue
            value = self._held.pop(handle)
            if type(value) in _FLAT:
                continue
            if isinstance(value, Stream):
                value.handles -= 1
                if value.handles == 0:
                    value.close()
            box = [value]
            del value
            dismantle(box)

    def clear(self) -> None:
        """Lets all values go."""
        self.release(list(self._held))

    def __len__(self) -> int:
        return len(self._held)
