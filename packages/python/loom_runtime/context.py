"""The `ctx` that a node may take: progress, log, and whether it was cancelled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .plain_text import plain_text

if TYPE_CHECKING:
    from .interrupts import Interrupts
    from .output import TaskOutput


class Context:
    """What a node may do while it runs. A function receives one when it has a parameter `ctx` or one of this type.

    >>> def resize(images: list, ctx: Context) -> list:
    ...     for done, image in enumerate(images):
    ...         ctx.progress(done / len(images), f"{done} of {len(images)}")
    """

    __slots__ = ("_interrupts", "_output", "node_id")

    def __init__(self, node_id: str, output: TaskOutput, interrupts: Interrupts) -> None:
        self.node_id = node_id
        self._output = output
        self._interrupts = interrupts

    def progress(self, fraction: float, message: str | None = None) -> None:
        """Reports progress from 0 to 1, with a word about it. It is cheap: call it as often as you like."""
        # max() comes first: it makes 0 of nan.
        bounded = min(1.0, max(0.0, float(fraction)))
        self._output.report(bounded, None if message is None else str(message))

    def log(self, *parts: object) -> None:
        """Writes a line to the log of this node."""
        texts = (part if isinstance(part, str) else plain_text(part, 2_000) for part in parts)
        self._output.write("log", " ".join(texts) + "\n")

    @property
    def cancelled(self) -> bool:
        """True once the run is cancelled: a long loop may look here and return early."""
        return self._interrupts.requested
