import type { Executor, ExecutorEvent } from '@loom/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from './python-programs.js';
import { callOf, errorOf, perform, performTasks, resultOf } from './tasks.js';

const fine = python('fine', 'def fine():\n    return 42\n');
/** Long for an interrupt, so that a busy machine does not turn one into a restart. */
export const GRACE_MS = 5_000;

export interface BehaviourOptions {
  readonly name: string;
  readonly create: () => Executor;
  /** Whether code is stopped in place; otherwise its worker is ended. */
  readonly interrupts: boolean;
}

/** What happens to Python code that misbehaves, wherever it runs. All tests share one executor, and it must survive. */
export function misbehaviour({ name, create, interrupts }: BehaviourOptions): void {
  describe(`faulty code: ${name}`, () => {
    let executor: Executor;
    const events: ExecutorEvent[] = [];
    const restarts = () => events.filter((event) => event.kind === 'lost').length;

    beforeAll(async () => {
      executor = create();
      executor.subscribe((event) => events.push(event));
      await executor.start();
    });

    afterAll(() => executor?.dispose());

    it('a syntax error names its line and column', async () => {
      const broken = python('broken', 'def broken():\n    x = (1 +\n    return x\n');
      const error = errorOf((await perform(executor, [broken])).ends[0]);
      expect(error.code).toBe('python/syntax');
      expect(error.frames.at(-1)).toMatchObject({ typeId: 'broken', line: 2 });
    });

    it('an exception names its place, and that of its cause', async () => {
      const source = [
        'def inner(data):',
        '    return data["key"]',
        '',
        'def outer():',
        '    try:',
        '        inner({})',
        '    except KeyError as error:',
        '        raise ValueError("no key") from error',
      ].join('\n');
      const error = errorOf((await perform(executor, [python('outer', source)])).ends[0]);
      expect(error).toMatchObject({ code: 'python/exception', message: 'ValueError: no key' });
      expect(error.frames.at(-1)).toMatchObject({ typeId: 'outer', functionName: 'outer', line: 8 });
      expect(error.cause?.frames.at(-1)).toMatchObject({ functionName: 'inner', line: 2, column: 12, endColumn: 23 });
      expect(error.traceback).not.toContain('loom_runtime');
      expect(error.traceback).not.toContain('_pyodide');
    });

    it('an exception in async code and in a comprehension names its place', async () => {
      const source = [
        'import asyncio',
        '',
        'async def compute():',
        '    await asyncio.sleep(0)',
        '    return [10 // n for n in [2, 1, 0]]',
      ].join('\n');
      const error = errorOf((await perform(executor, [python('compute', source)])).ends[0]);
      expect(error.message).toMatch(/^ZeroDivisionError/);
      expect(error.frames.at(-1)).toMatchObject({ line: 5, column: 13, endColumn: 20 });
    });

    it('a missing module is named', async () => {
      const error = errorOf(
        (await perform(executor, [python('missing', 'import numpyy\n\ndef missing():\n    return 1\n')])).ends[0],
      );
      expect(error.code).toBe('python/missing-module');
      expect(error.message).toContain('numpyy');
    });

    it('a value that cannot be shown still has a result', async () => {
      const source =
        'class Shy:\n    def __repr__(self):\n        raise RuntimeError("no")\n\ndef shy():\n    return Shy()\n';
      const { ends } = await perform(executor, [python('shy', source), fine]);
      expect(ends.map((end) => end.kind)).toEqual(['success', 'success']);
    });

    it('an endless print is bounded, leaves the page free, and can be cancelled', async () => {
      const flood = python('flood', 'def flood():\n    while True:\n        print("spam " * 10)\n');
      const abort = new AbortController();
      const lengths: number[] = [];
      const printed = () => lengths.reduce((sum, length) => sum + length, 0);
      // The page has its turns while the code goes on beyond what one node may print.
      let turns = 0;
      const turning = setInterval(() => ++turns > 20 && printed() > 1_000_000 && abort.abort(), 10);
      await executor.define([flood]);
      const { groups, ends } = await performTasks(executor, [callOf(flood)], {
        signal: abort.signal,
        onEvent: (event) => event.kind === 'output' && lengths.push(event.text.length),
      });
      clearInterval(turning);
      expect(ends[0]?.kind).toBe('cancelled');
      expect(printed()).toBeLessThan(2_000_000);
      expect(groups).toBeLessThan(200);
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    });

    it('async code that cleans up may do so', async () => {
      const source = [
        'import asyncio',
        'async def tidy():',
        '    try:',
        '        await asyncio.sleep(0.1)',
        '        print("waiting")',
        '        await asyncio.sleep(1000)',
        '    finally:',
        '        await asyncio.sleep(0.2)',
        '        print("tidied")',
      ].join('\n');
      const { events: told, ends } = await perform(executor, [python('tidy', source)], {
        cancelOn: (event) => event.kind === 'output',
      });
      expect(ends[0]?.kind).toBe('cancelled');
      expect(told.some((event) => event.kind === 'output' && event.text.includes('tidied'))).toBe(true);
    });

    it('ending the process ends the node, and what is left of its batch', async () => {
      const before = restarts();
      const exit = python('exit', 'import os\ndef exit():\n    os._exit(3)\n');
      const { ends } = await perform(executor, [fine, exit, fine]);
      expect(ends[0]?.kind).toBe('success');
      expect(errorOf(ends[1])).toMatchObject({ code: 'python/fatal', message: expect.stringContaining('os._exit') });
      expect(errorOf(ends[2]).code).toBe('executor/lost');
      const next = await perform(executor, [fine]);
      expect(await resultOf(executor, next.ends[0])).toBe(42);
      expect(restarts() - before).toBe(1);
      // The success was told. Its value is gone with the worker, but for where small ones are saved.
      const value = resultOf(executor, ends[0]);
      if (interrupts) await expect(value).rejects.toMatchObject({ code: 'value/lost' });
      else expect(await value).toBe(42);
    });

    it('blames the node that ended the process, also when its start was not told yet', async () => {
      const source =
        'import os\n\ncount = 0\n\ndef f():\n    global count\n    count += 1\n    if count == 40:\n        os._exit(3)\n';
      const { ends } = await perform(executor, Array(50).fill(python('fortieth', source)));
      expect(errorOf(ends[39]).code).toBe('python/fatal');
      expect(errorOf(ends[40]).code).toBe('executor/lost');
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    });

    it('sys.exit ends only the node', async () => {
      const before = restarts();
      const { ends } = await perform(executor, [python('leave', 'import sys\ndef leave():\n    sys.exit(1)\n'), fine]);
      expect(ends.map((end) => end.kind)).toEqual(['error', 'success']);
      expect(restarts()).toBe(before);
    });

    it('data nested too deep for the stack ends the interpreter, which comes back', async () => {
      const before = restarts();
      const deep = 'def deep():\n    a = []\n    for _ in range(300_000):\n        a = [a]\n    return repr(a)\n';
      const { ends } = await perform(executor, [python('deep', deep), fine]);
      const error = errorOf(ends[0]);
      // Where the stack is large enough for Python to notice first, it is an ordinary exception.
      if (error.code === 'python/fatal') {
        expect(error.message).toContain('stack');
        expect(restarts() - before).toBe(1);
      } else {
        expect(error.message).toMatch(/^RecursionError/);
        expect(ends[1]?.kind).toBe('success');
      }
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    });

    it('a __getattr__ that calls itself fails its node', async () => {
      const source =
        'class A:\n    def __getattr__(self, name):\n        return self.other\n\ndef f():\n    return A().x\n';
      const { ends } = await perform(executor, [python('getattr', source)]);
      expect(['python/exception', 'python/fatal']).toContain(errorOf(ends[0]).code);
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    });

    it('running out of memory fails the node', async () => {
      const { ends } = await perform(executor, [python('hungry', 'def f():\n    return bytearray(6 * 2**30)\n'), fine]);
      expect(errorOf(ends[0]).message).toMatch(/MemoryError|OverflowError/);
      expect(ends[1]?.kind).toBe('success');
    });

    it.skipIf(interrupts)('input that cannot wait is refused in words', async () => {
      const { ends } = await perform(executor, [python('ask', 'def ask():\n    return input("?")\n')]);
      expect(errorOf(ends[0]).message).toContain('await ctx.ask(prompt)');
    });
  });
}
