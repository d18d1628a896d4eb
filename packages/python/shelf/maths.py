"""Arithmetic and statistics."""

from __future__ import annotations

import math
import statistics
from typing import NamedTuple, TypedDict


class Summary(TypedDict):
    count: int
    mean: float
    median: float
    deviation: float
    smallest: float
    largest: float


class Line(NamedTuple):
    slope: float
    intercept: float
    fit: float


def add(a: float, b: float) -> float:
    """Add two numbers.

    Args:
        a: The first number.
        b: The second number.
    """
    return a + b


def subtract(a: float, b: float) -> float:
    """Subtract the second number from the first.

    Args:
        a: The number to subtract from.
        b: The number to subtract.
    """
    return a - b


def multiply(a: float, b: float) -> float:
    """Multiply two numbers.

    Args:
        a: The first number.
        b: The second number.
    """
    return a * b


def divide(a: float, b: float) -> float:
    """Divide the first number by the second.

    Args:
        a: The number to divide.
        b: The number to divide by. Zero is an error.
    """
    return a / b


def round_number(value: float, digits: int = 0) -> float:
    """Round a number, halves away from zero.

    Args:
        value: The number to round.
        digits: Digits to keep after the point; negative ones round to tens and hundreds.
    """
    factor = 10.0 ** abs(digits)
    scaled = abs(value) * factor if digits >= 0 else abs(value) / factor
    if not math.isfinite(scaled) or scaled >= 2**52:
        return value
    # 1.005 * 100 is a little less than 100.5: what is within a rounding error of a half counts as one.
    nearest = math.floor(scaled + 0.5 + 1e-9)
    return math.copysign(nearest / factor if digits >= 0 else nearest * factor, value)


def add_all(*numbers: float) -> float:
    """Add any number of numbers.

    Args:
        numbers: Connect as many as you like.
    """
    return math.fsum(numbers)


def summarise(values: list[float]) -> Summary:
    """Describe a list of numbers.

    Args:
        values: Numbers. Cells without a value are left out.

    Returns:
        count: How many numbers there are.
        mean: Their average.
        median: The one in the middle.
        deviation: The standard deviation of a sample.
        smallest: The least of them.
        largest: The greatest of them.
    """
    numbers = _present(values)
    if not numbers:
        raise ValueError("There are no numbers to describe.")
    return {
        "count": len(numbers),
        "mean": statistics.fmean(numbers),
        "median": statistics.median(numbers),
        "deviation": statistics.stdev(numbers) if len(numbers) > 1 else 0.0,
        "smallest": min(numbers),
        "largest": max(numbers),
    }


def linear_regression(x: list[float], y: list[float]) -> Line:
    """Find the straight line that is closest to points.

    Args:
        x: Where the points are, from left to right.
        y: How high they are. As many as there are in x.

    Returns:
        slope: How much y grows when x grows by one.
        intercept: The height of the line at x = 0.
        fit: How well the line fits: 1 when every point is on it, 0 when it explains nothing (R²).
    """
    if len(x) != len(y):
        raise ValueError(f"x has {len(x)} numbers, but y has {len(y)}.")
    pairs = [(a, b) for a, b in zip(x, y) if len(_present([a, b])) == 2]
    if len({a for a, _ in pairs}) < 2:
        raise ValueError("A line needs points at two different places of x.")
    across, heights = [a for a, _ in pairs], [b for _, b in pairs]
    slope, intercept = statistics.linear_regression(across, heights)
    flat = len(set(heights)) == 1
    return Line(slope, intercept, 1.0 if flat else statistics.correlation(across, heights) ** 2)


def _present(values: list[float]) -> list[float]:
    return [value for value in values if value is not None and not (isinstance(value, float) and math.isnan(value))]
