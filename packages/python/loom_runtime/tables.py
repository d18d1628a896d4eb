"""Pages of tables as JSON (`application/vnd.loom.table+json`)."""

from __future__ import annotations

from typing import Any, NamedTuple

from .cells import cell
from .table_source import TableSource

TABLE_TYPE = "application/vnd.loom.table+json"


class PageLimits(NamedTuple):
    """How much of a table one page may carry."""

    rows: int
    columns: int
    characters: int


FIRST_PAGE = PageLimits(rows=50, columns=30, characters=56_000)
ASKED_PAGE = PageLimits(rows=10_000, columns=200, characters=4_000_000)


class Page(NamedTuple):
    """A page and whether it leaves anything out."""

    data: dict[str, Any]
    truncated: bool


def table_page(source: TableSource, offset: int, limit: int, limits: PageLimits) -> Page:
    """The rows from `offset` on, as many as asked for and allowed."""
    start = max(0, min(offset, source.total))
    stop = min(source.total, start + max(0, min(limit, limits.rows)))
    width = min(len(source.names), limits.columns)
    rows: list[list[Any]] = []
    room = limits.characters
    cut = False
    for row in source.rows(start, stop, width):
        cells = [cell(value) for value in row]
        cells += [None] * (width - len(cells))
        room -= sum(len(item) + 3 if type(item) is str else 8 for item in cells)
        if room < 0 and rows:
            cut = True
            break
        rows.append(cells)
    columns = [
        {"name": cell(name), "type": kind} for name, kind in zip(source.names[:width], source.types, strict=False)
    ]
    data = {"columns": columns, "rows": rows, "total": source.total, "offset": start}
    partial = len(rows) < source.total or width < len(source.names) or not source.complete
    return Page(data, cut or partial)
