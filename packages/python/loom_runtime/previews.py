"""Previews: a bounded MIME bundle of any value, the best form first. Never takes a value's word for its size."""

from __future__ import annotations

import codecs
from collections import deque
from collections.abc import Mapping
from itertools import islice
from typing import Any, NamedTuple

from .arrangements import Arrangement
from .arrays import array_view, dtype_name
from .cells import cell
from .dataframes import dataframe_source
from .displays import MAX_IMAGE, Displays
from .faults import Fault
from .files import File, as_file
from .galleries import GALLERY_TYPE, gallery_of
from .plain_text import is_container, is_record, leaf_text, plain_text
from .records import array_source, items_source, records_source
from .streams import Stream
from .table_source import TableSource
from .tables import ASKED_PAGE, FIRST_PAGE, TABLE_TYPE, table_page
from .trees import MAX_ITEMS, TREE_TYPE, TreeBuilder
from .type_names import type_name

MAX_STRING = 8_192
"""Characters of a string that are shown."""

MAX_BYTES = 1_000
MAX_TEXT = 2_000
MAX_EXTREMES = 100_000
"""Items of an array up to which its least and greatest are looked for."""

FILE_TYPE = "application/vnd.loom.file+json"
"""Name, type and size of a file."""

_PLAIN_CONTAINERS = (list, dict, tuple, set, frozenset)


class PreviewRequest(NamedTuple):
    """Which part of a value to show."""

    offset: int = 0
    limit: int = 1_000

    arrangement: Arrangement | None = None
    """Of tables: in which order, and which rows."""


class Preview(NamedTuple):
    """What is known of a value without moving it."""

    type_name: str
    shape: str | None
    data: dict[str, Any]
    truncated: bool


def preview_of(value: Any, request: PreviewRequest | None = None) -> Preview:
    """The preview of any value. Raises only `KeyboardInterrupt`, from user code, and a fault when too much is asked for."""
    try:
        return _preview(value, request)
    except (KeyboardInterrupt, Fault):
        raise
    except BaseException as error:  # properties and methods of a value may raise anything
        note = f"<{type_name(value)}: preview failed: {type(error).__name__}>"
        return Preview(type_name(value), None, {"text/plain": note}, True)


def _preview(value: Any, request: PreviewRequest | None) -> Preview:
    kind = type(value)
    if value is None or kind in (bool, int, float):
        return Preview(type_name(value), None, {"text/plain": leaf_text(value, MAX_TEXT)}, False)
    if isinstance(value, str):
        return _string(value, request)
    if isinstance(value, (bytes, bytearray)):
        return _bytes(value)
    if kind in _PLAIN_CONTAINERS:
        return _container(value, request)
    if isinstance(value, Stream):
        # Its items are not looked at: each comes only once.
        return Preview("stream", None, {"text/plain": "stream"}, False)
    file = as_file(value)
    if file is not None:
        return _file(value, file)
    frame = dataframe_source(value)
    if frame is not None:
        return _table(value, frame, request, _numbers(frame.shape), None)
    displays = Displays()
    if kind is not type:
        displays.collect(value)
    if displays.data or displays.notes:
        return _displayed(value, displays)
    if is_container(value) or isinstance(value, Mapping):
        return _container(value, request)
    array = array_view(value)
    if array is not None:
        return _array(value, array, request)
    shown = cell(value, MAX_TEXT)
    text = shown if isinstance(shown, str) else plain_text(value, MAX_TEXT)
    return Preview(type_name(value), None, {"text/plain": text}, text.endswith("…"))


def _string(value: str, request: PreviewRequest | None) -> Preview:
    start = request.offset if request else 0
    count = max(MAX_STRING, request.limit) if request else MAX_STRING
    length = str.__len__(value)
    shown = str.__getitem__(value, slice(start, start + min(count, 1_000_000)))
    return Preview(type_name(value), f"{length:,} characters", {"text/plain": shown}, len(shown) < length)


def _bytes(value: bytes | bytearray) -> Preview:
    displays = Displays()
    displays.image(value)
    text = leaf_text(value, MAX_BYTES)
    cut = len(value) > MAX_BYTES
    return Preview(type_name(value), f"{len(value):,} bytes", {**displays.data, "text/plain": text}, cut)


def _file(value: Any, file: File) -> Preview:
    size = file.size
    displays = Displays()
    with file.open() as source:
        start = source.read(MAX_IMAGE + 1)
    displays.image(start)
    facts = {"name": file.name, "type": file.type, "size": size}
    text = _text_of(start[:MAX_STRING], size)
    data = {**displays.data, FILE_TYPE: facts, "text/plain": f"{file.name} ({size:,} bytes)" if text is None else text}
    return Preview(type_name(value), f"{size:,} bytes", data, text is not None and size > MAX_STRING)


