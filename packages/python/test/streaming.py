"""Taking items in tests: everything of one test runs in one event loop, as in a host."""

from __future__ import annotations

import asyncio
import json
import unittest
from typing import Any

from host import batch_of, Clock, Event, Host

from loom_runtime.faults import RuntimeFaultError


class StreamTestCase(unittest.IsolatedAsyncioTestCase):
    """A test with a host whose type `test` gives a stream, and with a record of what was said to takes."""

    def setUp(self) -> None:
        self.steps: list[int | None] = []
        # The clock stands still: nothing depends on how busy the machine is.
        self.clock = Clock()
        self.host = Host(stepping=self.steps.append, clock=self.clock)
        self.addCleanup(self.host.runtime.close)
        self.said: list[Event] = []
        self._keys = 0

    async def execute(self, *tasks: dict[str, Any]) -> list[Event]:
        self.host.groups.clear()
        await self.host.runtime.execute(batch_of(*tasks))
        return self.host.events

    async def made(self, source: str, task: dict[str, Any], **changes: Any) -> str:
        """Runs a task whose result is a stream, and gives its handle."""
        self.host.define(source, **{"streams": ["result"], **changes})
        event = (await self.execute(task))[-1]
        self.assertEqual(event["kind"], "success", event)
        return event["outputs"]["result"]["handle"]

    def next_key(self) -> int:
        self._keys += 1
        return self._keys

    async def take(self, handle: str, start: int, count: int, key: int | None = None) -> tuple[list[Any], bool]:
        """The very items, and whether nothing follows."""
        request = json.dumps({"from": start, "max": count})
        text = await self.host.runtime.take(key or self.next_key(), handle, request, self._hear)
        data = json.loads(text)
        return [self.held(item["handle"]) for item in data["items"]], data["isDone"]

    async def refused(self, handle: str, start: int = 0, key: int | None = None) -> dict[str, Any]:
        """The fault of a take."""
        with self.assertRaises(RuntimeFaultError) as caught:
            await self.take(handle, start, 1, key)
        return caught.exception.fault.data()

    async def all(self, handle: str, count: int = 4) -> list[Any]:
        items: list[Any] = []
        done = False
        while not done:
            part, done = await self.take(handle, len(items), count)
            items += part
        return items

    def held(self, handle: str) -> Any:
        return self.host.runtime._values.get(handle)

    def keep(self, value: Any) -> str:
        return self.host.runtime._values.keep(value)

    def release(self, *handles: str) -> None:
        self.host.runtime.release(json.dumps(handles))

    def printed(self) -> str:
        return "".join(event["text"] for event in self.said if event["kind"] == "output")

    def _hear(self, text: str) -> None:
        self.said += json.loads(text)


async def turns(count: int = 5) -> None:
    """Lets everything that is ready run."""
    for _ in range(count):
        await asyncio.sleep(0)
