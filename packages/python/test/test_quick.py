"""Tasks of a large batch that take no time: what is told of them together says the same as events of each."""

from __future__ import annotations

import json
import sys
import unittest
from typing import Any

from host import Clock, Event, Host, kinds, literal, output_of, task

ADD = "def run(a, b=1):\n    return a + b\n"


def chain(count: int, **first: Any) -> list[dict[str, Any]]:
    """Tasks that each need the one before."""
    rest = [task(f"t{place}", inputs={"a": output_of(f"t{place - 1}")}) for place in range(1, count)]
    return [task("t0", inputs=first or {"a": literal(0)}), *rest]


class QuickTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock = Clock()
        self.host = Host(clock=self.clock)
        self.addCleanup(self.host.runtime.close)
        self.raw: list[Event] = []
        receive = self.host.runtime._queue._send

        def listen(text: str) -> None:
            self.raw += json.loads(text)
            assert receive is not None
            receive(text)

        self.host.runtime._queue.direct(listen)

    def warm(self, source: str, **changes: Any) -> None:
        """Defines a type, and runs it once: then it is known to take no time."""
        self.host.define(source, **changes)
        type_id = changes.get("typeId", "test")
        self.host.execute(task("warm", type_id, inputs={"a": literal(1)}))
        self.raw.clear()

    def tick(self) -> None:
        """Lets sources move the clock."""
        sys.modules["clock"] = self.clock  # type: ignore[assignment]
        self.addCleanup(lambda: sys.modules.pop("clock"))

    def counts(self) -> list[int]:
        """How many tasks are in each group that is told of together."""
        return [len(event["texts"]) for event in self.raw if event["kind"] == "ran"]

    def test_a_chain_is_told_of_in_one_event(self) -> None:
        self.warm(ADD)
        events = self.host.execute(*chain(100))
        self.assertEqual((self.counts(), len(self.raw)), ([100], 1))
        self.assertEqual(kinds(events), [(f"t{place}", kind) for place in range(100) for kind in ("started", "success")])
        self.assertEqual([self.host.value(event) for event in events[1::2]], list(range(1, 101)))

    def test_each_has_its_own_handle_type_text_and_size(self) -> None:
        values = [0, 2.5, True, None, -1, 10**9]
        self.warm("VALUES = [0, 2.5, True, None, -1, 10**9]\ndef run(a):\n    return VALUES[a % 6]\n")
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(24)))[1::2]
        self.assertEqual(self.counts(), [24])
        for place, event in enumerate(events):
            value, output = values[place % 6], event["outputs"]["result"]
            self.assertEqual(self.host.value(event), value)
            self.assertEqual(output["preview"]["data"]["text/plain"], repr(value))
            self.assertEqual(output["typeName"], "None" if value is None else type(value).__name__)
            self.assertEqual(output["bytes"], sys.getsizeof(value))

    def test_what_is_no_number_stands_between_them_in_order(self) -> None:
        self.warm("def run(a):\n    return [a] if a in (3, 20) else 10**2000 if a == 9 else a\n")
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(30)))
        self.assertEqual(kinds(events), [(f"t{place}", kind) for place in range(30) for kind in ("started", "success")])
        self.assertEqual(self.host.value(events[7]), [3])
        self.assertIn("bits", events[19]["outputs"]["result"]["preview"]["data"]["text/plain"])

    def test_inputs_in_another_order_and_with_gaps(self) -> None:
        self.warm("def run(a, b=10, c=100):\n    return a * 10_000 + b * 100 + c\n")
        for names in (("b", "a"), ("a", "c"), ("c", "b", "a")):
            inputs = {name: literal("abc".index(name) + 1) for name in names}
            events = self.host.execute(*(task(f"t{place}", inputs=inputs) for place in range(20)))
            b, c = 2 if "b" in names else 10, 3 if "c" in names else 100
            self.assertEqual({self.host.value(event) for event in events[1::2]}, {10_000 + b * 100 + c})

    def test_a_function_that_is_wrapped_gets_its_inputs_by_name(self) -> None:
        self.warm(
            "import functools\n\ndef named(function):\n    @functools.wraps(function)\n    def inner(**inputs):\n"
            "        return function(**inputs)\n    return inner\n\n@named\ndef run(a):\n    return a\n"
        )
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(20)))
        self.assertEqual([self.host.value(event) for event in events[1::2]], list(range(20)))

    def test_one_that_says_something_is_told_of_by_itself(self) -> None:
        self.warm("def run(a):\n    if a == 10:\n        print('ten')\n    return a\n")
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(20)))
        self.assertEqual(self.counts(), [10, 9])
        said = [(event["task"], event["kind"]) for event in events if event["task"] == "t10"]
        self.assertEqual(said, [("t10", "started"), ("t10", "output"), ("t10", "success")])

    def test_what_a_task_starts_and_leaves_behind_prints_for_nobody_else(self) -> None:
        self.warm(
            "import asyncio\n\ndef run(a):\n    if a == 0:\n"
            "        asyncio.get_running_loop().call_soon(lambda: print('late'))\n    return a\n"
        )
        self.host.define("async def run(a):\n    import asyncio\n    await asyncio.sleep(0)\n    return a\n", typeId="wait")
        tasks = [task(f"t{place}", inputs={"a": literal(place)}) for place in range(20)]
        self.host.execute(*tasks, task("t20", "wait", inputs={"a": literal(20)}))
        self.assertEqual(self.host.text(), "")

    def test_what_fails_is_told_of_and_what_needs_it_is_unresolved(self) -> None:
        self.warm("def run(a):\n    return 1 // (a - 20)\n")
        tasks = [task(f"t{place}", inputs={"a": literal(place)}) for place in range(25)]
        after = task("t25", inputs={"a": output_of("t20")})
        gone = task("t26", inputs={"a": {"kind": "handle", "handle": "v999"}})
        events = self.host.execute(*tasks, after, gone, task("t27", inputs={"a": literal(1)}))
        final = {event["task"]: event for event in events}
        self.assertEqual(
            [final[f"t{place}"]["kind"] for place in (19, 20, 24, 25, 26, 27)],
            ["success", "error", "success", "unresolved", "error", "success"],
        )
        self.assertEqual(final["t20"]["error"]["frames"][-1]["line"], 2)
        self.assertEqual(final["t26"]["error"]["code"], "value/lost")

    def test_several_outputs_feed_quick_tasks(self) -> None:
        self.warm(ADD)
        self.host.define("def run():\n    return 7, 8", typeId="two", returns="sequence", outputs=["x", "y"])
        pair = task("two", "two")
        tasks = [task(f"t{place}", inputs={"a": output_of("two", "x"), "b": output_of("two", "y")}) for place in range(20)]
        events = self.host.execute(pair, *tasks)
        self.assertEqual({self.host.value(event) for event in events[3::2]}, {15})

    def test_one_that_takes_a_while_is_noted_by_itself(self) -> None:
        self.tick()
        source = "import clock\n\ndef run(a):\n    clock.now += 0.01 if a == 5 else 0.0001 if a > 0 else 0\n    return a\n"
        self.warm(source)
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(20)))
        durations = [event["durationMs"] for event in events[1::2]]
        self.assertEqual(self.counts(), [20])
        self.assertEqual(durations[5], 10)
        self.assertAlmostEqual(durations[6], 18 * 0.1 / 19, places=3)
        self.assertAlmostEqual(sum(durations), 11.8, places=1)

    def test_after_a_while_what_was_done_is_told_and_the_host_is_let_in(self) -> None:
        self.tick()
        self.warm("import clock\n\ndef run(a):\n    clock.now += 0.01 if a > 1 else 0\n    return a\n")
        self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(40)))
        self.assertGreater(len(self.host.groups), 5)

    def test_a_cancel_ends_what_has_not_begun(self) -> None:
        runtime = self.host.runtime
        sys.modules["stopping"] = type(sys)("stopping")
        sys.modules["stopping"].stop = lambda: runtime.cancel()  # type: ignore[attr-defined]
        self.addCleanup(lambda: sys.modules.pop("stopping"))
        self.warm("import stopping\n\ndef run(a):\n    if a == 30:\n        stopping.stop()\n    return a\n")
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(40)))
        final = {event["task"]: event["kind"] for event in events}
        self.assertEqual([final[f"t{place}"] for place in (29, 31, 39)], ["success", "cancelled", "cancelled"])
        self.assertNotIn(("t31", "started"), kinds(events))

    def test_the_place_of_the_task_that_runs_is_known(self) -> None:
        runtime = self.host.runtime
        sys.modules["looking"] = type(sys)("looking")
        sys.modules["looking"].place = lambda: runtime.place[0]  # type: ignore[attr-defined]
        self.addCleanup(lambda: sys.modules.pop("looking"))
        self.warm("import looking\n\ndef run(a):\n    return looking.place()\n")
        events = self.host.execute(*(task(f"t{place}", inputs={"a": literal(place)}) for place in range(20)))
        self.assertEqual([self.host.value(event) for event in events[1::2]], list(range(20)))
        self.assertEqual(runtime.place[0], -1)


if __name__ == "__main__":
    unittest.main()
