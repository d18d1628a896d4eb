from __future__ import annotations

import asyncio
import json
import unittest

from host import batch_of, kinds, task
from streaming import StreamTestCase, turns

HIT = """
import asyncio, os, signal
def hit():
    # The signal comes right here, where the code runs that it is meant for.
    os.kill(os.getpid(), signal.SIGINT)
    while True: pass
"""


class TakeInterruptTest(StreamTestCase):
    async def test_code_that_computes_is_stopped_and_nothing_else(self) -> None:
        self.host.define("import asyncio\nasync def run(): await asyncio.Event().wait()", typeId="sleep")
        for source in (
            "def run():\n    hit()\n    yield 1\n",
            "def run():\n    while True:\n        print('x' * 80)\n        hit()\n    yield 1\n",
            "async def run():\n    hit()\n    yield 1\n",
            "async def run():\n    await asyncio.sleep(0)\n    hit()\n    yield 1\n",
            "class Slow:\n    def __repr__(self): hit()\ndef run(): yield Slow()\n",
            "class Slow:\n    def __iter__(self): hit()\ndef run(): return Slow()\n",
        ):
            with self.subTest(source):
                streams = [] if "__iter__" in source else ["result"]
                handle = await self.made(HIT + source, task("t1"), streams=streams)
                self.host.groups.clear()
                sleeping = asyncio.ensure_future(self.host.runtime.execute(single("t2", "sleep")))
                await turns()
                self.assertEqual((await self.refused(handle))["code"], "run/cancelled")
                self.assertFalse(sleeping.done())
                self.assertIsNone(self.host.runtime._interrupts.beside)
                self.host.runtime.cancel()
                await sleeping
                self.assertEqual(kinds(self.host.events), [("t2", "started"), ("t2", "cancelled")])

    async def test_a_signal_while_a_take_waits_is_the_batchs(self) -> None:
        self.host.define(HIT + "def run(): hit()\n", typeId="loop")
        waiting = "import asyncio\nasync def run():\n    await asyncio.Event().wait()\n    yield 1\n"
        handle = await self.made(waiting, task("t1"))
        taking = asyncio.ensure_future(self.refused(handle, 0, key=7))
        await turns()
        self.host.groups.clear()
        await self.host.runtime.execute(single("t2", "loop"))
        self.assertEqual(kinds(self.host.events)[-1], ("t2", "cancelled"))
        self.assertFalse(taking.done())
        self.host.runtime.cancel_take(7)
        self.assertEqual((await taking)["code"], "run/cancelled")


def single(name: str, type_id: str) -> str:
    return batch_of(task(name, type_id))


if __name__ == "__main__":
    unittest.main()
