from __future__ import annotations

import array
import math
import sys
import types
import unittest
from typing import Any

from preview_case import TABLE, PreviewTestCase, nested

from loom_runtime.portable import encode_portable
from loom_runtime.previews import PreviewRequest, preview_of

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]


class Pandas:
    """Behaves like a DataFrame of pandas, as far as previews look."""

    class Column(list):  # type: ignore[type-arg]
        def tolist(self) -> list[Any]:
            return list(self)

    class Index:
        name = "day"
        dtype = "datetime64[ns]"

        def __init__(self, items: list[str]) -> None:
            self.items = items

        def tolist(self) -> list[str]:
            return self.items

    def __init__(self, rows: int, index: object = None) -> None:
        self.columns = ["a", "b"]
        self.shape = (rows, 2)
        self.dtypes = ["int64", "object"]
        if index is not None:
            self.index = index

    @property
    def iloc(self) -> Any:
        frame = self

        class Locator:
            def __getitem__(self, key: Any) -> Any:
                if isinstance(key, tuple):
                    return Pandas.Column([key[1]] * frame.shape[0])
                size = len(range(*key.indices(frame.shape[0])))
                index = Pandas.Index(frame.index.items[key]) if hasattr(frame, "index") else None
                return Pandas(size, index)

        return Locator()

    def _repr_html_(self) -> str:
        raise AssertionError("the table says it better")


