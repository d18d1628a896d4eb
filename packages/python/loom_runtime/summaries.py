"""Outputs as they stand in a success event: handle, type, shape and first preview, already as JSON text."""

from __future__ import annotations

from sys import getsizeof
from typing import Any

from .events import encoded, json_text
from .plain_text import leaf_text
from .previews import MAX_STRING, preview_of
from .sizes import size_of
from .streams import is_stream

_SCALARS = {int: "int", float: "float", bool: "bool", type(None): "None"}


def summary(handle: str, value: Any) -> str:
    """The JSON of a `RuntimeOutput`. Numbers, which are most values, take a short way."""
    kind = type(value)
    name = _SCALARS.get(kind)
    if name is not None:
        return (
            f'{{"handle":"{handle}","typeName":"{name}",'
            f'"preview":{{"data":{{"text/plain":"{leaf_text(value, MAX_STRING)}"}},"truncated":false}},'
            f'"bytes":{getsizeof(value)}}}'
        )
    if kind is str and len(value) <= MAX_STRING:
        return (
            f'{{"handle":"{handle}","typeName":"str","shape":"{len(value):,} characters",'
            f'"preview":{{"data":{{"text/plain":{json_text(value)}}},"truncated":false}},'
            f'"bytes":{getsizeof(value)}}}'
        )
    preview = preview_of(value)
    data = {
        "handle": handle,
        "typeName": preview.type_name,
        **({"shape": preview.shape} if preview.shape is not None else {}),
        "preview": {"data": preview.data, "truncated": preview.truncated},
        **({"isStream": True} if is_stream(value) else {"bytes": size_of(value)}),
    }
    try:
        return encoded(data)
    except (ValueError, TypeError):
        text = f"<{preview.type_name}: its preview is not JSON>"
        return encoded({**data, "preview": {"data": {"text/plain": text}, "truncated": True}})
