from __future__ import annotations

import math
import sys
import types
import unittest
from typing import Any

from preview_case import PNG, PreviewTestCase, nested

from loom_runtime.previews import Preview, preview_of


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


if __name__ == "__main__":
    unittest.main()
