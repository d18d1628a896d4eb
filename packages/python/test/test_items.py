from __future__ import annotations

import json
import unittest
from array import array
from collections import OrderedDict, deque, namedtuple

from host import literal
from streaming import StreamTestCase

from loom_runtime.faults import RuntimeFaultError

Pair = namedtuple("Pair", "a b")


class Range:
    """Something of one's own to go through, as often as one likes."""

    def __init__(self) -> None:
        self.begun = 0

    def __iter__(self):
        self.begun += 1
        yield from range(5)


class PositionTest(StreamTestCase):
    async def test_items_of_everything_with_positions(self) -> None:
        for value in (
            [1, 2, 3],
            (1, 2, 3),
            range(1, 4),
            deque([1, 2, 3]),
            array("d", [1, 2, 3]),
            memoryview(b"\x01\x02\x03"),
            b"\x01\x02\x03",
            bytearray(b"\x01\x02\x03"),
        ):
            with self.subTest(type(value)):
                handle = self.keep(value)
                self.assertEqual(await self.take(handle, 1, 1), ([2], False))
                self.assertEqual(await self.take(handle, 0, 10), ([1, 2, 3], True))
                self.assertEqual(await self.take(handle, 1, 2), ([2, 3], True))
                self.assertEqual(await self.take(handle, 7, 2), ([], True))
        self.assertEqual(await self.take(self.keep(Pair(1, 2)), 0, 5), ([1, 2], True))

    async def test_sets_and_others_go_on_where_the_last_take_has_ended(self) -> None:
        items = set(range(100))
        handle = self.keep(items)
        order = list(items)
        self.assertEqual(await self.take(handle, 0, 60), (order[:60], False))
        self.assertEqual(await self.take(handle, 60, 40), (order[60:], True))
        self.assertEqual(await self.take(handle, 98, 40), (order[98:], True))
        own = Range()
        handle = self.keep(own)
        self.assertEqual(await self.take(handle, 0, 2), ([0, 1], False))
        self.assertEqual(await self.take(handle, 2, 2), ([2, 3], False))
        self.assertEqual(own.begun, 1)
        self.assertEqual(await self.take(handle, 3, 2), ([3, 4], False))
        self.assertEqual(await self.take(handle, 5, 2), ([], True))
        self.assertEqual(own.begun, 2)

    async def test_what_has_no_items(self) -> None:
        for value in ("abc", 5, None, 1.5, {"a": 1}, OrderedDict(a=1), object(), len):
            with self.subTest(value):
                self.assertEqual((await self.refused(self.keep(value)))["code"], "value/not-iterable")
        self.assertEqual((await self.refused("v999"))["code"], "value/lost")
        self.assertEqual((await self.refused(self.keep([1]), -1))["code"], "value/position")

    async def test_a_value_that_fails_tells_its_places(self) -> None:
        self.host.define("class Odd:\n    def __iter__(self):\n        raise ValueError('no')\ndef run(): return Odd()\n")
        await self.execute({"id": "t1", "nodeId": "n", "typeId": "test", "revision": "1", "inputs": {}})
        fault = await self.refused("v1")
        self.assertEqual(fault["message"], "ValueError: no")
        self.assertEqual((fault["frames"][-1]["typeId"], fault["frames"][-1]["line"]), ("test", 3))
        self.assertEqual(self.host.runtime._takes._running, {})

    async def test_nothing_is_kept_for_handles_that_are_gone(self) -> None:
        for value in (set(range(9)), iter([1, 2, 3])):
            handle = self.keep(value)
            await self.take(handle, 0, 2)
            self.release(handle)
        self.assertEqual((self.host.runtime._takes._cursors, self.host.runtime._takes._loose), ({}, {}))

    async def test_a_take_of_slow_code_gives_what_there_is(self) -> None:
        def slow():
            for number in range(3):
                self.clock.now += 1
                yield number

        handle = self.keep(slow())
        for number in range(3):
            self.assertEqual(await self.take(handle, number, 100), ([number], False))
        self.assertEqual(await self.take(handle, 3, 100), ([], True))

    async def test_one_take_is_bounded(self) -> None:
        handle = self.keep(list(range(5_000)))
        items, done = await self.take(handle, 0, 5_000)
        self.assertEqual((len(items), done), (1_000, False))
        endless = self.keep(iter(int, 1))
        self.assertLessEqual(len((await self.take(endless, 0, 10**9))[0]), 1_000)


class GatherTest(StreamTestCase):
    def test_values_become_one_and_stay_what_they_are(self) -> None:
        one, two = object(), [1]
        source = {
            "kind": "list",
            "items": [
                {"kind": "handle", "handle": self.keep(one)},
                literal("x"),
                {"kind": "list", "items": [{"kind": "handle", "handle": self.keep(two)}]},
            ],
        }
        output = json.loads(self.host.runtime.gather(json.dumps(source)))
        gathered = self.held(output["handle"])
        self.assertIs(gathered[0], one)
        self.assertIs(gathered[2][0], two)
        self.assertEqual((gathered[1], output["typeName"], output["shape"]), ("x", "list", "3 items"))

    def test_only_values_that_are_held(self) -> None:
        for source, code in (
            ({"kind": "handle", "handle": "v9"}, "value/lost"),
            ({"kind": "task", "task": 0, "port": "p"}, "executor/fault"),
        ):
            with self.assertRaises(RuntimeFaultError) as caught:
                self.host.runtime.gather(json.dumps(source))
            self.assertEqual(caught.exception.fault.code, code)
        self.assertEqual(self.host.runtime.held, 0)


if __name__ == "__main__":
    unittest.main()
