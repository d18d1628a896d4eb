from __future__ import annotations

import sys
import unittest

from host import Clock, Host, kinds, literal, task

from loom_runtime.output import MAX_TURNS, TASK_LIMIT


class OutputTest(unittest.TestCase):
    def setUp(self) -> None:
        # The clock stands still, so that a slow machine does not send in two events what is written in one go.
        self.host = Host(clock=Clock())
        self.addCleanup(self.host.runtime.close)

    def printed(self, body: str) -> list[tuple[str, str]]:
        lines = "\n".join(f"    {line}" for line in body.strip().split("\n"))
        event = self.host.run(f"import sys\ndef run(ctx):\n{lines}\n")
        self.assertEqual(event["kind"], "success", event)
        return [(event["stream"], event["text"]) for event in self.host.events if event["kind"] == "output"]

    def test_streams_keep_their_order(self) -> None:
        body = """
print("one", end="")
print(" two", flush=True)
print("three", file=sys.stderr)
sys.stdout.write("partial")
ctx.log("four", 4, ["x"])
print()
"""
        self.assertEqual(
            self.printed(body),
            [
                ("stdout", "one two\n"),
                ("stderr", "three\n"),
                ("stdout", "partial"),
                ("log", "four 4 ['x']\n"),
                ("stdout", "\n"),
            ],
        )

    def test_all_ways_of_writing_arrive(self) -> None:
        cases = {
            "sys.stdout.writelines(['a', 'b'])": [("stdout", "ab")],
            "sys.stdout.buffer.write('é'.encode()[:1]); sys.stdout.buffer.write('é'.encode()[1:])": [("stdout", "é")],
            "print('\\ud800 \\x00 \"quoted\"')": [("stdout", '\ud800 \x00 "quoted"\n')],
            "sys.stdout.close(); print(sys.stdout.isatty(), sys.stdout.encoding)": [("stdout", "False utf-8\n")],
            "import logging; logging.warning('careful')": [("stderr", "WARNING:root:careful\n")],
            "import warnings; warnings.warn('old', stacklevel=1)": [
                ("stderr", "loom://test@1:3: UserWarning: old\n  import warnings; warnings.warn('old', stacklevel=1)\n")
            ],
        }
        for body, expected in cases.items():
            with self.subTest(body=body):
                self.assertEqual(self.printed(body), expected)

    def test_the_body_of_a_module_prints_into_its_first_task(self) -> None:
        self.host.define("print('loading')\ndef run(): return 1\n")
        events = self.host.execute(task("t1"), task("t2"))
        self.assertEqual(
            kinds(events),
            [("t1", "started"), ("t1", "output"), ("t1", "success"), ("t2", "started"), ("t2", "success")],
        )

    def test_async_tasks_keep_their_output_apart_also_in_what_they_start(self) -> None:
        self.host.define("""
import asyncio
async def later(name):
    await asyncio.sleep(0.01)
    print("late", name)
async def run(name):
    running = asyncio.ensure_future(later(name))
    asyncio.ensure_future(later("orphan of " + name))
    await running
    await asyncio.sleep(0)
    return name
""")
        events = self.host.execute(task("t1", inputs={"name": literal("a")}), task("t2", inputs={"name": literal("b")}))
        texts = {event["task"]: event["text"] for event in events if event["kind"] == "output"}
        self.assertTrue(texts["t1"].startswith("late a\n"))
        self.assertTrue(texts["t2"].startswith("late b\n"))

    def test_nothing_comes_after_the_last_event_of_a_task(self) -> None:
        self.host.define("""
import asyncio
kept = []
async def later(ctx):
    await asyncio.sleep(0.005)
    print("too late")
    ctx.progress(0.5)
async def run(first, ctx):
    if first:
        kept.append(asyncio.ensure_future(later(ctx)))
    else:
        await kept[0]
""")
        events = self.host.execute(
            task("t1", inputs={"first": literal(True)}), task("t2", inputs={"first": literal(False)})
        )
        self.assertEqual(kinds(events), [("t1", "started"), ("t1", "success"), ("t2", "started"), ("t2", "success")])

    def test_too_much_output_is_cut_and_counted(self) -> None:
        self.printed("for n in range(30_000): print('x' * 99)\nprint('end', file=sys.stderr)")
        text = self.host.text()
        self.assertEqual(text.count("x"), TASK_LIMIT // 100 * 99)
        self.assertEqual(text[TASK_LIMIT:], "\n… output cut after 1 MB\n… 2,000,004 more characters were dropped\n")
        self.assertLess(len(self.host.groups), 40)

    def test_one_enormous_write_is_cut(self) -> None:
        self.printed("print('x' * 5_000_000)")
        self.assertLess(len(self.host.text()), TASK_LIMIT + 100)

    def test_writing_something_else_than_text_is_the_usual_error(self) -> None:
        error = self.host.run("import sys\ndef run():\n    sys.stdout.write(b'x')\n")["error"]
        self.assertEqual(error["message"], "TypeError: write() argument must be str, not bytes")

    def test_output_outside_of_tasks_goes_to_the_real_stream(self) -> None:
        import io

        self.host.runtime.close()
        real = io.StringIO()
        kept, sys.stdout = sys.stdout, real
        self.addCleanup(setattr, sys, "stdout", kept)
        host = Host()
        print("host speaking")
        host.runtime.close()
        self.assertIs(sys.stdout, real)
        self.assertEqual(real.getvalue(), "host speaking\n")


class StreamingTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clock = Clock()
        self.host = Host(clock=self.clock)
        self.addCleanup(self.host.runtime.close)
        probe = type(sys)("probe")
        probe.clock = self.clock  # type: ignore[attr-defined]
        probe.texts = self.host.text  # type: ignore[attr-defined]
        probe.events = lambda: self.host.events  # type: ignore[attr-defined]
        probe.flush = self.host.runtime.flush  # type: ignore[attr-defined]
        sys.modules["probe"] = probe
        self.addCleanup(sys.modules.pop, "probe")

    def test_a_long_task_streams_what_it_prints(self) -> None:
        event = self.host.run("""
import probe
def run():
    seen = []
    for n in range(4):
        print(n)
        seen.append(probe.texts())
        probe.clock.now += 0.03
    return seen
""")
        self.assertEqual(self.host.value(event), ["", "", "0\n1\n2", "0\n1\n2"])

    def test_much_text_goes_out_without_waiting(self) -> None:
        event = self.host.run("import probe\ndef run():\n    print('x' * 70_000)\n    return len(probe.texts())\n")
        self.assertEqual(self.host.value(event), 70_000)

    def test_a_host_can_flush_before_it_blocks(self) -> None:
        event = self.host.run("import probe\ndef run():\n    print('x')\n    probe.flush()\n    return probe.texts()\n")
        self.assertEqual(self.host.value(event), "x\n")

    def test_progress_is_thinned_to_the_newest(self) -> None:
        self.host.run("""
import probe
def run(ctx):
    for n in range(1000):
        ctx.progress(n / 1000, f"{n} done")
        probe.clock.now += 0.001
    ctx.progress(5)
    ctx.progress(float("nan"))
    print("end")
    ctx.progress(-1, None)
""")
        progress = [event for event in self.host.events if event["kind"] == "progress"]
        self.assertEqual(len(progress), 21)
        self.assertEqual(progress[0], {"kind": "progress", "task": "t1", "fraction": 0.05, "message": "50 done"})
        self.assertEqual(progress[-1], {"kind": "progress", "task": "t1", "fraction": 0.0})

    def test_progress_comes_after_the_text_before_it(self) -> None:
        self.host.run("def run(ctx):\n    print('a')\n    ctx.progress(0.5)\n")
        self.assertEqual([event["kind"] for event in self.host.events], ["started", "output", "progress", "success"])

    def test_text_comes_after_what_was_measured_before_it(self) -> None:
        self.host.run("def run(ctx):\n    ctx.metric('a', 1)\n    print('b')\n    ctx.progress(0.5)\n    print('c')\n")
        kinds_told = [event["kind"] for event in self.host.events]
        self.assertEqual(kinds_told, ["started", "metric", "output", "progress", "output", "success"])

    def test_what_alternates_with_text_very_fast_is_thinned_all_the_same(self) -> None:
        self.host.run("def run(ctx):\n    for n in range(5000):\n        ctx.progress(n / 5000)\n        print(n % 10, end='')\n")
        told = [event["fraction"] for event in self.host.events if event["kind"] == "progress"]
        self.assertEqual(told[: MAX_TURNS + 1], [n / 5000 for n in range(MAX_TURNS)] + [4999 / 5000])
        self.assertEqual(len(told), MAX_TURNS + 1)


if __name__ == "__main__":
    unittest.main()
