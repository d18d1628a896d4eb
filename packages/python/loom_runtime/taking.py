"""Taking items out of values, beside the batches: out of lists and the like by position, out of streams in order."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from .arrays import array_view
from .calls import Armed, Outcome
from .dataframes import dataframe_source
from .events import FLUSH_AFTER_SECONDS, EventQueue
from .faults import Fault
from .interrupts import Interrupts, SideInterrupts
from .streams import AsyncStream, Maker, Stream, is_stream, stream_of
from .summaries import summary
from .tracebacks import Tracebacks
from .type_names import type_name
from .values import Values

MAX_TAKEN = 1_000
"""Items of one take: each gets a preview, and they travel in one message."""

Items = tuple[list[Any], bool]


class Takes:
    """Takes items. A take never waits for a batch, nor a batch for a take: their steps take turns."""

    __slots__ = ("_clock", "_cursors", "_interrupts", "_loose", "_running", "_stepping", "_tracebacks", "_values")

    def __init__(
        self,
        values: Values,
        tracebacks: Tracebacks,
        interrupts: Interrupts,
        clock: Callable[[], float],
        stepping: Callable[[int | None], object],
    ) -> None:
        self._values = values
        self._tracebacks = tracebacks
        self._interrupts = interrupts
        self._clock = clock
        self._stepping = stepping
        self._running: dict[int, SideInterrupts] = {}
        self._loose: dict[str, Stream] = {}
        """Streams of values that are iterators although their port is no stream, by handle."""
        self._cursors: dict[str, tuple[Iterator[Any], int]] = {}
        """Where the last take of something without positions has come to, by handle."""

    def begin(self, key: int) -> SideInterrupts:
        """Makes a take known, so that it can be cancelled before it has done anything."""
        interrupts = SideInterrupts(self._interrupts, self._stepping, key)
        self._running[key] = interrupts
        return interrupts

    async def perform(
        self, handle: str, start: int, count: int, send: Callable[[str], object], interrupts: SideInterrupts
    ) -> str:
        """The items as JSON. Raises faults; `run/cancelled` when it was cancelled."""
        try:
            items, is_done = await self._taken(handle, start, min(max(1, count), MAX_TAKEN), send, interrupts)
            return self._told(items, is_done, interrupts)
        finally:
            self._running.pop(interrupts.key, None)

    def cancel(self, key: int) -> None:
        """Ends a take: its code is cancelled at its next await."""
        interrupts = self._running.get(key)
        if interrupts is not None:
            interrupts.request()

    def forget(self, handles: Sequence[str]) -> None:
        """Drops what was kept for handles that are let go."""
        for handle in handles:
            self._cursors.pop(handle, None)
            self._loose.pop(handle, None)

    async def _taken(
        self, handle: str, start: int, count: int, send: Callable[[str], object], interrupts: SideInterrupts
    ) -> Items:
        value = self._values.get(handle)
        stream = self._stream(handle, value)
        if stream is None:
            return self._by_position(handle, value, start, count, interrupts)
        if stream.is_taken or start != stream.position:
            reason = (
                "Items of this stream are being taken already: wait for them."
                if stream.is_taken
                else f"A stream gives its items once and in order: the next one is {stream.position}, not {start}."
            )
            raise Fault("value/stream-position", reason)
        stream.is_taken = True
        stream.maker.tell(send, interrupts)
        try:
            if isinstance(stream, AsyncStream):
                stream.maker.awaits(asyncio.get_running_loop())
                items = await self._later(stream, count, interrupts)
            else:
                items = self._now(stream, count, interrupts)
        finally:
            stream.is_taken = False
            stream.maker.rest()
        stream.position += len(items)
        if not items and stream.fault is not None:
            raise stream.fault
        return items, stream.is_done and stream.fault is None

    def _now(self, stream: Any, count: int, interrupts: SideInterrupts) -> list[Any]:
        """What the code gives in a short while, and at least one item."""
        items: list[Any] = []
        until = self._clock() + FLUSH_AFTER_SECONDS
        try:
            interrupts.armed = True
            try:
                if interrupts.requested:
                    raise KeyboardInterrupt
                while not stream.is_done:
                    items.append(next(stream))
                    if len(items) == count or self._clock() >= until:
                        break
            finally:
                interrupts.armed = False
        except StopIteration:
            stream.end()
        except BaseException as error:  # whatever user code raises belongs to the stream
            self._fail(stream, error, interrupts)
        return items

    async def _later(self, stream: AsyncStream, count: int, interrupts: SideInterrupts) -> list[Any]:
        """What comes without waiting, and at least one item."""
        items: list[Any] = []
        while len(items) < count and not stream.is_done:
            step = stream.pending
            if step is None:
                step = stream.pending = asyncio.ensure_future(_stepped(stream, interrupts))
                stream.interrupts = interrupts
            elif stream.interrupts is not None:
                # A step that an earlier take began is stopped with this one.
                stream.interrupts.key = interrupts.key
            if items:
                # One turn is enough for code that waits for nothing.
                await asyncio.sleep(0)
                if not step.done():
                    break
            else:
                await self._settled(step, interrupts)
            stream.pending = None
            if stream.is_closed:
                raise Fault("value/lost", "The stream is no longer held: run the node that makes it again.")
            if stream.interrupts is not None and stream.interrupts.requested:
                interrupts.requested = True
            outcome = step.result() if not step.cancelled() else Outcome(error=asyncio.CancelledError())
            if outcome.error is None:
                items.append(outcome.value)
            elif isinstance(outcome.error, StopAsyncIteration):
                stream.end()
            else:
                self._fail(stream, outcome.error, interrupts)
        return items

    async def _settled(self, step: asyncio.Task[Outcome], interrupts: SideInterrupts) -> None:
        interrupts.watch(step)
        try:
            if interrupts.requested:
                step.cancel()
            await asyncio.wait((step,))
        finally:
            interrupts.watch(None)

    def _fail(self, stream: Stream, error: BaseException, interrupts: SideInterrupts) -> None:
        """Notes what ended a stream: the next take without items tells."""
        stream.fault = self._fault(error, stream.maker.type_id, interrupts)
        stream.end()

    def _fault(self, error: BaseException, type_id: str, interrupts: SideInterrupts) -> Fault:
        fault = self._tracebacks.fault(error, type_id)
        return Fault("run/cancelled", "Taking items was cancelled.") if interrupts.requested else fault

    def _by_position(self, handle: str, value: Any, start: int, count: int, interrupts: SideInterrupts) -> Items:
        if start < 0:
            raise Fault("value/position", f"Items are counted from 0, and {start} is no such place.")
        try:
            interrupts.armed = True
            try:
                if interrupts.requested:
                    raise KeyboardInterrupt
                if _has_positions(value):
                    end = min(start + count, len(value))
                    if isinstance(value, deque):
                        return list(islice(value, start, end)), start + count >= len(value)
                    return [value[place] for place in range(start, end)], start + count >= len(value)
                return self._walked(handle, value, start, count)
            finally:
                interrupts.armed = False
        except Fault:
            raise
        except BaseException as error:  # a value's own methods are user code
            raise self._fault(error, "", interrupts) from None

    def _walked(self, handle: str, value: Any, start: int, count: int) -> Items:
        """Goes on where the last take has ended, or begins anew."""
        iterator, position = self._cursors.pop(handle, (None, 0))
        if iterator is None or position != start:
            if isinstance(value, (str, Mapping)) or not hasattr(type(value), "__iter__") or dataframe_source(value):
                raise Fault("value/not-iterable", f"There are no items to take from a value of type {type_name(value)}.")
            iterator = islice(iter(value), start, None)
        items = list(islice(iterator, count))
        if len(items) < count:
            return items, True
        position = start + count
        self._cursors[handle] = (iterator, position)
        return items, isinstance(value, (set, frozenset)) and position >= len(value)

    def _stream(self, handle: str, value: Any) -> Stream | None:
        if isinstance(value, Stream) or not is_stream(value):
            return value if isinstance(value, Stream) else None
        stream = self._loose.get(handle)
        if stream is None:
            nobody = Maker("", None, EventQueue(None, self._clock), lambda: None)
            stream = stream_of(value, nobody)
            if stream is not None:
                self._loose[handle] = stream
        return stream

    def _told(self, items: list[Any], is_done: bool, interrupts: SideInterrupts) -> str:
        """The items with their previews: their own methods are user code again."""
        kept: list[str] = []
        texts: list[str] = []
        try:
            interrupts.armed = True
            try:
                for item in items:
                    handle = self._values.keep(item)
                    kept.append(handle)
                    texts.append(summary(handle, item))
            finally:
                interrupts.armed = False
        except BaseException as error:  # only an interrupt leaves a preview
            self._values.release(kept)
            raise self._fault(error, "", interrupts) from None
        return f'{{"items":[{",".join(texts)}],"isDone":{"true" if is_done else "false"}}}'


def _has_positions(value: Any) -> bool:
    if isinstance(value, Sequence):
        return not isinstance(value, str)
    if isinstance(value, deque):
        return True
    view = array_view(value)
    return view is not None and len(view.shape) > 0


async def _stepped(stream: AsyncStream, interrupts: SideInterrupts) -> Outcome:
    """One step of asynchronous code. Nothing is raised through the event loop, as for nodes."""
    try:
        return Outcome(await Armed(stream.__anext__(), interrupts))
    except BaseException as error:  # it is kept for the caller
        return Outcome(error=error)
