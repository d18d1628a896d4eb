"""Cancelling: by a signal while user code runs, by a request while it waits."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from types import FrameType
from typing import Any


BELL = getattr(signal, "SIGUSR1", 10)
"""In WebAssembly it is 10, and the host names it by number."""


class Interrupts:
    """Knows whether the batch shall end, and whether an exception may be raised where Python is right now.

    `armed` is true exactly while user code runs. Everywhere else a signal is only remembered, so that it can never
    break the runtime's own work.
    """

    __slots__ = (
        "_loop",
        "_missed",
        "_previous_handler",
        "_previous_bell_handler",
        "_shielding",
        "_task",
        "armed",
        "beside",
        "requested",
    )

    def __init__(self) -> None:
        self.beside: SideInterrupts | None = None
        """Whose code runs now when it is not the batch's."""
        self.armed = False
        self.requested = False
        self._shielding = False
        self._missed = False
        self._task: asyncio.Task[Any] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._previous_handler: Any = None
        self._previous_bell_handler: Any = None

    def install(self) -> None:
        """Takes over SIGINT, where that is possible (only in a main thread)."""
        try:
            self._previous_handler = signal.signal(signal.SIGINT, self._on_signal)
        except (ValueError, OSError, AttributeError):
            self._previous_handler = None

    def on_bell(self, action: Callable[[], None]) -> None:
        """Performs something in between two steps of user code whenever the host rings."""
        try:
            self._previous_bell_handler = signal.signal(BELL, lambda _number, _frame: action())
        except (ValueError, OSError, AttributeError):
            self._previous_bell_handler = None

    def uninstall(self) -> None:
        """Gives the signals back."""
        if self._previous_bell_handler is not None:
            signal.signal(BELL, self._previous_bell_handler)
            self._previous_bell_handler = None
        if self._previous_handler is not None:
            signal.signal(signal.SIGINT, self._previous_handler)
            self._previous_handler = None

    def request(self) -> None:
        """Asks the running batch to end: at the next await of an async node, or before the next task."""
        self.requested = True
        task, loop = self._task, self._loop
        if task is not None and loop is not None and not task.done():
            task.cancel()
            # A loop that waits in select() must wake up to see it.
            loop.call_soon_threadsafe(lambda: None)

    def watch(self, task: asyncio.Task[Any] | None) -> None:
        """Names the asyncio task of the node that runs now, which `request` cancels."""
        self._task = task
        self._loop = task.get_loop() if task is not None else None

    def shielded(self, action: Callable[[], None]) -> None:
        """Performs work of the runtime inside user code (a flush from `print`); a signal takes effect after it."""
        if not self.armed:
            action()
            return
        self._shielding = True
        self.armed = False
        try:
            action()
        finally:
            self.armed = True
            self._shielding = False
        if self._missed:
            self._missed = False
            raise KeyboardInterrupt

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        (self.beside or self)._hit()

    def _hit(self) -> None:
        if self.armed:
            self.requested = True
            raise KeyboardInterrupt
        if self._shielding:
            self.requested = True
            self._missed = True
        else:
            self.request()


class SideInterrupts(Interrupts):
    """Interrupts of code that runs beside the batch, in steps between those of the batch: what gives the items of a
    stream. `stepping` hears the key whenever its code begins to run, and None when it is the batch's turn again; 0 in
    between, where a signal would hit the wrong one."""

    __slots__ = ("_armed", "_main", "_stepping", "key")

    def __init__(self, main: Interrupts, stepping: Callable[[int | None], object], key: int) -> None:
        self._armed = False
        self._main = main
        self._stepping = stepping
        self.key = key
        super().__init__()

    @property
    def armed(self) -> bool:  # type: ignore[override]
        return self._armed

    @armed.setter
    def armed(self, armed: bool) -> None:
        if armed == self._armed:
            return
        stepping, main = self._stepping, self._main
        stepping(0)
        self._armed = armed
        main.beside = self if armed else None
        stepping(self.key if armed else None)
