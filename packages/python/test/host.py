"""A host for tests: it sends definitions and batches, and keeps the events."""

from __future__ import annotations

import asyncio
import json
import unittest
from collections.abc import Callable
from typing import Any

from loom_runtime import Runtime

Event = dict[str, Any]


class Clock:
    """A clock that moves only when it is told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


class Host:
    """One runtime with what it sent."""

    def __init__(self, **options: Any) -> None:
        self.groups: list[list[Event]] = []
        self.on_group: Callable[[], object] = lambda: None
        self.runtime = Runtime(self._receive, **options)

    def _receive(self, text: str) -> None:
        self.groups.append(json.loads(text, parse_constant=_not_json))
        self.on_group()

    @property
    def events(self) -> list[Event]:
        return [event for group in self.groups for event in group]

    def define(self, source: str, **changes: Any) -> None:
        definition = {
            "typeId": "test",
            "revision": "1",
            "source": source,
            "entry": "run",
            "returns": "single",
            "outputs": ["result"],
        }
        self.runtime.define(json.dumps([definition | changes]))

    def execute(self, *tasks: dict[str, Any], buffers: tuple[Any, ...] = ()) -> list[Event]:
        """Runs a batch and gives its events."""
        self.groups.clear()
        asyncio.run(self.runtime.execute(json.dumps({"id": "batch", "tasks": tasks}), buffers))
        return self.events

    def run(self, source: str, inputs: dict[str, Any] | None = None, **changes: Any) -> Event:
        """Defines a type, runs one task of it with literals, and gives the final event."""
        self.define(source, **changes)
        sources = {name: literal(value) for name, value in (inputs or {}).items()}
        return self.execute(task("t1", inputs=sources))[-1]

    def value(self, event: Event, port: str = "result") -> Any:
        """The very value that an output holds."""
        return self.runtime._values.get(event["outputs"][port]["handle"])

    def text(self, stream: str | None = None) -> str:
        """What was printed."""
        return "".join(
            event["text"] for event in self.events if event["kind"] == "output" and stream in (None, event["stream"])
        )


class HostTestCase(unittest.TestCase):
    """A test with a host."""

    def setUp(self) -> None:
        self.host = Host()
        self.addCleanup(self.host.runtime.close)


def task(id: str, type_id: str = "test", revision: str = "1", inputs: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"id": id, "nodeId": f"node-{id}", "typeId": type_id, "revision": revision, "inputs": inputs or {}}


def literal(value: Any) -> dict[str, Any]:
    return {"kind": "literal", "head": json.dumps(value), "start": 0, "count": 0}


def output_of(id: str, port: str = "result") -> dict[str, Any]:
    return {"kind": "task", "task": id, "port": port}


def kinds(events: list[Event]) -> list[tuple[str, str]]:
    return [(event["task"], event["kind"]) for event in events]


def _not_json(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")
