"""Sources of node types as Python modules. Types that share a source text (a shelf) share one module."""

from __future__ import annotations

import hashlib
import linecache
import re
import sys
from collections.abc import Callable
from types import CodeType, ModuleType
from typing import Any

FILENAME_PREFIX = "loom://"
MODULE_PREFIX = "loom_node_"
DIGEST = 12
"""Characters of a name that tell one source from others."""

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


class SourceModule:
    """One source text: compiled once, its body run once, and again only when it failed."""

    __slots__ = ("_code", "_lines", "_module", "filename", "name", "text", "users")

    def __init__(self, text: str, filename: str, name: str) -> None:
        self.text = text
        self.filename = filename
        self.name = name
        self.users: set[str] = set()
        self._code: CodeType | None = None
        self._module: ModuleType | None = None
        self._lines: list[str] | None = None

    @property
    def _source(self) -> str:
        # A byte order mark is the mark of a file, not of its text.
        return self.text.removeprefix("\ufeff")

    @property
    def lines(self) -> list[str]:
        """The lines as Python counts them, with their ends."""
        if self._lines is None:
            self._lines = _LINES.findall(self._source)
        return self._lines

    def load(self) -> ModuleType:
        """The module, ready to use. Raises what compiling the source or running its body raises."""
        if self._module is not None:
            return self._module
        if self._code is None:
            self._register_lines()
            self._code = compile(self._source, self.filename, "exec", dont_inherit=True)
        module = ModuleType(self.name)
        module.__file__ = self.filename
        # Dataclasses, pickle and typing look a class's module up by name, while the body still runs.
        sys.modules[self.name] = module
        try:
            exec(self._code, module.__dict__)  # running the user's code is the purpose
        except BaseException:
            sys.modules.pop(self.name, None)
            raise
        self._module = module
        return module

    def function(self, entry: str) -> Callable[..., Any]:
        """The function of that name. Raises AttributeError or TypeError when there is none."""
        target: Callable[..., Any] | None = getattr(self.load(), entry, None)
        if target is None:
            raise AttributeError(f"the source has no function {entry}()")
        if not callable(target):
            raise TypeError(f"{entry} is not a function")
        return target

    def unload(self) -> None:
        """Forgets the module. What still runs in it keeps its globals."""
        linecache.cache.pop(self.filename, None)
        if sys.modules.get(self.name) is self._module:
            sys.modules.pop(self.name, None)
        self._module = None

    def _register_lines(self) -> None:
        # Without a time of change the entry stays when linecache looks for changed files.
        linecache.cache[self.filename] = (len(self._source), None, self.lines, self.filename)


class Modules:
    """All sources by text, each with the types that use it; a source without users is unloaded."""

    __slots__ = ("_by_filename", "_by_source", "_count")

    def __init__(self) -> None:
        self._by_source: dict[str, SourceModule] = {}
        self._by_filename: dict[str, SourceModule] = {}
        self._count = 0

    def acquire(self, source: str, type_id: str, revision: str) -> SourceModule:
        """The module of a source, from now on also used by this type."""
        module = self._by_source.get(source)
        if module is None:
            self._count += 1
            word = re.sub(r"\W+", "_", type_id, flags=re.ASCII).strip("_") or "type"
            filename = f"{FILENAME_PREFIX}{type_id}@{revision}"
            if filename in self._by_filename:
                filename = f"{filename}.{self._count}"
            # The same in every worker: classes are found again by the name of their module.
            digest = hashlib.sha256(source.encode("utf-8", "surrogatepass")).hexdigest()[:DIGEST]
            module = SourceModule(source, filename, f"{MODULE_PREFIX}{word}_{digest}")
            self._by_source[source] = module
            self._by_filename[filename] = module
        module.users.add(type_id)
        return module

    def release(self, module: SourceModule, type_id: str) -> None:
        """Ends the use by a type."""
        module.users.discard(type_id)
        if not module.users:
            for index in (self._by_source, self._by_filename):
                for key in [key for key, value in index.items() if value is module]:
                    del index[key]
            module.unload()

    def by_filename(self, filename: str) -> SourceModule | None:
        """The module whose code has this filename."""
        return self._by_filename.get(filename)

    def by_name(self, name: str) -> SourceModule | None:
        """The module with this name; of a source that other types share, it may have another word in it."""
        digest = name[-DIGEST:]
        return next((module for module in self._by_source.values() if module.name.endswith(digest)), None)

    def clear(self) -> None:
        """Unloads everything."""
        for module in self._by_source.values():
            module.unload()
        self._by_source.clear()
        self._by_filename.clear()
