"""Modules that exist in the interpreter and that node sources shall not import, such as those that reach into the page.

It keeps flows from depending on the page by accident. It is no boundary: Python has other ways to any module.
"""

from __future__ import annotations

import builtins
import importlib
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from types import FrameType
from typing import Any

from .modules import FILENAME_PREFIX


class HiddenModules:
    """Refuses imports of some modules to the sources of nodes. Installed packages may import them."""

    __slots__ = ("_import", "_import_module", "_names", "_reason")

    def __init__(self, names: Collection[str], reason: str) -> None:
        self._names = frozenset(names)
        self._reason = reason
        self._import: Callable[..., Any] | None = None
        self._import_module: Callable[..., Any] | None = None

    def install(self) -> None:
        """Stands in the way of `import` and of `importlib.import_module`."""
        real_import, real_import_module = builtins.__import__, importlib.import_module
        self._import, self._import_module = real_import, real_import_module
        names = self._names

        def guarded_import(
            name: str,
            globals: Mapping[str, Any] | None = None,
            locals: Mapping[str, Any] | None = None,
            fromlist: Sequence[str] = (),
            level: int = 0,
        ) -> Any:
            if level == 0 and name.partition(".")[0] in names:
                self._check(name, sys._getframe(1))
            return real_import(name, globals, locals, fromlist, level)

        def guarded_import_module(name: str, package: str | None = None) -> Any:
            if name.partition(".")[0] in names:
                self._check(name, sys._getframe(1))
            return real_import_module(name, package)

        builtins.__import__ = guarded_import
        importlib.import_module = guarded_import_module

    def uninstall(self) -> None:
        """Gives both back. Twice is fine."""
        if self._import is not None and self._import_module is not None:
            builtins.__import__ = self._import  # type: ignore[assignment]
            importlib.import_module = self._import_module
            self._import = self._import_module = None

    def _check(self, name: str, importer: FrameType | None) -> None:
        # Code of `exec` and `eval` that was given globals of its own is whose who runs it.
        while importer is not None and "__file__" not in importer.f_globals:
            importer = importer.f_back
        if importer is not None and str(importer.f_globals["__file__"]).startswith(FILENAME_PREFIX):
            raise ImportError(f"A node may not import {name}: {self._reason}", name=name)