def _text_of(start: bytes, size: int) -> str | None:
    """The beginning of a file when it reads as text."""
    if b"\0" in start or not start:
        return None
    try:
        # The last character may have been cut in two.
        return codecs.getincrementaldecoder("utf-8")().decode(start, len(start) == size)
    except UnicodeDecodeError:
        return None


def _displayed(value: Any, displays: Displays) -> Preview:
    data = displays.data
    if "text/plain" not in data:
        data["text/plain"] = plain_text(value, MAX_TEXT)
    if displays.notes:
        data["text/plain"] = "\n".join([data["text/plain"], *(f"({note})" for note in displays.notes)])
    return Preview(type_name(value), None, data, bool(displays.notes))


def _container(value: Any, request: PreviewRequest | None) -> Preview:
    gallery = None
    if type(value) in (list, tuple):
        gallery = gallery_of(value) if request is None else None
        source = records_source(value) if gallery is None else None
        if source is not None:
            return _table(value, source, request, _numbers(source.shape), None)
        if request is not None:
            builder = TreeBuilder()
            page = value[request.offset : request.offset + min(request.limit, MAX_ITEMS)]
            tree = builder.items(page, max(0, len(value) - request.offset))
            return _table(value, items_source(value), request, _count(value), tree)
    if request is not None and isinstance(value, (set, frozenset, deque)):
        listed = list(islice(value, request.offset, request.offset + request.limit))
        source = items_source(listed)._replace(
            total=len(value), rows=lambda _start, _stop, _width: [[item] for item in listed]
        )
        return _table(value, source, request, _count(value), None)
    builder = TreeBuilder()
    tree = builder.build(value if is_container(value) else dict(islice(value.items(), MAX_ITEMS + 1)))
    data = {TREE_TYPE: tree, "text/plain": plain_text(value, MAX_TEXT)}
    if gallery is not None:
        data = {GALLERY_TYPE: gallery, **data}
    return Preview(type_name(value), _count(value), data, builder.truncated)


def _table(value: Any, source: TableSource, request: PreviewRequest | None, shape: str | None, tree: Any) -> Preview:
    limits = FIRST_PAGE if request is None else ASKED_PAGE
    offset, limit = (0, limits.rows) if request is None else (request.offset, request.limit)
    arrangement = request.arrangement if request else None
    page = table_page(arrangement.apply(source) if arrangement else source, offset, limit, limits)
    if arrangement:
        page.data["arranged"] = True
    data: dict[str, Any] = {TABLE_TYPE: page.data}
    if tree is not None:
        data[TREE_TYPE] = tree
    name = type_name(value)
    data["text/plain"] = f"{name}, {shape}"
    return Preview(name, shape, data, page.truncated)


def _array(value: Any, array: Any, request: PreviewRequest | None) -> Preview:
    shape = _numbers(array.shape) if len(array.shape) != 1 else f"{array.shape[0]:,} items"
    if not array.shape:
        item = value.item() if hasattr(value, "item") else array.source[()]
        return _preview(item, None)._replace(type_name=type_name(value))
    name = f"{type_name(value)}[{dtype_name(array.dtype)}]"
    extremes = _extremes(value, array)
    source = array_source(array)
    text = ", ".join([name, shape, *extremes])
    if source is None:
        return Preview(name, shape, {"text/plain": text}, True)
    preview = _table(value, source, request, shape, None)
    return preview._replace(type_name=name, data={**preview.data, "text/plain": text})


def _extremes(value: Any, array: Any) -> list[str]:
    count = 1
    for size in array.shape:
        count *= size
    if array.dtype[1:2] not in "iuf" or count == 0 or count > MAX_EXTREMES:
        return []
    if hasattr(value, "min") and hasattr(value, "max"):
        return [f"min {value.min()!s}", f"max {value.max()!s}"]
    if isinstance(array.source, memoryview) and array.source.c_contiguous:
        view: Any = array.source
        flat = view if view.ndim == 1 else view.cast("B").cast(view.format)
        return [f"min {min(flat)}", f"max {max(flat)}"]
    return []


def _numbers(shape: tuple[int, ...]) -> str:
    return f"{shape[0]:,} items" if len(shape) == 1 else " × ".join(f"{size:,}" for size in shape)


def _count(value: Any) -> str | None:
    if is_record(value):
        return None
    size = len(value) if hasattr(type(value), "__len__") else None
    if size is None:
        return None
    word = "keys" if isinstance(value, Mapping) else "items"
    return f"{size:,} {word if size != 1 else word[:-1]}"
