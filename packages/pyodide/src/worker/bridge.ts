/** The module name of the bridge in Python. */
export const BRIDGE_NAME = 'loom_pyodide';

/**
 * Python's end of the worker: it turns the runtime's Python values into plain JavaScript ones and back, so that no
 * proxy is ever made that someone would have to destroy.
 */
export const BRIDGE_SOURCE = `"""Joins loom_runtime to the worker that it runs in."""

import asyncio
import functools
import json
import os
import random
import time

from pyodide.ffi import to_js

from loom_runtime import Runtime
from loom_runtime.files import Mount, on_drop
from loom_runtime.hidden_modules import HiddenModules

_running: set[asyncio.Task] = set()


class _Mailbox:
    def __init__(self, take, reply):
        self._take = take
        self.reply = reply

    def receive(self):
        return self._take()


def start(send, stepping, wait, save, take, reply, drop):
    """Makes the runtime. \`send\` takes its events, \`stepping\` hears of each step beside a batch, \`wait\` blocks for some
    milliseconds. Where memory is shared, \`take\` and \`reply\` are the mail; elsewhere \`save\` takes copies of values.
    \`drop\` hears which files nobody needs any more. Gives the address of the place of the task that runs."""
    global _runtime
    # Not above: a snapshot of this module can hold nothing of JavaScript.
    from pyodide_js import checkInterrupt

    # Out of a snapshot it would give the same numbers in every worker.
    random.seed()
    on_drop(drop)

    def block(seconds):
        checkInterrupt()
        wait(seconds * 1000)
        checkInterrupt()

    def send_copies(handles, data, buffers):
        save(json.dumps(handles), to_js(memoryview(data)), to_js([_given(buffer) for buffer in buffers]))

    means = {"block": block, "mailbox": _Mailbox(take, reply)} if save is None else {"save": send_copies}
    _runtime = Runtime(send, stepping=stepping, **means)

    def sleep(seconds, /):
        # Pyodide's own sleep spins, and no signal wakes it.
        if seconds < 0:
            raise ValueError("sleep length must be non-negative")
        _runtime.flush()
        end = time.monotonic() + seconds
        checkInterrupt()
        while (left := end - time.monotonic()) > 0:
            wait(min(left * 1000, 1e9))
            checkInterrupt()

    sleep.__qualname__ = "sleep"
    sleep.__doc__ = time.sleep.__doc__
    time.sleep = sleep
    os._exit, os.abort = _last_words(os._exit), _last_words(os.abort)
    return _runtime.place.buffer_info()[0]


def _last_words(end):
    """Ends the process as ever, once what was said before has been sent."""

    @functools.wraps(end)
    def tell_and_end(*arguments, **named):
        _runtime.flush()
        return end(*arguments, **named)

    return tell_and_end


def hide_page():
    """From now on node sources cannot import what reaches into the page."""
    HiddenModules(
        ("js", "pyodide_js", "pyodide", "_pyodide", "_pyodide_core", "loom_pyodide"),
        "it reaches into the page. An app that wants this makes its executor with jsAccess: true.",
    ).install()


def define(definitions):
    _runtime.define(definitions)


def execute(batch, buffers, done):
    """Begins a batch. \`done\` is called once, with the report of a fault of the runtime itself or with nothing."""
    data = [_taken(buffer) for buffer in buffers]

    async def run():
        try:
            await _runtime.execute(batch, data)
        except BaseException as fault:
            done(f"{type(fault).__name__}: {fault}")
        else:
            done(None)

    _begin(run())


def _begin(work):
    task = asyncio.ensure_future(work)
    # The loop itself keeps no reference.
    _running.add(task)
    task.add_done_callback(_running.discard)


def _answer(work, done):
    """Calls \`done\` once, with a fault or with nothing and a result."""

    async def run():
        try:
            result = await work
        except RuntimeError as fault:
            done(str(fault), None)
        except BaseException as fault:
            done(f"{type(fault).__name__}: {fault}", None)
        else:
            done(None, result)

    _begin(run())


def take(key, handle, request, send, done):
    _answer(_runtime.take(key, handle, request, send), done)


def cancel_take(key):
    _runtime.cancel_take(key)


def gather(source, buffers):
    try:
        return to_js([None, _runtime.gather(source, [_taken(buffer) for buffer in buffers])])
    except RuntimeError as fault:
        return to_js([str(fault)])


def set_parameter(task, name, value, done):
    _answer(_runtime.set_parameter(task, name, value), done)


def answer(task, question, text):
    _runtime.answer(task, question, text)


def cancel():
    _runtime.cancel()


def read(handle):
    try:
        head, buffers = _runtime.read(handle)
    except RuntimeError as fault:
        return to_js([str(fault)])
    return to_js([None, head, [_given(buffer) for buffer in buffers]])


def write(head, buffers):
    try:
        return to_js([None, _runtime.write(head, [_taken(buffer) for buffer in buffers])])
    except RuntimeError as fault:
        return to_js([str(fault)])


def pack(handles):
    return to_js([_packed(handle) for handle in json.loads(handles)])


def _packed(handle):
    try:
        data, buffers = _runtime.pack(handle)
    except RuntimeError as fault:
        return [str(fault)]
    return [None, memoryview(data), [_given(buffer) for buffer in buffers]]


def unpack(values):
    return to_js([_unpacked(value) for value in values])


def _unpacked(value):
    try:
        return [None, _runtime.unpack(value.data.to_bytes(), [_writable(buffer) for buffer in value.buffers])]
    except RuntimeError as fault:
        return [str(fault)]


def _taken(buffer):
    return Mount(buffer) if isinstance(buffer, str) else buffer.to_bytes()


def _given(buffer):
    return buffer.path if isinstance(buffer, Mount) else memoryview(buffer).cast("B")


def _writable(buffer):
    if isinstance(buffer, str):
        return Mount(buffer)
    own = bytearray(buffer.byteLength)
    buffer.assign_to(own)
    return own


def restore(data, buffers):
    try:
        return to_js([None, _runtime.restore(data.to_bytes(), [_writable(buffer) for buffer in buffers])])
    except RuntimeError as fault:
        return to_js([str(fault)])


def preview(handle, request):
    try:
        return to_js([None, _runtime.preview(handle, request)])
    except RuntimeError as fault:
        return to_js([str(fault)])


def release(handles):
    _runtime.release(handles)

`;
