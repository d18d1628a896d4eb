"""Values on their way to another worker: pickled, with large buffers beside the pickle so that none is copied twice."""

from __future__ import annotations

import gc
import io
import pickle
from array import array
from collections.abc import Sequence
from pathlib import Path
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

from .faults import Fault
from .files import File, Mount, as_file, content, made_file, write_apart
from .modules import MODULE_PREFIX, Modules
from .streams import Stream
from .type_names import bare_name

CODE = "value/not-portable"

MAX_DEPTH = 500
"""Pickling recurses in C, and in WebAssembly too deep a recursion ends the interpreter."""

LARGE = 4_096
"""Bytes from which a buffer travels beside the pickle."""

_LEAVES = (str, bytes, int, float, complex, type(None), type, FunctionType, BuiltinFunctionType, ModuleType)


def pack_value(value: object) -> tuple[bytes, list[memoryview | Mount]]:
    """A value as pickle and buffers; files of the host stand among them. Raises `Fault` with code `value/not-portable` for
    what cannot be pickled."""
    if isinstance(value, Stream):
        raise Fault(CODE, "A stream stays in the worker that makes its items.")
    if _is_deeper(value, MAX_DEPTH):
        raise Fault(CODE, f"The value is nested more than {MAX_DEPTH} levels deep.")
    buffers: list[pickle.PickleBuffer] = []
    files: list[Mount] = []
    target = io.BytesIO()
    try:
        # What is bytes and nothing else would be copied into the pickle before anybody is asked.
        _Pickler(target, buffers, files).dump(_Bytes(value) if type(value) is bytes and len(value) >= LARGE else value)
    except Exception as error:
        reason = str(error) or bare_name(type(error))
        raise Fault(CODE, f"{bare_name(type(value))} cannot be pickled: {reason}") from None
    return target.getvalue(), [*(buffer.raw() for buffer in buffers), *files]


def unpack_value(data: bytes, buffers: Sequence[Any], modules: Modules) -> object:
    """The value of a pickle and its buffers, which belong to the value from now on."""
    try:
        return _Unpickler(io.BytesIO(data), buffers, modules).load()
    except Exception as error:
        reason = str(error) or bare_name(type(error))
        raise Fault(CODE, f"The value cannot be made again in this worker: {reason}") from None


class _Bytes:
    """Stands for bytes in a pickle."""

    __slots__ = ("value",)

    def __init__(self, value: bytes) -> None:
        self.value = value


class _Pickler(pickle.Pickler):
    """Puts large buffers beside the pickle, also those of types that do not do so by themselves."""

    def __init__(self, target: io.BytesIO, buffers: list[pickle.PickleBuffer], files: list[Mount]) -> None:
        super().__init__(target, protocol=5, buffer_callback=lambda buffer: self._take(buffer))
        self._buffers = buffers
        self._files = files

    def _take(self, buffer: pickle.PickleBuffer) -> bool:
        if buffer.raw().nbytes < LARGE:
            return True
        self._buffers.append(buffer)
        return False

    def reducer_override(self, value: Any) -> Any:
        """How a value is made again; `NotImplemented` leaves that to its own type."""
        kind = type(value)
        if kind is _Bytes:
            return bytes, (pickle.PickleBuffer(value.value),)
        if kind is array and len(value) * value.itemsize >= LARGE:
            return _array, (value.typecode, pickle.PickleBuffer(value))
        if kind is File and value.mount is None:
            return made_file, (pickle.PickleBuffer(content(value)), value.facts)
        if kind is File:
            self._files.append(value.mount)
            return _host_file, (len(self._files) - 1, value.facts)
        if isinstance(value, Path):
            file = as_file(value)
            # Elsewhere there is no such file: it goes along, under its name.
            if file is not None:
                return _written, (file.name, pickle.PickleBuffer(content(file)))
        if kind is memoryview and value.contiguous:
            return _view, (pickle.PickleBuffer(value.cast("B")), value.format, value.shape)
        return NotImplemented


class _Unpickler(pickle.Unpickler):
    """Finds classes of node sources, whose modules exist once they are used."""

    def __init__(self, source: io.BytesIO, buffers: Sequence[Any], modules: Modules) -> None:
        super().__init__(source, buffers=[buffer for buffer in buffers if not isinstance(buffer, Mount)])
        self._files = [buffer for buffer in buffers if isinstance(buffer, Mount)]
        self._modules = modules

    def find_class(self, module: str, name: str) -> Any:
        """The class or function of that name."""
        if module.startswith(MODULE_PREFIX):
            found = self._modules.by_name(module)
            if found is not None:
                found.load()
                module = found.name
        if module == __name__ and name == _host_file.__name__:
            return lambda place, facts: made_file(self._files[place], facts)
        return super().find_class(module, name)


def _host_file(_place: int, _facts: dict[str, Any]) -> File:
    """Stands in a pickle for a file of the host: only who reads it knows where that is now."""
    raise RuntimeError("the pickle of a file of the host is read in another place")


def _written(name: str, data: Any) -> Path:
    return Path(write_apart(name, data))


def _array(typecode: str, buffer: Any) -> array[Any]:
    made = array(typecode)
    made.frombytes(buffer)
    return made


def _view(buffer: Any, form: str, shape: tuple[int, ...]) -> memoryview:
    view = memoryview(buffer).cast("B")
    return view if form == "B" and len(shape) == 1 else view.cast(form, shape)  # type: ignore[call-overload]


def _is_deeper(value: object, limit: int) -> bool:
    """Whether containers are nested deeper: level by level, so that looking takes no stack."""
    level: list[object] = [value]
    seen: set[int] = set()
    for _ in range(limit):
        level = [item for item in gc.get_referents(*level) if _may_nest(item) and id(item) not in seen]
        if not level:
            return False
        seen.update(map(id, level))
    return True


def _may_nest(item: object) -> bool:
    return gc.is_tracked(item) and not isinstance(item, _LEAVES)

