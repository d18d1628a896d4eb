"""What nodes ask the user while they run: `input()` in code that computes, `await ctx.ask()` in code that awaits."""

from __future__ import annotations

import asyncio
import builtins
import io
from collections.abc import Callable
from typing import Any

from .faults import shortened
from .output import TaskOutput, current_output

MAX_OPEN = 100
"""Questions of one task that wait at the same time; more is a mistake."""

MAX_PROMPT = 2_000

LOOK_SECONDS = 0.25
"""How long a wait may last before it is begun anew. Answers and interrupts end it at once."""

NO_WAY_TO_WAIT = (
    "input() cannot wait for an answer here: in a page that needs cross-origin isolation. Give the node an input port "
    "instead, or make its function async and use `await ctx.ask(prompt)`, which works everywhere."
)
NO_ANSWER = "there is no answer: the input was ended"


class Question:
    """One question that waits."""

    __slots__ = ("future", "is_open", "text")

    def __init__(self, future: asyncio.Future[str | None] | None) -> None:
        self.future = future
        self.is_open = True
        self.text: str | None = None


class Questions:
    """The questions of all tasks. `block` waits for so many seconds at most, ends early when something may have come, and
    runs signal handlers; without it nothing can wait but async code."""

    __slots__ = ("_block", "_counts", "_open")

    def __init__(self, block: Callable[[float], object] | None) -> None:
        self._block = block
        self._open: dict[tuple[str, int], Question] = {}
        self._counts: dict[str, int] = {}

    def ask_now(self, output: TaskOutput, prompt: str) -> str | None:
        """Blocks until there is an answer."""
        block = self._block
        if block is None:
            raise RuntimeError(NO_WAY_TO_WAIT)
        number, question = self._begin(output, prompt, None)
        try:
            while question.is_open:
                block(LOOK_SECONDS)
            return question.text
        finally:
            self._end(output, number)

    async def ask(self, output: TaskOutput, prompt: str) -> str:
        """Waits for an answer while others go on. Raises EOFError when there is none."""
        future: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        number, _ = self._begin(output, prompt, future)
        try:
            text = await future
        finally:
            self._end(output, number)
        if text is None:
            raise EOFError(NO_ANSWER)
        return text

    def answer(self, task: str, number: int, text: str | None) -> None:
        """Takes an answer in; the first one counts, and those to nothing are ignored."""
        question = self._open.get((task, number))
        if question is None or not question.is_open:
            return
        question.is_open = False
        question.text = None if text is None else str(text)
        if question.future is not None and not question.future.done():
            question.future.set_result(question.text)

    def forget(self, task: str) -> None:
        """The task has ended, with all that it may ask."""
        self._counts.pop(task, None)

    def _begin(self, output: TaskOutput, prompt: str, future: asyncio.Future[str | None] | None) -> tuple[int, Question]:
        task = output.task
        if sum(1 for asking, _ in self._open if asking == task) >= MAX_OPEN:
            raise RuntimeError(f"a node waits for at most {MAX_OPEN} answers at the same time")
        number = self._counts.get(task, 0)
        self._counts[task] = number + 1
        question = self._open[(task, number)] = Question(future)
        output.tell({"kind": "asked", "question": number, "prompt": shortened(prompt, MAX_PROMPT)})
        return number, question

    def _end(self, output: TaskOutput, number: int) -> None:
        if self._open.pop((output.task, number), None) is not None:
            output.tell({"kind": "answered", "question": number})


class AskingInput(io.TextIOBase):
    """Stands in for `sys.stdin`: each line is asked for."""

    encoding = "utf-8"

    def __init__(self, questions: Questions) -> None:
        super().__init__()
        self._questions = questions

    def ask(self, prompt: str) -> str | None:
        """A line without its end; nothing when there are no more."""
        output = current_output()
        if output is None:
            raise RuntimeError("there is nobody to ask: no node is running")
        return self._questions.ask_now(output, prompt)

    def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
        text = self.ask("")
        return "" if text is None else f"{text}\n"

    def read(self, size: int | None = -1, /) -> str:
        return "".join(iter(self.readline, ""))

    def readable(self) -> bool:
        return True

    def close(self) -> None:
        """Does nothing: there is nothing to close."""


class AskingBuiltins:
    """Puts an `input()` that asks in the place of Python's, which would print its prompt apart from the question."""

    __slots__ = ("_kept", "_stdin")

    def __init__(self, stdin: AskingInput) -> None:
        self._stdin = stdin
        self._kept: Any = None

    def install(self) -> None:
        stdin = self._stdin

        def asking_input(prompt: object = "", /) -> str:
            text = stdin.ask(str(prompt))
            if text is None:
                raise EOFError(NO_ANSWER)
            print(f"{prompt}{text}")
            return text

        asking_input.__name__ = asking_input.__qualname__ = "input"
        asking_input.__doc__ = builtins.input.__doc__
        self._kept, builtins.input = builtins.input, asking_input

    def uninstall(self) -> None:
        if self._kept is not None:
            builtins.input, self._kept = self._kept, None
