"""Single values of the standard library that JSON does not have, each as a tag and a text that says all of it."""

from __future__ import annotations

import sys
from math import isfinite
from pathlib import Path, PurePath
from typing import Any

_SECOND = 1_000_000


def exact_tag(value: Any) -> dict[str, Any] | None:
    """The tag of a value that holds no others; nothing for all other values. Imports nothing: what is not imported has no
    values."""
    if isinstance(value, complex):
        return {"$": "complex", "v": [_part(value.real), _part(value.imag)]}
    if isinstance(value, PurePath):
        return {"$": "path", "v": str(value)}
    decimal = sys.modules.get("decimal")
    if decimal is not None and isinstance(value, decimal.Decimal):
        return {"$": "decimal", "v": str(value)}
    datetime = sys.modules.get("datetime")
    return None if datetime is None else _moment(value, datetime)


def exact_value(tag: str, said: Any) -> object:
    """The value of a tag. Raises whatever its type raises for a text that is none."""
    match tag:
        case "complex":
            return complex(*said)
        case "path":
            return Path(said)
        case "decimal":
            from decimal import Decimal

            return Decimal(said)
    import datetime

    match tag:
        case "datetime":
            return datetime.datetime.fromisoformat(said)
        case "date":
            return datetime.date.fromisoformat(said)
        case "time":
            return datetime.time.fromisoformat(said)
        case "timedelta":
            days, seconds, microseconds = said
            return datetime.timedelta(days, seconds, microseconds)
        case _:
            raise ValueError(f"the tag {tag!r} is unknown")


def _moment(value: Any, datetime: Any) -> dict[str, Any] | None:
    if isinstance(value, datetime.date):
        text = value.isoformat()
        return {"$": "datetime" if isinstance(value, datetime.datetime) else "date", "v": text}
    if isinstance(value, datetime.time):
        return {"$": "time", "v": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"$": "timedelta", "v": [value.days, value.seconds, value.microseconds]}
    return None


def _part(number: float) -> object:
    if isfinite(number):
        return number
    return {"$": "float", "v": "nan" if number != number else "inf" if number > 0 else "-inf"}
