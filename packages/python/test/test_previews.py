from __future__ import annotations

import datetime
import decimal
import json
import math
import unittest

from host import HostTestCase
from preview_case import TABLE, Broken, Colour, PreviewTestCase, text

from loom_runtime.previews import Preview, preview_of
from loom_runtime.sizes import size_of
from loom_runtime.summaries import summary


class Shouting(str):
    def __getitem__(self, key: object) -> str:
        raise RuntimeError

    def __len__(self) -> int:
        return 10**9


class ScalarTest(PreviewTestCase):
    def test_single_values(self) -> None:
        numbers = "1" * 8_192
        cases: list[tuple[object, str, str | None, str, bool]] = [
            (None, "None", None, "None", False),
            (True, "bool", None, "True", False),
            (12, "int", None, "12", False),
            (10**5000, "int", None, "<int of 16,610 bits>", False),
            (1.5, "float", None, "1.5", False),
            (math.nan, "float", None, "nan", False),
            (-math.inf, "float", None, "-inf", False),
            ("", "str", "0 characters", "", False),
            ("a\nb", "str", "3 characters", "a\nb", False),
            (numbers + "2", "str", "8,193 characters", numbers, True),
            (b"a\x00", "bytes", "2 bytes", "b'a\\x00'", False),
            (b"a" * 2000, "bytes", "2,000 bytes", f"b'{'a' * 1000}'…", True),
            (Colour.RED, "Colour", None, "Colour.RED", False),
            (decimal.Decimal("1.50"), "Decimal", None, "1.50", False),
            (datetime.date(2020, 1, 2), "date", None, "2020-01-02", False),
            (datetime.timedelta(1), "timedelta", None, "1 day, 0:00:00", False),
            (1j, "complex", None, "1j", False),
            (Broken(), "Broken", None, "<Broken: repr failed: ValueError>", False),
            (Shouting("abc"), "Shouting", "3 characters", "abc", False),
            (int, "type", None, "<class 'int'>", False),
            (len, "builtin_function_or_method", None, "<built-in function len>", False),
        ]
        for value, name, shape, shown, truncated in cases:
            with self.subTest(value=repr(type(value))):
                self.assertEqual(self.bounded(value), Preview(name, shape, {"text/plain": shown}, truncated))

    def test_the_short_way_says_the_same_as_the_long_one(self) -> None:
        for value in (None, True, 3, 10**5000, 1.5, math.nan, "é\u2028\ud800", "x" * 9000):
            preview = preview_of(value)
            shape = {} if preview.shape is None else {"shape": preview.shape}
            expected = {
                "handle": "v1",
                "typeName": preview.type_name,
                **shape,
                "preview": {"data": preview.data, "truncated": preview.truncated},
                "bytes": size_of(value),
            }
            self.assertEqual(json.loads(summary("v1", value)), expected)

    def test_a_repr_may_do_anything(self) -> None:
        for error in (SystemExit, RecursionError, MemoryError, GeneratorExit, BaseException):
            value = type("Odd", (), {"__repr__": lambda self, error=error: (_ for _ in ()).throw(error())})()
            self.assertIn("Odd: repr failed", text(value))
        endless = type("Endless", (), {"__repr__": lambda self: repr(self)})()
        self.assertEqual(text(endless), "<Endless: repr failed: RecursionError>")
        long = type("Long", (), {"__repr__": lambda self: "x" * 10**7})()
        self.assertEqual(len(text(long)), 2000)
        subclass = type("Sub", (), {"__repr__": lambda self: Shouting("odd")})()
        self.assertEqual(text(subclass), "odd")


class PreviewRequestTest(HostTestCase):
    def test_previews_by_handle(self) -> None:
        handle = self.host.run("def run(): return [{'n': n} for n in range(100)]")["outputs"]["result"]["handle"]
        answer = json.loads(self.host.runtime.preview(handle, '{"offset": 98, "limit": 5}'))
        self.assertEqual(answer["data"][TABLE]["rows"], [[98], [99]])
        self.assertTrue(answer["truncated"])
        for request in ("{}", None, '{"offset": null}', '{"offset": -5}'):
            self.assertEqual(len(json.loads(self.host.runtime.preview(handle, request))["data"][TABLE]["rows"]), 100)

    def test_a_value_that_cannot_be_shown_is_a_success_all_the_same(self) -> None:
        source = """
class Odd:
    columns = 1
    @property
    def shape(self): raise SystemExit
    def __repr__(self): 1 / 0
def run(): return Odd()
"""
        event = self.host.run(source)
        self.assertEqual(event["kind"], "success")
        self.assertIn("failed", event["outputs"]["result"]["preview"]["data"]["text/plain"])


if __name__ == "__main__":
    unittest.main()
