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


class Resolver:
    """Chooses the newest candidates that meet all conditions. It never goes back to an older one to please a third."""

    def __init__(self, candidates: list[Candidate], unfit: dict[str, list[str]]) -> None:
        self._by_name: dict[str, list[Candidate]] = {}
        for candidate in candidates:
            self._by_name.setdefault(candidate.name, []).append(candidate)
        for same in self._by_name.values():
            same.sort(key=lambda candidate: candidate.version, reverse=True)
        self._unfit = unfit
        """Files that there are of a name, but not for this interpreter."""

    def resolve(self, wanted: list[Requirement]) -> tuple[list[Candidate], list[Candidate]]:
        """The chosen candidates, and those of them that have to be looked into before the answer is final."""
        conditions: dict[str, list[tuple[Requirement, str]]] = {}
        for _ in range(MAX_ROUNDS):
            before = sum(map(len, conditions.values()))
            chosen, unknown = self._round(wanted, conditions)
            if sum(map(len, conditions.values())) == before:
                return chosen, unknown
        raise Fault("python/version-conflict", "The packages that are required do not fit together.")

    def _round(
        self, wanted: list[Requirement], conditions: dict[str, list[tuple[Requirement, str]]]
    ) -> tuple[list[Candidate], list[Candidate]]:
        chosen: dict[str, Candidate] = {}
        unknown: list[Candidate] = []
        seen: set[tuple[str, str, str]] = set()
        waiting = [(requirement, "the flow", frozenset[str]()) for requirement in wanted]
        while waiting:
            requirement, by, extras = waiting.pop(0)
            if not requirement.applies(extras) or (requirement.text, by, ",".join(sorted(extras))) in seen:
                continue
            seen.add((requirement.text, by, ",".join(sorted(extras))))
            name = requirement.name
            known = conditions.setdefault(name, [])
            if all(requirement.text != other.text or by != who for other, who in known):
                known.append((requirement, by))
            if _is_standard(requirement) and name not in self._by_name:
                continue
            candidate = self._best(name, known)
            chosen[name] = candidate
            if candidate.requires is None:
                if candidate not in unknown:
                    unknown.append(candidate)
                continue
            for text in candidate.requires:
                waiting.append((parse_requirement(text), f"{candidate.name} {candidate.version}", requirement.extras))
        return list(chosen.values()), unknown

    def _best(self, name: str, conditions: list[tuple[Requirement, str]]) -> Candidate:
        there = self._by_name.get(name, [])
        asked = ", ".join(f"“{requirement.text}” of {by}" for requirement, by in conditions)
        for url in {requirement.url.partition("#")[0] for requirement, _ in conditions if requirement.url}:
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
        specifiers = [requirement.specifier for requirement, _ in conditions]
        fitting = [each for each in there if all(specifier.allows(each.version) for specifier in specifiers)]
        if not any(specifier.wants_pre_releases for specifier in specifiers):
            fitting = [each for each in fitting if not each.version.is_pre_release] or fitting
        if not fitting:
            versions = ", ".join(str(each.version) for each in there[:10])
            raise Fault("python/version-conflict", f"No {name} meets {asked}. There is {versions}.")
        for each in fitting:
            if not each.requires_python or Specifier(each.requires_python).allows(_python()):
                return each
        raise Fault(
            "python/version-conflict",
            f"{name} {fitting[0].version} needs Python {fitting[0].requires_python}; this is {_python()}.",
        )


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
    chosen, unknown = Resolver(candidates, unfit).resolve(wanted)
    return {
        "plan": [{"key": each.key, "name": each.name, "version": str(each.version)} for each in chosen],
        "unknown": [each.key for each in unknown],
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
