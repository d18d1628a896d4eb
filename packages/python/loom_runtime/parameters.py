"""Live parameters: values that reach a node while it runs, by handlers that it offers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from inspect import isawaitable, iscoroutinefunction
from typing import Any

from .faults import shortened
from .plain_text import plain_text
from .type_names import bare_name

HANDLER_SECONDS = 3.0
"""How long an async handler may take to answer: less than its host waits."""

MAX_HANDLERS = 1_000
"""Parameters of one node; more is a leak."""

MAX_REASON = 2_000

ParameterHandler = Callable[[Any], object]

NO_HANDLER = {"status": "no-handler"}


class ParameterHandlers:
    """The live parameters that one task takes, by name."""

    __slots__ = ("_by_name",)

    def __init__(self) -> None:
        self._by_name: dict[str, ParameterHandler] = {}

    def add(self, name: str, handler: ParameterHandler) -> Callable[[], None]:
        """The last handler of a name counts. Returns what ends it."""
        if not callable(handler):
            raise TypeError(f"the handler of the parameter {name!r} is not a function")
        if len(self._by_name) >= MAX_HANDLERS and name not in self._by_name:
            raise ValueError(f"a node takes at most {MAX_HANDLERS:,} live parameters")
        self._by_name[name] = handler

        def end() -> None:
            if self._by_name.get(name) is handler:
                del self._by_name[name]

        return end

    def has(self, name: str) -> bool:
        """Whether there is a handler of that name."""
        return name in self._by_name

    def set_now(self, name: str, value: Any) -> dict[str, str] | None:
        """The same from inside code that computes; nothing for an async handler, which can only run when that awaits."""
        handler = self._by_name.get(name)
        if handler is None:
            return NO_HANDLER
        if iscoroutinefunction(handler):
            return None
        try:
            answer = handler(value)
        except KeyboardInterrupt:
            raise  # The code around it is being cancelled.
        except BaseException as error:  # whatever user code raises is its reason
            return _rejected(_reason(error))
        if isawaitable(answer):
            close = getattr(answer, "close", None)
            if callable(close):
                close()
            return _rejected(f"The handler of “{name}” is async, and the node computes.")
        return {"status": "applied"}

    async def set(self, name: str, value: Any) -> dict[str, str]:
        """What the handler makes of a value: `applied`, `rejected` with what it raised, or `no-handler`."""
        handler = self._by_name.get(name)
        if handler is None:
            return NO_HANDLER
        try:
            answer = handler(value)
            if isawaitable(answer):
                await asyncio.wait_for(answer, HANDLER_SECONDS)
        except TimeoutError:
            return _rejected(f"The handler of “{name}” did not answer within {HANDLER_SECONDS:g} s.")
        except BaseException as error:  # whatever user code raises is its reason
            return _rejected(_reason(error))
        return {"status": "applied"}


class Param:
    """A live parameter that is only read: what was set last, of the same kind as its default."""

    __slots__ = ("_kind", "_name", "value")

    def __init__(self, name: str, default: Any) -> None:
        self._name = name
        self._kind = next((kind for kind in _KINDS if isinstance(default, kind)), None)
        self.value = default

    def take(self, value: Any) -> None:
        """Raises a TypeError, whose text is for people, for what does not fit."""
        kind = self._kind
        if kind is float and type(value) in (int, float):
            value = float(value)
        elif kind is int and type(value) is float and value.is_integer():
            value = int(value)
        elif kind is not None and type(value) is not kind:
            raise TypeError(f"“{self._name}” takes {_KINDS[kind]}, not {plain_text(value, 80)}.")
        self.value = value


_KINDS: dict[type, str] = {bool: "true or false", int: "a whole number", float: "a number", str: "a text"}
"""A bool is an int too, so it comes first."""


def _rejected(reason: str) -> dict[str, str]:
    return {"status": "rejected", "reason": shortened(reason, MAX_REASON)}


def _reason(error: BaseException) -> str:
    """The text of an exception stands for itself: a reason is for people."""
    arguments = error.args
    if len(arguments) == 1 and isinstance(arguments[0], str) and arguments[0] != "":
        return arguments[0]
    return bare_name(type(error)) + (f": {plain_text(arguments[0], MAX_REASON)}" if arguments else "")
