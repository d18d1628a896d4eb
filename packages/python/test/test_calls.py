from __future__ import annotations

import unittest

from host import HostTestCase, literal, task


class ArgumentTest(HostTestCase):
    def called(self, source: str, **inputs: object) -> object:
        event = self.host.run(source, dict(inputs))
        self.assertEqual(event["kind"], "success", event)
        return self.host.value(event)

    def test_every_kind_of_parameter_gets_its_input(self) -> None:
        cases: list[tuple[str, dict[str, object], object]] = [
            ("def run(a, b=2): return [a, b]", {"a": 1}, [1, 2]),
            ("def run(a, *, b): return [a, b]", {"a": 1, "b": 3}, [1, 3]),
            ("def run(a, /, b): return [a, b]", {"a": 1, "b": 3}, [1, 3]),
            ("def run(a, b=5, c=6, /): return [a, b, c]", {"a": 1, "c": 3}, [1, 5, 3]),
            ("def run(*values): return values", {"values": [1, 2]}, (1, 2)),
            ("def run(*values): return values", {}, ()),
            ("def run(a, *values, b=0): return [a, values, b]", {"a": 1, "values": [2, 3], "b": 4}, [1, (2, 3), 4]),
            ("def run(a=7, *values): return [a, values]", {"values": [2]}, [7, (2,)]),
            ("def run(a=7, *values): return [a, values]", {}, [7, ()]),
            ("def run(**named): return named", {"x": 1, "y": 2}, {"x": 1, "y": 2}),
            ("run = lambda a: a * 2", {"a": 4}, 8),
            (
                "class run:\n    def __init__(self, a): self.a = a\n    def __eq__(self, b): return self.a == b",
                {"a": 4},
                4,
            ),
            ("run = dict", {"a": 4}, {"a": 4}),
            ("import functools\nrun = functools.partial(max, 3)\n", {"key": None}, None),
        ]
        for source, inputs, expected in cases[:-1]:
            with self.subTest(source=source):
                self.assertEqual(self.called(source, **inputs), expected)

    def test_absent_is_not_a_value_but_none_is(self) -> None:
        source = "def run(a='default'): return [a]"
        self.assertEqual(self.called(source), ["default"])
        for value in (None, 0, "", False, []):
            self.assertEqual(self.called(source, a=value), [value])

    def test_an_input_without_a_parameter_is_a_clear_error(self) -> None:
        error = self.host.run("def run(a): return a", {"a": 1, "b": 2})["error"]
        self.assertEqual(error["message"], "TypeError: run() got an unexpected keyword argument 'b'")

    def test_context_is_given_by_name_or_type(self) -> None:
        for source in (
            "def run(ctx): return ctx.node_id",
            "def run(*, ctx=None): return ctx.node_id",
            "from loom import Context\ndef run(context: Context): return context.node_id",
            "from __future__ import annotations\nfrom loom import Context\ndef run(c: Context): return c.node_id",
            "if False:\n    from loom import Context\ndef run(c: 'Context'): return c.node_id",
            "async def run(ctx): return ctx.node_id",
        ):
            with self.subTest(source=source):
                self.assertEqual(self.called(source), "node-t1")

    def test_annotations_that_cannot_be_evaluated_do_not_matter(self) -> None:
        self.assertEqual(self.called("def run(a: 'Missing', b: 'also.missing' = 1): return a + b", a=1), 2)

    def test_the_author_module_changes_nothing(self) -> None:
        source = """
from typing import Annotated, Literal
from loom import Context, Multiline, Range, Slider, Text, node

@node(title="Scale", pure=True)
def run(a: Annotated[float, Range(0, 1, step=0.1)], b: Annotated[float, Slider(0, 10)] = 2,
        c: Annotated[str, Multiline(), Text("name")] = "", d: Literal["x", "y"] = "x") -> float:
    return a * b
"""
        self.assertEqual(self.called(source, a=0.5), 1.0)
        self.assertEqual(self.called("from loom_runtime import node\n@node\ndef run(): return 5\n"), 5)


