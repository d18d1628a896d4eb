"""What tasks gave that were done in no time: told of together, as columns."""

from __future__ import annotations

from sys import getsizeof
from types import NoneType
from typing import Any

from .events import EventQueue, json_text
from .interrupts import Interrupts
from .output import TaskOutput
from .saving import Savings
from .summaries import summary
from .values import Values
from .work import Recipe, Work

LETTERS = {int: "i", float: "f", bool: "b", NoneType: "n"}
"""Types whose values are told of in columns: their `repr` is short, has nothing to escape, and is nobody's code."""

LARGE_NUMBER = 500
"""Bytes of an integer that is not written out."""

NOTED_SECONDS = 0.001
"""A duration that is told by itself. Of shorter ones, which clocks of browsers hardly tell apart, the average is."""


class Quick:
    """Tasks of one batch that follow each other, and have ended well with a number or the like."""

    __slots__ = (
        "_begun_at",
        "_first",
        "_interrupts",
        "_key",
        "_queue",
        "_savings",
        "_values",
        "_work",
        "ended_at",
        "given",
        "has_spoken",
        "longer",
        "made",
        "place",
        "recipe",
    )

    def __init__(
        self, work: Work, queue: EventQueue, interrupts: Interrupts, values: Values, savings: Savings | None
    ) -> None:
        self._work = work
        self._queue = queue
        self._interrupts = interrupts
        self._values = values
        self._savings = savings
        self._first = 0
        self._begun_at = 0.0
        self._key = ""
        self.has_spoken = False
        """Whether the task that runs now has said something."""
        self.given: list[Any] = []
        """What they gave, in order."""
        self.longer: list[tuple[int, float]] = []
        """Those that took long enough to be told, by place, in seconds."""
        self.recipe: Recipe | None = None
        """That of the last one."""
        self.made: dict[int, TaskOutput] = {}
        """Of those that said something."""
        self.place = -1
        """Of the task that runs now."""
        self.ended_at = 0.0
        """When the last of them was done."""

    def go_on(self, place: int, recipe: Recipe, begun_at: float) -> None:
        """The next task has another recipe than the last one, or is the first."""
        if self.given and self._key != recipe.port:
            self.close()
        if not self.given:
            self._first, self._begun_at, self._key = place, begun_at, recipe.port
        self.recipe = recipe

    def note(self, place: int, seconds: float) -> None:
        """The last one took a while."""
        self.longer.append((place, seconds))
        if self.recipe is not None:
            self.recipe.definition.last_seconds = seconds
            self.recipe.look()

    def close(self) -> None:
        """Tells what there is: the next task does not follow."""
        self.recipe = None
        given = self.given
        if not given:
            return
        self.given = []
        longer, self.longer = self.longer, []
        rest = len(given) - len(longer)
        short = self.ended_at - self._begun_at - sum(seconds for _, seconds in longer)
        kinds = set(map(type, given))
        # Mostly they are all of one kind, and then its own method is asked, in half the time.
        kind = kinds.pop() if len(kinds) == 1 else None
        sizes = list(map(getsizeof if kind is None else kind.__sizeof__, given))
        if max(sizes) > LARGE_NUMBER:
            self._tell_each(given, dict(longer), short / rest if rest else 0.0)
            return
        handle = self._values.keep_all(given)
        if self._savings is not None:
            for number in range(handle, handle + len(given)):
                self._savings.note(f"v{number}")
        types = "".join(map(LETTERS.__getitem__, map(type, given))) if kind is None else LETTERS[kind] * len(given)
        texts = '","'.join(map(repr, given))
        noted = ",".join(f"[{place},{round(seconds * 1000, 3)}]" for place, seconds in longer)
        self._queue.add(
            f'{{"kind":"ran","first":{self._first},"port":{json_text(self._key)},"handle":{handle},'
            f'"types":"{types}","texts":["{texts}"],'
            f'"bytes":{sizes[0] if min(sizes) == max(sizes) else sizes},'
            f'"durationMs":{round(short * 1000 / rest, 3) if rest else 0},"longer":[{noted}]}}'
        )

    def of(self, place: int) -> TaskOutput:
        """The output of a task, as it says something for the first time."""
        output = self.made.get(place)
        if output is None:
            name = json_text(self._work.task(place))
            output = self.made[place] = TaskOutput(name, self._queue, self._interrupts)
            if place == self.place:
                self.has_spoken = True
                # What came before is told before it, and that it has begun.
                self._interrupts.shielded(lambda: self._begin(name))
            else:
                output.end()
        return output

    def _begin(self, name: str) -> None:
        self.close()
        self._queue.add(f'{{"kind":"started","task":{name}}}')

    def _tell_each(self, given: list[Any], longer: dict[int, float], seconds: float) -> None:
        for place, value in enumerate(given, self._first):
            name = json_text(self._work.task(place))
            handle = self._values.keep(value)
            if self._savings is not None:
                self._savings.note(handle)
            duration = round(longer.get(place, seconds) * 1000, 3)
            self._queue.add(f'{{"kind":"started","task":{name}}}')
            self._queue.add(
                f'{{"kind":"success","task":{name},"durationMs":{duration},'
                f'"outputs":{{{json_text(self._key)}:{summary(handle, value)}}}}}'
            )
