from __future__ import annotations

import gc
import linecache
import sys
import unittest
import weakref

from host import HostTestCase, literal, task

COMPREHENSIONS_ARE_INLINED = sys.version_info >= (3, 12)


class FrameTest(HostTestCase):
    def error(self, source: str, **inputs: object) -> dict:
        event = self.host.run(source, dict(inputs))
        self.assertEqual(event["kind"], "error", event)
        return event["error"]

    def test_places_are_exact(self) -> None:
        error = self.error(
            'def inner(x):\n    return 1 / x["k"]\n\ndef run(x):\n    return [0, inner(x)]\n', x={"k": 0}
        )
        self.assertEqual(error["message"], "ZeroDivisionError: division by zero")
        self.assertEqual(
            error["frames"],
            [
                {
                    "typeId": "test",
                    "functionName": "run",
                    "line": 5,
                    "column": 16,
                    "endLine": 5,
                    "endColumn": 24,
                    "text": "    return [0, inner(x)]",
                },
                {
                    "typeId": "test",
                    "functionName": "inner",
                    "line": 2,
                    "column": 12,
                    "endLine": 2,
                    "endColumn": 22,
                    "text": '    return 1 / x["k"]',
                },
            ],
        )
        self.assertEqual(
            error["traceback"],
            'Traceback (most recent call last):\n  File "test", line 5, in run\n    return [0, inner(x)]\n'
            '               ^^^^^^^^\n  File "test", line 2, in inner\n    return 1 / x["k"]\n           ^^^^^^^^^^\n'
            "ZeroDivisionError: division by zero",
        )

    def test_columns_count_utf16_units(self) -> None:
        cases = {
            'def run(x):\n    return "é", 1 / x\n': (17, 22),
            'def run(x):\n    return "日本", 1 / x\n': (18, 23),
            'def run(x):\n    return "😀😀", 1 / x\n': (20, 25),
            'def run(x):\n    return "\u2028\x0c", 1 / x\n': (18, 23),
            "def run(x):\r\n    return 1 / x\r\n": (12, 17),
        }
        for source, columns in cases.items():
            with self.subTest(source=source):
                frame = self.error(source, x=0)["frames"][-1]
                self.assertEqual((frame["line"], frame["column"], frame["endColumn"]), (2, *columns))
                self.assertEqual(frame["text"], source.split("\n")[1].rstrip("\r"))

    def test_an_expression_over_several_lines_has_its_end(self) -> None:
        frame = self.error("def run(x):\n    return (1 /\n            x)\n", x=0)["frames"][-1]
        self.assertEqual((frame["line"], frame["column"], frame["endLine"], frame["endColumn"]), (2, 13, 3, 14))

    def test_an_error_in_a_comprehension(self) -> None:
        frames = self.error("def run(x):\n    return [1 / n for n in x]\n", x=[1, 0])["frames"]
        self.assertEqual((frames[-1]["line"], frames[-1]["column"], frames[-1]["endColumn"]), (2, 13, 18))
        self.assertEqual(len(frames), 1 if COMPREHENSIONS_ARE_INLINED else 2)

    def test_an_error_in_async_code_with_a_nested_cause(self) -> None:
        source = """
import asyncio

async def load(rows):
    await asyncio.sleep(0)
    return ["😀" and row["mass"] for row in rows]

async def run(rows):
    try:
        return await load(rows)
    except KeyError as error:
        raise ValueError("no mass") from error
"""
        error = self.error(source, rows=[{}])
        self.assertEqual(error["message"], "ValueError: no mass")
        self.assertEqual([(frame["functionName"], frame["line"]) for frame in error["frames"]], [("run", 12)])
        cause = error["cause"]
        self.assertEqual(cause["message"], "KeyError: 'mass'")
        self.assertEqual(cause["frames"][-1]["line"], 6)
        self.assertEqual((cause["frames"][-1]["column"], cause["frames"][-1]["endColumn"]), (22, 33))
        self.assertIn("The exception above was the direct cause", error["traceback"])
        self.assertNotIn("loom_runtime", error["traceback"])

    def test_context_is_a_cause_unless_it_is_suppressed(self) -> None:
        source = (
            "def run(x):\n    try:\n        1 / x\n    except ZeroDivisionError as e:\n        raise ValueError('v')"
        )
        self.assertEqual(self.error(source, x=0)["cause"]["message"], "ZeroDivisionError: division by zero")
        self.assertIn("While the exception above was handled", self.error(source, x=0)["traceback"])
        self.assertNotIn("cause", self.error(source + " from None", x=0))

    def test_only_the_users_frames_are_told(self) -> None:
        error = self.error("import json\ndef run(x):\n    return json.loads(x)\n", x="{")
        self.assertEqual([frame["functionName"] for frame in error["frames"]], ["run"])
        self.assertNotIn("json/decoder", error["traceback"])

    def test_functions_are_named_as_in_the_source(self) -> None:
        source = "class A:\n    def run(self):\n        def inner(): 1 / 0\n        inner()\ndef run(): A().run()\n"
        names = [frame["functionName"] for frame in self.error(source)["frames"]]
        self.assertEqual(names, ["run", "A.run", "inner"])

    def test_an_error_in_the_body_of_the_module(self) -> None:
        error = self.error("x = 0\ny = 1 / x\ndef run(): return 1\n")
        self.assertEqual([(f["functionName"], f["line"], f["column"]) for f in error["frames"]], [("<module>", 2, 5)])

    def test_a_deep_recursion_is_abridged(self) -> None:
        error = self.error("def run(n=0):\n    return run(n + 1)\n")
        self.assertTrue(error["message"].startswith("RecursionError: maximum recursion depth exceeded"))
        self.assertEqual(len(error["frames"]), 40)
        self.assertLess(len(error["traceback"]), 30_001)

    def test_a_shared_source_tells_the_type_of_the_task(self) -> None:
        source = "def first(x): return 1 / x\ndef second(x): return first(x)\n"
        self.host.define(source, typeId="shelf/first", entry="first")
        self.host.define(source, typeId="shelf/second", entry="second")
        event = self.host.execute(task("t1", type_id="shelf/second", inputs={"x": literal(0)}))[-1]
        self.assertEqual({frame["typeId"] for frame in event["error"]["frames"]}, {"shelf/second"})


