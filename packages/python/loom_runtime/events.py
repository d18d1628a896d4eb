"""Events on their way out: encoded one by one, sent in groups."""

from __future__ import annotations

import json
from collections.abc import Callable
from json.encoder import encode_basestring_ascii as json_text
from typing import Any

FLUSH_AFTER_SECONDS = 0.05
"""How long an event may wait for company."""

FLUSH_AT_CHARACTERS = 65_536
"""How large a group may grow."""

MAX_WAITING_CHARACTERS = 4_000_000
"""How much is kept while there is nobody to send to."""


class EventQueue:
    """Collects encoded events and gives them to `send` as one JSON array."""

    __slots__ = ("_parts", "_send", "_size", "after", "clock", "flushed_at")

    def __init__(self, send: Callable[[str], object] | None, clock: Callable[[], float]) -> None:
        self._send = send
        self._parts: list[str] = []
        self._size = 0
        self.clock = clock
        self.flushed_at = clock()
        self.after: Callable[[], object] | None = None
        """Called when something was sent."""

    def direct(self, send: Callable[[str], object] | None) -> None:
        """Sends to somebody else from now on. While there is nobody, events wait."""
        self._send = send

    def add(self, event: str) -> None:
        """Appends an event that is already JSON text."""
        self._parts.append(event)
        self._size += len(event)

    def is_due(self) -> bool:
        """True when the group should go now: it is old or large enough."""
        return self._size >= FLUSH_AT_CHARACTERS or self.clock() - self.flushed_at >= FLUSH_AFTER_SECONDS

    def flush(self) -> None:
        """Sends what there is, in order."""
        self.flushed_at = self.clock()
        if not self._parts:
            return
        if self._send is None:
            if self._size > MAX_WAITING_CHARACTERS:
                self._parts, self._size = [], 0
            return
        parts, self._parts, self._size = self._parts, [], 0
        self._send("[" + ",".join(parts) + "]")
        if self.after is not None:
            self.after()


def encoded(event: dict[str, Any]) -> str:
    """One event as ASCII JSON. `NaN` is refused: it is not JSON, and one would spoil its whole group."""
    return json.dumps(event, allow_nan=False, separators=(",", ":"))


__all__ = ["FLUSH_AFTER_SECONDS", "FLUSH_AT_CHARACTERS", "EventQueue", "encoded", "json_text"]
