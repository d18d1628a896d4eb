"""Streams: what gives its items over time, once and in order. A node's generator becomes one, and other nodes may go
through it with a loop."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from typing import Any

from .events import EventQueue
from .faults import Fault
from .interrupts import Interrupts, SideInterrupts
from .output import TaskOutput, current_output, running_output

CLOSE_SECONDS = 5.0
"""How long asynchronous code may take to clean up when its stream is closed."""

TURNS = 8
"""Turns of the loop that most clean-up code is content with."""

_COLLECTIONS = frozenset({list, dict, tuple, set})
"""Most of what is asked about."""

_closing: set[asyncio.Task[None]] = set()
"""The loop itself keeps no reference to what runs in it."""


class Maker:
    """The task that made streams: its code goes on in them, and what it prints stays its own."""

    __slots__ = ("_on_end", "_open", "_queue", "output", "type_id")

    def __init__(self, type_id: str, output: TaskOutput | None, queue: EventQueue, on_end: Callable[[], object]) -> None:
        self.type_id = type_id
        self.output = output
        self._queue = queue
        self._on_end = on_end
        self._open = 0

    @property
    def is_open(self) -> bool:
        """Whether the code goes on behind some stream."""
        return self._open > 0

    def begin(self) -> None:
        """One more stream of it."""
        self._open += 1

    def end(self) -> None:
        """The code behind one of its streams will not be asked again."""
        self._open -= 1
        if self._open == 0:
            if self.output is not None:
                self.output.end()
            self._on_end()

    def tell(self, send: Callable[[str], object], interrupts: Interrupts) -> None:
        """From now on somebody takes items, and hears what the code prints."""
        self._queue.direct(send)
        if self.output is not None:
            self.output.follow(self._queue, interrupts)

    def awaits(self, loop: asyncio.AbstractEventLoop) -> None:
        """The code is async, and may wait for something after it has said something."""
        if self.output is not None:
            self.output.awaits(loop)

    def rest(self) -> None:
        """Nobody takes items for now: what is printed meanwhile waits."""
        if self.output is not None:
            self.output.drain()
        self._queue.flush()
        self._queue.direct(None)


class Stream:
    """What both kinds of streams share. `position` and what follows it are of those who take items one by one."""

    __slots__ = ("_closed", "_ended", "_maker", "fault", "handles", "interrupts", "is_taken", "position")

    def __init__(self, maker: Maker) -> None:
        maker.begin()
        self._maker = maker
        self._closed = False
        self._ended = False
        self.handles = 0
        self.position = 0
        self.is_taken = False
        self.fault: Fault | None = None
        self.interrupts: SideInterrupts | None = None
        """Those of the step that was begun last."""

    @property
    def maker(self) -> Maker:
        return self._maker

    @property
    def is_closed(self) -> bool:
        return self._closed

    @property
    def is_done(self) -> bool:
        """Whether no item will come any more."""
        return self._ended

    def end(self) -> None:
        """Notes that no item will come any more."""
        if not self._ended:
            self._ended = True
            self._maker.end()

    def close(self) -> None:
        """Lets the code clean up. What goes wrong with that is nobody's any more."""
        if self._closed:
            return
        self._closed = True
        if not self._ended:
            self._clean_up()
            self.end()

    def _clean_up(self) -> None:
        raise NotImplementedError


class SyncStream(Stream):
    """The items of an iterator. It can also be gone through with `async for`."""

    __slots__ = ("_items",)

    def __init__(self, items: Iterator[Any], maker: Maker) -> None:
        super().__init__(maker)
        self._items = items

    def __iter__(self) -> SyncStream:
        return self

    def __next__(self) -> Any:
        output = self._maker.output
        if output is None:
            return next(self._items)
        output.join(current_output())
        token = running_output.set(output)
        try:
            return next(self._items)
        finally:
            running_output.reset(token)

    def __aiter__(self) -> SyncStream:
        return self

    async def __anext__(self) -> Any:
        try:
            return self.__next__()
        except StopIteration:
            raise StopAsyncIteration from None

    def _clean_up(self) -> None:
        close = getattr(self._items, "close", None)
        token = running_output.set(self._maker.output)
        try:
            if callable(close):
                close()
        except BaseException:  # user code, whose task has long ended
            pass
        finally:
            running_output.reset(token)


class AsyncStream(Stream):
    """The items of an asynchronous iterator."""

    __slots__ = ("_items", "pending")

    def __init__(self, items: AsyncIterator[Any], maker: Maker) -> None:
        super().__init__(maker)
        self._items = items
        self.pending: asyncio.Task[Any] | None = None
        """The step that a take has begun and nobody waits for any more."""

    def __aiter__(self) -> AsyncStream:
        return self

    async def __anext__(self) -> Any:
        output = self._maker.output
        if output is None:
            return await self._items.__anext__()
        output.join(current_output())
        token = running_output.set(output)
        try:
            return await self._items.__anext__()
        finally:
            running_output.reset(token)

    def _clean_up(self) -> None:
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # Without a loop nothing asynchronous can be done, and nothing runs.
        task = loop.create_task(self._finish())
        _closing.add(task)
        task.add_done_callback(_closing.discard)

    async def _finish(self) -> None:
        pending, close = self.pending, getattr(self._items, "aclose", None)
        running_output.set(self._maker.output)
        try:
            if pending is not None:
                pending.cancel()
                await _ended(pending)
            if callable(close):
                await _ended(asyncio.ensure_future(close()))
        except BaseException:  # user code, whose task has long ended
            pass


async def _ended(task: asyncio.Task[Any]) -> None:
    """Waits for the end of clean-up code, within a bound."""
    for _ in range(TURNS):
        if task.done():
            break
        await asyncio.sleep(0)
    else:
        # Only now: in WebAssembly a timer is kept until its time, even one that was cancelled.
        await asyncio.wait((task,), timeout=CLOSE_SECONDS)
        task.cancel()
    if not task.cancelled() and task.done():
        task.exception()  # Otherwise the loop would report one that nobody fetched.


def stream_of(value: Any, maker: Maker) -> Stream | None:
    """The stream of what a node gave for one, or nothing when there are no items in it. A stream stays what it is.
    Texts and mappings are values of their own, not lists of their parts."""
    if isinstance(value, Stream):
        return value
    kind = type(value)
    if hasattr(kind, "__aiter__"):
        return AsyncStream(value if hasattr(kind, "__anext__") else value.__aiter__(), maker)
    if isinstance(value, (str, Mapping)) or not hasattr(kind, "__iter__"):
        return None
    return SyncStream(iter(value), maker)


def is_stream(value: Any) -> bool:
    """Whether a value gives its items over time, once and in order."""
    kind = type(value)
    return kind not in _COLLECTIONS and (hasattr(kind, "__next__") or hasattr(kind, "__aiter__"))
