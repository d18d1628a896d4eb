"""In what form a parameter takes a file: as a `File`, as a path, or opened for reading."""

from __future__ import annotations

import io
from pathlib import Path, PurePath
from typing import Any, BinaryIO, Literal, get_args

from .files import File, as_file

FileForm = Literal["file", "path", "opened"]

_OPENED = (io.IOBase, BinaryIO)
_NAMES: dict[str, FileForm] = {
    "File": "file",
    "Path": "path",
    **dict.fromkeys(("BinaryIO", "BufferedReader", "BufferedIOBase", "RawIOBase"), "opened"),
}


def file_form(annotation: Any) -> FileForm | None:
    """The form that an annotation asks for; nothing when it is about something else. `File | None` is about files."""
    if annotation is File:
        return "file"
    if isinstance(annotation, type):
        return "path" if issubclass(annotation, PurePath) else "opened" if issubclass(annotation, _OPENED) else None
    text = annotation if isinstance(annotation, str) else getattr(annotation, "__forward_arg__", None)
    if text is not None:
        words = [part.strip("'\" ").rpartition(".")[2] for part in text.split("|")]
        return next((_NAMES[word] for word in words if word in _NAMES), None)
    # Of a union or something annotated; what is inside brackets of its own, as in a list, is not the value itself.
    if getattr(annotation, "__origin__", None) in (list, dict, tuple, set):
        return None
    forms = (file_form(member) for member in get_args(annotation) if isinstance(member, (type, str)))
    return next((form for form in forms if form is not None), None)


def formed(form: FileForm | None, value: Any) -> Any:
    """A file in the form that is asked for. All other values stay what they are, and so does what has that form already."""
    if form is None or not isinstance(value, (File, PurePath)):
        return value
    file = as_file(value)
    if file is None:
        return value
    if form == "opened":
        return file.open()
    if form == "path":
        return value if isinstance(value, Path) else file.path
    return file
