"""Moves a value out of Python and back, as between two executors."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from loom_runtime.portable import decode_portable, encode_portable


@dataclass
class Row:
    name: str
    when: object = None


def moved(value: object) -> Any:
    head, buffers = encode_portable(value)
    json.loads(head, parse_constant=lambda name: (_ for _ in ()).throw(AssertionError(name)))
    return decode_portable(head, [bytes(buffer) for buffer in buffers])
