"""Wheels: what is in them, and how they are unpacked. Every byte is checked before it can be imported."""

from __future__ import annotations

import base64
import csv
import hashlib
import importlib
import io
import re
import sys
import zipfile
from dataclasses import dataclass
from email.parser import Parser
from pathlib import Path, PurePosixPath

from .faults import Fault
from .requirements import normalized

MAX_BYTES = 1_000_000_000
"""Of all files of a wheel together, when they are unpacked."""

_FILE_NAME = re.compile(
    r"(?P<name>[^-]+)-(?P<version>[^-]+)(?:-\d[^-]*)?-(?P<python>[^-]+)-(?P<abi>[^-]+)-(?P<platform>[^-]+)\.whl"
)
_UNLISTED = ("RECORD", "RECORD.jws", "RECORD.p7s")


@dataclass(frozen=True)
class WheelName:
    """What the name of a wheel's file says."""

    name: str
    version: str
    tags: frozenset[tuple[str, str, str]]

    def fits(self, platforms: frozenset[str]) -> bool:
        """Whether it can be used in this interpreter, on one of these platforms."""
        minor = sys.version_info.minor
        pythons = {"py3", f"py3{minor}", f"cp3{minor}"}
        for python, abi, platform in self.tags:
            stable = abi == "abi3" and re.fullmatch(r"cp3\d+", python) is not None and int(python[3:]) <= minor
            older = abi == "none" and re.fullmatch(r"py3\d+", python) is not None and int(python[3:]) <= minor
            if platform != "any" and platform not in platforms:
                continue
            if stable or older or (python in pythons and abi in ("none", f"cp3{minor}")):
                return True
        return False


def read_wheel_name(file: str) -> WheelName:
    """Raises a fault `python/not-a-wheel` for anything else."""
    match = _FILE_NAME.fullmatch(file)
    if match is None:
        raise Fault("python/not-a-wheel", f"{file} is not the name of a wheel, such as attrs-25.3.0-py3-none-any.whl.")
    tags = frozenset(
        (python, abi, platform)
        for python in match["python"].split(".")
        for abi in match["abi"].split(".")
        for platform in match["platform"].split(".")
    )
    return WheelName(normalized(match["name"]), match["version"].replace("_", "+", 1), tags)


@dataclass(frozen=True)
class Metadata:
    """What a wheel says of itself, as far as installing needs it."""

    requires: list[str]
    requires_python: str


def read_metadata(file: str, data: bytes) -> Metadata:
    """Raises a fault `python/broken-wheel` when there is none."""
    with _opened(file, data) as archive:
        text = _read(file, archive, f"{_info_folder(file, archive)}/METADATA").decode("utf-8", "replace")
    message = Parser().parsestr(text, headersonly=True)
    return Metadata(list(message.get_all("Requires-Dist") or []), message.get("Requires-Python") or "")


def check_digest(file: str, data: bytes, expected: str | None) -> str:
    """The SHA-256 of a file in hexadecimal; a fault `python/wrong-hash` when another one was expected."""
    digest = hashlib.sha256(data).hexdigest()
    if expected is not None and digest != expected.lower():
        raise Fault(
            "python/wrong-hash",
            f"{file} is not the file that was meant: its SHA-256 is {digest}, expected was {expected.lower()}. "
            "Nothing of it was installed. Get the right file, or make the lock anew if the change is wanted.",
        )
    return digest


def install_wheel(file: str, data: bytes, target: str) -> None:
    """Unpacks a wheel into a folder of packages. Checks each file against the wheel's own record first."""
    with _opened(file, data) as archive:
        info = _info_folder(file, archive)
        files = _checked(file, archive, info)
    root = Path(target)
    for path, content in files:
        place = _place(path)
        if place is None:
            continue
        whole = root / place
        whole.parent.mkdir(parents=True, exist_ok=True)
        whole.write_bytes(content)
    (root / info / "INSTALLER").write_text("loom\n")
    importlib.invalidate_caches()


def _opened(file: str, data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise _broken(file, "it is not a zip archive") from None


def _info_folder(file: str, archive: zipfile.ZipFile) -> str:
    wanted = read_wheel_name(file)
    for name in archive.namelist():
        folder, _, rest = name.partition("/")
        if rest == "METADATA" and folder.endswith(".dist-info"):
            package, _, _ = folder.removesuffix(".dist-info").partition("-")
            if normalized(package) == wanted.name:
                return folder
    raise _broken(file, f"it has no metadata of {wanted.name}")


def _checked(file: str, archive: zipfile.ZipFile, info: str) -> list[tuple[str, bytes]]:
    """All files with their contents, which are those of the record."""
    if sum(entry.file_size for entry in archive.infolist()) > MAX_BYTES:
        raise _broken(file, f"it unpacks to more than {MAX_BYTES:,} bytes")
    record = _read(file, archive, f"{info}/RECORD").decode("utf-8", "replace")
    hashes = {row[0]: row[1] for row in csv.reader(io.StringIO(record)) if len(row) >= 2}
    files = []
    for entry in archive.infolist():
        path = PurePosixPath(entry.filename)
        if path.is_absolute() or ".." in path.parts or "\\" in entry.filename:
            raise _broken(file, f"its file {entry.filename} would land outside of the packages")
        if entry.is_dir():
            continue
        content = _read(file, archive, entry.filename)
        listed = path.parts[0] == info and path.name in _UNLISTED and len(path.parts) == 2
        if not listed and hashes.get(entry.filename) != _record_hash(content):
            raise _broken(file, f"its file {entry.filename} is not the one of its record")
        files.append((entry.filename, content))
    return files


def _record_hash(content: bytes) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(content).digest()).decode().rstrip("=")


def _place(path: str) -> str | None:
    """Where a file goes; nothing for scripts and headers, for which there is no use here."""
    first, _, rest = path.partition("/")
    if not first.endswith(".data"):
        return path
    kind, _, inner = rest.partition("/")
    return inner if kind in ("purelib", "platlib") and inner else None


def _read(file: str, archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except KeyError:
        raise _broken(file, f"it has no {name}") from None
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise _broken(file, f"{name} cannot be read: {error}") from None


def _broken(file: str, reason: str) -> Fault:
    return Fault("python/broken-wheel", f"{file} cannot be installed: {reason}.")
