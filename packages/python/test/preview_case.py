"""Values to show, and a test case that checks the bounds of what is shown."""

from __future__ import annotations

import enum
import json
import unittest
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from loom_runtime.previews import Preview, preview_of
from loom_runtime.summaries import summary

TABLE = "application/vnd.loom.table+json"
TREE = "application/vnd.loom.tree+json"
PNG = b"\x89PNG\r\n\x1a\n...."


class Colour(enum.Enum):
    RED = "red"


class Pair(NamedTuple):
    a: int
    b: str


@dataclass
class Row:
    name: str
    inner: Any = field(default=None)


class Broken:
    def __repr__(self) -> str:
        raise ValueError("no")


def nested(depth: int) -> Any:
    value: Any = []
    for _ in range(depth):
        value = [value]
    return value


def text(value: object) -> str:
    return preview_of(value).data["text/plain"]


class PreviewTestCase(unittest.TestCase):
    def bounded(self, value: object, limit: int = 64_000) -> Preview:
        """The preview, which is JSON and within its bound."""
        preview = preview_of(value)
        self.assertLessEqual(len(json.dumps(preview.data, allow_nan=False, ensure_ascii=False)), limit)
        self.assertIn("text/plain", preview.data)
        json.loads(summary("v1", value), parse_constant=self.fail)
        return preview
