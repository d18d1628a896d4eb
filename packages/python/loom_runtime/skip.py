"""`skip`: stands for no value."""

from __future__ import annotations


class Skip:
    """The type of `skip`, which is its only instance."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "skip"

    def __reduce__(self) -> str:
        # A copy is the very same.
        return "skip"


skip = Skip()
"""Given for an output, it skips that port, and what hangs on the port is skipped too. Returned as the whole result it
skips every port. It is no value itself and never travels along a wire.

>>> def check(order: Order) -> tuple[Order, Order]:
...     return (order, skip) if order.is_paid else (skip, order)
"""
