"""Decisions between values."""

from __future__ import annotations

import math
from typing import Any, Literal, TypeVar

T = TypeVar("T")


def compare(a: Any, operator: Literal["==", "!=", "<", "<=", ">", ">=", "in"], b: Any) -> bool:
    """Compare two values.

    Args:
        a: The value on the left.
        operator: How to compare. "in" asks whether the right value contains the left one.
        b: The value on the right.
    """
    if operator == "==":
        return bool(a == b)
    if operator == "!=":
        return bool(a != b)
    if operator == "in":
        return a in b
    if operator == "<":
        return bool(a < b)
    if operator == "<=":
        return bool(a <= b)
    return bool(a > b) if operator == ">" else bool(a >= b)


def choose(condition: bool, when_true: T, when_false: T) -> T:
    """Hand on one of two values.

    Args:
        condition: Which one to take.
        when_true: The value to take when the condition is true.
        when_false: The value to take otherwise.
    """
    return when_true if condition else when_false


def first_present(*values: T) -> T | None:
    """Take the first value that is there. None and NaN are not.

    Args:
        values: Connect as many as you like, the most wanted first.
    """
    for value in values:
        if value is not None and not (isinstance(value, float) and math.isnan(value)):
            return value
    return None


def all_true(*conditions: bool) -> bool:
    """Tell whether every condition is true.

    Args:
        conditions: Connect as many as you like.
    """
    return all(conditions)


def any_true(*conditions: bool) -> bool:
    """Tell whether at least one condition is true.

    Args:
        conditions: Connect as many as you like.
    """
    return any(conditions)
