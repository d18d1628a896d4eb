from __future__ import annotations

import json
import sys
import types
import unittest
from dataclasses import dataclass
from typing import Any

from preview_case import PreviewTestCase

from loom_runtime.galleries import GALLERY_TYPE, MAX_ITEMS, MAX_SIZE
from loom_runtime.previews import PreviewRequest, preview_of


@dataclass
class Badge:
    text: str

    def _repr_html_(self) -> str:
        return f"<b>{self.text}</b>"


def items_of(value: Any) -> list[dict[str, Any]]:
    return preview_of(value).data[GALLERY_TYPE]["items"]


class GalleryTest(PreviewTestCase):
    def test_a_list_shows_each_item_as_it_looks_in_order(self) -> None:
        preview = self.bounded([Badge("one"), 2, Badge("three")])
        self.assertEqual(
            preview.data[GALLERY_TYPE],
            {
                "items": [
                    {"text/html": "<b>one</b>", "text/plain": "Badge(text='one')"},
                    {"text/plain": "2"},
                    {"text/html": "<b>three</b>", "text/plain": "Badge(text='three')"},
                ],
                "total": 3,
            },
        )
        self.assertEqual(next(iter(preview.data)), GALLERY_TYPE)
        self.assertEqual((preview.type_name, preview.shape), ("list", "3 items"))

    def test_what_has_no_looks_is_shown_as_before(self) -> None:
        for value in ([1, 2], ["a"], [{"a": 1}], [object()], [Badge], [], (1, [2])):
            with self.subTest(value=value):
                self.assertNotIn(GALLERY_TYPE, self.bounded(value).data)

    def test_only_the_first_items_are_asked(self) -> None:
        preview = self.bounded([Badge(str(at)) for at in range(1000)])
        gallery = preview.data[GALLERY_TYPE]
        self.assertEqual((len(gallery["items"]), gallery["total"]), (MAX_ITEMS, 1000))

    def test_looks_are_bounded_together(self) -> None:
        class Picture:
            def _repr_png_(self) -> bytes:
                return b"p" * 1_500_000

        pictures = items_of([Picture() for _ in range(5)])
        self.assertLessEqual(len(json.dumps(pictures)), MAX_SIZE + 5_000)
        self.assertEqual([("image/png" in looks) for looks in pictures], [True, True, False, False, False])

    def test_an_item_that_fails_costs_the_others_nothing(self) -> None:
        class Bad:
            def _repr_html_(self) -> str:
                raise ValueError

            def __repr__(self) -> str:
                return "bad"

        self.assertEqual([next(iter(looks)) for looks in items_of([Bad(), Badge("ok")])], ["text/plain", "text/html"])

    def test_parts_of_a_figure_are_not_drawn_each(self) -> None:
        drawn: list[str] = []

        class Figure:
            def savefig(self, target: Any, format: str) -> None:
                drawn.append(format)
                target.write(b"png")

        class Line:
            def __init__(self, figure: Figure) -> None:
                self.figure = figure

        module = types.ModuleType("matplotlib")
        Figure.__module__ = Line.__module__ = "matplotlib.artist"
        sys.modules["matplotlib"] = module
        self.addCleanup(sys.modules.pop, "matplotlib")
        figure = Figure()
        shown = items_of((figure, Line(figure)))
        self.assertEqual(["image/png" in looks for looks in shown], [True, False])
        self.assertEqual(drawn, ["png"])

    def test_a_part_that_is_asked_for_is_a_table_as_before(self) -> None:
        self.assertNotIn(GALLERY_TYPE, preview_of([Badge("a")], PreviewRequest(0, 10)).data)


if __name__ == "__main__":
    unittest.main()
