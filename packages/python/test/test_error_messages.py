from __future__ import annotations

import unittest

from host import HostTestCase


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


if __name__ == "__main__":
    unittest.main()
