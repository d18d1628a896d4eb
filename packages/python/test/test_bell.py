from __future__ import annotations

import json
import unittest
from typing import Any

from host import Clock, Host, task

# The code sends itself the signal: its handler runs before the next line, as it would when the host sent it.
RING = """
import os, signal
def ring():
    os.kill(os.getpid(), signal.SIGUSR1)
"""


class Box:
    """Messages, and what came back."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []
        self.replies: list[dict[str, Any]] = []

    def receive(self) -> str | None:
        return json.dumps(self.messages.pop(0)) if self.messages else None

    def reply(self, answer: str) -> None:
        self.replies.append(json.loads(answer))

    def parameter(self, name: str, value: Any, task_id: str = "t1") -> None:
        number = len(self.messages) + 1
        self.messages.append({"kind": "parameter", "id": number, "task": task_id, "name": name, "value": value})


class MailTest(unittest.TestCase):
    def setUp(self) -> None:
        self.box = Box()
        self.host = Host(mailbox=self.box)
        self.addCleanup(self.host.runtime.close)

    def test_a_handler_is_called_in_the_middle_of_a_computation(self) -> None:
        self.box.parameter("rate", 5)
        self.box.parameter("rate", 13)
        self.box.parameter("speed", 1)
        self.box.parameter("rate", 1, "t9")
        source = RING + (
            "def run(ctx):\n"
            "    rates = []\n"
            "    def tune(value):\n"
            "        print('tuned', value)\n"
            "        if value == 13: raise ValueError('unlucky')\n"
            "        rates.append(value)\n"
            "    ctx.on_parameter('rate', tune)\n"
            "    for _ in range(5):\n"
            "        ring()\n"
            "    return rates\n"
        )
        self.assertEqual(self.host.value(self.host.run(source)), [5])
        self.assertEqual(
            self.box.replies,
            [
                {"id": 1, "answer": {"status": "applied"}},
                {"id": 2, "answer": {"status": "rejected", "reason": "unlucky"}},
                {"id": 3, "answer": {"status": "no-handler"}},
                {"id": 4, "answer": {"status": "no-handler"}},
            ],
        )
        self.assertEqual(self.host.text(), "tuned 5\ntuned 13\n")

    def test_a_parameter_is_read_in_a_loop(self) -> None:
        for value in (2, "fast", True, None):
            self.box.parameter("rate", value)
        source = RING + (
            "def run(ctx):\n"
            "    seen = [ctx.param('rate', 0.5)]\n"
            "    for _ in range(4):\n"
            "        ring()\n"
            "        seen.append(ctx.param('rate', 0.5))\n"
            "    return seen\n"
        )
        self.assertEqual(self.host.value(self.host.run(source)), [0.5, 2.0, 2.0, 2.0, 2.0])
        self.assertEqual(
            [reply["answer"].get("reason") for reply in self.box.replies],
            [None, "“rate” takes a number, not 'fast'.", "“rate” takes a number, not True.", "“rate” takes a number, not None."],
        )

    def test_what_fits_a_parameter_follows_from_its_default(self) -> None:
        for default, given, taken in (
            (1, 2.0, 2), (1, 2.5, 1), (True, False, False), (True, 1, True), ("a", "b", "b"), (None, [1], [1]),
        ):
            self.box.messages.clear()
            self.box.parameter("p", given)
            source = RING + f"def run(ctx):\n    ctx.param('p', {default!r})\n    ring()\n    return ctx.param('p', 0)\n"
            value = self.host.value(self.host.run(source))
            self.assertEqual((type(value), value), (type(taken), taken))

    def test_an_async_handler_is_left_for_when_the_node_awaits(self) -> None:
        self.box.parameter("rate", 5)
        source = RING + (
            "def run(ctx):\n"
            "    async def tune(value): raise AssertionError\n"
            "    ctx.on_parameter('rate', tune)\n"
            "    ring()\n"
        )
        self.assertEqual(self.host.run(source)["kind"], "success")
        self.assertEqual(self.box.replies, [{"id": 1, "answer": None}])

    def test_an_interrupt_inside_of_a_handler_cancels_the_node(self) -> None:
        self.box.parameter("rate", 5)
        source = RING + (
            "def run(ctx):\n"
            "    def tune(value):\n"
            "        os.kill(os.getpid(), signal.SIGINT)\n"
            "        while True: pass\n"
            "    ctx.on_parameter('rate', tune)\n"
            "    ring()\n"
        )
        self.assertEqual(self.host.run(source)["kind"], "cancelled")

    def test_a_signal_outside_of_user_code_leaves_the_message(self) -> None:
        import os
        import signal

        self.box.parameter("rate", 5)
        os.kill(os.getpid(), signal.SIGUSR1)
        self.assertEqual(len(self.box.messages), 1)

    def test_what_computing_code_has_said_is_sent(self) -> None:
        clock = Clock()
        self.host.runtime.close()
        self.host = Host(clock=clock)
        self.addCleanup(self.host.runtime.close)
        source = RING + (
            "def run(tick):\n"
            "    print('said')\n"
            "    ring()\n"
            "    tick()\n"
            "    ring()\n"
            "    return 1\n"
        )

        def tick() -> None:
            self.host.groups.append([])
            clock.now += 1

        self.host.runtime._values._held["tick"] = tick
        self.host.define(source)
        self.host.execute(task("t1", inputs={"tick": {"kind": "handle", "handle": "tick"}}))
        kinds = [[event["kind"] for event in group] for group in self.host.groups]
        self.assertEqual(kinds, [["started"], [], ["output"], ["success"]])

    def test_an_answer_comes_in_the_mail(self) -> None:
        import os
        import signal

        def block(_seconds: float) -> None:
            os.kill(os.getpid(), signal.SIGUSR1)

        self.host.runtime.close()
        self.host = Host(mailbox=self.box, block=block)
        self.addCleanup(self.host.runtime.close)
        self.box.messages.append({"kind": "answer", "task": "t1", "question": 0, "text": "Ada"})
        self.assertEqual(self.host.value(self.host.run("def run():\n    return input()\n")), "Ada")


if __name__ == "__main__":
    unittest.main()
