"""What happens while code computes: the host rings, and in between two steps what the code has said is sent, and a message
for it is opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from .interrupts import Interrupts
from .output import current_output


class Mailbox(Protocol):
    """The host's end: memory that both sides see."""

    def receive(self) -> str | None:
        """The message that is there, which is then gone: JSON of a `RuntimeMail`."""

    def reply(self, answer: str) -> object:
        """Takes JSON of a `RuntimeMailReply`."""


class Bell:
    """Heeds the host's bell. Inside of the runtime's own work it does nothing: the host rings again."""

    __slots__ = ("_answer", "_interrupts", "_is_open", "_mailbox", "_tune")

    def __init__(
        self,
        mailbox: Mailbox | None,
        interrupts: Interrupts,
        tune: Callable[[str, str, Any], dict[str, str] | None],
        answer: Callable[[str, int, str | None], None],
    ) -> None:
        self._mailbox = mailbox
        self._interrupts = interrupts
        self._tune = tune
        self._answer = answer
        self._is_open = False

    def heed(self) -> None:
        """Sends what waits, and opens one message, when user code runs right now. What that calls is user code too."""
        interrupts = self._interrupts.beside or self._interrupts
        if self._is_open or not interrupts.armed:
            return
        output = current_output()
        if output is not None:
            interrupts.shielded(output.send_if_due)
        mailbox = self._mailbox
        if mailbox is None:
            return
        self._is_open = True
        try:
            received: list[dict[str, Any]] = []

            def receive() -> None:
                text = mailbox.receive()
                if not text:
                    return
                message = json.loads(text)
                if message["kind"] == "answer":
                    self._answer(message["task"], message["question"], message["text"])
                else:
                    received.append(message)

            interrupts.shielded(receive)
            for message in received:
                answer = self._tune(message["task"], message["name"], message["value"])
                reply = json.dumps({"id": message["id"], "answer": answer})
                interrupts.shielded(lambda: mailbox.reply(reply))
        finally:
            self._is_open = False
