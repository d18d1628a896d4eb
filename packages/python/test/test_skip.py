from __future__ import annotations

import copy
import pickle
import unittest

from host import HostTestCase, kinds, output_of, task

from loom_runtime import skip


class SkipTest(HostTestCase):
    def skipped(self, source: str, returns: str) -> tuple[list[str], dict[str, str]]:
        """The ports that have a value, and what becomes of tasks that need one."""
        self.host.define(source, returns=returns, outputs=["a", "b"])
        self.host.define("def run(x): return x", typeId="echo")
        events = self.host.execute(
            task("t1"),
            task("a", "echo", inputs={"x": output_of("t1", "a")}),
            task("b", "echo", inputs={"x": {"kind": "list", "items": [output_of("t1", "b")]}}),
        )
        success = next(event for event in events if event["kind"] == "success")
        self.assertEqual(success["task"], "t1")
        return list(success["outputs"]), dict(kinds(events)[2:])

    def test_a_port_that_is_skipped_is_left_out(self) -> None:
        cases = [
            ("def run(): return skip, 2", "sequence", ["b"]),
            ("def run(): return {'a': 1, 'b': skip}", "mapping", ["a"]),
            ("def run(): return skip", "sequence", []),
            ("async def run(): return skip", "mapping", []),
        ]
        for source, returns, ports in cases:
            with self.subTest(source):
                given, ends = self.skipped(f"from loom import skip\n{source}\n", returns)
                self.assertEqual(given, ports)
                for port in "ab":
                    self.assertEqual(ends[port], "success" if port in ports else "unresolved")

    def test_a_single_output_may_be_skipped_also_when_it_is_a_stream(self) -> None:
        for streams in ([], ["result"]):
            event = self.host.run("from loom import skip\ndef run(): return skip\n", streams=streams)
            self.assertEqual((event["kind"], event["outputs"]), ("success", {}))
        self.assertEqual(self.host.runtime.held, 0)

    def test_there_is_one(self) -> None:
        self.assertEqual(repr(skip), "skip")
        self.assertIs(copy.deepcopy(skip), skip)
        self.assertIs(pickle.loads(pickle.dumps(skip)), skip)


if __name__ == "__main__":
    unittest.main()
