"""Node types as they were sent: which function of which source, and what its result is taken apart into."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Literal

from .events import json_text
from .faults import Fault
from .modules import Modules, SourceModule
from .plain_text import plain_text
from .signatures import Signature
from .skip import skip
from .streams import Maker, stream_of
from .type_names import type_name

Returns = Literal["none", "single", "mapping", "sequence"]


class Definition:
    """One node type at one revision."""

    __slots__ = (
        "entry",
        "function",
        "gives_stream",
        "is_plain",
        "last_seconds",
        "module",
        "output_keys",
        "outputs",
        "returns",
        "revision",
        "signature",
        "streams",
        "type_id",
    )

    def __init__(self, data: dict[str, Any], module: SourceModule) -> None:
        self.type_id: str = data["typeId"]
        self.revision: str = data["revision"]
        self.entry: str = data["entry"]
        self.returns: Returns = data["returns"]
        self.outputs: list[str] = list(data["outputs"])
        self.output_keys = [json_text(name) for name in self.outputs]
        streams = data.get("streams", ())
        self.streams = [place for place, name in enumerate(self.outputs) if name in streams]
        """Places of the outputs that give items over time."""
        self.gives_stream = self.returns == "single" and 0 in self.streams
        """Whether what the function returns is such an output as a whole."""
        self.module = module
        self.function: Callable[..., Any] | None = None
        self.is_plain = False
        """Whether the function is called with its inputs by name and gives one value, and that is all."""
        self.signature: Signature | None = None
        self.last_seconds: float | None = None
        """How long the last call took: a guess at the next one."""

    def prepare(self) -> Callable[..., Any]:
        """The function, ready to be called. Raises what compiling or running the source raises."""
        if self.function is None:
            function = self.module.function(self.entry)
            self.signature = signature = Signature(function)
            self.function = function
            takes_as_given = not signature.file_forms and not signature.shapes
            plain_inputs = signature.is_simple and signature.context_name is None and takes_as_given
            self.is_plain = plain_inputs and self.returns == "single" and len(self.outputs) == 1 and not self.streams
        return self.function

    def taken_apart(self, result: Any) -> list[Any]:
        """The result as one value per output. Raises a fault `python/bad-result` when it does not fit."""
        outputs = self.outputs
        if result is skip:
            return [skip] * len(outputs)
        if self.returns == "single":
            return [result] if outputs else []
        if self.returns == "mapping":
            return self._by_name(result)
        if self.returns == "sequence":
            return self._in_order(result)
        return []

    def with_streams(self, parts: list[Any], maker: Maker) -> list[Any]:
        """The parts with a stream wherever one is due. Raises a fault `python/bad-result` where there are no items."""
        for place in self.streams:
            part = parts[place]
            if part is skip:
                continue
            stream = stream_of(part, maker)
            if stream is None:
                shown = f"{plain_text(part, 80)} ({type_name(part)})"
                message = f"{self.entry}() should give items for the stream “{self.outputs[place]}”, but gave {shown}."
                raise Fault("python/bad-result", message)
            parts[place] = stream
        return parts

    def _by_name(self, result: Any) -> list[Any]:
        values = []
        for name in self.outputs:
            try:
                values.append(result[name] if isinstance(result, Mapping) else getattr(result, name))
            except (KeyError, AttributeError):
                raise self._bad_result(f"it has no “{name}”", result) from None
        return values

    def _in_order(self, result: Any) -> list[Any]:
        expected = len(self.outputs)
        if isinstance(result, Mapping) and all(name in result for name in self.outputs):
            return [result[name] for name in self.outputs]
        if not isinstance(result, (tuple, list)):
            raise self._bad_result(f"it is not a tuple of {expected}", result)
        if len(result) != expected:
            raise self._bad_result(f"it has {len(result)} values in the place of {expected}", result)
        return list(result)

    def _bad_result(self, reason: str, result: Any) -> Fault:
        names = ", ".join(self.outputs)
        if isinstance(result, Mapping):
            shown = (
                f"a {type_name(result)} with {', '.join(plain_text(key, 40) for key in list(result)[:10]) or 'no keys'}"
            )
        else:
            shown = f"{plain_text(result, 80)} ({type_name(result)})"
        message = f"{self.entry}() should give the outputs {names}, but {reason}. It returned {shown}."
        return Fault("python/bad-result", message)


class Definitions:
    """The current revision of every node type."""

    __slots__ = ("_by_type", "_modules")

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._by_type: dict[str, Definition] = {}

    def define(self, data: dict[str, Any]) -> None:
        """Takes a type in, in the place of its earlier revision. Does not compile yet, so a faulty source is no fault
        here."""
        type_id, source = data["typeId"], data["source"]
        previous = self._by_type.get(type_id)
        if previous is not None and previous.module.text != source:
            self._modules.release(previous.module, type_id)
        module = self._modules.acquire(source, type_id, data["revision"])
        self._by_type[type_id] = Definition(data, module)

    def current(self) -> dict[str, Definition]:
        """All definitions as they are now: a batch keeps to them while newer ones may arrive."""
        return dict(self._by_type)

    def clear(self) -> None:
        """Forgets all types and unloads their modules."""
        self._by_type.clear()
        self._modules.clear()
