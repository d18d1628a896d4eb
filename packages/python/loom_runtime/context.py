"""The `ctx` that a node may take: progress, log, live parameters, and whether it was cancelled."""

from __future__ import annotations

from collections.abc import Callable
from .output import TaskOutput, running_output
from .parameters import NO_HANDLER, ParameterHandler, ParameterHandlers
from .plain_text import plain_text


class Context:
    """What a node may do while it runs. A function receives one when it has a parameter `ctx` or one of this type.

    >>> def resize(images: list, ctx: Context) -> list:
    ...     for done, image in enumerate(images):
    ...         ctx.progress(done / len(images), f"{done} of {len(images)}")
    """

    __slots__ = ("_output", "_parameters", "node_id")

    def __init__(self, node_id: str, output: TaskOutput) -> None:
        self.node_id = node_id
        self._output = output
        self._parameters: ParameterHandlers | None = None

    def progress(self, fraction: float, message: str | None = None) -> None:
        """Reports progress from 0 to 1, with a word about it. It is cheap: call it as often as you like."""
        # max() comes first: it makes 0 of nan.
        bounded = min(1.0, max(0.0, float(fraction)))
        self._output.report(bounded, None if message is None else str(message))

    def log(self, *parts: object) -> None:
        """Writes a line to the log of this node."""
        texts = (part if isinstance(part, str) else plain_text(part, 2_000) for part in parts)
        self._output.write("log", " ".join(texts) + "\n")

    def on_parameter(self, name: str, handler: ParameterHandler) -> Callable[[], None]:
        """Takes new values of a live parameter while the node runs, also while a stream that it gave goes on. The handler
        may raise a reason not to take one, and may be async. It is called while the node awaits: code that never does
        cannot be reached. The last handler of a name counts; call what this returns to end it.

        >>> async def train(ctx: Context) -> float:
        ...     ctx.on_parameter("rate", model.set_rate)
        ...     while not model.done:
        ...         await asyncio.sleep(0)  # others have a turn
        ...         model.step()
        """
        if self._parameters is None:
            self._parameters = ParameterHandlers()
        return self._parameters.add(name, handler)

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
