from __future__ import annotations

import collections
import datetime
import math
import types
import unittest
from typing import Any

from preview_case import TREE, Colour, Pair, PreviewTestCase, Row, nested, text

from loom_runtime.previews import preview_of


class TreeTest(PreviewTestCase):
    def tree(self, value: object) -> Any:
        return self.bounded(value).data[TREE]

    def test_nested_values(self) -> None:
        value = {
            "a": [1, 2.5, None, True],
            2: (b"x", {3}),
            (1, 2): Row("n", Pair(1, "b")),
            "big": 2**60,
            "nan": math.nan,
            "when": datetime.date(2020, 1, 2),
            "more": collections.deque([types.SimpleNamespace(x=1)]),
            "colour": Colour.RED,
        }
        self.assertEqual(
            self.tree(value),
            {
                "a": [1, 2.5, None, True],
                "2": [{"$text": "b'x'"}, [3]],
                "(1, 2)": {"name": "n", "inner": {"a": 1, "b": "b"}},
                "big": {"$text": "1152921504606846976"},
                "nan": {"$text": "nan"},
                "when": {"$text": "2020-01-02"},
                "more": [{"x": 1}],
                "colour": {"$text": "Colour.RED"},
            },
        )
        self.assertFalse(preview_of(value).truncated)

    def test_names_and_shapes(self) -> None:
        cases: list[tuple[object, str, str | None]] = [
            ([], "list", "0 items"),
            ([1], "list[int]", "1 item"),
            ([1, "a"], "list", "2 items"),
            ((1.5, 2.5), "tuple[float]", "2 items"),
            ({"a": 1}, "dict", "1 key"),
            ({1, 2}, "set[int]", "2 items"),
            (list(range(1461)), "list[int]", "1,461 items"),
            (Row("n"), "Row", None),
            (collections.Counter("aab"), "Counter", "2 keys"),
        ]
        for value, name, shape in cases:
            with self.subTest(value=value):
                preview = self.bounded(value)
                self.assertEqual((preview.type_name, preview.shape), (name, shape))

    def test_cuts_are_marked(self) -> None:
        long = self.bounded(list(range(250)))
        self.assertEqual((long.data[TREE][-2:], long.truncated), ([99, {"$cut": 150}], True))
        wide = self.bounded({str(n): n for n in range(250)})
        self.assertEqual((len(wide.data[TREE]), wide.data[TREE]["…"], wide.truncated), (101, {"$cut": 150}, True))
        self.assertEqual(self.tree(nested(7)), [[[[[[{"$cut": 1}]]]]]])
        self.assertTrue(self.bounded({"a": "x" * 5000}).truncated)

    def test_values_that_contain_themselves(self) -> None:
        loop: list[Any] = [1]
        loop.append(loop)
        self.assertEqual(self.tree(loop), [1, {"$cut": 2}])
        self.assertEqual(text(loop), "[1, …]")
        mapping: dict[Any, Any] = {}
        mapping["self"] = {"inner": mapping}
        self.assertEqual(self.tree(mapping), {"self": {"inner": {"$cut": 1}}})

    def test_nothing_is_too_deep_or_too_wide(self) -> None:
        self.assertTrue(self.bounded(nested(50_000)).truncated)
        self.assertTrue(self.bounded([nested(50_000)] * 50).truncated)
        self.assertTrue(self.bounded(Row("n", nested(50_000))).truncated)
        bush: Any = "leaf"
        for _ in range(6):
            bush = [bush] * 100
        self.assertTrue(self.bounded(bush).truncated)
        self.assertTrue(self.bounded({("k" * 300, n): ["v" * 5000] * 100 for n in range(200)}).truncated)

    def test_keys_that_look_alike_stay_apart(self) -> None:
        self.assertEqual(self.tree({1: "int", "1": "str"}), {"1": "int", "1'": "str"})

    def test_containers_never_use_their_own_repr(self) -> None:
        class Loud(list):  # type: ignore[type-arg]
            def __repr__(self) -> str:
                raise AssertionError("asked")

        self.assertEqual(text(Loud([1, Loud()])), "[1, []]")
        self.assertEqual(text((Pair(1, "x"), {2}, frozenset(), (1,))), "(Pair(a=1, b='x'), {2}, frozenset(), (1,))")


if __name__ == "__main__":
    unittest.main()
