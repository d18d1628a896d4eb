"""Plain JSON made into what a parameter asks for: dataclasses of dicts, dates and times of text."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any, get_args, get_origin

Shape = Callable[[Any], Any]

_MOMENTS = ("date", "datetime", "time")
_UNIONS = ("typing.Union", "<class 'typing.Union'>", "<class 'types.UnionType'>")


def shape_of(annotation: Any, names: dict[str, Any], records: dict[Any, Shape] | None = None) -> Shape | None:
    """What makes a value of plain JSON; nothing for annotations that JSON already is.

    Quoted annotations mean what they mean among `names`, the globals of the function. `records` are those met so far.
    """
    annotation = _meant(annotation, names)
    if annotation is None:
        return None
    records = {} if records is None else records
    origin = get_origin(annotation)
    if origin is None:
        if hasattr(annotation, "__dataclass_fields__"):
            return _record(annotation, names, records)
        is_moment = getattr(annotation, "__module__", "") == "datetime" and annotation.__name__ in _MOMENTS
        return _moment(annotation) if is_moment else None
    arguments = get_args(annotation)
    if hasattr(annotation, "__metadata__"):
        return shape_of(arguments[0], names, records)
    if origin is list:
        return _items(shape_of(arguments[0], names, records))
    if str(origin) not in _UNIONS:
        return None
    # `Settings | None`. Two records cannot be told apart by what is in them, so they stay dicts.
    shapes = [shape for each in arguments if (shape := shape_of(each, names, records)) is not None]
    return shapes[0] if len(shapes) == 1 else None


def _meant(annotation: Any, names: dict[str, Any]) -> Any:
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__forward_arg__", None)
    if text is None:
        return annotation
    try:
        return eval(text, dict(names))
    except Exception:  # it may name what only type checkers import
        return None


def _moment(kind: Any) -> Shape:
    return lambda value: kind.fromisoformat(value) if isinstance(value, str) else value


def _items(item: Shape | None) -> Shape | None:
    if item is None:
        return None
    return lambda value: [item(each) for each in value] if isinstance(value, list) else value


def _record(kind: Any, names: dict[str, Any], records: dict[Any, Shape]) -> Shape:
    known = records.get(kind)
    if known is not None:
        return known
    shapes: dict[str, Shape] = {}

    def made(value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        return kind(**{name: shapes[name](each) if name in shapes else each for name, each in value.items()})

    # Known before its fields are looked at: a record may hold itself.
    records[kind] = made
    around = getattr(sys.modules.get(kind.__module__), "__dict__", names)
    for name, field in kind.__dataclass_fields__.items():
        shape = shape_of(field.type, around, records) if field.init else None
        if shape is not None:
            shapes[name] = shape
    return made
