from __future__ import annotations

import asyncio
import gc
import json
import unittest

from host import kinds, literal, output_of, task
from streaming import StreamTestCase, turns

COUNT = "def run(n):\n    for i in range(n):\n        print('item', i)\n        yield i\n"
COUNT_LATER = COUNT.replace("def run", "async def run")
TOTAL = "def run(items): return sum(items)\n"
WAIT = "import asyncio\nasync def run(n):\n    for i in range(n): yield i\n    await asyncio.Event().wait()\n"


def of(handle: str) -> dict[str, str]:
    return {"kind": "handle", "handle": handle}


class StreamTest(StreamTestCase):
    async def test_a_stream_succeeds_before_there_is_any_item(self) -> None:
        for source in (COUNT, COUNT_LATER):
            await self.made(source, task("t1", inputs={"n": literal(3)}))
            self.assertEqual(kinds(self.host.events), [("t1", "started"), ("t1", "success")])
            output = self.host.events[-1]["outputs"]["result"]
            output.pop("handle")
            preview = {"data": {"text/plain": "stream"}, "truncated": False}
            self.assertEqual(output, {"typeName": "stream", "preview": preview, "isStream": True})

    async def test_items_come_once_and_in_order(self) -> None:
        for source in (COUNT, COUNT_LATER):
            handle = await self.made(source, task("t1", inputs={"n": literal(5)}))
            self.assertEqual(await self.take(handle, 0, 2), ([0, 1], False))
            self.assertEqual((await self.refused(handle, 0))["code"], "value/stream-position")
            self.assertEqual(await self.take(handle, 2, 9), ([2, 3, 4], True))
            self.assertEqual(await self.take(handle, 5, 9), ([], True))

    async def test_everything_that_can_be_gone_through_may_be_a_stream(self) -> None:
        later = "async def later():\n    yield 1\n    yield 2\n"
        for source in (
            "def run(): return [1, 2]",
            "def run(): return iter((1, 2))",
            "def run(): return map(int, '12')",
            "async def run(): return (n for n in (1, 2))",
            later + "def run(): return later()",
            later + "class Later:\n    def __aiter__(self): return later()\ndef run(): return Later()",
            "class Own:\n    def __iter__(self): return iter([1, 2])\nasync def run(): return Own()",
        ):
            with self.subTest(source):
                self.assertEqual(await self.all(await self.made(source, task("t1"))), [1, 2])

    async def test_what_has_no_items_is_no_stream(self) -> None:
        for result, shown in (("5", "5 (int)"), ("'abc'", "'abc' (str)"), ("{'a': 1}", "{'a': 1} (dict)")):
            self.host.define(f"def run(): return {result}", streams=["result"])
            error = (await self.execute(task("t1")))[-1]["error"]
            self.assertEqual(error["code"], "python/bad-result")
            message = f"run() should give items for the stream “result”, but gave {shown}."
            self.assertEqual(error["message"], message)

    async def test_streams_among_other_outputs(self) -> None:
        self.host.define(
            "def run(): return {'a': (n for n in (1, 2)), 'b': 3}", returns="mapping", outputs=["a", "b"], streams=["a"]
        )
        outputs = (await self.execute(task("t1")))[-1]["outputs"]
        self.assertEqual((outputs["a"].get("isStream"), outputs["b"].get("isStream")), (True, None))
        self.assertEqual(await self.all(outputs["a"]["handle"]), [1, 2])

    async def test_a_task_may_go_through_a_stream_itself(self) -> None:
        later = "async def run(items):\n    return sum([item async for item in items])\n"
        for making, reading in ((COUNT, TOTAL), (COUNT, later), (COUNT_LATER, later)):
            handle = await self.made(making, task("t1", inputs={"n": literal(4)}))
            self.host.define(reading, typeId="total")
            event = (await self.execute(task("t2", "total", inputs={"items": of(handle)})))[-1]
            self.assertEqual(self.host.value(event), 6)
            self.assertEqual({each["task"] for each in self.host.events if each["kind"] == "output"}, {"t1"})
            self.assertEqual(self.host.text(), "item 0\nitem 1\nitem 2\nitem 3\n")

    async def test_a_stream_may_be_read_in_the_batch_that_makes_it_and_be_handed_on(self) -> None:
        self.host.define(COUNT, streams=["result"])
        self.host.define("def run(items): return items", typeId="echo")
        self.host.define(TOTAL, typeId="total")
        events = await self.execute(
            task("t1", inputs={"n": literal(4)}),
            task("t2", "echo", inputs={"items": output_of("t1")}),
            task("t3", "total", inputs={"items": output_of("t2")}),
        )
        self.assertEqual(self.host.value(events[-1]), 6)
        self.assertEqual({event["task"] for event in events if event["kind"] == "output"}, {"t1"})

    async def test_a_stream_of_a_stream_prints_under_each_ones_name(self) -> None:
        source = await self.made(COUNT, task("t1", inputs={"n": literal(2)}))
        double = "def run(items):\n    for item in items:\n        print('double', item)\n        yield 2 * item\n"
        handle = await self.made(double, task("t2", inputs={"items": of(source)}))
        self.assertEqual(await self.all(handle), [0, 2])
        texts = {name: "".join(e["text"] for e in self.said if e["task"] == name) for name in ("t1", "t2")}
        self.assertEqual(texts, {"t1": "item 0\nitem 1\n", "t2": "double 0\ndouble 1\n"})

    async def test_what_the_code_prints_is_told_to_who_takes(self) -> None:
        for source in (COUNT, COUNT_LATER):
            self.said.clear()
            handle = await self.made(source, task("t1", inputs={"n": literal(2)}))
            await self.all(handle)
            self.assertEqual(self.printed(), "item 0\nitem 1\n")
            self.assertEqual({event["task"] for event in self.said}, {"t1"})
            self.assertEqual(self.host.text(), "")

    async def test_a_fault_comes_after_the_items_before_it(self) -> None:
        for prefix in ("", "async "):
            source = f"{prefix}def run():\n    yield 1\n    yield 2\n    raise ValueError('boom')\n"
            handle = await self.made(source, task("t1"))
            self.assertEqual(await self.take(handle, 0, 9), ([1, 2], False))
            for _ in range(2):
                fault = await self.refused(handle, 2)
                self.assertEqual((fault["code"], fault["message"]), ("python/exception", "ValueError: boom"))
                self.assertEqual((fault["frames"][-1]["typeId"], fault["frames"][-1]["line"]), ("test", 4))

    async def test_a_take_waits_for_one_item_only(self) -> None:
        handle = await self.made(WAIT, task("t1", inputs={"n": literal(2)}))
        self.assertEqual(await self.take(handle, 0, 100), ([0, 1], False))
        waiting = asyncio.ensure_future(self.refused(handle, 2, key=77))
        await turns()
        self.assertEqual((await self.refused(handle, 2))["code"], "value/stream-position")
        self.assertFalse(waiting.done())
        self.host.runtime.cancel_take(77)
        self.assertEqual((await waiting)["code"], "run/cancelled")

    async def test_a_step_that_waits_is_the_next_takes(self) -> None:
        source = """
import asyncio
go = asyncio.Event()
async def run():
    yield 0
    await go.wait()
    yield 1
"""
        handle = await self.made(source, task("t1"))
        self.assertEqual(await self.take(handle, 0, 2), ([0], False))
        self.host.runtime._definitions.current()["test"].module.load().go.set()
        self.assertEqual(await self.take(handle, 1, 2), ([1], True))

    async def test_batches_and_takes_do_not_wait_for_each_other(self) -> None:
        waiting = await self.made(WAIT, task("t1", inputs={"n": literal(0)}))
        quick = await self.made(COUNT, task("t2", inputs={"n": literal(3)}))
        taking = asyncio.ensure_future(self.refused(waiting, 0, key=5))
        self.host.define("import asyncio\nasync def run(): await asyncio.Event().wait()", typeId="sleep")
        batch = asyncio.ensure_future(self.execute(task("t3", "sleep")))
        await turns()
        self.assertEqual(await self.all(quick), [0, 1, 2])
        self.host.runtime.cancel()
        self.assertEqual(kinds(await batch)[-1], ("t3", "cancelled"))
        self.assertFalse(taking.done())
        self.host.runtime.cancel_take(5)
        self.assertEqual((await taking)["code"], "run/cancelled")

    async def test_a_take_can_be_cancelled_before_it_has_begun(self) -> None:
        for source in (COUNT, COUNT_LATER):
            handle = await self.made(source, task("t1", inputs={"n": literal(3)}))
            taking = self.host.runtime.take(9, handle, json.dumps({"from": 0, "max": 1}), lambda _: None)
            self.host.runtime.cancel_take(9)
            with self.assertRaisesRegex(RuntimeError, "run/cancelled"):
                await taking

    async def test_async_code_is_heard_while_it_waits(self) -> None:
        source = "import asyncio\nasync def run(ctx):\n    print('hello')\n    await asyncio.Event().wait()\n"
        self.host.define(source, typeId="node")
        batch = asyncio.ensure_future(self.execute(task("t1", "node")))
        while not self.host.text():
            await asyncio.sleep(0)
        self.host.runtime.cancel()
        await batch
        handle = await self.made(source + "    yield 1\n", task("t2"))
        taking = asyncio.ensure_future(self.refused(handle, 0, key=3))
        while not self.printed():
            await asyncio.sleep(0)
        self.host.runtime.cancel_take(3)
        self.assertEqual((await taking)["code"], "run/cancelled")
        self.assertEqual((self.host.text(), self.printed()), ("", "hello\n"))

    async def test_the_host_hears_whose_code_runs(self) -> None:
        for source in (COUNT, COUNT_LATER):
            self.steps.clear()
            handle = await self.made(source, task("t1", inputs={"n": literal(2)}))
            self.assertEqual(self.steps, [])
            await self.take(handle, 0, 1, key=41)
            await self.take(handle, 1, 1, key=42)
            begun = [step for step in self.steps if step]
            self.assertEqual((begun, set(begun)), (sorted(begun), {41, 42}))
            # Each step has its end, and nobody is hit where it changes hands.
            self.assertEqual(self.steps, [step for key in begun for step in (0, key, 0, None)])


