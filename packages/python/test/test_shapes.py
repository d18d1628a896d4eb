from __future__ import annotations

import datetime
import unittest
from dataclasses import dataclass, field
from typing import Annotated, Any, Optional

from loom_runtime.signatures import Signature


@dataclass
class Point:
    x: float
    since: Optional[datetime.date] = None


@dataclass
class Line:
    points: list[Point]
    name: str = "line"
    length: float = field(default=0.0, init=False)


def shaped(function: Any, **inputs: Any) -> dict[str, Any]:
    return Signature(function).shaped(inputs)


class ShapesTest(unittest.TestCase):
    def test_a_dataclass_is_made_of_a_dict_with_what_lies_inside(self) -> None:
        def draw(line: Line) -> None: ...

        made = shaped(draw, line={"points": [{"x": 1, "since": "2026-11-20"}]})
        self.assertEqual(made, {"line": Line([Point(1, datetime.date(2026, 11, 20))])})

    def test_what_is_one_already_stays_what_it_is(self) -> None:
        def draw(line: Line, at: datetime.datetime) -> None: ...

        line, at = Line([]), datetime.datetime(2026, 11, 20)
        self.assertIs(shaped(draw, line=line, at=at)["line"], line)
        self.assertIs(shaped(draw, line=line, at=at)["at"], at)

    def test_dates_and_times_are_read_of_text(self) -> None:
        def plan(day: datetime.date, at: datetime.time | None, moment: Annotated[datetime.datetime, "when"]) -> None: ...

        self.assertEqual(
            shaped(plan, day="2026-11-20", at="09:30", moment="2026-11-20T09:30:00+01:00"),
            {
                "day": datetime.date(2026, 11, 20),
                "at": datetime.time(9, 30),
                "moment": datetime.datetime.fromisoformat("2026-11-20T09:30:00+01:00"),
            },
        )
        self.assertEqual(shaped(plan, at=None), {"at": None})

    def test_what_a_dataclass_does_not_have_is_refused_by_its_name(self) -> None:
        def draw(point: Point) -> None: ...

        with self.assertRaisesRegex(TypeError, "colour"):
            shaped(draw, point={"x": 1, "colour": "red"})

    def test_a_text_that_is_no_date_is_refused(self) -> None:
        def plan(day: datetime.date) -> None: ...

        with self.assertRaisesRegex(ValueError, "tomorrow"):
            shaped(plan, day="tomorrow")

    def test_other_parameters_need_no_shape(self) -> None:
        def add(a: int, b: float = 0.0, *, names: Optional[list[str]] = None, either: Point | Line = None) -> None: ...  # type: ignore[assignment]

        self.assertEqual(Signature(add).shapes, {})
        both = {"x": 1}
        self.assertIs(shaped(add, either=both)["either"], both)

    def test_names_that_only_type_checkers_know_do_no_harm(self) -> None:
        def show(table: DataFrame, day: datetime.date) -> None: ...  # type: ignore[name-defined]  # noqa: F821

        self.assertEqual(shaped(show, table=1), {"table": 1})


if __name__ == "__main__":
    unittest.main()
