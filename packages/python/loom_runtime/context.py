"""The `ctx` that a node may take: progress, metrics, log, live parameters, questions, and whether it was cancelled."""

from __future__ import annotations

from collections.abc import Callable
from numbers import Real
from typing import Any, TypeVar

from .output import TaskOutput, running_output
from .parameters import NO_HANDLER, Param, ParameterHandler, ParameterHandlers
from .plain_text import plain_text
from .progress import Tracked
from .questions import Questions

T = TypeVar("T")


class Context:
    """What a node may do while it runs. A function receives one when it has a parameter `ctx` or one of this type.

    >>> def resize(images: list, ctx: Context) -> list:
    ...     for done, image in enumerate(images):
    ...         ctx.progress(done / len(images), f"{done} of {len(images)}")
    """

    __slots__ = ("_output", "_parameters", "_params", "_questions", "node_id")

    def __init__(self, node_id: str, output: TaskOutput, questions: Questions) -> None:
        self.node_id = node_id
        self._output = output
        self._questions = questions
        self._parameters: ParameterHandlers | None = None
        self._params: dict[str, Param] | None = None

    def progress(self, what: Any, message: object = None, *, total: int | None = None) -> Any:
        """Reports progress from 0 to 1, with a word about it; or gives the items of something and reports along the way,
        with `for` or `async for`. It is cheap: call it as often as you like.

        >>> for image in ctx.progress(images, "resizing"):
        ...     resize(image)
        """
        word = None if message is None else str(message)
        if isinstance(what, Real) or not (hasattr(what, "__iter__") or hasattr(what, "__aiter__")):
            # max() comes first: it makes 0 of nan.
            self._output.report(min(1.0, max(0.0, float(what))), word)
            return None
        return Tracked(what, self._output.report, word, total)

    def metric(self, name: str, value: float, step: float | None = None) -> None:
        """Tells a number by name, such as a loss: the values of a name make a curve. Steps are counted from 0 unless they
        are given. When values come very fast some are left out, never the last.

        >>> for epoch in range(100):
        ...     ctx.metric("loss", model.step())
        """
        self._output.measure(name, value, step)

    def log(self, *parts: object) -> None:
        """Writes a line to the log of this node."""
        texts = (part if isinstance(part, str) else plain_text(part, 2_000) for part in parts)
        self._output.write("log", " ".join(texts) + "\n")

    def param(self, name: str, default: T) -> T:
        """What a live parameter is now: the default until somebody sets it. Read it again and again: the value may change
        while the node runs. Only values of the default's kind (bool, int, float, str; anything else takes all) are taken.

        >>> while not model.done:
        ...     model.step(rate=ctx.param("rate", 0.1))
        """
        params = self._params
        if params is None:
            params = self._params = {}
        param = params.get(name)
        if param is None:
            param = params[name] = Param(name, default)
            if self._parameters is None or not self._parameters.has(name):
                self.on_parameter(name, param.take)
        return param.value  # type: ignore[no-any-return]

    async def ask(self, prompt: object = "") -> str:
        """Asks the user and waits for the answer, while other nodes go on. Raises EOFError when there is none.

        >>> async def greet(ctx: Context) -> str:
        ...     return f"Hello, {await ctx.ask('Your name?')}"
        """
        return await self._questions.ask(self._output, str(prompt))

    def on_parameter(self, name: str, handler: ParameterHandler) -> Callable[[], None]:
        """Takes new values of a live parameter while the node runs, also while a stream that it gave goes on. The handler
        may raise a reason not to take one, and may be async. It is called while the node awaits; where the host can
        interrupt code (in a page that needs cross-origin isolation), one that is not async is also called in between two
        steps of code that computes. The last handler of a name counts; call what this returns to end it.

        >>> async def train(ctx: Context) -> float:
        ...     ctx.on_parameter("rate", model.set_rate)
        ...     while not model.done:
        ...         await asyncio.sleep(0)  # others have a turn
        ...         model.step()
        """
        if self._parameters is None:
            self._parameters = ParameterHandlers()
        return self._parameters.add(name, handler)

    def set_parameter_now(self, name: str, value: object) -> dict[str, str] | None:
        """The same from inside code that computes; nothing when that is only possible later."""
        if self._parameters is None:
            return NO_HANDLER
        token = running_output.set(self._output)
        try:
            return self._parameters.set_now(name, value)
        finally:
            running_output.reset(token)

    async def set_parameter(self, name: str, value: object) -> dict[str, str]:
        """Called by the runtime: hands a value to the handler of that name, whose prints are the node's."""
        if self._parameters is None:
            return NO_HANDLER
        token = running_output.set(self._output)
        try:
            return await self._parameters.set(name, value)
        finally:
            running_output.reset(token)

    @property
    def cancelled(self) -> bool:
        """True once the run is cancelled: a long loop may look here and return early."""
        return self._output.interrupts.requested
