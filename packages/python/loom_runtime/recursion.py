"""The depth of recursion in WebAssembly, where Python's own default lets a small mistake end the interpreter."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable

WASM_LIMIT = 400
"""Python checks this count; the browser's stack it cannot see. In a worker of Chromium a `__getattr__` that calls
itself through `getattr` overflows that stack at 600 and does not at 400. Recursion through `repr` or `sorted` takes
more for each level and can overflow all the same: then the interpreter is gone, and its host starts another.
Importing large packages takes about 100."""


def guard_recursion(platform: str = sys.platform) -> None:
    """On Emscripten, lowers the limit and keeps it low. Elsewhere the default is safe, and nothing happens."""
    if platform != "emscripten" or getattr(sys.setrecursionlimit, "loom_limit", None) == WASM_LIMIT:
        return
    sys.setrecursionlimit(WASM_LIMIT)
    sys.setrecursionlimit = _capped(sys.setrecursionlimit)


def _capped(original: Callable[[int], None]) -> Callable[[int], None]:
    def setrecursionlimit(limit: int, /) -> None:
        """Sets the recursion limit, up to what the browser's stack can bear."""
        if limit > WASM_LIMIT:
            warnings.warn(f"In the browser the recursion limit stays at {WASM_LIMIT}.", RuntimeWarning, stacklevel=2)
        original(min(limit, WASM_LIMIT))

    setrecursionlimit.loom_limit = WASM_LIMIT  # type: ignore[attr-defined]
    return setrecursionlimit
