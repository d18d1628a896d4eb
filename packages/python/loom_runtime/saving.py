"""Copies of what nodes gave, for a host that can stop code only by ending its interpreter: small values outlive it."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from sys import getsizeof
from types import NoneType
from typing import Any

from .faults import Fault
from .files import Mount
from .moving import pack_value
from .sizes import size_of
from .values import Values

MAX_BYTES = 65_536
"""What is larger is computed again when it is needed: a copy of everything would cost more than it saves."""

_FLAT = frozenset({NoneType, bool, int, float, str, bytes})

Save = Callable[[list[str], bytes, Sequence[memoryview | Mount]], object]
"""Takes handles, and a pickled list of their values with its buffers."""


class Savings:
    """Copies of values that the host has been told of. They are made in one go, right before the next task may keep the
    interpreter busy for ever."""

    __slots__ = ("_handles", "_is_sending", "_save", "_values")

    def __init__(self, values: Values, save: Save) -> None:
        self._values = values
        self._save = save
        self._handles: list[str] = []
        self._is_sending = False

    def note(self, handle: str) -> None:
        """Remembers a value that is being told."""
        self._handles.append(handle)

    def send(self) -> None:
        """Hands copies to the host. What is large, or cannot be pickled, is left out."""
        if self._is_sending or not self._handles:
            return
        # What pickles a value may print, and that sends events.
        self._is_sending = True
        handles, self._handles = self._handles, []
        flat: list[str] = []
        values: list[Any] = []
        size = 0
        try:
            for handle in handles:
                try:
                    value = self._values.get(handle)
                except Fault:
                    continue
                if type(value) not in _FLAT:
                    self._send_alone(handle, value)
                    continue
                bytes_of = getsizeof(value)
                if bytes_of > MAX_BYTES:
                    continue
                if size + bytes_of > MAX_BYTES:
                    self._save(flat, pickle.dumps(values, 5), ())
                    flat, values, size = [], [], 0
                flat.append(handle)
                values.append(value)
                size += bytes_of
            if flat:
                self._save(flat, pickle.dumps(values, 5), ())
        finally:
            self._is_sending = False

    def _send_alone(self, handle: str, value: Any) -> None:
        if size_of(value) > MAX_BYTES:
            return
        try:
            data, buffers = pack_value([value])
        except BaseException:  # a value's own code may raise anything, and a copy is only a convenience
            return
        if len(data) + sum(buffer.nbytes for buffer in buffers) <= MAX_BYTES:
            self._save([handle], data, buffers)
