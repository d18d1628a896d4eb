"""What a node prints: told apart by task, kept in order, bounded."""

from __future__ import annotations

import asyncio
import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Protocol

from .events import FLUSH_AFTER_SECONDS, EventQueue, json_text
from .metrics import Metrics

if TYPE_CHECKING:
    from .interrupts import Interrupts

TASK_LIMIT = 1_000_000
"""Characters that one task may write; what comes after is counted and dropped."""

CHUNK = 8_192
"""Characters that may wait in a task before they become an event."""

MAX_TURNS = 100
"""How often in one group of events text may end the wait of a metric or of progress, so that it stands after them. What
alternates faster is thinned as ever, and stands after the text."""


class TaskOutput:
    """The text and the progress of one task."""

    __slots__ = (
        "_chunks",
        "_dropped",
        "_ended",
        "_guests",
        "_interrupts",
        "_is_measured",
        "_left",
        "_loop",
        "_metrics",
        "_pending",
        "_progress",
        "_queue",
        "_stream",
        "_task",
        "_timer",
        "_turns",
        "_turns_since",
    )

    def __init__(self, task_json: str, queue: EventQueue, interrupts: Interrupts) -> None:
        self._task = task_json
        self._queue = queue
        self._interrupts = interrupts
        self._chunks: list[str] = []
        self._pending = 0
        self._stream = ""
        self._left = TASK_LIMIT
        self._dropped = 0
        self._ended = False
        self._progress: tuple[float, str | None] | None = None
        self._metrics: Metrics | None = None
        self._guests: list[TaskOutput] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._is_measured = False
        """Whether metrics or progress wait."""
        self._turns = 0
        self._turns_since = 0.0

    @property
    def task(self) -> str:
        """The id of the task."""
        return str(json.loads(self._task))

    @property
    def interrupts(self) -> Interrupts:
        """Those of whoever runs the code that prints here."""
        return self._interrupts

    def awaits(self, loop: asyncio.AbstractEventLoop) -> None:
        """The code is async: what it says goes out also while it waits for something."""
        self._loop = loop

    def follow(self, queue: EventQueue, interrupts: Interrupts) -> None:
        """From now on the code is run by somebody else, and what it prints goes there."""
        self._queue = queue
        self._interrupts = interrupts

    def join(self, reader: TaskOutput | None) -> None:
        """The code is run by that of another task, which goes through a stream."""
        if reader is None or reader is self:
            return
        self.follow(reader._queue, reader._interrupts)
        if reader._guests is None:
            reader._guests = []
        if self not in reader._guests:
            reader._guests.append(self)

    def write(self, stream: str, text: str) -> None:
        """Takes text of a stream; sends it when there is enough of it or enough time has passed."""
        left = self._left
        if left <= 0 and (self._dropped or self._ended):
            self._dropped += len(text)
            return
        if stream != self._stream:
            if self._chunks:
                self._interrupts.shielded(self._drain_text)
            self._stream = stream
        if self._is_measured:
            self._interrupts.shielded(self._take_turn)
        length = len(text)
        if length > left:
            self._dropped += length - left
            self._left = 0
            text = f"{text[:left]}\n… output cut after {TASK_LIMIT // 1_000_000} MB\n"
        else:
            self._left = left - length
        self._chunks.append(text)
        self._pending += len(text)
        if self._pending >= CHUNK or self._queue.is_due():
            self._interrupts.shielded(self.send_if_due)
        if self._loop is not None and self._timer is None:
            self._interrupts.shielded(self._send_later)

    def report(self, fraction: float, message: str | None) -> None:
        """Takes the newest progress; older progress that was not sent yet is forgotten."""
        if self._ended:
            return
        self._progress = (fraction, message)
        self._send_soon()

    def measure(self, name: str, value: Any, step: Any) -> None:
        """Takes a value of a metric."""
        if self._ended:
            return
        if self._metrics is None:
            self._metrics = Metrics()
        self._metrics.add(name, value, step)
        self._send_soon()

    def tell(self, event: dict[str, Any]) -> None:
        """Sends an event of the task at once, after all that was said before it."""
        self._interrupts.shielded(lambda: self._tell(event))

    def _tell(self, event: dict[str, Any]) -> None:
        if self._ended:
            return
        self.drain()
        body = json.dumps(event, allow_nan=False, separators=(",", ":"))
        self._queue.add(f'{body[:-1]},"task":{self._task}}}')
        self._queue.flush()

    def _send_soon(self) -> None:
        self._is_measured = True
        if self._queue.is_due():
            self._interrupts.shielded(self.send_if_due)
        if self._loop is not None and self._timer is None:
            self._interrupts.shielded(self._send_later)

    def drain(self) -> None:
        """Turns what waits into events."""
        if self._guests is not None:
            # Taken out first: two streams may well read each other.
            guests, self._guests = self._guests, None
            for guest in guests:
                guest.drain()
        if self._chunks:
            self._drain_text()
        self._drain_measures()

    def _take_turn(self) -> None:
        """Text comes after metrics or progress that wait: these become events first."""
        if self._turns_since != self._queue.flushed_at:
            self._turns_since = self._queue.flushed_at
            self._turns = 0
        if self._turns < MAX_TURNS:
            self._turns += 1
            if self._chunks:
                self._drain_text()
            self._drain_measures()

    def _drain_measures(self) -> None:
        self._is_measured = False
        if self._progress is not None:
            fraction, message = self._progress
            self._progress = None
            tail = "" if message is None else f',"message":{json_text(message)}'
            self._queue.add(f'{{"kind":"progress","task":{self._task},"fraction":{fraction!r}{tail}}}')
        if self._metrics is not None:
            for event in self._metrics.drain(self._task):
                self._queue.add(event)

    def end(self) -> None:
        """Drains, says how much was dropped, and lets nothing through any more: a task has one last event."""
        if self._dropped:
            self.drain()
            self._chunks.append(f"… {self._dropped:,} more characters were dropped\n")
            self._dropped = 0
        self.drain()
        self._left = 0
        self._ended = True

    def _drain_text(self) -> None:
        text = "".join(self._chunks)
        self._chunks = []
        self._pending = 0
        if text:
            self._queue.add(
                f'{{"kind":"output","task":{self._task},"stream":"{self._stream}","text":{json_text(text)}}}'
            )

    def _send_later(self) -> None:
        if self._loop is not None:
            self._timer = self._loop.call_later(FLUSH_AFTER_SECONDS, self._send_all)

    def _send_all(self) -> None:
        self._timer = None
        if not self._ended:
            self.drain()
        self._queue.flush()

    def send_if_due(self) -> None:
        """Sends what waits, if it is enough or old enough."""
        self.drain()
        if self._queue.is_due():
            self._queue.flush()


class Outputs(Protocol):
    """Makes outputs of those tasks that need one."""

    def of(self, place: int) -> TaskOutput:
        """The output of the task at a place."""


running_output: ContextVar[TaskOutput | tuple[Outputs, int] | None] = ContextVar("loom_running_output", default=None)
"""Whose output this is. A context variable, so that async nodes and what they start keep theirs apart. Most tasks say nothing,
and many are done before an output would be made: those have a place where it can be had."""


def current_output() -> TaskOutput | None:
    """The output of the code that runs now."""
    running = running_output.get()
    return running[0].of(running[1]) if type(running) is tuple else running  # type: ignore[return-value]
