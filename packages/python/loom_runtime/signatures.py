"""How a function is called with values by port name, found out once per revision."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from typing import Any

from .context import Context
from .file_forms import FileForm, file_form, formed
from .shapes import Shape, shape_of

CONTEXT_NAME = "ctx"
_CONTEXT_TYPES = {"Context", "loom.Context", "loom_runtime.Context"}


class Signature:
    """A function's parameters as far as calling needs them."""

    __slots__ = ("_positional", "_spread", "context_name", "file_forms", "is_simple", "required", "shapes")

    def __init__(self, function: Callable[..., Any]) -> None:
        self.context_name: str | None = None
        self._positional: list[inspect.Parameter] = []
        self._spread: str | None = None
        self.required: list[str] = []
        self.file_forms: dict[str, FileForm] = {}
        """In what form parameters take files."""
        self.shapes: dict[str, Shape] = {}
        """What parameters of other classes make of plain JSON."""
        parameters = _parameters(function)
        names = getattr(function, "__globals__", {})
        before: list[inspect.Parameter] = []
        for parameter in parameters:
            if _takes_context(parameter):
                self.context_name = parameter.name
            elif parameter.default is parameter.empty and parameter.kind not in (
                parameter.VAR_POSITIONAL,
                parameter.VAR_KEYWORD,
            ):
                self.required.append(parameter.name)
            form = file_form(parameter.annotation)
            if form is not None:
                self.file_forms[parameter.name] = form
            elif parameter.annotation is not parameter.empty and parameter.kind is not parameter.VAR_POSITIONAL:
                shape = shape_of(parameter.annotation, names)
                if shape is not None:
                    self.shapes[parameter.name] = shape
            if parameter.kind is parameter.VAR_POSITIONAL:
                self._spread = parameter.name
                # What stands before *values can then only be given by position.
                self._positional = before
            elif parameter.kind is parameter.POSITIONAL_ONLY:
                before.append(parameter)
                self._positional = before[:]
            elif parameter.kind is parameter.POSITIONAL_OR_KEYWORD:
                before.append(parameter)
        self.is_simple = not self._positional and self._spread is None

    def shaped(self, inputs: dict[str, Any]) -> dict[str, Any]:
        """The inputs as the parameters take them: files in their form, records and dates made of plain JSON."""
        if self.file_forms:
            inputs = {name: formed(self.file_forms.get(name), value) for name, value in inputs.items()}
        if self.shapes:
            shapes = self.shapes
            inputs = {name: shapes[name](value) if name in shapes else value for name, value in inputs.items()}
        return inputs

    def arguments(self, inputs: dict[str, Any]) -> tuple[list[Any], dict[str, Any]]:
        """Positional and named arguments for a call that is not simple (`function(**inputs)`)."""
        named = dict(inputs)
        spread = named.pop(self._spread, ()) if self._spread is not None else ()
        items = list(spread) if isinstance(spread, (list, tuple)) else [spread]
        given = [parameter for parameter in self._positional if parameter.name in named]
        # A gap is filled by its default, so that what follows lands where it belongs.
        last = len(self._positional) if items else self._positional.index(given[-1]) + 1 if given else 0
        positional: list[Any] = []
        for parameter in self._positional[:last]:
            if parameter.name in named:
                positional.append(named.pop(parameter.name))
            elif parameter.default is not parameter.empty:
                positional.append(parameter.default)
            else:
                break
        return positional + items, named

    def missing(self, inputs: dict[str, Any]) -> list[str]:
        """Required inputs that have no value."""
        return [name for name in self.required if name not in inputs]


def _parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    try:
        if sys.version_info >= (3, 14):
            import annotationlib

            # An annotation may name what only type checkers import.
            signature = inspect.signature(function, annotation_format=annotationlib.Format.FORWARDREF)
        else:
            signature = inspect.signature(function)
    except (ValueError, TypeError):
        return []  # A builtin without a signature: everything is passed by name.
    return list(signature.parameters.values())


def _takes_context(parameter: inspect.Parameter) -> bool:
    annotation = getattr(parameter.annotation, "__forward_arg__", parameter.annotation)
    if annotation is Context or parameter.name == CONTEXT_NAME:
        return True
    return isinstance(annotation, str) and annotation.strip("'\" ") in _CONTEXT_TYPES
