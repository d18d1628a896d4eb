from __future__ import annotations

import asyncio
import json
import os
import signal
import threading
import unittest

from host import kinds, task
from streaming import StreamTestCase, turns


class TakeInterruptTest(StreamTestCase):
    async def interrupted(self, handle: str) -> str:
        """Takes, and sends SIGINT once the code behind it runs; gives the code of the fault."""
        begun = threading.Event()
        self.host.runtime._takes._stepping = lambda key: begun.set() if key else None

        def send() -> None:
            begun.wait(10)
            threading.Event().wait(0.02)
            os.kill(os.getpid(), signal.SIGINT)

        sender = threading.Thread(target=send)
        sender.start()
        try:
            return (await self.refused(handle))["code"]
        finally:
            sender.join()

    async def test_code_that_computes_is_stopped_and_nothing_else(self) -> None:
        self.host.define("import asyncio\nasync def run(): await asyncio.Event().wait()", typeId="sleep")
        for source in (
            "def run():\n    while True: pass\n    yield 1\n",
            "def run():\n    while True: print('x' * 80)\n    yield 1\n",
            "async def run():\n    while True: pass\n    yield 1\n",
            "import asyncio\nasync def run():\n    await asyncio.sleep(0)\n    while True: pass\n    yield 1\n",
            "class Slow:\n    def __repr__(self):\n        while True: pass\ndef run(): yield Slow()\n",
            "class Slow:\n    def __iter__(self):\n        while True: pass\ndef run(): return [Slow()]\n",
        ):
            with self.subTest(source):
                handle = await self.made(source, task("t1"), streams=[] if "__iter__" in source else ["result"])
                if "__iter__" in source:
                    (slow,) = self.held(handle)
                    handle = self.keep(slow)
                sleeping = asyncio.ensure_future(self.host.runtime.execute(batch_of("t2", "sleep")))
                await turns()
                self.assertEqual(await self.interrupted(handle), "run/cancelled")
                self.assertFalse(sleeping.done())
                self.host.groups.clear()
                self.host.runtime.cancel()
                await sleeping
                self.assertEqual(kinds(self.host.events), [("t2", "cancelled")])
                self.assertIsNone(self.host.runtime._interrupts.beside)

    async def test_a_signal_while_a_take_waits_is_the_batchs(self) -> None:
        self.host.define("def run():\n    while True: pass\n", typeId="loop")
        waiting = "import asyncio\nasync def run():\n    await asyncio.Event().wait()\n    yield 1\n"
        handle = await self.made(waiting, task("t1"))
        taking = asyncio.ensure_future(self.refused(handle, 0, key=7))
        await turns()
        threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        self.host.groups.clear()
        await self.host.runtime.execute(batch_of("t2", "loop"))
        self.assertEqual(kinds(self.host.events)[-1], ("t2", "cancelled"))
        self.assertFalse(taking.done())
        self.host.runtime.cancel_take(7)
        self.assertEqual((await taking)["code"], "run/cancelled")


def batch_of(name: str, type_id: str) -> str:
    return json.dumps({"id": "batch", "tasks": [task(name, type_id)]})


if __name__ == "__main__":
    unittest.main()
