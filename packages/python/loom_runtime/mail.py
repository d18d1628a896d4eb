"""Messages that reach code while it computes: a signal comes between two of its steps, and its handler fetches them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any, Protocol

from .interrupts import Interrupts


class Mailbox(Protocol):
    """The host's end: memory that both sides see."""

    def receive(self) -> str | None:
        """The message that is there, which is then gone: JSON of a `RuntimeMail`."""

    def reply(self, answer: str) -> object:
        """Takes JSON of a `RuntimeMailReply`."""


class Mail:
    """Opens messages on a signal. Nothing is opened inside of the runtime's own work: the host signals again."""

    __slots__ = ("_answer", "_interrupts", "_is_open", "_mailbox", "_tune")

    def __init__(
        self,
        mailbox: Mailbox,
        interrupts: Interrupts,
        tune: Callable[[str, str, Any], dict[str, str] | None],
        answer: Callable[[str, int, str | None], None],
    ) -> None:
        self._mailbox = mailbox
        self._interrupts = interrupts
        self._tune = tune
        self._answer = answer
        self._is_open = False

    def open(self) -> None:
        """Opens one message, when user code runs right now. What it calls is user code too."""
        interrupts = self._interrupts.beside or self._interrupts
        if self._is_open or not interrupts.armed:
            return
        self._is_open = True
        try:
            received: list[dict[str, Any]] = []

            def receive() -> None:
                text = self._mailbox.receive()
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
                interrupts.shielded(lambda: self._mailbox.reply(reply))
        finally:
            self._is_open = False
