"""`sys.stdout` and `sys.stderr` of nodes: what is written there is the output of the task that runs."""

from __future__ import annotations

import codecs
import io
import sys
from typing import Any

from .output import current_output


class TaskStream(io.TextIOBase):
    """Stands in for `sys.stdout` or `sys.stderr`: text goes to the running task, or outside of one to the real one."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, fallback: Any) -> None:
        super().__init__()
        self._name = name
        self._fallback = fallback
        self.buffer = ByteStream(self)

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        output = current_output()
        if output is not None:
            output.write(self._name, text)
        elif self._fallback is not None:
            self._fallback.write(text)
        return len(text)

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def flush(self) -> None:
        """Does nothing: text goes out by time and size, and a flush per line would flood the host."""

    def close(self) -> None:
        """Does nothing: the stream belongs to the runtime, not to the node that closes it."""


class ByteStream(io.RawIOBase):
    """`sys.stdout.buffer`: bytes of UTF-8 text."""

    def __init__(self, text: TaskStream) -> None:
        super().__init__()
        self._text = text
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._text.write(self._decoder.decode(bytes(data)))
        return len(data)

    def close(self) -> None:
        """Does nothing, as for the text stream."""


class StandardStreams:
    """Puts the runtime's streams in the place of Python's, and back."""

    def __init__(self, stdin: io.TextIOBase) -> None:
        self._stdin = stdin
        self._kept: tuple[Any, Any, Any] | None = None

    def install(self) -> None:
        self._kept = (sys.stdin, sys.stdout, sys.stderr)
        sys.stdin = self._stdin
        sys.stdout = TaskStream("stdout", self._kept[1])
        sys.stderr = TaskStream("stderr", self._kept[2])

    def uninstall(self) -> None:
        if self._kept is not None:
            sys.stdin, sys.stdout, sys.stderr = self._kept
            self._kept = None
