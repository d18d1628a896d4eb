"""Batches: tasks in a tight loop, each ending with exactly one final event."""

from __future__ import annotations

import asyncio
from array import array
from typing import Any

from .events import FLUSH_AFTER_SECONDS, EventQueue, encoded, json_text
from .faults import Fault
from .interrupts import Interrupts
from .output import TaskOutput, running_output
from .quick import LETTERS, NOTED_SECONDS, Quick
from .saving import Savings
from .sources import NOTHING, Nothing, Several, Unresolved
from .task_runs import PENDING, Raised, TaskRuns
from .values import Values
from .work import LONG_SECONDS, Work

EAGER_STARTS = 16
"""Tasks per batch whose start is told at once: all of a small batch, for any of them may hang this time, and of a large
one those of which nothing is known. So a small flow shows which node runs, and a large one is not slowed down by a
message for each."""

UNUSUAL = frozenset({Nothing, Several})
"""Kinds of results that are no values."""


class Batches:
    """Performs batches, one after the other."""

    __slots__ = ("_clock", "_interrupts", "_queue", "_runs", "_savings", "_values", "place")

    def __init__(
        self, queue: EventQueue, interrupts: Interrupts, values: Values, runs: TaskRuns, savings: Savings | None = None
    ) -> None:
        self._queue = queue
        self._clock = queue.clock
        self._interrupts = interrupts
        self._values = values
        self._runs = runs
        self._savings = savings
        self.place = array("i", [-1])
        """The place in its batch of the task that runs."""

    async def perform(self, work: Work) -> None:
        """Runs the tasks in order. Returns when each has its final event, cancelled or not."""
        queue, clock, interrupts, place_of = self._queue, self._clock, self._interrupts, self.place
        quick = Quick(work, queue, interrupts, self._values, self._savings)
        recipes, origins, results, origin_value = work.recipes, work.origins, work.results, work.input
        eager = EAGER_STARTS
        is_small = len(work.shapes) <= EAGER_STARTS
        set_output = running_output.set
        outside = set_output(None)
        one: Any = None
        two: Any = None
        inputs: dict[str, Any] = {}
        at = 0
        now = paused_at = clock()
        due = now if is_small else min(now, queue.flushed_at) + FLUSH_AFTER_SECONDS
        for place, shape in enumerate(work.shapes):
            recipe = recipes[shape]
            begin, at = at, at + len(recipe.ports)
            place_of[0] = place
            function, order = recipe.function, recipe.order
            if recipe.is_quick and now < due and function is not None and not interrupts.requested:
                # All that most tasks of a large batch need. It calls as little as it can.
                result: Any = None
                failure: BaseException | None = None
                begun = now
                try:
                    if order is None:
                        inputs = work.inputs(recipe, begin)
                    else:
                        origin = origins[begin + order[0]]
                        one = results[origin] if origin >= 0 else NOTHING
                        if type(one) in UNUSUAL:
                            one = origin_value(origin, recipe.outputs[order[0]])
                        if len(order) == 2:
                            origin = origins[begin + order[1]]
                            two = results[origin] if origin >= 0 else NOTHING
                            if type(two) in UNUSUAL:
                                two = origin_value(origin, recipe.outputs[order[1]])
                    quick.place = place
                    set_output((quick, place))
                    interrupts.armed = True
                    if interrupts.requested:
                        raise KeyboardInterrupt  # It came between the last look and now.
                    if order is None:
                        result = function(**inputs)
                    elif len(order) == 1:
                        result = function(one)
                    else:
                        result = function(one, two)
                    interrupts.armed = False
                except BaseException as error:  # whatever user code raises belongs to its task
                    failure = error
                    if not interrupts.armed:
                        quick.close()
                        self._not_begun(work.task(place), error)
                        continue
                    interrupts.armed = False
                now = clock()
                if failure is None and type(result) in LETTERS and not quick.has_spoken:
                    if recipe is not quick.recipe:
                        quick.go_on(place, recipe, begun)
                    quick.given.append(result)
                    results[place] = result
                    quick.ended_at = now
                    if now - begun >= NOTED_SECONDS:
                        quick.note(place, now - begun)
                    continue
                output = quick.of(place)
                now = await self._runs.run(work, place, recipe, output, inputs, begun, Raised(failure) if failure else result)
                quick.has_spoken = False
                continue
            quick.close()
            quick.place = -1
            # The end of the last task is near enough: each look at the clock costs a call to the host.
            if now - paused_at >= FLUSH_AFTER_SECONDS:
                queue.flush()
                # Lets the host's messages in: a cancel needs no signal then.
                await asyncio.sleep(0)
                now = paused_at = clock()
            task = work.task(place)
            name = json_text(task)
            if interrupts.requested:
                queue.add(f'{{"kind":"cancelled","task":{name}}}')
                continue
            try:
                inputs = work.inputs(recipe, begin)
                if recipe.fault is not None:
                    raise recipe.fault
            except (Unresolved, Fault) as error:
                self._not_begun(task, error)
                continue
            queue.add(f'{{"kind":"started","task":{name}}}')
            last_seconds = recipe.definition.last_seconds
            if eager > 0 and (is_small or last_seconds is None):
                eager -= 1
                queue.flush()
            elif (last_seconds or 0) >= LONG_SECONDS or queue.is_due():
                queue.flush()
            output = TaskOutput(name, queue, interrupts)
            now = await self._runs.run(work, place, recipe, output, inputs, clock(), PENDING)
            recipe.look()
            if not is_small:
                due = min(paused_at, queue.flushed_at) + FLUSH_AFTER_SECONDS
        quick.close()
        quick.place = place_of[0] = -1
        running_output.reset(outside)
        queue.flush()

    def _not_begun(self, task: str, error: BaseException) -> None:
        """The final event of a task whose inputs are not there."""
        if isinstance(error, Unresolved):
            self._queue.add(f'{{"kind":"unresolved","task":{json_text(task)}}}')
        elif isinstance(error, Fault):
            self._queue.add(encoded({"kind": "error", "task": task, "durationMs": 0, "error": error.data()}))
        else:
            raise error
