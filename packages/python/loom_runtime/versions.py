"""Versions and what is asked of them, by PEP 440."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Any

_VERSION = re.compile(
    r"""v?(?:(?P<epoch>\d+)!)?(?P<release>\d+(?:\.\d+)*)
    (?:[-_.]?(?P<pre>alpha|beta|preview|pre|a|b|c|rc)[-_.]?(?P<pre_n>\d*))?
    (?:-(?P<post_bare>\d+)|[-_.]?(?P<post>post|rev|r)[-_.]?(?P<post_n>\d*))?
    (?:[-_.]?(?P<dev>dev)[-_.]?(?P<dev_n>\d*))?
    (?:\+(?P<local>[a-z0-9]+(?:[-_.][a-z0-9]+)*))?""",
    re.VERBOSE | re.IGNORECASE,
)
_CLAUSE = re.compile(r"\s*(===|~=|==|!=|<=|>=|<|>)\s*([^\s,;()]+)\s*")
_PRE_LETTERS = {"alpha": "a", "beta": "b", "c": "rc", "pre": "rc", "preview": "rc"}


@total_ordering
class Version:
    """A version. Versions compare as releases do: `1.0a1 < 1.0 == 1.0.0 < 1.0.post1 < 1.1`."""

    __slots__ = ("dev", "epoch", "key", "local", "post", "pre", "release", "text")

    def __init__(self, text: str) -> None:
        match = _VERSION.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a version")
        self.text = text.strip()
        self.epoch = int(match["epoch"] or 0)
        self.release = tuple(int(part) for part in match["release"].split("."))
        letter = (match["pre"] or "").lower()
        self.pre = (_PRE_LETTERS.get(letter, letter), int(match["pre_n"] or 0)) if letter else None
        post = match["post_bare"] or (match["post_n"] or "0" if match["post"] else None)
        self.post = int(post) if post is not None else None
        self.dev = int(match["dev_n"] or 0) if match["dev"] else None
        self.local = re.split(r"[-_.]", match["local"].lower()) if match["local"] else []
        self.key = self._key(with_local=True)

    @property
    def public(self) -> tuple[Any, ...]:
        """The key without the local part."""
        return self._key(with_local=False)

    @property
    def is_pre_release(self) -> bool:
        return self.pre is not None or self.dev is not None

    def _key(self, *, with_local: bool) -> tuple[Any, ...]:
        release = self.release
        while len(release) > 1 and release[-1] == 0:
            release = release[:-1]
        # A development release of nothing else comes before all pre-releases.
        only_dev = self.pre is None and self.post is None and self.dev is not None
        pre = (0,) if only_dev else (2,) if self.pre is None else (1, *self.pre)
        post = (0,) if self.post is None else (1, self.post)
        dev = (1,) if self.dev is None else (0, self.dev)
        local = tuple((1, int(part), "") if part.isdigit() else (0, 0, part) for part in self.local)
        return (self.epoch, release, pre, post, dev, local if with_local else ())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Version) and self.key == other.key

    def __lt__(self, other: Version) -> bool:
        return bool(self.key < other.key)

    def __hash__(self) -> int:
        return hash(self.key)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Clause:
    """One condition, such as `>=1.2`."""

    operator: str
    operand: str

    def allows(self, version: Version) -> bool:
        """Whether a version meets it."""
        operator, operand = self.operator, self.operand
        if operator == "===":
            return version.text.lower() == operand.lower()
        if operand.endswith(".*"):
            return _begins_with(version, Version(operand[:-2])) == (operator == "==")
        wanted = Version(operand)
        if operator == "~=":
            prefix = Version(f"{wanted.epoch}!" + ".".join(map(str, wanted.release[:-1])))
            return version.public >= wanted.key and _begins_with(version, prefix)
        own = version.key if wanted.local else version.public
        if operator in ("==", "!="):
            return (own == wanted.key) == (operator == "==")
        if operator == "<=":
            return bool(version.public <= wanted.key)
        if operator == ">=":
            return bool(version.public >= wanted.key)
        same_release = version.epoch == wanted.epoch and _padded(version.release) == _padded(wanted.release)
        if operator == "<":
            return bool(version.key < wanted.key) and not (
                same_release and version.is_pre_release and not wanted.is_pre_release
            )
        return bool(version.public > wanted.key) and not (
            same_release and version.post is not None and wanted.post is None
        )


class Specifier:
    """Conditions that all hold, such as `>=1.2,<2`. Without one everything is allowed."""

    __slots__ = ("clauses", "text")

    def __init__(self, text: str) -> None:
        self.text = text.strip()
        self.clauses: list[Clause] = []
        for part in self.text.split(",") if self.text else []:
            match = _CLAUSE.fullmatch(part)
            if match is None:
                raise ValueError(f"{part.strip()!r} is not a condition on versions, such as >=1.2")
            clause = Clause(match[1], match[2])
            _check(clause)
            self.clauses.append(clause)

    @property
    def wants_pre_releases(self) -> bool:
        """Whether it names one."""
        return any(
            clause.operator not in ("!=", "===") and Version(clause.operand.removesuffix(".*")).is_pre_release
            for clause in self.clauses
        )

    def allows(self, version: Version) -> bool:
        """Whether a version meets all of it."""
        return all(clause.allows(version) for clause in self.clauses)


def _check(clause: Clause) -> None:
    if clause.operator == "===":
        return
    prefix = clause.operand.endswith(".*")
    if prefix and clause.operator not in ("==", "!="):
        raise ValueError(f"{clause.operator}{clause.operand} cannot end in .*")
    version = Version(clause.operand.removesuffix(".*"))
    if clause.operator == "~=" and len(version.release) < 2:
        raise ValueError(f"~={clause.operand} needs two numbers, such as ~=1.2")


def _padded(release: tuple[int, ...]) -> tuple[int, ...]:
    return release + (0,) * (16 - len(release))


def _begins_with(version: Version, prefix: Version) -> bool:
    length = len(prefix.release)
    return version.epoch == prefix.epoch and _padded(version.release)[:length] == prefix.release
