from __future__ import annotations

import asyncio
import gc
import json
import os
import signal
import threading
import unittest
import warnings

from host import batch_of, HostTestCase, kinds, literal, task

QUICK = "def run():\n    return 1\n"


class InterruptTest(HostTestCase):
    def interrupted(self, source: str, after: float = 0.05, again: float = 0.0) -> list[tuple[str, str]]:
        """Runs two tasks and sends SIGINT meanwhile; gives the final events, and proves that the next batch works."""
        self.host.define(source)
        stop, begun = threading.Event(), threading.Event()
        self.host.on_group = begun.set

        def send() -> None:
            begun.wait(10)
            stop.wait(after)
            while not stop.is_set():
                os.kill(os.getpid(), signal.SIGINT)
                if not again:
                    return
                stop.wait(again)

        sender = threading.Thread(target=send)
        sender.start()
        try:
            events = self.host.execute(task("t1"), task("t2"))
        finally:
            stop.set()
            sender.join()
        final = [event for event in kinds(events) if event[1] in ("success", "error", "cancelled", "unresolved")]
        self.assertEqual(self.host.run(QUICK)["kind"], "success")
        return final

    def test_running_code_is_stopped_and_the_rest_is_cancelled(self) -> None:
        cancelled = [("t1", "cancelled"), ("t2", "cancelled")]
        cases = {
            "endless loop": "def run():\n    while True: pass\n",
            "endless loop in async": "async def run():\n    while True: pass\n",
            "endless generator": "def run():\n    while True:\n        if False: yield\n",
            "endless print": "def run():\n    while True: print('x' * 80)\n",
            "endless print in async": "async def run():\n    while True: print('x' * 80)\n",
            "endless progress": "def run(ctx):\n    while True: ctx.progress(0.5)\n",
            "sleep": "import time\ndef run():\n    while True: time.sleep(10)\n",
            "waiting in async": "import asyncio\nasync def run():\n    await asyncio.sleep(60)\n",
            "async generator": """
import asyncio
async def run():
    while True:
        await asyncio.sleep(0)
        if False: yield
""",
            "body of the module": "while True: pass\n",
            "looks of the result": """
class Slow:
    def __repr__(self):
        while True: pass
def run(): return Slow()
""",
            "html of the result": """
class Slow:
    def _repr_html_(self):
        while True: pass
def run(): return Slow()
""",
            "error while it cleans up": """
def run():
    try:
        while True: len([])
    finally:
        1 / 0
""",
            "task that it started": """
import asyncio
async def part():
    await asyncio.sleep(60)
async def run():
    await asyncio.gather(part(), part())
""",
        }
        for name, source in cases.items():
            with self.subTest(name):
                self.assertEqual(self.interrupted(source), cancelled)

    def test_a_signal_just_before_the_code_begins_is_not_lost(self) -> None:
        for turn in range(100):
            final = self.interrupted("def run():\n    while True: pass\n", after=turn * 0.000_02)
            self.assertEqual(final, [("t1", "cancelled"), ("t2", "cancelled")])
        # The same moment, hit exactly.
        self.host.on_group = lambda: os.kill(os.getpid(), signal.SIGINT)
        for prefix in ("", "async "):
            self.host.define(f"{prefix}def run():\n    while True: pass\n")
            self.assertEqual(kinds(self.host.execute(task("t1")))[-1], ("t1", "cancelled"))

    def test_repeated_signals_never_break_the_runtime(self) -> None:
        sources = [
            "def run():\n    while True: print('x' * 80)\n",
            "def run():\n    while True: pass\n",
            "import asyncio\nasync def run():\n    while True: await asyncio.sleep(0)\n",
        ]
        for source in sources:
            with self.subTest(source):
                final = self.interrupted(source, after=0.02, again=0.0005)
                self.assertEqual(final, [("t1", "cancelled"), ("t2", "cancelled")])

    def test_a_node_that_catches_the_interrupt_may_end_well_and_the_rest_is_cancelled(self) -> None:
        # The statement before the loop: CPython 3.11 leaves the first jump of a `try` out of it.
        source = """
def run():
    try:
        n = 0
        while True: n += 1
    except KeyboardInterrupt:
        return "stopped"
"""
        self.assertEqual(self.interrupted(source), [("t1", "success"), ("t2", "cancelled")])

    def test_an_async_node_may_clean_up_and_print(self) -> None:
        source = """
import asyncio
async def run():
    try:
        await asyncio.sleep(60)
    finally:
        for n in range(3000):
            print("cleaned", n)
"""
        self.host.define(source)

        async def cancel_while_running() -> None:
            batch = batch_of(task("t1"))
            running = asyncio.ensure_future(self.host.runtime.execute(batch, ()))
            await asyncio.sleep(0.01)
            self.host.runtime.cancel()
            await running

        asyncio.run(cancel_while_running())
        self.assertIn("cleaned 2999\n", self.host.text())
        self.assertEqual(self.host.events[-1], {"kind": "cancelled", "task": "t1"})

    def test_a_cancel_before_the_first_step_leaves_no_warning(self) -> None:
        self.host.define("async def run():\n    return 1\n")

        async def cancel_at_once() -> None:
            running = asyncio.ensure_future(
                self.host.runtime.execute(batch_of(task("t1")), ())
            )
            await asyncio.sleep(0)
            self.host.runtime.cancel()
            await running

        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            asyncio.run(cancel_at_once())
            gc.collect()
        self.assertEqual([str(item.message) for item in caught], [])
        self.assertEqual(kinds(self.host.events), [("t1", "started"), ("t1", "cancelled")])

    def test_cancel_between_tasks_needs_no_signal(self) -> None:
        self.host.define("import time\ndef run():\n    time.sleep(0.03)\n")

        async def cancel_while_running() -> None:
            batch = batch_of(*(task(f"t{place}") for place in range(100)))
            running = asyncio.ensure_future(self.host.runtime.execute(batch, ()))
            await asyncio.sleep(0.01)
            self.host.runtime.cancel()
            await running

        asyncio.run(cancel_while_running())
        final = [event["kind"] for event in self.host.events if event["kind"] != "started"]
        self.assertEqual(len(final), 100)
        self.assertEqual(final[-1], "cancelled")
        self.assertLess(final.count("success"), 10)

    def test_cancelling_the_execution_itself_cancels_the_batch(self) -> None:
        self.host.define("import asyncio\nasync def run():\n    await asyncio.sleep(60)\n")

        async def cancel_while_running() -> None:
            batch = batch_of(task("t1"), task("t2"))
            running = asyncio.ensure_future(self.host.runtime.execute(batch, ()))
            await asyncio.sleep(0.01)
            running.cancel()
            await running

        asyncio.run(cancel_while_running())
        self.assertEqual(kinds(self.host.events), [("t1", "started"), ("t1", "cancelled"), ("t2", "cancelled")])

    def test_a_late_cancel_or_signal_does_not_hit_the_next_batch(self) -> None:
        self.host.define(QUICK)
        self.host.runtime.cancel()
        self.assertEqual(self.host.execute(task("t1"))[-1]["kind"], "success")
        os.kill(os.getpid(), signal.SIGINT)
        self.assertEqual(self.host.execute(task("t2"))[-1]["kind"], "success")

    def test_a_loop_may_look_whether_it_is_cancelled(self) -> None:
        self.host.define("""
import asyncio
async def run(ctx):
    while not ctx.cancelled:
        try:
            await asyncio.sleep(0.001)
        except asyncio.CancelledError:
            pass
    return "early"
""")
        source = self.host

        async def cancel_while_running() -> None:
            running = asyncio.ensure_future(source.runtime.execute(batch_of(task("t1")), ()))
            await asyncio.sleep(0.01)
            source.runtime.cancel()
            await running

        asyncio.run(cancel_while_running())
        self.assertEqual(source.value(source.events[-1]), "early")

    def test_a_preview_that_hangs_can_be_interrupted(self) -> None:
        self.host.define("""
class Moody:
    calls = 0
    def __repr__(self):
        Moody.calls += 1
        while Moody.calls > 1: pass
        return "quick"
def run(): return Moody()
""")
        handle = self.host.execute(task("t1"))[-1]["outputs"]["result"]["handle"]
        timer = threading.Timer(0.05, lambda: os.kill(os.getpid(), signal.SIGINT))
        timer.start()
        with self.assertRaisesRegex(RuntimeError, "value/interrupted"):
            self.host.runtime.preview(handle)
        timer.join()

    def test_sigint_is_given_back(self) -> None:
        handler = signal.getsignal(signal.SIGINT)
        self.host.runtime.close()
        self.assertNotEqual(signal.getsignal(signal.SIGINT), handler)
        self.host.runtime.close()


class InterruptTimingTest(HostTestCase):
    def test_an_interrupt_at_any_moment_leaves_one_final_event_per_task(self) -> None:
        """Sends signals by a fast timer into many short batches, so that they hit every part of the runtime."""
        self.host.define("def run(n):\n    print('x' * n)\n    return [n] * 3\n")
        tasks = [task(f"t{place}", inputs={"n": literal(place)}) for place in range(60)]
        cancelled = 0
        for turn in range(60):
            kept = signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGINT))
            signal.setitimer(signal.ITIMER_REAL, 0.0001 + turn * 0.00005)
            try:
                events = self.host.execute(*tasks)
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, kept)
            final = [event["task"] for event in events if event["kind"] in ("success", "cancelled", "error")]
            self.assertEqual(final, [item["id"] for item in tasks])
            self.assertNotIn("error", [event["kind"] for event in events])
            cancelled += any(event["kind"] == "cancelled" for event in events)
        self.assertGreater(cancelled, 0)


if __name__ == "__main__":
    unittest.main()