class MessageTest(HostTestCase):
    def message(self, body: str) -> str:
        event = self.host.run(f"def run():\n    {body}\n")
        self.assertEqual(event["kind"], "error", event)
        return event["error"]["message"]

    def test_messages(self) -> None:
        deep = "a = []\n    for n in range(50_000): a = [a]\n    "
        cases = {
            "raise ValueError": "ValueError",
            "raise ValueError('')": "ValueError",
            "raise ValueError('a', 1)": "ValueError: ('a', 1)",
            "raise KeyError('k')": "KeyError: 'k'",
            "raise ValueError('x' * 10_000)": f"ValueError: {'x' * 1987}…",
            "raise OSError(2, 'No such file', 'a.txt')": "OSError: [Errno 2] No such file: 'a.txt'",
            "open('/nowhere/at/all')": "FileNotFoundError: [Errno 2] No such file or directory: '/nowhere/at/all'",
            "raise type('E', (Exception,), {'__str__': lambda s: 1/0})": "E: <str failed: ZeroDivisionError>",
            "raise type('E', (Exception,), {'__str__': lambda s: 5})": "E: <str failed: TypeError>",
            f"{deep}raise ValueError(a)": "ValueError: [[[[[[…]]]]]]",
            f"{deep}raise KeyError(a, 1)": "KeyError: ([[[[[…]]]]], 1)",
            "import sys; sys.exit()": "SystemExit: the node called sys.exit(). Return from the function instead.",
        }
        for body, message in cases.items():
            with self.subTest(body=body):
                if "FileNotFound" in message or "OSError" in message:
                    self.assertIn("No such file", self.message(body))
                else:
                    self.assertEqual(self.message(body), message)

    def test_a_missing_module_is_named(self) -> None:
        for body, module in {
            "import pandas_": "pandas_",
            "from a_b.c import d": "a_b",
            "import json.none": "json",
        }.items():
            event = self.host.run(f"def run():\n    {body}\n")
            self.assertEqual(event["error"]["code"], "python/missing-module")
            self.assertIn(f"the module “{module}” is not available here", event["error"]["message"])
            self.assertEqual(event["error"]["frames"][-1]["line"], 2)
        self.assertEqual(self.host.run("import nothing_\ndef run(): pass")["error"]["code"], "python/missing-module")

    def test_groups_are_summarised(self) -> None:
        event = self.host.run("""
def part(n):
    raise ValueError(f"part {n}")
def run():
    found = []
    for n in range(3):
        try:
            part(n)
        except ValueError as error:
            found.append(error)
    raise ExceptionGroup("several", found)
""")
        error = event["error"]
        self.assertEqual(
            error["message"], "ExceptionGroup: several (ValueError: part 0; ValueError: part 1; ValueError: part 2)"
        )
        self.assertIn('  |   File "test", line 3, in part\n', error["traceback"])

    def test_notes_are_told(self) -> None:
        event = self.host.run("def run():\n    e = ValueError('x')\n    e.add_note('while reading')\n    raise e\n")
        self.assertTrue(event["error"]["traceback"].endswith("ValueError: x\nwhile reading"))

    def test_a_chain_of_causes_ends(self) -> None:
        event = self.host.run("""
def run():
    error = ValueError(0)
    for n in range(1, 1000):
        following = ValueError(n)
        following.__cause__ = error
        error = following
    raise error
""")
        depth, error = 0, event["error"]
        while "cause" in error:
            depth, error = depth + 1, error["cause"]
        self.assertEqual(depth, 8)
        circle = self.host.run(
            "def run():\n    a, b = ValueError(1), ValueError(2)\n    a.__cause__, b.__cause__ = b, a\n    raise a\n"
        )
        self.assertEqual(circle["error"]["cause"]["message"], "ValueError: 2")


