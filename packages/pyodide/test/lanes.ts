import { type Executor, type ExecutorEvent, encodePortable, type Task, type ValueRef } from '@loom/engine';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PackageSources } from '../src/environment/package-sources.js';
import type { ExecutorOptions, PoolOptions } from '../src/options.js';
import type { Pools } from '../src/pool/pools.js';
import type { PyodidePool } from '../src/pool/shared-pool.js';
import { python } from './python-programs.js';
import { callOf, errorOf, holding, perform, performTasks, refOf, resultOf } from './tasks.js';
import { wheelFile } from './wheel-file.js';

/** Long enough for code that listens to hear of a cancel, also on a busy machine: its worker is to stay. */
const GRACE_MS = 5_000;

const wait = python('wait', 'import asyncio\n\nasync def wait(seen=None):\n    await asyncio.Event().wait()\n');
const stubborn = python(
  'stubborn',
  'def f(seen=None):\n    while True:\n        try:\n            while True:\n                pass\n        except BaseException:\n            pass\n',
);
const echo = python('echo', 'def echo(value):\n    return value\n');
const fine = python('fine', 'def fine():\n    return 42\n');
/** Says in which worker it runs: each module is run once in each. */
const where = python(
  'where',
  'import random\n\nself = random.SystemRandom().random()\n\ndef where(seen=None):\n    return self\n',
);
const lambda = python('lambda', 'def f(seen=None):\n    return lambda: 1\n');
const both = python('both', 'def both(a, b):\n    return a() + b()\n');
const point = python(
  'point',
  [
    'from array import array',
    'from dataclasses import dataclass',
    '',
    '@dataclass',
    'class Point:',
    '    x: int',
    '    numbers: array',
    '',
    'def point(seen=None):',
    '    return Point(7, array("d", range(10_000)))',
  ].join('\n'),
);
const total = python('total', 'def total(value):\n    return [value.x, sum(value.numbers), type(value).__name__]\n');

