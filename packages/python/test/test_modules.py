from __future__ import annotations

import sys
import unittest

from host import HostTestCase, literal, task


class ModuleTest(HostTestCase):
    def test_code_that_looks_itself_up_works(self) -> None:
        cases = {
            "dataclass with future annotations": """
from __future__ import annotations
from dataclasses import dataclass, field
@dataclass
class Row:
    a: int
    b: list[int] = field(default_factory=list)
def run(): return Row(1).b
""",
            "pickle": """
import pickle
class Row:
    def __init__(self): self.a = []
def run(): return pickle.loads(pickle.dumps(Row())).a
""",
            "type hints": """
from __future__ import annotations
import typing
class Row: pass
def run(x: Row | None = None):
    return [] if typing.get_type_hints(run)["x"] == Row | None else 1
""",
            "source": "import inspect\ndef run(): return [] if 'inspect.getsource' in inspect.getsource(run) else 1\n",
            "traceback": """
import traceback
def run():
    try:
        1 / 0
    except ZeroDivisionError:
        return [] if "1 / 0" in traceback.format_exc() else 1
""",
            "main guard": "def run(): return []\nif __name__ == '__main__': 1 / 0\n",
            "enum": "import enum\nclass E(enum.Enum):\n    A = 1\ndef run(): return [] if E['A'] is E.A else 1",
        }
        for name, source in cases.items():
            with self.subTest(name):
                event = self.host.run(source)
                self.assertEqual(event["kind"], "success", event)
                self.assertEqual(self.host.value(event), [])

    def test_the_runtimes_own_future_imports_do_not_reach_the_source(self) -> None:
        event = self.host.run("def f(x: 1 + 1): pass\ndef run(): return f.__annotations__['x']\n")
        self.assertEqual(self.host.value(event), 2)

    def test_a_module_keeps_its_state_within_a_revision_and_loses_it_with_the_next(self) -> None:
        source = "count = 0\ndef run():\n    global count\n    count += 1\n    return count\n"
        self.host.define(source)
        self.host.execute(task("t1"))
        self.assertEqual(self.host.value(self.host.execute(task("t2"))[-1]), 2)
        self.host.define(source + "# changed\n", revision="2")
        self.assertEqual(self.host.value(self.host.execute(task("t3", revision="2"))[-1]), 1)

    def test_types_of_one_source_share_classes_and_run_its_body_once(self) -> None:
        source = """
print("body")
class Point: pass
def make(): return Point()
def check(point): return isinstance(point, Point)
"""
        self.host.define(source, typeId="make", entry="make")
        self.host.define(source, typeId="check", entry="check")
        events = self.host.execute(
            task("t1", type_id="make"),
            task("t2", type_id="check", inputs={"point": {"kind": "task", "task": "t1", "port": "result"}}),
        )
        self.assertIs(self.host.value(events[-1]), True)
        self.assertEqual(self.host.text(), "body\n")

    def test_a_shared_source_lives_until_its_last_type_changes(self) -> None:
        source = "def run(): return __name__\n"
        self.host.define(source, typeId="first")
        self.host.define(source, typeId="second")
        self.host.define("def run(): return 1\n", typeId="first", revision="2")
        name = self.host.value(self.host.execute(task("t1", type_id="second"))[-1])
        self.assertIn(name, sys.modules)
        self.host.define("def run(): return 2\n", typeId="second", revision="2")
        self.assertNotIn(name, sys.modules)

    def test_values_of_an_old_revision_keep_working(self) -> None:
        self.host.define("factor = 3\nclass Row:\n    def times(self): return factor\ndef run(): return Row()\n")
        handle = self.host.execute(task("t1"))[-1]["outputs"]["result"]["handle"]
        self.host.define("def run(row): return row.times()\n", revision="2")
        source = {"kind": "handle", "handle": handle}
        self.assertEqual(self.host.value(self.host.execute(task("t2", revision="2", inputs={"row": source}))[-1]), 3)

    def test_defining_never_raises_and_never_runs_anything(self) -> None:
        self.host.define("1 / 0", typeId="broken")
        self.host.define("def (", typeId="worse")
        self.assertEqual(self.host.run("def run(): return 1")["kind"], "success")

    def test_a_module_body_that_failed_is_tried_again(self) -> None:
        source = "import late_module\ndef run(): return late_module.value\n"
        self.host.define(source)
        self.assertEqual(self.host.execute(task("t1"))[-1]["error"]["code"], "python/missing-module")
        late = type(sys)("late_module")
        late.value = 7  # type: ignore[attr-defined]
        sys.modules["late_module"] = late
        self.addCleanup(sys.modules.pop, "late_module")
        self.assertEqual(self.host.value(self.host.execute(task("t2"))[-1]), 7)

    def test_odd_ids_make_valid_module_names(self) -> None:
        odd = "flow/größe-1 \n☃"
        self.host.define("def run(): return __name__", typeId=odd)
        event = self.host.execute(task("t1", type_id=odd))[-1]
        self.assertTrue(self.host.value(event).isidentifier())

    def test_a_mark_at_the_beginning_is_no_code(self) -> None:
        self.assertEqual(self.host.run("\ufeffdef run(x): return 1 / x\n", {"x": 0})["error"]["frames"][0]["line"], 1)

    def test_close_leaves_no_modules(self) -> None:
        self.host.run("def run(): return 1")
        self.host.runtime.close()
        self.assertEqual([name for name in sys.modules if name.startswith("loom_node_")], [])


class RunLiteralTest(HostTestCase):
    def test_type_ids_other_than_the_default(self) -> None:
        self.host.define("def run(x): return x", typeId="flow/a@b")
        event = self.host.execute(task("t1", type_id="flow/a@b", inputs={"x": literal("y")}))[-1]
        self.assertEqual(self.host.value(event), "y")


if __name__ == "__main__":
    unittest.main()
