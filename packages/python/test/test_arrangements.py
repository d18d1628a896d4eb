"""Tables sorted and filtered where they are."""

from __future__ import annotations

import unittest
from typing import Any

from preview_case import TABLE

from loom_runtime import arrangements
from loom_runtime.arrangements import Arrangement, Filter
from loom_runtime.faults import Fault
from loom_runtime.previews import PreviewRequest, preview_of

ROWS = [
    {"name": "b", "mass": 3.5},
    {"name": "a", "mass": None},
    {"name": "c", "mass": 10},
    {"name": "B2", "mass": float("nan")},
    {"name": "a", "mass": -1},
]


def names(sort: tuple[int, bool] | None = None, *filters: Filter, **part: int) -> list[Any]:
    page = preview_of(ROWS, PreviewRequest(**part, arrangement=Arrangement(sort, filters))).data[TABLE]
    assert page["arranged"]
    return [row[0] for row in page["rows"]]


class ArrangementTest(unittest.TestCase):
    def test_numbers_are_sorted_as_numbers_and_what_is_missing_comes_last(self) -> None:
        self.assertEqual(names((1, False)), ["a", "b", "c", "a", "B2"])
        self.assertEqual(names((1, True)), ["c", "b", "a", "a", "B2"])

    def test_equal_rows_keep_their_order(self) -> None:
        masses = [
            [row[1] for row in preview_of(ROWS, PreviewRequest(arrangement=Arrangement((0, down), []))).data[TABLE]["rows"]]
            for down in (False, True)
        ]
        self.assertEqual(masses, [["nan", None, -1, 3.5, 10], [10, 3.5, None, -1, "nan"]])

    def test_filters_look_for_parts_of_text_and_compare_numbers(self) -> None:
        self.assertEqual(names(None, Filter(0, "b")), ["b", "B2"])
        self.assertEqual(names(None, Filter(1, ">= 3.5")), ["b", "c"])
        self.assertEqual(names(None, Filter(1, "<0")), ["a"])
        self.assertEqual(names(None, Filter(0, "=a"), Filter(1, "!=-1")), ["a"])
        self.assertEqual(names(None, Filter(1, ">many")), [])

    def test_pages_are_those_of_the_arranged_table(self) -> None:
        asked = PreviewRequest(1, 2, Arrangement((0, False), [Filter(0, "")]))
        page = preview_of(ROWS, asked).data[TABLE]
        self.assertEqual((page["rows"], page["total"], page["offset"]), ([["a", None], ["a", -1]], 5, 1))

    def test_a_column_that_is_not_there_holds_nothing(self) -> None:
        self.assertEqual(names((9, False)), ["b", "a", "c", "B2", "a"])
        self.assertEqual(names(None, Filter(9, "x")), [])

    def test_a_table_that_is_too_large_says_so(self) -> None:
        most = arrangements.MAX_ROWS
        arrangements.MAX_ROWS = 3
        try:
            with self.assertRaisesRegex(Fault, "5 rows is not sorted or filtered: 3"):
                names((0, False))
        finally:
            arrangements.MAX_ROWS = most


if __name__ == "__main__":
    unittest.main()
