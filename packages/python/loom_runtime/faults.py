"""Faults: why a task failed, as plain data. The same shape as `RuntimeFault` of the protocol."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

MAX_MESSAGE = 2_000
"""Characters of a message; an exception may carry a whole data set in its text."""


@dataclass(frozen=True)
class Frame:
    """A place in a node's source. Lines and columns start at 1; columns count UTF-16 units as editors do."""

    type_id: str | None
    function_name: str
    line: int
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    text: str | None = None

    def data(self) -> dict[str, Any]:
        """The frame as the protocol writes it: what is not known is left out."""
        pairs = (
            ("typeId", self.type_id),
            ("functionName", self.function_name),
            ("line", self.line),
            ("column", self.column),
            ("endLine", self.end_line),
            ("endColumn", self.end_column),
            ("text", self.text),
        )
        return {name: value for name, value in pairs if value is not None}


@dataclass(eq=False)
class Fault(Exception):
    """Why something failed: a code in words, and a sentence for people. Raised inside the runtime, sent as JSON."""

    code: str
    message: str
    frames: list[Frame] = field(default_factory=list)
    traceback: str | None = None
    cause: Fault | None = None
    is_direct: bool = False
    """Whether the cause was named by `raise ... from`, rather than being handled when this happened."""
    members: list[Fault] = field(default_factory=list)
    """The exceptions of a group, for the traceback's text."""
    notes: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(self.message)

    __str__ = Exception.__str__

    def data(self) -> dict[str, Any]:
        """The fault as the protocol writes it."""
        result: dict[str, Any] = {
            "code": self.code,
            "message": shortened(self.message, MAX_MESSAGE),
            "frames": [frame.data() for frame in self.frames],
        }
        if self.traceback is not None:
            result["traceback"] = self.traceback
        if self.cause is not None:
            result["cause"] = self.cause.data()
        return result


class RuntimeFaultError(RuntimeError):
    """Carries a fault to the host: its text is the JSON of a `RuntimeFault`."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(json.dumps(fault.data()))
        self.fault = fault


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis when it is longer than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1] + "…"
