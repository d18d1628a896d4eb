"""Calling a node's function: with interrupts on exactly while its code runs, and its lazy results collected."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Generator, Iterator
from types import AsyncGeneratorType, CoroutineType, GeneratorType
from typing import Any

from .definitions import Definition
from .faults import Fault
from .interrupts import Interrupts

MAX_STREAMED = 1_000_000
"""Items of a generator that are collected; an endless one must end somewhere."""

LAZY_TYPES = (GeneratorType, map, filter, zip, enumerate, reversed)
"""Results that can be read only once: they are read at once, because several nodes may want them."""


def call(definition: Definition, inputs: dict[str, Any]) -> Any:
    """Calls the function. What it returns may still be awaitable, or lazy. The caller has armed the interrupts."""
    function = definition.function
    if function is None:
        raise RuntimeError("the definition is not prepared")
    signature = definition.signature
    if signature is None:
        return function(**inputs)
    inputs = signature.shaped(inputs)
    if signature.is_simple:
        return function(**inputs)
    positional, named = signature.arguments(inputs)
    return function(*positional, **named)


def is_lazy(definition: Definition, result: Any) -> bool:
    """True when the result must be collected."""
    return isinstance(result, LAZY_TYPES) and not definition.gives_stream


def is_awaitable(definition: Definition, result: Any) -> bool:
    """True when the result must be awaited or collected asynchronously."""
    kind = type(result)
    if kind is AsyncGeneratorType:
        return not definition.gives_stream
    return kind is CoroutineType or hasattr(kind, "__await__")


def collected(items: Iterator[Any]) -> list[Any]:
    """All items of an iterator, or a fault when there is no end to them."""
    result: list[Any] = []
    append = result.append
    for item in items:
        append(item)
        if len(result) > MAX_STREAMED:
            raise _endless()
    return result


async def finished(definition: Definition, result: Any) -> Any:
    """Awaits what a node returned, and collects it when it is lazy and its port is no stream."""
    if not isinstance(result, AsyncGeneratorType):
        result = await result
    if definition.gives_stream:
        return result
    if isinstance(result, AsyncGeneratorType):
        items: list[Any] = []
        async for item in result:
            items.append(item)
            if len(items) > MAX_STREAMED:
                raise _endless()
        return items
    return collected(result) if isinstance(result, LAZY_TYPES) else result


class Outcome:
    """How an async node ended: with a value or with an exception. Nothing is raised through the event loop, which an
    exit or an interrupt would stop."""

    __slots__ = ("error", "value")

    def __init__(self, value: Any = None, error: BaseException | None = None) -> None:
        self.value = value
        self.error = error


async def performed(definition: Definition, result: Any, interrupts: Interrupts) -> Outcome:
    """Runs an async node to its end."""
    try:
        return Outcome(await Armed(finished(definition, result), interrupts))
    except BaseException as error:  # it is kept for the caller
        return Outcome(error=error)


async def awaited(definition: Definition, result: Any, interrupts: Interrupts) -> Any:
    """The value of an async node. Raises what it raises; `CancelledError` when it was cancelled.

    It runs as a task of its own, so that cancelling it ends the node and not the batch. When the batch's own task is
    cancelled, the node is cancelled in its place.
    """
    task = asyncio.ensure_future(performed(definition, result, interrupts))
    interrupts.watch(task)
    if interrupts.requested:
        task.cancel()
    try:
        while not task.done():
            try:
                await asyncio.wait((task,))
            except asyncio.CancelledError:
                current = asyncio.current_task()
                if current is not None:
                    current.uncancel()
                interrupts.request()
    finally:
        interrupts.watch(None)
        if isinstance(result, CoroutineType):
            result.close()  # One that was cancelled before its first step would warn that nobody awaited it.
    outcome = task.result()
    if outcome.error is not None:
        try:
            raise outcome.error
        finally:
            # Otherwise the exception, its traceback and this frame hold each other.
            del outcome, task
    return outcome.value


class Armed:
    """Awaits a coroutine and turns interrupts on for each of its steps, not for the waiting between them."""

    __slots__ = ("_coroutine", "_interrupts")

    def __init__(self, coroutine: Coroutine[Any, Any, Any], interrupts: Interrupts) -> None:
        self._coroutine = coroutine
        self._interrupts = interrupts

    def __await__(self) -> Generator[Any, Any, Any]:
        coroutine, interrupts = self._coroutine, self._interrupts
        step, argument = coroutine.send, None
        while True:
            interrupts.armed = True
            try:
                waiting = step(argument)
            except StopIteration as stop:
                return stop.value
            finally:
                interrupts.armed = False
            try:
                argument = yield waiting
                step = coroutine.send
            except GeneratorExit:
                coroutine.close()
                raise
            except BaseException as error:  # handed on to the coroutine
                step, argument = coroutine.throw, error


def _endless() -> Fault:
    return Fault("python/too-many-items", f"The node gave more than {MAX_STREAMED:,} items. Give it an end.")
