"""Wheels made by tests."""

from __future__ import annotations

import base64
import hashlib
import io
import zipfile


def wheel(
    name: str,
    version: str = "1.0",
    files: dict[str, str] | None = None,
    requires: tuple[str, ...] = (),
    requires_python: str = "",
    changed: dict[str, str] | None = None,
) -> tuple[str, bytes]:
    """File name and content. What is `changed` does not agree with the record."""
    module = name.replace("-", "_")
    info = f"{module}-{version}.dist-info"
    lines = ["Metadata-Version: 2.1", f"Name: {name}", f"Version: {version}"]
    lines += [f"Requires-Dist: {text}" for text in requires]
    if requires_python:
        lines.append(f"Requires-Python: {requires_python}")
    contents = {
        **(files if files is not None else {f"{module}.py": f"VERSION = '{version}'\n"}),
        f"{info}/METADATA": "\n".join(lines) + "\n\nAbout it.\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = "".join(f"{path},{_hash(text)},{len(text)}\n" for path, text in contents.items())
    contents = {**contents, **(changed or {}), f"{info}/RECORD": f"{record}{info}/RECORD,,\n"}
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for path, text in contents.items():
            archive.writestr(path, text)
    return f"{module}-{version}-py3-none-any.whl", target.getvalue()


def _hash(text: str) -> str:
    return "sha256=" + base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