/** Several workers under one executor, and several executors over the same workers. */
export function lanes(
  name: string,
  createPool: (options: PoolOptions) => PyodidePool,
  createExecutor: (pool: PyodidePool, options: ExecutorOptions) => Executor,
): void {
  describe(`lanes: ${name}`, () => {
    function created(options: PoolOptions = {}) {
      const pool = createPool({ lanes: 2, spare: false, ...options });
      onTestFinished(() => pool.dispose());
      const join = (packages: PackageSources = {}) => {
        const executor = createExecutor(pool, { id: 'python', packages, graceMs: GRACE_MS });
        const events: ExecutorEvent[] = [];
        executor.subscribe((event) => events.push(event));
        onTestFinished(() => executor.dispose());
        return { executor, events };
      };
      return { pool, join, ...join() };
    }

    const given = (task: Task, inputs: Readonly<Record<string, ValueRef>>): Task => ({
      ...task,
      inputs: Object.fromEntries(Object.entries(inputs).map(([port, ref]) => [port, { kind: 'ref', ref }])),
    });

    it('batches run side by side, each in a worker of its own', async () => {
      const { executor } = created();
      await executor.define([wait, where]);
      const first = await refOf(executor, callOf(where));
      const stop = await holding(executor, callOf(wait));
      const second = await refOf(executor, callOf(where));
      await stop();
      expect(executor.capabilities.lanes).toBe(2);
      expect(await executor.read(first)).not.toEqual(await executor.read(second));
    });

    it('a task goes to the worker that has its input, and waits for that rather than have it moved for nothing', async () => {
      const { executor } = created();
      await executor.define([wait, where, lambda]);
      const stop = await holding(executor, callOf(wait));
      const other = await refOf(executor, callOf(lambda));
      const there = await refOf(executor, given(callOf(where), { seen: other }));
      await stop();
      // Both are free now; the lambda cannot leave.
      expect(await executor.read(await refOf(executor, given(callOf(where), { seen: other })))).toEqual(
        await executor.read(there),
      );
    });

    it('values go to the worker where they are needed, with their classes and buffers', async () => {
      const { executor } = created();
      await executor.define([wait, point, total]);
      const stop = await holding(executor, callOf(wait));
      const value = await refOf(executor, callOf(point));
      const stopThere = await holding(executor, given(callOf(wait), { seen: value }));
      await stop();
      const moved = await refOf(executor, given(callOf(total), { value }));
      expect(JSON.parse((await executor.read(moved)).head)).toEqual([7, 49_995_000, 'Point']);
      await stopThere();
    });

    it('a node whose inputs cannot be in one worker fails with the reason, and all else goes on', async () => {
      const { executor } = created();
      await executor.define([wait, lambda, both, fine]);
      const one = await refOf(executor, callOf(lambda));
      const stop = await holding(executor, given(callOf(wait), { seen: one }));
      const two = await refOf(executor, callOf(lambda));
      await stop();
      const { ends } = await performTasks(executor, [given(callOf(both), { a: one, b: two }), callOf(fine)]);
      expect(errorOf(ends[0])).toMatchObject({
        code: 'value/not-portable',
        message: expect.stringContaining('cannot be pickled'),
      });
      expect(ends[1]?.kind).toBe('success');
    });

    it('a worker that is ended takes its own values with it and no others', async () => {
      const { executor, events } = created();
      await executor.define([wait, stubborn, echo, point, total]);
      const stop = await holding(executor, callOf(wait));
      const kept = await refOf(executor, callOf(echo, { value: 'kept' }));
      const copied = await refOf(executor, callOf(point));
      // The other worker is held, so what needs these runs here, and then there.
      const held = await holding(executor, given(callOf(wait), { seen: kept }));
      await stop();
      const lost = await refOf(executor, callOf(echo, { value: 'lost' }));
      const alsoLost = await refOf(executor, given(callOf(total), { value: copied }));
      const kill = await holding(executor, given(callOf(stubborn), { seen: lost }));
      await kill();
      await held();
      expect(events.filter(({ kind }) => kind === 'lost')).toEqual([
        { kind: 'lost', handles: [lost.handle, alsoLost.handle] },
      ]);
      await expect(executor.read(lost)).rejects.toMatchObject({ code: 'value/lost' });
      expect(JSON.parse((await executor.read(kept)).head)).toBe('kept');
      expect(
        await resultOf(executor, (await performTasks(executor, [given(callOf(total), { value: copied })])).ends[0]),
      ).toEqual([7, 49_995_000, 'Point']);
    });

    it('a copy outlives the worker that made the value', async () => {
      const { executor } = created();
      await executor.define([wait, stubborn, point, total]);
      const stop = await holding(executor, callOf(wait));
      const value = await refOf(executor, callOf(point));
      const stopThere = await holding(executor, given(callOf(wait), { seen: value }));
      await stop();
      await refOf(executor, given(callOf(total), { value }));
      const stopAgain = await holding(executor, callOf(wait));
      await stopThere();
      const kill = await holding(executor, given(callOf(stubborn), { seen: value }));
      await kill();
      await stopAgain();
      const again = await refOf(executor, given(callOf(total), { value }));
      expect(JSON.parse((await executor.read(again)).head)).toEqual([7, 49_995_000, 'Point']);
    });

    it('a worker that has to be ended is replaced by the spare one, without a start in between', async () => {
      const { executor, events, pool } = created({ lanes: 1, spare: true });
      await executor.define([stubborn, fine]);
      await perform(executor, [fine]);
      // The spare worker is started when nothing has happened for a while.
      await expect.poll(() => (pool as Pools).hasSpare, { timeout: 120_000 }).toBe(true);
      const kill = await holding(executor, callOf(stubborn));
      events.length = 0;
      await kill();
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
      expect(events.flatMap((event) => (event.kind === 'status' ? [event.status.state] : []))).toEqual([]);
      expect(pool.status).toEqual({ state: 'ready' });
    });

    it('a worker that did its share of tasks is replaced as soon as nobody has a value in it', async () => {
      const { executor, events } = created({ lanes: 1, recycle: { tasks: 3, heapBytes: 2 ** 40 } });
      await executor.define([where, fine]);
      const first = await refOf(executor, callOf(where));
      const number = await executor.read(first);
      for (let i = 0; i < 2; i++) executor.release([await refOf(executor, callOf(fine))]);
      expect((await executor.read(first)).head).toBe(number.head);
      executor.release([first]);
      await expect(executor.read(first)).rejects.toMatchObject({ code: 'value/lost' });
      const next = await refOf(executor, callOf(where));
      expect((await executor.read(next)).head).not.toBe(number.head);
      expect(events.some((event) => event.kind === 'status' && event.status.state === 'failed')).toBe(false);
    });

    it('memory that values fill is no wear: the worker goes when they are let go', async () => {
      const { executor, events } = created({ lanes: 1, recycle: { tasks: 1e9, heapBytes: 80 * 2 ** 20 } });
      const large = python('large', 'def large():\n    return bytes(200 * 2**20)\n');
      await executor.define([where, large, fine]);
      const number = (await executor.read(await refOf(executor, callOf(where)))).head;
      const value = await refOf(executor, callOf(large));
      await refOf(executor, callOf(fine));
      expect(events.filter(({ kind }) => kind === 'lost')).toEqual([]);
      executor.release([value]);
      // Its memory does not shrink, and nothing large is in it any more.
      await expect.poll(() => events.some(({ kind }) => kind === 'lost')).toBe(true);
      expect((await executor.read(await refOf(executor, callOf(where)))).head).not.toBe(number);
    });

    it('executors that share workers keep their tasks, types and values apart', async () => {
      const { join, executor: left } = created({ lanes: 1 });
      const { executor: right } = join();
      const mine = python('same', 'def same():\n    print("left")\n    return 1\n', { revision: 'left' });
      const yours = python('same', 'def same():\n    print("right")\n    return 2\n', { revision: 'right' });
      await left.define([mine]);
      await right.define([yours]);
      const task = (definition: typeof mine): Task => ({ ...callOf(definition), id: 't0' });
      const outcomes = await Promise.all([performTasks(left, [task(mine)]), performTasks(right, [task(yours)])]);
      expect(await resultOf(left, outcomes[0].ends[0])).toBe(1);
      expect(await resultOf(right, outcomes[1].ends[0])).toBe(2);
      expect(
        outcomes.map(({ events }) => events.flatMap((event) => (event.kind === 'output' ? event.text : []))),
      ).toEqual([['left\n'], ['right\n']]);
      await expect(resultOf(right, outcomes[0].ends[0])).rejects.toMatchObject({ code: 'value/lost' });
      await left.dispose();
      expect(left.status.state).toBe('disposed');
      expect(await resultOf(right, outcomes[1].ends[0])).toBe(2);
    });

    it('executors that share workers and require other packages see only their own', async () => {
      const { pool, join, executor: plain } = created({ lanes: 1 });
      const versions = await Promise.all(['1', '2'].map((version) => wheelFile({ name: 'inner', version })));
      const [left, right, same] = [versions[0], versions[1], versions[0]].map((wheel) =>
        join({ files: wheel ? [wheel] : [] }),
      );
      if (!left || !right || !same) throw new Error('There are three.');
      const seen = python('seen', 'import inner\n\ndef seen():\n    return inner.VERSION\n');
      const environment = { python: { requirements: ['inner'] } };
      for (const { executor } of [left, right, same]) await executor.prepare(environment);
      const sees = async (executor: Executor) => resultOf(executor, (await perform(executor, [seen])).ends[0]);
      expect(await Promise.all([left, right, same].map(({ executor }) => sees(executor)))).toEqual(['1', '2', '1']);
      await expect(sees(plain)).rejects.toThrow(/inner/);
      // Each is told that its own is ready, also who found it so.
      expect(same.events.filter((event) => event.kind === 'environment').at(-1)).toMatchObject({
        status: { state: 'ready' },
      });
      const places = [left, same].map(async ({ executor }) => {
        await executor.define([where]);
        return executor.read(await refOf(executor, callOf(where)));
      });
      const [first, second] = await Promise.all(places);
      expect(first).toEqual(second);
      expect(pool.status).toEqual({ state: 'ready' });
    });

    it('what is gathered is brought together first', async () => {
      const { executor } = created();
      await executor.define([wait, echo]);
      const one = await refOf(executor, callOf(echo, { value: 1 }));
      const stop = await holding(executor, given(callOf(wait), { seen: one }));
      const two = await refOf(executor, callOf(echo, { value: 2 }));
      await stop();
      const items = [one, two].map((ref) => ({ kind: 'ref' as const, ref }));
      const { ref } = await executor.gather({
        kind: 'list',
        items: [...items, { kind: 'literal', value: encodePortable(3) }],
      });
      expect(JSON.parse((await executor.read(ref)).head)).toEqual([1, 2, 3]);
    });
  });
}
