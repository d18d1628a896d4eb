from __future__ import annotations

import asyncio
import builtins
import unittest
from typing import Any

from host import Host, task
from streaming import StreamTestCase, turns


class BlockingTest(unittest.TestCase):
    """Code that computes asks, and a host that can block answers."""

    def asked(self, source: str, answers: list[str | None]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        left = list(answers)

        def block(_seconds: float) -> None:
            question = [event for event in host.events if event["kind"] == "asked"][-1]
            host.runtime.answer("t1", question["question"] + 7, "to nothing")
            host.runtime.answer("t1", question["question"], left.pop(0))
            host.runtime.answer("t1", question["question"], "too late")

        host = Host(block=block)
        self.addCleanup(host.runtime.close)
        final = host.run(source)
        self.host = host
        return final, [event for event in host.events if event["kind"] in ("asked", "answered")]

    def test_input_asks_and_echoes(self) -> None:
        source = "def run():\n    print('before')\n    return input('Name? ') + input()\n"
        final, told = self.asked(source, ["Ada", "Byron"])
        self.assertEqual(self.host.value(final), "AdaByron")
        self.assertEqual(
            told,
            [
                {"kind": "asked", "question": 0, "prompt": "Name? ", "task": "t1"},
                {"kind": "answered", "question": 0, "task": "t1"},
                {"kind": "asked", "question": 1, "prompt": "", "task": "t1"},
                {"kind": "answered", "question": 1, "task": "t1"},
            ],
        )
        self.assertEqual(self.host.text(), "before\nName? Ada\nByron\n")
        kinds = [event["kind"] for event in self.host.events]
        self.assertLess(kinds.index("output"), kinds.index("asked"))

    def test_standard_input_is_asked_for_by_line(self) -> None:
        source = "import sys\ndef run():\n    return sys.stdin.readline(), list(sys.stdin)\n"
        final, _ = self.asked(source, ["a", "b", "c", None])
        self.assertEqual(self.host.value(final), ("a\n", ["b\n", "c\n"]))

    def test_an_ended_input_is_the_usual_error(self) -> None:
        final, _ = self.asked("def run():\n    return input()\n", [None])
        self.assertEqual(final["error"]["message"], "EOFError: there is no answer: the input was ended")

    def test_an_interrupt_ends_the_wait(self) -> None:
        def block(_seconds: float) -> None:
            host.runtime._interrupts._hit()

        host = Host(block=block)
        self.addCleanup(host.runtime.close)
        self.assertEqual(host.run("def run():\n    return input()\n")["kind"], "cancelled")
        self.assertEqual([event["kind"] for event in host.events], ["started", "asked", "answered", "cancelled"])

    def test_without_a_node_there_is_nobody_to_ask(self) -> None:
        kept = builtins.input
        host = Host(block=lambda _seconds: None)
        with self.assertRaisesRegex(RuntimeError, "nobody"):
            builtins.input("?")
        host.runtime.close()
        self.assertIs(builtins.input, kept)


class AwaitingTest(StreamTestCase):
    async def test_async_code_asks_while_others_go_on(self) -> None:
        self.host.define(
            "import asyncio\n"
            "async def run(ctx):\n"
            "    return await asyncio.gather(ctx.ask('a'), ctx.ask('b'))\n"
        )
        running = asyncio.ensure_future(self.execute(task("t1")))
        await turns()
        asked = [(event["question"], event["prompt"]) for event in self.host.events if event["kind"] == "asked"]
        self.assertEqual(asked, [(0, "a"), (1, "b")])
        self.host.runtime.answer("t1", 1, "two")
        self.host.runtime.answer("t1", 0, "one")
        events = await running
        self.assertEqual(self.host.value(events[-1]), ["one", "two"])
        self.assertEqual(self.host.runtime._questions._open, {})
        self.assertEqual(self.host.runtime._questions._counts, {})

    async def test_no_answer_and_too_many_questions_are_errors(self) -> None:
        self.host.define("async def run(ctx):\n    return await ctx.ask('a')\n")
        running = asyncio.ensure_future(self.execute(task("t1")))
        await turns()
        self.host.runtime.answer("t1", 0, None)
        self.assertIn("EOFError", (await running)[-1]["error"]["message"])
        self.host.define(
            "import asyncio\nasync def run(ctx):\n    await asyncio.gather(*(ctx.ask(n) for n in range(101)))\n",
            revision="2",
        )
        message = (await self.execute(task("t2", revision="2")))[-1]["error"]["message"]
        self.assertEqual(message, "RuntimeError: a node waits for at most 100 answers at the same time")

    async def test_code_that_cannot_wait_is_told_the_way_out(self) -> None:
        for call in ("input('name? ')", "sys.stdin.read()", "sys.stdin.readline()", "list(sys.stdin)"):
            self.host.define(f"import sys\ndef run():\n    return {call}\n")
            error = (await self.execute(task("t1")))[-1]["error"]
            self.assertIn("input port", error["message"])
            self.assertIn("await ctx.ask(prompt)", error["message"])
            self.assertEqual([frame["line"] for frame in error["frames"]], [3])

    async def test_cancelling_ends_the_waiting(self) -> None:
        self.host.define("async def run(ctx):\n    return await ctx.ask('a')\n")
        running = asyncio.ensure_future(self.execute(task("t1")))
        await turns()
        self.host.runtime.cancel()
        self.assertEqual((await running)[-1]["kind"], "cancelled")
        self.assertEqual(self.host.runtime._questions._open, {})


if __name__ == "__main__":
    unittest.main()
