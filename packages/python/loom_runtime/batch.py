"""Batches: tasks in a tight loop, each ending with exactly one final event."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

from .calls import awaited, call, is_awaitable
from .context import Context
from .definitions import Definition
from .events import FLUSH_AFTER_SECONDS, EventQueue, encoded, json_text
from .faults import Fault
from .interrupts import Interrupts
from .output import TaskOutput, running_output
from .questions import Questions
from .saving import Savings
from .skip import skip
from .sources import Results, Unresolved, value_of
from .streams import Maker
from .summaries import summary
from .tracebacks import Tracebacks
from .values import Values

LONG_SECONDS = 0.02
"""A task that took this long last time is worth a message of its own when it starts."""

EAGER_STARTS = 16
"""Tasks per batch whose start is told at once: all of a small batch, for any of them may hang this time, and of a large
one those of which nothing is known. So a small flow shows which node runs, and a large one is not slowed down by a
message for each."""


class Batches:
    """Performs batches, one after the other."""

    __slots__ = ("_begun", "_clock", "_interrupts", "_questions", "_queue", "_savings", "_tracebacks", "_values", "contexts")

    def __init__(
        self,
        queue: EventQueue,
        interrupts: Interrupts,
        values: Values,
        tracebacks: Tracebacks,
        questions: Questions,
        begun: Callable[[str], object] | None = None,
        savings: Savings | None = None,
    ) -> None:
        self._queue = queue
        self._savings = savings
        self._questions = questions
        self._begun = begun
        self._clock = queue.clock
        self._interrupts = interrupts
        self._values = values
        self._tracebacks = tracebacks
        self.contexts: dict[str, Context] = {}
        """Of tasks that run, or whose streams have not ended, as far as they asked for one."""

    async def perform(
        self, tasks: Sequence[dict[str, Any]], definitions: dict[str, Definition], buffers: Sequence[Any]
    ) -> None:
        """Runs the tasks in order. Returns when each has its final event, cancelled or not."""
        queue, clock, interrupts, begun = self._queue, self._clock, self._interrupts, self._begun
        results: Results = {}
        values = self._values
        eager = EAGER_STARTS
        is_small = len(tasks) <= EAGER_STARTS
        now = paused_at = clock()
        for task in tasks:
            # The end of the last task is near enough: each look at the clock costs a call to the host.
            if now - paused_at >= FLUSH_AFTER_SECONDS:
                queue.flush()
                # Lets the host's messages in: a cancel needs no signal then.
                await asyncio.sleep(0)
                now = paused_at = clock()
            name = json_text(task["id"])
            if interrupts.requested:
                queue.add(f'{{"kind":"cancelled","task":{name}}}')
                continue
            try:
                inputs = {
                    port: value_of(source, values, results, buffers) for port, source in task["inputs"].items()
                }
                definition = _defined(definitions, task)
            except Unresolved:
                queue.add(f'{{"kind":"unresolved","task":{name}}}')
                continue
            except Fault as fault:
                queue.add(encoded({"kind": "error", "task": task["id"], "durationMs": 0, "error": fault.data()}))
                continue
            if begun is not None:
                begun(task["id"])
            queue.add(f'{{"kind":"started","task":{name}}}')
            if eager > 0 and (is_small or definition.last_seconds is None):
                eager -= 1
                queue.flush()
            elif (definition.last_seconds or 0) >= LONG_SECONDS or queue.is_due():
                queue.flush()
            now = await self._run(task, name, definition, inputs, results)
        queue.flush()

    async def _run(
        self, task: dict[str, Any], name: str, definition: Definition, inputs: dict[str, Any], results: Results
    ) -> float:
        """Runs one task to its final event, and gives the time of its end. Nothing that user code does leaves this."""
        interrupts, clock = self._interrupts, self._clock
        output = TaskOutput(name, self._queue, interrupts)
        token = running_output.set(output)
        kept: list[str] = []
        maker: Maker | None = None
        begun = clock()
        elapsed: float | None = None
        try:
            interrupts.armed = True
            try:
                if interrupts.requested:
                    raise KeyboardInterrupt  # It came between the last look and now.
                if definition.function is None:
                    definition.prepare()
                context_name = definition.signature.context_name if definition.signature is not None else None
                if context_name is not None:
                    context = inputs[context_name] = Context(task["nodeId"], output, self._questions)
                    self.contexts[task["id"]] = context
                result = call(definition, inputs)
            finally:
                interrupts.armed = False
            if is_awaitable(definition, result):
                output.awaits(asyncio.get_running_loop())
                result = await awaited(definition, result, interrupts)
            elapsed = clock() - begun
            # A result's own methods may be asked for its looks: that is user code again.
            interrupts.armed = True
            try:
                parts = definition.taken_apart(result)
                if definition.streams:
                    maker = self._maker(task["id"], definition, output)
                    parts = definition.with_streams(parts, maker)
                texts = []
                given = {}
                for port, key, value in zip(definition.outputs, definition.output_keys, parts, strict=True):
                    if value is skip:
                        continue
                    given[port] = value
                    handle = self._values.keep(value)
                    kept.append(handle)
                    texts.append(f"{key}:{summary(handle, value)}")
            finally:
                interrupts.armed = False
            if self._savings is not None:
                for handle in kept:
                    self._savings.note(handle)
            results[task["id"]] = given
            definition.last_seconds = elapsed
            final = (
                f'{{"kind":"success","task":{name},"durationMs":{round(elapsed * 1000, 3)},'
                f'"outputs":{{{",".join(texts)}}}}}'
            )
        except BaseException as error:  # whatever user code raises belongs to its task
            interrupts.armed = False
            self._values.release(kept)
            maker = None
            definition.last_seconds = clock() - begun
            final = self._failed(task["id"], name, definition, inputs, error, definition.last_seconds)
        finally:
            running_output.reset(token)
        if maker is not None and maker.is_open:
            output.drain()
        else:
            output.end()
            self._ended(task["id"])
        self._queue.add(final)
        return begun + (definition.last_seconds or 0.0)

    def _maker(self, task_id: str, definition: Definition, output: TaskOutput) -> Maker:
        """For streams: their code goes on when the task has ended."""
        return Maker(
            definition.type_id, output, EventQueue(None, self._clock), lambda: self._ended(task_id)
        )

    def _ended(self, task_id: str) -> None:
        """No code of the task runs any more."""
        if self.contexts:
            self.contexts.pop(task_id, None)
        self._questions.forget(task_id)

    def _failed(
        self,
        task_id: str,
        name: str,
        definition: Definition,
        inputs: dict[str, Any],
        error: BaseException,
        elapsed: float,
    ) -> str:
        """The final event of a task that raised."""
        if self._interrupts.requested:
            self._tracebacks.fault(error, definition.type_id)  # For its side: the frames are let go.
            return f'{{"kind":"cancelled","task":{name}}}'
        if isinstance(error, Fault):
            fault = error
        else:
            raised_by_call = isinstance(error, TypeError) and error.__cause__ is None
            fault = self._tracebacks.fault(error, definition.type_id)
            if raised_by_call and not fault.frames and definition.signature is not None:
                missing = definition.signature.missing(inputs)
                if missing:
                    fault = _missing_inputs(missing)
        return encoded(
            {"kind": "error", "task": task_id, "durationMs": round(elapsed * 1000, 3), "error": fault.data()}
        )


def _defined(definitions: dict[str, Definition], task: dict[str, Any]) -> Definition:
    definition = definitions.get(task["typeId"])
    if definition is None or definition.revision != task["revision"]:
        known = "is not defined" if definition is None else f"is defined at revision {definition.revision}"
        raise Fault("node/unknown-type", f"{task['typeId']} at revision {task['revision']} {known} here.")
    return definition


def _missing_inputs(names: Sequence[str]) -> Fault:
    listed = ", ".join(f"“{name}”" for name in names)
    return Fault(
        "node/missing-input",
        f"{'Inputs' if len(names) > 1 else 'The input'} {listed} {'have' if len(names) > 1 else 'has'} no value.",
    )
