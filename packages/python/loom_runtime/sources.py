"""Where the value of an input comes from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .portable import decode_portable
from .values import Values

Results = list[Any]
"""What the tasks of a batch have given so far, by place: a value, `Several`, or `NOTHING`. There is one place more, where nothing is
ever given."""


class Nothing:
    """The type of `NOTHING`."""

    __slots__ = ()


NOTHING = Nothing()
"""No value has been given."""


class Several(dict[str, Any]):
    """What a task has given at several outputs, or at fewer than it has."""


class Unresolved(Exception):
    """An input comes from a task of the batch that gave no value."""


def value_of(source: dict[str, Any], values: Values, results: Results, buffers: Sequence[Any]) -> Any:
    """The value of a `RuntimeSource`. Raises `Unresolved`, and faults for what is not held or cannot be read."""
    kind = source["kind"]
    if kind == "task":
        given = results[source["task"]]
        if type(given) is Several:
            given = given.get(source["port"], NOTHING)
        if given is NOTHING:
            raise Unresolved
        return given
    if kind == "handle":
        return values.get(source["handle"])
    if kind == "list":
        return [value_of(item, values, results, buffers) for item in source["items"]]
    start = source["start"]
    used = [buffers[place] for place in range(start, start + source["count"])]
    return decode_portable(source["head"], used)
