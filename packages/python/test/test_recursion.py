from __future__ import annotations

import sys
import unittest
import warnings

from loom_runtime.recursion import WASM_LIMIT, guard_recursion


class RecursionTest(unittest.TestCase):
    def setUp(self) -> None:
        self.addCleanup(sys.setrecursionlimit, sys.getrecursionlimit())
        self.addCleanup(setattr, sys, "setrecursionlimit", sys.setrecursionlimit)

    def test_the_limit_is_low_in_the_browser_and_stays_so(self) -> None:
        guard_recursion("emscripten")
        guard_recursion("emscripten")
        self.assertEqual(sys.getrecursionlimit(), WASM_LIMIT)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            sys.setrecursionlimit(10**6)
        self.assertEqual([str(item.message) for item in caught], ["In the browser the recursion limit stays at 400."])
        self.assertEqual(sys.getrecursionlimit(), WASM_LIMIT)
        sys.setrecursionlimit(300)
        self.assertEqual(sys.getrecursionlimit(), 300)

    def test_elsewhere_nothing_changes(self) -> None:
        before = (sys.getrecursionlimit(), sys.setrecursionlimit)
        guard_recursion("linux")
        self.assertEqual((sys.getrecursionlimit(), sys.setrecursionlimit), before)


if __name__ == "__main__":
    unittest.main()
