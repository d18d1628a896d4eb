from __future__ import annotations

import gc
import json
import linecache
import sys
import unittest
import weakref

from host import HostTestCase, literal, task

from loom_runtime.faults import RuntimeFaultError


class RuntimeValueTest(HostTestCase):
    def test_values_are_written_and_read(self) -> None:
        handle = self.host.runtime.write('{"a":{"$":"bytes","i":0}}', [b"x"])
        head, buffers = self.host.runtime.read(handle)
        self.assertEqual((head, [bytes(buffer) for buffer in buffers]), ('{"a":{"$":"bytes","i":0}}', [b"x"]))
        self.host.runtime.release(json.dumps([handle]))
        for action in (lambda: self.host.runtime.read(handle), lambda: self.host.runtime.preview(handle)):
            with self.assertRaises(RuntimeFaultError) as caught:
                action()
            self.assertEqual(json.loads(str(caught.exception))["code"], "value/lost")

    def test_a_value_whose_methods_fail_is_a_fault(self) -> None:
        self.host.run("""
from collections.abc import Mapping
class Odd(Mapping):
    def __getitem__(self, key): raise KeyError
    def __iter__(self): raise RuntimeError("no")
    def __len__(self): return 1
def run(): return Odd()
""")
        with self.assertRaises(RuntimeFaultError) as caught:
            self.host.runtime.read("v1")
        self.assertEqual(caught.exception.fault.code, "value/not-portable")

    def test_handles_are_never_used_again(self) -> None:
        first = self.host.runtime.write("1")
        self.host.runtime.release(json.dumps([first]))
        self.assertNotEqual(self.host.runtime.write("1"), first)

    def test_a_deeply_nested_value_can_be_shown_refused_and_released(self) -> None:
        for step in ("value = [value]", "value = (value,)", "value = {'a': value}", "value = [1, value]"):
            event = self.host.run(f"def run():\n    value = []\n    for n in range(50_000): {step}\n    return value\n")
            self.assertEqual(event["kind"], "success")
            handle = event["outputs"]["result"]["handle"]
            with self.assertRaisesRegex(RuntimeError, "200 levels deep"):
                self.host.runtime.read(handle)
            self.host.runtime.preview(handle)
            self.host.runtime.release(json.dumps([handle]))
        self.assertEqual(self.host.runtime.held, 0)

    def test_releasing_leaves_what_others_hold(self) -> None:
        self.host.run("""
kept = []
def run():
    value = []
    for n in range(5_000): value = [value]
    kept.append(value)
    return value
""")
        self.host.runtime.release('["v1"]')
        value = self.host.runtime._definitions.current()["test"].module.load().kept[0]
        depth = 0
        while value:
            value, depth = value[0], depth + 1
        self.assertEqual(depth, 5_000)


class LeakTest(HostTestCase):
    def test_nothing_keeps_the_frames_of_a_failed_node(self) -> None:
        self.host.define("""
class Local: pass
made = []
def fail(weak):
    import weakref
    local = Local()
    made.append(weakref.ref(local))
    try:
        1 / 0
    except ZeroDivisionError as error:
        raise ValueError("x") from error
def run(weak): fail(weak)
async def later(weak): fail(weak)
""")
        self.host.define(self.source_of("test"), typeId="later", entry="later")
        gc.disable()
        self.addCleanup(gc.enable)
        for type_id in ("test", "later"):
            self.host.execute(task("t1", type_id=type_id, inputs={"weak": literal(1)}))
            made = self.module_of(type_id).made
            self.assertIsNone(made.pop()())

    def source_of(self, type_id: str) -> str:
        return self.host.runtime._definitions.current()[type_id].module.text

    def module_of(self, type_id: str):
        return self.host.runtime._definitions.current()[type_id].module.load()

    def test_results_of_a_batch_are_held_by_their_handles_only(self) -> None:
        event = self.host.run("class Big: pass\ndef run(): return Big()\n")
        weak = weakref.ref(self.host.value(event))
        self.assertIsNotNone(weak())
        self.host.runtime.release('["v1", "v77"]')
        self.assertIsNone(weak())
        self.assertEqual(self.host.runtime.held, 0)

    def test_a_failed_task_holds_nothing(self) -> None:
        self.host.run("def run(): return {'a': 1}", returns="mapping", outputs=["a", "b"])
        self.assertEqual(self.host.runtime.held, 0)

    def test_lines_of_old_revisions_are_forgotten(self) -> None:
        for revision in range(5):
            self.host.define(f"def run(): return {revision}", revision=str(revision))
            self.host.execute(task("t1", revision=str(revision)))
        self.assertEqual([name for name in linecache.cache if name.startswith("loom://")], ["loom://test@4"])
        self.assertEqual(len([name for name in sys.modules if name.startswith("loom_node_")]), 1)


if __name__ == "__main__":
    unittest.main()
