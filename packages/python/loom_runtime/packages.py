"""What a host asks when it makes an environment ready: JSON in and out, with faults as data."""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Callable
from typing import Any

from .faults import Fault
from .portable import bytes_of
from .resolving import conflicts, installed_version, resolve
from .wheels import check_digest, install_wheel, read_metadata


def resolve_packages(request: str) -> str:
    """Answers a `PackagesRequest` with a `PackagesAnswer`."""
    return _answer(lambda: resolve(json.loads(request)))


def wheel_metadata(file: str, data: Any) -> str:
    """What a wheel requires, as `WheelMetadata`."""

    def read() -> dict[str, Any]:
        found = read_metadata(file, bytes_of(data))
        return {"requires": found.requires, "requiresPython": found.requires_python}

    return _answer(read)


def digest_of(file: str, data: Any, expected: str | None) -> str:
    """The SHA-256 of a file, which must be the expected one if there is one."""
    return _answer(lambda: check_digest(file, bytes_of(data), expected))


def check_plan(plan: str) -> str:
    """A fault when something else is installed in the place of a package of this plan; else the names of those that are
    installed already."""

    def check() -> list[str]:
        packages = json.loads(plan)
        conflicts(packages)
        return [package["name"] for package in packages if installed_version(package["name"]) is not None]

    return _answer(check)


def add_wheel(file: str, data: Any, expected: str | None) -> str:
    """Checks a wheel and unpacks it among the packages of this interpreter. Gives its SHA-256."""

    def add() -> str:
        content = bytes_of(data)
        digest = check_digest(file, content, expected)
        install_wheel(file, content, sysconfig.get_paths()["purelib"])
        return digest

    return _answer(add)


def _answer(action: Callable[[], Any]) -> str:
    try:
        return json.dumps({"ok": action()})
    except Fault as fault:
        return json.dumps({"fault": fault.data()})