class ResultTest(HostTestCase):
    def outputs(self, source: str, returns: str, outputs: list[str]) -> dict[str, object]:
        event = self.host.run(source, returns=returns, outputs=outputs)
        self.assertEqual(event["kind"], "success", event)
        return {name: self.host.value(event, name) for name in event["outputs"]}

    def test_results_are_taken_apart(self) -> None:
        record = (
            "from typing import NamedTuple\nclass R(NamedTuple):\n    a: int\n    b: int\ndef run(): return R(1, 2)"
        )
        data = (
            "from dataclasses import dataclass\n@dataclass\nclass R:\n    a: int\n    b: int\ndef run(): return R(1, 2)"
        )
        expected = {"a": 1, "b": 2}
        for returns, source in (
            ("mapping", "def run(): return {'a': 1, 'b': 2, 'c': 3}"),
            ("mapping", record),
            ("mapping", data),
            ("sequence", record),
            ("sequence", "def run(): return 1, 2"),
            ("sequence", "def run(): return [1, 2]"),
            ("sequence", "def run(): return {'b': 2, 'a': 1}"),
        ):
            with self.subTest(returns=returns, source=source):
                self.assertEqual(self.outputs(source, returns, ["a", "b"]), expected)
        self.assertEqual(self.outputs("def run(): return 1, 2", "single", ["pair"]), {"pair": (1, 2)})
        self.assertEqual(self.outputs("def run(): return 5", "none", []), {})

    def test_a_result_that_does_not_fit_says_what_is_missing(self) -> None:
        cases = [
            ("mapping", "def run(): return {'a': 1}", "it has no “b”. It returned a dict with 'a'."),
            ("mapping", "def run(): return None", "it has no “a”. It returned None (None)."),
            ("sequence", "def run(): return 1", "it is not a tuple of 2. It returned 1 (int)."),
            (
                "sequence",
                "def run(): return 1, 2, 3",
                "it has 3 values in the place of 2. It returned (1, 2, 3) (tuple[int]).",
            ),
        ]
        for returns, source, message in cases:
            with self.subTest(source=source):
                error = self.host.run(source, returns=returns, outputs=["a", "b"])["error"]
                self.assertEqual(error["code"], "python/bad-result")
                self.assertEqual(error["message"], "run() should give the outputs a, b, but " + message)
                self.assertEqual(self.host.runtime.held, 0)

    def test_lazy_results_are_collected(self) -> None:
        for source in (
            "def run():\n    yield 1\n    yield 2\n",
            "async def run():\n    yield 1\n    yield 2\n",
            "async def run():\n    return (n for n in (1, 2))\n",
            "def run(): return map(int, '12')",
            "async def inner():\n    yield 1\n    yield 2\ndef run(): return inner()",
        ):
            with self.subTest(source=source):
                self.assertEqual(self.outputs(source, "single", ["result"]), {"result": [1, 2]})

    def test_an_endless_generator_ends_with_an_error(self) -> None:
        import loom_runtime.calls as calls

        kept, calls.MAX_STREAMED = calls.MAX_STREAMED, 1000
        self.addCleanup(setattr, calls, "MAX_STREAMED", kept)
        for prefix in ("", "async "):
            error = self.host.run(f"{prefix}def run():\n    while True:\n        yield 1\n")["error"]
            self.assertEqual(error["code"], "python/too-many-items")

    def test_an_async_node_may_wait_and_start_tasks(self) -> None:
        source = """
import asyncio
async def part(n):
    await asyncio.sleep(0)
    return n
async def run():
    return await asyncio.gather(*(part(n) for n in range(3)))
"""
        self.assertEqual(self.outputs(source, "single", ["result"]), {"result": [0, 1, 2]})

    def test_a_node_may_return_an_awaitable(self) -> None:
        source = "import asyncio\nasync def part(): return 7\ndef run(): return part()\n"
        self.assertEqual(self.outputs(source, "single", ["result"]), {"result": 7})

    def test_list_inputs_come_in_order(self) -> None:
        self.host.define("def run(items): return items")
        source = {"kind": "list", "items": [literal(2), literal("x"), {"kind": "list", "items": []}]}
        self.assertEqual(self.host.value(self.host.execute(task("t1", inputs={"items": source}))[-1]), [2, "x", []])


if __name__ == "__main__":
    unittest.main()
