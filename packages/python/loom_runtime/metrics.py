"""Numbers that a node tells by name while it runs, such as a loss: counted, bounded, and thinned when they come fast."""

from __future__ import annotations

from math import isfinite
from numbers import Real
from typing import Any

from .events import json_text

MAX_NAMES = 100
"""Metrics of one task; more is a mistake."""

MAX_NAME = 200

MAX_WAITING = 10
"""Values of one name in one group of events. Groups go every 50 ms, and no plot shows more."""


class Metrics:
    """The metrics of one task."""

    __slots__ = ("_next_step", "_waiting")

    def __init__(self) -> None:
        self._next_step: dict[str, float] = {}
        self._waiting: dict[str, list[tuple[float, float]]] = {}

    def add(self, name: str, value: Any, step: Any = None) -> None:
        """Takes a value. Raises TypeError or ValueError for what is no metric."""
        if not isinstance(name, str) or not 0 < len(name) <= MAX_NAME:
            raise TypeError(f"the name of a metric is a text of 1 to {MAX_NAME} characters")
        number = _number(value, f"the value of the metric {name!r}")
        expected = self._next_step.get(name)
        if expected is None and len(self._next_step) >= MAX_NAMES:
            raise ValueError(f"a node tells at most {MAX_NAMES} metrics: {name!r} is one too many")
        own = (expected or 0) if step is None else _number(step, f"the step of the metric {name!r}")
        if not isfinite(own):
            raise ValueError(f"the step of the metric {name!r} is not finite")
        self._next_step[name] = own + 1
        points = self._waiting.setdefault(name, [])
        points.append((own, number))
        if len(points) > MAX_WAITING:
            # Every second one goes, never the last: a curve keeps its shape.
            del points[-2::-2]

    def drain(self, task_json: str) -> list[str]:
        """What waits, as events, the names in the order in which they came."""
        waiting, self._waiting = self._waiting, {}
        return [
            f'{{"kind":"metric","task":{task_json},"name":{json_text(name)},'
            f'"value":{repr(value) if isfinite(value) else "null"},"step":{_step_text(step)}}}'
            for name, points in waiting.items()
            for step, value in points
        ]


def _number(value: Any, what: str) -> float:
    if isinstance(value, Real) or hasattr(type(value), "__float__"):
        return float(value)
    if callable(getattr(value, "item", None)):
        # Arrays and tensors of one element.
        return float(value.item())
    raise TypeError(f"{what} is no number, but of type {type(value).__name__}")


def _step_text(step: float) -> str:
    return str(int(step)) if step == int(step) else repr(step)
