import type { Executor, ExecutorEvent } from '@loom/engine';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { ExecutorOptions, PoolOptions } from '../src/options.js';
import { python } from './python-programs.js';
import { callOf, errorOf, perform, performTasks, resultOf } from './tasks.js';

const fine = python('fine', 'def fine():\n    return 42\n');
const exit = python('exit', 'import os\ndef exit():\n    os._exit(3)\n');

/** How executors start, share nothing, die and come back. Each test has executors of its own. */
export function life(name: string, create: (options?: PoolOptions & ExecutorOptions) => Executor): void {
  describe(`life: ${name}`, () => {
    function created(options: PoolOptions & ExecutorOptions = {}) {
      const executor = create(options);
      const events: ExecutorEvent[] = [];
      executor.subscribe((event) => events.push(event));
      onTestFinished(() => executor.dispose());
      const states = () => events.flatMap((event) => (event.kind === 'status' ? [event.status.state] : []));
      return { executor, events, states };
    }

    it('a start tells its stages, moves only forwards, and happens once', async () => {
      const { executor, events, states } = created();
      const first = performTasks(executor, []);
      await Promise.all([executor.start(), executor.start(), first]);
      const fractions = events.flatMap((event) =>
        event.kind === 'status' && event.status.state === 'starting' ? [event.status.fraction ?? -1] : [],
      );
      expect(fractions.length).toBeGreaterThan(3);
      expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
      expect(fractions[0]).toBe(0);
      expect(fractions.at(-1)).toBeLessThanOrEqual(1);
      expect(states().filter((state) => state === 'ready')).toHaveLength(1);
    });

    it('aborting a start stops waiting, and the start goes on for others', async () => {
      const { executor } = created();
      const abort = new AbortController();
      const impatient = executor.start({ signal: abort.signal });
      const patient = executor.start();
      abort.abort(new Error('too slow'));
      await expect(impatient).rejects.toThrow('too slow');
      await patient;
      expect(executor.status.state).toBe('ready');
    });

    it('a batch that is cancelled while Python starts ends at once', async () => {
      const { executor } = created();
      await executor.define([fine]);
      const abort = new AbortController();
      const performed = performTasks(executor, [callOf(fine)], { signal: abort.signal });
      abort.abort();
      expect((await performed).ends[0]?.kind).toBe('cancelled');
      expect(executor.status.state).toBe('starting');
    });

    it('disposing while Python starts settles everyone who waits', async () => {
      const { executor } = created();
      await executor.define([fine]);
      const settled = Promise.allSettled([executor.start(), performTasks(executor, [callOf(fine)])]);
      await executor.dispose();
      const [start, performed] = await settled;
      expect(start).toMatchObject({ status: 'rejected', reason: { code: 'executor/disposed' } });
      expect(performed).toMatchObject({ status: 'fulfilled', value: { ends: [{ kind: 'cancelled' }] } });
      expect(executor.status.state).toBe('disposed');
    });

    it('two executors share no modules and no values', async () => {
      const one = created({ id: 'one' }).executor;
      const two = created({ id: 'two' }).executor;
      const mark = python('mark', 'import math\ndef mark():\n    math.marked = True\n    return 1\n');
      const seen = python('seen', 'import math\ndef seen():\n    return hasattr(math, "marked")\n');
      const marked = await perform(one, [mark, seen]);
      const other = await perform(two, [seen]);
      expect(await resultOf(one, marked.ends[1])).toBe(true);
      expect(await resultOf(two, other.ends[0])).toBe(false);
      await expect(resultOf(two, marked.ends[0])).rejects.toMatchObject({ code: 'value/lost' });
    });

    it('batches that wait for their turn are performed in order by the next worker', async () => {
      const { executor } = created();
      await executor.start();
      await executor.define([fine, exit]);
      const outcomes = await Promise.all([
        performTasks(executor, [callOf(exit)]),
        performTasks(executor, [callOf(fine)]),
        performTasks(executor, [callOf(fine)]),
      ]);
      expect(outcomes.map(({ ends }) => ends[0]?.kind)).toEqual(['error', 'success', 'success']);
    });

    it('every call that waits settles when the worker dies', async () => {
      const { executor, events } = created();
      await executor.start();
      const { ends } = await perform(executor, [fine]);
      const [end] = ends;
      if (end?.kind !== 'success' || !end.outputs.result) throw new Error('The task did not succeed.');
      const { ref } = end.outputs.result;
      await executor.define([exit]);
      const dying = performTasks(executor, [callOf(exit)]);
      // Asked while the worker is busy dying; they are answered or lost, but never left waiting.
      const asked = await Promise.allSettled([
        executor.read(ref),
        executor.preview(ref),
        executor.write({ head: '1', buffers: [] }),
        executor.prepare({ python: { requirements: ['json'] } }),
      ]);
      expect(asked).toHaveLength(4);
      for (const each of asked) {
        if (each.status === 'rejected')
          expect(each.reason.code).toMatch(/^(python\/fatal|executor\/lost|value\/lost)$/);
      }
      expect(errorOf((await dying).ends[0]).code).toBe('python/fatal');
      expect(events.filter((event) => event.kind === 'lost')).toEqual([{ kind: 'lost', handles: 'all' }]);
      await expect(executor.read(ref)).rejects.toMatchObject({ code: 'value/lost' });
    });

    it('a worker that keeps dying is not started for ever, and comes back when asked for', async () => {
      const { executor, states } = created({ restarts: { limit: 1, windowMs: 600_000, backOffMs: 1 } });
      await executor.start();
      const deaths = [await perform(executor, [exit]), await perform(executor, [exit])];
      expect(deaths.map(({ ends }) => errorOf(ends[0]).code)).toEqual(['python/fatal', 'python/fatal']);
      expect(executor.status).toMatchObject({ state: 'failed', error: { code: 'executor/restarts-exhausted' } });
      expect(errorOf((await perform(executor, [fine])).ends[0]).code).toBe('executor/restarts-exhausted');
      expect(states().filter((state) => state === 'ready')).toHaveLength(2);
      await executor.start();
      expect((await perform(executor, [fine])).ends[0]?.kind).toBe('success');
    });

    it('code that takes more memory than it may fails, and the worker goes on', async () => {
      const { executor, events } = created({ lanes: 1, memoryLimit: 128 * 2 ** 20 });
      const large = python('large', 'def large():\n    return bytearray(200 * 2**20)\n');
      const small = python(
        'small',
        'def small():\n    kept = []\n    while True:\n        kept.append([len(kept)] * 100)\n',
      );
      const { ends } = await perform(executor, [large, small, fine]);
      expect(errorOf(ends[0]).message).toMatch(/^MemoryError/);
      expect(errorOf(ends[1]).message).toMatch(/^MemoryError/);
      expect(ends[2]?.kind).toBe('success');
      expect(events.filter(({ kind }) => kind === 'lost')).toEqual([]);
    });
  });
}
