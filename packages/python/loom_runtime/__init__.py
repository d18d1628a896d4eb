"""The Python that runs Loom's nodes. Standard library only; the same in Pyodide and in CPython 3.11 or later.

The host makes one `Runtime` and speaks JSON with it. A node's own source may `from loom import node, Range, Context`.
"""

from __future__ import annotations

import sys
from types import ModuleType

from .annotations import Color, Multiline, Range, Slider, Text, node
from .context import Context
from .faults import RuntimeFaultError
from .files import File
from .runtime import Runtime
from .skip import skip

__all__ = [
    *("Color", "Context", "File", "Multiline", "Range", "Runtime", "RuntimeFaultError", "Slider", "Text"),
    *("node", "skip"),
]


def _author_module() -> ModuleType:
    """The module `loom` that sources import: only what helps to write a node."""
    module = ModuleType("loom", "What a node's source may use to describe itself.")
    for name in ("Color", "Context", "File", "Multiline", "Range", "Slider", "Text", "node", "skip"):
        setattr(module, name, globals()[name])
    return module


sys.modules["loom"] = _author_module()
