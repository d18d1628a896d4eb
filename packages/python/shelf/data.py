"""Tables as lists of dicts, one dict per row: reading, filtering, grouping and joining them."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import statistics
from collections.abc import Callable, Iterable
from typing import Any, Literal

INTEGER = re.compile(r"[+-]?(0|[1-9]\d*)")
NUMBER = re.compile(r"[+-]?((0|[1-9]\d*)(\.\d*)?|\.\d+)([eE][+-]?\d+)?")


def parse_csv(text: str, delimiter: str = ",", numbers: bool = True) -> list[dict]:
    """Read a table from CSV text. The first line names the columns.

    A column becomes numbers when all of its cells are numbers; codes such as 007 stay text. Empty cells are None.

    Args:
        text: The content of a CSV file.
        delimiter: The character between cells.
        numbers: Turn columns of numbers into numbers.
    """
    lines = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter or ",")
    names: list[str] = []
    table: list[list[str | None]] = []
    for cells in lines:
        if not cells:
            continue
        if not names:
            names = _distinct(cells)
        elif len(cells) > len(names):
            raise ValueError(f"Line {lines.line_num} has {len(cells)} cells, but there are {len(names)} columns.")
        else:
            table.append([cell if cell != "" else None for cell in cells] + [None] * (len(names) - len(cells)))
    columns = [[row[index] for row in table] for index in range(len(names))]
    values = [_numbers(column) if numbers else column for column in columns]
    return [dict(zip(names, cells)) for cells in zip(*values)]


def parse_json(text: str) -> Any:
    """Read a value from JSON text.

    Args:
        text: The content of a JSON file.
    """
    return json.loads(text.removeprefix("\ufeff"))


def write_csv(rows: list[dict], delimiter: str = ",") -> str:
    """Write a table as CSV text.

    Args:
        rows: A table, one dict per row.
        delimiter: The character between cells.
    """
    rows = _table(rows)
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, _columns(rows), delimiter=delimiter or ",", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return output.getvalue()


def filter_rows(
    rows: list[dict],
    column: str,
    operator: Literal["==", "!=", "<", "<=", ">", ">=", "contains", "starts with", "ends with", "is one of"],
    value: Any,
) -> list[dict]:
    """Keep the rows whose cell compares as wanted with a value.

    Cells without a value are only kept by "!=", and by "==" when the value is None.

    Args:
        rows: A table, one dict per row.
        column: The column to look at.
        operator: How to compare.
        value: What to compare with. A list for "is one of".
    """
    rows = _table(rows, column)
    test = _test(operator, value)
    return [row for row in rows if test(row.get(column))]


def drop_missing(rows: list[dict], column: str = "") -> list[dict]:
    """Drop the rows that have no value. None, NaN and empty text are no values.

    Args:
        rows: A table, one dict per row.
        column: The column to look at. Empty: drop a row when any of its cells has no value.
    """
    rows = _table(rows, *([column] if column else []))
    if column:
        return [row for row in rows if not _is_missing(row.get(column))]
    names = _columns(rows)
    return [row for row in rows if not any(_is_missing(row.get(name)) for name in names)]


def select_columns(rows: list[dict], columns: list[str]) -> list[dict]:
    """Keep some columns, in the order given.

    Args:
        rows: A table, one dict per row.
        columns: The names of the columns to keep.
    """
    if not columns:
        raise ValueError("Name at least one column to keep.")
    rows = _table(rows, *columns)
    return [{name: row.get(name) for name in columns} for row in rows]


def sort_rows(rows: list[dict], column: str, descending: bool = False) -> list[dict]:
    """Sort a table. Rows without a value come last.

    Args:
        rows: A table, one dict per row.
        column: The column to sort by. Numbers come before text.
        descending: The largest first.
    """
    rows = _table(rows, column)
    present = [row for row in rows if not _is_missing(row.get(column))]
    missing = [row for row in rows if _is_missing(row.get(column))]
    return sorted(present, key=lambda row: _rank(row[column]), reverse=descending) + missing


def limit_rows(rows: list[dict], count: int = 10, skip: int = 0) -> list[dict]:
    """Keep a number of rows from the start of a table.

    Args:
        rows: A table, one dict per row.
        count: How many rows to keep.
        skip: How many to leave out before them.
    """
    start = max(0, skip)
    return _table(rows)[start : start + max(0, count)]


def group_by(
    rows: list[dict],
    by: str,
    column: str = "",
    how: Literal["mean", "median", "sum", "min", "max", "std", "count"] = "mean",
) -> list[dict]:
    """Group rows by one column and bring each group's values of another down to one number.

    The result has a row for each group: its name, how many values were counted, and the number. Cells without a value
    are left out.

    Args:
        rows: A table, one dict per row.
        by: Rows with the same value here form a group.
        column: The values to bring together. Not needed to count rows.
        how: What to compute. "std" is the standard deviation of a sample.
    """
    rows = _table(rows, by, *([column] if column else []))
    if not column and how != "count":
        raise ValueError(f"Name the column whose {how} is wanted.")
    groups: dict[Any, tuple[Any, list[Any]]] = {}
    for row in rows:
        name = row.get(by)
        _, values = groups.setdefault(_key(name), (name, []))
        if not column:
            values.append(row)
        elif not _is_missing(row.get(column)):
            values.append(row[column])
    result = []
    for name, values in sorted(groups.values(), key=lambda group: _rank(group[0])):
        group = {by: name, "count": len(values)}
        if how != "count":
            group[how] = _REDUCTIONS[how](values) if values else None
        result.append(group)
    return result


def join_rows(
    left: list[dict],
    right: list[dict],
    on: str,
    how: Literal["inner", "left", "outer"] = "left",
) -> list[dict]:
    """Put the rows of two tables side by side where they have the same value in a column.

    Args:
        left: A table, one dict per row.
        right: Another one. Its columns come after those of the first; names that clash get " (right)".
        on: The column that both have.
        how: "inner" keeps matches only, "left" every row of the left table, "outer" every row of both.
    """
    left, right = _table(left, on), _table(right, on)
    left_names = _columns(left) or [on]
    renamed = {name: f"{name} (right)" if name in left_names else name for name in _columns(right) if name != on}
    matches: dict[Any, list[dict]] = {}
    for row in right:
        matches.setdefault(_key(row.get(on)), []).append(row)
    nothing = dict.fromkeys(renamed.values())
    result = []
    used = set()
    for row in left:
        key = _key(row.get(on))
        found = matches.get(key, [])
        used.add(key)
        for other in found:
            result.append({**row, **{new: other.get(name) for name, new in renamed.items()}})
        if not found and how != "inner":
            result.append({**row, **nothing})
    if how == "outer":
        for key, found in matches.items():
            if key not in used:
                for other in found:
                    result.append(
                        {
                            **dict.fromkeys(left_names),
                            on: other.get(on),
                            **{new: other.get(name) for name, new in renamed.items()},
                        }
                    )
    return result


def calculate_column(
    rows: list[dict],
    name: str,
    column: str,
    operator: Literal["+", "-", "*", "/", "//", "%", "**"],
    other: str | float,
) -> list[dict]:
    """Add a column that is computed from another one.

    A cell is None where a value is missing, and where it is divided by zero.

    Args:
        rows: A table, one dict per row.
        name: The name of the new column.
        column: The column on the left of the operator.
        operator: What to do.
        other: The name of the column on the right of the operator, or a number.
    """
    rows = _table(rows, column, *([other] if isinstance(other, str) else []))
    operation = _OPERATIONS[operator]

    def cell(row: dict) -> Any:
        right = row.get(other) if isinstance(other, str) else other
        if _is_missing(row.get(column)) or _is_missing(right):
            return None
        try:
            return operation(row[column], right)
        except ZeroDivisionError:
            return None

    return [{**row, name: cell(row)} for row in rows]


def column_values(rows: list[dict], column: str, distinct: bool = False, missing: bool = False) -> list:
    """Take the values of one column.

    Args:
        rows: A table, one dict per row.
        column: The column to take.
        distinct: Each value once, where it comes first.
        missing: Keep cells without a value.
    """
    rows = _table(rows, column)
    values = [row.get(column) for row in rows if missing or not _is_missing(row.get(column))]
    return list({_key(value): value for value in reversed(values)}.values())[::-1] if distinct else values


_REDUCTIONS: dict[str, Callable[[list[Any]], Any]] = {
    "mean": statistics.fmean,
    "median": statistics.median,
    "sum": lambda values: math.fsum(values) if any(isinstance(value, float) for value in values) else sum(values),
    "min": min,
    "max": max,
    "std": lambda values: statistics.stdev(values) if len(values) > 1 else None,
}

_OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "+": lambda a, b: a + b,
    "-": lambda a, b: a - b,
    "*": lambda a, b: a * b,
    "/": lambda a, b: a / b,
    "//": lambda a, b: a // b,
    "%": lambda a, b: a % b,
    "**": lambda a, b: a**b,
}


def _test(operator: str, value: Any) -> Callable[[Any], bool]:
    """Compares cells with a value. What no cell could compare with is an error rather than an empty table."""
    is_list = isinstance(value, (list, tuple, set))
    if operator == "is one of":
        if not is_list:
            raise TypeError(f'"is one of" wants a list such as ["a", "b"], not {value!r}.')
        return _one_of(value)
    if operator in ("contains", "starts with", "ends with") and (value is None or is_list or isinstance(value, dict)):
        raise TypeError(f'"{operator}" wants a text, not {value!r}.')
    if operator in ("<", "<=", ">", ">=") and _is_missing(value):
        raise TypeError(f'"{operator}" wants a value to compare with, not {value!r}.')
    return _tests(value)[operator]


def _one_of(values: Iterable[Any]) -> Callable[[Any], bool]:
    allowed = {_key(value) for value in values}
    # As in the other comparisons, a number in a text is still meant as a number.
    numbers = {_as_number(value) for value in values if isinstance(value, str)} - {None}

    def test(cell: Any) -> bool:
        is_number = isinstance(cell, (int, float)) and not isinstance(cell, bool)
        return _key(cell) in allowed or (is_number and cell in numbers)

    return test


def _tests(value: Any) -> dict[str, Callable[[Any], bool]]:
    text = str(value)
    number = _as_number(value)

    def ordered(compare: Callable[[Any, Any], bool]) -> Callable[[Any], bool]:
        def test(cell: Any) -> bool:
            if _is_missing(cell):
                return False
            # A number in a text field is still meant as a number.
            if isinstance(cell, (int, float)) and number is not None:
                return compare(cell, number)
            return compare(str(cell), text) if isinstance(cell, str) else compare(cell, value)

        return test

    def equal(cell: Any) -> bool:
        if isinstance(cell, (int, float)) and not isinstance(cell, bool) and number is not None:
            return cell == number
        return cell == value

    return {
        "==": equal,
        "!=": lambda cell: not equal(cell),
        "<": ordered(lambda a, b: a < b),
        "<=": ordered(lambda a, b: a <= b),
        ">": ordered(lambda a, b: a > b),
        ">=": ordered(lambda a, b: a >= b),
        "contains": lambda cell: not _is_missing(cell) and (text in str(cell)),
        "starts with": lambda cell: not _is_missing(cell) and str(cell).startswith(text),
        "ends with": lambda cell: not _is_missing(cell) and str(cell).endswith(text),
    }


def _as_number(value: Any) -> float | None:
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, str) and NUMBER.fullmatch(value.strip()):
        return float(value)
    return None


def _is_missing(value: Any) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def _key(value: Any) -> Any:
    """A value as a key. Lists and dicts cannot be one, so their text stands for them; True is not 1."""
    try:
        hash(value)
    except TypeError:
        return ("text", repr(value))
    return (isinstance(value, bool), value)


def _rank(value: Any) -> tuple[int, Any]:
    """Orders values of different kinds: numbers, then text, then the rest, then nothing."""
    if _is_missing(value):
        return (3, "")
    if isinstance(value, (int, float)):
        return (0, value)
    return (1, value) if isinstance(value, str) else (2, str(value))


def _columns(rows: Iterable[dict]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def _table(rows: Iterable[dict], *columns: str) -> list[dict]:
    """The rows, also of what can be gone through only once, when they are rows and have these columns."""
    table = rows if isinstance(rows, (list, tuple)) else _listed(rows)
    for index, row in enumerate(table):
        if not isinstance(row, dict):
            raise TypeError(f"A table is a list of dicts, one per row, but row {index + 1} is a {type(row).__name__}.")
    known = _columns(table) if columns else []
    for column in columns:
        if table and column not in known:
            raise ValueError(f'There is no column "{column}". There are: {", ".join(map(str, known))}.')
    return list(table)


def _listed(rows: Any) -> list[Any]:
    """What gives its rows one after the other. Dicts and data frames would give the names of their columns."""
    if isinstance(rows, (dict, str, bytes)) or hasattr(rows, "columns") or not isinstance(rows, Iterable):
        raise TypeError(f"A table is a list of dicts, one per row, not a {type(rows).__name__}.")
    return list(rows)


def _distinct(names: list[str]) -> list[str]:
    """Column names, each only once: a second "x" becomes "x 2"."""
    result: list[str] = []
    for index, name in enumerate(names):
        name = name.strip() or f"column {index + 1}"
        unique, count = name, 1
        while unique in result:
            count += 1
            unique = f"{name} {count}"
        result.append(unique)
    return result


def _numbers(column: list[str | None]) -> list[Any]:
    filled = [cell.strip() for cell in column if cell is not None]
    if not filled or not all(NUMBER.fullmatch(cell) for cell in filled):
        return column
    convert: Callable[[str], Any] = int if all(INTEGER.fullmatch(cell) for cell in filled) else float
    return [None if cell is None else convert(cell) for cell in column]
