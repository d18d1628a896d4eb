from __future__ import annotations

import fractions
import unittest

from moving import Row, moved

from loom_runtime.faults import Fault
from loom_runtime.portable import decode_portable, encode_portable


class RefusalTest(unittest.TestCase):
    def refused(self, value: object) -> str:
        with self.assertRaises(Fault) as caught:
            encode_portable(value)
        self.assertEqual(caught.exception.code, "value/not-portable")
        return caught.exception.message

    def test_the_path_is_named(self) -> None:
        cases: list[tuple[object, str]] = [
            ({"rows": [0, {"when": object()}]}, "A value of type object cannot leave Python (at rows[1].when)."),
            (object(), "A value of type object cannot leave Python."),
            ({"odd key": {3: [object]}}, 'A value of type type cannot leave Python (at ["odd key"][3][0]).'),
            ([fractions.Fraction(1, 3)], "A value of type Fraction cannot leave Python (at [0])."),
            ({"a": Row("n", len)}, "A value of type builtin_function_or_method cannot leave Python (at a.when)."),
            ([10**200_000], "An integer of 664,386 bits is too large to move (at [0])."),
        ]
        for value, message in cases:
            with self.subTest(message):
                self.assertEqual(self.refused(value), message)

    def test_cycles_are_found(self) -> None:
        rows: list[object] = [1]
        rows.append({"self": rows})
        self.assertEqual(self.refused({"rows": rows}), "The list contains itself (at rows[1].self).")
        same = [1]
        self.assertEqual(moved([same, same]), [[1], [1]])

    def test_depth_and_size_are_bounded(self) -> None:
        deep: list[object] = []
        for _ in range(50_000):
            deep = [deep]
        self.assertEqual(self.refused(deep), "The value is nested more than 200 levels deep.")
        deep = []
        for _ in range(199):
            deep = [deep]
        self.assertEqual(moved(deep), deep)
        self.assertIn("more than 1,000,000 items", self.refused([0] * 1_000_001))
        wide: list[object] = [0] * 1000
        for _ in range(3):
            wide = [wide] * 100
        self.assertIn("more than 1,000,000 items", self.refused(wide))

    def test_malformed_heads_are_refused(self) -> None:
        for head in (
            "[1,",
            "NaN",
            "-Infinity",
            '{"$":"what"}',
            '{"$":"bytes","i":3}',
            '{"$":"float","v":"x"}',
            '{"$":"set","v":[[]]}',
            '{"$":"dict","v":[[[],1]]}',
            '{"$":"array","dtype":"<f8","shape":[2],"i":0}',
            '{"$":"int","v":"1x"}',
            "[" * 100_000,
            '{"a":' * 100_000 + "1" + "}" * 100_000,
        ):
            with self.subTest(head=head[:40]), self.assertRaises(Fault) as caught:
                decode_portable(head, [b"x"])
            self.assertEqual(caught.exception.code, "value/not-portable")

    def test_brackets_in_strings_are_not_depth(self) -> None:
        text = '["{' * 1000 + "\\"
        self.assertEqual(moved([text, {"$": text}]), [text, {"$": text}])


if __name__ == "__main__":
    unittest.main()
