"""One task: its function, what it returns, and its final event."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from .calls import awaited, call, collected, is_awaitable, is_lazy
from .context import Context
from .definitions import Definition
from .events import EventQueue, encoded, json_text
from .faults import Fault
from .interrupts import Interrupts
from .output import TaskOutput, running_output
from .questions import Questions
from .saving import Savings
from .skip import skip
from .sources import Several
from .streams import Maker
from .summaries import summary
from .tracebacks import Tracebacks
from .values import Values
from .work import Recipe, Work

PENDING = object()
"""Stands for the result of a function that has not been called."""


class Raised:
    """Stands for the result of a function that has raised something."""

    __slots__ = ("error",)

    def __init__(self, error: BaseException) -> None:
        self.error = error


class TaskRuns:
    """Runs tasks, one after the other."""

    __slots__ = (
        "_clock",
        "_interrupts",
        "_questions",
        "_queue",
        "_savings",
        "_tracebacks",
        "_values",
        "contexts",
    )

    def __init__(
        self,
        queue: EventQueue,
        interrupts: Interrupts,
        values: Values,
        tracebacks: Tracebacks,
        questions: Questions,
        savings: Savings | None,
    ) -> None:
        self._queue = queue
        self._savings = savings
        self._questions = questions
        self._clock = queue.clock
        self._interrupts = interrupts
        self._values = values
        self._tracebacks = tracebacks
        self.contexts: dict[str, Context] = {}
        """Of tasks that run, or whose streams have not ended, as far as they asked for one."""

    async def run(
        self,
        work: Work,
        place: int,
        recipe: Recipe,
        output: TaskOutput,
        inputs: dict[str, Any],
        begun: float,
        result: Any,
    ) -> float:
        """Runs one task to its final event, and gives the time of its end. Nothing that user code does leaves this.
        `result` is what its function has given or raised already, or `PENDING`."""
        interrupts, clock, definition = self._interrupts, self._clock, recipe.definition
        task = work.task(place)
        token = running_output.set(output)
        kept: list[str] = []
        maker: Maker | None = None
        try:
            if isinstance(result, Raised):
                raise result.error
            interrupts.armed = True
            try:
                if interrupts.requested:
                    raise KeyboardInterrupt  # It came between the last look and now.
                if result is PENDING:
                    if definition.function is None:
                        definition.prepare()
                    context_name = definition.signature.context_name if definition.signature is not None else None
                    if context_name is not None:
                        context = inputs[context_name] = Context(work.node(place), output, self._questions)
                        self.contexts[task] = context
                    result = call(definition, inputs)
                if is_lazy(definition, result):
                    result = collected(result)
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
                    maker = self._maker(task, definition, output)
                    parts = definition.with_streams(parts, maker)
                texts = []
                given = Several()
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
            work.results[place] = given
            definition.last_seconds = elapsed
            final = (
                f'{{"kind":"success","task":{json_text(task)},"durationMs":{round(elapsed * 1000, 3)},'
                f'"outputs":{{{",".join(texts)}}}}}'
            )
        except BaseException as error:  # whatever user code raises belongs to its task
            interrupts.armed = False
            self._values.release(kept)
            maker = None
            definition.last_seconds = clock() - begun
            final = self._failed(task, definition, recipe.ports, error, definition.last_seconds)
        finally:
            running_output.reset(token)
        if maker is not None and maker.is_open:
            output.drain()
        else:
            output.end()
            self._ended(task)
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
        definition: Definition,
        ports: Sequence[str],
        error: BaseException,
        elapsed: float,
    ) -> str:
        """The final event of a task that raised."""
        if self._interrupts.requested:
            self._tracebacks.fault(error, definition.type_id)  # For its side: the frames are let go.
            return f'{{"kind":"cancelled","task":{json_text(task_id)}}}'
        if isinstance(error, Fault):
            fault = error
        else:
            raised_by_call = isinstance(error, TypeError) and error.__cause__ is None
            fault = self._tracebacks.fault(error, definition.type_id)
            if raised_by_call and not fault.frames and definition.signature is not None:
                missing = definition.signature.missing(ports)
                if missing:
                    fault = _missing_inputs(missing)
        return encoded(
            {"kind": "error", "task": task_id, "durationMs": round(elapsed * 1000, 3), "error": fault.data()}
        )


def _missing_inputs(names: Sequence[str]) -> Fault:
    listed = ", ".join(f"“{name}”" for name in names)
    return Fault(
        "node/missing-input",
        f"{'Inputs' if len(names) > 1 else 'The input'} {listed} {'have' if len(names) > 1 else 'has'} no value.",
    )
