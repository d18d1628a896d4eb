import type { Executor } from '@loom/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { python } from './python-programs.js';
import { callOf, perform, performTasks, resultOf } from './tasks.js';

/** Long for an interrupt, so that a busy machine does not turn one into a restart, and too short for code to fill all memory. */
const GRACE_MS = 2_000;

/** For executors whose workers are ended as often as tests like. */
export const CANCEL_OPTIONS = {
  graceMs: GRACE_MS,
  lanes: 1,
  stallTimeoutMs: 60_000,
  restarts: { limit: 100, windowMs: 60_000, backOffMs: 0 },
};

/**
 * What it takes to stop code: `asked`, its event loop hears it; `interrupted`, shared memory, else its worker is ended;
 * `ended`, nothing less than the end of its worker; `any`, one or the other: asynchronous code may be cancelled before its
 * first step, and some C code looks for interrupts now and then.
 */
type Rung = 'asked' | 'interrupted' | 'ended' | 'any';

const CASES: readonly (readonly [name: string, rung: Rung, lines: readonly string[]])[] = [
  ['code that awaits', 'asked', ['import asyncio', 'async def f():', '    await asyncio.sleep(1000)']],
  [
    'code that awaits the items of an asynchronous generator',
    'asked',
    [
      'import asyncio',
      'async def items():',
      '    while True:',
      '        await asyncio.sleep(0.01)',
      '        yield 1',
      'async def f():',
      '    return [item async for item in items()]',
    ],
  ],
  ['a loop without end', 'interrupted', ['def f():', '    while True:', '        pass']],
  ['asynchronous code that computes', 'any', ['async def f():', '    while True:', '        pass']],
  ['time.sleep', 'interrupted', ['import time', 'def f():', '    time.sleep(1000)']],
  ['time.sleep in asynchronous code', 'any', ['import time', 'async def f():', '    time.sleep(1000)']],
  [
    'a generator without end',
    'interrupted',
    ['def items():', '    while True:', '        yield 1', 'def f():', '    return sum(items())'],
  ],
  ['code during an import', 'interrupted', ['while True:', '    pass', 'def f():', '    return 1']],
  [
    'a regular expression that backtracks',
    'interrupted',
    ['import re', 'def f():', "    re.match('(a+)+$', 'a' * 64 + 'b')"],
  ],
  [
    'code whose cleaning up goes on',
    'interrupted',
    [
      'def f():',
      '    try:',
      '        while True:',
      '            pass',
      '    finally:',
      '        while True:',
      '            pass',
    ],
  ],
  ['a power of large integers', 'any', ['def f():', '    return 3 ** 10 ** 9']],
  ['sorting what never ends', 'any', ['import itertools', 'def f():', '    return sorted(itertools.count())']],
  ['one call of C code', 'ended', ['def f():', '    return sum(range(10 ** 12))']],
  [
    'code that swallows every exception',
    'ended',
    [
      'def f():',
      '    while True:',
      '        try:',
      '            while True:',
      '                pass',
      '        except BaseException:',
      '            pass',
    ],
  ],
  [
    'asynchronous code that swallows every exception',
    'any',
    [
      'import asyncio',
      'async def f():',
      '    while True:',
      '        try:',
      '            await asyncio.sleep(1000)',
      '        except BaseException:',
      '            pass',
    ],
  ],
];

/** The cancel ladder on a real worker: whatever code does it is stopped, and the next batch is performed. */
export function cancelling(name: string, create: () => Executor, interrupts: boolean): void {
  describe(`cancelling: ${name}`, () => {
    const fine = python('fine', 'def fine():\n    return 42\n');
    /** Says in which worker it runs: each module is run once in each. */
    const where = python(
      'where',
      'import random\n\nself = random.SystemRandom().random()\n\ndef where():\n    return self\n',
    );
    let executor: Executor;

    beforeAll(async () => {
      executor = create();
      await executor.start();
    });
    afterAll(() => executor?.dispose());

    it.each(CASES)('%s is stopped', async (revision, rung, lines) => {
      const before = await resultOf(executor, (await perform(executor, [where])).ends[0]);
      const stuck = python('stuck', `${lines.join('\n')}\n`, { revision });
      await executor.define([fine, stuck]);
      const tasks = [callOf(fine), callOf(stuck), callOf(fine)];
      const { ends } = await performTasks(executor, tasks, {
        cancelOn: (event) => event.kind === 'started' && event.task === tasks[1]?.id,
      });
      expect(ends.map(({ kind }) => kind)).toEqual(['success', 'cancelled', 'cancelled']);
      const isEnded = rung === 'ended' || (rung === 'interrupted' && !interrupts);
      const after = await resultOf(executor, (await perform(executor, [where])).ends[0]);
      if (rung !== 'any') expect(after !== before).toBe(isEnded);
      if (after === before) expect(await resultOf(executor, ends[0])).toBe(42);
    });
  });
}
