from __future__ import annotations

import datetime
import decimal
import math
import unittest
from typing import Any

from preview_case import TABLE, TREE, Broken, Colour, Pair, PreviewTestCase, Row

from loom_runtime.previews import Preview, PreviewRequest, preview_of


class TableTest(PreviewTestCase):
    def page(self, value: object, **request: int) -> dict[str, Any]:
        preview = preview_of(value, PreviewRequest(**request)) if request else self.bounded(value)
        return preview.data[TABLE]

    def test_a_list_of_dicts_is_a_table(self) -> None:
        rows = [{"name": "a", "mass": 1, "ok": True}, {"name": None, "mass": 2.5, "extra": [1, {}]}]
        preview = self.bounded(rows)
        self.assertEqual(
            preview,
            Preview(
                "list[dict]",
                "2 × 4",
                {
                    TABLE: {
                        "columns": [
                            {"name": "name", "type": "string"},
                            {"name": "mass", "type": "number"},
                            {"name": "ok", "type": "bool"},
                            {"name": "extra", "type": "list"},
                        ],
                        "rows": [["a", 1, True, None], [None, 2.5, None, "[1, {}]"]],
                        "total": 2,
                        "offset": 0,
                    },
                    "text/plain": "list[dict], 2 × 4",
                },
                False,
            ),
        )

    def test_other_rows_are_tables(self) -> None:
        cases: list[tuple[object, list[str], list[Any]]] = [
            ([Row("a", 1), Row("b", 2)], ["name", "inner"], [["a", 1], ["b", 2]]),
            ([Pair(1, "x")], ["a", "b"], [[1, "x"]]),
            ([(1, "x"), (2, "y")], ["0", "1"], [[1, "x"], [2, "y"]]),
            ([[1, 2], [3, 4]], ["0", "1"], [[1, 2], [3, 4]]),
            (({1: "x"}, {(1, 2): "y"}), ["1", "tuple"], [["x", None], [None, "y"]]),
        ]
        for value, names, rows in cases:
            with self.subTest(value=value):
                page = self.page(value)
                self.assertEqual(([column["name"] for column in page["columns"]], page["rows"]), (names, rows))

    def test_what_is_no_table(self) -> None:
        for value in ([{}], [{"a": 1}, 2], [(1,), (2, 3)], [[1, [2]], [3, 4]], [[1, 2]], ["a", "b"], []):
            with self.subTest(value=value):
                self.assertNotIn(TABLE, self.bounded(value).data)

    def test_the_first_page_is_small(self) -> None:
        rows = [{f"column {n}": "x" * 300 for n in range(100)} for _ in range(5_000)]
        preview = self.bounded(rows)
        page = preview.data[TABLE]
        self.assertEqual((page["total"], len(page["columns"]), preview.shape), (5_000, 30, "5,000 × 100"))
        self.assertEqual(len(page["rows"][0][0]), 200)
        self.assertTrue(preview.truncated)
        self.assertEqual(len(self.page([{"a": n} for n in range(200)])["rows"]), 50)

    def test_cells_are_json(self) -> None:
        values = [
            math.nan,
            math.inf,
            2**60,
            b"x",
            Colour.RED,
            decimal.Decimal("1.5"),
            datetime.date(2020, 1, 2),
            Broken(),
        ]
        row = self.page([{str(n): value for n, value in enumerate(values)}])["rows"][0]
        self.assertEqual(
            row,
            [
                "nan",
                "inf",
                "1152921504606846976",
                "b'x'",
                "Colour.RED",
                "1.5",
                "2020-01-02",
                "<Broken: repr failed: ValueError>",
            ],
        )

    def test_pages(self) -> None:
        rows = [{"n": n} for n in range(30_000)]
        page = self.page(rows, offset=100, limit=3)
        self.assertEqual((page["rows"], page["offset"], page["total"]), ([[100], [101], [102]], 100, 30_000))
        self.assertEqual(len(self.page(rows, limit=10**9)["rows"]), 10_000)
        self.assertEqual(self.page(rows, offset=10**9)["rows"], [])

    def test_pages_of_lists_and_sets(self) -> None:
        page = self.page(list(range(500)), offset=300, limit=2)
        self.assertEqual(
            page, {"columns": [{"name": "value", "type": "int"}], "rows": [[300], [301]], "total": 500, "offset": 300}
        )
        tree = preview_of(list(range(500)), PreviewRequest(300, 2)).data[TREE]
        self.assertEqual(tree, [300, 301, {"$cut": 198}])
        page = self.page(set(range(500)), offset=498, limit=5)
        self.assertEqual((len(page["rows"]), page["offset"], page["total"]), (2, 498, 500))

    def test_pages_of_text(self) -> None:
        preview = preview_of("abc" * 10_000, PreviewRequest(30, 9_000))
        self.assertEqual((len(preview.data["text/plain"]), preview.truncated), (9_000, True))


if __name__ == "__main__":
    unittest.main()