class ProtocolTest(PreviewTestCase):
    def test_data_frames_of_pandas(self) -> None:
        preview = self.bounded(Pandas(344))
        self.assertEqual((preview.type_name, preview.shape), ("Pandas", "344 × 2"))
        page = preview.data[TABLE]
        self.assertEqual(page["columns"], [{"name": "a", "type": "int"}, {"name": "b", "type": "any"}])
        self.assertEqual((len(page["rows"]), page["rows"][0], page["total"]), (50, [0, 1], 344))
        indexed = self.bounded(Pandas(2, Pandas.Index(["mon", "tue"]))).data[TABLE]
        self.assertEqual(indexed["columns"][0], {"name": "day", "type": "datetime64"})
        self.assertEqual(indexed["rows"], [["mon", 0, 1], ["tue", 0, 1]])

    def test_data_frames_of_polars_and_arrow(self) -> None:
        class Polars:
            columns = ["a"]
            shape = (300, 1)
            dtypes = ["Int64"]

            def __init__(self, items: range = range(300)) -> None:
                self.items = items

            def slice(self, start: int, count: int) -> Polars:
                return Polars(self.items[start : start + count])

            def rows(self) -> list[tuple[int]]:
                return [(item,) for item in self.items]

        class Arrow:
            column_names = ["a", "b"]
            num_rows = 3

            def slice(self, start: int, count: int) -> Arrow:
                return self

            def to_pylist(self) -> list[dict[str, int]]:
                return [{"a": 1, "b": 2}] * 3

        page = preview_of(Polars(), PreviewRequest(298, 9)).data[TABLE]
        self.assertEqual((page["rows"], page["columns"]), ([[298], [299]], [{"name": "a", "type": "int"}]))
        self.assertEqual(self.bounded(Arrow()).data[TABLE]["rows"], [[1, 2]] * 3)

    def test_tables_of_the_c_interface_of_arrow(self) -> None:
        class Table:
            column_names = ("a",)
            num_rows = 2

            def __init__(self, rows: list[dict[str, int]]) -> None:
                self.rows = rows

            def slice(self, start: int, count: int) -> Table:
                return Table(self.rows[start : start + count])

            def to_pylist(self) -> list[dict[str, int]]:
                return self.rows

        class Stream:
            def __arrow_c_stream__(self, requested_schema: object = None) -> object:
                raise AssertionError("pyarrow reads it")

        self.assertEqual(list(self.bounded(Stream()).data), ["text/plain"])
        pyarrow = types.ModuleType("pyarrow")
        pyarrow.table = lambda value: Table([{"a": 1}, {"a": 2}])  # type: ignore[attr-defined]
        sys.modules["pyarrow"] = pyarrow
        self.addCleanup(sys.modules.pop, "pyarrow")
        self.assertEqual(self.bounded(Stream()).data[TABLE]["rows"], [[1], [2]])
        self.assertEqual(encode_portable(Stream())[0], '[{"a":1},{"a":2}]')

    def test_the_interchange_protocol(self) -> None:
        class Buffer:
            def __init__(self, items: array.array[Any]) -> None:
                self.items = items
                self.ptr, size = items.buffer_info()
                self.bufsize = size * items.itemsize

        class Column:
            offset = 0

            def __init__(self, dtype: tuple[int, int], data: array.array[Any], size: int, **more: Any) -> None:
                self.dtype = (*dtype, "", "=")
                self.describe_null = more.pop("null", (0, None))
                self.parts = {"data": (Buffer(data), None), "offsets": None, "validity": None, **more}
                self.length = size

            def size(self) -> int:
                return self.length

            def get_buffers(self) -> dict[str, Any]:
                return self.parts

            def get_chunks(self) -> list[Any]:
                return [self] * 2

        words = array.array("B", "añb".encode())
        ends = (Buffer(array.array("q", [0, 1, 3, 4])), (0, 64, "", "="))
        columns = {
            "count": Column((0, 32), array.array("i", [1, -9, 3]), 3, null=(2, -9)),
            "mean": Column((2, 64), array.array("d", [1.5, 2.5, math.nan]), 3),
            "word": Column(
                (21, 8), words, 3, offsets=ends, validity=(Buffer(array.array("B", [5])), None), null=(3, 0)
            ),
            "flag": Column((20, 1), array.array("B", [0b110]), 3),
            "when": Column((22, 64), array.array("q", [1, 2, 3]), 3),
        }

        class Shared:
            def __dataframe__(self) -> Any:
                return self

            def column_names(self) -> list[str]:
                return list(columns)

            def num_rows(self) -> int:
                return 6

            def get_column(self, place: int) -> Any:
                return list(columns.values())[place]

        page = self.bounded(Shared()).data[TABLE]
        rows = [[1, 1.5, "a", False, None], [None, 2.5, None, True, None], [3, "nan", "b", True, None]]
        self.assertEqual(page["rows"], rows * 2)
        self.assertEqual([column["type"] for column in page["columns"]], ["int", "number", "string", "bool", "any"])
        self.assertEqual(preview_of(Shared(), PreviewRequest(2, 2)).data[TABLE]["rows"], [rows[2], rows[0]])
        first = '{"count":1,"mean":1.5,"word":"a","flag":false,"when":null}'
        self.assertTrue(encode_portable(Shared())[0].startswith(f"[{first},"))

    def test_anything_with_columns_and_records(self) -> None:
        class Frame:
            columns = ["a"]
            shape = (2, 1)

            def to_dict(self, orient: str) -> list[dict[str, int]]:
                return [{"a": 1}, {"a": 2}]

        self.assertEqual(self.bounded(Frame()).data[TABLE]["rows"], [[1], [2]])

    def test_arrays_of_the_standard_library(self) -> None:
        preview = self.bounded(array.array("d", [1.5, -2.0]))
        self.assertEqual(preview.type_name, "array[float64]")
        self.assertEqual(preview.data["text/plain"], "array[float64], 2 items, min -2.0, max 1.5")
        self.assertEqual(preview.data[TABLE]["rows"], [[1.5], [-2.0]])
        grid = memoryview(bytearray(array.array("i", range(6)))).cast("i", (2, 3))
        preview = self.bounded(grid)
        self.assertEqual(preview.data[TABLE]["rows"], [[0, 1, 2], [3, 4, 5]])
        self.assertEqual(preview.data["text/plain"], "memoryview[int32], 2 × 3, min 0, max 5")
        self.assertEqual(self.bounded(array.array("d")).shape, "0 items")
        cube = memoryview(bytes(8)).cast("B", (2, 2, 2))
        self.assertEqual(self.bounded(cube).data, {"text/plain": "memoryview[uint8], 2 × 2 × 2, min 0, max 0"})

    @unittest.skipIf(numpy is None, "numpy is not installed")
    def test_arrays_of_numpy(self) -> None:
        preview = self.bounded(numpy.arange(12.0).reshape(3, 4))
        self.assertEqual((preview.type_name, preview.shape), ("ndarray[float64]", "3 × 4"))
        self.assertEqual(preview.data["text/plain"], "ndarray[float64], 3 × 4, min 0.0, max 11.0")
        self.assertEqual(preview.data[TABLE]["rows"][1], [4.0, 5.0, 6.0, 7.0])
        self.assertEqual(preview_of(numpy.float64(2.5)).data, {"text/plain": "2.5"})
        self.assertEqual(preview_of(numpy.int64(2))[:2], ("int64", None))
        self.assertEqual(self.bounded(numpy.array([object(), nested(5)], dtype=object)).shape, "2 items")
        self.assertEqual(len(self.bounded(numpy.zeros((10_000, 5_000), "u1")).data[TABLE]["rows"][0]), 30)
        self.assertEqual(self.bounded([{"a": numpy.float64(1.5), "b": numpy.int64(2)}]).data[TABLE]["rows"], [[1.5, 2]])


if __name__ == "__main__":
    unittest.main()
