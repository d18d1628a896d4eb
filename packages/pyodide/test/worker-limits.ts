import type { Executor } from '@loom/engine';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { PackageSources } from '../src/environment/package-sources.js';
import type { ExecutorOptions, PoolOptions } from '../src/options.js';
import type { PyodidePool } from '../src/pool/shared-pool.js';
import { python } from './python-programs.js';
import { callOf, holding, performTasks, refOf, resultOf } from './tasks.js';
import { wheelFile } from './wheel-file.js';

const wait = python('wait', 'import asyncio\n\nasync def wait(seen=None):\n    await asyncio.Event().wait()\n');
const echo = python('echo', 'def echo(value):\n    return value\n');
const environment = { python: { requirements: ['inner'] } };

/** Sets of packages that may not have as many workers together as they could use. */
export function workerLimits(
  name: string,
  createPool: (options: PoolOptions) => PyodidePool,
  createExecutor: (pool: PyodidePool, options: ExecutorOptions) => Executor,
): void {
  describe(`the most workers: ${name}`, () => {
    function created(most: number) {
      const pool = createPool({ lanes: most, maxWorkers: most, spare: false, snapshot: 'off' });
      onTestFinished(() => pool.dispose());
      /** With another version of a package, or with none. */
      const join = async (version?: string) => {
        const packages: PackageSources = version ? { files: [await wheelFile({ name: 'inner', version })] } : {};
        // Code that is told to stop has time to hear of it: its worker is to stay.
        const executor = createExecutor(pool, { packages, graceMs: 60_000 });
        onTestFinished(() => executor.dispose());
        await executor.define([echo, wait]);
        return executor;
      };
      return { pool, join };
    }

    const echoed = async (executor: Executor, value: number) =>
      resultOf(executor, (await performTasks(executor, [callOf(echo, { value })])).ends[0]);

    it('a worker that only keeps values is given up for another set, and one at work is waited for', async () => {
      const { join } = created(2);
      const [plain, other, third] = [await join(), await join('1'), await join('2')];
      const stopPlain = await holding(plain, callOf(wait));
      const kept = await refOf(plain, callOf(echo, { value: 'kept' }));
      await other.prepare(environment);
      const stopOther = await holding(other, callOf(wait));
      await expect(plain.read(kept)).rejects.toMatchObject({ code: 'value/lost' });
      // Both work now.
      const abort = new AbortController();
      const impatient = third.prepare(environment, { signal: abort.signal });
      abort.abort(new Error('too long'));
      await expect(impatient).rejects.toThrow('too long');
      const prepared = third.prepare(environment);
      await stopPlain();
      await prepared;
      expect(await echoed(third, 3)).toBe(3);
      await stopOther();
    });

    it('sets that share one place have it in turn, and none loses it between its batches', async () => {
      const { join } = created(1);
      const [plain, other] = [await join(), await join('1')];
      await plain.prepare({});
      const batches = [echoed(plain, 1), echoed(plain, 2)];
      const prepared = other.prepare(environment);
      expect(await Promise.all(batches)).toEqual([1, 2]);
      await prepared;
      expect(await echoed(other, 3)).toBe(3);
      expect(await echoed(plain, 4)).toBe(4);
    });

    it('disposing settles those who wait for room', async () => {
      const { pool, join } = created(1);
      const [plain, other, third] = [await join(), await join('1'), await join('2')];
      const stop = await holding(plain, callOf(wait));
      const [left, stayed] = [other, third].map((executor) =>
        executor.prepare(environment).catch(({ code }: { code: string }) => code),
      );
      await other.dispose();
      expect(await left).toBe('executor/disposed');
      pool.dispose();
      expect(await stayed).toBe('executor/disposed');
      await stop();
    });
  });
}