class SyntaxTest(HostTestCase):
    def test_places_of_syntax_errors(self) -> None:
        cases = [
            ("def run(:\n    pass\n", 1, 9),
            ("x = 1\ndef run()\n    pass\n", 2, 10),
            ("def run():\n  '😀' +\n", 2, 9),
            ("def run():\npass\n", 2, 1),
            ("def run():\n    return 'open\n", 2, 12),
            ("return 5\n", 1, 1),
        ]
        for source, line, column in cases:
            with self.subTest(source=source):
                error = self.host.run(source)["error"]
                self.assertEqual(error["code"], "python/syntax")
                self.assertRegex(error["message"], "^(Syntax|Indentation)Error: ")
                frame = error["frames"][0]
                self.assertEqual((frame["line"], frame["column"]), (line, column))
                self.assertEqual(frame["text"], source.split("\n")[line - 1])
                self.assertEqual(frame["typeId"], "test")

    def test_sources_that_break_the_compiler_are_errors(self) -> None:
        for source in (
            "x = '\ud800'\ndef run(): pass",
            "a\0b",
            "(" * 5000,
            "x = " + "-" * 100_000 + "1",
            "x = [" * 300,
        ):
            with self.subTest(source=source[:20]):
                event = self.host.run(source)
                self.assertEqual(event["kind"], "error")
                self.assertIn(event["error"]["code"], ("python/syntax", "python/exception"))
                self.assertEqual(self.host.run("def run(): return 1")["kind"], "success")

    def test_a_syntax_error_of_code_that_the_node_compiles_is_an_exception(self) -> None:
        error = self.host.run("def run():\n    compile('1 +', 'x', 'exec')\n")["error"]
        self.assertEqual((error["code"], error["frames"][-1]["line"]), ("python/exception", 2))

    def test_a_source_without_the_function(self) -> None:
        self.assertIn("has no function run()", self.host.run("x = 1")["error"]["message"])
        self.assertIn("run is not a function", self.host.run("run = 1")["error"]["message"])


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
