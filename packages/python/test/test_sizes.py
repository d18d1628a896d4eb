from __future__ import annotations

import unittest
from array import array
from dataclasses import dataclass
from types import SimpleNamespace

from loom_runtime.sizes import size_of


class Looks:
    """Counts how often it was looked at."""

    count = 0

    def __sizeof__(self) -> int:
        Looks.count += 1
        return 100


@dataclass
class Record:
    text: str


class Columns:
    columns = ("a", "b")

    def memory_usage(self) -> array[int]:
        return type("Sizes", (), {"sum": lambda self: 12_345})()


class SizeTest(unittest.TestCase):
    def test_sizes_are_about_right(self) -> None:
        shared = "x" * 1_000
        cycle: list[object] = []
        cycle.append(cycle)
        cases: list[tuple[object, int, int]] = [
            (5, 20, 40),
            (None, 10, 40),
            ("x" * 1_000, 1_000, 1_100),
            (b"x" * 1_000, 1_000, 1_100),
            (array("d", range(1_000)), 8_000, 8_500),
            (memoryview(bytes(5_000)), 5_000, 5_500),
            ([0] * 10_000, 80_000, 400_000),
            ([str(n) for n in range(10_000)], 400_000, 900_000),
            (["x" * n for n in range(1_000)], 400_000, 700_000),
            ({n: "x" * 100 for n in range(1_000)}, 100_000, 400_000),
            ({str(n) for n in range(1_000)}, 40_000, 200_000),
            ([[shared]] * 10_000, 80_000, 800_000),
            (Record("x" * 1_000), 1_000, 2_000),
            (SimpleNamespace(a="x" * 1_000), 1_000, 2_000),
            (Columns(), 12_345, 12_345),
            (cycle, 50, 200),
            (print, 10, 200),
        ]
        for value, least, most in cases:
            with self.subTest(type(value)):
                self.assertGreaterEqual(size_of(value), least)
                self.assertLessEqual(size_of(value), most)

    def test_only_a_part_is_looked_at(self) -> None:
        size_of([[Looks() for _ in range(100)] for _ in range(1_000)])
        self.assertLess(Looks.count, 2_100)

    def test_a_deep_value_has_an_end(self) -> None:
        value: list[object] = []
        for _ in range(50_000):
            value = [value]
        self.assertLess(size_of(value), 5_000)
        while value:
            value = value[0]  # type: ignore[assignment]

    def test_a_value_may_do_anything(self) -> None:
        for error in (ValueError, SystemExit, RecursionError):
            odd = type("Odd", (), {"nbytes": property(lambda self, error=error: (_ for _ in ()).throw(error()))})
            self.assertGreater(size_of(odd()), 0)


if __name__ == "__main__":
    unittest.main()
