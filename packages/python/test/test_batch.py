from __future__ import annotations

import json
import sys
import unittest

from host import batch_of, Clock, Host, HostTestCase, kinds, literal, output_of, task

ADD = "def run(a, b=1):\n    return a + b\n"


class BatchTest(HostTestCase):
    def test_passes_values_between_tasks(self) -> None:
        self.host.define(ADD)
        events = self.host.execute(
            task("t1", inputs={"a": literal(1)}),
            task("t2", inputs={"a": output_of("t1"), "b": literal(10)}),
        )
        self.assertEqual(kinds(events), [("t1", "started"), ("t1", "success"), ("t2", "started"), ("t2", "success")])
        self.assertEqual(self.host.value(events[-1]), 12)
        self.assertEqual(
            events[-1]["outputs"]["result"],
            {
                "handle": "v2",
                "typeName": "int",
                "preview": {"data": {"text/plain": "12"}, "truncated": False},
                "bytes": sys.getsizeof(12),
            },
        )

    def test_takes_values_by_handle(self) -> None:
        self.host.define(ADD)
        first = self.host.execute(task("t1", inputs={"a": literal(1)}))[-1]
        handle = first["outputs"]["result"]["handle"]
        second = self.host.execute(task("t2", inputs={"a": {"kind": "handle", "handle": handle}}))[-1]
        self.assertEqual(self.host.value(second), 3)

    def test_a_handle_that_is_gone_is_an_error_of_its_task_only(self) -> None:
        self.host.define(ADD)
        events = self.host.execute(
            task("t1", inputs={"a": {"kind": "handle", "handle": "v99"}}),
            task("t2", inputs={"a": literal(1)}),
        )
        self.assertEqual(kinds(events), [("t1", "error"), ("t2", "started"), ("t2", "success")])
        self.assertEqual(events[0]["error"]["code"], "value/lost")

    def test_what_depends_on_a_failed_task_is_unresolved_and_the_rest_goes_on(self) -> None:
        self.host.define("def run(a):\n    return 1 / a\n")
        events = self.host.execute(
            task("t1", inputs={"a": literal(0)}),
            task("t2", inputs={"a": output_of("t1")}),
            task("t3", inputs={"a": {"kind": "list", "items": [output_of("t2")]}}),
            task("t4", inputs={"a": output_of("t9")}),
            task("t5", inputs={"a": literal(2)}),
        )
        final = {event["task"]: event["kind"] for event in events}
        self.assertEqual(
            final, {"t1": "error", "t2": "unresolved", "t3": "unresolved", "t4": "unresolved", "t5": "success"}
        )

    def test_an_unknown_type_or_revision_is_an_error(self) -> None:
        self.host.define(ADD)
        events = self.host.execute(task("t1", type_id="other"), task("t2", revision="2"))
        self.assertEqual([event["error"]["code"] for event in events], ["node/unknown-type"] * 2)
        self.assertIn("defined at revision 1", events[1]["error"]["message"])

    def test_a_missing_required_input_is_named(self) -> None:
        self.host.define("def run(first, second, third=3):\n    return 0\n")
        error = self.host.execute(task("t1", inputs={"first": literal(1)}))[-1]["error"]
        self.assertEqual((error["code"], error["message"]), ("node/missing-input", "The input “second” has no value."))

    def test_a_literal_brings_its_buffers(self) -> None:
        self.host.define("def run(a, b):\n    return a + b\n")
        source = {"kind": "literal", "head": '{"$":"bytes","i":0}'}
        events = self.host.execute(
            task("t1", inputs={"a": source | {"start": 1, "count": 1}, "b": source | {"start": 0, "count": 1}}),
            buffers=(b"one", b"two"),
        )
        self.assertEqual(self.host.value(events[-1]), b"twoone")

    def test_a_malformed_literal_is_an_error_of_its_task(self) -> None:
        self.host.define(ADD)
        broken = {"kind": "literal", "head": "[1,", "start": 0, "count": 0}
        self.assertEqual(self.host.execute(task("t1", inputs={"a": broken}))[-1]["error"]["code"], "value/not-portable")

    def test_a_second_batch_waits_for_the_first(self) -> None:
        import asyncio

        self.host.define("import asyncio\nasync def run(a):\n    await asyncio.sleep(0.01)\n    return a\n")

        async def both() -> None:
            batches = [batch_of(task(id, inputs={"a": literal(1)})) for id in ("t1", "t2")]
            await asyncio.gather(*(self.host.runtime.execute(batch, ()) for batch in batches))

        asyncio.run(both())
        self.assertEqual(
            kinds(self.host.events), [("t1", "started"), ("t1", "success"), ("t2", "started"), ("t2", "success")]
        )

    def test_a_batch_keeps_to_the_definitions_that_it_began_with(self) -> None:
        self.host.define("import asyncio\nasync def run(a):\n    await asyncio.sleep(0.01)\n    return 'old'\n")
        import asyncio

        async def redefine_while_running() -> None:
            tasks = [task("t1", inputs={"a": literal(1)}), task("t2", inputs={"a": output_of("t1")})]
            running = asyncio.ensure_future(self.host.runtime.execute(batch_of(*tasks), ()))
            await asyncio.sleep(0.001)
            self.host.define("def run(a):\n    return 'new'\n", revision="2")
            await running

        asyncio.run(redefine_while_running())
        self.assertEqual(self.host.value(self.host.events[-1]), "old")

    def test_extreme_errors_of_a_node_stay_in_its_task(self) -> None:
        cases = {
            "import sys\nsys.exit(3)": "SystemExit: the node called sys.exit() with 3.",
            "raise KeyboardInterrupt": "KeyboardInterrupt",
            "raise GeneratorExit": "GeneratorExit",
            "raise MemoryError": "MemoryError",
            "raise StopIteration('no')": "StopIteration: no",
            "raise BaseException('base')": "BaseException: base",
            "import asyncio; raise asyncio.CancelledError": "CancelledError",
            "f = lambda: f(); f()": "RecursionError: maximum recursion depth exceeded",
            "raise type('Odd', (Exception,), {'__str__': lambda s: 1 / 0})()": "Odd: <str failed: ZeroDivisionError>",
        }
        for body, message in cases.items():
            for prefix in ("", "async "):
                with self.subTest(body=body, prefix=prefix):
                    lines = "\n".join(f"    {line}" for line in body.split("\n"))
                    self.host.define(f"{prefix}def run(a):\n{lines}\n")
                    events = self.host.execute(task("t1", inputs={"a": literal(1)}))
                    self.assertEqual(events[-1]["kind"], "error")
                    if prefix and "StopIteration" in body:
                        continue  # Python itself makes a RuntimeError of it.
                    self.assertTrue(events[-1]["error"]["message"].startswith(message), events[-1]["error"]["message"])
                    self.host.define(ADD)
                    self.assertEqual(self.host.execute(task("t2", inputs={"a": literal(1)}))[-1]["kind"], "success")


class EventGroupTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock = Clock()
        self.host = Host(clock=self.clock)
        self.addCleanup(self.host.runtime.close)

    def test_quick_tasks_share_a_group(self) -> None:
        self.host.define(ADD)
        self.host.execute(task("t0", inputs={"a": literal(1)}))
        self.host.execute(*(task(f"t{place}", inputs={"a": literal(1)}) for place in range(100)))
        self.assertEqual(len(self.host.groups), 1)
        self.assertEqual(len(self.host.events), 200)

    def test_a_small_batch_tells_each_start_at_once_however_fast_the_tasks_were_before(self) -> None:
        self.host.define("def run():\n    pass\n")
        self.host.execute(task("t1"), task("t2"))
        # The second task could hang now: whoever looks must see that it is this one that runs.
        self.host.execute(task("t1"), task("t2"))
        self.assertEqual(
            [kinds(group) for group in self.host.groups],
            [[("t1", "started")], [("t1", "success"), ("t2", "started")], [("t2", "success")]],
        )

    def test_the_start_of_a_task_of_unknown_length_goes_out_at_once(self) -> None:
        seen: list[int] = []
        sys.modules["probe"] = type(sys)("probe")
        self.addCleanup(sys.modules.pop, "probe")
        sys.modules["probe"].look = lambda: seen.append(len(self.host.events))  # type: ignore[attr-defined]
        self.host.define("import probe\ndef run():\n    probe.look()\n", returns="none", outputs=[])
        self.host.execute(task("t1"))
        self.assertEqual(seen, [1])

    def test_many_types_of_unknown_length_do_not_flood(self) -> None:
        for place in range(200):
            self.host.define(f"def run():\n    return {place}\n", typeId=f"type{place}")
        self.host.execute(*(task(f"t{place}", type_id=f"type{place}") for place in range(200)))
        self.assertLess(len(self.host.groups), 20)
        self.assertEqual(len(self.host.events), 400)

    def test_a_task_that_was_long_before_says_at_once_that_it_starts(self) -> None:
        sys.modules["probe"] = type(sys)("probe")
        self.addCleanup(sys.modules.pop, "probe")
        sys.modules["probe"].wait = lambda: setattr(self.clock, "now", self.clock.now + 0.03)  # type: ignore[attr-defined]
        self.host.define("import probe\ndef run():\n    probe.wait()\n    return 1\n")
        self.host.execute(task("t1"), task("t2"), task("t3"))
        starts = [event["task"] for group in self.host.groups if (event := group[-1])["kind"] == "started"]
        self.assertEqual(starts, ["t1", "t2", "t3"])
        self.assertEqual(self.host.events[1]["durationMs"], 30.0)


if __name__ == "__main__":
    unittest.main()
