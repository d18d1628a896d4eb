from __future__ import annotations

import sys
import unittest

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


if __name__ == "__main__":
    unittest.main()
