"""Files as values: what a user chose, and what code wrote. Nothing is read before somebody reads it."""

from __future__ import annotations

import io
import os
from collections.abc import Callable
from pathlib import Path, PurePath
from typing import IO, Any

from .faults import Fault

Bytes = bytes | bytearray | memoryview

UNKNOWN_TYPE = "application/octet-stream"

_drop: list[Callable[[str], object]] = []


class File:
    """A file: one that a user chose for an input, or one that a node gives. It is a path for everything that takes one,
    such as `open` and `pandas.read_csv`. Files that a user chose can only be read, and large ones stay where they are:
    reading takes memory for what is read.

    >>> def count(rows: File) -> int:
    ...     with rows.open() as lines:
    ...         return sum(1 for _ in lines)

    A node may return one, of a path or of bytes:

    >>> File(b"a,b", name="table.csv").size
    3
    """

    __slots__ = ("__weakref__", "_data", "_modified", "_mount", "_name", "_path", "_type")

    def __init__(
        self,
        source: str | os.PathLike[str] | bytes | bytearray | memoryview,
        *,
        name: str | None = None,
        type: str | None = None,
        modified: float | None = None,
    ) -> None:
        """`source` is where the file is, or what is in it. `modified` is in seconds of `time.time`."""
        self._data: Bytes | None = None
        self._path: str | None = None
        if isinstance(source, (bytes, bytearray, memoryview)):
            self._data = source
        else:
            self._path = os.path.abspath(os.fspath(source))
        self._name = name or ("file" if self._path is None else os.path.basename(self._path))
        self._type = type
        self._modified = modified
        self._mount: Mount | None = None

    @property
    def name(self) -> str:
        """The name without a folder."""
        return self._name

    @property
    def type(self) -> str:
        """The media type, such as `text/csv`; guessed from the name where nobody told."""
        if not self._type:
            import mimetypes

            self._type = mimetypes.guess_type(self._name)[0] or UNKNOWN_TYPE
        return self._type

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self._data) if self._data is not None else os.path.getsize(self._place())

    @property
    def modified(self) -> float | None:
        """When it was last changed, in seconds of `time.time`."""
        if self._modified is None and self._path is not None and self._mount is None:
            return os.path.getmtime(self._path)
        return self._modified

    @property
    def path(self) -> Path:
        """Where it can be opened, as long as this object lives. What was given as bytes is written there when it is asked for."""
        return Path(self._place())

    def open(self, mode: str = "rb", encoding: str | None = None, newline: str | None = None) -> IO[Any]:
        """Opens it for reading: `rb` for bytes, `r` for text (UTF-8 unless told)."""
        if set(mode) - set("rbt"):
            raise ValueError(f"a file is opened for reading, not with mode {mode!r}: write to a path of your own")
        raw: Any
        if self._data is not None:
            raw = io.BytesIO(self._data)
        else:
            unbuffered = _Reader(self._place())
            unbuffered.mount = self._mount
            raw = io.BufferedReader(unbuffered, 1 << 20)
        return raw if "b" in mode else io.TextIOWrapper(raw, encoding or "utf-8", newline=newline)

    def read(self) -> bytes:
        """All of it, in memory."""
        if self._data is not None:
            return bytes(self._data)
        with self.open() as source:
            return bytes(source.read())

    def read_text(self, encoding: str = "utf-8") -> str:
        """All of it as text."""
        return self.read().decode(encoding)

    def __fspath__(self) -> str:
        return self._place()

    def __repr__(self) -> str:
        return f"File({self._name!r})"

    @property
    def mount(self) -> Mount | None:
        """For the runtime: the file of the host that this is."""
        return self._mount

    @property
    def facts(self) -> dict[str, Any]:
        """For the runtime: what is told of it without reading it."""
        modified = self.modified
        milliseconds = None if modified is None else round(modified * 1000)
        return {"name": self._name, "type": self.type, "modified": milliseconds}

    def _place(self) -> str:
        if self._path is None:
            self._path = write_apart(self._name, self._data or b"")
        return self._path


class Mount:
    """A file of the host, where that has put it. It can be taken away once nobody needs it."""

    __slots__ = ("path",)

    nbytes = 0
    """Nothing of it is copied when it moves."""

    def __init__(self, path: str) -> None:
        self.path = path

    def __del__(self) -> None:
        for drop in _drop:
            drop(self.path)


class _Reader(io.FileIO):
    """Keeps a file of the host where it is while it is open."""

    mount: Mount | None = None


def on_drop(drop: Callable[[str], object]) -> None:
    """Tells who takes files of the host away."""
    _drop[:] = [drop]


def made_file(source: Any, facts: dict[str, Any]) -> File:
    """A file of the host, or one of bytes, with what was told of it."""
    modified = None if facts.get("modified") is None else facts["modified"] / 1000
    given = source.path if isinstance(source, Mount) else source
    file = File(given, name=facts["name"], type=facts["type"] or None, modified=modified)
    file._mount = source if isinstance(source, Mount) else None
    return file


def as_file(value: object) -> File | None:
    """A value as a file: one, or the path of one that is there."""
    if isinstance(value, File):
        return value
    if not isinstance(value, PurePath):
        return None
    try:
        return File(value) if os.path.isfile(value) else None
    except (OSError, ValueError):
        return None


def content(file: File) -> Bytes:
    """What is in a file of this interpreter, for somebody elsewhere."""
    try:
        return file._data if file._data is not None else file.read()
    except OSError as error:
        raise Fault("value/not-portable", f"the file {file.name} cannot be read: {error.strerror}") from None


def write_apart(name: str, data: Bytes) -> str:
    """Writes a file of that name into a folder of its own."""
    import tempfile

    safe = os.path.basename(name.replace("\\", "/")).strip(". \0") or "file"
    path = os.path.join(tempfile.mkdtemp(prefix="loom-"), safe)
    with open(path, "xb") as target:
        target.write(data)
    return path
