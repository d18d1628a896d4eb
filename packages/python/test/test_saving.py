"""Copies that outlive the interpreter: what is saved, when, and what comes back."""

from __future__ import annotations

import json
import unittest
from typing import Any

from host import Host, literal, output_of, task

from loom_runtime.saving import MAX_BYTES

Saved = tuple[list[str], bytes, list[bytes]]


class SavingTest(unittest.TestCase):
    def setUp(self) -> None:
        self.saved: list[Saved] = []
        self.told: list[list[str]] = []
        self.host = self.made(save=self.save)

    def made(self, **options: Any) -> Host:
        host = Host(**options)
        self.addCleanup(host.runtime.close)
        return host

    def save(self, handles: list[str], data: bytes, buffers: Any) -> None:
        self.saved.append((handles, data, [bytes(buffer) for buffer in buffers]))

    def handles(self) -> list[str]:
        return [handle for handles, _, _ in self.saved for handle in handles]

    def test_values_are_saved_before_the_next_task_begins(self) -> None:
        self.host.define("def run(value):\n    return [value]")
        self.host.define("import sys\n\ndef look(value):\n    return sys.saved()", typeId="look", entry="look")
        import sys

        sys.saved = lambda: len(self.saved)  # type: ignore[attr-defined]
        self.addCleanup(lambda: delattr(sys, "saved"))
        events = self.host.execute(
            task("t1", inputs={"value": literal(7)}), task("t2", "look", inputs={"value": output_of("t1")})
        )
        self.assertEqual(self.host.value(events[-1]), 1)

    def test_another_runtime_has_them_again(self) -> None:
        source = "def run(value):\n    return {'as it is': value}"
        self.host.define(source)
        event = self.host.execute(task("t1", inputs={"value": literal([1, "two", None])}))[-1]
        [(handles, data, buffers)] = self.saved
        self.assertEqual(handles, [event["outputs"]["result"]["handle"]])
        other = self.made()
        [handle] = json.loads(other.runtime.restore(data, buffers))
        self.assertEqual(other.runtime._values.get(handle), {"as it is": [1, "two", None]})

    def test_flat_values_travel_together(self) -> None:
        self.host.define("def run(value):\n    return value")
        tasks = [task(f"t{place}", inputs={"value": literal(place)}) for place in range(40)]
        self.host.execute(*tasks)
        self.saved.clear()
        events = self.host.execute(*tasks)
        handles = [event["outputs"]["result"]["handle"] for event in events if event["kind"] == "success"]
        self.assertEqual([saved[0] for saved in self.saved], [handles])
        other = self.made()
        restored = json.loads(other.runtime.restore(*self.saved[0][1:]))
        self.assertEqual([other.runtime._values.get(handle) for handle in restored], list(range(40)))

    def test_what_is_large_is_not_saved(self) -> None:
        self.host.define("def run(size):\n    return bytes(size)")
        self.host.define("def run(size):\n    return [bytes(size)]", typeId="list")
        for type_id in ("test", "list"):
            self.host.execute(task("t1", type_id, inputs={"size": literal(MAX_BYTES)}))
            self.assertEqual(self.saved, [])
            self.host.execute(task("t1", type_id, inputs={"size": literal(MAX_BYTES // 2)}))
            self.assertEqual(len(self.saved), 1)
            self.saved.clear()

    def test_what_cannot_be_pickled_is_left_out_and_the_rest_is_saved(self) -> None:
        self.host.define("def run(n):\n    return (lambda: n) if n == 1 else [n]")
        self.host.execute(*(task(f"t{n}", inputs={"n": literal(n)}) for n in range(3)))
        self.assertEqual(self.handles(), ["v1", "v3"])

    def test_a_value_whose_pickling_prints_and_fails_does_no_harm(self) -> None:
        self.host.define(
            "class Odd:\n    def __reduce__(self):\n        print('x' * 100_000)\n        raise SystemExit\n\n"
            "def run(n):\n    return Odd() if n == 0 else [n]"
        )
        events = self.host.execute(*(task(f"t{n}", inputs={"n": literal(n)}) for n in range(2)))
        self.assertEqual([event["kind"] for event in events if event["kind"] != "output"].count("success"), 2)
        self.assertEqual(self.handles(), ["v2"])

    def test_a_host_that_wants_none_pays_nothing(self) -> None:
        host = self.made()
        self.assertIsNone(host.runtime._queue.after)
        self.assertIsNone(host.runtime._batches._savings)


if __name__ == "__main__":
    unittest.main()
