"""The work of a batch: its tasks by place, with one recipe for all that have the same type and the same inputs."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from .definitions import Definition
from .faults import Fault
from .sources import NOTHING, Results, Several, Unresolved, value_of
from .values import Values

LONG_SECONDS = 0.02
"""A task that took this long last time is worth a message of its own when it starts."""

MOST_POSITIONS = 2
"""Inputs up to which a function that takes them in a row is called without a dictionary."""


class Recipe:
    """How tasks of one type and one set of inputs are called."""

    __slots__ = ("definition", "fault", "function", "is_quick", "order", "outputs", "port", "ports")

    def __init__(self, data: dict[str, Any], definitions: dict[str, Definition]) -> None:
        self.ports: tuple[str, ...] = tuple(data["ports"])
        self.outputs: tuple[str | None, ...] = tuple(data["outputs"])
        """Which output of another task each input takes, nothing where it takes something else."""
        self.definition, self.fault = _defined(definitions, data["typeId"], data["revision"])
        self.function: Callable[..., Any] | None = None
        self.port = ""
        self.order: tuple[int, ...] | None = None
        """The places of the inputs in the order of the parameters, where they can be given by position."""
        self.is_quick = False
        """Whether its function needs nothing but a call, as far as one can tell."""
        self.look()

    def look(self) -> None:
        """Looks again: what a definition has to do is known once it was used."""
        definition = self.definition
        self.is_quick = (
            definition is not None
            and definition.is_plain
            and definition.last_seconds is not None
            and definition.last_seconds < LONG_SECONDS
        )
        if self.is_quick and definition is not None and self.function is not definition.function:
            self.function = definition.function
            self.port = definition.outputs[0]
            self.order = _order(definition.function, self.ports)


class Work:
    """Tasks as they came, and what they have given so far."""

    __slots__ = ("_buffers", "_names", "_nodes", "_sources", "_tasks", "_values", "origins", "recipes", "results", "shapes")

    def __init__(
        self, data: dict[str, Any], definitions: dict[str, Definition], buffers: Sequence[Any], values: Values
    ) -> None:
        self.recipes = [Recipe(shape, definitions) for shape in data["shapes"]]
        self.shapes: list[int] = data["shapeOf"]
        """The recipe of each task."""
        self.origins: list[int] = data["origins"]
        """For each input of each task the place of the task that it comes from, or ~place of a source."""
        self._sources: list[dict[str, Any]] = data["sources"]
        self._names: str = data["names"]
        self._tasks: list[str] | None = None
        self._nodes: list[str] = []
        self._buffers = buffers
        self._values = values
        # One more than there are: whatever is no task of this batch gives nothing.
        self.results: Results = [NOTHING] * (len(self.shapes) + 1)

    def task(self, place: int) -> str:
        """The id of a task. Most are never asked for."""
        if self._tasks is None:
            names = json.loads(self._names)
            self._tasks, self._nodes = names["tasks"], names["nodes"]
        return self._tasks[place]

    def node(self, place: int) -> str:
        """The id of a task's node."""
        self.task(place)
        return self._nodes[place]

    def input(self, origin: int, output: str | None) -> Any:
        """The value of one input. Raises `Unresolved`, and faults for what is not held or cannot be read."""
        if origin < 0:
            return value_of(self._sources[~origin], self._values, self.results, self._buffers)
        value = self.results[origin]
        if type(value) is Several:
            value = value.get(output, NOTHING)
        if value is NOTHING:
            raise Unresolved
        return value

    def inputs(self, recipe: Recipe, at: int) -> dict[str, Any]:
        """All inputs of a task, whose origins begin at a place."""
        return {
            port: self.input(self.origins[at + index], output)
            for index, (port, output) in enumerate(zip(recipe.ports, recipe.outputs, strict=True))
        }


def _defined(
    definitions: dict[str, Definition], type_id: str, revision: str
) -> tuple[Definition | None, Fault | None]:
    definition = definitions.get(type_id)
    if definition is not None and definition.revision == revision:
        return definition, None
    known = "is not defined" if definition is None else f"is defined at revision {definition.revision}"
    return None, Fault("node/unknown-type", f"{type_id} at revision {revision} {known} here.")


def _order(function: Any, ports: tuple[str, ...]) -> tuple[int, ...] | None:
    """Only of plain functions: what wraps one may take its arguments by name alone."""
    count = len(ports)
    if type(function) is not FunctionType or not 0 < count <= MOST_POSITIONS:
        return None
    code = function.__code__
    names = code.co_varnames[: min(count, code.co_argcount)]
    if set(names) != set(ports) or hasattr(function, "__wrapped__") or hasattr(function, "__signature__"):
        return None
    return tuple(ports.index(name) for name in names)
