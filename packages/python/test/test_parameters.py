from __future__ import annotations

import asyncio
import json
import unittest
from typing import Any
from unittest import mock

from host import task
from streaming import StreamTestCase, turns

TUNED = """
import asyncio
async def run(ctx):
    got = asyncio.get_running_loop().create_future()
    def tune(value):
        print("tuned", value)
        if value == 13:
            raise ValueError("unlucky")
        if value == "odd":
            raise ValueError({"value": [1]})
        if not got.done():
            got.set_result(value)
    ctx.on_parameter("rate", tune)
    async def later(value):
        await asyncio.sleep(0 if value else 60)
        if value == 13:
            raise KeyError
    ctx.on_parameter("later", later)
    ended = ctx.on_parameter("ended", tune)
    ended()
    return await got
"""


class ParameterTest(StreamTestCase):
    async def set(self, name: str, value: Any, task_id: str = "t1") -> dict[str, str]:
        return json.loads(await self.host.runtime.set_parameter(task_id, name, json.dumps(value)))

    async def test_a_running_task_takes_parameters_or_says_why_not(self) -> None:
        self.host.define(TUNED)
        running = asyncio.ensure_future(self.execute(task("t1")))
        await turns()
        self.assertEqual(await self.set("rate", 13), {"status": "rejected", "reason": "unlucky"})
        self.assertEqual(await self.set("rate", "odd"), {"status": "rejected", "reason": "ValueError: {'value': [1]}"})
        self.assertEqual(await self.set("later", 1), {"status": "applied"})
        self.assertEqual(await self.set("later", 13), {"status": "rejected", "reason": "KeyError"})
        with mock.patch("loom_runtime.parameters.HANDLER_SECONDS", 0.001):
            reason = "The handler of “later” did not answer within 0.001 s."
            self.assertEqual(await self.set("later", 0), {"status": "rejected", "reason": reason})
        for name, task_id in (("speed", "t1"), ("ended", "t1"), ("rate", "t2")):
            self.assertEqual(await self.set(name, 1, task_id), {"status": "no-handler"})
        self.assertEqual(await self.set("rate", {"a": [1]}), {"status": "applied"})
        events = await running
        self.assertEqual(self.host.value(events[-1]), {"a": [1]})
        self.assertEqual(self.host.text(), "tuned 13\ntuned odd\ntuned {'a': [1]}\n")
        self.assertEqual(await self.set("rate", 1), {"status": "no-handler"})
        self.assertEqual(self.host.runtime._runs.contexts, {})

    async def test_handlers_are_functions_and_bounded(self) -> None:
        for source, message in (
            ("ctx.on_parameter('rate', 5)", "TypeError: the handler of the parameter 'rate' is not a function"),
            (
                "for n in range(1001): ctx.on_parameter(str(n), print)",
                "ValueError: a node takes at most 1,000 live parameters",
            ),
        ):
            self.host.define(f"def run(ctx):\n    {source}\n")
            self.assertEqual((await self.execute(task("t1")))[-1]["error"]["message"], message)


if __name__ == "__main__":
    unittest.main()