class CloseTest(StreamTestCase):
    TIDY = """
closed = []
def run(ctx):
    try:
        yield 1
        yield 2
    finally:
        closed.append(ctx.cancelled)
        print("tidied")
        1 / 0
"""

    def closed(self) -> list[bool]:
        return self.host.runtime._definitions.current()["test"].module.load().closed

    async def test_a_stream_is_closed_with_the_last_of_its_handles(self) -> None:
        for source in (self.TIDY, self.TIDY.replace("def run", "async def run")):
            with self.subTest(source):
                handle = await self.made(source, task("t1"))
                self.assertEqual(await self.take(handle, 0, 1), ([1], False))
                again = self.keep(self.held(handle))
                self.release(handle)
                await turns()
                self.assertEqual(self.closed(), [])
                self.release(again)
                await turns()
                self.assertEqual(self.closed(), [False])
                self.assertEqual(self.host.runtime._runs.contexts, {})

    async def test_a_take_that_waits_ends_when_its_stream_is_closed(self) -> None:
        handle = await self.made(WAIT, task("t1", inputs={"n": literal(0)}))
        taking = asyncio.ensure_future(self.refused(handle))
        await turns()
        self.release(handle)
        self.assertEqual((await taking)["code"], "value/lost")

    async def test_nothing_is_left_of_a_stream(self) -> None:
        source = """
import weakref
class Local: pass
made = []
def run():
    local = Local()
    made.append(weakref.ref(local))
    yield 1
"""
        for text in (source, source.replace("def run", "async def run")):
            handle = await self.made(text, task("t1"))
            await self.take(handle, 0, 1)
            made = self.host.runtime._definitions.current()["test"].module.load().made
            self.assertIsNotNone(made[0]())
            self.release(handle)
            await turns()
            gc.collect()
            self.assertIsNone(made[0]())

    async def test_the_context_stays_until_the_stream_has_ended(self) -> None:
        source = "def run(ctx):\n    ctx.on_parameter('rate', rates.append)\n    yield from (1, 2)\nrates = []\n"
        handle = await self.made(source, task("t1"))
        await self.take(handle, 0, 1)
        answer = await self.host.runtime.set_parameter("t1", "rate", "5")
        self.assertEqual(json.loads(answer), {"status": "applied"})
        self.assertEqual(await self.take(handle, 1, 5), ([2], True))
        self.assertEqual(json.loads(await self.host.runtime.set_parameter("t1", "rate", "5"))["status"], "no-handler")


if __name__ == "__main__":
    unittest.main()
