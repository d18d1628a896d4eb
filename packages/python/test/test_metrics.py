from __future__ import annotations

import json
import unittest
from decimal import Decimal
from fractions import Fraction
from typing import Any

from host import Clock, Host, task

from loom_runtime.metrics import MAX_NAMES, MAX_WAITING, Metrics


class MetricTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock = Clock()
        self.host = Host(clock=self.clock)
        self.addCleanup(self.host.runtime.close)

    def told(self, body: str) -> list[tuple[str, Any, float]]:
        lines = "\n".join(f"    {line}" for line in body.strip().split("\n"))
        event = self.host.run(f"def run(ctx):\n{lines}\n")
        self.assertEqual(event["kind"], "success", event)
        return [
            (event["name"], event["value"], event["step"]) for event in self.host.events if event["kind"] == "metric"
        ]

    def test_steps_are_counted_for_each_name(self) -> None:
        body = """
ctx.metric("loss", 3)
ctx.metric("rate", 0.1)
ctx.metric("loss", float("nan"))
ctx.metric("loss", 1, step=10)
ctx.metric("loss", True)
"""
        expected = [("loss", 3.0, 0), ("loss", None, 1), ("loss", 1.0, 10), ("loss", 1.0, 11), ("rate", 0.1, 0)]
        self.assertEqual(self.told(body), expected)

    def test_anything_that_is_one_number_counts(self) -> None:
        class Tensor:
            def item(self) -> float:
                return 2.5

        class Scalar:
            def __float__(self) -> float:
                return 3.5

        metrics = Metrics()
        for value in (Decimal("0.5"), Fraction(3, 2), Tensor(), Scalar(), 10**400 // 10**399):
            metrics.add("m", value)
        self.assertEqual([json.loads(event)["value"] for event in metrics.drain('"t"')], [0.5, 1.5, 2.5, 3.5, 10.0])

    def test_what_comes_fast_is_thinned_and_keeps_its_ends(self) -> None:
        told = self.told('for n in range(10_000): ctx.metric("loss", n)')
        steps = [step for _, _, step in told]
        self.assertLessEqual(len(told), MAX_WAITING)
        self.assertGreater(len(told), MAX_WAITING // 4)
        self.assertEqual(steps, sorted(steps))
        self.assertEqual(steps[-1], 9_999)

    def test_what_comes_slowly_is_told_as_it_comes(self) -> None:
        self.host.define("def run(ctx, tick):\n    for n in range(3):\n        ctx.metric('loss', n)\n        tick()\n")
        clock = self.clock

        def tick() -> None:
            clock.now += 1

        self.host.runtime._values._held["tick"] = tick
        self.host.execute(task("t1", inputs={"tick": {"kind": "handle", "handle": "tick"}}))
        groups = [[event["step"] for event in group if event["kind"] == "metric"] for group in self.host.groups]
        self.assertEqual([group for group in groups if group], [[0, 1], [2]])

    def test_what_is_no_metric_is_an_error_of_the_node(self) -> None:
        for call, message in (
            ("ctx.metric('', 1)", "TypeError: the name of a metric is a text of 1 to 200 characters"),
            ("ctx.metric('loss', 'low')", "TypeError: the value of the metric 'loss' is no number, but of type str"),
            ("ctx.metric('loss', 1, float('inf'))", "ValueError: the step of the metric 'loss' is not finite"),
            (
                f"[ctx.metric(str(n), 1) for n in range({MAX_NAMES + 1})]",
                "ValueError: a node tells at most 100 metrics: '100' is one too many",
            ),
        ):
            self.assertEqual(self.host.run(f"def run(ctx):\n    {call}\n")["error"]["message"], message)


class ProgressTest(unittest.TestCase):
    def reports(self, source: str) -> list[tuple[float, str | None]]:
        # The clock leaps, so that nothing waits for company.
        clock = Clock()

        class Leaping(Clock):
            def __call__(self) -> float:
                clock.now += 1
                return clock.now

        host = Host(clock=Leaping())
        self.addCleanup(host.runtime.close)
        event = host.run(source)
        self.assertEqual(event["kind"], "success", event)
        return [
            (event["fraction"], event.get("message")) for event in host.events if event["kind"] == "progress"
        ]

    def test_a_loop_reports_along_the_way(self) -> None:
        source = "def run(ctx):\n    return [n for n in ctx.progress([1, 2], 'made')]\n"
        self.assertEqual(self.reports(source), [(0, "made 0 of 2"), (0.5, "made 1 of 2"), (1, "made 2 of 2")])

    def test_so_does_an_async_one_and_one_whose_length_is_told(self) -> None:
        source = """
async def items():
    yield 1
    yield 2
async def run(ctx):
    return [n async for n in ctx.progress(items(), total=2)]
"""
        self.assertEqual(self.reports(source), [(0, "0 of 2"), (0.5, "1 of 2"), (1, "2 of 2")])

    def test_without_a_length_items_are_counted(self) -> None:
        source = "def run(ctx):\n    for n in ctx.progress(iter('ab')):\n        if n == 'b': break\n"
        self.assertEqual(self.reports(source), [(0, "0"), (0, "1")])

    def test_a_number_is_still_a_fraction(self) -> None:
        source = "def run(ctx):\n    ctx.progress(2)\n    ctx.progress(float('nan'), 'x')\n    return len(ctx.progress('abc'))\n"
        self.assertEqual(self.reports(source), [(1, None), (0, "x")])


if __name__ == "__main__":
    unittest.main()
