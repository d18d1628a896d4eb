"""Which packages a flow needs, out of those that there are."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import metadata
from typing import Any

from .faults import Fault
from .requirements import Requirement, normalized, parse_requirement
from .versions import Specifier, Version
from .wheels import read_wheel_name

FLOW = "the flow"

MAX_ATTEMPTS = 100
"""How many versions are passed over before a conflict counts as one."""

MAX_ROUNDS = 200
"""Every round knows one more condition. A set of packages that takes more does not fit together."""


@dataclass
class Candidate:
    """A package that there is. Without `requires` its file has to be looked into first."""

    key: str
    name: str
    version: Version
    requires: list[str] | None
    requires_python: str
    url: str | None

    @staticmethod
    def of(data: dict[str, Any], platforms: frozenset[str]) -> Candidate | None:
        """Nothing for a wheel that is of no use in this interpreter."""
        if "name" in data:
            name, version = normalized(data["name"]), data["version"]
        else:
            wheel = read_wheel_name(data["file"])
            if not wheel.fits(platforms):
                return None
            name, version = wheel.name, wheel.version
        return Candidate(data["key"], name, Version(version), data.get("requires"), data.get("requiresPython", ""), data.get("url"))


@dataclass
class Choice:
    """What was chosen, and what has to be known before that is final."""

    chosen: list[Candidate]
    unknown: list[Candidate]
    """Candidates whose files have to be looked into."""
    names: list[str]
    """Names that an index may know."""


@dataclass
class Condition:
    """A requirement, and who has it."""

    requirement: Requirement
    by: Candidate | None
    """None for the flow itself."""
    who: str
    """The chain of those on whose account it is there, for people."""


class Unmet(Fault):
    """No version of a package meets what others ask of it."""

    def __init__(self, message: str, conditions: list[Condition]) -> None:
        super().__init__("python/version-conflict", message)
        self.conditions = conditions


class Resolver:
    """Chooses the newest candidates that meet all conditions. When they do not fit together it goes back, a bounded number of
    times, to older versions of those who ask for what there is not."""

    def __init__(
        self, candidates: list[Candidate], unfit: dict[str, list[str]], asked: frozenset[str] | None = None
    ) -> None:
        self._by_name: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            self._by_name.setdefault(candidate.name, []).append(candidate)
        for same in self._by_name.values():
            same.sort(key=lambda candidate: candidate.version, reverse=True)
        self._unfit = unfit
        """Files that there are of a name, but not for this interpreter."""
        self._asked = asked
        """Names that an index was asked for already; None when there is no index."""
        self._passed_over: set[str] = set()
        """Keys of candidates that were tried and ask for what there is not."""

    def resolve(self, wanted: list[Requirement]) -> Choice:
        """The choice. Raises `Unmet` for the first conflict when no older version helps."""
        first: Unmet | None = None
        for _ in range(MAX_ATTEMPTS):
            try:
                return self._attempt(wanted)
            except Unmet as conflict:
                first = first or conflict
                older = self._older(conflict.conditions)
                if older is None:
                    break
                self._passed_over.add(older.key)
        assert first is not None
        raise first

    def _older(self, conditions: list[Condition]) -> Candidate | None:
        """Whom to pass over: the last of those who ask that has another version."""
        for condition in reversed(conditions):
            by = condition.by
            if by is not None and by.key not in self._passed_over and len(self._there(by.name)) > 1:
                return by
        return None

    def _there(self, name: str) -> list[Candidate]:
        return [each for each in self._by_name.get(name, []) if each.key not in self._passed_over]

    def _attempt(self, wanted: list[Requirement]) -> Choice:
        conditions: dict[str, list[Condition]] = {}
        for _ in range(MAX_ROUNDS):
            before = sum(map(len, conditions.values()))
            choice = self._round(wanted, conditions)
            if sum(map(len, conditions.values())) == before:
                return choice
        raise Fault("python/version-conflict", "The packages that are required do not fit together.")

    def _round(self, wanted: list[Requirement], conditions: dict[str, list[Condition]]) -> Choice:
        chosen: dict[str, Candidate] = {}
        unknown: list[Candidate] = []
        names: list[str] = []
        seen: set[tuple[str, str, str]] = set()
        waiting = [(Condition(requirement, None, FLOW), frozenset[str]()) for requirement in wanted]
        while waiting:
            condition, extras = waiting.pop(0)
            requirement = condition.requirement
            mark = (requirement.text, condition.by.key if condition.by else "", ",".join(sorted(extras)))
            if mark in seen or not requirement.applies(extras):
                continue
            seen.add(mark)
            name = requirement.name
            known = conditions.setdefault(name, [])
            if all(requirement.text != other.requirement.text or condition.by is not other.by for other in known):
                known.append(condition)
            if _is_standard(requirement) and name not in self._by_name:
                continue
            try:
                candidate = self._best(name, known)
            except Fault:
                if self._asked is None or name in self._asked:
                    raise
                names.append(name)
                continue
            chosen[name] = candidate
            if candidate.requires is None:
                if candidate not in unknown:
                    unknown.append(candidate)
                continue
            who = f"{candidate.name} {candidate.version}"
            chain = who if condition.by is None else f"{who} for {condition.who}"
            for text in candidate.requires:
                waiting.append((Condition(parse_requirement(text), candidate, chain), requirement.extras))
        return Choice(list(chosen.values()), unknown, list(dict.fromkeys(names)))

    def _best(self, name: str, conditions: list[Condition]) -> Candidate:
        there = self._there(name)
        requirements = [condition.requirement for condition in conditions]
        asked = ", ".join(f"“{condition.requirement.text}” of {condition.who}" for condition in conditions)
        for url in {requirement.url.partition("#")[0] for requirement in requirements if requirement.url}:
            there = [each for each in there if each.url == url]
            if not there:
                raise Fault(
                    "python/address-not-allowed",
                    f"{name} is required from {url} ({asked}). Nothing is fetched from an address that only a flow or a "
                    "package names: the app must name it as a source of packages.",
                )
        if not there:
            unfit = self._unfit.get(name)
            if unfit:
                reason = f"there is only {', '.join(unfit)}, which is not for this interpreter"
            else:
                reason = "no source has it"
            raise Fault("python/no-such-package", f"{name} is required ({asked}), but {reason}.")
        specifiers = [requirement.specifier for requirement in requirements]
        fitting = [each for each in there if all(specifier.allows(each.version) for specifier in specifiers)]
        if not any(specifier.wants_pre_releases for specifier in specifiers):
            fitting = [each for each in fitting if not each.version.is_pre_release] or fitting
        if not fitting:
            versions = ", ".join(str(each.version) for each in there[:10])
            raise Unmet(f"No {name} meets {asked}. There is {versions}.", conditions)
        for each in fitting:
            if not each.requires_python or Specifier(each.requires_python).allows(_python()):
                return each
        message = f"{name} {fitting[0].version} needs Python {fitting[0].requires_python}; this is {_python()}."
        raise Unmet(message, conditions)


def resolve(request: dict[str, Any]) -> dict[str, Any]:
    """Answers a `PackagesRequest` with a `PackagesAnswer`: JSON of both. Raises faults that name what is missing."""
    try:
        wanted = [parse_requirement(text) for text in request["requirements"]]
    except ValueError as error:
        raise Fault("python/requirement-syntax", f"{error}.") from None
    platforms = frozenset(request["platforms"])
    candidates, unfit = [], {}
    for data in request["candidates"]:
        try:
            candidate = Candidate.of(data, platforms)
        except ValueError as error:
            raise Fault("python/not-a-wheel", f"{data.get('file', data.get('name'))}: {error}.") from None
        if candidate is not None:
            candidates.append(candidate)
        else:
            unfit.setdefault(read_wheel_name(data["file"]).name, []).append(data["file"])
    asked = request.get("asked")
    choice = Resolver(candidates, unfit, None if asked is None else frozenset(asked)).resolve(wanted)
    return {
        "plan": [{"key": each.key, "name": each.name, "version": str(each.version)} for each in choice.chosen],
        "unknown": [each.key for each in choice.unknown],
        "names": choice.names,
    }


def conflicts(plan: list[dict[str, str]]) -> None:
    """Raises a fault when another version of a package is installed here already."""
    for package in plan:
        installed = installed_version(package["name"])
        if installed is not None and Version(installed) != Version(package["version"]):
            raise Fault(
                "python/environment-conflict",
                f"{package['name']} {package['version']} is needed, but another flow has brought "
                f"{package['name']} {installed} into the same Python. Give each flow an executor of its own.",
            )


def installed_version(name: str) -> str | None:
    """The version of a package that is installed; nothing when it is not."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _is_standard(requirement: Requirement) -> bool:
    """What comes with Python needs no package."""
    return requirement.name.replace("-", "_") in sys.stdlib_module_names and not requirement.specifier.clauses


def _python() -> Version:
    return Version(".".join(map(str, sys.version_info[:3])))
