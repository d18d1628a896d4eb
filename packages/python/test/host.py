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
        self.tasks: list[str] = []
        self.on_group: Callable[[], object] = lambda: None
        self.runtime = Runtime(self._receive, **options)

    def _receive(self, text: str) -> None:
        self.groups.append([each for event in json.loads(text, parse_constant=_not_json) for each in self._said(event)])
        self.on_group()

    def _said(self, event: Event) -> list[Event]:
        """Events of single tasks, also of those that are told of together."""
        if event["kind"] != "ran":
            return [event]
        longer = dict(event["longer"])
        said: list[Event] = []
        for index, (letter, text) in enumerate(zip(event["types"], event["texts"], strict=True)):
            place = event["first"] + index
            size = event["bytes"] if isinstance(event["bytes"], int) else event["bytes"][index]
            output = {
                "handle": f"v{event['handle'] + index}",
                "typeName": {"i": "int", "f": "float", "b": "bool", "n": "None"}[letter],
                "preview": {"data": {"text/plain": text}, "truncated": False},
                "bytes": size,
            }
            duration = longer.get(place, event["durationMs"])
            said.append({"kind": "started", "task": self.tasks[place]})
            said.append(
                {
                    "kind": "success",
                    "task": self.tasks[place],
                    "durationMs": duration,
                    "outputs": {event["port"]: output},
                }
            )
        return said

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
        self.tasks = [each["id"] for each in tasks]
        asyncio.run(self.runtime.execute(batch_of(*tasks), buffers))
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


def batch_of(*tasks: dict[str, Any]) -> str:
    """Tasks in the form of a `RuntimeBatch`."""
    places = {each["id"]: place for place, each in enumerate(tasks)}
    shapes: list[dict[str, Any]] = []
    shape_of: list[int] = []
    origins: list[int] = []
    sources: list[dict[str, Any]] = []

    def placed(source: dict[str, Any]) -> dict[str, Any]:
        if source["kind"] == "task":
            return source | {"task": places.get(source["task"], len(tasks))}
        return source | {"items": [placed(item) for item in source["items"]]} if source["kind"] == "list" else source

    for each in tasks:
        inputs = each["inputs"]
        shape = {
            "typeId": each["typeId"],
            "revision": each["revision"],
            "ports": list(inputs),
            "outputs": [source.get("port") for source in inputs.values()],
        }
        if shape not in shapes:
            shapes.append(shape)
        shape_of.append(shapes.index(shape))
        for source in inputs.values():
            if source["kind"] == "task":
                origins.append(places.get(source["task"], len(tasks)))
            else:
                origins.append(~len(sources))
                sources.append(placed(source))
    names = json.dumps({"tasks": [each["id"] for each in tasks], "nodes": [each["nodeId"] for each in tasks]})
    return json.dumps(
        {"shapes": shapes, "shapeOf": shape_of, "origins": origins, "sources": sources, "names": names}
    )


def literal(value: Any) -> dict[str, Any]:
    return {"kind": "literal", "head": json.dumps(value), "start": 0, "count": 0}


def output_of(id: str, port: str = "result") -> dict[str, Any]:
    return {"kind": "task", "task": id, "port": port}


def kinds(events: list[Event]) -> list[tuple[str, str]]:
    return [(event["task"], event["kind"]) for event in events]


def _not_json(name: str) -> None:
    raise AssertionError(f"{name} is not JSON")
