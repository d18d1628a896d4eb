"""Requirements of packages and their markers, by PEP 508."""

from __future__ import annotations

import os
import platform
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from .versions import Specifier, Version

_NAME = re.compile(r"\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*")
_EXTRAS = re.compile(r"\[([^\]]*)\]\s*")
_TOKEN = re.compile(r"""\s*(\(|\)|"[^"]*"|'[^']*'|===|~=|==|!=|<=|>=|<|>|[A-Za-z_][\w.]*)""")
_COMPARISONS = ("===", "~=", "==", "!=", "<=", ">=", "<", ">")
MAX_MARKER_TOKENS = 500


def normalized(name: str) -> str:
    """A package's name as it is compared: `Typing.Extensions` is `typing-extensions`."""
    return re.sub(r"[-_.]+", "-", name).lower()


@dataclass
class Requirement:
    """One line of what is required, such as `attrs[tests]>=22; python_version >= "3.9"`."""

    text: str
    name: str
    specifier: Specifier
    extras: frozenset[str] = field(default_factory=frozenset)
    url: str | None = None
    marker: str | None = None

    def applies(self, extras: frozenset[str] = frozenset()) -> bool:
        """Whether its marker holds in this interpreter, when these extras of the package that has it are wanted."""
        if self.marker is None:
            return True
        return any(_Marker(self.marker, {"extra": extra}).holds() for extra in (extras or {""}))


def parse_requirement(text: str) -> Requirement:
    """Raises ValueError, whose text is for people."""
    try:
        return _parsed(text)
    except ValueError as error:
        raise ValueError(f"“{text.strip()}” is not a requirement: {error}") from None


def _parsed(text: str) -> Requirement:
    match = _NAME.match(text)
    if match is None:
        raise ValueError("it does not begin with a name")
    name, rest = match[1], text[match.end() :]
    extras: frozenset[str] = frozenset()
    listed = _EXTRAS.match(rest)
    if listed is not None:
        extras = frozenset(normalized(extra.strip()) for extra in listed[1].split(",") if extra.strip())
        rest = rest[listed.end() :]
    url, marker = None, None
    if rest.startswith("@"):
        address, _, condition = rest[1:].strip().partition(" ;")
        url, rest = address.strip(), ""
        marker = condition.strip() or None
        if not url:
            raise ValueError("there is no address after @")
    else:
        rest, semicolon, condition = rest.partition(";")
        marker = condition.strip() if semicolon else None
    rest = rest.strip()
    if rest.startswith("(") and rest.endswith(")"):
        rest = rest[1:-1]
    if marker is not None:
        _Marker(marker, {"extra": ""}).holds()
    return Requirement(text.strip(), normalized(name), Specifier(rest), extras, url, marker)


def _environment() -> dict[str, str]:
    info = sys.implementation.version
    implementation = f"{info.major}.{info.minor}.{info.micro}"
    return {
        "implementation_name": sys.implementation.name,
        "implementation_version": implementation,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_release": platform.release(),
        "platform_system": platform.system(),
        "platform_version": platform.version(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


class _Marker:
    """Reads a marker and says at once whether it holds."""

    def __init__(self, text: str, more: Mapping[str, str]) -> None:
        self._tokens: list[str] = []
        place = 0
        while place < len(text.rstrip()):
            match = _TOKEN.match(text, place)
            if match is None or len(self._tokens) >= MAX_MARKER_TOKENS:
                raise ValueError(f"its marker cannot be read at {text[place : place + 20]!r}")
            self._tokens.append(match[1])
            place = match.end()
        self._place = 0
        self._values = {**_environment(), **more}

    def holds(self) -> bool:
        result = self._any()
        if self._place < len(self._tokens):
            raise ValueError(f"its marker goes on with {self._tokens[self._place]!r}")
        return result

    def _any(self) -> bool:
        result = self._all()
        while self._take("or"):
            right = self._all()
            result = result or right
        return result

    def _all(self) -> bool:
        result = self._one()
        while self._take("and"):
            right = self._one()
            result = result and right
        return result

    def _one(self) -> bool:
        if self._take("("):
            result = self._any()
            if not self._take(")"):
                raise ValueError("a bracket of its marker is not closed")
            return result
        left_is_name, left = self._operand()
        operator = self._next()
        if operator == "not":
            operator = f"not {self._next()}"
        right_is_name, right = self._operand()
        if left_is_name == "extra" or right_is_name == "extra":
            left, right = normalized(left), normalized(right)
        return _compare(left, operator, right)

    def _operand(self) -> tuple[str | None, str]:
        token = self._next()
        if token[0] in "\"'":
            return None, token[1:-1]
        if token not in self._values:
            raise ValueError(f"its marker names {token}, which is unknown")
        return token, self._values[token]

    def _next(self) -> str:
        if self._place >= len(self._tokens):
            raise ValueError("its marker breaks off")
        self._place += 1
        return self._tokens[self._place - 1]

    def _take(self, token: str) -> bool:
        if self._place < len(self._tokens) and self._tokens[self._place] == token:
            self._place += 1
            return True
        return False


def _compare(left: str, operator: str, right: str) -> bool:
    if operator == "in":
        return left in right
    if operator == "not in":
        return left not in right
    if operator not in _COMPARISONS:
        raise ValueError(f"its marker has {operator!r} where a comparison should be")
    try:
        return Specifier(f"{operator}{right}").allows(Version(left))
    except ValueError:
        pass
    if operator in ("==", "==="):
        return left == right
    if operator == "!=":
        return left != right
    # What is no version has no order that anybody could rely on.
    return False
