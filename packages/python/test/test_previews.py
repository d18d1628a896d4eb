from __future__ import annotations

import array
import collections
import datetime
import decimal
import enum
import json
import math
import sys
import types
import unittest
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from host import HostTestCase

from loom_runtime.portable import encode_portable
from loom_runtime.previews import Preview, PreviewRequest, preview_of
from loom_runtime.summaries import summary

try:
    import numpy
except ImportError:
    numpy = None  # type: ignore[assignment]

TABLE = "application/vnd.loom.table+json"
TREE = "application/vnd.loom.tree+json"
PNG = b"\x89PNG\r\n\x1a\n...."


class Colour(enum.Enum):
    RED = "red"


class Pair(NamedTuple):
    a: int
    b: str


@dataclass
class Row:
    name: str
    inner: Any = field(default=None)


class Broken:
    def __repr__(self) -> str:
        raise ValueError("no")


class Shouting(str):
    def __getitem__(self, key: object) -> str:
        raise RuntimeError

    def __len__(self) -> int:
        return 10**9


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def text(value: object) -> str:
    return preview_of(value).data["text/plain"]


class PreviewTestCase(unittest.TestCase):
    def bounded(self, value: object, limit: int = 64_000) -> Preview:
        """The preview, which is JSON and within its bound."""
        preview = preview_of(value)
        self.assertLessEqual(len(json.dumps(preview.data, allow_nan=False, ensure_ascii=False)), limit)
        self.assertIn("text/plain", preview.data)
        json.loads(summary("v1", value), parse_constant=self.fail)
        return preview


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
                "2": ["b'x'", [3]],
                "(1, 2)": {"name": "n", "inner": {"a": 1, "b": "b"}},
                "big": "1152921504606846976",
                "nan": "nan",
                "when": "2020-01-02",
                "more": [{"x": 1}],
                "colour": "Colour.RED",
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


class DisplayTest(PreviewTestCase):
    def displayed(self, **methods: Any) -> Preview:
        kind = type("Shown", (), {name: (lambda self, value=value: value) for name, value in methods.items()})
        return self.bounded(kind(), 2_800_000)

    def test_display_methods(self) -> None:
        preview = self.displayed(
            _repr_svg_="<svg/>",
            _repr_png_=PNG,
            _repr_html_="<b>x</b>",
            _repr_markdown_="*x*",
            _repr_latex_="$x$",
            _repr_json_={"a": [1, math.nan]},
            __repr__="shown",
        )
        self.assertEqual(
            preview.data,
            {
                "image/svg+xml": "<svg/>",
                "image/png": "iVBORw0KGgouLi4u",
                "text/html": "<b>x</b>",
                "text/markdown": "*x*",
                "text/latex": "$x$",
                "application/json": {"a": [1, None]},
                "text/plain": "shown",
            },
        )
        self.assertEqual((preview.type_name, preview.truncated), ("Shown", False))

    def test_bundles(self) -> None:
        chart = {"application/vnd.plotly.v1+json": {"data": [{"x": [1, 2]}]}, "text/plain": "chart", "text/html": None}
        self.assertEqual(
            self.displayed(_repr_mimebundle_=chart).data,
            {"application/vnd.plotly.v1+json": {"data": [{"x": [1, 2]}]}, "text/plain": "chart"},
        )
        with_metadata = ({"image/png": PNG}, {"image/png": {"width": 10}})
        self.assertIn("image/png", self.displayed(_repr_mimebundle_=with_metadata).data)
        self.assertEqual(self.displayed(_repr_png_=("aGk=", {"width": 3})).data["image/png"], "aGk=")

    def test_a_method_that_fails_is_noted_and_the_others_count(self) -> None:
        def fail(self: object) -> str:
            raise SystemExit

        kind = type(
            "Shown", (), {"_repr_html_": fail, "_repr_svg_": lambda self: "<svg/>", "__repr__": lambda self: "me"}
        )
        preview = self.bounded(kind())
        self.assertEqual(
            preview.data, {"image/svg+xml": "<svg/>", "text/plain": "me\n(_repr_html_ failed: SystemExit)"}
        )
        self.assertTrue(preview.truncated)

    def test_forms_that_are_too_large_are_left_out(self) -> None:
        preview = self.displayed(_repr_html_="x" * 100_000, _repr_png_=b"x" * 3_000_000, _repr_json_=nested(100))
        self.assertEqual(list(preview.data), ["text/plain"])
        self.assertIn("(text/html left out: 100,000 are more than 64,000)", preview.data["text/plain"])
        self.assertIn("(image/png left out", preview.data["text/plain"])
        self.assertIn("_repr_json_ failed: ValueError", preview.data["text/plain"])
        deep = self.displayed(_repr_mimebundle_={"application/x+json": "[" * 100_000})
        self.assertIn("failed: ValueError", deep.data["text/plain"])

    def test_results_of_the_wrong_type_are_ignored(self) -> None:
        preview = self.displayed(
            _repr_html_=5, _repr_mimebundle_="no", _repr_json_=None, _repr_svg_=None, __repr__="me"
        )
        self.assertEqual(preview.data, {"text/plain": "me"})

    def test_classes_and_objects_that_answer_to_everything(self) -> None:
        kind = type("Shown", (), {"_repr_html_": lambda self: "<b/>"})
        self.assertEqual(list(self.bounded(kind).data), ["text/plain"])

        class Anything:
            def __getattr__(self, name: str) -> Any:
                return lambda *_: "<b/>"

        self.assertEqual(list(self.bounded(Anything()).data), ["text/plain"])

        class Recursive:
            def __getattr__(self, name: str) -> Any:
                return getattr(self, name)

        self.assertEqual(list(self.bounded(Recursive()).data), ["text/plain"])

    def test_bytes_that_are_an_image_are_shown(self) -> None:
        self.assertEqual(list(self.bounded(PNG).data), ["image/png", "text/plain"])
        self.assertEqual(list(self.bounded(b"RIFF....WEBP").data), ["image/webp", "text/plain"])

    def test_figures_are_drawn_and_closed(self) -> None:
        closed: list[object] = []
        pyplot = types.ModuleType("matplotlib.pyplot")
        pyplot.close = closed.append  # type: ignore[attr-defined]
        sys.modules["matplotlib.pyplot"] = pyplot
        self.addCleanup(sys.modules.pop, "matplotlib.pyplot")

        def savefig(self: object, file: Any, format: str) -> None:
            file.write(PNG + format.encode())

        figure = type("Figure", (), {"__module__": "matplotlib.figure", "savefig": savefig})()
        axes = type("Axes", (), {"__module__": "matplotlib.axes._axes"})()
        axes.figure = figure
        for value in (figure, axes):
            self.assertEqual(list(preview_of(value).data), ["image/png", "text/plain"])
        self.assertEqual(closed, [figure, figure])

        def broken(self: object, file: Any, format: str) -> None:
            raise OSError("no backend")

        failing = type("Figure", (), {"__module__": "matplotlib.figure", "savefig": broken})()
        self.assertIn("(savefig failed: OSError)", self.bounded(failing).data["text/plain"])


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
