"""The runtime as its host sees it: JSON text and buffers in and out."""

from __future__ import annotations

import asyncio
import json
import time
from array import array
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from .arrangements import Arrangement, Filter
from .batch import Batches
from .definitions import Definitions
from .events import EventQueue
from .faults import Fault, RuntimeFaultError
from .files import Mount
from .interrupts import Interrupts
from .bell import Bell, Mailbox
from .modules import Modules
from .moving import pack_value, unpack_value
from .output import current_output
from .parameters import NO_HANDLER
from .portable import decode_portable, encode_portable
from .previews import PreviewRequest, preview_of
from .questions import AskingBuiltins, AskingInput, Questions
from .recursion import guard_recursion
from .saving import Save, Savings
from .sources import NOTHING, Unresolved, value_of
from .standard_streams import StandardStreams
from .summaries import summary
from .taking import Takes
from .task_runs import TaskRuns
from .tracebacks import Tracebacks
from .type_names import bare_name
from .values import Values
from .work import Work

T = TypeVar("T")


class Runtime:
    """Runs nodes. One per interpreter: it takes over the standard streams and SIGINT until `close`.

    >>> runtime = Runtime(print)
    >>> runtime.define('[{"typeId": "add", "revision": "1", "source": "def add(a, b): return a + b", '
    ...                '"entry": "add", "returns": "single", "outputs": ["result"]}]')
    """

    def __init__(
        self,
        send: Callable[[str], object],
        *,
        stepping: Callable[[int | None], object] = lambda _key: None,
        block: Callable[[float], object] | None = None,
        mailbox: Mailbox | None = None,
        save: Save | None = None,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        """`stepping` hears the key of a take whenever its code begins to run, None when the batch has its turn again, and 0
        in between: a host that interrupts knows then whom it would hit, and that it must not hit anybody. `block` waits for
        so many seconds, or until something may have come, and lets signal handlers run: with it `input()` works. What is
        in the `mailbox` is opened on SIGUSR1 while code computes, which also sends what the code has said. A host that
        can stop code only by ending the interpreter takes copies of small values with `save`, and gives them to another
        one with `restore`."""
        self._interrupts = Interrupts()
        self._queue = EventQueue(send, clock)
        self._values = Values()
        self._arranged: tuple[str, Arrangement] | None = None
        self._modules = Modules()
        self._definitions = Definitions(self._modules)
        tracebacks = Tracebacks(self._modules)
        self._questions = Questions(block)
        savings = Savings(self._values, save) if save is not None else None
        if savings is not None:
            self._queue.after = savings.send
        self._runs = TaskRuns(self._queue, self._interrupts, self._values, tracebacks, self._questions, savings)
        self._batches = Batches(self._queue, self._interrupts, self._values, self._runs, savings)
        self._takes = Takes(self._values, tracebacks, self._interrupts, clock, stepping)
        stdin = AskingInput(self._questions)
        self._streams = StandardStreams(stdin)
        self._builtins = AskingBuiltins(stdin)
        self._turn = asyncio.Lock()
        guard_recursion()
        self._streams.install()
        self._builtins.install()
        self._interrupts.install()
        self._interrupts.on_bell(Bell(mailbox, self._interrupts, self._tune, self._questions.answer).heed)

    def define(self, definitions: str) -> None:
        """Takes node types in: a JSON array of `RuntimeDefinition`. Faulty sources show in their tasks."""
        for data in json.loads(definitions):
            self._definitions.define(data)

    async def execute(self, batch: str, buffers: Sequence[Any] = ()) -> None:
        """Runs a `RuntimeBatch`; every task gets one final event. Returns normally also when it is cancelled."""
        data = json.loads(batch)
        async with self._turn:
            self._interrupts.requested = False
            await self._batches.perform(Work(data, self._definitions.current(), buffers, self._values))

    def cancel(self) -> None:
        """Ends the running batch: at the next await of an async node, or before the next task."""
        if self._turn.locked():
            self._interrupts.request()

    def read(self, handle: str) -> tuple[str, list[Any]]:
        """A value as portable head and buffers."""
        return self._guarded(lambda: encode_portable(self._values.get(handle)))

    def write(self, head: str, buffers: Sequence[Any] = ()) -> str:
        """Takes a portable value in and gives its handle."""
        return self._guarded(lambda: self._values.keep(decode_portable(head, buffers)))

    def pack(self, handle: str) -> tuple[bytes, list[memoryview | Mount]]:
        """A value for another runtime, as pickle and buffers."""
        return self._guarded(lambda: pack_value(self._values.get(handle)))

    def unpack(self, data: bytes, buffers: Sequence[Any] = ()) -> str:
        """Takes in a value that another runtime packed, and gives its handle. The buffers belong to it from now on."""
        return self._guarded(lambda: self._values.keep(unpack_value(data, buffers, self._modules)))

    def restore(self, data: bytes, buffers: Sequence[Any] = ()) -> str:
        """Takes in values that another runtime saved, and gives a JSON array of their handles."""

        def restored() -> str:
            values: Any = unpack_value(data, buffers, self._modules)
            return json.dumps([self._values.keep(value) for value in values])

        return self._guarded(restored)

    def take(self, key: int, handle: str, request: str, send: Callable[[str], object]) -> Coroutine[Any, Any, str]:
        """Items of a value as JSON `RuntimeItems`, when it is awaited; `request` is JSON with `from` and `max`. `send`
        takes the events of the code behind a stream meanwhile. The key is the host's name for this take."""
        interrupts = self._takes.begin(key)
        asked = json.loads(request)

        async def taken() -> str:
            try:
                return await self._takes.perform(handle, int(asked["from"]), int(asked["max"]), send, interrupts)
            except Fault as fault:
                raise RuntimeFaultError(fault) from None

        return taken()

    def cancel_take(self, key: int) -> None:
        """Ends a take: async code at its next await. Unknown keys are ignored."""
        self._takes.cancel(key)

    def gather(self, source: str, buffers: Sequence[Any] = ()) -> str:
        """Makes one value of a `RuntimeSource`: its JSON `RuntimeOutput`."""
        return self._guarded(lambda: self._gathered(json.loads(source), buffers))

    async def set_parameter(self, task: str, name: str, value: str) -> str:
        """Hands a live parameter to a task that runs: JSON of a `ParameterAnswer`."""
        context = self._runs.contexts.get(task)
        return json.dumps(await context.set_parameter(name, json.loads(value)) if context else NO_HANDLER)

    def answer(self, task: str, question: int, text: str | None) -> None:
        """Hands an answer to a task that asked. Answers to nothing are ignored."""
        self._questions.answer(task, question, text)

    def preview(self, handle: str, request: str | None = None) -> str:
        """A part of a value as JSON `RuntimePreview`; `request` is JSON of a `PreviewRequest`."""
        return self._guarded(lambda: self._preview(handle, json.loads(request or "{}")))

    def release(self, handles: str) -> None:
        """Lets values go: a JSON array of handles. Unknown ones are ignored."""
        names = json.loads(handles)
        self._takes.forget(names)
        self._values.release(names)
        self._arranged = None

    def flush(self) -> None:
        """Sends what waits, also from inside user code: a host that replaces `time.sleep` calls it before it blocks."""
        self._interrupts.shielded(self._send_all)

    def close(self) -> None:
        """Lets go of everything and gives the streams and SIGINT back. Twice is fine."""
        self._values.clear()
        self._definitions.clear()
        self._interrupts.uninstall()
        self._builtins.uninstall()
        self._streams.uninstall()

    @property
    def place(self) -> array[int]:
        """One number: the place in its batch of the task that began last, -1 when there is none. It stays where it is in
        memory, so a host can look there when the interpreter has died."""
        return self._batches.place

    @property
    def held(self) -> int:
        """How many values are held."""
        return len(self._values)

    def _tune(self, task: str, name: str, value: Any) -> dict[str, str] | None:
        context = self._runs.contexts.get(task)
        return context.set_parameter_now(name, value) if context else NO_HANDLER

    def _send_all(self) -> None:
        output = current_output()
        if output is not None:
            output.drain()
        self._queue.flush()

    def _gathered(self, source: dict[str, Any], buffers: Sequence[Any]) -> str:
        try:
            value = value_of(source, self._values, [NOTHING], buffers)
        except Unresolved:
            reason = "Only values that are held can be gathered, not those of tasks."
            raise Fault("executor/fault", reason) from None
        handle = self._values.keep(value)
        return summary(handle, value)

    def _preview(self, handle: str, request: dict[str, Any]) -> str:
        offset = max(0, int(request.get("offset") or 0))
        limit = max(0, int(request["limit"])) if request.get("limit") is not None else PreviewRequest().limit
        arrangement = self._arrangement(handle, request)
        preview = preview_of(self._values.get(handle), PreviewRequest(offset, limit, arrangement))
        return json.dumps({"data": preview.data, "truncated": preview.truncated}, allow_nan=False)

    def _arrangement(self, handle: str, request: dict[str, Any]) -> Arrangement | None:
        """The order that is asked for. The last one is kept: one goes through its pages."""
        sort, filters = request.get("sort"), request.get("filters") or []
        if not sort and not filters:
            return None
        asked = json.dumps([handle, sort, filters])
        if self._arranged is None or self._arranged[0] != asked:
            order = (int(sort["column"]), bool(sort.get("descending"))) if sort else None
            wanted = [Filter(int(item["column"]), str(item["text"])) for item in filters]
            self._arranged = (asked, Arrangement(order, wanted))
        return self._arranged[1]

    def _guarded(self, action: Callable[[], T]) -> T:
        """Performs what may run a value's own code, and turns faults into the error that the host expects."""
        interrupts = self._interrupts
        armed = interrupts.armed
        interrupts.armed = True
        try:
            return action()
        except Fault as fault:
            raise RuntimeFaultError(fault) from None
        except Exception as error:
            # A value's own methods may raise anything while it is walked.
            reason = f"The value could not be read: {bare_name(type(error))}."
            raise RuntimeFaultError(Fault("value/not-portable", reason)) from None
        except KeyboardInterrupt:
            raise RuntimeFaultError(Fault("value/interrupted", "Reading the value was interrupted.")) from None
        finally:
            interrupts.armed = armed
