"""Exceptions as faults: only the user's frames, with exact places, and nothing kept alive afterwards."""

from __future__ import annotations

from itertools import islice
from types import CodeType, TracebackType
from typing import Any

from .faults import Fault, Frame, shortened
from .modules import FILENAME_PREFIX, Modules
from .plain_text import is_container, leaf_text, plain_text
from .type_names import bare_name

MAX_CAUSES = 8
MAX_FRAMES = 40
"""Frames that are told of a deep recursion: the outermost and the innermost halves."""

MAX_MEMBERS = 10
"""Exceptions of a group that are told."""

MAX_TEXT = 2_000
MAX_LINE = 400
MAX_REPORT = 30_000

_HEADER = "Traceback (most recent call last):"
_CAUSED = "The exception above was the direct cause of the following one:"
_DURING = "While the exception above was handled, another one occurred:"


class Tracebacks:
    """Makes faults of exceptions. Knows the sources, for the text of lines and for which frames are the user's."""

    __slots__ = ("_modules",)

    def __init__(self, modules: Modules) -> None:
        self._modules = modules

    def fault(self, error: BaseException, type_id: str) -> Fault:
        """The fault of an exception that ended a task of this type. Takes the exception's tracebacks from it: they hold
        every local variable of the user's code."""
        try:
            result = self._fault(error, type_id, set(), 0)
        finally:
            _forget(error)
        result.traceback = shortened(_report(result), MAX_REPORT)
        return result

    def _fault(self, error: BaseException, type_id: str, seen: set[int], depth: int) -> Fault:
        seen.add(id(error))
        if isinstance(error, SyntaxError):
            result = self._syntax_fault(error, type_id)
        else:
            frames = self._frames(error.__traceback__, type_id)
            result = Fault(_code(error), _message(error), frames)
        if isinstance(error, BaseExceptionGroup):
            result.message = _group_message(error)
            result.members = self._members(error, type_id, seen, depth)
        notes = getattr(error, "__notes__", None)
        if isinstance(notes, list):
            result.notes = [shortened(note, MAX_TEXT) for note in notes[:10] if isinstance(note, str)]
        cause = error.__cause__
        if cause is None and not error.__suppress_context__:
            cause = error.__context__
        if cause is not None and id(cause) not in seen and depth < MAX_CAUSES:
            result.cause = self._fault(cause, type_id, seen, depth + 1)
            result.is_direct = error.__cause__ is not None
        return result

    def _members(self, error: BaseExceptionGroup[Any], type_id: str, seen: set[int], depth: int) -> list[Fault]:
        if depth >= MAX_CAUSES:
            return []
        members = [member for member in error.exceptions[:MAX_MEMBERS] if id(member) not in seen]
        return [self._fault(member, type_id, seen, depth + 1) for member in members]

    def _frames(self, traceback: TracebackType | None, type_id: str) -> list[Frame]:
        frames: list[Frame] = []
        while traceback is not None:
            code = traceback.tb_frame.f_code
            if code.co_filename.startswith(FILENAME_PREFIX):
                frames.append(self._frame(traceback, code, type_id))
                if len(frames) > MAX_FRAMES:
                    # A deep recursion: keep its beginning and what is newest.
                    del frames[MAX_FRAMES // 2]
            traceback = traceback.tb_next
        return frames

    def _frame(self, traceback: TracebackType, code: CodeType, type_id: str) -> Frame:
        line, end_line, start, end = _position(traceback, code)
        owner, lines = self._source(code.co_filename, type_id)
        text = _line(lines, line)
        end_text = text if end_line == line else _line(lines, end_line)
        return Frame(
            owner,
            code.co_name if code.co_name.startswith("<") else code.co_qualname.rpartition("<locals>.")[2],
            line,
            _utf16_column(text, start),
            end_line,
            _utf16_column(end_text, end),
            shortened(text, MAX_LINE) if text is not None else None,
        )

    def _source(self, filename: str, type_id: str) -> tuple[str, list[str]]:
        """Whose source a file is. One that several types share belongs to the type of the task."""
        module = self._modules.by_filename(filename)
        if module is None:
            return filename.removeprefix(FILENAME_PREFIX).rpartition("@")[0], []
        return type_id if type_id in module.users else min(module.users), module.lines

    def _syntax_fault(self, error: SyntaxError, type_id: str) -> Fault:
        filename = error.filename
        if not isinstance(filename, str) or not filename.startswith(FILENAME_PREFIX):
            # Raised by the user's own compile() or import: an ordinary exception there.
            return Fault("python/exception", _message(error), self._frames(error.__traceback__, type_id))
        owner, lines = self._source(filename, type_id)
        line = error.lineno or 1
        text = _line(lines, line)
        end_line = error.end_lineno or line
        end_text = text if end_line == line else _line(lines, end_line)
        frame = Frame(
            owner,
            "<module>",
            line,
            _utf16_offset(text, error.offset),
            end_line,
            _utf16_offset(end_text, error.end_offset),
            shortened(text, MAX_LINE) if text is not None else None,
        )
        message = f"{bare_name(type(error))}: {shortened(str(error.msg), MAX_TEXT)}"
        return Fault("python/syntax", message, [frame])


def _forget(error: BaseException) -> None:
    waiting: list[BaseException | None] = [error]
    seen: set[int] = set()
    while waiting:
        item = waiting.pop()
        if item is None or id(item) in seen:
            continue
        seen.add(id(item))
        waiting += (item.__cause__, item.__context__)
        if isinstance(item, BaseExceptionGroup):
            waiting += item.exceptions
        item.__traceback__ = None


def _code(error: BaseException) -> str:
    return "python/missing-module" if isinstance(error, ModuleNotFoundError) and error.name else "python/exception"


def _message(error: BaseException) -> str:
    name = bare_name(type(error))
    if isinstance(error, ModuleNotFoundError) and isinstance(error.name, str):
        top = error.name.partition(".")[0]
        return f"{name}: the module “{top}” is not available here. Add it to the flow's requirements, or do without it."
    if isinstance(error, SystemExit):
        code = "" if error.code is None else f" with {plain_text(error.code, 200)}"
        return f"{name}: the node called sys.exit(){code}. Return from the function instead."
    text = _text(error)
    return shortened(f"{name}: {text}" if text else name, MAX_TEXT)


def _text(error: BaseException) -> str:
    """`str` of an exception; not where it would write out a container, whose depth may end the interpreter."""
    kind = type(error)
    arguments = error.args
    if len(arguments) == 1 and isinstance(arguments[0], str) and kind.__str__ is BaseException.__str__:
        return str.__str__(arguments[0])
    if any(is_container(item) for item in arguments):
        return plain_text(arguments[0] if len(arguments) == 1 else arguments, MAX_TEXT)
    try:
        text = str(error)
        return str.__getitem__(text, slice(0, MAX_TEXT + 1))
    except KeyboardInterrupt:
        raise
    except BaseException as failure:  # whatever a __str__ does, it is only a text
        return f"<str failed: {bare_name(type(failure))}>"


def _group_message(error: BaseExceptionGroup[Any]) -> str:
    members = "; ".join(shortened(_message(member), 200) for member in error.exceptions[:MAX_MEMBERS])
    return shortened(f"{bare_name(type(error))}: {leaf_text(error.message, 500)[1:-1]} ({members})", MAX_TEXT)


def _position(traceback: TracebackType, code: CodeType) -> tuple[int, int, int | None, int | None]:
    """Line, end line, and the columns as UTF-8 offsets from 0."""
    line: int | None = traceback.tb_lineno
    if traceback.tb_lasti >= 0:
        found = next(islice(code.co_positions(), traceback.tb_lasti // 2, None), None)
        if found is not None:
            first, last, start, end = found
            if first is not None:
                return first, last or first, start, end
    known = line if line is not None else code.co_firstlineno
    return known, known, None, None


def _line(lines: list[str], number: int) -> str | None:
    return lines[number - 1].rstrip("\r\n") if 0 < number <= len(lines) else None


def _utf16_column(text: str | None, offset: int | None) -> int | None:
    """A column from 1 in UTF-16 units, from an offset in UTF-8."""
    if offset is None or text is None:
        return None
    before = text.encode("utf-8", "surrogatepass")[:offset].decode("utf-8", "replace")
    return 1 + _utf16_length(before)


def _utf16_offset(text: str | None, offset: int | None) -> int | None:
    """A column from 1 in UTF-16 units, from one in characters. Python says 0 or less where it does not know."""
    if offset is None or offset < 1:
        return None
    return offset if text is None else 1 + _utf16_length(text[: offset - 1])


def _utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _report(fault: Fault) -> str:
    """The fault as text, as Python would write it: causes first."""
    chain = [fault]
    while chain[-1].cause is not None:
        chain.append(chain[-1].cause)
    lines: list[str] = []
    for item in reversed(chain):
        lines += _section(item)
        if item is not fault:
            effect = chain[chain.index(item) - 1]
            lines += ["", _CAUSED if effect.is_direct else _DURING, ""]
    return "\n".join(lines)


def _section(fault: Fault) -> list[str]:
    lines = [_HEADER] if fault.frames else []
    for frame in fault.frames:
        lines.append(f'  File "{frame.type_id}", line {frame.line}, in {frame.function_name}')
        if frame.text is not None and frame.text.strip():
            lines.append(f"    {frame.text.strip()}")
            marks = _marks(frame)
            if marks:
                lines.append(f"    {marks}")
    lines.append(fault.message)
    lines += fault.notes
    for member in fault.members:
        lines += [f"  | {line}" for line in _section(member)]
    return lines


def _marks(frame: Frame) -> str:
    text = frame.text or ""
    if frame.column is None or frame.end_column is None:
        return ""
    indent = len(text) - len(text.lstrip())
    start = frame.column - 1 - indent
    last = frame.end_column - 1 - indent if frame.end_line == frame.line else len(text.rstrip()) - indent
    if start < 0 or last <= start or (start == 0 and last >= len(text.strip())):
        return ""
    return " " * start + "^" * (last - start)
