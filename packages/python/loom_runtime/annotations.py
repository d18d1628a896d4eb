"""What a node's source may import from `loom` to describe itself. Nothing here changes how the code runs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple, TypeVar, overload

F = TypeVar("F", bound=Callable[..., Any])

METADATA_ATTRIBUTE = "__loom_node__"


class Range(NamedTuple):
    """Bounds of a number: `Annotated[float, Range(0, 1)]` is edited with a slider, `Range(min=0)` in a field."""

    min: float | None = None
    max: float | None = None
    step: float | None = None


class Slider(NamedTuple):
    """The same as `Range`, for those who prefer to name the widget."""

    min: float
    max: float
    step: float | None = None


class Text(NamedTuple):
    """A text field: `Annotated[str, Text("a name")]` shows the placeholder while the field is empty."""

    placeholder: str | None = None
    multiline: bool = False


class Multiline(NamedTuple):
    """Text of several lines: `Annotated[str, Multiline()]` is edited in a larger box."""

    placeholder: str | None = None


class Color(NamedTuple):
    """A colour: `Annotated[str, Color()]` is edited with a picker, as text such as `#1c8046`."""


@overload
def node(function: F, /) -> F: ...


@overload
def node(**metadata: Any) -> Callable[[F], F]: ...


def node(function: F | None = None, /, **metadata: Any) -> F | Callable[[F], F]:
    """Marks a function as a node and keeps its metadata; the function itself is returned unchanged.

    >>> @node(title="Mean", pure=True)
    ... def mean(values: list[float]) -> float:
    ...     return sum(values) / len(values)
    """

    def mark(target: F) -> F:
        # A callable without a __dict__ is a node all the same.
        with suppress(AttributeError, TypeError):
            setattr(target, METADATA_ATTRIBUTE, metadata)
        return target

    return mark if function is None else mark(function)
