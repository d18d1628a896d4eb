"""What values say about their own looks: the display methods of Jupyter, and figures of matplotlib."""

from __future__ import annotations

import base64
import json
import sys
from io import BytesIO
from typing import Any

from .plain_json import json_from_text, plain_json

MAX_TEXT = 64_000
"""Characters of a text form. A cut page is a broken page, so longer ones are left out whole."""

MAX_IMAGE = 2_000_000
"""Bytes of an image, and characters of the JSON of a chart."""

_METHODS = (
    ("image/svg+xml", "_repr_svg_"),
    ("image/png", "_repr_png_"),
    ("image/jpeg", "_repr_jpeg_"),
    ("text/html", "_repr_html_"),
    ("text/markdown", "_repr_markdown_"),
    ("text/latex", "_repr_latex_"),
    ("application/json", "_repr_json_"),
)
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)


class Displays:
    """Collects the forms of one value by MIME type, and notes about those that failed or are too large."""

    __slots__ = ("data", "notes")

    def __init__(self) -> None:
        self.data: dict[str, Any] = {}
        self.notes: list[str] = []

    def collect(self, value: Any) -> None:
        """Asks the value for all its forms. One that fails is noted and costs the others nothing."""
        kind = type(value)
        if kind.__module__.partition(".")[0] == "matplotlib":
            self._figure(value)
            if self.data:
                return
        if hasattr(kind, "_repr_mimebundle_"):
            self._attempt("_repr_mimebundle_", lambda: self._bundle(value._repr_mimebundle_()))
        for mime, name in _METHODS:
            if mime not in self.data and callable(getattr(kind, name, None)):
                self._attempt(name, lambda mime=mime, name=name: self._accept(mime, getattr(value, name)()))

    def image(self, value: bytes | bytearray) -> None:
        """Takes bytes that begin like an image file."""
        for signature, mime in _SIGNATURES:
            if value.startswith(signature):
                self._accept(mime, value)
        if value[:4] == b"RIFF" and value[8:12] == b"WEBP":
            self._accept("image/webp", value)

    def _attempt(self, name: str, action: Any) -> None:
        try:
            action()
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a display method may raise anything
            self.notes.append(f"{name} failed: {type(error).__name__}")

    def _bundle(self, bundle: Any) -> None:
        if isinstance(bundle, tuple) and bundle:
            bundle = bundle[0]
        if not isinstance(bundle, dict):
            return
        for mime, content in bundle.items():
            if isinstance(mime, str):
                self._attempt(mime, lambda mime=mime, content=content: self._accept(mime, content))

    def _accept(self, mime: str, content: Any) -> None:
        if isinstance(content, tuple) and len(content) == 2 and isinstance(content[1], dict):
            content = content[0]  # Data with metadata.
        if content is None:
            return
        if isinstance(content, (bytes, bytearray)):
            if self._fits(mime, len(content), MAX_IMAGE):
                self.data[mime] = base64.b64encode(content).decode("ascii")
        elif mime.endswith("json"):
            content = json_from_text(content) if isinstance(content, str) else plain_json(content)
            if self._fits(mime, len(json.dumps(content)), MAX_IMAGE):
                self.data[mime] = content
        elif isinstance(content, str):
            # Base64 of an image is a third longer than the image.
            limit = MAX_IMAGE * 4 // 3 if mime.startswith("image/") else MAX_TEXT
            if self._fits(mime, len(content), limit):
                self.data[mime] = str.__str__(content)

    def _fits(self, mime: str, size: int, limit: int) -> bool:
        if size > limit:
            self.notes.append(f"{mime} left out: {size:,} are more than {limit:,}")
            return False
        return True

    def _figure(self, value: Any) -> None:
        figure = value if hasattr(value, "savefig") else getattr(value, "figure", None)
        if figure is None or not hasattr(figure, "savefig"):
            return

        def draw() -> None:
            image = BytesIO()
            figure.savefig(image, format="png")
            self._accept("image/png", image.getvalue())
            pyplot = sys.modules.get("matplotlib.pyplot")
            if pyplot is not None:
                # pyplot keeps every figure alive that nobody closes; the figure itself stays usable.
                pyplot.close(figure)

        self._attempt("savefig", draw)
